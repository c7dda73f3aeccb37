"""What the signs of the fonts Symbol and Wingdings are in Unicode: files hold the number that a sign has in its font.

As a letter of another font such a number is another letter, or none: the ticked box of Wingdings reads `x`, and a micro
sign of Symbol nothing. Source: Adobe's encoding of Symbol; for Wingdings the Unicode proposal L2/12-368.
"""

import re
from collections.abc import Mapping
from functools import cache

_FONT = re.compile(
    r"(?:[A-Z]{6}\+)?(symbol|wingdings)(?:mt|ps|std)?(?:[-, ](?:regular|bold|italic|roman)+)?", re.IGNORECASE
)

# From 0x20 on, in the order of the font.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = (  # from 0xA0 on
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "☐",
    0x70: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒", 0x9E: "·",
    0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + n: chr(0x2460 + n) for n in range(10)},  # ① to ⑩
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},  # ❶ to ❿
}  # fmt: skip
_SYMBOL = {0x20 + n: sign for n, sign in enumerate(_SYMBOL_LOW)} | {
    0xA0 + n: sign for n, sign in enumerate(_SYMBOL_HIGH)
}
_SIGNS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = 0xF000  # where Windows puts such numbers in Unicode
_UNKNOWN = "•"  # a sign that is no letter


@cache
def signs_of(font: str) -> Mapping[int, str] | None:
    """The table for `spelt_out`; None for a font of letters."""
    found = _FONT.fullmatch(font)
    return _SIGNS[found[1].lower()] if found else None


def spelt_out(text: str, signs: Mapping[int, str]) -> str:
    """A text of such a font with its signs in Unicode; those that stand there in Unicode already are kept."""
    return "".join(_sign(ord(letter), signs) for letter in text)


def _sign(number: int, signs: Mapping[int, str]) -> str:
    in_font = number - _PRIVATE if _PRIVATE <= number < _PRIVATE + 0x100 else number
    if in_font > 0xFF or chr(in_font).isspace():
        return chr(in_font)
    return signs.get(in_font, _UNKNOWN)
