"""ZIP files that documents are made of, Office files and EPUB: opened with care, and their damage told in one line."""

import mmap
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ragcli.errors import ReadError

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: Word before 2007, or a newer file encrypted
LIMIT_BYTES = 256 << 20  # of markup that an archive may unpack to; the largest books have 20 MB
MARKUP = (".xml", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".rels")


def open_archive(path: Path, what: str, streamed: str | None = None) -> zipfile.ZipFile:
    """Open a ZIP file that documents are made of, with `what` (an EPUB) in the messages.

    Args:
        streamed: how the names of parts begin that are never unpacked as a whole, and so may be of any size.
    Raises: ReadError, of kind empty, truncated, damaged, encrypted, unsupported (an Office file from before 2007), or
        memory when its markup unpacks to more than 256 MB. What a part unpacks to is never more than it declares.
    """
    with path.open("rb") as file:
        start = file.read(8)
        if not start:
            raise ReadError(f"{path}: the file is empty", "get it again", "empty")
        if start == OLD_OFFICE:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                if whole.find("EncryptedPackage".encode("utf-16-le")) >= 0:
                    raise ReadError(f"{path}: it is locked with a password", "save it without password", "encrypted")
            raise ReadError(
                f"{path}: it is an Office file from before 2007", "save it in the new format", "unsupported"
            )
    if not start.startswith(b"PK"):
        raise ReadError(f"{path}: it is not {what} inside", "give it the suffix of what it is", "damaged")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError):
        raise ReadError(f"{path}: it is cut short, its end is missing", "get it again", "truncated") from None
    parts = archive.infolist()
    held = [part for part in parts if not (streamed and part.filename.startswith(streamed))]
    unpacked = sum(part.file_size for part in held if part.filename.lower().endswith(MARKUP))
    wrong = None
    if any(part.flag_bits & 1 for part in parts):
        wrong = ReadError(f"{path}: it is locked with a password", "save it without password", "encrypted")
    elif unpacked > LIMIT_BYTES:
        wrong = ReadError(f"{path}: it unpacks to {unpacked >> 20} MB of markup", "split it", "memory")
    if wrong:
        archive.close()
        raise wrong
    return archive


@contextmanager
def damage_told(path: Path, what: str, program: str) -> Iterator[None]:
    """Take whatever a library raises inside, its own errors, lxml's or zipfile's of many kinds, for a damaged file.

    Raises: ReadError, which names `what` it should have been and the `program` to save it with; MemoryError.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())
        raise ReadError(
            f"{path}: it is damaged, or no {what} ({reason})", f"save it again in {program}", "damaged"
        ) from None
