"""One question to several collections: each is searched by itself, and their passages are put in one order.

The score within a collection says how a passage compares with the others there. Between collections only absolute measures
are fair: the cosine on the scale of the collection's own model, and the share of the question's words that is covered.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ragcli.answering.scale import Scale, scale_of
from ragcli.answering.terms import terms
from ragcli.collection import Collection
from ragcli.errors import UsageError
from ragcli.records import Found, Hit
from ragcli.retrieval.fusion import Fused
from ragcli.retrieval.passages import in_document_order, passages
from ragcli.retrieval.search import COVERED, DENSE_WEIGHT
from ragcli.retrieval.syntax import parse

if TYPE_CHECKING:
    from ragcli.retrieval.rerank import Reranker

WITHIN = 0.75  # of the best collection's strength: those that a route takes
_DESCRIPTION = 0.2  # of a collection's strength, when its description holds all words of the question
_LOOKED_AT = 5  # passages of each collection that a route judges by


@dataclass(frozen=True, slots=True)
class Route:
    """A collection, how well it fits the question (0 to about 1), whether it is searched, and why."""

    collection: str
    strength: float
    is_taken: bool
    why: str


def query(collections: Sequence[Collection], question: str, k: int | None = None, where: Sequence[str] = ()) -> Found:
    """Search all; hits name their collection. A field that only some know is no reason to fail: the others have no hit.

    Raises: UsageError when no collection knows a field of `where`; else as `Collection.query`.
    """
    started = time.perf_counter()
    settings = collections[0].settings.retrieval
    wanted = k or settings.k
    found, wrong = _each(collections, question, wanted, where)
    if not found:
        raise wrong[0]
    pooled = sorted((hit for each in found for hit in each), key=lambda hit: (-hit.score, hit.path, hit.ordinal))
    if reranker := collections[0].reranker():
        pooled = _reranked(pooled, question, reranker, collections[0].settings.rerank.budget_ms)
    hits = passages(pooled, wanted, merge=False)
    if settings.order == "document":
        hits = in_document_order(hits)
    seconds = {"total": round(time.perf_counter() - started, 4)}
    names = ",".join(collection.name for collection in collections)
    seconds = dict.fromkeys(("load", "embed", "search"), 0.0) | seconds
    warnings = (reranker.warning,) if reranker and reranker.warning else ()
    return Found(question, names, settings.mode, tuple(hits), seconds, warnings)


def route(collections: Sequence[Collection], question: str, where: Sequence[str] = ()) -> list[Route]:
    """Judge each collection by its best passage and its description; the strongest first.

    Raises: as `query`.
    """
    judged: list[tuple[float, str, Collection]] = []
    for collection in collections:
        found, wrong = _each([collection], question, _LOOKED_AT, where)
        if wrong and len(collections) == 1:
            raise wrong[0]
        hits = found[0] if found else []
        asked = terms(question, hits[0].language if hits else None)
        described = terms(collection.description or "", hits[0].language if hits else None)
        share = len(asked & described) / len(asked) if asked else 0.0
        best = hits[0].score if hits else 0.0
        covers = max((hit.covers or 0.0 for hit in hits), default=0.0)
        why = f"best passage {best:.2f}, words covered {min(1.0, covers):.0%}"
        why += f", description {share:.0%}" if collection.description else ""
        judged.append((best + _DESCRIPTION * share, why, collection))
    judged.sort(key=lambda one: (-one[0], one[2].name))
    strongest = judged[0][0] if judged else 0.0
    return [
        Route(collection.name, round(strength, 3), strength > 0 and strength >= WITHIN * strongest, why)
        for strength, why, collection in judged
    ]


def _each(
    collections: Sequence[Collection], question: str, k: int, where: Sequence[str]
) -> tuple[list[list[Hit]], list[UsageError]]:
    found: list[list[Hit]] = []
    wrong: list[UsageError] = []
    for collection in collections:
        try:
            hits = collection.query(question, k, where=where, order="score", rerank=False).hits
        except UsageError as error:
            wrong.append(error)
            continue
        scale = None if collection.settings.retrieval.mode == "lexical" else scale_of(collection.embedder())
        lowest = min((score for hit in hits if (score := hit.scores["dense"]) is not None), default=0.0)
        rescored = [replace(hit, score=absolute(hit, scale, lowest), collection=collection.name) for hit in hits]
        found.append(sorted(rescored, key=lambda hit: -hit.score))
    return found, wrong


def _reranked(pooled: Sequence[Hit], question: str, reranker: "Reranker", budget_ms: int) -> list[Hit]:
    """The hits of all collections, reread together: a cross-encoder's scores mean the same in each."""
    from ragcli.chunking.embedded import context_of
    from ragcli.retrieval.rerank import blend, score_within

    def texts(places: Sequence[int]) -> list[str]:
        return [f"{context_of(pooled[at].title, pooled[at].section)}\n{pooled[at].text}".strip() for at in places]

    ranked = [Fused(at, hit.score) for at, hit in enumerate(pooled)]
    scored = score_within(budget_ms, parse(question).text, ranked, texts, reranker)
    scores = dict(scored)
    return [
        replace(
            pooled[one.chunk_id],
            score=one.score,
            scores={**pooled[one.chunk_id].scores, "rerank": scores.get(one.chunk_id)},
        )
        for one in blend(ranked, scored, reranker.is_probability)
    ]


def absolute(hit: Hit, scale: Scale | None, lowest: float) -> float:
    """A score, 0 to 1, that means the same in each collection.

    Args:
        scale: of the collection's embedding model; None: the dense side was not asked.
        lowest: the cosine that a hit is taken to have which the dense side did not bring.
    """
    cosine = hit.scores["dense"]
    near = 0.0 if scale is None else min(1.0, max(0.0, scale(lowest if cosine is None else cosine)))
    covers = min(1.0, (hit.covers or 0.0) / COVERED)
    weight = 0.0 if scale is None else DENSE_WEIGHT
    return (weight * near + covers) / (weight + 1)
