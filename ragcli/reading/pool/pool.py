"""Read files in worker processes that can be killed: a hang, a crash or a bomb costs its own file and no other.

Workers are plain child processes, spawned here rather than by multiprocessing, which would import the parent's main
script into each of them (the whole command line, a third of a second) and start one more process to track resources.
One thread of the parent looks after each worker: it sends a path, waits, and kills at the time limit, since no signal
or thread inside the worker can interrupt the C code of a PDF library.

When the parent dies, even by SIGKILL, so do the workers, even in C code: each holds the reading end of a pipe, its
lifeline, on which nothing is ever written. That its other end is closed raises SIGIO, of which a process dies.

A worker tells which page it begins. When it dies or is killed at one, the file is read again without that page: all
others are kept, and the lost one has its reason in the ledger.
"""

import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar, cast

from ragcli.errors import RagError
from ragcli.reading.pool.worker import Death, Worker
from ragcli.reading.walk import display
from ragcli.reading.work import COPY, Work
from ragcli.records import Document, Failure
from ragcli.settings import Reading

FILES_AHEAD = 256  # paths taken ahead of the file that is yielded next
HELD_BYTES = 64 << 20  # of results that wait for an earlier file; at more, no further file is begun
LOST_PAGES = 3  # of a file, each of which cost a worker: then all later pages are given up

Result = Document | Failure
Task = TypeVar("Task", bound=os.PathLike[str])  # a path, or what a reader must know beside it


def read_files(
    paths: Iterable[Task],
    settings: Reading,
    jobs: int,
    on_start: Callable[[Task], None] | None = None,
    reader: str = "ragcli.reading.registry:read",
    work: Work = Work(),
) -> Generator[tuple[Task, Result], None, None]:
    """Read the files in worker processes; yield each with what was read, or why not, in the order of `paths`.

    Files behind a slow one are read meanwhile, until their results take 64 MB or are 256. Workers go on while the
    caller is busy with what was yielded. Closing the iterator ends them.

    Args:
        paths: taken in the caller's thread, up to 256 ahead.
        jobs: workers at most; 0: one per core. No more are started than there are files.
        on_start: called with each path when its reading begins, in another thread.
        reader: `module:function` that reads a file in the worker, as `(task, Reading, Work) -> Document`.
        work: the cache and the passwords that the reader is given.
    Raises: ReadError when no worker can be started, and a RagError of the reader that is no ReadError, since it would
        befall all files alike (a missing model). What befalls a single file is its Failure.
    """
    pool = _Pool(settings, jobs or _cores(), on_start, reader, work)
    rest = iter(paths)
    ahead: deque[Task] = deque()
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


class _Pool:
    """Tasks, workers, a thread for each worker, and the results that wait for their turn, still pickled."""

    def __init__(
        self, settings: Reading, jobs: int, on_start: Callable[[Any], None] | None, reader: str, work: Work
    ) -> None:
        self.settings, self.jobs, self.on_start, self.reader, self.work = settings, jobs, on_start, reader, work
        self.changed = threading.Condition()  # guards all below
        self.tasks: deque[tuple[int, os.PathLike[str]]] = deque()
        self.results: dict[int, bytes] = {}
        self.added = self.begun = self.done = self.yielded = self.held_bytes = 0
        self.error: BaseException | None = None
        self.is_ending = False
        self.workers: set[Worker] = set()
        self.threads: list[threading.Thread] = []

    def add(self, path: os.PathLike[str]) -> None:
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
        # Ctrl-C may come between the taking of the lock and the block that gives it back: the threads would wait for ever.
        with suppress(RuntimeError):  # it is given back
            while True:
                self.changed.release()
        for thread in self.threads:
            thread.join()

    def _look_after_a_worker(self) -> None:
        worker = None
        try:
            while task := self._next_task():
                number, path = task
                if self.on_start:
                    self.on_start(path)
                worker, pickled = self._read(worker, path)
                with self.changed:
                    self.results[number] = pickled
                    self.done += 1
                    self.held_bytes += len(pickled)
                    self.changed.notify_all()
        except BaseException as error:  # raised again in the caller's thread
            with self.changed:
                self.error = self.error or error
                self.changed.notify_all()
        finally:
            self._dismiss(worker)

    def _next_task(self) -> tuple[int, os.PathLike[str]] | None:
        """Wait for a task. All earlier ones are begun, so the result that is wanted next never waits for room."""
        with self.changed:
            self.changed.wait_for(lambda: self.is_ending or (self.tasks and self.held_bytes < HELD_BYTES))
            if self.is_ending:
                return None
            self.begun += 1
            return self.tasks.popleft()

    def _read(self, worker: Worker | None, path: os.PathLike[str]) -> tuple[Worker, bytes]:
        """Read a file, again without the page at which a worker died, in a new one if need be."""
        death: Death | None = None
        work = replace(self.work, threads=self._threads_each())
        while True:
            if worker is None or not worker.is_usable():
                self._dismiss(worker)
                worker = self._hire()
            answer = worker.read(path, work)
            if isinstance(answer, bytes):
                return worker, answer if death is None else _unless_all_is_lost(answer, path, death)
            again = without_page(work, answer)
            death = death or answer
            if again is None or self.is_ending:
                return worker, pickle.dumps(Failure(display(path), death.kind, death.reason))
            work = again

    def _threads_each(self) -> int:
        """The cores, shared among the files that are being read or wait for it."""
        with self.changed:
            at_once = min(self.jobs, self.begun - self.done + len(self.tasks))
        return max(1, _cores() // max(1, at_once))

    def _hire(self) -> Worker:
        worker = Worker(self.settings)
        with self.changed:
            self.workers.add(worker)
            if self.is_ending:
                worker.kill()
        worker.prepare(self.reader)
        return worker

    def _dismiss(self, worker: Worker | None) -> None:
        if worker:
            with self.changed:
                self.workers.discard(worker)
            worker.end()


def without_page(work: Work, death: Death) -> Work | None:
    """How to read a file again after a death, or None when no page is to blame or leaving it out did not help."""
    page = death.page
    if page is None or work.lost_from is not None or page in work.lost:
        return None
    lost = {**work.lost, page: death.reason}
    gives_up = page != COPY and (death.is_file_late or len(lost) >= LOST_PAGES)
    return replace(work, lost=lost, lost_from=page if gives_up else None)


def _unless_all_is_lost(pickled: bytes, path: os.PathLike[str], death: Death) -> bytes:
    """What was read of a file without its deadly pages; when that is nothing, the file's failure."""
    result = pickle.loads(pickled)
    if isinstance(result, Document) and not any(page.blocks for page in result.pages):
        return pickle.dumps(Failure(display(path), death.kind, death.reason))
    return pickled
