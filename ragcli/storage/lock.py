"""One writer at a time: a lock that dies with its process and says who holds it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ragcli.errors import BusyError


@contextmanager
def writer_lock(folder: Path, collection: str) -> Iterator[None]:
    """Hold `folder`/writer.lock. Raises: BusyError naming the PID of the process that holds it.

    The kernel drops the lock when its holder dies, however it dies; the PID inside the file is for people only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "writer.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            raise BusyError(
                f"collection '{collection}' is being written by process {holder}", "try again when it has ended"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
