"""What can go wrong, with the exit code of each kind and the user's next step."""

from typing import ClassVar


class RagError(Exception):
    """A failure the user can act on: one line on stderr, a traceback only with -v.

    Args:
        what: what failed, and on which file, key or collection; no trailing full stop.
        next_step: the command or the change that mends it.
    """

    exit_code: ClassVar[int] = 1

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
