"""The heads of a table as they are drawn: which rows are heads, and over which columns each head reaches.

The table finder sees words and white: it cuts `December 31,` over two columns into `December` and `31,`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ragcli.reading.mupdf.rulings import joined, near
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.tables.cells import YEAR, Cell, is_data
from ragcli.reading.tables.grid import MOST_HEADS
from ragcli.records import Box

_AMOUNT = re.compile(r"[($€£¥+−–-]* ?\d[\d.,]*[)% ]*")
_UNIT = re.compile(r"\([^()]+\)")  # `(MILLIONS)`, which labels no row of years
_LONGEST_PERIOD = 24  # characters
_PERIOD = re.compile(
    r"(?:(?:[^\W\d_]{1,10}[.,]?|\d{1,2}(?:er|st|nd|rd|th)?[.,]?|[1-4] ?[QTH]|[QTHS] ?[1-4]) ?){0,4}(?:1[89]|20)\d\d[AEF]?"
)
_OVER = 1.0  # points by which a piece reaches into a column that it stands over
_TOUCHING = 1.5  # points between two lines that are one


def with_heads(
    cells: Sequence[Cell], heads: int, pieces: Sequence[Piece], lines: Sequence[Box]
) -> tuple[list[Cell], int]:
    """The cells with their heads as they are drawn, and how many rows are heads.

    A piece is one cell, whatever the finder made of it. A head reaches as far as the line below it, over places without
    text. Rows without label and figures below a head are of it, if a row with a label follows; a row of a label and figures
    is none.

    Args:
        pieces: of the table.
        lines: of the page, see `rulings`.
    """
    drawn = _in_one_piece(cells, pieces, max(heads, MOST_HEADS))
    heads = _count(drawn, heads)
    reaching = [_as_far_as_its_line(cell, drawn, lines) if cell.row < heads - 1 else cell for cell in drawn]
    taken = {
        (cell.row, column)
        for cell in reaching
        if cell.text
        for column in range(cell.column, cell.column + cell.columns)
    }
    return [cell for cell in reaching if cell.text or (cell.row, cell.column) not in taken], heads


def _in_one_piece(cells: Sequence[Cell], pieces: Sequence[Piece], rows: int) -> list[Cell]:
    """Make one of the cells in the first rows over which pieces are drawn, line below line, that say what they say."""
    kept = list(cells)
    for piece in pieces:
        under = _with_its_end(_under(kept, piece, rows), kept, piece)
        if len(under) < 2 or not any(map(str.isalnum, piece.text)):
            continue
        said, parts = " ".join(piece.text.split()), [cell.text for cell in under]
        if _bare(parts) != _bare([said]):  # a line of several, each of which was cut
            lines = sorted((other for other in pieces if _under(under, other, rows)), key=lambda line: line.box[1])
            said = " ".join(" ".join(line.text for line in lines).split())
            if any(_under(under, line, rows) != under for line in lines):
                continue
        if sorted(_bare(parts)) == sorted(_bare([said])):
            first, last = under[0], under[-1]
            columns = last.column + last.columns - first.column
            kept[kept.index(first)] = replace(first, columns=columns, text=said, box=_over(under))
            kept = [cell for cell in kept if cell not in under[1:]]
    return kept


def _under(cells: Iterable[Cell], piece: Piece, rows: int) -> list[Cell]:
    """The cells of the first rows, each of one row, that a piece is drawn over."""
    left, top, right, bottom = piece.box
    return [
        cell
        for cell in cells
        if cell.row < rows and cell.rows == 1 and cell.box
        if cell.box[1] < (top + bottom) / 2 < cell.box[3] and left < cell.box[2] - _OVER and right > cell.box[0] + _OVER
    ]


def _with_its_end(under: list[Cell], cells: Sequence[Cell], piece: Piece) -> list[Cell]:
    """The cells with the next, where that says the rest of the piece, though the column as the finder saw it begins behind."""
    last = under[-1] if under else None
    after = next(
        (cell for cell in cells if last and (cell.row, cell.column) == (last.row, last.column + last.columns)), None
    )
    is_rest = (
        after is not None and after.text and _bare([*(cell.text for cell in under), after.text]) == _bare([piece.text])
    )
    return [*under, after] if after is not None and is_rest else under


def _bare(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _over(cells: Sequence[Cell]) -> Box | None:
    boxes = [cell.box for cell in cells if cell.box]
    return (boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]) if boxes else None


def _count(cells: Sequence[Cell], heads: int) -> int:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    reach = heads
    while 0 < reach < MOST_HEADS and _is_unlabelled(rows.get(reach, ())):
        reach += 1
    return reach if any(cell.column == 0 and cell.text for cell in rows.get(reach, ())) else heads


def begins_with_data(cells: Sequence[Cell]) -> bool:
    """Whether the first row of a table is a label and amounts, and so no head."""
    first = [cell for cell in cells if cell.text and cell.row == 0]
    amounts = [cell.text for cell in first[1:]]
    is_labelled = bool(first) and first[0].column == 0
    return is_labelled and all(map(_AMOUNT.fullmatch, amounts)) and is_data(text.strip("()$€£ ") for text in amounts)


def has_head_of_periods(cells: Sequence[Cell]) -> bool:
    """Whether the first row of a table heads columns of figures with different times: `3Q 2024`, `March 31, 2023`, `2022`."""
    first = [cell for cell in cells if cell.row == 0 and cell.column and cell.text]
    if len(first) < 2 or len({cell.text for cell in first}) < len(first):
        return False
    if not all(len(cell.text) <= _LONGEST_PERIOD and _PERIOD.fullmatch(cell.text) for cell in first):
        return False
    below = [[cell.text for cell in cells if cell.row and cell.text and cell.column == head.column] for head in first]
    return all(2 * sum(is_data([text.strip("()$€£ ")]) for text in texts) > len(texts) > 1 for texts in below)


def _is_unlabelled(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text]
    if any(map(YEAR.fullmatch, texts)):
        texts = [text for text in texts if not _UNIT.fullmatch(text)]
    return bool(texts) and not any(cell.column == 0 and cell.text in texts for cell in row) and not is_data(texts)


def _as_far_as_its_line(head: Cell, cells: Sequence[Cell], lines: Sequence[Box]) -> Cell:
    if not head.text or head.box is None or head.column == 0:
        return head
    left, _, right, bottom = head.box
    line = next(
        (
            line
            for line in joined(((line[0], line[2]) for line in near(lines, bottom)), _TOUCHING)
            if line[0] < (left + right) / 2 < line[1]
        ),
        None,
    )
    middles = {cell.column: (cell.box[0] + cell.box[2]) / 2 for cell in cells if cell.box and cell.columns == 1}
    free = {column for column, middle in middles.items() if line and line[0] < middle < line[1]}
    for cell in cells:
        if cell.row <= head.row < cell.row + cell.rows and cell.text:
            free -= set(range(cell.column, cell.column + cell.columns))
    first, stop = head.column, head.column + head.columns
    while first - 1 in free and not _is_drawn_between(middles, first - 1, head.box, lines):
        first -= 1
    while stop in free and not _is_drawn_between(middles, stop - 1, head.box, lines):
        stop += 1
    return replace(head, column=first, columns=stop - first)


def _is_drawn_between(middles: Mapping[int, float], column: int, head: Box, lines: Sequence[Box]) -> bool:
    """Whether an upright line runs between this column and the next beside a head, which then ends there."""
    left, right = middles[column], middles.get(column + 1, head[2])
    _, top, _, bottom = head
    return any(
        left < (line[0] + line[2]) / 2 < right
        and line[2] - line[0] < line[3] - line[1]
        and line[1] < (top + bottom) / 2 < line[3]
        for line in lines
    )
