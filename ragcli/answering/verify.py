"""Is a generated sentence proved by a sentence of the sources?

It is when it has all words that carry meaning of that sentence, or of two that follow each other, in the same order. Only what
says nothing may be left out: an acronym behind its words, and "however". Paraphrases are not proved, true or not, nor is a part
of a sentence. That is the price of never proving a changed number, a lost "not" or two swapped names.

On cuts that a writer might make, rules for what may be left out failed one by one: a place ("In Australia, the product was
withdrawn"), a date ("In 1851, the town has 900 houses"), a purpose or person ("They arranged for Israel to pull back"), a bracket
("The museum is open daily (closed on Mondays)"), the rest of an enumeration ("Its colours are red and white"), "also"
("Students also enrolled in Lund are admitted"), a relative clause that seems to end where a list goes on ("directed by
Davison, who stars with the actors McCoy, Baker and McGann") or without which more is said ("one of three magazines, namely A
and B, which have survived"). And models that paraphrase hardly cut.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ragcli.answering import match
from ragcli.answering.normalise import normalise
from ragcli.answering.sources import Source
from ragcli.answering.terms import coverage, terms
from ragcli.answering.words import LINKS, SMALL, Word, same, words
from ragcli.chunking.sentences import list_mark, split
from ragcli.storage.terms import unaccented

_NEW = 2.0  # what a term weighs that a claim adds to its question, whose own terms stand in texts that don't answer it, too
_MOST = 0.5
_TWO = 0.2  # more of a claim than one sentence must two hold to be named
_DELIMITERS = frozenset(",;:()[]—–.!?…|")
_SHORTEST_ACRONYM = 2


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
    there: tuple[Word, ...]
    questions: int  # in it
    is_bare: bool  # of accents, as is all of the passage: else it is a sentence that needs none


class Verifier:
    """The sentences of the sources, made ready for many claims."""

    def __init__(self, sources: Sequence[Source]) -> None:
        accented = {source.hit for source in sources if not _is_bare(normalise(source.unit.text).text)}
        alone = [((source,), text) for source in sources for text in _texts(source)]
        pairs = [
            ((one, two), f"{one.unit.text}\n{two.unit.text}")
            for one, two in pairwise(sources)
            if (two.hit, two.ordinal) == (one.hit, one.ordinal + 1)
        ]
        # One sentence before two: a quote should be no longer than needed.
        self._windows = [
            _Window(chosen, tuple(words(text)), _questions(text), chosen[0].hit not in accented)
            for chosen, text in (*alone, *pairs)
        ]

    def support(self, claim: str, question: str = "", language: str | None = None) -> Support:
        """The best support for one generated sentence; among equals the first passage, and one sentence before two.

        Args:
            question: that the claim answers.
            language: of both.
        """
        said = words(claim)
        normal = normalise(claim).text
        if len(normal) >= match.SHORTEST and sum(not word.free for word in said) >= 2:
            is_bare, questions = _is_bare(normal), _questions(claim)
            for window in self._windows:
                if questions == window.questions and _says(said, window.there, is_bare or window.is_bare):
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
    """Of a source; of a row also with its heads, of a list item its sentences, the first with and without its mark."""
    text = source.unit.text
    if source.unit.kind == "row":
        return [text, source.unit.readable]
    if source.unit.kind != "item":
        return [text]
    mark = list_mark(text)
    sentences = [unit.text for unit in split(text[len(mark) :], source.language)]
    return list(dict.fromkeys((text, *sentences, *(mark + one for one in sentences[:1]))))


def _questions(text: str) -> int:
    """What only a mark tells from a statement: "Le billet est remboursable ?"."""
    return len(re.findall("[?？؟]", text))


def _is_bare(text: str) -> bool:
    """Whether it has no accents."""
    return text.isascii() or unaccented(text) == text


def _says(said: Sequence[Word], there: Sequence[Word], loses_accents: bool) -> bool:
    """Whether `said` has all words of `there`, and no others, but those that are free or say nothing.

    Only who has no accents loses them: beside `énoncé` a `signifie` is no `signifié`. And where the source ends a sentence the
    claim pauses, too: "He met John. Smith died" does not name John Smith.
    """
    at, ends = 0, False
    for place, word in enumerate(there):
        ends |= at > 0 and any(sign in word.before for sign in ".!?…")
        to = at
        while to < len(said) and said[to].free and not _agree(said[to], word, loses_accents):
            to += 1
        pauses = any(_delimits(one) for one in said[at : to + 1])
        is_said = to < len(said) and _agree(said[to], word, loses_accents) and (pauses or not ends)
        if is_said and not (word.free and said[to].free):
            at, ends = to + 1, False
        elif not (word.free or _says_nothing(there, place)):
            return False
    return all(word.free for word in said[at:])


def _agree(one: Word, two: Word, loses_accents: bool) -> bool:
    return same(one, two) and (loses_accents or one.key == two.key)


def _says_nothing(there: Sequence[Word], at: int) -> bool:
    """Whether there[at] is " (UVF)" behind words that begin with these letters, or "however" between pauses."""
    letters, before = there[at].key, there[at].before
    behind = there[at + 1].before if at + 1 < len(there) else ") "
    if letters in LINKS:
        return (at == 0 or "," in before or ";" in before) and "," in behind
    is_bracket = before.endswith("(") and before[:-1].isspace() and behind.startswith(")") and behind != ")"
    if not is_bracket or len(letters) < _SHORTEST_ACRONYM:
        return False
    spelt = [word.key for word in there[:at] if not word.free]
    initials = ("".join(word[0] for word in some) for some in (spelt, [word for word in spelt if word not in SMALL]))
    return any(one.endswith(letters) for one in initials)


def _delimits(word: Word) -> bool:
    """Whether punctuation stands before `word`."""
    return any(character in _DELIMITERS for character in word.before) or " - " in word.before
