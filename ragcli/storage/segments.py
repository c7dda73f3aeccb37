"""Immutable vector segments: FAISS flat indexes of float16 codes, which numpy can also read in place.

One kind serves every size: float16 scalar codes need no training, so segments merge without loss (8-bit codes trained on
different data merge into garbage without an error), and a scan of 100,000 is as fast as one of 8-bit codes. A cold query
reads the codes through a memory map and saves the import of faiss; for many rows (`_FAISS_FROM`), or for more than some
where it is loaded already, faiss is faster.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragcli.disk import sha256_of
from ragcli.embedding.protocol import Vectors
from ragcli.errors import StoreError

Ids = NDArray[np.int64]
Codes = NDArray[np.float16]
_FAISS_FROM = 50_000  # rows in all: as long as the import of faiss takes, numpy scans some 40,000
_LOADED_FROM = 1000  # the same where faiss is loaded already
LARGEST = 1 << 16  # rows of a segment: a merge holds one in memory, however many there are in all
BLOCK = 4096  # rows that are widened to float32 at a time: 6 MB, stays in the cache


@dataclass(frozen=True, slots=True)
class Segment:
    """A row of the catalog: one file of `rows` vectors."""

    name: str  # of the file: the start of its SHA-256
    rows: int
    sha256: str


def write_segment(folder: Path, ids: Ids, blocks: Iterable[Vectors | Codes]) -> Segment:
    """Write vectors under ascending ids (n,) as a segment; it survives a power cut then.

    The vectors come in blocks (m, d), float32 or float16, n in all: beside the index itself one block is in memory.
    Temporary name, fsync, rename, fsync of the folder: a reader sees the whole file or none.
    """
    import faiss

    if len(ids) == 0 or np.any(np.diff(ids) <= 0):
        raise ValueError("a segment needs at least one vector, and ids that ascend")
    index: Any = None
    for block in blocks:
        if index is None:
            codes = faiss.IndexScalarQuantizer(
                block.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
            )
            index = faiss.IndexIDMap(codes)  # not an IDMap2, which makes a table of all its ids whenever it is read
        index.add_with_ids(np.ascontiguousarray(block, np.float32), ids[index.ntotal : index.ntotal + len(block)])
    folder.mkdir(parents=True, exist_ok=True)
    temporary, digest = folder / ".segment.tmp", hashlib.sha256()
    with temporary.open("wb") as file:

        def write(data: bytes) -> None:
            digest.update(data)
            file.write(data)

        faiss.write_index(index, faiss.PyCallbackIOWriter(write))  # type: ignore[attr-defined]
        file.flush()
        os.fsync(file.fileno())
    sha256 = digest.hexdigest()
    segment = Segment(f"{sha256[:24]}.faiss", len(ids), sha256)
    temporary.replace(folder / segment.name)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)  # the rename lives in the directory: without this a power cut may undo it
    finally:
        os.close(descriptor)
    return segment


def _damaged(path: Path, reason: str) -> StoreError:
    collection = path.parent.parent.name
    return StoreError(f"segment {path} is damaged ({reason})", f"rebuild it: rag index --rebuild -c {collection}")


def map_segment(folder: Path, segment: Segment, dimension: int) -> tuple[Ids, Codes]:
    """Map a segment's ids (n,) and codes (n, dimension) without reading them.

    In the file of an IDMap over a scalar quantizer the codes end 8 bytes before the ids, and the ids end the file.
    """
    path = folder / segment.name
    try:
        size = path.stat().st_size
        ids_at = size - 8 * segment.rows
        codes_at = ids_at - 8 - 2 * dimension * segment.rows
        if codes_at < 0:
            raise ValueError("the file is too short")
        whole = np.memmap(path, np.uint8, "r")
        if int(whole[ids_at - 8 : ids_at].view(np.int64)[0]) != segment.rows:
            raise ValueError("the file's row count is another")
        ids = whole[ids_at:].view(np.int64)
        codes = np.frombuffer(whole, np.float16, segment.rows * dimension, codes_at)
    except (OSError, ValueError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
        raise _damaged(path, reason) from error
    return ids, codes.reshape(segment.rows, dimension)


def verify_segment(folder: Path, segment: Segment) -> str | None:
    """Return what is wrong with a segment's file, or None. faiss itself loads altered codes without a word."""
    path = folder / segment.name
    if not path.is_file():
        return f"{segment.name} is missing"
    return None if sha256_of(path) == segment.sha256 else f"{segment.name} was altered since it was written"


def search_segments(
    folder: Path,
    segments: Sequence[Segment],
    question: Vectors,
    k: int,
    selected: Ids | None,
    dead: Ids,
) -> tuple[Ids, Vectors]:
    """Return the ids of the k nearest vectors by inner product, nearest first (ties: lower id), and their scores.

    Exact. Only `selected` ids (ascending) are looked at, where they are given; `dead` ids never.
    """
    rows_looked_at = sum(segment.rows for segment in segments) if selected is None else len(selected)
    if rows_looked_at > (_LOADED_FROM if "faiss" in sys.modules else _FAISS_FROM):
        return search_with_faiss(folder, segments, question, k, selected, dead)
    return search_with_numpy(folder, segments, question, k, selected, dead)


def search_with_numpy(
    folder: Path,
    segments: Sequence[Segment],
    question: Vectors,
    k: int,
    selected: Ids | None,
    dead: Ids,
) -> tuple[Ids, Vectors]:
    """As `search_segments`, by numpy over mapped files. Raises: StoreError for vectors that are none."""
    found_ids: list[Ids] = []
    found_scores: list[Vectors] = []
    for segment in segments:
        ids, codes = map_segment(folder, segment, len(question))
        if selected is not None:
            rows = np.flatnonzero(np.isin(ids, selected, assume_unique=True))
            with np.errstate(invalid="ignore"):
                scores = codes[rows].astype(np.float32) @ question
            ids = np.asarray(ids[rows])
        else:
            scores = np.empty(len(ids), np.float32)
            with np.errstate(invalid="ignore"):  # of what is no number: it is looked at below
                for start in range(0, len(ids), BLOCK):
                    scores[start : start + BLOCK] = codes[start : start + BLOCK].astype(np.float32) @ question
        if not np.isfinite(scores).all():  # whole passages would fall out of the search without a word
            raise _damaged(folder / segment.name, "it holds what is no vector")
        if len(dead):
            scores[np.isin(ids, dead)] = -np.inf
        best = _best(np.asarray(ids), scores, k)
        found_ids.append(np.asarray(ids)[best])
        found_scores.append(scores[best])
    if not found_ids:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    all_ids, all_scores = np.concatenate(found_ids), np.concatenate(found_scores)
    best = _best(all_ids, all_scores, k)
    best = best[np.isfinite(all_scores[best])]
    return all_ids[best], all_scores[best]


def search_with_faiss(
    folder: Path,
    segments: Sequence[Segment],
    question: Vectors,
    k: int,
    selected: Ids | None,
    dead: Ids,
) -> tuple[Ids, Vectors]:
    """The same answer by faiss over mapped files."""
    import faiss

    selector: Any = None
    if selected is not None:
        selector = faiss.IDSelectorBatch(np.setdiff1d(selected, dead))
    elif len(dead):
        selector = faiss.IDSelectorNot(faiss.IDSelectorBatch(dead))
    parameters = faiss.SearchParameters(sel=selector) if selector is not None else None  # type: ignore[call-arg]
    found_ids: list[Ids] = []
    found_scores: list[Vectors] = []
    for segment in segments:
        map_segment(folder, segment, len(question))  # which looks whether it is whole
        try:
            index = faiss.read_index(str(folder / segment.name), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError:
            raise _damaged(folder / segment.name, "it is no index") from None
        # A tie at the cut may fall either way inside faiss; a few more rows settle ties by id as the other path does.
        scores, ids = index.search(question[None, :], min(k + 8, segment.rows), params=parameters)
        kept = ids[0] >= 0
        found_ids.append(ids[0][kept])
        found_scores.append(scores[0][kept])
    all_ids, all_scores = np.concatenate(found_ids), np.concatenate(found_scores)
    best = _best(all_ids, all_scores, k)
    return all_ids[best], all_scores[best]


def _best(ids: Ids, scores: Vectors, k: int) -> NDArray[np.intp]:
    if len(scores) > 4 * k:
        cut = np.partition(scores, len(scores) - k)[len(scores) - k]
        rows = np.flatnonzero(scores >= cut)
    else:
        rows = np.arange(len(scores))
    order = np.lexsort((ids[rows], -scores[rows]))[:k]
    picked: NDArray[np.intp] = rows[order]
    return picked
