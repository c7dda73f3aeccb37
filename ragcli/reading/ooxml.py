"""What Word files, workbooks and presentations have in common: the kind of their markup, and the comments of readers."""

import io
import posixpath
import re
import zipfile
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote

from ragcli.reading.archive import MARKUP

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


def transitional(path: Path) -> str | io.BytesIO:
    """The file as the libraries read it: else a copy with the usual namespaces, marked as what is not a template, and
    without references to parts that it lacks, as a picture that a converter forgot.

    Source: ISO/IEC 29500-1 and -4, whose namespaces differ by name and mean the same.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {name.casefold() for name in names}
        is_strict = "_rels/.rels" in names and _STRICT.search(archive.read("_rels/.rels")) is not None
        types = archive.read(_TYPES) if _TYPES in names else b""
        marked = types
        for other, usual in _MARKS:
            marked = other.sub(usual, marked)
        changed = {_TYPES: marked} if marked != types else {}
        for name in names:
            if name.endswith(".rels"):
                relations = archive.read(name)
                whole = _RELATION.sub(
                    lambda found, name=name: found[0] if _is_there(found[0], name, parts) else b"", relations
                )
                changed |= {name: whole} if whole != relations else {}
        if not is_strict and not changed:
            return str(path)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
            for part in archive.infolist():
                content = changed.get(part.filename) or archive.read(part)
                if is_strict and part.filename.lower().endswith(MARKUP):
                    content = _STRICT.sub(_usual, content)
                written.writestr(part.filename, content)
    copy.seek(0)
    return copy


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
