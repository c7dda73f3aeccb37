"""Is a generated sentence proved by a sentence of the sources?

It is when all its words that carry meaning stand there in the same order, and what it leaves out cannot change what it
says: a relative clause between commas, a bracket, a circumstance such as "in Paris", a clause of its own before or
behind. Not an item of an enumeration (the rest would claim to be all), not "in mice" (the rest would claim more), and
nothing at all of a sentence that says "not", "all" or "the first". A name or a date alone says nothing that could be
proved, wherever it stands. Paraphrases are not proved, true or not. That is the price of never proving a changed number, a
lost "not" or two swapped names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ragcli.answering import match
from ragcli.answering.normalise import normalise
from ragcli.answering.sources import Source
from ragcli.answering.terms import coverage, terms
from ragcli.answering.words import (
    CONDITIONS,
    FREE,
    HEDGES,
    JOINTS,
    MEASURES,
    NEGATIONS,
    PREPOSITIONS,
    RELATIVES,
    SAYING,
    SUPERLATIVES,
    UNIVERSALS,
    Word,
    same,
    words,
)
from ragcli.storage.terms import unaccented

FEWEST_WITHOUT_VERB = 5  # words of a part of a sentence, from which on it is a clause though no verb is known in it
MOST_IN_A_PHRASE = 4  # words of a circumstance that a claim may leave out
_NEW = 2.0  # what a term weighs that a claim adds to its question, whose own terms stand in texts that don't answer it, too
_MOST = 0.5
_TWO = 0.2  # more of a claim than one sentence must two hold to be named
_AND = frozenset({"and", "et"})
_GUARDS = NEGATIONS | HEDGES | CONDITIONS
_DELIMITERS = frozenset(",;:()[]—–.!?…|")


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The little words of the source's language: "on" is a preposition in English and a pronoun in French."""

    prepositions: frozenset[str]
    joints: frozenset[str]
    saying: frozenset[str]
    superlatives: tuple[str, ...]  # how they end: "ouest" is none

    @classmethod
    def of(cls, language: str | None) -> "_Grammar":
        """Of both languages together where it is neither."""
        if language in PREPOSITIONS:
            return cls(PREPOSITIONS[language], JOINTS[language], SAYING[language], SUPERLATIVES[language])
        one, two = cls.of("en"), cls.of("fr")
        # "a" is an article in one of them: it says nothing.
        return cls(
            one.prepositions | two.prepositions,
            one.joints | two.joints,
            (one.saying | two.saying) - FREE,
            one.superlatives,
        )


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
    grammar: _Grammar

    @classmethod
    def of(cls, *chosen: Source) -> "_Window":
        text = "\n".join(source.unit.text for source in chosen)
        there = tuple(words(text))
        by_initial: dict[str, list[int]] = {}
        for at, word in enumerate(there):
            by_initial.setdefault(unaccented(word.key[0]), []).append(at)
        return cls(chosen, normalise(text).text.rstrip("."), there, by_initial, _Grammar.of(chosen[0].language))

    @property
    def is_row(self) -> bool:
        return self.sources[0].unit.kind == "row"

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
        self._windows = [_Window.of(source) for source in sources]
        self._windows += [
            _Window.of(one, two)
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


def _is_bare(text: str) -> bool:
    return text.isascii() or unaccented(text) == text


def _proves(said: Sequence[Word], window: _Window, places: Sequence[Sequence[int]]) -> bool:
    """Whether the words `said` (free ones left out), which stand at `places`, follow from the words of `window`."""
    there, grammar = window.there, window.grammar
    return any(
        (window.is_row or _says_something(there, path, grammar))
        and _keeps_guards(there, path)
        and _keeps_reach(there, path, grammar)
        and _begins_well(there, path, grammar)
        and _ends_well(there, path, grammar)
        for path in _alignments(said, there, places, grammar)
    )


def _alignments(
    said: Sequence[Word], there: Sequence[Word], places: Sequence[Sequence[int]], grammar: _Grammar
) -> list[tuple[int, ...]]:
    """Ways to find `said` in `there`, in order, leaving out only what `_may_skip` allows; one for each first and last."""
    found: list[tuple[int, ...]] = []
    for first in places[0]:
        paths: dict[int, tuple[int, ...]] = {first: (first,)}
        for claim_word, possible in zip(said[1:], places[1:], strict=True):
            longer: dict[int, tuple[int, ...]] = {}
            for at, path in sorted(paths.items(), reverse=True):  # the smallest gap first
                for to in possible:
                    if to > at and to not in longer and _may_skip(there, at, to, claim_word, grammar):
                        longer[to] = (*path, to)
            paths = longer
        found += paths.values()
    return found


def _may_skip(there: Sequence[Word], at: int, to: int, claim_word: Word, grammar: _Grammar) -> bool:
    """Whether the words between positions `at` and `to` can be left out without changing what the rest says.

    Args:
        claim_word: what the claim has for `there[to]`; where the source ends a sentence, the claim must pause, too
            ("He met John. Smith died" does not name John Smith).
    """
    if _ends_sentence(there[at + 1 : to + 1]) and not _delimits(claim_word):
        return False
    skipped = there[at + 1 : to]
    heavy = [word for word in skipped if not word.free]
    if not heavy:
        return True
    if any(word.key in _GUARDS for word in heavy) or (there[at].number and heavy[0].key in MEASURES):
        return False
    inner = skipped[1:]
    if any(_delimits(word) for word in inner) or _ends_sentence(there[at + 1 : to + 1]):
        return False
    if _delimits(skipped[0]) and _delimits(there[to]):
        in_brackets = "(" in skipped[0].before and ")" in there[to].before
        is_aside = heavy[0].key in RELATIVES or (in_brackets and heavy[0].key not in grammar.prepositions)
        return is_aside or _is_circumstance(heavy, grammar)
    goes_on = there[to].key in grammar.prepositions or _delimits(there[to])
    return _is_circumstance(heavy, grammar) and goes_on and not _delimits(skipped[0])


def _is_circumstance(heavy: Sequence[Word], grammar: _Grammar) -> bool:
    """Whether a phrase says where, when or by whom by a name or a number: what it belongs to holds without it, too."""
    return (
        1 < len(heavy) <= MOST_IN_A_PHRASE
        and heavy[0].key in grammar.prepositions
        and (heavy[1].name or heavy[1].number)
        and not any(word.key in grammar.joints for word in heavy)
    )


def _delimits(word: Word) -> bool:
    """Whether punctuation stands before `word`."""
    return any(character in _DELIMITERS for character in word.before) or " - " in word.before


def _ends_sentence(span: Sequence[Word]) -> bool:
    return any(any(character in ".!?…" for character in word.before) for word in span)


def _says_something(there: Sequence[Word], path: tuple[int, ...], grammar: _Grammar) -> bool:
    """Whether the claim is a sentence or has a verb: "Sudanese Arabs" of "Sudanese Arabs, who …, were …" is a name.

    Few verbs can be told from nouns. Without one of them a claim must be long, begin with no preposition, and not stop where
    an aside explains a name.
    """
    is_whole = all(word.free or at in path for at, word in enumerate(there))
    if is_whole or any(word.key in grammar.saying for word in there[path[0] : path[-1] + 1]):
        return True
    behind = there[path[-1] + 1] if path[-1] + 1 < len(there) else None
    is_explained = behind is not None and ("(" in behind.before or ")" in behind.before or behind.key in RELATIVES)
    return len(path) >= FEWEST_WITHOUT_VERB and not is_explained and there[path[0]].key not in grammar.prepositions


def _keeps_guards(there: Sequence[Word], path: tuple[int, ...]) -> bool:
    """Whether no negation or hedge of the claim's clause, and no condition of its sentence, was left out."""
    kept = set(path)
    start, end = path[0], path[-1]
    while start > 0 and not _delimits(there[start]):
        start -= 1
    while end + 1 < len(there) and not _delimits(there[end + 1]):
        end += 1
    if any(there[at].key in NEGATIONS | HEDGES for at in range(start, end + 1) if at not in kept):
        return False
    while start > 0 and not _ends_sentence(there[start : start + 1]):
        start -= 1
    while end + 1 < len(there) and not _ends_sentence(there[end + 1 : end + 2]):
        end += 1
    return not any(there[at].key in CONDITIONS for at in range(start, end + 1) if at not in kept)


def _keeps_reach(there: Sequence[Word], path: tuple[int, ...], grammar: _Grammar) -> bool:
    """Whether a claim with "not", "all" or "the largest" in it takes over all of its sentence."""
    far = NEGATIONS | UNIVERSALS
    if not any(
        there[at].key in far or (there[at].key.endswith(grammar.superlatives) and len(there[at].key) > 4) for at in path
    ):
        return True
    start, end = _sentence(there, path)
    return all(there[at].free or at in path for at in range(start, end))


def _sentence(there: Sequence[Word], path: tuple[int, ...]) -> tuple[int, int]:
    """The sentences that `path` runs through, from the first word to behind the last."""
    start, end = path[0], path[-1] + 1
    while start > 0 and not _ends_sentence(there[start : start + 1]):
        start -= 1
    while end < len(there) and not _ends_sentence(there[end : end + 1]):
        end += 1
    return start, end


def _begins_well(there: Sequence[Word], path: tuple[int, ...], grammar: _Grammar) -> bool:
    """Whether the claim begins where a sentence does, or behind a circumstance, or as a clause of its own.

    Not at "John" of "the father of John", not at "the drug works" of "In mice, the drug works".
    """
    at = path[0]
    while at > 0 and there[at - 1].free and not _delimits(there[at]):
        at -= 1
    start = _sentence(there, path)[0]
    before = [word for word in there[start:at] if not word.free]
    if not before:
        return True
    if not _delimits(there[at]):
        is_clause = before[-1].key in _AND and _delimits(before[-1])  # "…, and the tower was opened"
        return is_clause and ("," in before[-1].before or ";" in before[-1].before)
    return _is_circumstance(before, grammar) or ";" in there[at].before or "|" in there[at].before


def _ends_well(there: Sequence[Word], path: tuple[int, ...], grammar: _Grammar) -> bool:
    """Whether the claim ends where a sentence or a clause does, or before "and", or before a circumstance."""
    at = path[-1] + 1
    if at == len(there):
        return True
    if _delimits(there[at]):
        if there[at].before.strip() != ",":
            return True
        is_list = any("," in word.before for word in there[path[0] + 1 : at])
        if there[at].key in _AND:  # "A, B, and C": the rest would claim to be all
            return not is_list
        return there[at].key in grammar.joints | grammar.prepositions | RELATIVES
    if there[at - 1].number:
        return there[at].key not in MEASURES | _AND and _is_circumstance(_phrase(there, at), grammar)
    return there[at].key in _AND or _is_circumstance(_phrase(there, at), grammar)


def _phrase(there: Sequence[Word], start: int) -> list[Word]:
    """The words that carry meaning from `start` up to the next punctuation or preposition phrase's end."""
    phrase = [there[start]]
    for word in there[start + 1 :]:
        if _delimits(word) or len(phrase) == MOST_IN_A_PHRASE:
            break
        if not word.free:
            phrase.append(word)
    return phrase
