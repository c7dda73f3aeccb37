"""Choose the sentences that answer a question, out of the passages that were found."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ragcli.answering.proof.match import SHORTEST, extent
from ragcli.answering.quoting.candidates import Candidate, Ranking, with_following
from ragcli.answering.quoting.kinds import counts, holds
from ragcli.answering.quoting.reference import without_reference
from ragcli.answering.quoting.titles import (
    LONGEST_HEADING,
    is_head_row,
    is_heading,
    is_like_title,
    is_of_its_document,
    is_of_section,
    is_running_title,
    label_of,
    names_of,
    titles_above,
)
from ragcli.answering.quoting.wanted import Wanted, terms_of_parts
from ragcli.answering.sources import ASKS, ENDS, PageBlocks, Source, sources_with_rows
from ragcli.answering.wording.money import is_money
from ragcli.answering.wording.numbered import is_of_another, is_said
from ragcli.answering.wording.terms import coverage, term_weights, terms, terms_in
from ragcli.chunking.works_cited import is_works_cited
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit
from ragcli.retrieval.lexical import ShareOfChunks
from ragcli.retrieval.naming.codes import is_coded
from ragcli.retrieval.naming.latest import dated
from ragcli.retrieval.question.syntax import is_part_title
from ragcli.retrieval.rows.values import FITTING, is_of_year, is_put_so

# Sentences, chosen by their words: each costs milliseconds on the way to the first answer. 12, 24 and all of them hold
# the answer among the two best equally often (0.860, 0.857, 0.858 of the English questions; 0.698, 0.695, 0.695).
MOST_EMBEDDED = 12
MOST_ROWS = 50  # of those that are such, which are quoted

# Of a grid on training questions of five sets, English and French, where many mixtures do equally well: half the weight of
# the cosine and twice that of the rank cost the short passages of SQuAD and PIAF nothing, and find more in long texts.
_COSINE = 0.04  # of a standard deviation among the candidates: models differ in scale (0 to 0.8, or 0.7 to 0.9)
# likewise; more puts `It is 212 metres long`, whose subject stands before it, behind what repeats the subject
_MAXSIM = 0.02
_COVERAGE = 0.3
_COVERAGE_WITH_PREVIOUS = 0.2  # "It was built in 1889" is about what the sentence before names, a row about its caption
_RANK = 0.04  # per rank of its passage
# A number before the very thing that "how many" asks for, money where a price is asked, or the thing defined.
_COUNTED = 0.15
_NAMED = 0.05  # when it holds an identifier of the question itself: `LIMNAR-2` is no `LIMNAR-4`
_OPTION = 0.7  # when it speaks of the very option that is asked for, `-r`, whose command each page names
_ROW = 0.3  # of its fit, a row whose head is what is asked for
_OF_THEM = 0.5  # one of the rows that have the most, or are such; any other loses as much
_PUT_SO = 0.1  # when the question has that head word for word
_YEAR = 0.15  # a row of figures of the year asked for; as much is lost by one of other years
_OF_NAME = 0.1  # lost by what of the question has its document's name alone, which it may repeat on each page
_UNSAID = 0.3  # lost below a heading that says so, `Common myths`, `Repealed`, or among the titles of works cited
_OF_ANOTHER = 0.15  # lost by what is said of `Node.js 8` where 16 is asked for
_ENTITLES = 2.0  # lost by a title: any sentence comes before it
_KIND = 0.15  # when it holds what who, when, how many, … ask for

_ID = re.compile(r"(?=\S*\d)[!-~]+")  # `_ca129dea-c375-11ec-a8d6`, by which a program marks its pages
_TITLE = 2  # words that the question has not, up to which a line without an end is a title


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
    wanted = Wanted.of(question, language, hits, share_of_chunks)
    sentences = _sentences(wanted, hits, page_blocks)
    weights = term_weights(wanted.asked_for, language, [one.said for one in sentences])
    subject = terms(without_reference(wanted.asked_for), language)
    weights = {term: weight for term, weight in weights.items() if term in subject}
    only_entitled = wanted.is_told and any(one.is_entitled for one in sentences)
    speaking = wanted.speaking(hits)
    places = _in_text_order(hits) if only_entitled else range(len(hits))
    drafts = [
        _draft(one, places[one.source.hit], wanted, weights)
        for one in sentences
        if one.source.hit in speaking and (one.is_entitled or not only_entitled) and _may_answer(one, wanted)
    ]
    everything = tuple(one.source for one in sentences)
    unranked = Ranking(wanted, tuple(hits), everything, weights, apart=_dated_otherwise(wanted, hits))
    most = max(MOST_EMBEDDED, min(len(wanted.of_rows.places), MOST_ROWS))
    return _by_likeness(unranked, sorted(drafts, key=lambda draft: -draft.score)[:most], embedder)


def _by_likeness(unranked: Ranking, drafts: Sequence[Candidate], embedder: Embedder) -> Ranking:
    """The ranking of candidates that were judged by their words: how each stands out by its meaning is added."""
    if not drafts:
        return unranked
    wanted = unranked.wanted
    likeness = embedder.likeness(wanted.question, [draft.source.readable for draft in drafts])
    cosines = np.array([one.cosine for one in likeness], np.float32)
    maxsims = None if likeness[0].maxsim is None else np.array([one.maxsim for one in likeness], np.float32)
    if not wanted.is_told:
        raised = _COSINE * _standing(cosines) + (0.0 if maxsims is None else _MAXSIM * _standing(maxsims))
        drafts = [draft.raised(by) for draft, by in zip(drafts, raised.tolist(), strict=True)]
    order = sorted(
        range(len(drafts)), key=lambda at: (-drafts[at].score, drafts[at].source.hit, drafts[at].source.ordinal)
    )
    if len(wanted.codes) > 1:
        order = _one_of_each(wanted, drafts, order)
    is_apart = drafts[order[0]].source.hit in unranked.apart
    apart = frozenset() if is_apart else unranked.apart
    return replace(unranked, candidates=tuple(drafts), cosines=cosines, maxsims=maxsims, apart=apart).ordered(order)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the passages, and what stands around it, in terms that can be held against those of the question."""

    source: Source
    hit: Hit
    said: frozenset[str]
    # Of the sentence before, and of the line that announces its list; of a row, or the first of its passage, of the title.
    before: frozenset[str]
    preceding: str  # the text of the sentence before
    title: str  # that it stands below
    said_by_title: frozenset[str]
    of_document: frozenset[str]  # words of the question that are its document's name
    is_of_another: bool  # the question names a document, and it stands in another
    is_entitled: bool  # `Article 12` speaks in all its sentences of article 12
    is_heading: bool
    is_cited: bool
    is_priced: bool  # a row below the same heads says its figure beside a currency
    listed: Source | None  # with the items that it announces, if it does
    said_by_items: frozenset[str]
    said_by_section: frozenset[str]  # all titles that it stands below

    @property
    def text(self) -> str:
        return self.source.unit.text

    @property
    def own(self) -> frozenset[str]:
        return self.said | self.said_by_title if self.is_entitled else self.said


def _sentences(wanted: Wanted, hits: Sequence[Hit], page_blocks: PageBlocks | None) -> list[_Sentence]:
    language, asks = wanted.language, terms(wanted.asked_for, wanted.language)
    everything = sources_with_rows(hits, page_blocks)
    spoken_of = [terms(" ".join(sorted(one)), language) for one in wanted.spoken_of]
    said = [
        terms_in(one.told, hits[one.hit].language, language, asks)
        | spoken_of[one.hit]
        | terms_of_parts(wanted.parts, one.readable, language)
        for one in everything
    ]
    of_themselves = [terms_in(names_of(hit), hit.language, language, asks) for hit in hits]
    said = [
        own | of_themselves[one.hit] if is_of_its_document(one.unit.text) else own
        for own, one in zip(said, everything, strict=True)
    ]
    is_named = [any(not term.isdigit() for term in one) for one in wanted.of_document]
    heading = [is_heading(everything, at, hits) for at in range(len(everything))]
    titles = titles_above(everything, hits, heading)
    said_by = {
        (title, one.language): terms_in(title, one.language, language, asks)
        for title, one in zip(titles, everything, strict=True)
    }
    entitled = {title: wanted.is_entitled_by(title) for title in titles}
    introduced = _introductions(everything)
    sections = [terms_in(" ".join(hit.section), hit.language, language, asks) for hit in hits]
    cited = [is_works_cited(hit.section, hit.text) for hit in hits]
    # A table names its currency in the first row of its figures, and not again.
    priced = {(one.hit, one.unit.heads) for one in everything if one.row is not None and is_money(one.unit.text)}
    found: list[_Sentence] = []
    for at, source in enumerate(everything):
        title = said_by[titles[at], source.language]
        is_first = source.unit.kind == "row" or not source.ordinal
        items = _list_after(everything, at, heading[at])
        found.append(
            _Sentence(
                source,
                hits[source.hit],
                said[at],
                before=title if is_first else said[at - 1] | said[introduced[at]],
                preceding="" if is_first else everything[at - 1].unit.text,
                title=titles[at],
                said_by_title=title,
                of_document=wanted.of_document[source.hit],
                is_of_another=any(is_named) and not is_named[source.hit],
                is_entitled=entitled[titles[at]],
                is_heading=heading[at],
                is_cited=cited[source.hit],
                is_priced=source.row is not None and (source.hit, source.unit.heads) in priced,
                listed=with_following(source, everything[at + 1 :]) if items else None,
                said_by_items=frozenset().union(*(said[item] for item in items)),
                said_by_section=sections[source.hit],
            )
        )
    return found


def _is_shown(one: _Sentence, wanted: Wanted) -> bool:
    """Whether it is the figure or the formula that is asked for: the last title of a formula is its number, `Equation 2`."""
    is_formula = one.hit.kind == "equation" and not one.source.ordinal
    return wanted.is_shown_by(one.text) or (is_formula and wanted.is_named_in("".join(one.hit.section[-1:])))


def _may_answer(one: _Sentence, wanted: Wanted) -> bool:
    is_mute = wanted.is_cause and one.source.is_of_figures
    is_quotable = (_is_quotable(one.source) or (one.is_heading and one.listed is not None)) and not is_mute
    return wanted.is_defined_by(one.text) or (is_quotable and not wanted.is_title(one.text)) or _is_shown(one, wanted)


def _draft(one: _Sentence, place: int, wanted: Wanted, weights: Mapping[str, float]) -> Candidate:
    """A sentence by its words, what stands around it, and the place of its passage; its likeness is left out."""
    of_name = _is_of_name_alone(one.said, one.of_document, weights.keys() - wanted.of_kind)
    is_masthead = of_name and not ENDS.search(one.text)
    whole = _with_list(one, wanted, weights)
    draft = replace(_judged(whole, wanted, weights, is_masthead), source=one.source)  # a list is like no question
    title_and_text = f"{one.title}\n{one.source.spelt_out}"
    is_other = is_of_another(wanted.numbered, title_and_text) and not is_said(wanted.numbered, one.preceding)
    if is_other or ((wanted.is_many or wanted.things) and one.source.is_contrary(wanted.question)):
        draft = replace(draft.raised(-_OF_ANOTHER), of_another=True)
    is_meant = (
        one.is_entitled
        or is_said(wanted.numbered, title_and_text)
        or wanted.is_named_in(one.text)
        or wanted.is_coded_in(one.text)
    )
    shows = _is_shown(one, wanted)
    is_title = (one.is_heading or is_of_section(one.text, one.hit.section)) and whole is one
    is_title |= is_running_title(one.text, one.hit.title) or (one.source.unit.kind == "row" and is_head_row(one.text))
    entitles = is_title and not shows  # a caption says what a figure shows
    bonus = _COUNTED if shows or (wanted.is_all and one.listed) else _NAMED if is_meant else 0.0
    if wanted.is_option_in(one.text):
        bonus = _OPTION
    is_unsaid = wanted.is_false_below(one.hit.section) or one.is_cited
    lost = _OF_NAME * of_name + _ENTITLES * entitles + _UNSAID * is_unsaid
    draft = draft.raised(bonus - _RANK * place - lost)
    return replace(draft, title=one.title, entitles=entitles, is_unsaid=is_unsaid, announces=one.listed is not None)


def _with_list(one: _Sentence, wanted: Wanted, weights: Mapping[str, float]) -> _Sentence:
    """With the items that it announces, where they have no more of the question, or all of them tell who.

    It speaks of what its titles name: `Keepers receive:` below `Equipment`.
    """
    further = (one.said_by_items & weights.keys()) - one.own
    tells_who = wanted.kind == "person" and coverage(weights, further) < coverage(weights, one.own)
    if one.listed is None or (further and not tells_who):
        return one
    return replace(one, source=one.listed, said=one.said | one.said_by_section)


def _standing(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """How each stands out among all, in standard deviations."""
    return np.asarray((likeness - likeness.mean()) / (likeness.std() + 1e-6), np.float32)


def _is_of_name_alone(said: frozenset[str], named: frozenset[str], asked: Set[str]) -> bool:
    """Whether a sentence has of the terms asked for only those that name its document, and there are others."""
    return bool(asked - named) and bool(said & asked) and (said & asked) <= named


def _dated_otherwise(wanted: Wanted, hits: Sequence[Hit]) -> frozenset[int]:
    """The hits in reports of a series of which the question names another by its date: `in June 2022`."""
    series = [found[0] if (found := dated(hit.path)) else None for hit in hits]
    return frozenset(
        at
        for at, own in enumerate(series)
        if own
        and any(own == other and wanted.of_document[at] < wanted.of_document[i] for i, other in enumerate(series))
    )


def _one_of_each(wanted: Wanted, candidates: Sequence[Candidate], order: Sequence[int]) -> list[int]:
    """The best sentence of each code that is compared before all others."""
    first: list[int] = []
    for code in wanted.codes:
        own = [at for at in order if code in wanted.spoken_of[candidates[at].source.hit]]
        said = [at for at in order if is_coded(code, candidates[at].source.unit.text)]
        first += [at for at in (own or said) if at not in first][:1]
    return [*sorted(first, key=order.index), *(at for at in order if at not in first)]


def _judged(one: _Sentence, wanted: Wanted, weights: Mapping[str, float], is_masthead: bool) -> Candidate:
    """A sentence by its words alone.

    Args:
        is_masthead: a line, of the question it has the document's name alone, with whatever date or author stands beside it.
    """
    source, row, text, heads = one.source, one.source.row, one.text, one.source.unit.heads
    fits = 0.0 if one.is_of_another else wanted.fits(source)
    is_value = fits >= FITTING
    around = () if row is None else (*row.above, row.group)
    is_sum = wanted.is_price and _is_sum(one, around)
    is_defined = wanted.is_defined_by(text)
    asks = ASKS.search(text) is not None  # a FAQ's question, however like, is no answer
    held: bool | None = None
    if wanted.kind is not None:
        is_other = wanted.is_sum and not is_sum  # `80 GHz` is no price
        spoken = one.hit.language or wanted.language
        held = not (asks or is_other or is_masthead) and (
            is_defined or holds(wanted.kind, text, wanted.question, spoken)
        )
    own = one.own
    if is_value:  # a report says on no page whose it is; its file's name may
        own |= one.of_document
    new = own - weights.keys()
    # `Notice is as follows:` says nothing of how long, nor does `Subject: Notice`.
    is_in_vain = not new or text.endswith(":") or new <= terms(label_of(text), wanted.language)
    says_nothing = (wanted.kind is not None and is_in_vain) or (len(new) <= _TITLE and is_like_title(text))
    is_of_them = row is not None and (source.hit, row.start) in wanted.of_rows.places
    said = own | terms(" ".join((*around, *heads) if is_value or is_of_them else heads), wanted.language)
    said = said.union(wanted.of_prices if is_sum else (), wanted.of_kind if held else (), wanted.said_by_figures(text))
    alone = together = 0.0
    if source.unit.kind == "row" or not (asks or (says_nothing and not held)):
        before = one.before | terms(" ".join(around), wanted.language)
        alone, together = coverage(weights, said), coverage(weights, said | before)
    score = _COVERAGE * alone + _COVERAGE_WITH_PREVIOUS * together + (_KIND if held else 0.0)
    if wanted.things and counts(text, wanted.things, one.hit.language or wanted.language):
        score += _COUNTED
    if is_sum or is_defined:
        score += _COUNTED
    if row is not None and wanted.of_rows.places:
        score += _OF_THEM if is_of_them else -_OF_THEM
    if row is not None and is_value:
        told = is_of_year(row, wanted.years)
        score += _ROW * fits + (0.0 if told is None else -_YEAR if not told else _YEAR if row.heads else _YEAR / 2)
        score += _PUT_SO if is_put_so(row.label, wanted.question) else 0.0
    return Candidate(source, score, alone, together, held, said, is_value)


def _is_sum(one: _Sentence, around: Sequence[str]) -> bool:
    """Whether it states a sum of money; a table says its currency once: above it, in a head, a first cell, a first row."""
    is_row = one.source.unit.kind == "row"
    currency = " ".join((*around, *one.hit.section[-1:], *one.source.unit.heads, one.text)) if is_row else ""
    return is_money(one.text, currency) or (one.is_priced and any(map(str.isdigit, one.text)))


def _in_text_order(hits: Sequence[Hit]) -> list[int]:
    """For each passage its place where those of one section follow each other as in the text: what it says begins so."""
    sections = [(hit.document, hit.section) for hit in hits]
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


def _list_after(everything: Sequence[Source], at: int, is_title: bool) -> range:
    """The items that a line announces: `Everyone gets, by grade:` answers how much they get by these alone.

    So does a title right above them, `Types of leave`, which needs no colon.
    """
    source, end = everything[at], at + 1
    announces = is_title or (source.unit.text.endswith(":") and source.unit.kind != "row")
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
    is_head = unit.kind == "row" and source.row is None
    is_short = unit.kind == "sentence" and len(unit.text) < LONGEST_HEADING
    is_title = is_short and source.ordinal == 0 and not ENDS.search(unit.text)
    is_vain = unit.text.startswith("#") or extent(unit.text) < SHORTEST or _ID.fullmatch(unit.text) is not None
    return not (is_head or is_title or is_vain or is_part_title(unit.text))
