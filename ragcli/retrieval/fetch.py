"""Chunks as the catalog holds them become hits."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ragcli.reading.boxes import union
from ragcli.records import Hit, Place
from ragcli.retrieval.fusion import Fused
from ragcli.storage.catalog import Catalog

_CHUNK = """
SELECT c.document_id, c.ordinal, c.kind, coalesce(c.language, d.language), c.page, c.place, c.section, c.pages, c.boxes, c.text,
    d.title, d.author, d.date, d.type, d.meta,
    (SELECT method FROM pages WHERE document_id = d.id AND number IS c.page ORDER BY ordinal LIMIT 1)
FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.id = ?"""


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


def fetch(
    catalog: Catalog,
    ranked: Sequence[Fused],
    stages: Mapping[str, Stage] = MappingProxyType({}),
    hops: Mapping[int, tuple[int, str]] = MappingProxyType({}),
) -> Iterator[Hit]:
    """The chunks of a ranking one by one, as they are asked for."""
    for rank, one in enumerate(ranked, start=1):
        (
            document_id, ordinal, kind, language, page, place, section, pages, boxes, text,
            title, author, date, type_, meta, method,
        ) = catalog.sql.execute(_CHUNK, (one.chunk_id,)).fetchone()  # fmt: skip
        built_in = {"author": author, "date": date, "type": type_}
        files = catalog.sql.execute("SELECT path FROM files WHERE document_id = ? ORDER BY path", (document_id,))
        path, *copies = _there_first([row[0] for row in files]) or [""]
        scores = {name: stage.scores.get(one.chunk_id) for name, stage in stages.items()}
        ranks = {name: stage.ranks.get(one.chunk_id) for name, stage in stages.items()}
        yield Hit(
            rank=rank,
            score=one.score,
            chunk_id=one.chunk_id,
            path=path,
            text=text,
            title=title,
            page=page,
            pages=tuple(json.loads(pages)),
            place=place,
            section=tuple(json.loads(section)),
            kind=kind,
            bbox=union(box for number, box in json.loads(boxes) if number == page),
            language=language,
            method=method or "text",
            meta={key: value for key, value in built_in.items() if value} | json.loads(meta),
            scores={"dense": None, "lexical": None, "rerank": None} | scores,
            ranks={"fused": rank} | ranks | ({"final": rank} if "rerank" in stages else {}),
            hop=hops.get(one.chunk_id),
            chunk_ids=(one.chunk_id,),
            also=tuple(Place(copy, page, place, one.chunk_id) for copy in copies),
            document_id=document_id,
            ordinal=ordinal,
        )


def _there_first(paths: list[str]) -> list[str]:
    """Those of the places of one document that are still there, then those that an ingest of them will forget."""
    return sorted(paths, key=lambda path: not Path(path).exists()) if len(paths) > 1 else paths


def whole_document(catalog: Catalog, best: Hit) -> tuple[Hit, ...]:
    """All chunks of the document in which `best` stands, as they follow each other; `best` ranks first."""
    rows = catalog.sql.execute("SELECT id FROM chunks WHERE document_id = ? ORDER BY ordinal", (best.document_id,))
    hits = fetch(catalog, [Fused(chunk_id, 0.0) for (chunk_id,) in rows.fetchall()])
    return tuple(best if hit.chunk_id == best.chunk_id else replace(hit, rank=hit.rank + 1) for hit in hits)
