"""Is a generated sentence proved by a sentence of the sources?

It is when it has all words of that sentence that carry meaning, in the same order; or all but what can be left out
whatever the rest says, which is little: `omissions` has the rules. Paraphrases are not proved, true or not. That is the
price of never proving a changed number, a lost "not" or two swapped names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ragcli.answering import match
from ragcli.answering.normalise import normalise
from ragcli.answering.omissions import delimits, is_guarded, may_end, may_skip
from ragcli.answering.sources import Source
from ragcli.answering.terms import coverage, terms
from ragcli.answering.words import GRAMMARS, Grammar, Word, same, words
from ragcli.chunking.sentences import list_mark, split
from ragcli.storage.terms import unaccented

_NEW = 2.0  # what a term weighs that a claim adds to its question, whose own terms stand in texts that don't answer it, too
_MOST = 0.5
_TWO = 0.2  # more of a claim than one sentence must two hold to be named


@dataclass(frozen=True, slots=True)
class Support:
    """The sentence, or two adjacent ones, that speak for a claim best, and whether they prove it."""

    sources: tuple[Source, ...]
    proved: bool
    coverage: float  # share of what the claim says that is found in the sources, 0 to 1


@dataclass(frozen=True, slots=True)
class _Window:
    """One source sentence or two adjacent ones, as words."""

    sources: tuple[Source, ...]
    normal: str
    there: tuple[Word, ...]
    by_initial: dict[str, list[int]]  # first letter -> positions in `there`
    grammar: Grammar | None  # None: next to nothing may be left out

    @classmethod
    def of(cls, chosen: tuple[Source, ...], text: str) -> "_Window":
        there = tuple(words(text))
        by_initial: dict[str, list[int]] = {}
        for at, word in enumerate(there):
            by_initial.setdefault(unaccented(word.key[0]), []).append(at)
        grammar = GRAMMARS.get(chosen[0].language or "")
        if grammar and (len(chosen) > 1 or chosen[0].unit.kind == "row" or is_guarded(there, grammar)):
            grammar = None
        return cls(chosen, normalise(text).text.rstrip("."), there, by_initial, grammar)

    def places(self, word: Word, is_bare: bool) -> list[int]:
        """Positions of the words that say the same as `word`, whose claim `is_bare` of accents or not.

        Only who has none loses them: beside `énoncé` a `signifie` is no `signifié`.
        """
        is_bare = is_bare or _is_bare(self.normal)
        return [
            at
            for at in self.by_initial.get(unaccented(word.key[0]), ())
            if same(word, self.there[at]) and (is_bare or word.key == self.there[at].key)
        ]


class Verifier:
    """The sentences of the sources, made ready for many claims."""

    def __init__(self, sources: Sequence[Source]) -> None:
        # One sentence before two: a quote should be no longer than needed.
        self._windows = [_Window.of((source,), text) for source in sources for text in _texts(source)]
        self._windows += [
            _Window.of((one, two), f"{one.unit.text}\n{two.unit.text}")
            for one, two in pairwise(sources)
            if (two.hit, two.ordinal) == (one.hit, one.ordinal + 1)
        ]

    def support(self, claim: str, question: str = "", language: str | None = None) -> Support:
        """The best support for one generated sentence; among equals the first passage, and one sentence before two.

        Args:
            question: that the claim answers.
            language: of both.
        """
        said = [word for word in words(claim) if not word.free]
        normal = normalise(claim).text
        is_bare = _is_bare(normal)
        if len(normal) >= match.SHORTEST and len(said) >= 2:
            for window in self._windows:
                places = [window.places(word, is_bare) for word in said]
                if all(places) and (normal.rstrip(".") == window.normal or _proves(said, window, places)):
                    return Support(window.sources, True, 1.0)
        return self._nearest(terms(claim, language), terms(question, language))

    def _nearest(self, claim: frozenset[str], question: frozenset[str]) -> Support:
        """The support for a claim that is not proved: what holds most of its terms.

        What holds nothing of that which the claim adds to its question must hold more than half of it.
        """
        weights = {term: 1.0 if term in question else _NEW for term in claim}
        answering = claim - question or claim
        best = Support((), False, 0.0)
        for window, there in zip(self._windows, self._terms, strict=True):
            found = coverage(weights, there)
            if found <= _MOST and not there & answering:
                continue
            if found > best.coverage + (_TWO if len(window.sources) > 1 else 0.0):
                best = Support(window.sources, False, found)
        return best

    @cached_property
    def _terms(self) -> list[frozenset[str]]:
        """Of each window."""
        return [
            frozenset().union(*(terms(source.unit.text, source.language) for source in window.sources))
            for window in self._windows
        ]


def _texts(source: Source) -> list[str]:
    """Of a source; of a list item also the sentences behind its mark."""
    text = source.unit.text
    if source.unit.kind != "item":
        return [text]
    return list(dict.fromkeys((text, *(unit.text for unit in split(text[len(list_mark(text)) :], source.language)))))


def _is_bare(text: str) -> bool:
    return text.isascii() or unaccented(text) == text


def _proves(said: Sequence[Word], window: _Window, places: Sequence[Sequence[int]]) -> bool:
    """Whether the words `said` (free ones left out), which stand at `places`, follow from the words of `window`."""
    return any(
        _pauses(said, window.there, path)
        and may_skip(window.there, 0, path[0], window.grammar)
        and may_end(window.there, path, window.grammar)
        for path in _alignments(places, window.there, window.grammar)
    )


def _alignments(
    places: Sequence[Sequence[int]], there: Sequence[Word], grammar: Grammar | None
) -> Iterator[tuple[int, ...]]:
    """Ways to go through `places` in order, leaving out only what `may_skip` allows; one for each first and last."""
    for first in places[0]:
        paths: dict[int, tuple[int, ...]] = {first: (first,)}
        for possible in places[1:]:
            longer: dict[int, tuple[int, ...]] = {}
            for at, path in sorted(paths.items(), reverse=True):  # the smallest gap first
                for to in possible:
                    if to > at and to not in longer and may_skip(there, at + 1, to, grammar):
                        longer[to] = (*path, to)
            paths = longer
        yield from paths.values()


def _pauses(said: Sequence[Word], there: Sequence[Word], path: Sequence[int]) -> bool:
    """Whether the claim pauses where the source ends a sentence: "He met John. Smith died" does not name John Smith."""
    return all(
        delimits(word) or not any(sign in between.before for between in there[at + 1 : to + 1] for sign in ".!?…")
        for word, (at, to) in zip(said[1:], pairwise(path), strict=True)
    )
