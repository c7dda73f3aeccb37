"""The reading order of lines that an engine gives from top to bottom, whatever their columns."""

import statistics
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.reading.ocr.engine import Line
from ragcli.reading.ocr.slope import slope_of

_GUTTER = 0.8  # sizes: the least width of the white between two columns
_SPANNING = 3  # such lines a line that crosses the gutter weighs up, when the best gutter is chosen
_WIDE = 10.0  # sizes: the least usual width of a column's lines; what is narrower is a table, read row by row
_LINES = 3  # that each column needs


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line where it would stand if the page were level."""

    line: Line
    left: float
    right: float
    base: float


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Order lines as they are read: columns one after the other, what spans them in its place; number the blocks.

    Where to cut is chosen as in the recursive XY-cut of Nagy, Seth and Viswanathan (1992), but a gutter may be crossed by
    a few lines: titles, and what stands between parts.
    """
    if not lines:
        return []
    size = statistics.median([line.size for line in lines])
    slope = slope_of(lines)
    block, ordered = 0, []
    for region in _regions([_place(line, slope) for line in lines], size):
        last: _Placed | None = None
        for each in region:
            if last is None or each.base - last.base > 2.0 * size:
                block += 1
            ordered.append(each.line._replace(block=block))
            last = each
    return ordered


def _place(line: Line, slope: float) -> _Placed:
    left, right = line.words[0].box[0], line.words[-1].box[2]
    aside = slope * line.base  # on a crooked page the gutter between two columns leans as much as the lines do
    return _Placed(line, left + aside, right + aside, line.base - slope * left)


def _regions(lines: list[_Placed], size: float) -> list[list[_Placed]]:
    """Return the regions of a page in reading order, each with its lines in reading order."""
    gutter = _gutter(lines, size)
    if gutter is None:
        return [_rows(lines, size)]
    spanning = sorted((each for each in lines if each.left < gutter < each.right), key=lambda each: each.base)
    bases = [each.base for each in spanning]
    regions: list[list[_Placed]] = []
    for band in range(len(spanning) + 1):  # what stands above each line that spans the columns, and below the last
        columns: tuple[list[_Placed], list[_Placed]] = ([], [])
        for each in lines:
            if (each.right <= gutter or each.left >= gutter) and bisect(bases, each.base) == band:
                columns[each.left >= gutter].append(each)
        regions += [region for column in columns if column for region in _regions(column, size)]
        if band < len(spanning):
            if regions and not any(columns) and regions[-1][-1] is spanning[band - 1]:
                regions[-1].append(spanning[band])
            else:
                regions.append([spanning[band]])
    return regions


def _gutter(lines: Sequence[_Placed], size: float) -> float | None:
    """Where two columns of prose are parted: the left edge of the right one; None when there are no two."""
    best, found = 0.0, None
    for edge in sorted({each.left for each in lines}):
        left = [each for each in lines if each.right <= edge - _GUTTER * size]
        right = [each for each in lines if each.left >= edge]
        worth = len(left) + len(right) - _SPANNING * (len(lines) - len(left) - len(right))
        if worth > best and min(len(left), len(right)) >= _LINES and _is_prose(left, size) and _is_prose(right, size):
            best, found = worth, edge - 0.5 * _GUTTER * size
    return found


def _is_prose(lines: Sequence[_Placed], size: float) -> bool:
    return statistics.median([each.right - each.left for each in lines]) > _WIDE * size


def _rows(lines: Sequence[_Placed], size: float) -> list[_Placed]:
    """Row by row, each from the left."""
    rows: list[list[_Placed]] = []
    for each in sorted(lines, key=lambda each: each.base):
        if rows and each.base - rows[-1][0].base < 0.4 * size:
            rows[-1].append(each)
        else:
            rows.append([each])
    return [each for row in rows for each in sorted(row, key=lambda each: each.left)]
