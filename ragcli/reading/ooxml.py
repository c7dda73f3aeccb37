"""What Word files, workbooks and presentations have in common: the kind of their markup, and the comments of readers."""

import io
import re
import zipfile
from pathlib import Path

from ragcli.reading.archive import MARKUP

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_RENAMED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment|cm|reply)[ >]")


def transitional(path: Path) -> str | io.BytesIO:
    """The file as the libraries read it: where it is saved as strict Open XML, a copy with the usual namespaces.

    Source: ISO/IEC 29500-1 and -4, whose namespaces differ by name and mean the same.
    """
    with zipfile.ZipFile(path) as archive:
        if "_rels/.rels" not in archive.namelist() or not _STRICT.search(archive.read("_rels/.rels")):
            return str(path)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
            for part in archive.infolist():
                content = archive.read(part)
                if part.filename.lower().endswith(MARKUP):
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
