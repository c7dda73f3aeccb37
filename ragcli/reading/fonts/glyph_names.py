"""Letters that fonts name by numbers, which MuPDF does not know: those of old typesetters, and of Mathematical Pi.

`C0065` of a font of letters is its 65th sign, an A; of a font of Greek, the one that Symbol has there. Data sheets of the
nineties have their µ and Ω in such fonts, and headings whose letters are drawn close. TeX's big signs are known by the order
of its fonts. What is in no table stays U+FFFD: a wrong unit is worse than a missing one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ragcli.reading.fonts.big_signs import Sign, big_signs, set_down
from ragcli.reading.fonts.math_symbols import is_extension_font
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.mupdf.content import Content
from ragcli.reading.mupdf.lean_pymupdf import pymupdf

UNKNOWN = "\ufffd"  # a glyph that no map leads to Unicode
BULLET = re.compile(rf"(?<!\S)(?<!\d ){UNKNOWN} (?!\d)")  # one that stands by itself, and not between figures
_NUMBERED = re.compile(r"C(\d{4})")
_LETTERS = 5  # names of letters and figures, from which a font is one of text; one of signs has few
_DIFFERENCES = re.compile(r"/Differences\s*\[([^\]]*)\]")
_ENTRY = re.compile(r"\d+|/[^\s/\[\]<>()]+")
_GREEK = re.compile(r"grk|greek", re.IGNORECASE)
_PI = {
    **{f"H{9251 + n}": letter for n, letter in enumerate("αβγδεζηθικλμ")},
    "H9004": "Δ", "H9024": "Ω", "H11001": "+", "H11002": "−", "H11003": "×", "H11005": "=", "H11006": "±",
    "H11021": "<", "H11022": ">", "H11034": "°", "H11349": "≤", "H11350": "≥", "H11543": "°", "H11547": "±",
}  # fmt: skip
_UNKNOWN = Sign(UNKNOWN)
_NAME = 31  # characters of a font's name that spans have
_NUMBERS = pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE


def with_named_glyphs(content: Content, blocks: Sequence[Mapping[str, Any]]) -> None:
    """Write the unknown letters of a page's blocks as their names in the fonts tell them, as far as these do.

    Args:
        blocks: as `content.text()` has them.
    """
    if not any(UNKNOWN in span["text"] for span in _spans(blocks)) or not (known := _signs_by_font(content.page)):
        return
    numbered = content.page.get_text("rawdict", flags=_NUMBERS)["blocks"]
    codes = {letter["origin"]: letter["c"] for span in _spans(numbered) for letter in span["chars"]}
    for line, its_line in zip(_lines(blocks), _lines(content.letters()), strict=True):
        for span, drawn in zip(line["spans"], its_line["spans"], strict=True):
            signs = known.get(span["font"])
            if signs and UNKNOWN in span["text"]:
                read = [
                    signs.get(codes.get(letter["origin"], ""), _UNKNOWN)
                    if letter["c"] == UNKNOWN
                    else Sign(letter["c"])
                    for letter in drawn["chars"]
                ]
                span["text"] = "".join(sign.text for sign in read)
                set_down(line, read[0].height)


def _signs_by_font(page: Any) -> dict[str, dict[str, Sign]]:
    """By the name that a font of the page has in spans: its letters that are named by numbers, by their codes."""
    known: dict[str, dict[str, Sign]] = {}
    for xref, _, _, name, *_ in page.get_fonts():
        names = names_of_letters(page.parent, xref)
        if signs := _signs(name, names):
            for font in (name[:_NAME].rpartition("+")[2], f"Type3 ({xref} 0 R)"):
                both = known.setdefault(font, {})
                for code, sign in signs.items():
                    both[code] = sign if both.get(code, sign) == sign else _UNKNOWN  # two parts of one font
    return known


def names_of_letters(document: Any, xref: int) -> dict[int, str]:
    """The names of a font's letters by their codes, as far as it names them itself."""
    kind, value = document.xref_get_key(xref, "Encoding")
    found = _DIFFERENCES.search(document.xref_object(int(value.split()[0])) if kind == "xref" else value)
    names: dict[int, str] = {}
    code = 0
    for entry in _ENTRY.findall(found[1]) if found else ():
        if entry[0] == "/":
            names[code] = entry[1:]
            code += 1
        else:
            code = int(entry)
    return names


def _signs(font: str, names: Mapping[int, str]) -> Mapping[str, Sign]:
    if is_extension_font(font):
        return big_signs(names)
    signs = {chr(code): _PI[name] for code, name in names.items() if name in _PI}
    numbers = {chr(code): int(found[1]) for code, name in names.items() if (found := _NUMBERED.fullmatch(name))}
    if numbers and _GREEK.search(font):
        greek = signs_of("Symbol") or {}
        signs |= {code: spelt_out(chr(number), greek) for code, number in numbers.items() if number in greek}
    elif sum(chr(number).isalnum() and number < 0x7F for number in numbers.values()) >= _LETTERS:
        signs |= {code: chr(number) for code, number in numbers.items() if 0x20 <= number < 0x7F}
    return {code: Sign(sign) for code, sign in signs.items()}


def _lines(blocks: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    return (line for block in blocks for line in block.get("lines", ()))


def _spans(blocks: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    return (span for line in _lines(blocks) for span in line["spans"])
