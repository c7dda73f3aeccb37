"""The parent's side of one worker process: start it, send it a file, wait no longer than allowed, kill it."""

import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import IO, cast

from ragcli.errors import ReadError
from ragcli.reading.pool.child import LAST, NO_PAGE, OCR_PAGE, PAGE
from ragcli.reading.work import Work
from ragcli.settings import Reading

FILES_PER_WORKER = 200  # after which it is replaced, so that no library's leak can grow for ever
START_SECONDS = 120.0  # for a worker to start on a busy machine
END_SECONDS = 10.0  # for a killed one to end; one that hangs in the kernel, on a dead network disk, is left behind
OCR_TIMES = 3  # a page that is recognised may take so many times as long as one that is read
# Its path is the parent's, never the current folder: the json.py of a user must not become ours.
START = "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); from ragcli.reading.pool.child import serve; serve()"


@dataclass(frozen=True, slots=True)
class Death:
    """How a worker ended that did not answer."""

    kind: str
    reason: str
    page: int | None  # that it was at; None: at none in particular
    is_file_late: bool = False  # the whole file took too long, and not this page


class Worker:
    """A child process that reads one file after the other. Used by one thread, killed by any."""

    def __init__(self, settings: Reading) -> None:
        self.settings = settings
        self.files = 0
        self.is_last = self.is_late = self.is_over = False
        self.over = threading.Lock()  # guards is_over: the number of a process that is over may be another's
        self.page: int | None = None
        self.deadline = self.file_deadline = self.page_begun = 0.0
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
        self.incoming = select.poll()
        self.incoming.register(self.answers, select.POLLIN)

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

    def read(self, path: os.PathLike[str], work: Work) -> bytes | Death:
        """Return the pickled result of a file."""
        self.files += 1
        self._send((path, work))
        # What was read in time before is read again: it may take longer on a machine that is busier now.
        pickled = self._answer(self.settings.timeout * (2 if work.lost else 1))
        if pickled is not None:
            return pickled
        self.is_last = True
        self.end()
        if self.is_late:
            if self.deadline == self.file_deadline:
                return Death("timeout", f"the file was not read within {self.settings.timeout:g} s", self.page, True)
            seconds = self.deadline - self.page_begun
            return Death("timeout", f"the page was not read within {seconds:g} s", self.page)
        if self.process.returncode == -signal.SIGKILL:
            return Death("memory", "out of memory: the system killed the process that read it", self.page)
        return Death("crash", f"the process that read it crashed ({_status(self.process.returncode)})", self.page)

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
        """Return what the worker says, None when it dies or does not end saying it in time.

        The time of pages that are recognised is not the file's: a book of scans may take an hour.
        """
        self.page, was_ocr = None, False
        self.deadline = self.file_deadline = time.monotonic() + seconds
        while True:
            head = self._receive(9)
            if head is None:
                return None
            mark, number = head[:1], int.from_bytes(head[1:])
            if mark not in (PAGE, OCR_PAGE):
                break
            now = time.monotonic()
            if was_ocr:
                self.file_deadline += now - self.page_begun
            self.page, self.page_begun, was_ocr = (None if number == NO_PAGE else number), now, mark == OCR_PAGE
            if was_ocr:
                self.deadline = now + OCR_TIMES * self.settings.page_timeout
            else:
                page_deadline = self.file_deadline if self.page is None else now + self.settings.page_timeout
                self.deadline = min(self.file_deadline, page_deadline)
        self.is_last = mark == LAST
        return self._receive(number)

    def _receive(self, size: int) -> bytes | None:
        """Return so many bytes, None when there are not as many before it dies or its time is over."""
        received = bytearray()
        while len(received) < size:
            left = self.deadline - time.monotonic()
            if left <= 0 or not self.incoming.poll(1000 * left):
                self.is_late = self.is_last = True
                self.kill()
                return None
            piece = os.read(self.answers.fileno(), min(size - len(received), 1 << 20))
            if not piece:
                return None
            received += piece
        return bytes(received)


def _status(returncode: int | None) -> str:
    if returncode is None or returncode >= 0:
        return f"exit status {returncode}"
    try:
        return signal.Signals(-returncode).name
    except ValueError:
        return f"signal {-returncode}"
