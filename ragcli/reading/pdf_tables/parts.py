"""What the table finder took for one table, or for two rows, though it is drawn otherwise."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from itertools import pairwise, takewhile

from ragcli.reading.boxes import around
from ragcli.reading.mupdf.rulings import joined
from ragcli.reading.pdf_tables.looks import Looks
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.pdf_tables.ruled_columns import ruled_columns
from ragcli.reading.tables.cells import Cell, is_figure
from ragcli.records import Box

_ALIGNED = 3.0  # points by which texts of one column may begin apart
_COLUMNS = 3  # of a table, from which labels above it are none of its rows
_THIN = 3.0  # points of a line
_WHOLE = 0.8  # of a table's width, that a line between rows has
_LEADING = 0.5  # heights of a line, up to which white parts lines of one text
_PADDING = 0.2  # heights of a line, by which white around a line between rows is wider than that within a text
_PROSE = 30  # characters, more than which a line of a text beside a table has
_RUNNING = 2  # rows over which its sentences run on
_GUTTER = 8.0  # points of white between two tables
_TOUCHING = 1.5  # points between two lines that are one
_LINES = 3  # between rows, from which rows are what stands between two
_MISSING = 0.5  # of these lines, as many as there may be places without one


def in_ruled_rows(
    cells: Sequence[Cell], heads: int, box: Box, runs: Sequence[Piece], lines: Sequence[Box]
) -> list[Cell]:
    """The cells of a table whose rows lines part, but for few: lines of text between two of them are one row.

    The finder parts the second line of a label, and of what it is, from the first, where both are as long; and where cells
    stand at the foot of their row, a label from its last line, beside which the figures are.

    Args:
        heads: how many rows are heads, which are left.
        box: of the table.
        runs: what is written without wide white on each line of the page.
        lines: of the page, see `rulings`.
    """
    left, _, right, _ = box
    said = _by_row(cells, box, runs)
    if not said or not all(said) or any(cell.rows > 1 for cell in cells):
        return list(cells)
    level = [line for line in lines if line[3] - line[1] < _THIN and _reaches(line, left, right)]
    usual = said[0][0].box[3] - said[0][0].box[1]
    holds_figures = {cell.row for cell in cells if is_figure(cell.text)}
    width = max(cell.column + cell.columns for cell in cells)
    is_gridded = len(ruled_columns(cells, heads, (left, right), lines)) == width
    ruled: list[float] = []  # the white between rows with a line, and without one
    left_open: dict[int, float] = {}
    for row, (above, below) in enumerate(pairwise(said), start=1):
        upper, lower = max(run.box[3] for run in above), min(run.box[1] for run in below)
        if any(upper - usual / 2 < line[1] < lower + usual / 2 for line in level):
            ruled.append(lower - upper)
        elif (
            row > heads
            and lower - upper < _LEADING * usual
            and (holds_figures.isdisjoint((row - 1, row)) or (is_gridded and _is_one(cells, row, holds_figures)))
        ):
            left_open[row] = lower - upper
        else:
            return list(cells)
    if len(ruled) < max(_LINES, len(left_open) / _MISSING):
        return list(cells)
    if min(ruled) < max(left_open.values(), default=0.0) + _PADDING * usual:
        return list(cells)
    joined: dict[tuple[int, int], Cell] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        place = cell.row - sum(row <= cell.row for row in left_open), cell.column
        first = joined.get(place)
        if first is None:
            joined[place] = replace(cell, row=place[0])
        elif first.columns != cell.columns:
            return list(cells)
        else:
            whole = around(first.box, cell.box) if first.box and cell.box else first.box
            joined[place] = replace(first, text=f"{first.text} {cell.text}".strip(), box=whole)
    return list(joined.values())


def _is_one(cells: Sequence[Cell], row: int, holds_figures: Set[int]) -> bool:
    """Whether one of a row and that above it has but lines of text, in few of the columns in which the other has any."""
    above, below = ({cell.column for cell in cells if cell.row == one and cell.text} for one in (row - 1, row))
    return (above < below and row - 1 not in holds_figures) or (below < above and row not in holds_figures)


def _reaches(line: Box, left: float, right: float) -> bool:
    return min(line[2], right) - max(line[0], left) > _WHOLE * (right - left)


def _by_row(cells: Sequence[Cell], box: Box, runs: Sequence[Piece]) -> list[list[Piece]]:
    """What is written in each row of a table; nothing where a row has no place."""
    tops = {cell.row: cell.box[1] for cell in cells if cell.box}
    rows = range(max((cell.row for cell in cells), default=-1) + 1)
    left, _, right, bottom = box
    if len(tops) < len(rows):
        return []
    ends = [*(tops[row] for row in rows[1:]), bottom]
    return [
        [
            run
            for run in runs
            if tops[row] <= (run.box[1] + run.box[3]) / 2 < ends[row] and left - 1 < run.box[0] < right
        ]
        for row in rows
    ]


def without_prose_beside(cells: Sequence[Cell], box: Box) -> tuple[list[Cell], Box] | None:
    """The table without a text that stands to the left of it, and its box; None where none does.

    The sentences of such a text run on from row to row, and each of these rows has a label of its own beside figures.
    """
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        if cell.text:
            rows.setdefault(cell.row, {})[cell.column] = cell.text
    running = [
        row
        for row, said in rows.items()
        if _runs_on(rows.get(row - 1, {}).get(0, ""), said.get(0, ""))
        and 1 in said
        and not is_figure(said[1])
        and any(is_figure(text) for column, text in said.items() if column > 1)
    ]
    kept = [replace(cell, column=cell.column - 1) for cell in cells if cell.column]
    if len(running) < _RUNNING or any(not cell.column and cell.columns > 1 and cell.text for cell in cells):
        return None
    left = min((cell.box[0] for cell in kept if cell.box and not cell.column), default=box[0])
    return kept, (round(left, 2), *box[1:])


def _runs_on(above: str, below: str) -> bool:
    return len(above) > _PROSE and above[-1] not in ".:;!?" and below[:1].islower()


def labels_above(
    cells: Sequence[Cell], box: Box, runs: Sequence[Piece], looks: Looks
) -> tuple[list[Cell], list[Cell], Box, Box] | None:
    """The rows of labels and what they are that stand above the heads of a table, and the table; None where none do.

    What stands alone between them belongs to neither.

    Args:
        cells: of the table, with their boxes.
        runs: what is written without wide white on each line of the page.

    Returns: the cells of both, and their boxes.
    """
    left, top, right, bottom = box
    said = _by_row(cells, box, runs)
    if max((cell.column + cell.columns for cell in cells), default=0) < _COLUMNS or any(
        cell.rows > 1 for cell in cells
    ):
        return None
    upper = list(takewhile(lambda row: _is_label_and_value(row, left, looks), said))
    titles = list(takewhile(lambda row: len(row) == 1, said[len(upper) :]))
    first = len(upper) + len(titles)
    if (
        not upper
        or first >= len(said) - 1
        or len({round(_values(row, left)[0].box[0] / _ALIGNED) for row in upper}) > 1
    ):
        return None
    of_labels = {looks.of(run.box) for row in upper for run in _labels(row, left)}
    if len(said[first]) < _COLUMNS or {looks.of(run.box) for run in said[first]} != of_labels:
        return None
    above = [
        Cell(row, column, 1, 1, " ".join(run.text for run in own), _around(own))
        for row, members in enumerate(upper)
        for column, own in enumerate((_labels(members, left), _values(members, left)))
    ]
    below = [replace(cell, row=cell.row - first) for cell in cells if cell.row >= first]
    tops = {cell.row: cell.box[1] for cell in cells if cell.box}
    end, start = round(tops[len(upper)], 2), round(tops[first], 2)
    return above, below, (left, top, right, end), (left, start, right, bottom)


def _is_label_and_value(row: Sequence[Piece], left: float, looks: Looks) -> bool:
    """Whether a row holds a label on the left, and what it is, set otherwise, below itself where it runs on."""
    labels, values = _labels(row, left), _values(row, left)
    if not labels or not values or max(run.box[0] for run in values) - min(run.box[0] for run in values) > _ALIGNED:
        return False
    own = {looks.of(run.box) for run in labels}
    return len(own) == 1 and own.isdisjoint(looks.of(run.box) for run in values)


def _labels(row: Iterable[Piece], left: float) -> list[Piece]:
    return [run for run in row if run.box[0] <= left + _ALIGNED]


def _values(row: Iterable[Piece], left: float) -> list[Piece]:
    return [run for run in row if run.box[0] > left + _ALIGNED]


def _around(runs: Sequence[Piece]) -> Box:
    box = runs[0].box
    for run in runs[1:]:
        box = around(box, run.box)
    return box


def gutter(box: Box, runs: Sequence[Piece], lines: Sequence[Box]) -> float | None:
    """Where two tables part that stand side by side, each with lines over its whole width; None where one stands.

    No line and no text runs through the white between them, and lines part at no other place.

    Args:
        box: of what was taken for one table.
        runs: what is written without wide white on each line of the page.
        lines: of the page, see `rulings`.
    """
    left, top, right, bottom = box
    level: dict[int, list[tuple[float, float]]] = {}
    for x0, y0, x1, y1 in lines:
        if y1 - y0 < _THIN and top - _THIN < y0 < bottom + _THIN and x0 < right and x1 > left:
            level.setdefault(round(y0), []).append((x0, x1))
    covered = joined((span for spans in level.values() for span in spans), _TOUCHING)
    if len(covered) != 2 or covered[1][0] - covered[0][1] < _GUTTER:
        return None
    whole = [span for spans in level.values() for span in joined(spans, _TOUCHING)]
    if any(
        sum(
            part[0] <= span[0] <= span[1] <= part[1] and span[1] - span[0] > part[1] - part[0] - _TOUCHING
            for span in whole
        )
        < _LINES
        for part in covered
    ):
        return None
    start, stop = covered[0][1], covered[1][0]
    if any(run.box[0] < stop - 1 and run.box[2] > start + 1 and top < run.box[3] < bottom for run in runs):
        return None
    return (start + stop) / 2
