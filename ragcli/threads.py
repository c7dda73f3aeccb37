"""How many threads, and how they wait for each other where the cores are busy: OpenMP's briefly, one of BLAS for a question."""

import os
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def allowed_cores(limits: Path = Path("/sys/fs/cgroup")) -> int:
    """Cores that this process may run on; in a container no more than its share of their time comes to."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for files in (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us")):  # cgroups version 2, then 1
        try:
            share, period = " ".join((limits / file).read_text() for file in files).split()
            if share not in ("max", "-1"):
                cores = min(cores, int(share) // int(period))
            break
        except (OSError, ValueError):
            continue  # no such limit here
    return max(1, cores)


def spin_briefly() -> None:
    """Let threads that wait leave the processor to others soon. OpenMP reads it when it is loaded.

    gcc's spins at barriers: with two busy neighbours llama.cpp wrote 1 token/s instead of 48. On two idle cores it writes as
    fast with 1,000 turns as with 10,000 or more (107, 102, 107 tokens/s), half as fast with none; on busy ones 30 with 1,000
    and 4.5 with 10,000 (medians of five rounds in turn).
    """
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", "1000")


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
