"""What is usual in a document: the size of its letters, the distance of its lines, and whether a typewriter wrote it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ragcli.letters import ENDED
from ragcli.reading.text_layer.row import Row

SENTENCE = 30  # characters of a line that is no label and no line of an algorithm
ENDS = re.compile(rf"{ENDED}$")
_FEWEST = 3  # lines that a sentence runs on over, from which on their distance is told
_DOUBLE = 2.6  # sizes from line to line, more than which no typist sets
_WORDS = re.compile(r"[^\W\d_]+|\s")
# Of the characters of a typewritten line are letters and spaces: of code 0.69 to 0.76 in the middle, of prose 0.90 to 0.98.
_PROSE = 0.83


@dataclass(frozen=True, slots=True)
class Typography:
    """What is usual in a document."""

    size: float = 10.0  # of the body's letters, in points
    leading: float = 1.2  # from baseline to baseline of a paragraph, in sizes
    step: float = 1.2  # the same of all lines, each a paragraph of its own or not
    mono: bool = False  # its prose is typewritten: fixed width then says nothing


def typography(pages: Iterable[Sequence[Row]]) -> Typography:
    """Measure the body of a document: the size of most characters, and the usual distance of lines."""
    sizes: Counter[float] = Counter()
    leadings: Counter[float] = Counter()
    within: Counter[float] = Counter()  # of lines that a sentence runs on over
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
                    ratio = round(10 * ratio) / 10
                    leadings[ratio] += 1
                    if _runs_on(last, row):
                        within[ratio] += 1
            last = row
    mono = sum(len(row.text) for row in typed) > sizes.total() and _is_prose(typed)
    if mono or not sizes:
        for row in typed:
            sizes[round(2 * row.size) / 2] += len(row.text)
    if not sizes:
        return Typography()
    step = _commonest(leadings) if leadings else 1.2
    # Minutes and slides have more paragraphs of one line than lines that go on with another.
    leading = min(step, _commonest(within)) if within.total() >= _FEWEST else step
    return Typography(max(sizes, key=lambda size: (sizes[size], -size)), leading, step, mono)


def _commonest(leadings: Counter[float]) -> float:
    return max(leadings, key=lambda ratio: (leadings[ratio], -ratio))


def _runs_on(last: Row, row: Row) -> bool:
    """Whether a sentence of the row above goes on in this one."""
    return (
        len(last.text) > SENTENCE
        and row.text[0].islower()
        and not ENDS.search(last.text)
        and last.cells == row.cells == 1
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
            _runs_on(last, row)
            and abs(row.size - last.size) < 0.1
            and abs(row.left - last.left) < row.size
            and usual.leading < (ratio := round(10 * (row.base - last.base) / last.size) / 10) < _DOUBLE
        ):
            leadings[ratio] += 1
    if not leadings or leadings[wide := _commonest(leadings)] < 2:
        return usual
    return replace(usual, leading=wide, step=wide)
