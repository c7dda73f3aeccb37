"""Codes of TeX's fonts of formulas that a file takes for ASCII: `v1 2 V1` for `v1 ∈ V1`, `k = 1; 2; : : :` for `1, 2, …`.

Most files name the signs of these fonts, and nothing is to be done. That a page does not is told by signs that the font
does not have: figures and small letters of Symbols, a semicolon of Italic.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_SYMBOLS = (  # OMS, in the order of the font
    "−·×∗÷⋄±∓⊕⊖⊗⊘⊙◯∘•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽\u0338↦∀∃¬∅ℜℑ⊤⊥ℵABCDEFGHIJKLMNOPQRSTUVWXYZ∪∩⊎∧∨"
    "⊢⊣⌊⌋⌈⌉{}⟨⟩|∥↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡¶♣♢♡♠"
)
_ITALIC = (  # OML
    "ΓΔΘΛΞΠΣΥΦΨΩαβγδϵζηθικλμνξπρστυϕχψωεϑϖϱςφ↼↽⇀⇁↩↪▷◁0123456789.,</>⋆∂ABCDEFGHIJKLMNOPQRSTUVWXYZ♭♮♯⌣⌢ℓabcdefghijklmnopqrstuvwxyz"
)
_FONTS = {"CMSY": (_SYMBOLS, re.compile("[a-z0-9!¡]")), "CMMI": (_ITALIC, re.compile("[;:=]"))}


def with_tex_codes(blocks: Sequence[Mapping[str, Any]]) -> None:
    """Write the signs of such fonts on a page, where it has their codes.

    Args:
        blocks: as `Page.get_text("dict")` has them; changed in place.
    """
    spans: dict[str, list[dict[str, Any]]] = {}
    for block in blocks:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                if span["font"][:4] in _FONTS:
                    spans.setdefault(span["font"][:4], []).append(span)
    for font, its in spans.items():
        signs, odd = _FONTS[font]
        if any(odd.search(span["text"]) for span in its):
            for span in its:
                span["text"] = "".join(_sign(letter, signs) for letter in span["text"])


def _sign(letter: str, signs: str) -> str:
    """The sign of a code; the first 33 are a second time above 0xA0, since old printers could not do with controls."""
    code = ord(letter)
    if letter == " " or (code > 0xA0 and letter in signs):  # the sign itself: `·`, `×`
        return letter
    if 0xA1 <= code <= 0xAA:
        code -= 0xA1
    elif 0xAD <= code <= 0xC3:
        code -= 0xA3
    return signs[code] if code < len(signs) else letter
