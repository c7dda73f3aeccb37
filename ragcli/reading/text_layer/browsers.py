"""What browsers print in a way of their own: marks of lists as shapes, and what floats before the text beside it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ragcli.letters import ENDED
from ragcli.reading.mupdf.content import Content
from ragcli.reading.text_layer.lines import append
from ragcli.reading.text_layer.row import Row
from ragcli.records import Box

_PAINTER = "Skia"  # of Chrome and its kin
_SMALLEST, _LARGEST = 0.15, 0.7  # of the letters' size
_SPIKES = 3.0  # sizes that the box of a stroked mark may reach out, see Content.paths
_ASIDE = 2.0  # sizes between a mark and its text
_FEW = 40  # characters that float: a date, the number of a formula
_LEADING = 1.8  # sizes between the lines of one text, at most
_INDENT = 1.0  # sizes that an item stands to the right of the text above it
_ENDS = re.compile(rf"{ENDED}$")


def as_browsers_draw(rows: list[Row], content: Content) -> list[Row]:
    """The rows of a page as a reader sees them; those of other producers as they are."""
    producer = (content.page.parent.metadata or {}).get("producer") or ""
    if not producer.startswith(_PAINTER):
        return rows
    if any(_is_indented(*pair) for pair in pairwise(rows)):
        _write_bullets(rows, content)
    return _with_floats(rows)


def _write_bullets(rows: Sequence[Row], content: Content) -> None:
    """Write `•` before each row that has a small mark drawn beside it, half-way up its letters."""
    marks = [(path["bbox"], path["stroked"]) for path in content.paths if _is_square(path["bbox"])]
    for row in rows if marks else ():
        if row.upright and any(_is_beside(box, is_stroked, row) for box, is_stroked in marks):
            row.text, row.left = f"• {row.text}", row.left - row.size


def _with_floats(rows: list[Row]) -> list[Row]:
    """Put a few words that float on the right, drawn before all text beside them, behind the line that they stand in."""
    gone: set[int] = set()
    for number, row in enumerate(rows):
        around = (*rows[max(number - 1, 0) : number], *rows[number + 1 : number + 2])
        if len(row.text) > _FEW or not row.upright or any(_is_stacked(row, other) for other in around):
            continue
        at = next((at for at in range(number + 2, len(rows)) if _is_left_of(rows[at], row)), None)
        if at is not None and not _is_in_paragraph(rows, at, row):
            append(rows[at], row)
            gone.add(number)
    return [row for number, row in enumerate(rows) if number not in gone] if gone else rows


def _is_stacked(row: Row, other: Row) -> bool:
    """Whether two rows are lines of one text."""
    is_aligned = min(abs(row.left - other.left), abs(row.right - other.right)) < row.size
    return is_aligned and abs(row.base - other.base) < _LEADING * row.size


def _is_left_of(line: Row, row: Row) -> bool:
    return line.upright and abs(line.base - row.base) < 0.2 * row.size and line.right < row.left


def _is_in_paragraph(rows: Sequence[Row], at: int, row: Row) -> bool:
    """Whether a line is in the middle of a paragraph that ends left of what floats, which is then a box of facts."""
    line, above, below = rows[at], rows[at - 1], rows[at + 1] if at + 1 < len(rows) else None
    return _goes_on(above, line, row) or (below is not None and _goes_on(line, below, row))


def _goes_on(line: Row, below: Row, row: Row) -> bool:
    return (
        (len(line.text) > _FEW or below.text[:1].islower())
        and line.block == below.block
        and line.bold == below.bold
        and _is_stacked(line, below)
        and max(line.right, below.right) < row.left
        and not _ENDS.search(line.text)
    )


def _is_indented(above: Row, row: Row) -> bool:
    return row.left > above.left + _INDENT * row.size and row.base > above.base


def _is_square(box: Box) -> bool:
    x0, y0, x1, y1 = box
    return abs((x1 - x0) - (y1 - y0)) < 0.3 * (x1 - x0)


def _is_beside(box: Box, is_stroked: bool, row: Row) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (
        _SMALLEST < (box[2] - box[0]) / row.size < _LARGEST + (_SPIKES if is_stroked else 0.0)
        and 0 < row.left - x < _ASIDE * row.size
        and 0.1 * row.size < row.base - y < 0.6 * row.size
    )
