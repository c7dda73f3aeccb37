"""What the signs of Symbol, Wingdings and Zapf Dingbats are in Unicode: files hold the number of a sign in its font.

As a letter of another font such a number is another letter, or none: the ticked box of Wingdings reads `x`, and a micro
sign of Symbol nothing. Source: Adobe's encodings of Symbol and Zapf Dingbats, whose order Unicode's dingbats keep; for
Wingdings the Unicode proposal L2/12-368.
"""

import re
from collections.abc import Mapping
from functools import cache

_FONT = re.compile(
    r"(?:[A-Z]{6}\+)?"
    r"(?:(symbol|wingdings(?:[ -]?[23])?)(?:mt|ps|std)?|(?:itc ?)?(zapf ?dingbats|zadb)(?:itc)?|(?:tex-)?(fey[mb]\w*))"
    r"(?:[-, ](?:regular|bold|italic|roman|medium)+)?",
    re.IGNORECASE,
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
# Of its two sisters what stands in forms and before the items of lists.
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "☐",
}  # fmt: skip
_WINGDINGS_3 = {
    0x21: "←", 0x22: "→", 0x23: "↑", 0x24: "↓", 0x25: "↖", 0x26: "↗", 0x27: "↙", 0x28: "↘", 0x70: "▲", 0x71: "▼", 0x72: "△",
    0x73: "▽", 0x74: "◀", 0x75: "▶", 0x76: "◁", 0x77: "▷", 0x7C: "◀", 0x7D: "▶",
}  # fmt: skip
_SYMBOL = {0x20 + n: sign for n, sign in enumerate(_SYMBOL_LOW)} | {
    0xA0 + n: sign for n, sign in enumerate(_SYMBOL_HIGH)
}
_DINGBATS = {number: chr(0x2700 + number - 0x20) for number in range(0x21, 0x7F)} | {
    0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲", 0x74: "▼", 0x75: "◆", 0x77: "◗",
}  # fmt: skip
# Of Symbol's signs those that are in Latin-1: MuPDF knows them by name, and their numbers there are rarer signs or halves.
_IN_UNICODE = frozenset(map(ord, "°±µ×÷¬©®"))
_EUROS = {ord("e"): "€"}  # of eurosym, where documents of TeX take it from
_PRIVATE = 0xF000  # where Windows puts such numbers in Unicode
_UNKNOWN = "•"  # a sign that is no letter


@cache
def signs_of(font: str) -> Mapping[int, str] | None:
    """The table for `spelt_out`; None for a font of letters."""
    found = _FONT.fullmatch(font)
    if found is None:
        return None
    if found[3]:
        return _EUROS
    if found[2]:
        return _DINGBATS
    return {"l": _SYMBOL, "2": _WINGDINGS_2, "3": _WINGDINGS_3}.get(found[1][-1].lower(), _WINGDINGS)


def spelt_out(text: str, signs: Mapping[int, str]) -> str:
    """A text of such a font with its signs in Unicode; those that stand there in Unicode already are kept."""
    return "".join(_sign(ord(letter), signs) for letter in text)


def _sign(number: int, signs: Mapping[int, str]) -> str:
    if signs is _SYMBOL and number in _IN_UNICODE:
        return chr(number)
    in_font = number - _PRIVATE if _PRIVATE <= number < _PRIVATE + 0x100 else number
    if in_font > 0xFF or chr(in_font).isspace():
        return chr(in_font)
    return signs.get(in_font, _UNKNOWN)
