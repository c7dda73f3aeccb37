"""What Word files, workbooks and presentations have in common: the kind of their markup, and the comments of readers."""

import io
import re
import zipfile
from pathlib import Path

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
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment|cm|reply)[ >]")


def transitional(path: Path) -> str | io.BytesIO:
    """The file as the libraries read it: else a copy with the usual namespaces, and marked as what is not a template.

    Source: ISO/IEC 29500-1 and -4, whose namespaces differ by name and mean the same.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        is_strict = "_rels/.rels" in names and _STRICT.search(archive.read("_rels/.rels")) is not None
        types = archive.read(_TYPES) if _TYPES in names else b""
        marked = types
        for other, usual in _MARKS:
            marked = other.sub(usual, marked)
        if not is_strict and marked == types:
            return str(path)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
            for part in archive.infolist():
                content = marked if part.filename == _TYPES else archive.read(part)
                if is_strict and part.filename.lower().endswith(MARKUP):
                    content = _STRICT.sub(_usual, content)
                written.writestr(part.filename, content)
    copy.seek(0)
    return copy


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
