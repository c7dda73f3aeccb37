"""Ligatures that the Macintosh prints without saying which they are: `informa7on` is information, `hfps` https.

Quartz cuts a font down to the letters that a document has and numbers these from 33 on. Its map to Unicode leaves out the
ligatures that have no place there, such as Calibri's ti, tt and ft, and readers show what has their number in ASCII. Their
outlines tell: a ligature begins where its first letter does, is as high as the highest of its letters, and hardly narrower
than they are together.
"""

import contextlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from struct import unpack_from
from typing import Any, NamedTuple

_MAKER = "Quartz PDFContext"
_LIGATURES = ("ti", "tt", "ft", "tf", "tti", "fft", "ff", "fi", "fl", "ffi", "ffl", "fj")
_LETTERS = frozenset("".join(_LIGATURES))
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{2})>\s*(?:<([0-9A-Fa-f]{2})>\s*)?<([0-9A-Fa-f]{4,})>")  # codes, and Unicode
_NARROWER, _WIDER = 0.9, 1.02  # times the width of the letters
# In ems: Calibri's tt is a little higher than its t, which is far lower than i and f.
_BESIDE, _HIGHER = 0.003, 0.03


class Shape(NamedTuple):
    """The outline of a letter, in ems: how far it moves the pen, where it begins, how high it is."""

    width: float
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class _Font:
    family: str
    cmap: int  # the xref of its map to Unicode
    letters: Mapping[int, str]  # by code, those that it maps
    shapes: Mapping[int, Shape]


def map_lost_ligatures(document: Any) -> None:
    """Add such ligatures to the maps of an open pymupdf.Document, before its fonts are loaded; the file stays as it is."""
    if document.is_pdf and _MAKER in str((document.metadata or {}).get("producer")):
        with contextlib.suppress(Exception):  # of a damaged file MuPDF shows what it can all the same
            _map(document)


def _map(document: Any) -> None:
    numbers = range(1, document.xref_length())
    xrefs = [xref for xref in numbers if document.xref_get_key(xref, "Subtype")[1] == "/TrueType"]
    fonts = [font for xref in xrefs if (font := _font(document, xref))]
    known: defaultdict[str, dict[str, Shape]] = defaultdict(dict)  # no part of a font need have all its letters
    for font in fonts:
        for code, letter in font.letters.items():
            if letter in _LETTERS and code in font.shapes:
                known[font.family][letter] = font.shapes[code]
    for font in fonts:
        lost = {code: shape for code, shape in font.shapes.items() if code not in font.letters}
        told = {code: text for code, shape in lost.items() if (text := _ligature(shape, known[font.family]))}
        if told:
            lines = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in told.items())
            added = f"{len(told)} beginbfchar\n{lines}\nendbfchar\nendcmap".encode()
            document.update_stream(font.cmap, document.xref_stream(font.cmap).replace(b"endcmap", added, 1))


def _ligature(shape: Shape, known: Mapping[str, Shape]) -> str | None:
    """The ligature that an outline is of; None where it is none that is known, or has letters that are not."""
    for text in _LIGATURES:
        parts = [known[letter] for letter in text if letter in known]
        if (
            len(parts) == len(text)
            and _NARROWER < shape.width / sum(part.width for part in parts) < _WIDER
            and abs(shape.left - parts[0].left) < _BESIDE
            and abs(shape.top - max(part.top for part in parts)) < _HIGHER
        ):
            return text
    return None


def _font(document: Any, xref: int) -> _Font | None:
    """A font that has its own codes and a map of them; None for any other."""
    if document.xref_get_key(xref, "Encoding")[0] != "null" or not (cmap := _reference(document, xref, "ToUnicode")):
        return None
    widths = document.xref_get_key(xref, "Widths")[1]
    if widths.endswith(" R"):
        widths = document.xref_object(int(widths.split()[0]))
    first = int(document.xref_get_key(xref, "FirstChar")[1])
    descriptor = _reference(document, xref, "FontDescriptor")
    outlines = document.xref_stream(_reference(document, descriptor, "FontFile2"))
    by_code = {code: float(width) / 1000 for code, width in enumerate(widths.strip("[]").split(), start=first)}
    family = document.xref_get_key(xref, "BaseFont")[1].rpartition("+")[2]
    return _Font(family, cmap, _letters(document.xref_stream(cmap)), _shapes(outlines, by_code))


def _reference(document: Any, xref: int, key: str) -> int:
    kind, value = document.xref_get_key(xref, key)
    return int(value.split()[0]) if kind == "xref" else 0


def _letters(cmap: bytes) -> dict[int, str]:
    letters: dict[int, str] = {}
    for low, high, unicode in _MAPPED.findall(cmap):
        first = int(unicode[:4], 16)
        for code in range(int(low, 16), int(high or low, 16) + 1):
            letters[code] = chr(first + code - int(low, 16))
    return letters


def _shapes(font: bytes, widths: Mapping[int, float]) -> dict[int, Shape]:
    """The outlines of a TrueType font by their codes, but for those that draw nothing.

    Source: Apple's TrueType reference manual, the tables "cmap" (format 6), "head", "loca" and "glyf".
    """
    count = unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    codes = tables[b"cmap"] + unpack_from(">I", font, tables[b"cmap"] + 8)[0]
    kind, _, _, first, count = unpack_from(">5H", font, codes)
    if kind != 6:
        return {}
    em = unpack_from(">H", font, tables[b"head"] + 18)[0]
    is_long = unpack_from(">h", font, tables[b"head"] + 50)[0]
    shapes = {}
    for code, glyph in enumerate(unpack_from(f">{count}H", font, codes + 10), start=first):
        start, end = (
            unpack_from(">2I", font, tables[b"loca"] + 4 * glyph)
            if is_long
            else (2 * half for half in unpack_from(">2H", font, tables[b"loca"] + 2 * glyph))
        )
        if start < end and code in widths:
            _, left, _, _, top = unpack_from(">5h", font, tables[b"glyf"] + start)
            shapes[code] = Shape(widths[code], left / em, top / em)
    return shapes
