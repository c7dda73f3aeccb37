"""What Word files, workbooks and presentations have in common: the kind of their markup, and the comments of readers."""

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from ragcli.reading.archive import MARKUP

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
_TARGET = re.compile(rb'\bTarget="([^"]*)"')
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment|cm|reply)[ >]")


def transitional(path: Path, others: Mapping[str, bytes] = MappingProxyType({})) -> str | io.BytesIO:
    """The file as the libraries read it: else a copy with the usual namespaces, marked as what is not a template, and
    without references to parts that it lacks, as a picture that a converter forgot.

    Args:
        others: what to read in place of parts.
    Source: ISO/IEC 29500-1 and -4, whose namespaces differ by name and mean the same.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {name.casefold() for name in names}
        originals = {name: archive.read(name) for name in names if name == _TYPES or name.endswith(".rels")}
        mended = {
            name: _unmarked(content) if name == _TYPES else _whole(content, name, parts)
            for name, content in originals.items()
        }
        is_strict = _STRICT.search(originals.get("_rels/.rels", b"")) is not None
        if not is_strict and mended == originals and not others:
            return str(path)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
            for part in archive.infolist():
                content = others.get(part.filename) or mended.get(part.filename) or archive.read(part)
                if is_strict and part.filename.lower().endswith(MARKUP):
                    content = _STRICT.sub(_usual, content)
                written.writestr(part.filename, content)
    copy.seek(0)
    return copy


def _unmarked(types: bytes) -> bytes:
    for other, usual in _MARKS:
        types = other.sub(usual, types)
    return types


def _whole(relations: bytes, name: str, parts: Collection[str]) -> bytes:
    """The relations of one part without those to parts that the file lacks."""
    return _RELATION.sub(lambda found: found[0] if _is_there(found[0], name, parts) else b"", relations)


def _is_there(relation: bytes, name: str, parts: Collection[str]) -> bool:
    """Whether a file has the part that a line of its `name`.rels refers to."""
    target = _TARGET.search(relation)
    if b"External" in relation or target is None:
        return True
    source = posixpath.dirname(posixpath.dirname(name))
    wanted = unquote(target[1].decode(errors="replace").partition("#")[0])
    part = posixpath.normpath(posixpath.join("/", source, wanted)).lstrip("/").casefold()
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
