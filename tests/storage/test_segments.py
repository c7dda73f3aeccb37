"""Segments: numpy in place and faiss give one answer; altered bytes are noticed."""

import resource
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ragcli.errors import StoreError
from ragcli.storage.segments import (
    Segment,
    map_segment,
    search_segments,
    search_with_faiss,
    search_with_numpy,
    verify_segment,
    write_segment,
)

DIMENSION = 16
NONE = np.empty(0, np.int64)


def unit(rows: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)  # type: ignore[no-any-return]


@pytest.fixture
def segments(tmp_path: Path) -> list[Segment]:
    return [
        write_segment(tmp_path, np.arange(1, 301, 3), [unit(100, 1)]),
        write_segment(tmp_path, np.array([1000]), [unit(1, 2)]),
        write_segment(tmp_path, np.arange(2, 5002, 5), [unit(1000, 3)]),
    ]


def test_what_is_written_is_mapped(tmp_path: Path) -> None:
    vectors = unit(7, 4)
    segment = write_segment(tmp_path, np.arange(7) * 2, [vectors])
    ids, codes = map_segment(tmp_path, segment, DIMENSION)
    assert ids.tolist() == [0, 2, 4, 6, 8, 10, 12]
    assert np.array_equal(codes, vectors.astype(np.float16))


@given(seed=st.integers(0, 10_000), k=st.integers(1, 30), filtered=st.booleans(), deleted=st.booleans())
@settings(max_examples=40, deadline=None)
def test_numpy_and_faiss_give_the_same_answer(
    segments_once: tuple[Path, list[Segment]], seed: int, k: int, filtered: bool, deleted: bool
) -> None:
    folder, segments = segments_once
    random = np.random.default_rng(seed)
    everything = np.union1d(np.arange(1, 301, 3), np.arange(2, 5002, 5))
    selected = np.sort(random.choice(everything, 50, replace=False)) if filtered else None
    dead = np.sort(random.choice(everything, 300, replace=False)) if deleted else NONE
    question = unit(1, seed)[0]
    ids, scores = search_with_numpy(folder, segments, question, k, selected, dead)
    faiss_ids, faiss_scores = search_with_faiss(folder, segments, question, k, selected, dead)
    assert ids.tolist() == faiss_ids.tolist()
    assert np.allclose(scores, faiss_scores, atol=1e-5)
    assert np.all(np.diff(scores) <= 0)
    assert selected is None or set(ids.tolist()) <= set(selected.tolist())
    assert not set(ids.tolist()) & set(dead.tolist())


@pytest.fixture(scope="module")
def segments_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Segment]]:
    folder = tmp_path_factory.mktemp("segments")
    return folder, [
        write_segment(folder, np.arange(1, 301, 3), [unit(100, 1)]),
        write_segment(folder, np.arange(2, 5002, 5), [unit(1000, 3)]),
    ]


def test_an_altered_code_is_noticed(tmp_path: Path, segments: list[Segment]) -> None:
    path = tmp_path / segments[2].name
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    assert verify_segment(tmp_path, segments[0]) is None
    assert "altered" in str(verify_segment(tmp_path, segments[2]))


def test_what_is_no_vector_is_no_answer(tmp_path: Path, segments: list[Segment]) -> None:
    path = tmp_path / segments[0].name
    data = bytearray(path.read_bytes())
    end = len(data) - 8 * segments[0].rows - 8  # of the codes: the last becomes what is no number
    data[end - 2 : end] = b"\xff\x7f"
    path.write_bytes(data)
    for selected in (None, np.asarray(map_segment(tmp_path, segments[0], DIMENSION)[0])):
        with pytest.raises(StoreError, match=r"it holds what is no vector\); rebuild it: rag index --rebuild"):
            search_with_numpy(tmp_path, segments, unit(1, 9)[0], 5, selected, NONE)


def test_a_truncated_or_missing_file_is_a_store_error(tmp_path: Path, segments: list[Segment]) -> None:
    path = tmp_path / segments[0].name
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(StoreError, match="rag index --rebuild"):
        map_segment(tmp_path, segments[0], DIMENSION)
    path.unlink()
    assert "missing" in str(verify_segment(tmp_path, segments[0]))


@pytest.mark.parametrize("content", [b"", b"[]", b"\0" * 5000])
@pytest.mark.parametrize("search", [search_with_numpy, search_with_faiss])
def test_what_is_no_segment_is_a_store_error(
    tmp_path: Path, segments: list[Segment], search: Callable[..., object], content: bytes
) -> None:
    (tmp_path / segments[0].name).write_bytes(content)
    with pytest.raises(StoreError, match="rag index --rebuild"):
        search(tmp_path, segments, unit(1, 9)[0], 5, None, NONE)


def test_a_full_disk_is_an_error_and_leaves_no_segment(tmp_path: Path) -> None:
    unit_vectors = unit(5000, 1)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            write_segment(tmp_path, np.arange(5000), [unit_vectors])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert not list(tmp_path.glob("*.faiss"))


def test_ids_must_ascend(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ascend"):
        write_segment(tmp_path, np.array([3, 3]), [unit(2, 0)])


@pytest.mark.parametrize("share", [0.5, 0.01, 0.0001])
def test_a_filter_of_any_width_gives_the_exact_nearest(tmp_path: Path, share: float) -> None:
    """Half, a hundredth, a ten-thousandth of 40,000 vectors in three segments; by numpy and by faiss."""
    random = np.random.default_rng(5)
    parts = [
        (np.arange(first, first + rows), unit(rows, first))
        for first, rows in ((0, 25_000), (25_000, 14_000), (39_000, 1_000))
    ]
    segments = [write_segment(tmp_path, ids, [vectors]) for ids, vectors in parts]
    stored = np.concatenate([vectors for _, vectors in parts]).astype(np.float16).astype(np.float32)
    selected = np.sort(random.choice(40_000, int(40_000 * share), replace=False))
    for question in unit(20, 6):
        exact = selected[np.argsort(-(stored[selected] @ question), kind="stable")][:10]
        for search in (search_segments, search_with_faiss):
            ids, _ = search(tmp_path, segments, question, 10, selected, NONE)
            assert ids.tolist() == exact.tolist()
