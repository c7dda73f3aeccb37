"""numpy's threads wait for each other on busy cores: a question takes one, whoever asks."""

import pytest

from ragcli.threads import _controller, one_blas_thread


def threads() -> set[int]:
    return {each["num_threads"] for each in _controller().info() if each["user_api"] == "blas"}


def test_a_question_takes_one_thread_and_gives_the_others_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with _controller().limit(limits=2, user_api="blas"):
        with one_blas_thread():
            assert threads() == {1}
        assert threads() == {2}
