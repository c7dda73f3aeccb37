"""What the table finder left out above a table without a head: further rows of it, and its head; and what it took in.

It takes the shaded rows of an account for tables of their own, parted by the rows that hold a label alone; and the
sentences above a table for its head.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from ragcli.reading.mupdf.rulings import follow
from ragcli.reading.pdf_tables.printed_cells import Piece, with_figures
from ragcli.reading.tables.cells import Cell, is_figure
from ragcli.records import Box

_APART = 2.6  # heights of a line, by which the baselines of two rows may differ
_REACHES = 2.0  # points by which a piece may reach into a column that it does not stand in
_SHORT = 28  # characters of a head over one column
_DASHES = frozenset("—–-")
_SENTENCE = 60  # characters of a line of prose
_PROSE = 0.8  # share of a row's letters, from which such lines are the row


def rows_above(cells: Sequence[Cell], top: float, pieces: Sequence[Piece]) -> tuple[list[Cell], float]:
    """The cells of the rows that stand above a table in its columns, the uppermost in row 0, and where they begin.

    Upwards until a line does not stand in the columns, or white parts it; rows of a label alone only below others.

    Args:
        cells: of the table, with their boxes.
        pieces: of the page.
    """
    columns = _columns(cells)
    if len(columns) < 2:
        return [], top
    lines = _lines(piece for piece in with_figures(pieces) if piece.box[3] <= top + 1)
    kept: list[list[Cell]] = []
    waiting: list[list[Cell]] = []
    below = top
    for line in lines:
        height = line[0].box[3] - line[0].box[1]
        upper, lower = min(piece.box[1] for piece in line), max(piece.box[3] for piece in line)
        if below - lower > (_APART - 1) * height:
            break
        row = _row(line, columns)
        if row is None:
            break
        below = upper
        if row[0].column == 0 and len(row) == 1:
            beneath = (waiting or kept or [[]])[-1]
            if beneath and beneath[0].column == 0 and _goes_on(row[0].text, beneath[0].text):
                beneath[0] = replace(beneath[0], text=f"{row[0].text} {beneath[0].text}", box=row[0].box)
            else:
                waiting.append(row)
        else:
            kept += [*waiting, row]
            waiting = []
    if not kept:
        return [], top
    above = [[replace(cell, row=number) for cell in row] for number, row in enumerate(reversed(kept))]
    return [cell for row in above for cell in row], min(cell.box[1] for cell in above[0] if cell.box)


def without_prose(
    cells: Sequence[Cell], box: Box, pieces: Sequence[Piece], lines: Sequence[Box] = ()
) -> tuple[list[Cell], Box, int]:
    """The cells of a table and its box without the rows at its top and bottom that are prose, and how many went at the top.

    These are two lines and more that run over the borders of columns, and nothing else; or one above the frame.

    Args:
        pieces: of the page; without any, no such lines are seen.
        lines: of the page, see `rulings`.
    """
    tops = {cell.row: cell.box[1] for cell in cells if cell.box}
    running = {row: _running([cell for cell in cells if cell.row == row and cell.box], pieces) for row in sorted(tops)}
    first, last = _prose(running) or _is_above_the_frame(cells, box, lines), _prose(dict(reversed(running.items())))
    stop = max(tops, default=0) - last + 1
    if not first + last or first >= stop or any(cell.row < first < cell.row + cell.rows for cell in cells):
        return list(cells), box, 0
    kept = [replace(cell, row=cell.row - first) for cell in cells if first <= cell.row < stop]
    left, top, right, bottom = box
    if first:
        top = round(tops[first], 2)
    if last:
        bottom = round(tops[stop], 2)
    return kept, (left, top, right, bottom), first


def _running(row: Sequence[Cell], pieces: Sequence[Piece]) -> int:
    """How many lines of prose are a row, 0 where it holds anything else."""
    borders = [cell.box[0] for cell in row if cell.box and cell.column and cell.text]
    if not borders:
        return 0
    top, bottom = min(cell.box[1] for cell in row if cell.box), max(cell.box[3] for cell in row if cell.box)
    said = [piece for piece in pieces if top <= (piece.box[1] + piece.box[3]) / 2 < bottom]
    lines = [
        piece
        for piece in said
        if len(piece.text.strip()) >= _SENTENCE
        and any(piece.box[0] < border - _REACHES and border + _REACHES < piece.box[2] for border in borders)
    ]
    letters = sum(len(piece.text) for piece in said)
    return len(lines) if sum(len(piece.text) for piece in lines) >= _PROSE * letters else 0


def _prose(running: Mapping[int, int]) -> int:
    """How many rows are prose, from the first on; none where that is one line."""
    rows = list(takewhile(bool, running.values()))
    return len(rows) if sum(rows) > 1 else 0


def _is_above_the_frame(cells: Sequence[Cell], box: Box, lines: Sequence[Box]) -> bool:
    """Whether the first row is a line of text above a drawn table: it begins where the labels do, nothing stands beside
    it, and the uppermost ruling runs below it, above a full row of heads."""
    first = [cell for cell in cells if cell.row == 0 and cell.text]
    heads = [cell for cell in cells if cell.row == 1]
    tops = [cell.box[1] for cell in heads if cell.box]
    if len(first) != 1 or not tops or first[0].column or first[0].columns < 2 or first[0].rows > 1:
        return False
    left, top, right, _ = box
    is_full = len(heads) > 2 and all(cell.text and not is_figure(cell.text) for cell in heads)
    is_framed = follow(lines, (left, tops[0], right, tops[0])) and not follow(lines, (left, top, right, top))
    return is_full and is_framed


def _columns(cells: Sequence[Cell]) -> list[tuple[float, float]]:
    """From where to where each column reaches; none where one of them has no place."""
    width = max((cell.column + cell.columns for cell in cells), default=0)
    boxes = [[cell.box for cell in cells if cell.box and cell.columns == 1 and cell.column == n] for n in range(width)]
    if not all(boxes):
        return []
    return [(min(box[0] for box in column), max(box[2] for box in column)) for column in boxes]


def _lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces line by line, from the lowest."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.box[3]):
        if lines and abs(lines[-1][0].box[3] - piece.box[3]) < 0.4 * (piece.box[3] - piece.box[1]):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _row(line: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> list[Cell] | None:
    """The pieces of a line as a row of the columns; None where one stands in two columns, or two in one."""
    cells: dict[int, Cell] = {}
    for piece in sorted(line, key=lambda piece: piece.box[0]):
        left, top, right, bottom = piece.box
        over = [n for n, (start, end) in enumerate(columns) if left < end - _REACHES and right > start + _REACHES]
        column = over[0] if over else min(range(len(columns)), key=lambda n: abs(sum(columns[n]) - left - right))
        text = " ".join(piece.text.split())
        if len(over) > 1 or column in cells or (column and not _is_short(text)):
            return None
        cells[column] = Cell(0, column, 1, 1, text, (left, top, right, bottom))
    return [cells[column] for column in sorted(cells)]


def _goes_on(label: str, below: str) -> bool:
    """Whether a label runs over two lines, the figures beside its last."""
    return not label.endswith(":") and not (below[0].isupper() or below[0].isdigit())


def _is_short(text: str) -> bool:
    return is_figure(text) or set(text) <= _DASHES or len(text) <= _SHORT
