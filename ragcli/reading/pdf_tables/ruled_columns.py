"""The columns of a table between whose columns lines run from the head to the end: they are where the lines say.

The table finder sees words and white: it parts a column of figures of different lengths, and joins two that stand close.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ragcli.reading.boxes import share_inside
from ragcli.reading.mupdf.rulings import NEAR, follow
from ragcli.reading.pdf_tables.printed_cells import Piece, by_pieces, letters_of
from ragcli.reading.tables.cells import Cell
from ragcli.records import Box

_SAME = 6.0  # points between two lines that are one border
_FEWEST = 3  # columns
_INSIDE = 0.6  # share of a piece that stands in a table


def in_ruled_columns(
    cells: Sequence[Cell], heads: int, box: Box, pieces: Sequence[Piece], lines: Sequence[Box]
) -> Sequence[Cell]:
    """The cells of a table in the columns that lines part, where the finder has more or fewer; no letter gets lost.

    Args:
        cells: with their boxes; the first `heads` rows are heads, in which cells may span columns.
        box: of the table.
        pieces: of the page; without any, all stays.
        lines: of the page, see `rulings`.
    """
    columns = ruled_columns(cells, heads, (box[0], box[2]), lines)
    if not columns or len(columns) == len({cell.column for cell in cells if cell.text}):
        return cells
    inside = [piece for piece in pieces if share_inside(piece.box, box) > _INSIDE]
    drawn = by_pieces(cells, heads, inside, columns)
    return cells if drawn is None or letters_of(drawn) != letters_of(cells) else drawn


def ruled_columns(
    cells: Sequence[Cell], heads: int, sides: tuple[float, float], lines: Sequence[Box]
) -> list[tuple[float, float]]:
    """From where to where each column reaches, from the left; none where fewer than three are ruled off.

    Args:
        sides: of the table, left and right.
    """
    body = [cell.box for cell in cells if cell.box and cell.row >= heads]
    if not body:
        return []
    left, right = sides
    top, bottom = min(box[1] for box in body), max(box[3] for box in body)
    # A drawing has thousands of lines, and so has a table with dotted ones: looked at are those near each place.
    beside = sorted((line for line in lines if line[1] <= bottom and line[3] >= top), key=_middle)
    middles = [_middle(line) for line in beside]
    borders = [left]
    for middle in sorted({round(middle, 1) for middle in middles if left + _SAME < middle < right - _SAME}):
        if middle - borders[-1] > _SAME:
            close = beside[bisect_left(middles, middle - NEAR) : bisect_right(middles, middle + NEAR)]
            if follow(close, (middle, top, middle, bottom)):
                borders.append(middle)
    columns = list(zip(borders, [*borders[1:], right], strict=True))
    return columns if len(columns) >= _FEWEST else []


def _middle(line: Box) -> float:
    return (line[0] + line[2]) / 2
