"""Read files in worker processes that can be killed: a hang, a crash or a bomb costs its own file and no other.

Workers are plain child processes, spawned here rather than by multiprocessing, which would import the parent's main
script into each of them (the whole command line, a third of a second) and start one more process to track resources.
One thread of the parent looks after each worker: it sends a path, waits, and kills at the time limit, since no signal
or thread inside the worker can interrupt the C code of a PDF library.

When the parent dies, even by SIGKILL, so do the workers, even in C code: each holds the reading end of a pipe, its
lifeline, on which nothing is ever written. That its other end is closed raises SIGIO, of which a process dies.
"""

import contextlib
import fcntl
import importlib
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import IO, cast

from ragcli.errors import RagError, ReadError
from ragcli.reading.registry import Reader, clean
from ragcli.reading.walk import display
from ragcli.records import Document, Failure
from ragcli.settings import Reading

FILES_PER_WORKER = 200  # after which it is replaced, so that no library's leak can grow for ever
FILES_AHEAD = 256  # paths taken ahead of the file that is yielded next
HELD_BYTES = 64 << 20  # of results that wait for an earlier file; at more, no further file is begun
START_SECONDS = 120.0  # for a worker to start on a busy machine
END_SECONDS = 10.0  # for a killed one to end; one that hangs in the kernel, on a dead network disk, is left behind
# Its path is the parent's, never the current folder: the json.py of a user must not become ours.
START = "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); from ragcli.reading import pool; pool.serve()"

Result = Document | Failure


def read_files(
    paths: Iterable[Path],
    settings: Reading,
    jobs: int,
    on_start: Callable[[Path], None] | None = None,
    reader: str = "ragcli.reading.registry:read",
) -> Generator[tuple[Path, Result], None, None]:
    """Read the files in worker processes; yield each with what was read, or why not, in the order of `paths`.

    Files behind a slow one are read meanwhile, until their results take 64 MB or are 256. Workers go on while the
    caller is busy with what was yielded. Closing the iterator ends them.

    Args:
        paths: taken in the caller's thread, up to 256 ahead.
        jobs: workers at most; 0: one per core. No more are started than there are files.
        on_start: called with each path when its reading begins, in another thread.
        reader: `module:function` that reads a file in the worker, as `(Path, Reading) -> Document`.
    Raises: ReadError when no worker can be started, and a RagError of the reader that is no ReadError, since it would
        befall all files alike (a missing model). What befalls a single file is its Failure.
    """
    pool = _Pool(settings, jobs or _cores(), on_start, reader)
    rest = iter(paths)
    ahead: deque[Path] = deque()
    try:
        while True:
            while len(ahead) < FILES_AHEAD and (path := next(rest, None)) is not None:
                ahead.append(path)
                pool.add(path)
            if not ahead:
                return
            yield ahead.popleft(), pool.next_result()
    finally:
        pool.end()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# ---- in the parent


class _Pool:
    """Tasks, workers, a thread for each worker, and the results that wait for their turn, still pickled."""

    def __init__(self, settings: Reading, jobs: int, on_start: Callable[[Path], None] | None, reader: str) -> None:
        self.settings, self.jobs, self.on_start, self.reader = settings, jobs, on_start, reader
        self.changed = threading.Condition()  # guards all below
        self.tasks: deque[tuple[int, Path]] = deque()
        self.results: dict[int, bytes] = {}
        self.added = self.yielded = self.held_bytes = 0
        self.error: BaseException | None = None
        self.is_ending = False
        self.workers: set[_Worker] = set()
        self.threads: list[threading.Thread] = []

    def add(self, path: Path) -> None:
        with self.changed:
            self.tasks.append((self.added, path))
            self.added += 1
            self.changed.notify()
        if len(self.threads) < self.jobs:
            self.threads.append(threading.Thread(target=self._look_after_a_worker, daemon=True))
            self.threads[-1].start()

    def next_result(self) -> Result:
        with self.changed:
            self.changed.wait_for(lambda: self.error or self.yielded in self.results)
            if self.error:
                raise self.error
            pickled = self.results.pop(self.yielded)
            self.yielded += 1
            self.held_bytes -= len(pickled)
            self.changed.notify_all()
        result = pickle.loads(pickled)
        if isinstance(result, RagError):
            raise result
        return cast(Result, result)

    def end(self) -> None:
        with self.changed:
            self.is_ending = True
            self.changed.notify_all()
            for worker in self.workers:
                worker.kill()
        for thread in self.threads:
            thread.join()

    def _look_after_a_worker(self) -> None:
        worker = None
        try:
            while task := self._next_task():
                if worker is None or not worker.is_usable():
                    self._dismiss(worker)
                    worker = self._hire()
                if self.on_start:
                    self.on_start(task[1])
                pickled = worker.read(task[1])
                with self.changed:
                    self.results[task[0]] = pickled
                    self.held_bytes += len(pickled)
                    self.changed.notify_all()
        except BaseException as error:  # raised again in the caller's thread
            with self.changed:
                self.error = self.error or error
                self.changed.notify_all()
        finally:
            self._dismiss(worker)

    def _next_task(self) -> tuple[int, Path] | None:
        """Wait for a task. All earlier ones are begun, so the result that is wanted next never waits for room."""
        with self.changed:
            self.changed.wait_for(lambda: self.is_ending or (self.tasks and self.held_bytes < HELD_BYTES))
            return None if self.is_ending else self.tasks.popleft()

    def _hire(self) -> "_Worker":
        worker = _Worker(self.settings)
        with self.changed:
            self.workers.add(worker)
            if self.is_ending:
                worker.kill()
        worker.prepare(self.reader)
        return worker

    def _dismiss(self, worker: "_Worker | None") -> None:
        if worker:
            with self.changed:
                self.workers.discard(worker)
            worker.end()


class _Worker:
    """A child process that reads one file after the other. Used by one thread, killed by any."""

    def __init__(self, settings: Reading) -> None:
        self.settings = settings
        self.files = 0
        self.is_last = self.is_late = self.is_over = False
        self.over = threading.Lock()  # guards is_over: the number of a process that is over may be another's
        self.lifeline, self.lifeline_end = os.pipe()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(self.lifeline,),
                process_group=0,  # to be killed with all that it started, and to be out of Ctrl-C's reach
            )
        except OSError as error:
            os.close(self.lifeline_end)
            raise ReadError(
                f"no process can be started: {error.strerror}", "free memory or processes", "crash"
            ) from None
        finally:
            os.close(self.lifeline)
        self.commands = cast(IO[bytes], self.process.stdin)
        self.answers = cast(IO[bytes], self.process.stdout)

    def prepare(self, reader: str) -> None:
        """Wait until the worker can read; from here on the time is a file's own."""
        self._send(sys.path)
        self._send((reader, self.settings, self.lifeline))
        if self._answer(START_SECONDS) is None:
            self.end()
            status = _status(self.process.returncode)
            raise ReadError(f"the process that reads files does not start ({status})", "see the lines above", "crash")

    def is_usable(self) -> bool:
        return not self.is_last and self.files < FILES_PER_WORKER and self.process.poll() is None

    def read(self, path: Path) -> bytes:
        """Return the pickled result of a file."""
        self.files += 1
        self._send(path)
        pickled = self._answer(self.settings.timeout)
        if pickled is not None:
            return pickled
        self.is_last = True
        self.end()
        if self.is_late:
            kind, reason = "timeout", f"not read within {self.settings.timeout:g} s"
        elif self.process.returncode == -signal.SIGKILL:
            kind, reason = "memory", "the system killed the process that read it, as it does when memory is short"
        else:
            kind, reason = "crash", f"the process that read it crashed ({_status(self.process.returncode)})"
        return pickle.dumps(Failure(display(path), kind, reason))

    def kill(self) -> None:
        with self.over:
            if not self.is_over:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the process if need be, and leave no zombie. More than once is once."""
        if self.is_over:
            return
        if self.is_last and not self.is_late:  # ends by itself: its exit status is of interest
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1.0)
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(END_SECONDS)
        with self.over:
            self.is_over = True
        os.close(self.lifeline_end)
        for pipe in (self.commands, self.answers):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def _send(self, command: object) -> None:
        with contextlib.suppress(BrokenPipeError):  # it is dead: the answer will say so
            pickle.dump(command, self.commands)
            self.commands.flush()

    def _answer(self, seconds: float) -> bytes | None:
        """Return what the worker says, None when it dies or does not end saying it in time."""
        timer = threading.Timer(seconds, self._expire)
        timer.start()
        try:
            head = self.answers.read(9)
            size = int.from_bytes(head[1:])
            body = self.answers.read(size)
        finally:
            timer.cancel()
        if len(head) < 9 or len(body) < size:
            return None
        self.is_last = head[:1] == LAST
        return body

    def _expire(self) -> None:
        self.is_late = self.is_last = True
        self.kill()


def _status(returncode: int | None) -> str:
    if returncode is None or returncode >= 0:
        return f"exit status {returncode}"
    try:
        return signal.Signals(-returncode).name
    except ValueError:
        return f"signal {-returncode}"


# ---- in the worker

MORE, LAST = b"+", b"."  # before an answer: whether the worker goes on


def serve() -> None:
    """Be a worker: read the files named on standard input, answer on standard output, until either is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    commands, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    reader, settings, lifeline = pickle.load(commands)
    _die_with_parent(lifeline)
    _limit_memory(settings.memory_mb)
    module, _, name = reader.partition(":")
    read: Reader = getattr(importlib.import_module(module), name)
    answer, mark = b"", MORE
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            answers.write(mark + len(answer).to_bytes(8) + answer)
            answers.flush()
            if mark == LAST:
                break
            path = pickle.load(commands)
            answer, mark = _pickled(read, path, settings)
    os._exit(0)  # nothing to save; and no library gets the chance to crash while it tidies up


def _pickled(read: Reader, path: Path, settings: Reading) -> tuple[bytes, bytes]:
    kind, mark = "unreadable", MORE
    try:
        return pickle.dumps(read(path, settings), pickle.HIGHEST_PROTOCOL), mark
    except ReadError as error:
        kind, reason = error.kind, str(error).removeprefix(str(path)).lstrip(": ")
    except RagError as error:
        return pickle.dumps(error), LAST
    except MemoryError:
        kind, reason, mark = "memory", f"needs more than {settings.memory_mb} MB of memory", LAST
    except FileNotFoundError as error:
        kind = "missing" if error.filename in (str(path), path) else kind
        reason = f"{error.strerror or error}".lower()
    except OSError as error:
        reason = f"{error.strerror or error}".lower()
    except Exception as error:  # a library's: it costs this file
        reason = f"{type(error).__name__}: {error}"
    return pickle.dumps(Failure(display(path), kind, " ".join(clean(reason).split()))), mark


def _die_with_parent(lifeline: int) -> None:
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:  # it died before this was set
        os._exit(0)


def _limit_memory(growth_mb: int) -> None:
    """Limit the address space, where the system can tell how large it is now (Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return
    limit = pages * os.sysconf("SC_PAGE_SIZE") + (growth_mb << 20)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
