"""Ask every question of a file and measure what comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from ragcli.counted import counted
from ragcli.evaluation.answers import best, contains, exact, f1
from ragcli.evaluation.claims import Entails, claim_measures
from ragcli.evaluation.questions import Question, Span, is_document
from ragcli.evaluation.ranking import load_ir_measures, pages_of, ranking_measures, touches_page
from ragcli.evaluation.spans import DocumentWords, span_iou, span_precision, span_recall
from ragcli.evaluation.statistics import Mean, mean_of
from ragcli.records import Answer, Citation, Found, Hit

_NEAR = 5  # passages that `… in passages`, spans and page hits look at, or fewer when k is less
_LEAST_WORDS = 8  # of a known answer that makes claims; a shorter one is a word or a number


class Evaluated(Protocol):
    """What of a collection is evaluated."""

    def query(self, question: str) -> Found:
        """The k best passages."""

    def ask(self, question: str) -> Answer:
        """The answer with its proof."""

    def document_text(self, path: str) -> tuple[int, str]:
        """(id, text as it was read) of a document."""

    def file_text(self, path: str) -> str:
        """The text of a file on disk, for spans given as offsets."""

    def last_page(self, path: str) -> int:
        """The number of a document's last page; 0 when it has none."""

    def paths(self) -> Sequence[str]:
        """All files."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: what was measured, each in [0, 1], and the seconds that it took."""

    id: str
    question: str
    values: Mapping[str, float]
    seconds: Mapping[str, float] = field(default_factory=dict)  # query, ask
    found: bool | None = None  # by `ask`; None when it was not asked


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole run. Measures are means over the questions that have the truth each needs."""

    collection: str
    k: int
    questions: int
    measures: Mapping[str, Mean]
    seconds: Mapping[str, Mapping[str, float]]  # query, ask -> p50, p95
    by_question: Sequence[Judged]
    settings: Mapping[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()  # what makes the figures say less than they seem to


def evaluate(
    questions: Sequence[Question],
    asked: Evaluated,
    collection: str,
    k: int,
    with_answers: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
    entails: Entails | None = None,
) -> Evaluation:
    """Ask all questions, one after the other.

    Args:
        k: passages that a query brings.
        with_answers: also `ask` each question, and measure answers, citations and refusals.
        entails: the judge of claims; None for the proxy.
    Raises: ModelError when ir-measures is not installed.
    """
    load_ir_measures()
    judge = _Judge(asked, k, entails)
    judged: list[Judged] = []
    for done, question in enumerate(questions, start=1):
        judged.append(judge.judge(question, with_answers))
        if on_progress:
            on_progress(done, len(questions))
    names = list(dict.fromkeys(name for one in judged for name in one.values))
    measures = {name: mean_of([one.values[name] for one in judged if name in one.values]) for name in ordered(names)}
    taken = {name: [one.seconds[name] for one in judged if name in one.seconds] for name in ("query", "ask")}
    seconds = {
        name: {"p50": round(float(np.quantile(some, 0.5)), 4), "p95": round(float(np.quantile(some, 0.95)), 4)}
        for name, some in taken.items()
        if some
    }
    warnings = (*_warnings(questions, asked), *judge.warnings())
    return Evaluation(collection, k, len(questions), measures, seconds, judged, warnings=warnings)


def _warnings(questions: Sequence[Question], asked: Evaluated) -> tuple[str, ...]:
    names = dict.fromkeys(name for question in questions for name in question.docs)
    meant = {name: next((path for path in asked.paths() if is_document(path, name)), None) for name in names}
    missing = [name for name, path in meant.items() if path is None]
    last = {name: asked.last_page(path) for name, path in meant.items() if path is not None}
    beyond = [
        question.id
        for question in questions
        if any(max(pages, default=0) > last[name] for name, pages in question.pages.items() if name in last)
    ]
    drafts = sum(not question.reviewed for question in questions)
    lines = []
    if missing:
        lines.append(
            f"{len(missing)} of {len(names)} documents are not in the collection, and count as missed: {_few(missing)}"
        )
    if beyond:
        lines.append(
            f"pages of {counted(len(beyond), 'question')} are behind the end of their documents, and count as missed:"
            f" {_few(beyond)}"
        )
    if drafts:
        lines.append(f'{drafts} of {len(questions)} questions are drafts that nobody has looked at ("reviewed": false)')
    return tuple(lines)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def ordered(names: Sequence[str]) -> list[str]:
    """Measures in the order in which a reader wants them: found, then answered, then refused."""
    parts = ["recall", "precision", "MRR", "nDCG", "page", "span", "passages", "answer", "citation", "refusal"]

    def place(name: str) -> int:
        return next((at for at, part in enumerate(parts) if name.startswith(part)), len(parts))

    return sorted(names, key=place)


class _Judge:
    def __init__(self, asked: Evaluated, k: int, entails: Entails | None) -> None:
        self._asked, self._k, self._near, self._entails = asked, k, min(_NEAR, k), entails
        self._words: dict[str, DocumentWords] = {}
        self._unplaced: list[str] = []  # ids of questions none of whose spans stands in its document

    def warnings(self) -> tuple[str, ...]:
        """What could not be measured, though the question tells it."""
        if not self._unplaced:
            return ()
        some = counted(len(self._unplaced), "question")
        return (f"spans of {some} are not in their documents, and not measured: {_few(self._unplaced)}",)

    def judge(self, question: Question, with_answers: bool) -> Judged:
        found = self._asked.query(question.question)
        values: dict[str, float] = {}
        seconds = {"query": round(found.seconds["total"] - found.seconds["load"], 4)}  # the model is loaded only once
        if not question.unanswerable:
            values |= ranking_measures(question, found.hits, self._k)
            values |= self._spans(question, found.hits[: self._near])
            if question.answers:
                read = "\n".join(hit.text for hit in found.hits[: self._near])
                values[f"passages hold the answer@{self._near}"] = best(contains, read, question.answers)
        if not with_answers:
            return Judged(question.id, question.question, values, seconds)
        answer = self._asked.ask(question.question)
        seconds["ask"] = answer.seconds["total"]
        values |= answer_measures(question, answer, self._entails)
        return Judged(question.id, question.question, values, seconds, answer.found)

    def _spans(self, question: Question, hits: Sequence[Hit]) -> dict[str, float]:
        wanted: set[tuple[int, int]] = set()
        for span in question.spans:
            path = next((path for path in self._asked.paths() if is_document(path, span.document)), None)
            if path is not None:
                wanted |= self._document(path).positions(self._text_of(span, path))
        if not wanted:
            if question.spans:
                self._unplaced.append(question.id)
            return {}
        retrieved = {position for hit in hits for position in self._document(hit.path).positions(hit.text)}
        return {
            f"span recall@{self._near}": span_recall(retrieved, wanted),
            f"span precision@{self._near}": span_precision(retrieved, wanted),
            f"span IoU@{self._near}": span_iou(retrieved, wanted),
        }

    def _text_of(self, span: Span, path: str) -> str:
        return self._asked.file_text(path)[span.start : span.end] if span.text is None else span.text

    def _document(self, path: str) -> DocumentWords:
        if path not in self._words:
            self._words[path] = DocumentWords(*self._asked.document_text(path))
        return self._words[path]


def answer_measures(question: Question, answer: Answer, entails: Entails | None = None) -> dict[str, float]:
    """Measures of one answer.

    Answers, over the answerable: F1, exact match, containment (the known answer stands in what was said), 0 when refused.
    Citations, over the answered with known pages, else known documents: precision is the share of citations that name a
    right page, recall the share of the question's documents that a right citation names.
    Refusals: precision over the refused (was it unanswerable?), recall over the unanswerable (was it refused?); `answered`
    is the share of the answerable that were not refused.
    Claims (see `claims`), over the answered whose known answer is a sentence: RAGChecker's measures.
    """
    values: dict[str, float] = {}
    refused = not answer.found
    if refused:
        values["refusal precision"] = float(question.unanswerable)
    if question.unanswerable:
        values["refusal recall"] = float(refused)
        return values
    values["answered"] = float(not refused)
    if question.answers:
        said = "" if refused else answer.text
        values["answer F1"] = best(f1, said, question.answers)
        values["answer exact match"] = best(exact, said, question.answers)
        values["answer containment"] = best(contains, said, question.answers)
        reference = max(question.answers, key=len)
        if not refused and len(reference.split()) >= _LEAST_WORDS:
            passages = [hit.text for hit in answer.hits]
            language = answer.hits[0].language if answer.hits else None
            # Each by itself: a row of a table ends with no full stop.
            apart = "\n\n".join(sentence.text for sentence in answer.sentences)
            values |= claim_measures(apart, reference, passages, language, entails, question.question)
    if not refused and (question.pages or question.docs):
        right = [citation for citation in answer.citations if _is_right(citation, question, answer.hits)]
        wanted = list(question.pages) or list(question.docs)
        named = sum(any(is_document(one.path, document) for one in right) for document in wanted)
        values["citation precision"] = len(right) / len(answer.citations) if answer.citations else 0.0
        values["citation recall"] = named / len(wanted)
    return values


def _is_right(citation: Citation, question: Question, hits: Sequence[Hit]) -> bool:
    if not question.pages:
        return any(is_document(citation.path, named) for named in question.docs)
    pages: tuple[int, ...] = () if citation.page is None else (citation.page,)
    for hit in hits:
        if citation.page is None and hit.chunk_id == citation.chunk_id:
            pages = pages_of(hit)
    return touches_page(question, citation.path, pages)
