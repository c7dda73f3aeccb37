"""Open a PDF, with a password if need be, or say why it can't be opened."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ragcli.errors import ReadError
from ragcli.reading.fonts.bitmap_fonts import map_bitmap_fonts
from ragcli.reading.fonts.lost_ligatures import map_lost_ligatures
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.normalise import clean

_COPY = "a rewritten copy"  # the name of a document that was opened by way of one
_LOCK = re.compile(rb"/Encrypt(?=\s*(?:\d+\s+\d+\s+R|<<))")  # where the trailer names it


def open_pdf(path: Path, *passwords: str | None) -> Any:
    """Open a PDF as `_found` has it, with maps of fonts that have none, or one with holes."""
    document = _found(path, *passwords)
    map_bitmap_fonts(document)
    map_lost_ligatures(document)
    return document


def _found(path: Path, *passwords: str | None) -> Any:
    """Open a PDF that has at least one page and can be read; a locked one with the first password that fits.

    A file so damaged that MuPDF finds no page in it, or not all, is opened by way of a rewritten copy, where that has some.

    Returns: a pymupdf.Document; the caller closes it.
    Raises: ReadError.
    """
    if path.stat().st_size == 0:
        raise ReadError(f"{path} is empty (0 bytes)", "copy it again from where it came", "empty")
    given = [password for password in passwords if password]
    try:
        document = _opened(path)
        # needs_pass is looked at once: a second look locks the document again, and its text is empty.
        if document.needs_pass and not any(map(document.authenticate, _spellings(given))):
            pages_are_open = _is_locked_beside(document)
            document.close()
            if not pages_are_open:
                raise _locked(path, len(given))
            document = pymupdf.open(stream=_LOCK.sub(b"/Unlocked", path.read_bytes()), filetype="pdf")
        pages = document.page_count if document.is_pdf else 0  # MuPDF looks inside and opens pictures and HTML as well
        if 0 < pages < _children(document) and (copy := _copied(path, given)):
            return copy
    except ReadError:
        raise
    except Exception as error:  # MuPDF raises a dozen kinds, some of them RuntimeErrors with builtin names
        if copy := _copied(path, given):
            return copy
        raise _unopened(path, str(error)) from error
    if pages == 0:
        repaired = document.is_repaired
        document.close()
        if copy := _copied(path, given):
            return copy
        raise _unopened(path, "no pages", repaired)
    return document


def _is_locked_beside(document: Any) -> bool:
    """Tell whether strings and streams are written as they are, so that only attached files are encrypted.

    Source: PDF 1.7, tables 20 and 25: both names are Identity unless they are given, from version 4 of encryption on.
    """
    version, *filters = (document.xref_get_key(-1, f"Encrypt/{key}")[1] for key in ("V", "StmF", "StrF"))
    return version in ("4", "5") and all(name in ("null", "/Identity") for name in filters)


def is_copy(document: Any) -> bool:
    """Tell whether a document was opened by way of a rewritten copy, since MuPDF did not find its pages."""
    return bool(document.name == _COPY)


def _children(document: Any) -> int:
    """How many branches the tree of pages has at its root: pages, or more. MuPDF believes the number that stands there."""
    try:
        return str(document.xref_get_key(document.pdf_catalog(), "Pages/Kids")[1]).count(" R")
    except Exception:  # there are none
        return 0


def _copied(path: Path, passwords: Sequence[str]) -> Any:
    """The document as its rewritten copy has it; None when that has no pages either.

    Raises: ReadError when it is locked.
    """
    try:
        document = pymupdf.open(_COPY, stream=rewritten(path, passwords), filetype="pdf")
        if document.page_count:
            return document
        document.close()
    except ReadError:
        raise
    except Exception:  # not even that way
        pass
    return None


def rewritten(path: Path, passwords: Sequence[str]) -> bytes:
    """The file written anew by pikepdf, which mends much that MuPDF does not, unlocked.

    Raises: ReadError when no password opens it; whatever pikepdf raises of a file that it can't mend.
    """
    import pikepdf  # here: only damaged files pay for it

    for password in ("", *passwords):
        try:
            with pikepdf.open(path, password=password) as copy:
                written = io.BytesIO()
                copy.save(written)
                return written.getvalue()
        except pikepdf.PasswordError:
            continue
    raise _locked(path, len(passwords))


def _opened(path: Path) -> Any:
    try:
        str(path).encode()
    except UnicodeEncodeError:  # a name that is no UTF-8: MuPDF finds no such file
        return pymupdf.open(stream=path.read_bytes(), filetype="pdf")
    return pymupdf.open(path, filetype="pdf")


def _spellings(passwords: Iterable[str]) -> Iterator[str]:
    """Each password as it was typed, and as writers of PDF 2.0 prepare it (RFC 4013), which MuPDF does not."""
    for password in passwords:
        yield password
        if (prepared := unicodedata.normalize("NFKC", password.replace("\u00ad", ""))) != password:
            yield prepared


def _locked(path: Path, tried: int) -> ReadError:
    if not tried:
        return ReadError(
            f"{path}: it is locked with a password", "give it: --password-file FILE, or RAG_PDF_PASSWORD", "encrypted"
        )
    wrong = "the password does not open it" if tried == 1 else f"none of the {tried} passwords opens it"
    return ReadError(f"{path}: {wrong}", "give the right one: --password-file FILE", "encrypted")


def _unopened(path: Path, reason: str, repaired: bool = True) -> ReadError:
    with path.open("rb") as file:
        head = file.read(4096)
    if b"%PDF-" not in head:
        return ReadError(f"{path} is not a PDF inside", "convert it, or give it the suffix of what it is", "damaged")
    if repaired and not has_end(path):
        return ReadError(f"{path} is cut short: its end is missing", "copy or download it again", "truncated")
    if reason == "no pages":
        return ReadError(f"{path} has no pages", "write it again from its source", "empty")
    told = "" if str(path) in reason else f" ({clean(reason)})"
    return ReadError(f"{path} is damaged{told}", "copy it again, or print it to a new PDF", "damaged")


def has_end(path: Path) -> bool:
    """Tell whether the file has its end mark, within the last 2 kB."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        return b"%%EOF" in file.read()
