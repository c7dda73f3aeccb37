"""Rows that the table finder took for one: a column of it holds several figures below each other.

Beside a label of several lines, or in a table without lines that is set close, it reads `24.50 20.00` in one cell.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ragcli.reading.boxes import around
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.tables.cells import YEAR, Cell, is_figure
from ragcli.records import Box

_ONE_LINE = 0.5  # of a line's height, by which what stands on it may be higher or lower


def with_rows_parted(cells: Sequence[Cell], heads: int, runs: Sequence[Piece]) -> list[Cell]:
    """The cells of a table with a row for each line of figures that has a label beside it.

    What runs on below a label belongs to the row above, and to that below where the figures stand beside the last line of
    their labels. Figures in brackets below others are of the same row: errors.

    Args:
        heads: how many rows are heads, which are left.
        runs: what is written without wide white on each line of the page.
    """
    parted: list[Cell] = []
    further = 0
    for row, of_row in groupby(sorted(cells, key=lambda cell: (cell.row, cell.column)), lambda cell: cell.row):
        members = list(of_row)
        own = [members]
        if row >= heads and all(cell.rows == 1 and cell.box for cell in members):
            own = _rows_in(members, runs) or own
        for n, of_one in enumerate(own):
            parted += [replace(cell, row=row + further + n) for cell in of_one]
        further += len(own) - 1
    return parted


def _rows_in(members: Sequence[Cell], runs: Sequence[Piece]) -> list[list[Cell]]:
    """The rows that one row is, each with all of its cells; nothing where it is one."""
    lines = {cell.column: _lines_in(cell, runs) for cell in members}
    figures = {column for column, own in lines.items() if own and all(_is_amount(line.text) for line in own)}
    counts = [len(lines[column]) for column in figures]
    if max(counts, default=0) < 2 or any(_letters(cell.text) != _said(lines[cell.column]) for cell in members):
        return []
    starts = _starts([line.box for column in figures for line in lines[column]])
    labels = [line.box for column in lines.keys() - figures for line in lines[column]]
    is_labelled = all(any(_is_beside(box, start) for box in labels) for start in starts)
    if len(starts) < 2 or not is_labelled or _are_errors([lines[column] for column in figures], starts):
        return []
    end_labels = any(_middle(box) < _middle(starts[0]) and not _is_beside(box, starts[0]) for box in labels)
    return [
        [_part(cell, lines[cell.column], starts, number, end_labels) for cell in members]
        for number in range(len(starts))
    ]


def _lines_in(cell: Cell, runs: Sequence[Piece]) -> list[Piece]:
    """What is written in a cell, by lines from the top."""
    assert cell.box
    left, top, right, bottom = cell.box
    inside = [
        run
        for run in runs
        if left <= (run.box[0] + run.box[2]) / 2 <= right and top <= (run.box[1] + run.box[3]) / 2 <= bottom
    ]
    lines: list[Piece] = []
    for run in sorted(inside, key=lambda run: (_middle(run.box), run.box[0])):
        if lines and _is_beside(run.box, lines[-1].box):
            first, second = sorted((lines[-1], run), key=lambda piece: piece.box[0])
            lines[-1] = Piece(f"{first.text.strip()} {second.text.strip()}", around(first.box, second.box))
        else:
            lines.append(run)
    return lines


def _part(cell: Cell, lines: Sequence[Piece], starts: Sequence[Box], number: int, end_labels: bool) -> Cell:
    """What of a cell stands in one of the rows that its own is, whose figures stand beside the ends of labels or their starts."""
    assert cell.box
    left, top, right, bottom = cell.box
    tops = [_middle(start) - _ONE_LINE * (start[3] - start[1]) for start in starts]
    bottoms = [_middle(start) + _ONE_LINE * (start[3] - start[1]) for start in starts]
    edges = [top, *(bottoms[:-1] if end_labels else tops[1:]), bottom]
    text = " ".join(line.text.strip() for line in lines if edges[number] <= _middle(line.box) < edges[number + 1])
    return replace(cell, text=text, box=(left, edges[number], right, edges[number + 1]))


def _starts(boxes: Sequence[Box]) -> list[Box]:
    """The first figure of each line of figures, from the top."""
    starts: list[Box] = []
    for box in sorted(boxes, key=_middle):
        if not starts or not _is_beside(box, starts[-1]):
            starts.append(box)
    return starts


def _are_errors(columns: Sequence[Sequence[Piece]], starts: Sequence[Box]) -> bool:
    """Whether all figures of a line are in brackets, and those above are not."""
    for above, below in pairwise(starts):
        upper, lower = (
            [line.text.strip() for lines in columns for line in lines if _is_beside(line.box, start)]
            for start in (above, below)
        )
        if all(text[0] in "([" for text in lower) and not any(text[0] in "([" for text in upper):
            return True
    return False


def _is_amount(text: str) -> bool:
    return is_figure(text.strip()) and not YEAR.fullmatch(text.strip())


def _is_beside(box: Box, other: Box) -> bool:
    return abs(_middle(box) - _middle(other)) < _ONE_LINE * (other[3] - other[1])


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _letters(text: str) -> list[str]:
    return sorted(text.replace(" ", ""))


def _said(lines: Sequence[Piece]) -> list[str]:
    return _letters("".join(line.text for line in lines))
