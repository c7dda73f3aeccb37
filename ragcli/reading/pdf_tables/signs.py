"""What the letters mean that the table finder has for signs of a PDF without Unicode."""

from typing import Any

from ragcli.reading.fonts.glyph_names import UNKNOWN
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.mupdf.lean_pymupdf import pymupdf


def private_signs(page: Any) -> dict[int, str]:
    """What the numbers for private use on a page mean, by which Symbol and the like are mapped; their fonts tell."""
    return {
        ord(sign): spelt_out(sign, signs)
        for block in page.get_text("dict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        if not span["text"].isascii() and (signs := signs_of(span["font"]))
        for sign in span["text"]
        if "\uf000" <= sign < "\uf100"
    }


def invented_signs(page: Any) -> dict[int, str]:
    """Bullets for the letters that the finder has for glyphs without Unicode, where they stand for nothing else.

    What is no bullet is told by the rows of the first pass: their table is left out for it.
    """
    flags = pymupdf.TEXTFLAGS_TEXT
    known = set(page.get_text("text", flags=flags & ~pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE))
    if UNKNOWN not in known:
        return {}
    return {ord(sign): "•" for sign in set(page.get_text("text", flags=flags)) - known}
