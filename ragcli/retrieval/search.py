"""From a question to hits: filter, search both indexes, fuse, fetch."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ragcli.embedding.protocol import Vectors
from ragcli.records import Hit
from ragcli.retrieval.filters import Filter
from ragcli.retrieval.fusion import Fused, Scored, convex_combination, reciprocal_rank_fusion
from ragcli.retrieval.lexical import search_lexical
from ragcli.settings import Mode, Retrieval
from ragcli.storage.catalog import Catalog
from ragcli.storage.segments import search_segments


def search(
    catalog: Catalog,
    question: str,
    vector: Vectors | None,
    settings: Retrieval,
    mode: Mode,
    k: int,
    where: Filter | None,
    dense_weight: float,
) -> list[Hit]:
    """Return at most k hits, best first. `vector` is the question's, and needed unless mode is lexical.

    The scores of hits: fused, cosine or BM25 by mode; `scores` holds each side's own.
    """
    candidates = max(k, settings.candidates)
    dense: list[tuple[int, float]] = []
    lexical: list[tuple[int, float]] = []
    if mode != "lexical" and vector is not None:
        dense = search_dense(catalog, vector, candidates, where)
    if mode != "dense":
        languages = [row[0] for row in catalog.sql.execute("SELECT DISTINCT language FROM documents")]
        lexical = search_lexical(catalog.sql, question, languages, candidates, where)
    if mode == "dense":
        ranked = [Fused(chunk_id, score) for chunk_id, score in dense]
    elif mode == "lexical":
        ranked = [Fused(chunk_id, score) for chunk_id, score in lexical]
    elif settings.fusion == "ranks":
        rankings = [[chunk_id for chunk_id, _ in side] for side in (dense, lexical)]
        ranked = reciprocal_rank_fusion(rankings, [dense_weight, 1.0], settings.rank_constant)
    else:
        # A chunk without any word of the question would score 0, so that is the floor unless the list was cut before.
        floors = dense[-1][1] if dense else 0.0, lexical[-1][1] if len(lexical) == candidates else 0.0
        sides = [Scored(side, floor) for side, floor in zip((dense, lexical), floors, strict=True)]
        ranked = convex_combination(sides, [dense_weight, 1.0])
    if settings.min_score is not None:
        ranked = [one for one in ranked if one.score >= settings.min_score]
    return fetch(catalog, ranked[:k], dict(dense), dict(lexical))


def search_dense(catalog: Catalog, vector: Vectors, k: int, where: Filter | None = None) -> list[tuple[int, float]]:
    """Return the k nearest (chunk id, cosine), nearest first."""
    selected, chosen = None, None
    if where is not None:
        rows = catalog.sql.execute(
            f"SELECT id, vector_id FROM chunks WHERE id IN ({where.chunk_ids})", where.parameters
        )
        chosen = dict(rows.fetchall())
        selected = np.unique(np.fromiter(chosen.values(), np.int64, len(chosen)))
    ids, scores = search_segments(
        catalog.folder / "segments", catalog.segments(), vector, k, selected, catalog.dead_vectors()
    )
    found: list[tuple[int, float]] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500].tolist()
        score_of = dict(zip(part, scores[start : start + 500].tolist(), strict=True))
        marks = ",".join("?" * len(part))
        rows = catalog.sql.execute(f"SELECT id, vector_id FROM chunks WHERE vector_id IN ({marks})", part)
        found += [(chunk, score_of[vector]) for chunk, vector in rows if chosen is None or chunk in chosen]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]


def fetch(catalog: Catalog, ranked: Sequence[Fused], dense: dict[int, float], lexical: dict[int, float]) -> list[Hit]:
    hits: list[Hit] = []
    for rank, one in enumerate(ranked, start=1):
        row = catalog.sql.execute(
            "SELECT c.document_id, c.ordinal, c.kind, coalesce(c.language, d.language), c.page, c.place, c.section, c.pages,"
            " c.boxes, c.text, d.title, d.author, d.date, d.type, d.meta,"
            " (SELECT min(path) FROM files WHERE document_id = d.id),"
            " (SELECT method FROM pages WHERE document_id = d.id AND number IS c.page ORDER BY ordinal LIMIT 1)"
            " FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.id = ?",
            (one.chunk_id,),
        ).fetchone()
        boxes = [box for page, box in json.loads(row[8]) if page == row[4]]
        built_in = {"author": row[11], "date": row[12], "type": row[13]}
        hits.append(
            Hit(
                rank=rank,
                score=one.score,
                chunk_id=one.chunk_id,
                path=row[15] or "",
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
                method=row[16] or "text",
                meta={key: value for key, value in built_in.items() if value} | json.loads(row[14]),
                scores={"dense": dense.get(one.chunk_id), "lexical": lexical.get(one.chunk_id), "rerank": None},
                document_id=row[0],
                ordinal=row[1],
            )
        )
    return hits


def in_document_order(hits: Sequence[Hit]) -> list[Hit]:
    """The same hits as they follow each other in their documents; a document comes where its best hit ranked.

    Source: Yu, Xu, Akkiraju, "In Defense of RAG in the Era of Long-Context Language Models", 2024 (order-preserving RAG).
    """
    first: dict[int, int] = {}
    for hit in hits:
        first.setdefault(hit.document_id, hit.rank)
    ordered = sorted(hits, key=lambda hit: (first[hit.document_id], hit.ordinal))
    return [replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1)]
