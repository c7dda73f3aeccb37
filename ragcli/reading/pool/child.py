"""The child's side of the worker pool: read the files that the parent names, one after the other."""

import contextlib
import dataclasses
import fcntl
import importlib
import os
import pickle
import resource
import select
import signal
import sys
import warnings
from pathlib import Path
from typing import IO

from ragcli.errors import RagError, ReadError
from ragcli.reading.registry import Reader, clean
from ragcli.reading.walk import display
from ragcli.reading.work import Work
from ragcli.records import Failure
from ragcli.settings import Reading

# The first byte of a message. The next eight are the length of the answer that follows, or the number of a page.
MORE, LAST = b"+", b"."  # an answer: whether the worker goes on
PAGE, OCR_PAGE = b"p", b"o"  # a page is begun
NO_PAGE = 2**64 - 1  # in the place of its number: all are done


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
            path, work = pickle.load(commands)
            answer, mark = _pickled(read, path, settings, dataclasses.replace(work, on_page=_Announcer(answers)))
    os._exit(0)  # nothing to save; and no library gets the chance to crash while it tidies up


class _Announcer:
    """Tells the parent which page is begun."""

    def __init__(self, answers: IO[bytes]) -> None:
        self.answers = answers

    def __call__(self, page: int | None, is_ocr: bool = False) -> None:
        self.answers.write((OCR_PAGE if is_ocr else PAGE) + (NO_PAGE if page is None else page).to_bytes(8))
        self.answers.flush()


def _pickled(read: Reader, path: Path, settings: Reading, work: Work) -> tuple[bytes, bytes]:
    kind, mark = "unreadable", MORE
    try:
        return pickle.dumps(read(path, settings, work), pickle.HIGHEST_PROTOCOL), mark
    except ReadError as error:
        kind, reason = error.kind, str(error).removeprefix(str(path)).lstrip(": ")
    except RagError as error:
        return pickle.dumps(error), LAST
    except MemoryError:
        kind, reason, mark = "memory", f"out of memory: it needs more than {settings.memory_mb} MB", LAST
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
