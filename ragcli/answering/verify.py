"""Is a generated sentence proved by a sentence of the sources?

It is when all its words that carry meaning stand there in the same order, and what it leaves out cannot change what it
says: a part between commas, a phrase like "in Paris", a beginning or an end that is cut off at a joint. Paraphrases are
not proved, true or not. That is the price of never proving a changed number, a lost "not" or two swapped names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragcli.answering import match
from ragcli.answering.normalise import normalise
from ragcli.answering.sources import Source
from ragcli.answering.words import (
    CONDITIONS,
    HEDGES,
    JOINTS,
    MEASURES,
    NEGATIONS,
    PREPOSITIONS,
    Word,
    same,
    unaccented,
    words,
)

MOST_IN_A_PHRASE = 4  # words of a prepositional phrase that a claim may leave out
_GUARDS = NEGATIONS | HEDGES | CONDITIONS
_DELIMITERS = frozenset(",;:()[]—–.!?…|")
_GENITIVE = frozenset({"of", "de", "du", "des", "d", "'s"})


@dataclass(frozen=True, slots=True)
class Support:
    """The sentence, or two adjacent ones, that speak for a claim best, and whether they prove it."""

    sources: tuple[Source, ...]
    proved: bool
    coverage: float  # share of the claim's words that carry meaning found in the sources, 0 to 1


@dataclass(frozen=True, slots=True)
class _Window:
    """One source sentence or two adjacent ones, as words."""

    sources: tuple[Source, ...]
    normal: str
    there: tuple[Word, ...]
    by_initial: dict[str, list[int]]  # first letter -> positions in `there`

    @classmethod
    def of(cls, *chosen: Source) -> "_Window":
        text = "\n".join(source.unit.text for source in chosen)
        there = tuple(words(text))
        by_initial: dict[str, list[int]] = {}
        for at, word in enumerate(there):
            by_initial.setdefault(unaccented(word.key[0]), []).append(at)
        return cls(chosen, normalise(text).text.rstrip("."), there, by_initial)

    def places(self, word: Word) -> list[int]:
        """Positions of the words that say the same as `word`."""
        return [at for at in self.by_initial.get(unaccented(word.key[0]), ()) if same(word, self.there[at])]


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

    def support(self, claim: str) -> Support:
        """The best support for one generated sentence; among equals the first passage, and one sentence before two."""
        said = [word for word in words(claim) if not word.free]
        normal = normalise(claim).text
        is_enough = len(normal) >= match.SHORTEST and len(said) >= 2
        best = Support((), False, 0.0)
        for window in self._windows:
            places = [window.places(word) for word in said]
            coverage = sum(bool(found) for found in places) / max(1, len(said))
            if (
                is_enough
                and coverage == 1.0
                and (normal.rstrip(".") == window.normal or _proves(said, window.there, places))
            ):
                return Support(window.sources, True, 1.0)
            if coverage > best.coverage + (0.1 if len(window.sources) > 1 else 0.0):
                best = Support(window.sources, False, coverage)
        return best


def _proves(said: Sequence[Word], there: Sequence[Word], places: Sequence[Sequence[int]]) -> bool:
    """Whether the words `said` (free ones left out), which stand at `places`, follow from the words `there`."""
    return any(
        _keeps_guards(there, path) and _begins_well(there, path) and _ends_well(there, path)
        for path in _alignments(said, there, places)
    )


def _alignments(said: Sequence[Word], there: Sequence[Word], places: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Ways to find `said` in `there`, in order, leaving out only what `_may_skip` allows; one for each first and last."""
    found: list[tuple[int, ...]] = []
    for first in places[0]:
        paths: dict[int, tuple[int, ...]] = {first: (first,)}
        for claim_word, possible in zip(said[1:], places[1:], strict=True):
            longer: dict[int, tuple[int, ...]] = {}
            for at, path in sorted(paths.items(), reverse=True):  # the smallest gap first
                for to in possible:
                    if to > at and to not in longer and _may_skip(there, at, to, claim_word):
                        longer[to] = (*path, to)
            paths = longer
        found += paths.values()
    return found


def _may_skip(there: Sequence[Word], at: int, to: int, claim_word: Word) -> bool:
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
        return True
    is_phrase = heavy[0].key in PREPOSITIONS and len(heavy) <= MOST_IN_A_PHRASE
    has_joint = any(word.key in JOINTS for word in heavy)
    goes_on = there[to].key in PREPOSITIONS or _delimits(there[to])
    return is_phrase and not has_joint and goes_on and not _delimits(skipped[0])


def _delimits(word: Word) -> bool:
    """Whether punctuation stands before `word`."""
    return any(character in _DELIMITERS for character in word.before) or " - " in word.before


def _ends_sentence(span: Sequence[Word]) -> bool:
    return any(any(character in ".!?…" for character in word.before) for word in span)


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


def _begins_well(there: Sequence[Word], path: tuple[int, ...]) -> bool:
    """Whether the claim begins where a sentence can: not at "John" of "the father of John"."""
    at = path[0]
    while at > 0 and there[at - 1].free and there[at - 1].key not in _GENITIVE and not _delimits(there[at]):
        at -= 1
    return at == 0 or _delimits(there[at]) or there[at - 1].key in JOINTS - {"and", "et", "or", "ou"}


def _ends_well(there: Sequence[Word], path: tuple[int, ...]) -> bool:
    """Whether the claim ends at a joint: not at "killed X" of "killed X's brother"."""
    at = path[-1] + 1
    if at == len(there) or _delimits(there[at]):
        return True
    if there[at - 1].number and there[at].key in MEASURES:
        return False
    return there[at].key in PREPOSITIONS | JOINTS - {"or", "ou"}
