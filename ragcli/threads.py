"""Threads that wait for each other where the cores are busy: how long those of OpenMP do, and one of BLAS for a question."""

import os
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def spin_briefly() -> None:
    """Let threads that wait leave the processor to others soon. OpenMP reads it when it is loaded.

    gcc's spins at barriers: with two busy neighbours llama.cpp wrote 1 token/s instead of 48.
    """
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", "10000")


def one_blas_thread() -> AbstractContextManager[Any]:
    """Hold numpy to one thread inside, also in a script that has loaded it with all.

    The command line sets the variable before numpy is loaded, which costs nothing. On two busy cores twelve questions took
    a median of 1.8 to 8.4 s with all threads, 0.15 to 0.42 s with one, and a twelfth of the processor time.
    """
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        return nullcontext()
    limited: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> "ThreadpoolController":
    import numpy as np  # noqa: F401  what is not loaded is not found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
