"""`rag index`: merge and tidy; with `rebuild`, cut and embed every stored page anew, without opening a single file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ragcli.chunking import chunk
from ragcli.collection.ingest import text_hash
from ragcli.collection.model import load_model, probe_languages, write_model
from ragcli.embedding.protocol import Embedder
from ragcli.records import Document, Page, SecondPass
from ragcli.settings import Settings
from ragcli.storage.catalog import Catalog, unpack_blocks
from ragcli.storage.merge import merge, sweep
from ragcli.storage.segments import write_segment

_DOCUMENTS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What `rag index` did."""

    documents: int
    chunks: int
    merged: int  # segments that became one
    model: str | None
    rebuilt: bool
    second_pass: SecondPass = field(default_factory=SecondPass)


def index(
    catalog: Catalog, settings: Settings, home: Path, rebuild: bool, on_progress: Callable[[int, int], None] | None
) -> IndexReport:
    """Tidy the index in one transaction; the old generation answers until the commit."""
    sweep(catalog)
    with catalog.transaction():
        if rebuild:
            _rebuild(catalog, settings, home, on_progress)
        record = catalog.setting("model")
        merged = merge(catalog, record["dimension"], everything=True) if record else 0
        catalog.sql.execute("INSERT INTO lexical (lexical) VALUES ('optimize')")
        catalog.count_common_terms()
    (documents,) = catalog.sql.execute("SELECT count(*) FROM documents").fetchone()
    (chunks,) = catalog.sql.execute("SELECT count(*) FROM chunks").fetchone()
    return IndexReport(documents, chunks, merged, (record or {}).get("name"), rebuild)


def _rebuild(catalog: Catalog, settings: Settings, home: Path, on_progress: Callable[[int, int], None] | None) -> None:
    embedder, record, _ = load_model(settings.embedding, home, catalog.languages())
    ids = [row[0] for row in catalog.sql.execute("SELECT id FROM documents ORDER BY id")]
    for document_id in ids:
        catalog.remove_chunks(document_id)
    for segment in catalog.segments():
        catalog.drop_segment(segment)
    catalog.sql.execute("DELETE FROM dead_vectors")
    catalog.sql.execute("DELETE FROM vectors")
    write_model(catalog, record, embedder)
    probe_languages(catalog, embedder)
    for start in range(0, len(ids), _DOCUMENTS_AT_ONCE):
        embed_documents(catalog, settings, embedder, ids[start : start + _DOCUMENTS_AT_ONCE])
        if on_progress:
            on_progress(min(start + _DOCUMENTS_AT_ONCE, len(ids)), len(ids))


def embed_documents(catalog: Catalog, settings: Settings, embedder: Embedder, ids: list[int]) -> None:
    """Cut stored documents, whose chunks are gone, and embed the texts that have no vector yet. Needs a transaction."""
    cut = {
        document_id: chunk(
            stored_document(catalog, document_id), settings.chunking, embedder.count_tokens, embedder.max_tokens
        )
        for document_id in ids
    }
    texts = {text_hash(one.embedded): one.embedded for chunks in cut.values() for one in chunks}
    known = catalog.known_vectors(list(texts))
    fresh = [each for each in texts if each not in known]
    if fresh:
        vector_ids = catalog.add_vectors(fresh)
        vectors = embedder.embed_documents([texts[each] for each in fresh])
        catalog.add_segment(write_segment(catalog.folder / "segments", vector_ids, vectors))
        known.update(zip(fresh, vector_ids.tolist(), strict=True))
    for document_id, chunks in cut.items():
        catalog.add_chunks(document_id, chunks, [known[text_hash(one.embedded)] for one in chunks])


def stored_document(catalog: Catalog, document_id: int) -> Document:
    """A document as it was read, from the catalog alone."""
    kind, title, author, date, language = catalog.sql.execute(
        "SELECT type, title, author, date, language FROM documents WHERE id = ?", (document_id,)
    ).fetchone()
    return Document(kind, tuple(_pages(catalog, document_id)), title, author, date, language)


def _pages(catalog: Catalog, document_id: int) -> Iterator[Page]:
    rows = catalog.sql.execute(
        "SELECT number, blocks, place, method, images, problem, width, height FROM pages WHERE document_id = ?"
        " ORDER BY ordinal",
        (document_id,),
    ).fetchall()
    for number, blocks, place, method, images, problem, width, height in rows:
        yield Page(number, tuple(unpack_blocks(blocks)), place, method, images, problem, width, height)
