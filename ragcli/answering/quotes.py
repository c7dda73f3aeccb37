"""Choose the sentences that answer a question, out of the passages that were found."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ragcli.answering.kinds import counts, holds, is_money
from ragcli.answering.match import SHORTEST, extent
from ragcli.answering.normalise import normalise
from ragcli.answering.numbered import is_of_another, is_said
from ragcli.answering.reference import without_reference
from ragcli.answering.sources import ASKS, PageBlocks, Source, sources_with_rows
from ragcli.answering.terms import coverage, term_weights, terms, terms_in
from ragcli.answering.titles import (
    LONGEST_HEADING,
    is_head_row,
    is_heading,
    is_like_title,
    is_running_title,
    titles_above,
)
from ragcli.answering.wanted import ENDS, ShareOfChunks, Wanted, named_by_document, terms_of_parts
from ragcli.chunking.sentences import MAX_ITEM
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit
from ragcli.retrieval.codes import is_coded
from ragcli.retrieval.latest import dated
from ragcli.retrieval.periods import parts_of_year
from ragcli.retrieval.syntax import is_part_title
from ragcli.retrieval.values import FITTING, is_of_year, is_put_so

# Sentences, chosen by their words: each costs milliseconds on the way to the first answer. 12, 24 and all of them hold
# the answer among the two best equally often (0.860, 0.857, 0.858 of the English questions; 0.698, 0.695, 0.695).
MOST_EMBEDDED = 12

# Of a grid on training questions of five sets, English and French, where many mixtures do equally well: half the weight of
# the cosine and twice that of the rank cost the short passages of SQuAD and PIAF nothing, and find more in long texts.
_COSINE = 0.04  # of a standard deviation among the candidates: models differ in scale (0 to 0.8, or 0.7 to 0.9)
_MAXSIM = (
    0.02  # likewise; more puts `It is 212 metres long`, whose subject stands before it, behind what repeats the subject
)
_COVERAGE = 0.3
_COVERAGE_WITH_PREVIOUS = 0.2  # "It was built in 1889" is about what the sentence before names, a row about its caption
_RANK = 0.04  # per rank of its passage
# A number before the very thing that "how many" asks for, money where a price is asked, or the thing defined.
_COUNTED = 0.15
_NAMED = 0.05  # when it holds an identifier of the question itself: `LIMNAR-2` is no `LIMNAR-4`
_ROW = 0.3  # of its fit, a row whose head is what is asked for
_PUT_SO = 0.1  # when the question has that head word for word
_YEAR = 0.15  # a row of figures of the year asked for; as much is lost by one of other years
_OF_NAME = 0.1  # lost by what of the question has its document's name alone, which it may repeat on each page
_OF_ANOTHER = 0.15  # lost by what is said of `Node.js 8` where 16 is asked for
_ENTITLES = 2.0  # lost by a title: any sentence comes before it
_KIND = 0.15  # when it holds what who, when, how many, … ask for

_TITLE = 2  # words that the question has not, up to which a line without an end is a title
_SAME_WORDS = 0.9  # share of common words from which a second quote says nothing new


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
    of_another: bool = False  # it speaks of `Node.js 8` where 16 is asked for
    title: str = ""  # that it stands below
    entitles: bool = False  # it is a title: that it is like the question tells of the right place, but answers nothing

    def raised(self, by: float) -> "Candidate":
        return replace(self, score=self.score + by)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates, best first, with what they were compared by."""

    candidates: tuple[Candidate, ...]
    sources: tuple[Source, ...]  # every sentence of the passages, in order
    weights: dict[str, float]  # of the question's terms
    of_prices: frozenset[str]  # those of them that any sum of money answers
    of_kind: frozenset[str]  # those that whatever is of the kind asked for answers
    cosines: NDArray[np.float32]  # of all candidates, in their order
    maxsims: NDArray[np.float32] | None  # likewise; None where the embedding model shows no tokens
    apart: frozenset[int] = frozenset()  # hits that are not quoted beside the best

    def best(self, count: int) -> list[Candidate]:
        """The first `count` candidates, without those that repeat an earlier one, or stand apart."""
        chosen: list[Candidate] = []
        seen: list[frozenset[str]] = []
        for candidate in self._with_announced():
            if len(chosen) == count:
                break
            if candidate.entitles and not self.candidates[0].entitles:
                continue
            if candidate.source.hit in self.apart or any(overlap(candidate.source, one.source) for one in chosen):
                continue
            said = frozenset(re.findall(r"\w+", normalise(candidate.source.unit.text).text))
            if any(len(said & other) >= _SAME_WORDS * len(said | other) for other in seen):
                continue
            chosen.append(candidate)
            seen.append(said)
        return chosen

    def _with_announced(self) -> Iterator[Candidate]:
        """The candidates, each that announces something, `Run this command:`, with what it announces as one quote."""
        for candidate in self.candidates:
            if candidate.source.unit.text.endswith(":"):
                after = self.sources.index(candidate.source) + 1
                candidate = replace(candidate, source=_with_following(candidate.source, self.sources[after:]))
            yield candidate


def overlap(one: Source, other: Source) -> bool:
    return one.hit == other.hit and one.unit.start < other.unit.end and other.unit.start < one.unit.end


def _with_following(source: Source, after: Sequence[Source]) -> Source:
    """What announces with the unit after it, of a list with as many items as make no longer quote than one item may."""
    joined = source.unit
    for at, one in enumerate(after):
        unit = one.unit
        if one.hit != source.hit or unit.kind == "row" or unit.text.startswith("#") or is_part_title(unit.text):
            break
        if at and (unit.kind != "item" or len(joined.text) + len(unit.text) > MAX_ITEM):
            break
        joined = replace(joined, text=f"{joined.text}\n{unit.text}", end=unit.end)
        if unit.kind != "item":
            break
    return replace(source, unit=joined)


def rank(
    question: str,
    hits: Sequence[Hit],
    embedder: Embedder,
    language: str | None = None,
    page_blocks: PageBlocks | None = None,
    share_of_chunks: ShareOfChunks | None = None,
) -> Ranking:
    """Order the sentences of `hits` by how well they answer `question`.

    By how much of the question's words a sentence covers, alone and with the one before it; by how its cosine stands out
    among the candidates; by whether it holds the kind of thing asked for. The passage's rank is a light hint. Equal scores
    keep the order of the passages, so that a question repeats exactly. Where the question names an identifier (`invoice
    2023-0417`) only the documents that hold it are heard, if any does: the same form filled in for another one answers in
    the same words.

    Args:
        language: of the question; its words are stemmed by it, those of a passage by the passage's own.
        page_blocks: gives what stands above a row of figures.
        share_of_chunks: what the collection knows of the question's terms: which tell one row from another.
    """
    everything = sources_with_rows(hits, page_blocks)
    wanted = Wanted.of(question, language, hits, share_of_chunks)
    speaking = wanted.speaking(hits)
    asked_for = wanted.thing or wanted.without_comparing
    asks = terms(asked_for, language)
    spoken_of = [terms(" ".join(sorted(one)), language) for one in wanted.spoken_of]
    parts = parts_of_year(question)
    found = [
        terms_in(source.unit.text, hits[source.hit].language, language, asks)
        | spoken_of[source.hit]
        | terms_of_parts(parts, source.readable, language)
        for source in everything
    ]
    weights = term_weights(asked_for, language, found)
    subject = terms(without_reference(asked_for), language)
    of_subject = {term: weight for term, weight in weights.items() if term in subject}
    heading = [is_heading(everything, at, hits) for at in range(len(everything))]
    titles = titles_above(everything, hits, heading)
    above = {
        (title, source.language): terms_in(title, source.language, language, asks)
        for title, source in zip(titles, everything, strict=True)
    }
    named = {title: wanted.is_entitled_by(title) for title in titles}
    of_document = [named_by_document(question, hit, language) for hit in hits]
    telling = [frozenset(term for term in one if not term.isdigit()) for one in of_document]
    of_another = [any(telling) and not one for one in telling]
    entitled = [named[title] for title in titles]  # `Article 12` speaks in all its sentences of article 12
    only_entitled = wanted.is_told and any(entitled)
    introduced = _introductions(everything)
    # A table names its currency in the first row of its figures, and not again.
    priced = {(one.hit, one.unit.heads) for one in everything if one.row is not None and is_money(one.unit.text)}
    places = _in_text_order(hits) if only_entitled else range(len(hits))
    drafts: list[Candidate] = []
    for at, source in enumerate(everything):
        if only_entitled and not entitled[at]:
            continue
        shows = wanted.is_shown_by(source.unit.text) or _is_formula_asked_for(source, hits[source.hit], wanted)
        if source.hit in speaking and (
            shows
            or wanted.is_defined_by(source.unit.text)
            or (_is_quotable(source) and not wanted.is_title(source.unit.text))
        ):
            title = above[titles[at], source.language]
            is_first = source.unit.kind == "row" or not source.ordinal
            before = title if is_first else found[at - 1] | found[introduced[at]]
            preceding = "" if is_first else everything[at - 1].unit.text
            own = found[at] | title if entitled[at] else found[at]
            whole, items = source, _list_after(everything, at)
            if items and not any((found[item] & of_subject.keys()) - own for item in items):
                # `Remote employees receive:` speaks of what its titles name, `Company-provided equipment`.
                whole = _with_following(source, everything[at + 1 :])
                own |= terms_in(" ".join(hits[source.hit].section), source.language, language, asks)
            fits = 0.0 if of_another[source.hit] else wanted.fits(source)
            if fits >= FITTING:  # a report says on no page whose it is; its file's name may
                own |= of_document[source.hit]
            of_name = _is_of_name_alone(found[at], of_document[source.hit], of_subject.keys() - wanted.of_kind)
            is_masthead = of_name and not ENDS.search(source.unit.text)
            is_priced = source.row is not None and (source.hit, source.unit.heads) in priced
            judged = _judged(whole, hits[source.hit], wanted, of_subject, own, before, fits, is_masthead, is_priced)
            judged = replace(judged, source=source)  # a list is like no question; what announces it may be
            if of_name:
                judged = judged.raised(-_OF_NAME)
            title_and_text = f"{titles[at]}\n{source.unit.text}"
            if is_of_another(wanted.numbered, title_and_text) and not is_said(wanted.numbered, preceding):
                judged = replace(judged.raised(-_OF_ANOTHER), of_another=True)
            is_meant = (
                entitled[at]
                or is_said(wanted.numbered, title_and_text)
                or wanted.is_named_in(source.unit.text)
                or wanted.is_coded_in(source.unit.text)
            )
            bonus = _COUNTED if shows else _NAMED if is_meant else 0.0
            is_title = heading[at] or is_running_title(source.unit.text, hits[source.hit].title)
            is_title = is_title or (source.unit.kind == "row" and is_head_row(source.unit.text))
            only_entitles = is_title and not shows  # a caption says what a figure shows
            lost = _RANK * places[source.hit] + (_ENTITLES if only_entitles else 0.0)
            drafts.append(replace(judged.raised(bonus - lost), title=titles[at], entitles=only_entitles))
    drafts = sorted(drafts, key=lambda draft: -draft.score)[:MOST_EMBEDDED]
    if not drafts:
        return Ranking(
            (), tuple(everything), of_subject, wanted.of_prices, wanted.of_kind, np.zeros(0, np.float32), None
        )
    likeness = embedder.likeness(question, [draft.source.readable for draft in drafts])
    cosines = np.array([one.cosine for one in likeness], np.float32)
    maxsims = None if likeness[0].maxsim is None else np.array([one.maxsim for one in likeness], np.float32)
    candidates = drafts
    if not wanted.is_told:
        raised = _COSINE * _standing(cosines) + (0.0 if maxsims is None else _MAXSIM * _standing(maxsims))
        candidates = [draft.raised(by) for draft, by in zip(drafts, raised.tolist(), strict=True)]
    order = sorted(
        range(len(drafts)), key=lambda i: (-candidates[i].score, drafts[i].source.hit, drafts[i].source.ordinal)
    )
    if len(wanted.codes) > 1:
        order = _one_of_each(wanted, candidates, order)
    ordered = tuple(candidates[i] for i in order)
    otherwise = _dated_otherwise(hits, of_document)
    apart = frozenset() if ordered[0].source.hit in otherwise else otherwise
    if maxsims is not None:
        maxsims = maxsims[order]
    return Ranking(
        ordered, tuple(everything), of_subject, wanted.of_prices, wanted.of_kind, cosines[order], maxsims, apart
    )


def _is_formula_asked_for(source: Source, hit: Hit, wanted: Wanted) -> bool:
    """Whether it is the formula of a passage, whose last title is its number: `Equation 2`."""
    return hit.kind == "equation" and not source.ordinal and wanted.is_named_in("".join(hit.section[-1:]))


def _standing(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """How each stands out among all, in standard deviations."""
    standing: NDArray[np.float32] = (likeness - likeness.mean()) / (likeness.std() + 1e-6)
    return standing


def _is_of_name_alone(said: frozenset[str], named: frozenset[str], asked: Set[str]) -> bool:
    """Whether a sentence has of the terms asked for only those that name its document, and there are others."""
    return bool(asked - named) and bool(said & asked) and (said & asked) <= named


def _dated_otherwise(hits: Sequence[Hit], of_document: Sequence[frozenset[str]]) -> frozenset[int]:
    """The hits in reports of a series of which the question names another by its date: `in June 2022`."""
    series = [found[0] if (found := dated(hit.path)) else None for hit in hits]
    return frozenset(
        at
        for at, own in enumerate(series)
        if own and any(own == other and of_document[at] < of_document[i] for i, other in enumerate(series))
    )


def _one_of_each(wanted: Wanted, candidates: Sequence[Candidate], order: Sequence[int]) -> list[int]:
    """The best sentence of each code that is compared before all others."""

    first: list[int] = []
    for code in wanted.codes:
        own = [at for at in order if code in wanted.spoken_of[candidates[at].source.hit]]
        said = [at for at in order if is_coded(code, candidates[at].source.unit.text)]
        first += [at for at in (own or said) if at not in first][:1]
    return [*sorted(first, key=order.index), *(at for at in order if at not in first)]


def _judged(
    source: Source,
    hit: Hit,
    wanted: Wanted,
    weights: dict[str, float],
    own: frozenset[str],
    before: frozenset[str],
    fits: float,
    is_masthead: bool,
    is_priced: bool,
) -> Candidate:
    """One sentence by its words, its passage's rank and its cosine left out.

    Args:
        own: its terms, and those of a title that speaks in it.
        before: the terms of the sentence before; of a row, or the first of its passage, those of the section's title.
        fits: how far the head of a row is what is asked for.
        is_masthead: a line, of the question it has the document's name alone, with whatever date or author stands beside it.
        is_priced: a row below the same heads says its figure beside a currency.
    """
    text, is_row = source.unit.text, source.unit.kind == "row"
    heads, row, is_value = source.unit.heads, source.row, fits >= FITTING
    currency = " ".join((*hit.section[-1:], *heads, text)) if is_row else ""
    if row is not None:
        around = (*row.above, row.group)
        currency = " ".join((*around, currency))
        heads, before = (*around, *heads) if is_value else heads, before | terms(" ".join(around), wanted.language)
    # A table says its currency once: in the caption, in a head, in the first cell of a row, in the first row.
    is_sum = wanted.is_price and (is_money(text, currency) or (is_priced and any(map(str.isdigit, text))))
    is_defined = wanted.is_defined_by(text)
    asks = ASKS.search(text) is not None  # a FAQ's question, however like, is no answer
    held: bool | None = None
    if wanted.kind is not None:
        spoken = hit.language or wanted.language
        is_other = wanted.is_sum and not is_sum  # `80 GHz` is no price
        held = (
            not asks
            and not is_other
            and not is_masthead
            and (is_defined or holds(wanted.kind, text, wanted.question, spoken))
        )
    new = own - weights.keys()
    # `Notice is as follows:` says nothing of how long.
    says_nothing = (wanted.kind is not None and (not new or text.endswith(":"))) or (
        len(new) <= _TITLE and is_like_title(text)
    )
    said = own | terms(" ".join(heads), wanted.language)
    said = said.union(wanted.of_prices if is_sum else (), wanted.of_kind if held else ())
    alone = together = 0.0
    if is_row or not (asks or (says_nothing and not held)):
        alone, together = coverage(weights, said), coverage(weights, said | before)
    score = _COVERAGE * alone + _COVERAGE_WITH_PREVIOUS * together + (_KIND if held else 0.0)
    if wanted.things and counts(text, wanted.things, hit.language or wanted.language):
        score += _COUNTED
    if is_sum or is_defined:
        score += _COUNTED
    if row is not None and is_value:
        told = is_of_year(row, wanted.years)
        score += _ROW * fits + (0.0 if told is None else -_YEAR if not told else _YEAR if row.heads else _YEAR / 2)
        score += _PUT_SO if is_put_so(row.label, wanted.question) else 0.0
    return Candidate(source, score, alone, together, held, said, is_value)


def _in_text_order(hits: Sequence[Hit]) -> list[int]:
    """For each passage its place where those of one section follow each other as in the text: what it says begins so."""
    sections = [(hit.collection, hit.document_id, hit.section) for hit in hits]
    order = sorted(range(len(hits)), key=lambda at: (sections.index(sections[at]), hits[at].ordinal))
    return [order.index(at) for at in range(len(hits))]


def _introductions(everything: Sequence[Source]) -> list[int]:
    """For each sentence the index of the one before, for an item that of the line that announces the list: `Notice is:`."""
    found: list[int] = []
    for at, source in enumerate(everything):
        before = max(at - 1, 0)
        goes_on = source.unit.kind == "item" and source.ordinal and everything[before].unit.kind == "item"
        found.append(found[-1] if goes_on else before)
    return found


def _list_after(everything: Sequence[Source], at: int) -> range:
    """The items that a line announces: `Everyone gets, by grade:` answers how much they get by these alone."""
    source, end = everything[at], at + 1
    announces = source.unit.text.endswith(":") and source.unit.kind != "row"
    while (
        announces
        and end < len(everything)
        and everything[end].hit == source.hit
        and everything[end].unit.kind == "item"
    ):
        end += 1
    return range(at + 1, end)


def _is_quotable(source: Source) -> bool:
    """Whether it says something: not a heading, nor a table's head, nor too short to be proved."""
    unit = source.unit
    if (
        unit.text.startswith("#")
        or is_part_title(unit.text)
        or (unit.kind == "row" and source.row is None)
        or extent(unit.text) < SHORTEST
    ):
        return False
    is_short = unit.kind == "sentence" and len(unit.text) < LONGEST_HEADING
    is_heading = is_short and source.ordinal == 0 and not ENDS.search(unit.text)
    return not is_heading
