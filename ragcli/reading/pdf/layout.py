"""Reading order by PyMuPDF's layout model: for pages that the producer drew in an order of its own."""

from collections.abc import Sequence
from itertools import combinations, groupby
from typing import Any

from ragcli.reading.boxes import in_one_column, share_inside
from ragcli.reading.mupdf.lean_pymupdf import with_layout
from ragcli.reading.text_layer.lines import append, continues
from ragcli.reading.text_layer.row import Row
from ragcli.records import Box

_INSIDE = 0.5  # share of a row's box within a region, from which the row belongs to it
_SAME_LINE = 0.5  # of a letter's size: what differs by less in height stands on one line
_ONE_PITCH = 0.25  # of it, by which the baselines of what stands on one line may differ from line to line
_CLOSE = 24.0  # points between a region and the next of its column: two lines
_TOUCHING = 3.0  # points by which regions above each other may overlap
_PLACED = 0.8  # share of the letters that regions must hold; what the model did not see has no place in its order


def layout_order(page: Any) -> list[Box]:
    """The regions of a pymupdf.Page in reading order: half a second, and 500 MB once in a process.

    Empty for a page that is shown turned: the model looks at it as it is shown, rows lie as they were drawn.
    """
    if page.rotation:
        return []
    with_layout()
    page.get_layout()
    boxes = ([round(float(side), 1) for side in region[:4]] for region in page.layout_information or ())
    return down_the_columns([(x0, y0, x1, y1) for x0, y0, x1, y1 in boxes])


def down_the_columns(regions: Sequence[Box]) -> list[Box]:
    """The regions of the model, which reads two columns line by line, with each column read to its end.

    After a region comes the one close below it, when all that stands above that has been read; else the model's next.
    """
    left = list(regions)
    ordered: list[Box] = []
    while left:
        following = next((each for each in left if ordered and _goes_on(ordered[-1], each, left)), left[0])
        left.remove(following)
        ordered.append(following)
    return ordered


def _goes_on(above: Box, below: Box, left: Sequence[Box]) -> bool:
    if below[1] - above[3] > _CLOSE or not _is_above(above, below):
        return False
    return not any(_is_above(other, below) for other in left)


def _is_above(one: Box, other: Box) -> bool:
    return one[3] <= other[1] + _TOUCHING and in_one_column(one, other)


def in_layout_order(rows: Sequence[Row], regions: Sequence[Box]) -> list[Row]:
    """Return the rows of a page region by region, and within one from the top; as they are where too few are in any.

    A region of columns side by side, an address beside dates, keeps the producer's order where that goes down each of them.

    A row that lies in no region follows the one that the producer drew before it.
    """
    places: list[int | None] = [_region(row, regions) if row.upright else None for row in rows]
    letters = sum(len(row.text) for row in rows)
    placed = sum(len(row.text) for row, place in zip(rows, places, strict=True) if place is not None)
    if placed < _PLACED * letters or not placed:
        return list(rows)
    last = min(place for place in places if place is not None)
    followed: list[tuple[int, bool, Row]] = []
    for row, place in zip(rows, places, strict=True):
        last = last if place is None else place
        followed.append((last, place is None, row))
    ordered: list[Row] = []
    for _, members in groupby(sorted(followed, key=lambda each: each[0]), key=lambda each: each[0]):
        each = list(members)
        held = [row for _, is_stray, row in each if not is_stray]
        ordered += held if _are_columns(held) else _from_the_top(held)
        ordered += [row for _, is_stray, row in each if is_stray]
    return ordered


def _region(row: Row, regions: Sequence[Box]) -> int | None:
    """The region that holds most of a row."""
    shares = [share_inside(row.box, region) for region in regions]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] > _INSIDE else None


def _are_columns(rows: Sequence[Row]) -> bool:
    """Whether rows beside each other are lines of their own: their baselines lie now above, now below each other.

    Not where one was drawn after what stands below it.
    """
    shifts: list[float] = []
    for row, other in combinations(rows, 2):
        if in_one_column(row.box, other.box):
            if other.base < row.base:
                return False
        elif abs(row.base - other.base) < _SAME_LINE * max(row.size, other.size):
            shifts.append((other.base - row.base) / row.size * (1 if row.left < other.left else -1))
    return bool(shifts) and max(shifts) - min(shifts) > _ONE_PITCH


def _from_the_top(rows: Sequence[Row]) -> list[Row]:
    """Line by line, and along a line as its script runs; what belongs together on a line becomes one row."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.base):
        if lines and row.base - lines[-1][0].base < _SAME_LINE * max(row.size, lines[-1][0].size):
            lines[-1].append(row)
        else:
            lines.append([row])
    ordered: list[Row] = []
    for line in lines:
        first = len(ordered)
        for row in sorted(line, key=lambda row: row.left):
            if len(ordered) > first and continues(ordered[-1], row):
                append(ordered[-1], row)
            else:
                ordered.append(row)
    return ordered
