"""What is usual in a document: the size of its letters, the distance of its lines, and whether a typewriter wrote it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ragcli.reading.pdf.row import Row

SENTENCE = 30  # characters of a line that is no label and no line of an algorithm
ENDS = re.compile(r"[.!?:;…]['\"”’»)\]]*$")
_DOUBLE = 2.6  # sizes from line to line, more than which no typist sets
_WORDS = re.compile(r"[^\W\d_]+|\s")
# Of the characters of a typewritten line are letters and spaces: of code 0.69 to 0.76 in the middle, of prose 0.90 to 0.98.
_PROSE = 0.83


@dataclass(frozen=True, slots=True)
class Typography:
    """What is usual in a document."""

    size: float = 10.0  # of the body's letters, in points
    leading: float = 1.2  # from baseline to baseline, in sizes
    mono: bool = False  # its prose is typewritten: fixed width then says nothing


def typography(pages: Iterable[Sequence[Row]]) -> Typography:
    """Measure the body of a document: the size of most characters, and the usual distance of lines."""
    sizes: Counter[float] = Counter()
    leadings: Counter[float] = Counter()
    typed: list[Row] = []
    for rows in pages:
        last: Row | None = None
        for row in rows:
            if row.mono:
                typed.append(row)
            else:
                sizes[round(2 * row.size) / 2] += len(row.text)
            if last is not None and last.size and abs(last.left - row.left) < row.size > 0.9 * last.size:
                ratio = (row.base - last.base) / last.size
                if 0.9 < ratio < 3.0:
                    leadings[round(10 * ratio) / 10] += 1
            last = row
    mono = sum(len(row.text) for row in typed) > sizes.total() and _is_prose(typed)
    if mono or not sizes:
        for row in typed:
            sizes[round(2 * row.size) / 2] += len(row.text)
    if not sizes:
        return Typography()
    return Typography(
        max(sizes, key=lambda size: (sizes[size], -size)),
        max(leadings, key=lambda ratio: (leadings[ratio], -ratio)) if leadings else 1.2,
        mono,
    )


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether typewritten lines are those of a letter, and not of listings, which some manuals have more of than of text."""
    return median(sum(map(len, _WORDS.findall(row.text))) / len(row.text) for row in rows) > _PROSE


def on_page(rows: Sequence[Row], usual: Typography) -> Typography:
    """What is usual, with the distance of lines on one page where its sentences run on over lines that stand further apart.

    In a document of tables the usual distance is theirs, and its prose would fall into single lines.
    """
    leadings: Counter[float] = Counter()
    for last, row in pairwise(rows):
        if (
            len(last.text) > SENTENCE
            and row.text[0].islower()
            and not ENDS.search(last.text)
            and last.cells == row.cells == 1
            and abs(row.size - last.size) < 0.1
            and abs(row.left - last.left) < row.size
            and usual.leading < (ratio := round(10 * (row.base - last.base) / last.size) / 10) < _DOUBLE
        ):
            leadings[ratio] += 1
    wide, count = max(leadings.items(), key=lambda pair: (pair[1], -pair[0]), default=(0.0, 0))
    return replace(usual, leading=wide) if count > 1 else usual
