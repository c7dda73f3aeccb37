"""String-match a quote on the text of a page: is it really there, how sure is that, and where.

Similarity alone certifies falsehoods: a changed digit still scores 99 of 100, an added "not" 97. So a quote that is not
on the page letter for letter must agree with it in every word that carries meaning, in order, both ways.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ragcli.answering.wording.normalise import Normalised, normalise
from ragcli.answering.wording.words import MEASURES, Word, same, words
from ragcli.reading.boxes import union
from ragcli.records import Block, Box, Match
from ragcli.storage.terms import unaccented

# A quote that is there; "elsewhere" names the page where it is instead of the one that was cited.
MATCHED = ("exact", "repaired", "elsewhere")
SHORTEST = 12  # letters, as `extent` counts them: a shorter quote proves nothing
_SIMILAR = 88.0  # of 100, by rapidfuzz's partial ratio: below it a passage is not looked at
_AROUND = 100  # characters on both sides of a place; more than `cuts` looks at
_SLACK = 12  # characters beyond the alignment, whose ends are uncertain
_FLOATS = ("footnote", "figure")
_BLOCK_GAP = "\n\n"

# Scripts written without spaces: any place between two letters is a word boundary.
SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]")
_SCALE_OR_UNIT = re.compile(
    r"\s?(?:%|[€$£¥°²³½¼¾]|per ?cent\b|pour cent\b|(?:thousand|millions?|billions?|trillions?|milliards?)\b)",
    re.IGNORECASE,
)
# What scanners confuse. Not t and l: "lake" and "take" are both words.
_LOOKALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "!": "l", "0": "o", "c": "e", "o": "e", "5": "s", "8": "b"})


@dataclass(frozen=True, slots=True)
class Matched:
    """Where a quote stands. `text` is the page's own wording, empty when there is none."""

    match: Match
    text: str = ""
    page: int | None = None
    place: str | None = None
    bbox: Box | None = None


class PageText:
    """The blocks of one page, joined, and normalised at most once for many quotes."""

    def __init__(self, blocks: Sequence[Block], page: int | None = None, place: str | None = None) -> None:
        self.blocks, self.page, self.place = tuple(blocks), page, place
        self._starts: list[int] = []
        at = 0
        for block in self.blocks:
            self._starts.append(at)
            at += len(block.text) + len(_BLOCK_GAP)
        self.raw = _BLOCK_GAP.join(block.text for block in self.blocks)

    @cached_property
    def normal(self) -> Normalised:
        return normalise(self.raw)

    def find(self, quote: Normalised) -> tuple[int, int] | None:
        """Raw span of a place where `quote` stands, as `find_exact` finds it."""
        return self._find_as_written(quote) or find_exact(quote, self.normal)

    def _find_as_written(self, quote: Normalised) -> tuple[int, int] | None:
        """Most quotes stand there sign for sign: then their surroundings are normalised, not a book that is one page."""
        written = quote.raw.strip()
        at = self.raw.find(written)
        if at < 0:
            return None
        start = max(0, at - _AROUND)
        span = find_exact(quote, normalise(self.raw[start : at + len(written) + _AROUND]))
        # Another place in this window could be cut off by the window's end.
        return (at, start + span[1]) if span and start + span[0] == at else None

    def joined(self, following: "PageText") -> "PageText":
        """This page with the next one's text behind it, for a sentence across the break; only its own boxes.

        What floats stands behind both: a sentence goes on below a page's footnotes, and below the next one's figure.
        """
        boxless = [Block(block.text, block.kind) for block in following.blocks]
        return PageText(
            sorted((*self.blocks, *boxless), key=lambda block: block.kind in _FLOATS), self.page, self.place
        )

    def bbox(self, start: int, end: int) -> Box | None:
        """The smallest box around the blocks that hold the raw characters `start` to `end`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(0, bisect_right(self._starts, max(start, end - 1)) - 1)
        return union(block.bbox for block in self.blocks[first : last + 1])

    def at(self, match: Match, start: int, end: int) -> Matched:
        """A match of the raw characters `start` to `end`."""
        return Matched(match, self.raw[start:end], self.page, self._place_at(start), self.bbox(start, end))

    def _place_at(self, start: int) -> str | None:
        """Of a section the part of it, by the nearest heading above; a sheet or a slide is one place."""
        headings = [
            (at, " ".join(block.text.split()))
            for at, block in zip(self._starts, self.blocks, strict=True)
            if block.kind == "heading"
        ]
        if all(text != self.place for _, text in headings):
            return self.place
        return next((text for at, text in reversed(headings) if at <= start), self.place)


def match_quote(quote: str, cited: Sequence[PageText], others: Sequence[PageText] = ()) -> Matched:
    """Look for `quote` on the cited pages, then on others.

    Args:
        quote: what should stand there; its own line breaks and typography do not matter.
        cited: the pages it should be on, in order; a quote may run from one to the next.
        others: further pages; a quote that is only there is "elsewhere", with that page.
    Returns: "exact" when it is there letter for letter after `normalise`, from word boundary to word boundary;
        "repaired" when every number, negation, name and content word agrees in order; "stitched" when it is made of
        fragments that are there; "none" otherwise and for quotes shorter than SHORTEST.
    """
    normal = normalise(quote)
    if extent(normal.text) < SHORTEST:
        return Matched("none")
    for page in cited:
        if span := page.find(normal):
            return page.at("exact", *span)
    crossing = [one.joined(two) for one, two in pairwise(cited)]
    for page in crossing:
        if span := page.find(normal):
            return page.at("exact", *span)
    for page in [*cited, *crossing]:
        if span := _find_repaired(quote, normal, page):
            return page.at("repaired", *span)
    for page in others:
        if span := page.find(normal):
            return page.at("elsewhere", *span)
    for page in [*cited, *crossing, *others]:
        if _is_stitched(normal.text, page.normal.text):
            return Matched("stitched", page=page.page, place=page.place)
    return Matched("none")


def extent(text: str) -> int:
    """The length of a normalised text in letters: a Chinese or Korean character, a kana, says as much as two of them."""
    return len(text) + (0 if text.isascii() else sum(map(_is_wide, text)))


def _is_wide(character: str) -> bool:
    return character.isalpha() and unicodedata.east_asian_width(character) == "W"


def find_exact(quote: Normalised, page: Normalised) -> tuple[int, int] | None:
    """Raw span of the first place where `quote` stands on `page` without cutting a word or a number."""
    for needle, hay in ((quote, page), (quote.without_hyphens(), page.without_hyphens())):
        at = hay.text.find(needle.text) if needle.text else -1
        while at >= 0:
            end = at + len(needle.text)
            if not cuts(hay.text, at) and not cuts(hay.text, end):
                return hay.raw_span(at, end)
            at = hay.text.find(needle.text, at + 1)
    return None


def cuts(text: str, at: int) -> bool:
    """Whether a cut before `text[at]` goes through a word, a number or between a number and its unit."""
    left, right = text[at - 1 : at] if at else "", text[at : at + 1]
    if not left or not right:
        return False
    if _in_word(left) and _in_word(right):
        return not (SPACELESS.match(left) or SPACELESS.match(right))
    before, after = text[max(0, at - 8) : at], text[at : at + 14]
    if right.isdigit() and re.search(r"\d[.,]$|(?:^|[^\w.,)\]])-$|[$€£¥]\s?$", before):
        return True
    if left.isdigit() and re.match(r"[.,]\d", after):
        return True
    if left.isdigit() and _SCALE_OR_UNIT.match(after):
        return True
    if re.search(r"(?<!\d)\d{1,3} $", before) and re.match(r"\d{3}(?!\d)", after):
        return True
    return bool(re.search(r"(?<!\d)\d{1,3}$", before) and re.match(r" \d{3}(?!\d)", after))


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _find_repaired(quote: str, normal: Normalised, page: PageText) -> tuple[int, int] | None:
    from rapidfuzz import fuzz  # most quotes match exactly, and a cold `rag ask` should not wait for it

    if len(page.normal.text) < len(normal.text) // 2:
        return None
    found = fuzz.partial_ratio_alignment(normal.text, page.normal.text, score_cutoff=_SIMILAR)
    if found is None or found.dest_end <= found.dest_start:
        return None
    raw_start, raw_end = page.normal.raw_span(found.dest_start, found.dest_end)
    start, end = _widened(page.raw, raw_start, raw_end)
    said = [word for word in words(quote) if not word.free]
    there = [word for word in words(page.raw[start:end]) if not word.free]
    for first in range(len(there)):
        last = _agreement(said, there, first)
        if last is not None and not _drops_unit(there, last):
            return start + there[first].start, start + there[last].end
    return None


def _widened(raw: str, start: int, end: int) -> tuple[int, int]:
    """`start` and `end` moved outwards by _SLACK and on to the next white space."""
    start, end = max(0, start - _SLACK), min(len(raw), end + _SLACK)
    while start > 0 and not raw[start - 1].isspace():
        start -= 1
    while end < len(raw) and not raw[end].isspace():
        end += 1
    return start, end


def _drops_unit(there: Sequence[Word], last: int) -> bool:
    return there[last].number and last + 1 < len(there) and there[last + 1].key in MEASURES


def _agreement(said: Sequence[Word], there: Sequence[Word], first: int) -> int | None:
    """Index of the last word of `there` when all of `said`, in order, agrees with it from `first` on without a gap.

    A word may have been split in two by the page or by the quote.
    """
    i, j = 0, first
    while i < len(said):
        if j < len(there) and alike(said[i], there[j]):
            i, j = i + 1, j + 1
        elif i + 1 < len(said) and j < len(there) and _joined(said[i], said[i + 1]) == there[j].key:
            i, j = i + 2, j + 1
        elif j + 1 < len(there) and _joined(there[j], there[j + 1]) == said[i].key:
            i, j = i + 1, j + 2
        else:
            return None
    return j - 1 if said else None


def _joined(one: Word, two: Word) -> str | None:
    return None if one.number or two.number else one.key + two.key


def alike(said: Word, there: Word) -> bool:
    """Whether `there` is `said`, perhaps misread by a scanner: letters that look alike, rn for m.

    Numbers and names must be the same.
    Edit distance will not do: two letters part "increase" from "decrease".
    """
    if said.key == there.key:
        return said.number == there.number
    if said.number or there.number or said.name:
        return False
    if unaccented(said.key) == unaccented(there.key):
        return same(said, there)
    if min(len(said.key), len(there.key)) < 4:
        return False
    one, two = _seen(said.key), _seen(there.key)
    differing = sum(a != b for a, b in zip(said.key, there.key, strict=False))
    return one == two and (len(said.key) != len(there.key) or differing <= max(1, len(said.key) // 4))


def _seen(key: str) -> str:
    return key.replace("rn", "m").replace("vv", "w").translate(_LOOKALIKE)


def _is_stitched(quote: str, page: str) -> bool:
    """Whether all words of `quote` stand on the page in two or more runs, each of at least SHORTEST letters."""
    parts = quote.split()
    runs, at = 0, 0
    while at < len(parts):
        stop = at
        while stop < len(parts) and " ".join(parts[at : stop + 1]) in page:
            stop += 1
        if extent(" ".join(parts[at:stop])) < SHORTEST:
            return False
        runs, at = runs + 1, stop
    return runs > 1
