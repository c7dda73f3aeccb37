"""What a question wants of a sentence, by its words."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ragcli.answering.proof.denials import says_false, speaks_of_false
from ragcli.answering.proof.match import SHORTEST
from ragcli.answering.quoting.kinds import (
    asked,
    asking_words,
    asks_for_all,
    counted,
    is_priced,
    is_told,
    price_words,
    wants_sum,
)
from ragcli.answering.quoting.reference import without_reference
from ragcli.answering.sources import ENDS, Source
from ragcli.answering.wording.numbered import numbered
from ragcli.answering.wording.quantities import Quantity, quantities
from ragcli.answering.wording.tally import without_tally
from ragcli.answering.wording.terms import terms
from ragcli.chunking.rows import FigureRow, figure_rows
from ragcli.records import Hit
from ragcli.retrieval.lexical import ShareOfChunks
from ragcli.retrieval.naming.codes import beginning, codes, is_coded
from ragcli.retrieval.naming.named_documents import named_in
from ragcli.retrieval.question.asking import Asked
from ragcli.retrieval.question.causes import asks_for_cause
from ragcli.retrieval.question.counting import without_having
from ragcli.retrieval.question.definitions import defined, defines
from ragcli.retrieval.question.periods import YEAR, parts_of_year
from ragcli.retrieval.question.syntax import entitles, identifiers, is_named, is_shown, number_of
from ragcli.retrieval.rows.selections import asks_for_many
from ragcli.retrieval.rows.values import asked_of_rows, fit
from ragcli.retrieval.rows.whole_tables import Chosen, begun, chosen_rows, spoken_of, wants_rows

_OPTION = re.compile(r"(?<![\w-])--?[^\W\d_][\w-]*(?![\w-])")
_FEW_CODES = 2  # of one kind: of an order and of what it answers
_AMOUNT = re.compile(r"\d+[.,]\d+|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?")
_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs|between|diff[ée]ren\w*|entre|better|best|meilleure?s?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class OfRows:
    """The rows that a question is for, where only all rows of a table tell: those with the most, or that are such."""

    places: frozenset[tuple[int, int]]  # index of the passage, and where the row begins there
    asked: str  # the question, without what no row says of itself
    is_selection: bool
    computed: str = ""  # the sum or the mean of a column over them, where it is asked for


_NO_ROWS = OfRows(frozenset(), "", is_selection=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants, by its words."""

    question: str
    language: str | None
    kind: Asked | None
    things: tuple[str, ...]  # that it counts
    is_all: bool  # the items of a list
    is_many: bool  # all that are such
    thing: str | None  # that it wants defined, or to know what it says: no answer needs to say "mean", or "say"
    is_price: bool
    is_sum: bool  # nothing but money answers: of a total, or a budget, nobody can tell
    of_prices: frozenset[str]  # its terms that any sum of money answers
    quantities: tuple[Quantity, ...]  # those that a figure in a unit of theirs answers
    of_kind: frozenset[str]  # those that whatever is of the kind answers: the `old` of `how old`
    # Its identifiers. One without a figure may be spelt otherwise (`U.S.`), an amount stands in documents about anything.
    named: tuple[str, ...]
    codes: tuple[str, ...]  # `LM317`
    options: tuple[str, ...]  # of a command: `-r`, `--count`
    spoken_of: tuple[frozenset[str], ...]  # by passage, those of them that name its document
    of_document: tuple[frozenset[str], ...]  # by passage, its terms that are its document's name
    is_told: bool  # it wants to know what they say: from the beginning
    head: Mapping[frozenset[str], float]  # its words that the head of a row may have, with their weights
    years: frozenset[str]
    parts: Mapping[str, Sequence[str]]  # quarters and halves of a year, by `parts_of_year`
    numbered: Mapping[str, Sequence[str]]  # its names that end in a number
    of_rows: OfRows  # where only all rows of a table tell
    is_cause: bool  # what brought something about: figures tell none

    @classmethod
    def of(
        cls, question: str, language: str | None, hits: Sequence[Hit], share_of_chunks: ShareOfChunks | None
    ) -> "Wanted":
        named = [
            one
            for one in identifiers(without_reference(question))
            if any(map(str.isdigit, one)) and not _AMOUNT.fullmatch(one)
        ]
        told = bool(named) and is_told(question) and not any(map(is_shown, named))
        of_rows = _of_rows(question, hits) if wants_rows(question) else _NO_ROWS
        return cls(
            question=question,
            language=language,
            kind=asked(question, language),
            things=tuple(counted(question, language)),
            is_all=asks_for_all(question),
            is_many=asks_for_many(question),
            thing=" ".join(map(number_of, named)) if told else defined(question, language),
            is_price=is_priced(question, language),
            is_sum=wants_sum(question, language),
            of_prices=terms(" ".join(price_words(question, language)), language),
            quantities=tuple(quantities(question)),
            of_kind=terms(" ".join(asking_words(question, language)), language),
            named=tuple(named),
            codes=tuple(codes(question)),
            options=tuple(_OPTION.findall(question)),
            spoken_of=tuple(_codes_of_documents(question, hits)),
            of_document=tuple(_of_document(question, hit, language) for hit in hits),
            is_told=told,
            head={} if told else _head_asked_for(question, language, hits, share_of_chunks),
            years=frozenset(YEAR.findall(question)),
            parts=parts_of_year(question),
            numbered=numbered(question, asks=True),
            of_rows=of_rows,
            is_cause=asks_for_cause(question, [language]),
        )

    def said_by_figures(self, text: str) -> frozenset[str]:
        """The terms of the question that figures of a text say by their units."""
        told = [one.word for one in self.quantities if one.figure.search(text)]
        return terms(" ".join(told), self.language) if told else frozenset()

    def is_named_in(self, text: str) -> bool:
        return any(is_named(name, text) for name in self.named)

    def is_option_in(self, text: str) -> bool:
        """Whether a text speaks of an option that is asked for, letter for letter: `-r` is not `-R`."""
        return any(option in self.options for option in _OPTION.findall(text)) if self.options else False

    def is_coded_in(self, text: str) -> bool:
        return any(is_coded(code, text) for code in self.codes)

    @property
    def asked_for(self) -> str:
        """What a sentence is to speak of: the question, of a definition its thing.

        Of several codes what is asked of each, without what compares them: no sentence speaks of all. Nor does a row say
        that it is the highest.
        """
        if self.of_rows.places:
            return self.of_rows.asked
        if self.thing or len(self.codes) < 2:
            return without_tally(self.thing or without_having(self.question))
        common = _COMPARES.sub(" ", self.question)
        asked_of_each = re.sub("|".join(map(re.escape, self.codes)), " ", common)
        return asked_of_each if terms(asked_of_each, self.language) else common

    def is_entitled_by(self, title: str) -> bool:
        return self.is_named_in(title) or any(entitles(name, title) for name in self.named)

    def is_title(self, text: str) -> bool:
        """Whether it is but the title of the part that is asked for."""
        return any(entitles(name, text) for name in self.named) and not ENDS.search(text)

    def is_false_below(self, section: Sequence[str]) -> bool:
        """Whether headings say that what stands below them is false, or no longer in force, and nobody asks for that."""
        return any(map(says_false, section)) and not speaks_of_false(self.question)

    def is_shown_by(self, text: str) -> bool:
        """Whether it is the caption of a figure that is asked for, or speaks of it: more than `Figure 2.`."""
        return any(is_shown(name) and is_named(name, text) and len(text) > len(name) + SHORTEST for name in self.named)

    def is_defined_by(self, text: str) -> bool:
        return self.thing is not None and defines(text, self.thing, self.language)

    def fits(self, source: Source) -> float:
        """How far the head of a row is what is asked for, alone or below that of its group; 0 of what is no row."""
        if source.row is None or not self.head:
            return 0.0
        label, group = source.row.label, source.row.group
        heads = (label, f"{group} {label}") if group else (label,)
        return max(fit(head, self.head, self.question, source.language) for head in heads)

    def speaking(self, hits: Sequence[Hit]) -> set[int]:
        """The hits whose sentences may answer: of the documents that hold the question's codes and identifiers, if any does."""
        held = [f"{Path(hit.path).name} {hit.titled_text}" for hit in hits]
        documents = [hit.document for hit in hits]
        speaking = set(documents)
        for is_held_by in (self.is_coded_in, self.is_named_in):
            holding = {one for one, text in zip(documents, held, strict=True) if one in speaking and is_held_by(text)}
            speaking = holding or speaking
        return {at for at, one in enumerate(documents) if one in speaking}


def _of_rows(question: str, hits: Sequence[Hit]) -> OfRows:
    """The rows that answer, where only all of a table tell.

    Retrieval has looked at the whole of it, and brought the passages that hold them: that all are there is told by their
    number.
    """
    tables: defaultdict[tuple[object, ...], list[tuple[int, FigureRow]]] = defaultdict(list)
    for at, hit in enumerate(hits):
        for row in figure_rows(hit.text) if hit.together else ():
            if row.heads:
                tables[*hit.document, begun(hit.section), row.heads].append((at, row))
    told: list[tuple[Chosen, Hit, list[tuple[int, int]]]] = []
    for pairs in tables.values():
        hit, rows = hits[pairs[0][0]], [row for _, row in pairs]
        said = spoken_of(hit.section, hit.title, hit.path)
        chosen = chosen_rows(rows, question, said, hit.language, is_whole=False)
        if chosen is not None:
            told.append((chosen, hit, [(at, row.start) for at, row in pairs if row in chosen.rows]))
    most = max((chosen.share for chosen, *_ in told), default=0.0)
    told = [each for each in told if each[0].share == most]
    counts: Counter[str | None] = Counter()
    for _, hit, places in told:
        counts[hit.collection] += len(places)
    is_all = all(counts[hit.collection] == hit.together for _, hit, _ in told)
    if not told or not is_all or (told[0][0].is_selection and len(told) > 1):
        return replace(_NO_ROWS, asked=question)
    best = told[0][0]
    everything = frozenset(place for *_, places in told for place in places)
    return OfRows(everything, best.asked, best.is_selection, best.computed)


def terms_of_parts(asked: Mapping[str, Sequence[str]], text: str, language: str | None) -> frozenset[str]:
    """The terms of a question for the quarters that a text names in whatever words: for `Q4` those of `fourth quarter`.

    Args:
        asked: by `parts_of_year` of the question.
    """
    said = parts_of_year(text).keys() & asked.keys() if asked else ()
    return terms(" ".join(word for part in sorted(said) for word in asked[part]), language)


def _codes_of_documents(question: str, hits: Sequence[Hit]) -> list[frozenset[str]]:
    """For each passage the codes of a question that name its document, of which it speaks without repeating them.

    By the name of its file and its title; or by its first page, where no other document holds it, and none of the codes of
    one kind, `E05` among `E01`, `E02`, `E10`, stand there.
    """
    documents = [hit.document for hit in hits]
    found: list[set[str]] = [set() for _ in hits]
    for code in codes(question):
        holding = [at for at, hit in enumerate(hits) if is_coded(code, hit.text)]
        if any(_is_one_of_several(code, hits[at].text) for at in holding):
            holding = []
        on_front = any((hits[at].page or hits[at].ordinal + 1) == 1 for at in holding)
        fronted = {documents[at] for at in holding} if on_front else set()
        for at, hit in enumerate(hits):
            is_fronted = len(fronted) == 1 and documents[at] in fronted
            if is_fronted or is_coded(code, f"{Path(hit.path).name} {hit.title or ''}"):
                found[at].add(code)
    return [frozenset(one) for one in found]


def _is_one_of_several(code: str, text: str) -> bool:
    """Whether a text lists codes that begin as a code does, and are as long."""
    return len({one for one in codes(text) if beginning(one) == beginning(code) and len(one) == len(code)}) > _FEW_CODES


def _head_asked_for(
    question: str, language: str | None, hits: Sequence[Hit], share_of_chunks: ShareOfChunks | None
) -> dict[frozenset[str], float]:
    languages = sorted({hit.language for hit in hits if hit.language} | ({language} if language else set()))
    names = named_in(question, [hit.file_stem for hit in hits])
    return asked_of_rows(question, languages or [None], names, share_of_chunks or (lambda stems: [0.0] * len(stems)))


def _of_document(question: str, hit: Hit, language: str | None) -> frozenset[str]:
    """The terms of the question that a passage's file name or title has: `Best Buy` is in `BESTBUY_2023_10K.pdf`."""
    return terms(" ".join(sorted(named_in(question, [hit.file_stem, hit.title or ""]))), language)
