"""From a question to hits: filter, search both indexes, fuse, rerank, lift what matches exactly, fetch."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from ragcli.embedding.protocol import Vectors
from ragcli.records import Hit, Place
from ragcli.retrieval.across import Trust, foreign, level
from ragcli.retrieval.exact import lift, prefer
from ragcli.retrieval.filters import Filter
from ragcli.retrieval.fusion import Fused, Scored, convex_combination, reciprocal_rank_fusion
from ragcli.retrieval.hops import REACH, Chain, Within, chains, lift_ends
from ragcli.retrieval.lexical import Lexical, Word, excluded_match, search_lexical
from ragcli.retrieval.passages import passages
from ragcli.retrieval.syntax import Query
from ragcli.settings import Mode, Retrieval
from ragcli.storage.catalog import Catalog
from ragcli.storage.segments import Ids, search_segments

if TYPE_CHECKING:
    from ragcli.retrieval.rerank import Reranker

# Of the dense side beside a lexical side whose best passage covers the question. By nDCG@10 on training questions (250 of
# squad, 250 of piaf_fr): 0.4 0.953 / 0.857, 0.7 0.957 / 0.860, 1 0.952 / 0.853, 1.4 0.948 / 0.839. The same without
# regard to coverage, weight 1: 0.953 / 0.854.
DENSE_WEIGHT = 0.7
COVERED = 0.8  # coverage from which the lexical side has its whole weight
PART_WEIGHT = 0.5  # of the ranking of a part of a question, beside that of the whole
_MORE = 3  # times k: chunks fetched at most, since some are the same or stand beside each other


@dataclass(frozen=True, slots=True)
class Reranking:
    """The model that rereads the candidates, and the milliseconds that it may take."""

    model: "Reranker"
    budget_ms: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One side's ranking, for `--explain` and for the scores of hits."""

    scores: Mapping[int, float]
    ranks: Mapping[int, int]

    @classmethod
    def of(cls, ranking: Sequence[tuple[int, float]]) -> "Stage":
        ranks = {chunk_id: rank for rank, (chunk_id, _) in enumerate(ranking, start=1)}
        return cls(dict(ranking), ranks)

    def heights(self) -> dict[int, float]:
        """The scores stretched to [0, 1]."""
        low, high = min(self.scores.values(), default=0.0), max(self.scores.values(), default=0.0)
        return {chunk_id: (score - low) / ((high - low) or 1.0) for chunk_id, score in self.scores.items()}


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one question finds: all candidates in their order, each side's own ranking, and the question's words."""

    ranked: list[Fused]
    stages: dict[str, Stage]
    words: tuple[Word, ...]
    exact: Sequence[Set[int]]

    def lifted(self, ranked: Sequence[Fused]) -> list[Fused]:
        """Another order of the candidates, in which what matches exactly comes early all the same."""
        return lift(ranked, self.exact, list(self.stages["lexical"].ranks))


def search(
    catalog: Catalog,
    asked: Sequence[tuple[Query, Vectors | None]],
    settings: Retrieval,
    mode: Mode,
    k: int,
    where: Filter | None,
    trust: Trust,
    merge: bool = True,
    reranking: Reranking | None = None,
) -> list[Hit]:
    """Return at most k hits, best first.

    Args:
        asked: the question with its vector, which is needed unless mode is lexical; then the parts that it was taken into.
    Returns: hits whose score is fused, cosine or BM25 by mode, of the ranks over all parts, or blended when reranked;
        `scores` and `ranks` hold each stage's own. Passages that say the same are one hit; with `merge` so are neighbours.
    """
    wanted = max(k, settings.candidates)
    own, *parts = (rank(catalog, *each, settings, mode, wanted, where, trust) for each in asked)
    query = asked[0][0]
    ranked, stages, words = own.ranked, own.stages, own.words
    if parts:
        rankings = [[one.chunk_id for one in each.ranked] for each in (own, *parts)]
        ranked = own.lifted(over_parts(rankings, settings.rank_constant))
    if reranking is not None and ranked:
        blended, more = _reranked(catalog, query.text, ranked, reranking)
        ranked, stages = own.lifted(blended), stages | more
    taken: list[Chain] = []
    if settings.hops != 1 and mode == "hybrid" and not query.only_operators:
        languages = [row[0] for row in catalog.sql.execute("SELECT DISTINCT language FROM documents")]
        within = Within(where, excluded_match(query, languages))
        found = chains(catalog, words, ranked, stages["dense"].heights(), settings.hops == "auto", within)
        ranked, taken = lift_ends(ranked, found, *REACH[str(settings.hops)])
    if settings.min_score is not None:
        ranked = [one for one in ranked if one.score >= settings.min_score]
    return passages(
        fetch(catalog, ranked[: _MORE * k], stages, {one.end: (one.start, one.name) for one in taken}), k, merge
    )


def rank(
    catalog: Catalog,
    query: Query,
    vector: Vectors | None,
    settings: Retrieval,
    mode: Mode,
    candidates: int,
    where: Filter | None,
    trust: Trust,
) -> Candidates:
    """Search both sides for one question."""
    languages = [row[0] for row in catalog.sql.execute("SELECT DISTINCT language FROM documents")]
    dense: list[tuple[int, float]] = []
    lexical = Lexical([], 0.0, [], frozenset())
    if mode != "dense" or query.only_operators:
        lexical = search_lexical(catalog.sql, query, languages, candidates, where)
    if mode != "lexical" and vector is not None:
        dense = search_dense(catalog, vector, candidates, where, excluded_match(query, languages))
        if query.only_operators:  # `"a phrase"` alone asks for passages that hold it
            required = set(dict(lexical.ranking))
            dense = [pair for pair in dense if pair[0] in required]
    stages = {"dense": Stage.of(dense), "lexical": Stage.of(lexical.ranking)}
    lexical_ids = [chunk_id for chunk_id, _ in lexical.ranking]
    if mode == "dense":
        ranked = [Fused(*pair) for pair in dense]
    elif mode == "lexical":
        ranked = prefer([Fused(*pair) for pair in lexical.ranking], lexical.preferred)
    else:
        others = foreign(catalog, [chunk_id for chunk_id, _ in dense], trust.across)
        fused = _fused(dense, lexical, others, settings, candidates, trust.weight)
        ranked = lift(fused, lexical.exact, lexical_ids)
    return Candidates(ranked, stages, lexical.words, lexical.exact)


def over_parts(rankings: Sequence[Sequence[int]], rank_constant: int) -> list[Fused]:
    """The question's own ranking, the first, fused by ranks with those of its parts; 1 for what is first in all."""
    weights = [1.0, *([PART_WEIGHT] * (len(rankings) - 1))]
    most = sum(weights) / (rank_constant + 1)
    return [replace(one, score=one.score / most) for one in reciprocal_rank_fusion(rankings, weights, rank_constant)]


def _fused(
    dense: list[tuple[int, float]],
    lexical: Lexical,
    others: Set[int],
    settings: Retrieval,
    candidates: int,
    dense_weight: float,
) -> list[Fused]:
    """Args: others: chunks in another language than the question."""
    near = Scored(dense, dense[-1][1] if dense else 0.0)
    # A chunk without any word of the question would score 0, so that is the floor unless the list was cut before.
    worded = Scored(lexical.ranking, lexical.ranking[-1][1] if len(lexical.ranking) == candidates else 0.0)
    sides = [near, level(near, worded, others)]
    if settings.fusion == "ranks":
        rankings = [[chunk_id for chunk_id, _ in side.ranking] for side in sides]
        fused = reciprocal_rank_fusion(rankings, [dense_weight, 1.0], settings.rank_constant)
    else:
        fused = convex_combination(sides, [dense_weight, min(1.0, lexical.coverage / COVERED)])
    return prefer(fused, lexical.preferred)


def _reranked(
    catalog: Catalog, question: str, ranked: list[Fused], reranking: Reranking
) -> tuple[list[Fused], dict[str, Stage]]:
    from ragcli.retrieval.rerank import blend, score_within  # here: a question without reranking needs none of it

    def texts(chunk_ids: Sequence[int]) -> list[str]:
        return [_with_context(catalog, chunk_id) for chunk_id in chunk_ids]

    scored = score_within(reranking.budget_ms, question, ranked, texts, reranking.model)
    by_score = sorted(scored, key=lambda pair: -pair[1])  # stable: equal ones in the order of the fusion
    stages = {"rerank": Stage.of(by_score), "fused": Stage.of([(one.chunk_id, one.score) for one in ranked])}
    return blend(ranked, scored, reranking.model.is_probability), stages


def _with_context(catalog: Catalog, chunk_id: int) -> str:
    """What the embedding model read before a passage, and the whole passage."""
    from ragcli.chunking.embedded import in_context

    text, title, section = catalog.sql.execute(
        "SELECT c.text, d.title, c.section FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.id = ?",
        (chunk_id,),
    ).fetchone()
    return in_context(title, json.loads(section), text)


def search_dense(
    catalog: Catalog, vector: Vectors, k: int, where: Filter | None = None, excluded: str = ""
) -> list[tuple[int, float]]:
    """Return the k nearest (chunk id, cosine), nearest first; `excluded` is an FTS5 expression of what must not be there."""
    selected, chosen = None, None
    if where is not None:
        rows = catalog.sql.execute(
            f"SELECT id, vector_id FROM chunks WHERE id IN ({where.chunk_ids})", where.parameters
        )
        chosen = dict(rows.fetchall())
        selected = np.unique(np.fromiter(chosen.values(), np.int64, len(chosen)))
    ids, scores = search_segments(
        catalog.folder / "segments", catalog.segments(), vector, k, selected, _left_out(catalog, excluded)
    )
    found: list[tuple[int, float]] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500].tolist()
        score_of = dict(zip(part, scores[start : start + 500].tolist(), strict=True))
        marks = ",".join("?" * len(part))
        rows = catalog.sql.execute(f"SELECT id, vector_id FROM chunks WHERE vector_id IN ({marks})", part)
        found += [(chunk, score_of[vector]) for chunk, vector in rows if chosen is None or chunk in chosen]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]


def _left_out(catalog: Catalog, excluded: str) -> Ids:
    """The dead vectors, and those of passages that hold what was excluded."""
    dead = catalog.dead_vectors()
    if not excluded:
        return dead
    rows = catalog.sql.execute(
        "SELECT DISTINCT vector_id FROM chunks WHERE id IN (SELECT rowid FROM lexical WHERE lexical MATCH ?)",
        (excluded,),
    )
    return np.union1d(dead, np.array([row[0] for row in rows], np.int64))


def whole_document(catalog: Catalog, best: Hit) -> tuple[Hit, ...]:
    """All chunks of the document in which `best` stands, as they follow each other; `best` ranks first."""
    ids = [
        row[0]
        for row in catalog.sql.execute(
            "SELECT id FROM chunks WHERE document_id = ? ORDER BY ordinal", (best.document_id,)
        )
    ]
    hits = fetch(catalog, [Fused(chunk_id, 0.0) for chunk_id in ids], {})
    return tuple(best if hit.chunk_id == best.chunk_id else replace(hit, rank=hit.rank + 1) for hit in hits)


def fetch(
    catalog: Catalog,
    ranked: Sequence[Fused],
    stages: Mapping[str, Stage],
    hops: Mapping[int, tuple[int, str]] = MappingProxyType({}),
) -> Iterator[Hit]:
    """The chunks of a ranking one by one, as they are asked for."""
    for rank, one in enumerate(ranked, start=1):
        row = catalog.sql.execute(
            "SELECT c.document_id, c.ordinal, c.kind, coalesce(c.language, d.language), c.page, c.place, c.section, c.pages,"
            " c.boxes, c.text, d.title, d.author, d.date, d.type, d.meta,"
            " (SELECT method FROM pages WHERE document_id = d.id AND number IS c.page ORDER BY ordinal LIMIT 1)"
            " FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.id = ?",
            (one.chunk_id,),
        ).fetchone()
        boxes = [box for page, box in json.loads(row[8]) if page == row[4]]
        built_in = {"author": row[11], "date": row[12], "type": row[13]}
        paths = [
            path
            for (path,) in catalog.sql.execute("SELECT path FROM files WHERE document_id = ? ORDER BY path", (row[0],))
        ]
        sides = {name: stage.scores.get(one.chunk_id) for name, stage in stages.items()}
        yield Hit(
            rank=rank,
            score=one.score,
            chunk_id=one.chunk_id,
            path=paths[0] if paths else "",
            text=row[9],
            title=row[10],
            page=row[4],
            pages=tuple(json.loads(row[7])),
            place=row[5],
            section=tuple(json.loads(row[6])),
            kind=row[2],
            bbox=(
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
            if boxes
            else None,
            language=row[3],
            method=row[15] or "text",
            meta={key: value for key, value in built_in.items() if value} | json.loads(row[14]),
            scores={"dense": None, "lexical": None, "rerank": None} | sides,
            ranks={"fused": rank}
            | {name: stage.ranks.get(one.chunk_id) for name, stage in stages.items()}
            | ({"final": rank} if "rerank" in stages else {}),
            hop=hops.get(one.chunk_id),
            chunk_ids=(one.chunk_id,),
            also=tuple(Place(path, row[4], row[5], one.chunk_id) for path in paths[1:]),
            document_id=row[0],
            ordinal=row[1],
        )
