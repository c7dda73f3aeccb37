"""Documents as the catalog has them: read back, cut and embedded anew, without opening a single file."""

from collections.abc import Iterator

from ragcli.chunking import chunk
from ragcli.collection.vectors import add_chunks, embed, store
from ragcli.embedding.protocol import Embedder
from ragcli.records import Document, Page
from ragcli.settings import Settings
from ragcli.storage.catalog import Catalog, unpack_blocks


def embed_documents(catalog: Catalog, settings: Settings, embedder: Embedder, ids: list[int]) -> None:
    """Cut stored documents, whose chunks are gone, and embed the texts that have no vector yet. Needs a transaction."""
    cut = {
        document_id: chunk(
            stored_document(catalog, document_id), settings.chunking, embedder.count_tokens, embedder.max_tokens
        )
        for document_id in ids
    }
    vector_ids = store(catalog, embed(catalog, embedder, (one for chunks in cut.values() for one in chunks)))
    for document_id, chunks in cut.items():
        add_chunks(catalog, document_id, chunks, vector_ids)


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
