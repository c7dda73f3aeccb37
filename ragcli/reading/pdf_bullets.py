"""Bullets that are drawn and not written: browsers paint the marks of a list's items."""

from collections.abc import Sequence
from itertools import pairwise

from ragcli.reading.pdf_content import Content
from ragcli.reading.pdf_lines import Row
from ragcli.records import Box

_PAINTER = "Skia"  # of Chrome and its kin
_SMALLEST, _LARGEST = 0.15, 0.7  # of the letters' size
_SPIKES = 3.0  # sizes that the box of a stroked mark may reach out, see Content.paths
_ASIDE = 2.0  # sizes between a mark and its text
_INDENT = 1.0  # sizes that an item stands to the right of the text above it


def with_bullets(rows: Sequence[Row], content: Content) -> None:
    """Write `•` before each row that has a small mark drawn beside it, half-way up its letters.

    A page is looked at only where a browser made it and something on it is indented.
    """
    producer = (content.page.parent.metadata or {}).get("producer") or ""
    if not producer.startswith(_PAINTER) or not any(_is_indented(*pair) for pair in pairwise(rows)):
        return
    marks = [(path["bbox"], path["stroked"]) for path in content.paths if _is_square(path["bbox"])]
    for row in rows if marks else ():
        if row.upright and any(_is_beside(box, is_stroked, row) for box, is_stroked in marks):
            row.text, row.left = f"• {row.text}", row.left - row.size


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
