"""What can go wrong, with the exit code of each kind and the user's next step."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_MAKE_ROOM = "make room, or set RAG_HOME to a folder on another disk, then give the same command again"
_MAKE_ROOM_SOMEWHERE = "make room where the output goes and where RAG_HOME is, then give the same command again"


class RagError(Exception):
    """A failure the user can act on: one line on stderr, a traceback only with -v.

    Args:
        what: what failed, and on which file, key or collection; no trailing full stop.
        next_step: the command or the change that mends it.
    """

    exit_code: ClassVar[int]

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what, next_step)  # both, so that it survives the way back from a worker process
        self.what, self.next_step = what, next_step

    def __str__(self) -> str:
        return f"{self.what}; {self.next_step}"


class UsageError(RagError):
    """The command line or the configuration asks for something that makes no sense."""

    exit_code = 2


class ReadError(RagError):
    """A file or one of its pages could not be read; the rest of the batch goes on.

    `kind` is one word for machines: encrypted, truncated, empty, damaged, unsupported, unreadable, timeout, memory, crash.
    """

    exit_code = 3

    def __init__(self, what: str, next_step: str, kind: str = "unreadable") -> None:
        super().__init__(what, next_step)
        self.args = (what, next_step, kind)
        self.kind = kind


class StoreError(RagError):
    """The index is missing, damaged, or was made with another embedding model."""

    exit_code = 4


class ModelError(RagError):
    """A model, a package it needs, or an endpoint is unavailable."""

    exit_code = 5


class BusyError(RagError):
    """Another process is writing this collection."""

    exit_code = 75


class OwnError(RagError):
    """A fault of rag itself. Not 1, as Python would exit: that says that nothing was found."""

    exit_code = 70  # EX_SOFTWARE of sysexits.h, where 75 is from, too


def as_rag_error(error: Exception) -> RagError:
    """The error itself where it is one of ours, else one that says in one line what happened, and what to do."""
    if isinstance(error, RagError):
        return error
    if isinstance(error, OSError):
        return _of_the_system(error)
    if name := getattr(error, "sqlite_errorname", None):
        return _of_the_index(str(error), name)
    said = " ".join(str(error).split())
    return OwnError(
        f"{type(error).__name__}{f': {said}' if said else ''}",
        "this is a fault of rag itself: the same command with -v shows where, please report it",
    )


def _of_the_system(error: OSError) -> RagError:
    reason = said_of(error)
    what = f"{os.fsdecode(error.filename)}: {reason}" if isinstance(error.filename, str | bytes) else reason
    if error.errno in _FULL:
        return ReadError(what, _MAKE_ROOM if error.filename else _MAKE_ROOM_SOMEWHERE)  # it may be stdout's disk
    if error.errno in _FORBIDDEN:
        return UsageError(what, "get the right to it, or name another place (for rag's own files: RAG_HOME)")
    return UsageError(what, "mend that, or name another; the same command with -v shows where it happened")


def _of_the_index(said: str, name: str) -> RagError:
    """Of SQLite, by the name of its result code."""
    if name == "SQLITE_FULL":
        return ReadError(f"the index can't grow: {said}", _MAKE_ROOM)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(f"another process holds the index: {said}", "try again when it has ended")
    if name.startswith("SQLITE_READONLY"):
        return UsageError(f"the index can't be written: {said}", "see: rag doctor")
    return StoreError(f"the index can't be read or written: {said}", "see which one, and what to do: rag doctor")


def unwritable(file: Path, why: str | None) -> UsageError:
    """Of a file that the user named, to be written."""
    return UsageError(f"{file} can't be written ({why})", "name another file")


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """What is inside writes a file that the user named. Raises: UsageError where that can't be."""
    try:
        yield
    except OSError as error:
        raise unwritable(file, error.strerror) from error


def said_of(error: OSError) -> str:
    """What the system says, in small letters: `no space left on device`."""
    return (error.strerror or str(error)).lower()


def is_interruption(error: BaseException) -> bool:
    """Whether it is Ctrl-C: a library that is being loaded just then fails with an ImportError of its own, because of it."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, KeyboardInterrupt):
        cause = cause.__cause__
    return cause is not None
