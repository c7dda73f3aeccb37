"""Files written whole or not at all, and known by their bytes."""

import hashlib
import os
from pathlib import Path


def write_whole(file: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Write a file, and its folder where there is none: a reader sees the old content or the new, never a part.

    A kill leaves a temporary file beside it at most. Not safe against a power cut: nothing is forced to the disk.

    Args:
        mode: of a new file, less what the umask takes away.
    Raises: OSError when it can't be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f"{file.name}.{os.getpid()}")  # another process may be writing the same file
    temporary.touch(mode)
    temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    temporary.replace(file)


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits. Raises: OSError when it can't be read."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
