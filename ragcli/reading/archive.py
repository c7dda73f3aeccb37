"""ZIP files that documents are made of, Office files and EPUB: opened with care, and their damage told in one line."""

import copy
import html.entities
import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from ragcli.errors import ReadError

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: Word before 2007, or a newer file encrypted
LIMIT_BYTES = 256 << 20  # of markup that an archive may unpack to; the largest books have 20 MB
# What zipfile raises for a part whose bytes were altered; also of one that is locked, or packed in an unknown way.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error)
_REST = etree.XMLParser(resolve_entities=False, recover=True, remove_comments=True)
_STREAM = re.compile(r"file '<_io\..*?>'")  # what a library calls the file
_ENTITY = re.compile(rb"&([A-Za-z]\w*);")
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


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[bytes, bool]:
    """A part, as far as it can be unpacked, and whether that is all of it, as it was packed."""
    try:
        return archive.read(part), True
    except DAMAGE:
        pieces = []
    unchecked = copy.copy(part)
    del unchecked.CRC  # what a stream without a sum to compare gives, it gives up to where it is damaged
    try:
        with archive.open(unchecked) as stream:
            while piece := stream.read(1 << 12):
                pieces.append(piece)
    except DAMAGE:
        pass
    return b"".join(pieces), False


def well_formed(markup: bytes) -> bytes:
    """What is left of damaged markup, an `&eacute;` as HTML has it; b"" where that is nothing."""
    named = _ENTITY.sub(lambda found: _character(found[1].decode()), markup)
    try:
        root = etree.fromstring(named, _REST)
        if root is None:
            return b""
        for node in root.iter("*"):
            kept = {name: value for name, value in node.attrib.items() if ":" not in name or name.startswith("{")}
            node.attrib.clear()  # of what stood there twice, too
            node.attrib.update(kept)
            if not node.tag.startswith("{"):
                node.tag = node.tag.replace(":", "_")  # a name from a vocabulary that nobody declared
        whole: bytes = etree.tostring(root)
        etree.fromstring(whole)
    except (ValueError, etree.XMLSyntaxError):
        return b""
    return whole


def _character(name: str) -> bytes:
    """A name of XML's as it is, of HTML's as the number of its character, of nobody's as nothing."""
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return f"&{name};".encode()
    return "".join(f"&#{ord(each)};" for each in html.entities.html5.get(f"{name};", "")).encode()


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
        reason = _STREAM.sub("it", " ".join(str(error).split()))
        raise ReadError(
            f"{path}: it is damaged, or no {what} ({reason})", f"save it again in {program}", "damaged"
        ) from None
