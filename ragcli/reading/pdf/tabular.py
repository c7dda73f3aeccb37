"""Which rows of a page look like those of a table."""

from collections.abc import Sequence

from ragcli.reading.captions import CAPTION
from ragcli.reading.text_layer.row import Row

_LARGER = 1.15  # times the size of a table's letters: a heading


def table_rows(rows: Sequence[Row]) -> list[int]:
    """Return for each row the number of the table-like region that holds it, or 0.

    A region begins where two of three neighbouring rows have cells (a gap of almost two letters' height), and goes on
    over single short rows: a head, a label, a wrapped cell.
    """
    region = [0] * len(rows)
    number, start = 0, 0
    while start < len(rows):
        if rows[start].cells < 2 or not _followed(rows, start):
            start += 1
            continue
        number += 1
        right, left = rows[start].right, rows[start].left
        end = last = start
        while end + 1 < len(rows) and _near(rows[end], rows[end + 1]):
            row = rows[end + 1]
            if row.heading or CAPTION.match(row.text):
                break
            if row.cells < 2 and row.bold and row.size > _LARGER * rows[start].size:
                break  # the heading of what comes next
            if row.cells >= 2:
                last = end + 1
                left, right = min(left, row.left), max(right, row.right)
            elif end + 1 - last > 2 or row.right - row.left > 0.6 * (right - left) or row.right > right + row.size:
                break
            end += 1
        begin = start
        while begin > 0 and not region[begin - 1] and _heads(rows[begin - 1], rows[begin], left):
            begin -= 1
        for index in range(begin, last + 1):
            region[index] = number
        start = last + 1
    return region


def _followed(rows: Sequence[Row], at: int) -> bool:
    for after in rows[at + 1 : at + 3]:
        if not _near(rows[at], after):
            return False
        if after.cells >= 2:
            return True
    return False


def _heads(row: Row, below: Row, left: float) -> bool:
    """Tell whether a row above a region names its columns: beside the first column, or in the same block of MuPDF's."""
    step = below.base - row.base
    if row.heading or CAPTION.match(row.text) or row.direction != below.direction or len(row.text) > 100:
        return False
    size = max(row.size, below.size)
    if not -2.5 * size < step < 2.2 * size or row.size > 1.1 * below.size:
        return False
    if row.left > left + 2 * size or (abs(step) < size and row.right < below.left + size):
        return True
    return row.block == below.block and row.text[-1] not in ".:"


def _near(row: Row, following: Row) -> bool:
    step = following.base - row.base
    return row.direction == following.direction and -0.5 * row.size < step < 3.5 * max(row.size, following.size)
