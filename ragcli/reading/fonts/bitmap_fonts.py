"""Letters of TeX's bitmap fonts, as dvips and what read it wrote them into PDF for twenty years: many a thesis is set so.

Their letters have no names but their codes in TeX's font, as such or as `a101`. Without a map MuPDF knows letters and figures,
and neither ligatures nor accents, dashes and quotes: `in�nite`. Newer Ghostscripts make a map, by which `a101` is no e, but the
sign of that name in Zapf Dingbats: `✐♥❢✐♥✐t❡`. Those before 8 put the letters of all fonts into one and number them in the order
in which they come: what `a12` is, nobody knows, and the page is to be recognised.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Mapping, Set
from typing import Any

from ragcli.reading.fonts.glyph_names import names_of_letters

_MAKERS = re.compile("Ghostscript|Distiller|dvips")
_LOOKED_AT = 3  # pages, of which one has letters of such a font if any has
_ESCAPED = re.compile("#([0-9A-Fa-f]{2})")
_DINGBAT = re.compile(rb"<27[0-9A-Fa-f]{2}>")
_ITSELF = re.compile(rb"<([0-9A-Fa-f]{2})>\s*(?:<\1>\s*)?<00\1>")  # a code, in a map
_GLYPH = re.compile(r"/a(\d{1,3})\b")
_FEWEST = 5  # small letters of a font of text
_STOPS = frozenset(map(ord, "',-."))  # which TeX's fonts of formulas have elsewhere
_ASCII = {code: chr(code) for code in range(0x20, 0x7F)}
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
_OT1 = {
    **_ASCII,
    **dict(enumerate("ΓΔΘΛΞΠΣΥΦΨΩ")),
    **dict(enumerate(_LIGATURES, start=0x0B)),
    **dict(enumerate("ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ", start=0x10)),
    **{0x22: "”", 0x27: "’", 0x3C: "¡", 0x3E: "¿", 0x5C: "“", 0x5F: "˙", 0x60: "‘", 0x7B: "–", 0x7C: "—", 0x7D: "˝"},
    **{0x7E: "˜", 0x7F: "¨"},
}  # fmt: skip
_T1 = {
    **_ASCII,
    **dict(enumerate("`´ˆ˜¨˝˚ˇ˘¯˙¸˛‚‹›“”„«»–—")),
    **dict(enumerate(_LIGATURES, start=0x1B)),
    **{0x19: "ı", 0x1A: "ȷ", 0x27: "’", 0x60: "‘", 0x7F: "-"},
    **dict(enumerate("ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£", start=0x80)),
    **{code: chr(code) for code in range(0xC0, 0x100)},
    **{0xD7: "Œ", 0xDF: "SS", 0xF7: "œ", 0xFF: "ß"},
}
# Signs for private use, each another: MuPDF drops one of two alike at one place.
_UNKNOWN = {code: chr(0xE000 + code) for code in range(0x100)}
_ENCODINGS = {
    "OT1": _OT1,
    "T1": _T1,
    "typewriter": _ASCII | {code: letter for code, letter in _T1.items() if code >= 0x80},
    "none": _UNKNOWN,
}


def map_bitmap_fonts(document: Any) -> None:
    """Give such fonts of an open pymupdf.Document the maps of TeX's encodings, before they are loaded; the file stays as it is.

    Fonts of formulas, in which the same codes are other signs, keep none.
    """
    stated = document.metadata or {}
    if not document.is_pdf or not _MAKERS.search(f"{stated.get('creator')} {stated.get('producer')}"):
        return
    with contextlib.suppress(Exception):  # of a damaged file MuPDF shows what it can all the same
        pages = range(min(_LOOKED_AT, document.page_count))
        shown = {xref for page in pages for xref, _, kind, *_ in document.get_page_fonts(page) if kind == "Type3"}
        if any(_codes(document, xref) for xref in shown):
            _map(document)


def _map(document: Any) -> None:
    fonts = {
        xref: codes
        for xref in range(1, document.xref_length())
        if document.xref_get_key(xref, "Subtype")[1] == "/Type3" and (codes := _codes(document, xref))
    }
    by_use = {xref for xref, codes in fonts.items() if _is_of_text(codes) and _is_numbered_by_use(document, xref)}
    told = Counter(filter(None, (_encoding(codes) for xref, codes in fonts.items() if xref not in by_use)))
    usual = told.most_common(1)[0][0] if told else "OT1"  # a font of few letters does not tell
    maps: dict[str, str] = {}
    for xref, codes in fonts.items():
        if not _is_of_text(codes):
            if _DINGBAT.search(_cmap_of(document, xref)):
                document.xref_set_key(xref, "ToUnicode", "null")
            continue
        name = "typewriter" if len(_widths(document, xref)) == 1 else _encoding(codes) or usual
        if xref in by_use:
            name = "none"
        if name not in maps:
            maps[name] = _stream(document, _cmap(_ENCODINGS[name]))
        document.xref_set_key(xref, "ToUnicode", maps[name])


def _codes(document: Any, xref: int) -> Set[int]:
    """The codes of the letters of such a font: they are all the names that these have, and its map says nothing better."""
    names = names_of_letters(document, xref)
    names.pop(0, None)  # for which a program has a name of its own
    raw = {code: _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name) for code, name in names.items()}
    is_named = all(name == f"a{code}" for code, name in raw.items()) or all(
        name == chr(code) for code, name in raw.items()
    )
    cmap = _cmap_of(document, xref)
    return frozenset(raw) if is_named and (not cmap or _DINGBAT.search(cmap) or _ITSELF.search(cmap)) else frozenset()


def _is_numbered_by_use(document: Any, xref: int) -> bool:
    """Whether the letters that a font draws have all numbers from 0 or 1 on, though it names those of a whole encoding."""
    kind, value = document.xref_get_key(xref, "CharProcs")
    drawn = document.xref_object(int(value.split()[0])) if kind == "xref" else value
    numbers = set(map(int, _GLYPH.findall(drawn)))
    first = min(numbers, default=2)
    return first < 2 <= len(numbers) and numbers == set(range(first, first + len(numbers)))


def _cmap_of(document: Any, xref: int) -> bytes:
    kind, value = document.xref_get_key(xref, "ToUnicode")
    return bytes(document.xref_stream(int(value.split()[0]))) if kind == "xref" else b""


def _widths(document: Any, xref: int) -> Set[str]:
    _, listed = document.xref_get_key(xref, "Widths")
    return set(listed.strip("[]").split()) - {"0"}


def _is_of_text(codes: Set[int]) -> bool:
    return sum(ord("a") <= code <= ord("z") for code in codes) >= _FEWEST and not codes.isdisjoint(_STOPS)


def _encoding(codes: Set[int]) -> str | None:
    """TeX's old encoding or that of Cork, as the places of ligatures and accented letters tell; None where it has neither."""
    if not _is_of_text(codes):
        return None
    if max(codes) >= 0x80:
        return "T1"
    old, cork = (not codes.isdisjoint(range(first, first + 5)) for first in (0x0B, 0x1B))
    return None if old == cork else "OT1" if old else "T1"


def _cmap(letters: Mapping[int, str]) -> str:
    """A map from codes to Unicode, in parts of no more than a hundred lines, as PDF has them."""
    lines = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in letters.items()]
    parts = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    told = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n/CMapName /TeX def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{told}\nendcmap\nend\nend\n"
    )


def _stream(document: Any, cmap: str) -> str:
    xref = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, cmap.encode())
    return f"{xref} 0 R"
