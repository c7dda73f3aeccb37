"""Put back what a producer drew out of turn: headings drawn last, footers drawn first, formulas laid over the text."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from ragcli.reading.boxes import in_one_column
from ragcli.reading.pdf.paragraphs import Draft
from ragcli.reading.pdf.typography import ENDS
from ragcli.records import Box

_TOUCHING = 0.3  # of a letter's size, by which boxes of neighbouring lines may overlap
_TITLE = 1.15  # times the size of the text beside it
_MOST = 0.25  # share of a page's letters, above which moving them is no mending
_Column = tuple[list[int], list[int]]
_WORD = re.compile(r"[^\W\d_]{3}")


def in_reading_order(drafts: list[Draft]) -> list[Draft] | None:
    """Return the drafts of a page in the producer's order, but none after what stands below it in its column.

    The producer's order is right nearly always, and knows which column goes on in which. Where it contradicts the places,
    those drafts move that contradict the most others; of two that contradict each other the one that then has a place, and
    as few letters as may be. Where these are too many, the titles of the page move first: browsers draw all headings last.
    None moves into a sentence, nor does what holds no word.

    Returns: None where more than a quarter of the page would move: the producer's order and the places contradict each
        other, and neither is to be trusted.
    """
    boxes = {number: _box(draft) for number, draft in enumerate(drafts) if draft.rows[0].upright}
    partners = _contradictions(drafts, boxes)
    if not partners:
        return drafts
    moving = _moving(drafts, boxes, partners, set())
    if moving is None:
        moving = _moving(drafts, boxes, partners, _titles(drafts, partners))
    if moving is None:
        return None
    moving = {n for n in moving if drafts[n].region is not None or _WORD.search(drafts[n].rows[0].text)}
    ordered = [draft for n, draft in enumerate(drafts) if n not in moving]
    for number in sorted(moving, key=lambda n: drafts[n].box[1]):
        ordered.insert(_place(drafts, number, ordered), drafts[number])
    return ordered


def _moving(
    drafts: Sequence[Draft], boxes: Mapping[int, Box], contradictions: Mapping[int, Set[int]], first: Set[int]
) -> set[int] | None:
    """The drafts without which no other contradicts its place; None where they are more than a quarter of the page.

    Args:
        first: those that move in any case.
    """
    partners = {number: set(others - first) for number, others in contradictions.items() if number not in first}
    partners = {number: others for number, others in partners.items() if others}
    letters = [sum(len(row.text) for row in draft.rows) for draft in drafts]
    allowed = _MOST * sum(letters) - sum(letters[number] for number in first)
    columns: dict[int, _Column] = {}
    moving = set(first)
    while partners:
        most = max(map(len, partners.values()))
        candidates = sorted((n for n in partners if len(partners[n]) == most), key=lambda n: (letters[n], -n))
        worst = next((n for n in candidates if _has_a_place(n, boxes, columns, moving)), candidates[0])
        moving.add(worst)
        allowed -= letters[worst]
        if allowed < 0:
            return None
        for other in partners.pop(worst):
            partners[other].discard(worst)
            if not partners[other]:
                del partners[other]
    return moving if allowed >= 0 else None


def _titles(drafts: Sequence[Draft], numbers: Iterable[int]) -> set[int]:
    """Of the drafts those of one line in larger letters than most of the page."""
    sizes = sorted(row.size for draft in drafts for row in draft.rows for _ in range(len(row.text)))
    usual = sizes[len(sizes) // 2]
    return {n for n in numbers if len(drafts[n].rows) == 1 and drafts[n].rows[0].size > _TITLE * usual}


def _contradictions(drafts: Sequence[Draft], boxes: Mapping[int, Box]) -> dict[int, set[int]]:
    """For each draft those that it comes after though they stand below it in its column, or before and above."""
    partners: dict[int, set[int]] = {}
    before: list[tuple[int, Box]] = []
    lowest = 0.0  # top of the lowest draft so far
    for number, box in boxes.items():
        bottom = box[3] - _TOUCHING * drafts[number].rows[-1].size
        if lowest >= bottom:
            for other, its in before:
                if its[1] >= bottom and in_one_column(box, its):
                    partners.setdefault(number, set()).add(other)
                    partners.setdefault(other, set()).add(number)
        before.append((number, box))
        lowest = max(lowest, box[1])
    return partners


def _column(number: int, boxes: Mapping[int, Box]) -> _Column:
    """Those that stand above a draft in its column, and those below."""
    box = boxes[number]
    middle = (box[1] + box[3]) / 2
    column = [(at, its) for at, its in boxes.items() if at != number and in_one_column(box, its)]
    return [at for at, its in column if its[3] <= middle], [at for at, its in column if its[1] >= middle]


def _has_a_place(number: int, boxes: Mapping[int, Box], columns: dict[int, _Column], moving: set[int]) -> bool:
    """Whether all that stands above comes before all that stands below, moving ones aside.

    Args:
        columns: of those that were asked for before; filled.
    """
    if number not in columns:
        columns[number] = _column(number, boxes)
    above, below = ([at for at in side if at not in moving] for side in columns[number])
    return not above or not below or max(above) < min(below)


def _place(drafts: Sequence[Draft], number: int, ordered: Sequence[Draft]) -> int:
    """Where a draft belongs: before what stands below it in its column, else after what stands above it.

    Where that would part a sentence it stays behind the one that the producer drew before it.
    """
    box = _box(drafts[number])
    middle = (box[1] + box[3]) / 2
    column = [
        (at, its) for at, each in enumerate(ordered) if each.rows[0].upright and in_one_column(box, its := _box(each))
    ]
    above = [at for at, its in column if its[3] <= middle]
    below = [at for at, its in column if its[1] >= middle]
    at = min(below) if below else max(above) + 1 if above else len(ordered)
    last = max((each for each in above if each < at), default=None)
    if (
        last is None
        or not below
        or _has_ended(ordered[last])
        or _stands_between(drafts[number], ordered[last], ordered[at])
    ):
        return at
    behind = (n for n, each in enumerate(ordered) if number and each is drafts[number - 1])
    return next(behind, -1) + 1


def _stands_between(draft: Draft, above: Draft, below: Draft) -> bool:
    """Whether it is a title, in larger letters than what it stands between, of which the second begins anew."""
    size = _TITLE * max(above.rows[-1].size, below.rows[0].size)
    return len(draft.rows) == 1 and draft.rows[0].size > size and not below.rows[0].text[0].islower()


def _has_ended(draft: Draft) -> bool:
    """Whether nothing of its sentence is to follow: a single line, as of a heading or a label, is taken for none."""
    return draft.tabular or len(draft.rows) == 1 or ENDS.search(draft.rows[-1].text) is not None


def _box(draft: Draft) -> Box:
    """Along the reading direction, unlike `Draft.box`, and quicker: rows stand below each other, save in tables."""
    first, last = draft.rows[0], draft.rows[-1]
    left = min(draft.left, first.left)
    if draft.tabular:
        return left, min([row.top for row in draft.rows]), draft.right, max([row.bottom for row in draft.rows])
    return left, first.top, draft.right, last.bottom
