"""The sentences that may answer a question, best first, and which of them are quoted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ragcli.answering.quoting.wanted import Wanted
from ragcli.answering.sources import Source
from ragcli.answering.wording.normalise import normalise
from ragcli.answering.wording.terms import terms
from ragcli.letters import WORD
from ragcli.records import Hit
from ragcli.retrieval.question.syntax import is_named, is_part_title

_MOST_LISTED = 700  # characters of a list, behind what announces it
_SAME_WORDS = 0.9  # share of common words from which a second quote says nothing new
# Of a score below the best, from which on a sentence is beside the point: of 550 training questions the second quote was so for
# 15 % of the English and 11 % of the French ones, and the answer of none of the 51 that the second alone answers.
_FAR = 0.4
_EQUAL = 1e-6  # between two shares of a question
_MANY = r"(?:some|several|many|certain|various|different|numerous|a (?:few|number of)|two|three|four|five|six|seven)"
_PLUSIEURS = r"(?:plusieurs|certaine?s|diverse?s|différente?s|quelques|deux|trois|quatre|cinq|six|sept)"
_THERE_ARE = re.compile(
    rf"\W*(?:(?:\w+,? )?there are (?:\w+ )?{_MANY}\b|(?:\w+, )?il (?:existe|y a) {_PLUSIEURS}\b|on distingue\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, and why it is thought to."""

    source: Source
    score: float
    coverage: float  # share of the question's weight in the sentence
    context_coverage: float  # the same with the sentence before
    holds_asked: bool | None  # whether it has the date, number, … asked for; None when the question does not tell
    said: frozenset[str]  # the terms that count as its own
    is_value: bool = False  # it is a row of a table whose head is what is asked for
    of_another: bool = False  # it speaks of `Node.js 8` where 16 is asked for, or says no where yes is
    title: str = ""  # that it stands below
    announces: bool = False  # a list, which is quoted with it
    is_unsaid: bool = False  # by the document itself: its headings call it false, or it is the title of a work cited
    entitles: bool = False  # it is a title: that it is like the question tells of the right place, but answers nothing

    @property
    def place(self) -> tuple[int, int] | None:
        """Of a row, the index of its passage, and where it begins there."""
        return None if self.source.row is None else (self.source.hit, self.source.row.start)

    def raised(self, by: float) -> "Candidate":
        return replace(self, score=self.score + by)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates, best first, with what they were compared by."""

    wanted: Wanted
    hits: tuple[Hit, ...]
    sources: tuple[Source, ...]  # every sentence of the passages, in order
    weights: dict[str, float]  # of the question's terms
    candidates: tuple[Candidate, ...] = ()
    # Of all candidates, in their order.
    cosines: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    maxsims: NDArray[np.float32] | None = None  # likewise; None where the embedding model shows no tokens
    apart: frozenset[int] = frozenset()  # hits that are not quoted beside the best

    def ordered(self, order: Sequence[int]) -> "Ranking":
        """The same with its candidates in another order, by their places."""
        return replace(
            self,
            candidates=tuple(self.candidates[at] for at in order),
            cosines=self.cosines[order],
            maxsims=None if self.maxsims is None else self.maxsims[order],
        )

    def best(self, count: int) -> list[Candidate]:
        """The first `count` candidates, without those that repeat an earlier one, stand apart, or are far worse than the best."""
        chosen: list[Candidate] = []
        seen: list[frozenset[str]] = []
        for candidate in self._with_announced():
            if len(chosen) == count:
                break
            first = self.candidates[0]
            if (
                (candidate.entitles and not first.entitles)
                or (candidate.is_unsaid and not first.is_unsaid)
                or (candidate.of_another and not first.of_another)
            ):
                continue
            is_far = bool(chosen) and candidate.score < chosen[0].score - _FAR and len(self.wanted.codes) < 2
            if (
                is_far
                or candidate.source.hit in self.apart
                or any(overlap(candidate.source, one.source) for one in chosen)
            ):
                continue
            if chosen and self._is_another_row(chosen[0], candidate):
                continue
            said = frozenset(re.findall(WORD, normalise(candidate.source.unit.text).text))
            if any(len(said & other) >= _SAME_WORDS * len(said | other) for other in seen):
                continue
            chosen.append(candidate)
            seen.append(said)
        return chosen

    def _is_another_row(self, best: Candidate, other: Candidate) -> bool:
        """Whether the best is the row of what the question names, `order C-2450`, and this is another one of its table."""
        row, its_row = best.source.row, other.source.row
        if row is None or its_row is None or row.heads != its_row.heads:
            return False
        text, its_text = best.source.unit.text, other.source.unit.text
        named = [one for one in (*self.wanted.named, *self.wanted.codes) if is_named(one, text)]
        is_unnamed = bool(named) and not any(is_named(one, its_text) for one in named)
        return is_unnamed or other.of_another > best.of_another

    def rows_alike(self) -> list[Candidate]:
        """The rows of a table that are such as the question wants, in their order; nothing where it wants one.

        Where no value tells them, those that have as much of it as the best one. Nothing where the cells have none of it,
        only the heads: then all rows are alike.
        """
        of_rows = self.wanted.of_rows
        best = self.candidates[0] if self.candidates else None
        if best is None or best.source.row is None or not best.source.row.heads:
            return []
        if of_rows.is_selection:
            return self._in_order(one for one in self.candidates if one.place in of_rows.places)
        if not self.wanted.is_many or of_rows.places:
            return []
        heads, document = best.source.row.heads, self.hits[best.source.hit].document_id
        if not terms(best.source.unit.text, self.wanted.language) & self.weights.keys():
            return []
        return self._in_order(
            one
            for one in self.candidates
            if one.source.row is not None
            and one.source.row.heads == heads
            and self.hits[one.source.hit].document_id == document
            and abs(one.coverage - best.coverage) < _EQUAL
            and one.of_another == best.of_another
        )

    def _in_order(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        return sorted(candidates, key=lambda one: (self.hits[one.source.hit].ordinal, one.source.ordinal))

    def _with_announced(self) -> Iterator[Candidate]:
        """The candidates, each that announces something, `Run this command:`, with what it announces as one quote.

        So does `There are some exceptions.`, which says that there are, and not which.
        """
        wants_which = self.wanted.kind != "number"
        for candidate in self.candidates:
            text = candidate.source.unit.text
            if candidate.announces or text.endswith(":") or (wants_which and _THERE_ARE.match(text)):
                after = self.sources.index(candidate.source) + 1
                candidate = replace(candidate, source=with_following(candidate.source, self.sources[after:]))
            yield candidate


def overlap(one: Source, other: Source) -> bool:
    return one.hit == other.hit and one.unit.start < other.unit.end and other.unit.start < one.unit.end


def with_following(source: Source, after: Sequence[Source]) -> Source:
    """What announces with the unit after it, of a list with all its items, or as many as make no overlong quote."""
    joined, most = source.unit, len(source.unit.text) + _MOST_LISTED
    for at, one in enumerate(after):
        unit = one.unit
        if one.hit != source.hit or unit.kind == "row" or unit.text.startswith("#") or is_part_title(unit.text):
            break
        if at and (unit.kind != "item" or len(joined.text) + len(unit.text) > most):
            break
        joined = replace(joined, text=f"{joined.text}\n{unit.text}", end=unit.end)
        if unit.kind != "item":
            break
    return replace(source, unit=joined)
