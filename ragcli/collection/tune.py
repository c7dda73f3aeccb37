"""Try settings on a collection for `ragcli.evaluation.tune`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from ragcli.answering.answer import LOOKED_INTO, SEARCHED, Judged, heard, judged
from ragcli.collection.ask import smoothed_shares, understood
from ragcli.embedding.protocol import Embedder, Likeness
from ragcli.errors import UsageError
from ragcli.evaluation.answers import best as best_answer
from ragcli.evaluation.answers import contains
from ragcli.evaluation.questions import Question
from ragcli.evaluation.ranking import ranking_measures
from ragcli.evaluation.tune import LEAST, Choice, Tuned, tune
from ragcli.records import Found
from ragcli.settings import Retrieval

if TYPE_CHECKING:
    from ragcli.collection import Collection

_WEIGHTS = (0.15, 0.3, 0.5, 0.7, 1.0, 1.5, 2.5)
_HOPS = (1, 2, "auto")
_PASSAGES = (3, 5, 8, 12, 20)  # that quotes are chosen from
_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_LEAST_UNANSWERABLE = 5
_MEASURES = ("nDCG@", "page hit@")


def tune_collection(
    collection: "Collection", questions: Sequence[Question], on_progress: Callable[[int, int], None] | None
) -> list[Tuned]:
    """Tune the weight of the dense side, the hops, the passages that quotes are chosen from, and the threshold of refusal.

    The passages where quotes answer and enough questions name their answer; the threshold where enough have none.

    Raises: UsageError when too few questions tell where their answer stands; ModelError without ir-measures.
    """
    found = [one for one in questions if not one.unanswerable and (one.docs or one.answers)]
    if len(found) < LEAST:
        raise UsageError(
            f"{len(found)} questions tell where their answer stands, and {LEAST} are needed",
            f"draft more, and correct them: rag eval --make 50 -c {collection.name} > draft.jsonl",
        )
    missing = [one for one in questions if one.unanswerable]
    is_refusable = len(missing) >= _LEAST_UNANSWERABLE
    groups = _groups(collection.settings.retrieval)
    answered = [one for one in found if one.answers]
    if len(answered) < LEAST or collection.generator() is not None:
        answered = []
    steps = sum(len(group) for group in groups) * len(found) + len(answered)
    steps += (len(found) + len(missing)) * is_refusable
    done = count(1)

    def step() -> None:
        if on_progress:
            on_progress(next(done), steps)

    tuned: list[Tuned] = []
    settings = collection.settings
    with collection.trying(_Remembering(collection.embedder())):
        for group in groups:
            rows = []
            for choice in group:
                collection.settings = replace(settings, retrieval=_with(settings.retrieval, choice))
                rows.append([_judged(collection, one, step) for one in found])
            tuned.append(tune("passages found", group, np.array(rows), [one.id for one in found]))
        collection.settings = settings
        if answered:
            tuned.append(_passages(collection, answered, step))
            if tuned[-1].is_better:  # a threshold is that of so many passages
                looked_into = tuned[-1].chosen["answering.k"]
                collection.settings = replace(settings, answering=replace(settings.answering, k=looked_into))
        if is_refusable:
            tuned.append(_refusal(collection, found, missing, step))
    return tuned


def _groups(retrieval: Retrieval) -> list[list[Choice]]:
    """Settings that are tried one after the other, each with its choices; the first choice is the one in use."""
    tried: dict[str, Sequence[object]] = {"hops": _HOPS}
    if retrieval.mode == "hybrid":
        tried = {"dense_weight": _WEIGHTS} | tried
    return [
        [{f"retrieval.{name}": one} for one in _with_first(getattr(retrieval, name), choices)]
        for name, choices in tried.items()
    ]


def _with_first(in_use: object, choices: Sequence[object]) -> list[Any]:
    return [in_use, *(one for one in choices if one != in_use)]


class _Remembering:
    """An embedder that holds a question against each text once: the same questions are put under every choice."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.max_tokens, self.dimension = embedder.name, embedder.max_tokens, embedder.dimension
        self.count_tokens = embedder.count_tokens
        self.embed_question = lru_cache(maxsize=None)(embedder.embed_question)
        self.embed_documents = embedder.embed_documents
        self._likeness: dict[tuple[str, str], Likeness] = {}

    def likeness(self, question: str, texts: Sequence[str]) -> list[Likeness]:
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._likeness]
        for text, found in zip(new, self._embedder.likeness(question, new), strict=True):
            self._likeness[question, text] = found
        return [self._likeness[question, text] for text in texts]


def _with(retrieval: Retrieval, choice: Choice) -> Retrieval:
    return replace(retrieval, **{key.split(".")[1]: value for key, value in choice.items()})


def _judged(collection: "Collection", question: Question, step: Callable[[], None]) -> float:
    """The mean of nDCG, page hits, and whether the first passages hold the answer, as far as the question tells."""
    hits = collection.query(question.question, order="score").hits
    measured = ranking_measures(question, hits, collection.settings.retrieval.k)
    values = [value for name, value in measured.items() if name.startswith(_MEASURES)]
    if question.answers:
        values.append(best_answer(contains, "\n".join(hit.text for hit in hits[:LOOKED_INTO]), question.answers))
    step()
    return float(np.mean(values))


def _passages(collection: "Collection", questions: Sequence[Question], step: Callable[[], None]) -> Tuned:
    """More passages hold the answer more often, and more sentences that are quoted in its place."""
    answering = collection.settings.answering
    counts = [answering.k, *(k for k in _PASSAGES if k != (answering.k or LOOKED_INTO))]
    rows = []
    for question in questions:
        most = SEARCHED * max(k or LOOKED_INTO for k in counts)
        found = collection.query(question.question, most, order="score", merge=False)
        row = []
        for k in counts:
            ranking = _judged_as_asked(collection, found, k).ranking
            said = "\n".join(quote.source.unit.text for quote in ranking.best(answering.sentences))
            row.append(best_answer(contains, said, question.answers))
        rows.append(row)
        step()
    choices = [{"answering.k": k} for k in counts]
    return tune("quotes hold the answer", choices, np.array(rows).T, [one.id for one in questions])


def _refusal(
    collection: "Collection", found: Sequence[Question], missing: Sequence[Question], step: Callable[[], None]
) -> Tuned:
    """Each question counts so that the answerable and the others weigh the same: right is to answer these, refuse those."""
    thresholds = _with_first(collection.settings.answering.refuse_below, _THRESHOLDS)
    questions = [*found, *missing]
    chances = []
    for question in questions:
        chances.append(_chance(collection, question.question))
        step()
    known = np.array(chances)
    wanted = np.array([not one.unanswerable for one in questions])
    weight = np.where(wanted, len(questions) / 2 / len(found), len(questions) / 2 / len(missing))
    values = np.array([((known >= threshold) == wanted) * weight for threshold in thresholds])
    choices = [{"answering.refuse_below": threshold} for threshold in thresholds]
    return tune("answered or refused rightly", choices, values, [one.id for one in questions])


def _chance(collection: "Collection", question: str) -> float:
    k = collection.settings.answering.k
    found = collection.query(question, SEARCHED * (k or LOOKED_INTO), order="score", merge=False)
    if not found.hits:
        return 0.0
    return _judged_as_asked(collection, found, k).chance


def _judged_as_asked(collection: "Collection", found: Found, k: int | None) -> Judged:
    """What `ask` would make of these passages."""
    question, hits = understood(found), heard(found.hits)[: k or LOOKED_INTO]
    return judged(
        question, hits, collection.embedder(), smoothed_shares(collection), collection.page_blocks,
        collection.named_nowhere(question),
    )  # fmt: skip
