"""Whole processes that take turns, A B A B …, so that all of them meet the same noise of the machine."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timing:
    """One process from its start to its end, with all the children it waited for."""

    tool: str
    round: int  # from 1
    seconds: float  # wall clock
    cpu_seconds: float  # user and system, over all cores
    peak_mib: float  # the largest resident set of one process among them
    exit_code: int
    stdout: str


def run_once(
    tool: str,
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    n: int = 1,
    accepted: Sequence[int] = (0,),
) -> Timing:
    """Run a command and time it as a whole.

    Args:
        environment: added to the present one, from which the settings of `rag` (`RAG_…`) are taken out.
        accepted: exit codes that count as done.
    Raises: SystemExit with the command's stderr when it ends otherwise: the time of a failure says nothing.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as talk:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=talk, env=environment_with(environment)
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)  # else Popen would wait for it again
        out.seek(0)
        talk.seek(0)
        stdout, stderr = (stream.read().decode(errors="replace") for stream in (out, talk))
    if process.returncode not in accepted:
        sys.exit(f"{tool} ended with {process.returncode}: {' '.join(command)}\n{stdout[-2000:]}\n{stderr[-4000:]}")
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Timing(tool, n, seconds, cpu_seconds, usage.ru_maxrss / 1024, process.returncode, stdout)


def environment_with(more: Mapping[str, str] | None) -> dict[str, str]:
    """Return the present environment with more variables, those of another `rag` configuration removed."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("RAG_") or name == "RAG_BENCH_DATA"
    }
    return {**kept, **(more or {})}


def take_turns(runs: Sequence[Callable[[int], Timing]], rounds: int) -> list[Timing]:
    """Run each of `runs` once a round, in the same order; each is called with the number of the round, from 1."""
    timings = []
    for n in range(1, rounds + 1):
        for run in runs:
            timing = run(n)
            print(f"round {n}: {timing.tool} {timing.seconds:.2f} s", file=sys.stderr)
            timings.append(timing)
    return timings


def rag_command() -> list[str]:
    """Return the `rag` that is installed beside the running Python."""
    program = Path(sys.executable).with_name("rag")
    if not program.exists():
        sys.exit("there is no `rag` beside this Python; install the project into it: pip install -e .")
    return [str(program)]
