from pathlib import Path

import numpy as np

from ragcli.storage.borrow import borrow
from ragcli.storage.catalog import Catalog
from ragcli.storage.segments import write_segment


def collection(
    home: Path, name: str, fingerprint: str, texts: list[bytes], seed: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    folder = home / "collections" / name
    folder.mkdir(parents=True)
    vectors = np.random.default_rng(seed).normal(size=(len(texts), 8)).astype(np.float16).astype(np.float32)
    catalog = Catalog(folder, create=True)
    with catalog.transaction():
        catalog.set("model", {"fingerprint": fingerprint, "dimension": 8})
        catalog.add_segment(write_segment(folder / "segments", catalog.add_vectors(texts), [vectors]))
    catalog.close()
    return vectors


def test_only_vectors_of_the_same_model_are_lent(tmp_path: Path) -> None:
    lent = collection(tmp_path, "a", "model one", [b"x", b"y"], 1)
    collection(tmp_path, "b", "model two", [b"z"], 2)
    own = tmp_path / "collections" / "own"
    found = borrow(tmp_path, own, "model one", [b"y", b"z", b"new"])
    assert list(found) == [b"y"]
    assert np.array_equal(found[b"y"], lent[1])
    assert borrow(tmp_path, tmp_path / "collections" / "a", "model one", [b"x"]) == {}


def test_a_damaged_collection_lends_nothing(tmp_path: Path) -> None:
    collection(tmp_path, "a", "model one", [b"x"], 1)
    next((tmp_path / "collections" / "a" / "segments").glob("*.faiss")).write_bytes(b"short")
    broken = tmp_path / "collections" / "b"
    broken.mkdir()
    (broken / "catalog.sqlite").write_bytes(b"no database at all" * 100)
    assert borrow(tmp_path, tmp_path / "collections" / "own", "model one", [b"x"]) == {}
