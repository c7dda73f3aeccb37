"""The text of rows whose lines mean something: those of tables and of code."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ragcli.reading.normalise import Vocabulary
from ragcli.reading.text_layer.row import Row

_BROKEN = re.compile(r"[^\W\d_]{2}-$")


def is_broken(last: Row, row: Row) -> bool:
    """Whether a word goes on from one line to the next: where it does, so does the paragraph."""
    return last.text.endswith("-") and row.text[0].islower() and _BROKEN.search(last.text) is not None


def table_lines(rows: Sequence[Row], vocabulary: Vocabulary) -> str:
    """Lines of a table, each as it stands; but a word that is broken within a cell is whole on the first of its lines."""
    lines = [rows[0].text]
    for last, row in pairwise(rows):
        text = row.text
        if row.cells == 1 and is_broken(last, row) and _is_below_last_cell(last, row):
            end, _, text = text.partition(" ")
            lines[-1] = vocabulary.join(lines[-1], end)
        if text:
            lines.append(text)
    return "\n".join(lines)


def _is_below_last_cell(last: Row, row: Row) -> bool:
    if last.cells > 1:
        return last.left + row.size < row.left < last.right
    return abs(row.left - last.left) < row.size


def code_lines(rows: Sequence[Row]) -> str:
    """Lines of code, indented as on the page; names in the margin to the left of numbered ones indent none of these."""
    numbered = [row for row in rows if row.text[0].isdecimal()]
    left = min(row.left for row in (numbered if 2 * len(numbered) > len(rows) else rows))
    widths = [row.glyph for row in rows if row.glyph]
    width = sorted(widths)[len(widths) // 2] if widths else 6.0
    return "\n".join(" " * max(round((row.left - left) / width), 0) + row.text.strip() for row in rows)
