"""A filter applies before the search: what it leaves is searched whole, however few or many that are."""

from collections.abc import Iterator

import numpy as np
import pytest

from ragcli.embedding.protocol import Vectors
from ragcli.records import Chunk, Document
from ragcli.retrieval.dense import search_dense
from ragcli.retrieval.filters import Filter, build_filter
from ragcli.retrieval.lexical import search_lexical
from ragcli.retrieval.question.syntax import parse
from ragcli.storage.catalog import Catalog
from ragcli.storage.segments import search_with_faiss, write_segment

pytestmark = pytest.mark.slow
CHUNKS, DOCUMENTS, DIMENSION, SEGMENTS = 20_000, 200, 384, 5
QUESTIONS, K = 20, 10
LEAST_RECALL = 0.99
# Share of the chunks that pass -> the filter: half of the documents, two of them, two chunks of one page number.
FILTERS = {0.5: "half=yes", 0.01: "few=yes", 0.0001: "page=777"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Catalog, Vectors]]:
    """A catalog with random unit vectors in real segments, and random words, the frequent ones much more frequent."""
    random = np.random.default_rng(1)
    vectors = _unit(random.normal(size=(CHUNKS, DIMENSION)))
    folder = tmp_path_factory.mktemp("filled")
    catalog = Catalog(folder, create=True)
    per_document = CHUNKS // DOCUMENTS
    with catalog.transaction():
        ids = catalog.add_vectors([n.to_bytes(4, "big") for n in range(CHUNKS)])
        for number in range(DOCUMENTS):
            meta = {"half": "yes" if number % 2 else "no", "few": "yes" if number in (3, 150) else "no"}
            document = Document("txt", (), meta=meta)
            document_id = catalog.add_document(document, str(number), 1, "2025-01-01T00:00:00+00:00")
            places = range(number * per_document, (number + 1) * per_document)
            chunks = [
                Chunk(_words(random), "", pages=(777 if at in (4_321, 15_999) else at % 500 + 1,)) for at in places
            ]
            catalog.add_chunks(document_id, chunks, [int(ids[at]) for at in places])
        for part in np.array_split(np.arange(CHUNKS), SEGMENTS):
            catalog.add_segment(write_segment(folder / "segments", ids[part], [vectors[part]]))
        catalog.count_common_terms()
    yield catalog, vectors
    catalog.close()


def _unit(rows: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Vectors:
    unit: Vectors = (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)
    return unit


def _words(random: np.random.Generator) -> str:
    return " ".join(f"word{n}" for n in np.minimum(random.zipf(1.3, 20), 3000))


def _selected(catalog: Catalog, expression: str) -> tuple[Filter, list[int]]:
    where = build_filter(catalog.sql, [expression])
    assert where is not None
    return where, [row[0] for row in catalog.sql.execute(where.chunk_ids, where.parameters)]


@pytest.mark.parametrize("share", FILTERS)
def test_dense_recall_equals_exact_search(filled: tuple[Catalog, Vectors], share: float) -> None:
    """By the catalog's own way (numpy here) and by faiss, against float32 over the chunks that pass."""
    catalog, vectors = filled
    where, chunk_ids = _selected(catalog, FILTERS[share])
    assert len(chunk_ids) == share * CHUNKS
    vector_of = dict(catalog.sql.execute("SELECT id, vector_id FROM chunks"))
    kept = np.array(sorted(vector_of[chunk_id] for chunk_id in chunk_ids), np.int64)
    first = min(vector_of.values())
    wanted = min(K, len(chunk_ids))
    found = {"catalog": 0, "faiss": 0}
    for question in _unit(np.random.default_rng(2).normal(size=(QUESTIONS, DIMENSION))):
        scores = vectors[kept - first] @ question
        exact = set(kept[np.argsort(-scores)[:wanted]].tolist())
        by_catalog = {vector_of[chunk_id] for chunk_id, _ in search_dense(catalog, question, K, where)}
        by_faiss, _ = search_with_faiss(
            catalog.folder / "segments", catalog.segments(), question, K, kept, catalog.dead_vectors()
        )
        found["catalog"] += len(exact & by_catalog)
        found["faiss"] += len(exact & set(by_faiss.tolist()))
    assert min(found.values()) >= LEAST_RECALL * QUESTIONS * wanted


@pytest.mark.parametrize("share", FILTERS)
def test_lexical_recall_equals_exact_search(filled: tuple[Catalog, Vectors], share: float) -> None:
    """Against the ranking of all chunks, from which those that do not pass are struck."""
    catalog, _ = filled
    where, chunk_ids = _selected(catalog, FILTERS[share])
    passing = set(chunk_ids)
    texts = dict(catalog.sql.execute("SELECT id, text FROM chunks"))
    random = np.random.default_rng(3)
    found = wanted = 0
    for _ in range(QUESTIONS):
        words = texts[chunk_ids[random.integers(len(chunk_ids))]].split()  # so that there is something to be found
        query = parse(" ".join(sorted(set(words), key=lambda word: -int(word[4:]))[:5]))
        every = search_lexical(catalog.sql, query, [None], CHUNKS).ranking
        exact = [chunk_id for chunk_id, _ in every if chunk_id in passing][:K]
        filtered = [chunk_id for chunk_id, _ in search_lexical(catalog.sql, query, [None], K, where).ranking]
        found += len(set(exact) & set(filtered))
        wanted += len(exact)
    assert wanted >= QUESTIONS
    assert found >= LEAST_RECALL * wanted
