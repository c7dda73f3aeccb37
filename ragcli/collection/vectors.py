"""The vectors of texts: each text is embedded once, and not at all where another collection has its vector."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ragcli.embedding.protocol import Embedder, Vectors
from ragcli.records import Chunk
from ragcli.storage.borrow import borrow
from ragcli.storage.catalog import Catalog
from ragcli.storage.segments import write_segment


@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts by their hashes: the ids of vectors that a collection holds, and the vectors that it does not hold yet."""

    known: Mapping[bytes, int]
    fresh: Sequence[bytes]
    vectors: Vectors  # of the fresh, shape (len(fresh), dimension)


def embed(catalog: Catalog, embedder: Embedder, chunks: Iterable[Chunk], lenders: Path | None = None) -> Embedded:
    """Embed what is new among the texts of `chunks`; nothing is stored yet.

    Args:
        lenders: the home whose other collections are asked for vectors; None: all that is new is embedded.
    """
    texts = {_hash(one.embedded): one.embedded for one in chunks}
    known = catalog.known_vectors(list(texts))
    fresh = [each for each in texts if each not in known]
    if not fresh:
        return Embedded(known, fresh, np.empty((0, embedder.dimension), np.float32))
    fingerprint = (catalog.setting("model") or {}).get("fingerprint")
    lent = borrow(lenders, catalog.folder, fingerprint, fresh) if lenders and fingerprint else {}
    missing = [each for each in fresh if each not in lent]
    embedded = embedder.embed_documents([texts[each] for each in missing])
    if lent:
        rows = lent | dict(zip(missing, embedded, strict=True))
        embedded = np.stack([rows[each] for each in fresh])
    return Embedded(known, fresh, embedded)


def store(catalog: Catalog, embedded: Embedded) -> dict[bytes, int]:
    """Write the new vectors as a segment; return the ids of all, by hash. Needs an open transaction."""
    if not embedded.fresh:
        return dict(embedded.known)
    ids = catalog.add_vectors(embedded.fresh)
    catalog.add_segment(write_segment(catalog.folder / "segments", ids, [embedded.vectors]))
    return {**embedded.known, **dict(zip(embedded.fresh, ids.tolist(), strict=True))}


def add_chunks(catalog: Catalog, document_id: int, chunks: Sequence[Chunk], vector_ids: Mapping[bytes, int]) -> None:
    """Give a document its chunks, whose texts have the vectors that `store` returned. Needs an open transaction."""
    catalog.add_chunks(document_id, chunks, [vector_ids[_hash(one.embedded)] for one in chunks])


def _hash(text: str) -> bytes:
    """The identity of a text to embed: the first 16 bytes of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
