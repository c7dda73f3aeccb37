"""One question to several collections: each is searched by itself, and their passages are put in one order.

The score within a collection says how a passage compares with the others there. Between collections only absolute measures
are fair: the cosine on the scale of the collection's own model, and the share of the question's words that is covered, each
word weighing the same in all.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from ragcli.answering.refusing.scale import Scale, scale_of
from ragcli.clock import Clock
from ragcli.collection import Collection
from ragcli.collection.model import trust_in_model
from ragcli.collection.query import Among, rewrite, without_slips
from ragcli.errors import UsageError
from ragcli.records import Found, Hit
from ragcli.retrieval.across import Trust, spoken
from ragcli.retrieval.exact import lift
from ragcli.retrieval.fusion import Fused
from ragcli.retrieval.lexical import exact_over, share_held, weigh
from ragcli.retrieval.passages import in_document_order, passages
from ragcli.retrieval.question.syntax import Query, parse
from ragcli.retrieval.search import over_parts
from ragcli.settings import Mode, Order

if TYPE_CHECKING:
    from ragcli.retrieval.rerank import Reranker

# How much of a cover the distance to the median of its collection's passages is worth to a passage in another language.
# nDCG@10 on training questions, together: of xquad over texts half in Chinese, half in Thai, within a language and across,
# with 0 1.000, 0.149; 2 0.988, 0.672; 4 0.973, 0.767; the whole nearness 0.964, 0.786. Of squad over 20 texts beside piaf_fr
# and scifact 0.846, 0.846, 0.845, 0.844.
_STANDS_OUT = 2.0
# Share of the question's words, by weight, from which a passage covers it. nDCG@10 of 53 training questions of squad over 20
# texts, beside hotpotqa and scifact whole, and beside piaf_fr and scifact: by each collection's own BM25 0.705, 0.814; 0.8
# 0.792, 0.846; 0.9 0.795, 0.839; 1 0.794, 0.835. With all texts in one collection 0.810 of the first; the 20 alone 0.865.
_ENOUGH = 0.8


def query(
    collections: Sequence[Collection],
    question: str,
    k: int | None = None,
    where: Sequence[str] = (),
    mode: Mode | None = None,
    order: Order | None = None,
    merge: bool = True,
    lead: Collection | None = None,
) -> Found:
    """Search all; hits name their collection. A field that only some know is no reason to fail: the others have no hit.

    Args:
        lead: whose language model rewrites and whose cross-encoder rereads; the first by default.
    Raises: UsageError when no collection knows a field of `where`; else as `Collection.query`.
    """
    started = time.perf_counter()
    lead = lead or collections[0]
    settings = lead.settings.retrieval
    wanted = k or settings.k
    clock = Clock()
    with clock.step("load"):
        embedder = None if (mode or settings.mode) == "lexical" else lead.embedder()
        understood, slips = without_slips([one.catalog() for one in collections], question, embedder)
    asked = parse(understood)
    with clock.step("embed"):
        rewritten = rewrite(lead, asked, mode or settings.mode)
    without = "".join(f' -"{words}"' for words in asked.excluded)
    # what a part finds is far down, by the whole
    deep = max(wanted, settings.candidates) if rewritten.parts else wanted
    pools = [
        _pooled(collections, text, deep, where, mode, merge, rewritten.passage, clock)
        for text in (understood, *(part + without for part in rewritten.parts))
    ]
    pooled = _over_parts(pools, settings.rank_constant) if rewritten.parts else pools[0]
    if reranker := lead.reranker():
        pooled = _reranked(pooled, understood, reranker, lead.settings.rerank.budget_ms)
    if (mode or settings.mode) == "hybrid":
        pooled = _lifted(pooled, collections, asked)
    if settings.min_score is not None:
        pooled = [hit for hit in pooled if hit.score >= settings.min_score]
    hits = passages(pooled, wanted, merge=False)
    if (order or settings.order) == "document":
        hits = in_document_order(hits)
    clock.seconds["search"] = time.perf_counter() - started - sum(clock.seconds.values())
    names = ",".join(collection.name for collection in collections)
    warnings = slips + ((reranker.warning,) if reranker and reranker.warning else ())
    understood_so = understood if understood != question else None
    return Found(
        question, names, mode or settings.mode, tuple(hits), clock.told(), warnings, rewritten.lines, understood_so
    )


def _pooled(
    collections: Sequence[Collection],
    question: str,
    k: int,
    where: Sequence[str],
    mode: Mode | None,
    merge: bool,
    passage: str | None,
    clock: Clock,
) -> list[Hit]:
    """The passages of all, best first; `clock` gains what each collection took to load and to embed."""
    found, wrong = each_found(collections, question, k, where, mode, merge, passage)
    if not found:
        raise wrong[0]
    for step in ("load", "embed"):
        clock.seconds[step] += sum(each.seconds[step] for each in found.values())
    return sorted(
        (hit for each in found.values() for hit in each.hits), key=lambda hit: (-hit.score, hit.rank, hit.collection)
    )


def _over_parts(pools: Sequence[Sequence[Hit]], rank_constant: int) -> list[Hit]:
    """The passages of the question and of its parts in one order."""
    hits: dict[tuple[str | None, int], Hit] = {}  # by collection and chunk, each as the first pool has it
    numbers: dict[tuple[str | None, int], int] = {}
    rankings: list[list[int]] = []
    for pool in pools:
        keys = [(hit.collection, hit.chunk_id) for hit in pool]
        hits = dict(zip(keys, pool, strict=True)) | hits
        rankings.append([numbers.setdefault(key, len(numbers)) for key in keys])
    known = list(numbers)
    return [replace(hits[known[one.chunk_id]], score=one.score) for one in over_parts(rankings, rank_constant)]


def each_found(
    collections: Sequence[Collection],
    question: str,
    k: int,
    where: Sequence[str],
    mode: Mode | None = None,
    merge: bool = True,
    passage: str | None = None,
    by_subject: bool = False,
) -> tuple[dict[str, Found], list[UsageError]]:
    """By collection its passages, with comparable scores; and what is wrong with `where` for the others.

    Args:
        passage: one that could answer, towards which the question's vectors move.
        by_subject: the scores are to tell collections apart, not passages; see `weigh`.
    """
    found: dict[str, Found] = {}
    wrong: list[UsageError] = []
    catalogs = [collection.catalog() for collection in collections]
    asked = parse(question).text
    mode = mode or collections[0].settings.retrieval.mode
    weights = {} if mode == "dense" else weigh([catalog.sql for catalog in catalogs], asked, by_subject)
    among = Among(sorted({one for each in catalogs for one in spoken(each.setting("languages") or {})}), passage)
    for collection, catalog in zip(collections, catalogs, strict=True):
        try:
            own = collection.query(question, k, mode, where, order="score", merge=merge, among=among)
        except UsageError as error:
            wrong.append(error)
            continue
        trust = trust_in_model(catalog, asked, collection.settings.retrieval.dense_weight, among.languages)
        scale = None if mode == "lexical" else scale_of(collection.embedder())
        shares = [share_held(hit.titled_text, hit.language, weights) for hit in own.hits]
        hits = [replace(hit, covers=share) for hit, share in zip(own.hits, shares, strict=True)]
        # What stands early by an exact match or a second hop stays there: the scores go to the places, not to the hits.
        falling = sorted(absolute(hits, scale, trust), reverse=True)
        comparable = (
            replace(
                hit,
                score=score,
                collection=collection.name,
                also=tuple(replace(place, collection=collection.name) for place in hit.also),
            )
            for hit, score in zip(hits, falling, strict=True)
        )
        found[collection.name] = replace(own, hits=tuple(comparable))
    return found, wrong


def _reranked(pooled: Sequence[Hit], question: str, reranker: "Reranker", budget_ms: int) -> list[Hit]:
    """The hits of all collections, reread together: a cross-encoder's scores mean the same in each."""
    from ragcli.chunking.embedded import in_context
    from ragcli.retrieval.rerank import blend, score_within

    def texts(places: Sequence[int]) -> list[str]:
        return [in_context(hit.title, hit.section, hit.text) for hit in (pooled[at] for at in places)]

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


def _lifted(pooled: Sequence[Hit], collections: Sequence[Collection], asked: Query) -> list[Hit]:
    """The hits in an order in which what matches exactly comes early, from whichever collection."""
    at = {collection.name: place for place, collection in enumerate(collections)}
    keys = [{(at[hit.collection or ""], chunk_id) for chunk_id in hit.chunk_ids} for hit in pooled]
    exact = [
        frozenset(place for place, key in enumerate(keys) if key & holding)
        for holding in exact_over([collection.catalog().sql for collection in collections], asked)
    ]
    ranked = [Fused(place, hit.score) for place, hit in enumerate(pooled)]
    return [replace(pooled[one.chunk_id], score=one.score) for one in lift(ranked, exact, range(len(pooled)))]


def absolute(hits: Sequence[Hit], scale: Scale | None, trust: Trust) -> list[float]:
    """For each of a collection's passages a score, 0 to 1, that means the same in each collection.

    A passage in another language than the question covers none of its words, however well it answers; any that has some
    would stand before it. How far it stands out among those beside it says what its words can't: their mere nearness
    would say too much, for what has nothing to do with the question is nearer by one model than by another.

    Args:
        scale: of the collection's embedding model; None: the dense side was not asked.
    """
    cosines = [hit.scores["dense"] for hit in hits]
    lowest = min((one for one in cosines if one is not None), default=0.0)  # one that was not brought has no more
    nearness = [
        0.0 if scale is None else min(1.0, max(0.0, scale(lowest if cosine is None else cosine))) for cosine in cosines
    ]
    usual = median(nearness) if nearness else 0.0
    weight = 0.0 if scale is None else trust.weight
    scores = []
    for hit, near in zip(hits, nearness, strict=True):
        covers = min(1.0, (hit.covers or 0.0) / _ENOUGH)
        if hit.language in trust.across:
            covers = max(covers, min(near, _STANDS_OUT * (near - usual)))
        scores.append((weight * near + covers) / (weight + 1))
    return scores
