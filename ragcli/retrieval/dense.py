"""The nearest vectors of the catalog's segments, as chunks."""

import numpy as np

from ragcli.embedding.protocol import Vectors
from ragcli.retrieval.filters import Filter
from ragcli.retrieval.fusion import highest_first
from ragcli.storage.catalog import Catalog, rows_in
from ragcli.storage.segments import Ids, search_segments


def search_dense(
    catalog: Catalog, vector: Vectors, k: int, where: Filter | None, excluded: str = ""
) -> list[tuple[int, float]]:
    """Return the k nearest (chunk id, cosine), nearest first; `excluded` is an FTS5 expression of what must not be there."""
    selected, chosen = None, ""
    if where is not None:
        rows = catalog.sql.execute(f"SELECT vector_id FROM chunks WHERE id IN ({where.chunk_ids})", where.parameters)
        selected = np.unique(np.fromiter((row[0] for row in rows), np.int64))
        chosen = f"+id IN ({where.chunk_ids}) AND "
    ids, scores = search_segments(
        catalog.folder / "segments", catalog.segments(), vector, k, selected, _left_out(catalog, excluded)
    )
    score_of = dict(zip(ids.tolist(), scores.tolist(), strict=True))
    parameters = where.parameters if where else ()
    held = rows_in(catalog.sql, f"SELECT id, vector_id FROM chunks WHERE {chosen}vector_id", list(score_of), parameters)
    return highest_first({chunk: score_of[vector_id] for chunk, vector_id in held})[:k]


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
