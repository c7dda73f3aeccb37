"""How many threads: of a container its share, of numpy one for a question, whoever asks."""

import os
from pathlib import Path

import pytest

from ragcli.threads import _controller, allowed_cores, one_blas_thread


def threads() -> set[int]:
    return {each["num_threads"] for each in _controller().info() if each["user_api"] == "blas"}


def test_a_question_takes_one_thread_and_gives_the_others_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with _controller().limit(limits=2, user_api="blas"):
        with one_blas_thread():
            assert threads() == {1}
        assert threads() == {2}


@pytest.mark.parametrize(
    ("files", "most"),
    [
        ({"cpu.max": "100000 100000\n"}, 1),
        ({"cpu.max": "50000 100000\n"}, 1),  # half a core is one thread
        ({"cpu.max": "max 100000\n"}, None),
        ({"cpu/cpu.cfs_quota_us": "100000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 1),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, None),
        ({}, None),
    ],
)
def test_a_container_s_share_of_the_cores_counts(tmp_path: Path, files: dict[str, str], most: int | None) -> None:
    (tmp_path / "cpu").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert allowed_cores(tmp_path) == (most or len(os.sched_getaffinity(0)))
