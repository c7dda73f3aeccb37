"""What Word files, workbooks and presentations have in common: their markup, how it is mended, and the comments of readers."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, TypeVar
from urllib.parse import unquote

from lxml import etree

from ragcli.reading.archive import MARKUP, unpacked, well_formed

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_RENAMED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
# A template, a slide show, a file with macros: marked as such, and else as any other. The libraries know no mark but one.
_MARKS = (
    (re.compile(rb"vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template|ms-word\.\w+\.macroEnabled\w*)\.main\+xml"),
     b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    (re.compile(rb"vnd\.(?:openxmlformats-officedocument\.presentationml\.(?:template|slideshow)|ms-powerpoint\.\w+\.macroEnabled\w*)\.main\+xml"),
     b"vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
)  # fmt: skip
_TYPES = "[Content_Types].xml"
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?/>")
_TYPED = re.compile(rb'<(?:\w+:)?Override\b[^>]*?\bPartName="([^"]*)"[^>]*?/>')
_SHEET = re.compile(rb'/relationships/(?:work|chart)sheet"')
_TARGET = re.compile(rb'\bTarget="([^"]*)"')
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment|cm|reply)[ >]")

_Read = TypeVar("_Read")


def read_mended(path: Path, read: Callable[[IO[bytes]], _Read]) -> tuple[_Read, tuple[str, ...]]:
    """What `read` makes of an Office file; where it fails, of a copy in which what is left of damaged parts is whole.

    The libraries give up a file for one part: a picture whose bytes were altered, a comment with a letter too many.

    Returns: it, and the warning that names the damaged parts.
    Raises: whatever `read` does, where no part is damaged or what is left is not enough.
    """
    try:
        with path.open("rb") as file:
            return read(transitional(file)), ()
    except MemoryError:
        raise
    except Exception:
        copy, damaged = _mended(path)
        if not damaged:
            raise
    named = ", ".join(damaged[:3]) + (f" and {len(damaged) - 3} more" if len(damaged) > 3 else "")
    return read(transitional(copy)), (f"repaired: the file is damaged, some of it may be missing: {named}",)


def _mended(path: Path) -> tuple[io.BytesIO, list[str]]:
    """A copy whose parts can be unpacked and parsed, and the names of those that could not."""
    copy, damaged = io.BytesIO(), []
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as written:
        for part in archive.infolist():
            content, is_whole = unpacked(archive, part)
            if part.filename.lower().endswith(MARKUP) and not (is_whole and _is_well_formed(content)):
                content, is_whole = well_formed(content), False
            if not is_whole:
                damaged.append(part.filename)
            if content:  # nothing refers to what is not there, see `transitional`
                written.writestr(part.filename, content)
    copy.seek(0)
    return copy, damaged


def _is_well_formed(markup: bytes) -> bool:
    try:
        etree.fromstring(markup, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return False
    return True


def transitional(file: IO[bytes], others: Mapping[str, bytes] = MappingProxyType({})) -> IO[bytes]:
    """The file as the libraries read it: else a copy with the usual namespaces, marked as what is not a template, and
    without references to parts that it lacks, as a picture that a converter forgot.

    Args:
        others: what to read in place of parts.
    Source: ISO/IEC 29500-1 and -4, whose namespaces differ by name and mean the same.
    """
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        parts = {name.casefold() for name in names}
        originals = {name: archive.read(name) for name in names if name == _TYPES or name.endswith(".rels")}
        mended = {
            name: _unmarked(content, parts) if name == _TYPES else _whole(content, name, parts)
            for name, content in originals.items()
        }
        is_strict = _STRICT.search(originals.get("_rels/.rels", b"")) is not None
        if not is_strict and mended == originals and not others:
            return file
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
            for part in archive.infolist():
                content = others.get(part.filename) or mended.get(part.filename) or archive.read(part)
                if is_strict and part.filename.lower().endswith(MARKUP):
                    content = _STRICT.sub(_usual, content)
                written.writestr(part.filename, content)
    copy.seek(0)
    return copy


def _unmarked(types: bytes, parts: Collection[str]) -> bytes:
    for other, usual in _MARKS:
        types = other.sub(usual, types)
    return _TYPED.sub(lambda found: found[0] if _is_part(found[1], "/", parts) else b"", types)


def _whole(relations: bytes, name: str, parts: Collection[str]) -> bytes:
    """The relations of one part without those to parts that the file lacks."""
    return _RELATION.sub(lambda found: found[0] if _is_there(found[0], name, parts) else b"", relations)


def _is_there(relation: bytes, name: str, parts: Collection[str]) -> bool:
    """Whether a file has the part that a line of its `name`.rels refers to; of a sheet openpyxl bears that it has not."""
    target = _TARGET.search(relation)
    if b"External" in relation or target is None or _SHEET.search(relation):
        return True
    return _is_part(target[1], posixpath.dirname(posixpath.dirname(name)), parts)


def _is_part(target: bytes, folder: str, parts: Collection[str]) -> bool:
    wanted = unquote(target.decode(errors="replace").partition("#")[0])
    part = posixpath.normpath(posixpath.join("/", folder, wanted)).lstrip("/").casefold()
    return not part or part in parts


def _usual(found: re.Match[bytes]) -> bytes:
    kind, name = found[1], _RENAMED.get(found[2], found[2])
    return b"http://schemas.openxmlformats.org/%s/2006/%s" % (kind, name)


def comments(archive: zipfile.ZipFile) -> int:
    """How many comments of readers a workbook or a presentation holds, with the answers to them."""
    plain = threaded = 0  # a workbook has what is threaded in the old form as well, without the answers
    for name in archive.namelist():
        folder, _, last = name.lower().rpartition("/")
        if "comments" in f"{folder.rpartition('/')[2]}/{last}" and last.endswith(".xml") and "author" not in last:
            found = len(_COMMENT.findall(archive.read(name)))
            if "threaded" in folder:
                threaded += found
            else:
                plain += found
    return max(plain, threaded)
