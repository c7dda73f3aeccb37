"""Notes in the left margin, on the baseline of a line in the middle of a sentence: names of what the text is about."""

import re
from collections.abc import Sequence

from ragcli.letters import STOPS
from ragcli.reading.text_layer.row import Row

_NOTE = 40  # characters, more than which no note has on a line
_LINE = 30  # characters of a line of prose
_APART = 0.5  # sizes, at least, between a note and the text
_EDGE = 1.0  # points by which lines that begin or end together may differ
_ABOVE = 2.0  # sizes from the line above to one of the same paragraph
_ENDS = re.compile(rf"[{STOPS}:;,)：；，]['\"”’»)\]]*$")
_LEADERS = (". .", "..")


def is_aside(rows: Sequence[Row], line: Row, below: Row | None) -> bool:
    """Tell whether the last of the rows is a note beside `line`, which goes on with the full line above it.

    Such a line begins where the one above or below does; the label of an item or a cell has no sentence to part.

    Args:
        below: what was drawn next.
    """
    note = rows[-1]
    if len(note.text) > _NOTE or not any(map(str.isalpha, note.text)):
        return False  # a date or a figure is of the row
    if len(line.text) < _LINE or line.mono or line.left - note.right < _APART * line.size:
        return False
    above = next((row for row in rows[-2:-6:-1] if _is_next(row, line)), None)
    if above is None or above.cells > 1 or len(above.text) < _LINE or _ENDS.search(above.text):
        return False
    if any(dots in above.text or dots in line.text for dots in _LEADERS):
        return False  # of contents
    others = (line, *(row for row in rows[-3:-8:-1] if row is not above and len(row.text) > _LINE))
    if line.right > above.right + _EDGE or all(abs(other.right - above.right) > _EDGE for other in others):
        return False
    beside = (above, below) if below is not None and _is_next(line, below) else (above,)
    return any(abs(row.left - line.left) < _EDGE for row in beside)


def _is_next(row: Row, below: Row) -> bool:
    """Whether two rows are lines of one paragraph, from their places."""
    step = below.base - row.base
    return 0.5 * row.size < step < _ABOVE * row.size and abs(row.size - below.size) < 0.1 * row.size and not row.aside
