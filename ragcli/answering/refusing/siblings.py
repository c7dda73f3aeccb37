"""What passages tell of a sibling of what is asked for: of a `lamp Orion` for a `lamp Sirius`, of house 1069 for house 1075.

That they lack a word of the question proves little: answers are told in other words than they are asked for. It proves more of
a name or a number that stands beside a word by which they have another one. Of common nouns it does not: `unused days` may be
the `vacation days` that are asked for.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ragcli.answering.quoting.candidates import Ranking
from ragcli.answering.wording.terms import terms
from ragcli.answering.wording.words import MEASURES, Word, words
from ragcli.retrieval.question.asking import NOUNS_ARE_CAPITAL
from ragcli.retrieval.question.periods import MONTH, YEAR
from ragcli.storage.terms import fold

_BESIDE = re.compile(r"[ \u00a0]?|, |-")  # `1075, boulevard`
_ORDINALS = frozenset(("st", "nd", "rd", "th", "er", "ère", "e", "eme", "ème"))
_RANGE = re.compile(r"\s*(?:[-–—]|to|through|à|a|al|au|bis|tot|até)\s*\d")  # zone 3 is of `zone 1 to 5`
_SHORTEST = 3  # letters of a name: `UK` and `Mr` stand beside anything
_LONG = 5  # letters of a word, for each of which it may have a slip of the pen in it
_ALIKE = 4  # letters that two forms of a word have in common


@dataclass(frozen=True, slots=True)
class _Place:
    """A word by where it stands: right before or behind another one, as its ordinal, or where a range of them begins."""

    own: Word
    by: Word
    kind: Literal["before", "behind", "ordinal", "range"]
    between: str  # the two

    @property
    def said(self) -> tuple[str, str, str]:
        return self.own.key, self.by.key, self.kind


def is_told_of_a_sibling(
    ranking: Ranking, texts: Sequence[str], said_by_each: Sequence[frozenset[str]], marks: Sequence[Word]
) -> bool:
    """Whether a name or a number of the question is lacking, and another one stands in its place.

    Names are looked for in the best sentence and its title alone: a speech has those of many, and not that of who makes it.

    Args:
        texts: the passages, with the names of their documents.
        said_by_each: the terms of the question that each of them says, in whatever way.
        marks: the names and numbers of the question.
    """
    wanted, best = ranking.wanted, ranking.candidates[0]
    said, starts = frozenset().union(*said_by_each), {mark.start for mark in marks}
    parting = [
        place
        for place in _places(wanted.question)
        if place.own.start in starts and _tells_apart(place, wanted.language)
        if place.own.number or not terms(place.own.key, wanted.language) <= said
    ]
    document = ranking.hits[best.source.hit].document
    own_texts = [text for text, hit in zip(texts, ranking.hits, strict=True) if hit.document == document]
    there = {word.key for text in own_texts for word in words(text)} if parting else set()
    lacking = [place for place in parting if place.own.key not in there]
    if not lacking:
        return False
    everywhere = {place.said for text in texts for place in _places(text)}
    told = [place for text in (best.title, best.source.readable) for place in _places(text)]
    told_beside = [place for text in own_texts for place in _places(text)]
    ranges = {terms(place.by.key, wanted.language) for place in told_beside if place.kind == "range"}
    asked = {word.key for word in words(wanted.question)}
    return any(
        _is_sibling(other, one, wanted.language) and other.own.key not in asked
        for one in lacking
        if one.said not in everywhere and terms(one.by.key, wanted.language) not in ranges
        for other in ([*told, *told_beside] if one.own.number else told)
        if one.own.number or not _is_slip(one.own, other.own, there)
    )


def _places(text: str) -> Iterator[_Place]:
    found = words(text)
    for at, (one, other) in enumerate(pairwise(found)):
        if one.number and other.key in _ORDINALS and not other.before:
            yield from (_Place(one, thing, "ordinal", thing.before) for thing in found[at + 2 : at + 3])
        elif _BESIDE.fullmatch(other.before):
            yield _Place(one, other, "before", other.before)
            is_range = other.number and other.before and _RANGE.match(text, other.end)
            yield _Place(other, one, "range" if is_range else "behind", other.before)


def _tells_apart(place: _Place, language: str | None) -> bool:
    """Whether a name or a number tells one thing from another: no quantity, where what is told of ten may be true of twelve."""
    own, by, between = place.own, place.by, place.between
    if by.number or MONTH.keys() & {fold(own.key), fold(by.key)}:
        return False
    is_term = bool(terms(by.key, language))
    if not own.number:
        is_of_name = by.name or language not in NOUNS_ARE_CAPITAL
        return is_term and is_of_name and between == " " and len(own.key) >= _SHORTEST
    if not is_term and between:
        return False
    if place.kind == "before":
        return between.startswith(",")
    return by.key not in MEASURES and not YEAR.fullmatch(own.key) and between != ", "


def _is_sibling(other: _Place, one: _Place, language: str | None) -> bool:
    if (other.kind, other.own.number) != (one.kind, one.own.number) or other.own.key == one.own.key:
        return False
    if one.own.number:
        return other.by.key == one.by.key and not YEAR.fullmatch(other.own.key)
    is_beside = terms(other.by.key, language) == terms(one.by.key, language) and other.between == one.between
    return is_beside and other.own.name and bool(terms(other.own.key, language))


def _is_slip(own: Word, other: Word, there: Set[str]) -> bool:
    """Whether a name is its sibling, or another word that is there, with a slip of the pen, or in another form."""
    from rapidfuzz.distance import OSA  # here: of few questions it is asked

    beginning, most = own.key[: max(_ALIKE, len(own.key) - 3)], (len(own.key) + 1) // _LONG
    return OSA.distance(own.key, other.key) <= max(1, len(own.key) // 3) or any(
        one.startswith(beginning) or (len(one) >= _LONG and OSA.distance(own.key, one) <= most) for one in there
    )
