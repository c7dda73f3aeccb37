"""Is a generated sentence proved by a sentence of the sources?

It is when all its words that carry meaning stand there in the same order, and what it leaves out cannot change what it
says: a part between commas, a phrase like "in Paris", a beginning or an end that is cut off at a joint. Paraphrases are
not proved, true or not. That is the price of never proving a changed number, a lost "not" or two swapped names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.answering import match
from ragcli.answering.normalise import normalise
from ragcli.answering.sources import Source
from ragcli.answering.words import CONDITIONS, HEDGES, JOINTS, MEASURES, NEGATIONS, PREPOSITIONS, Word, same, words

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


class Verifier:
    """The sentences of the sources, made ready for many claims."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._windows: list[tuple[tuple[Source, ...], list[Word], str]] = []
        for at, source in enumerate(sources):
            self._add((source,))
            following = sources[at + 1] if at + 1 < len(sources) else None
            if following and (following.hit, following.ordinal) == (source.hit, source.ordinal + 1):
                self._add((source, following))
        # One sentence before two: a quote should be no longer than needed.
        self._windows.sort(key=lambda window: len(window[0]))

    def _add(self, window: tuple[Source, ...]) -> None:
        text = "\n".join(source.unit.text for source in window)
        self._windows.append((window, words(text), text))

    def support(self, claim: str) -> Support:
        """The best support for one generated sentence; among equals the first passage, and one sentence before two."""
        said = [word for word in words(claim) if not word.free]
        normal = normalise(claim)
        too_short = len(normal.text) < match.SHORTEST or len(said) < 2
        best = Support((), False, 0.0)
        for window, there, text in self._windows:
            coverage = _coverage(said, there)
            if not too_short and coverage == 1.0:
                page = normalise(text)
                if normal.text.rstrip(".") == page.text.rstrip("."):
                    return Support(window, True, 1.0)
                if proves(said, there):
                    return Support(window, True, 1.0)
            if coverage > best.coverage + (0.1 if len(window) > 1 else 0.0):
                best = Support(window, False, coverage)
        return best


def _coverage(said: Sequence[Word], there: Sequence[Word]) -> float:
    if not said:
        return 0.0
    keys = {word.key for word in there}
    found = sum(word.key in keys or any(same(word, other) for other in there) for word in said)
    return found / len(said)


def proves(said: Sequence[Word], there: Sequence[Word]) -> bool:
    """Whether the words `said` (free ones left out) follow from the words `there` of one or two sentences."""
    for path in _alignments(said, there):
        if _keeps_guards(there, path) and _begins_well(there, path) and _ends_well(there, path):
            return True
    return False


def _alignments(said: Sequence[Word], there: Sequence[Word]) -> list[tuple[int, ...]]:
    """Ways to find `said` in `there`, in order, leaving out only what `_may_skip` allows; one for each first word."""
    found: list[tuple[int, ...]] = []
    for first, word in enumerate(there):
        if not same(said[0], word):
            continue
        paths: dict[int, tuple[int, ...]] = {first: (first,)}
        for claim_word in said[1:]:
            longer: dict[int, tuple[int, ...]] = {}
            for at, path in sorted(paths.items(), reverse=True):  # the smallest gap first
                for to in range(at + 1, len(there)):
                    if to not in longer and _may_skip(there, at, to, claim_word) and same(claim_word, there[to]):
                        longer[to] = (*path, to)
            paths = longer
            if not paths:
                break
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
