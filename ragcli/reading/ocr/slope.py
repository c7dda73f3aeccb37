"""How crooked a recognised page lies: pixels down for one to the right."""

import statistics
from collections import Counter
from collections.abc import Sequence

from ragcli.reading.ocr.engine import Line

_BAND = 0.3  # sizes, within which baselines are of one row
_CLEARER = 1.1  # times as many lines must share their rows
_STEEPEST = 0.1
_MOST = (
    60  # slopes that are tried, those of the longest lines: of a short one a pixel more or less is a slope of its own
)


def slope_of(lines: Sequence[Line]) -> float:
    """The slope of a page: the usual one of its lines, unless another sets them clearly better into rows.

    Those of short lines, the cells of a table, are mostly 0: the boxes around them are level. What stands in one row of a
    wide table tells it best. Lines of one column tell nothing, for any slope leaves each in a row of its own.
    """
    words = [line.slope for line in lines for _ in line.words]
    if not words:
        return 0.0
    usual = statistics.median(words)
    size = statistics.median([line.size for line in lines])
    longest = sorted(lines, key=lambda line: line.words[0].box[0] - line.words[-1].box[2])[:_MOST]
    tried = {line.slope for line in longest if abs(line.slope) < _STEEPEST}
    best = max(tried, key=lambda slope: (_in_rows(lines, slope, size), -abs(slope - usual)), default=usual)
    return best if _in_rows(lines, best, size) > _CLEARER * _in_rows(lines, usual, size) else usual


def _in_rows(lines: Sequence[Line], slope: float, size: float) -> int:
    """How many pairs of lines would share a row on the page made level."""
    band = max(_BAND * size, 1.0)
    rows = Counter(round((line.base - slope * line.words[0].box[0]) / band) for line in lines)
    return sum(count * count for count in rows.values())
