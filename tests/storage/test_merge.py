"""Merging keeps every vector that is alive, in segments of a bounded size."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ragcli.errors import StoreError
from ragcli.storage import merge as merging
from ragcli.storage.catalog import Catalog
from ragcli.storage.segments import Ids, map_segment, write_segment

DIMENSION = 8


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path, create=True)
    yield opened
    opened.close()


def held(catalog: Catalog) -> dict[int, list[float]]:
    mapped = [map_segment(catalog.folder / "segments", each, DIMENSION) for each in catalog.segments()]
    return {int(one): row.tolist() for ids, codes in mapped for one, row in zip(ids, codes, strict=True)}


def fill(catalog: Catalog, *segments: Ids) -> None:
    for ids in segments:
        vectors = np.random.default_rng(int(ids[0])).normal(size=(len(ids), DIMENSION)).astype(np.float32)
        catalog.add_segment(write_segment(catalog.folder / "segments", ids, [vectors]))
        hashes = [(one, one.to_bytes(16)) for one in ids.tolist()]
        catalog.sql.executemany("INSERT INTO vectors VALUES (?, ?)", hashes)


def test_no_segment_grows_beyond_the_largest(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge holds one segment in memory, so that its peak does not grow with the collection."""
    monkeypatch.setattr(merging, "LARGEST", 40)
    monkeypatch.setattr(merging, "BLOCK", 7)
    fill(catalog, *(np.arange(first, 100, 9) + 1 for first in range(9)))
    before = held(catalog)
    catalog.sql.execute("INSERT INTO dead_vectors VALUES (7), (50)")
    assert merging.merge(catalog, DIMENSION) == 9
    assert sorted(segment.rows for segment in catalog.segments()) == [18, 40, 40]
    assert held(catalog) == {one: row for one, row in before.items() if one not in (7, 50)}
    assert catalog.count("dead_vectors") == 0


def test_a_damaged_segment_is_not_made_to_look_whole(catalog: Catalog) -> None:
    fill(catalog, np.arange(1, 20), np.arange(20, 40))
    before = catalog.segments()
    path = catalog.folder / "segments" / before[0].name
    damaged = bytearray(path.read_bytes())
    damaged[-4] ^= 0xFF
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"was altered since it was written; .* rag index --rebuild"):
        merging.merge(catalog, DIMENSION, everything=True)
    assert catalog.segments() == before


def test_a_full_segment_is_left_alone_until_something_in_it_is_dead(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "LARGEST", 40)
    fill(catalog, np.arange(1, 41), np.arange(41, 61), np.arange(61, 66))
    full = max(catalog.segments(), key=lambda segment: segment.rows)
    assert merging.merge(catalog, DIMENSION, everything=True) == 2
    assert full in catalog.segments()
    assert merging.merge(catalog, DIMENSION, everything=True) == 0
    catalog.sql.execute("INSERT INTO dead_vectors VALUES (3)")
    assert merging.merge(catalog, DIMENSION, everything=True) == 2
    assert sorted(segment.rows for segment in catalog.segments()) == [24, 40]
