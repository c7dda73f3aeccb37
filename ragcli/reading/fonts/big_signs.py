"""Big delimiters, sums and roots of TeX's extension fonts: files hold their codes, and no map leads those to Unicode.

They hang from their origin, and so stand in lines of their own, high above the formula that they are of.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from ragcli.reading.fonts.math_symbols import is_extension_font, latex_of, piece_of, unicode_of

# What the fonts call their signs, from code 0 on.
_PAIRS = "paren bracket floor ceiling brace angbracket"
_PIECES = (
    "parenlefttp parenrighttp bracketlefttp bracketrighttp bracketleftbt bracketrightbt bracketleftex bracketrightex "
    "bracelefttp bracerighttp braceleftbt bracerightbt braceleftmid bracerightmid braceex arrowvertex parenleftbt "
    "parenrightbt parenleftex parenrightex"
)


def _pairs(size: str) -> str:
    return " ".join(f"{name}{side}{size}" for name in _PAIRS.split() for side in ("left", "right"))


_NAMES = (
    f"{_pairs('big')} vextendsingle vextenddouble slashbig backslashbig parenleftBig parenrightBig {_pairs('bigg')} "
    f"slashbigg backslashbigg {_pairs('Bigg')} slashBigg backslashBigg slashBig backslashBig {_PIECES} angbracketleftBig "
    "angbracketrightBig unionsqtext unionsqdisplay contintegraltext contintegraldisplay circledottext circledotdisplay "
    "circleplustext circleplusdisplay circlemultiplytext circlemultiplydisplay summationtext producttext integraltext "
    "uniontext intersectiontext unionmultitext logicalandtext logicalortext summationdisplay productdisplay "
    "integraldisplay uniondisplay intersectiondisplay unionmultidisplay logicalanddisplay logicalordisplay coproducttext "
    "coproductdisplay hatwide hatwider hatwidest tildewide tildewider tildewidest bracketleftBig bracketrightBig "
    "floorleftBig floorrightBig ceilingleftBig ceilingrightBig braceleftBig bracerightBig radicalbig radicalBig "
    "radicalbigg radicalBigg radicalbt radicalvertex radicaltp"
).split()
_CODES = {name: chr(code) for code, name in enumerate(_NAMES)}
_ACCENTS = {r"\hat": "ˆ", r"\tilde": "˜"}
# Those for which the LaTeX of formulas has no use.
_MORE = {0x0E: "/", 0x0F: "\\", 0x1E: "/", 0x1F: "\\", 0x2C: "/", 0x2D: "\\", 0x2E: "/", 0x2F: "\\"}
_MORE |= {0x44 + n: sign for n, sign in enumerate("⟨⟩⨆⨆∮∮⨀⨀⨁⨁⨂⨂")}
_MORE |= {0x55: "⨄", 0x56: "⋀", 0x57: "⋁", 0x5D: "⨄", 0x5E: "⋀", 0x5F: "⋁", 0x60: "∐", 0x61: "∐"}
_MORE |= {0x6A + n: sign for n, sign in enumerate("⌊⌋⌈⌉")}
_BARS = "\x0c\x0d"  # which are stacked
# Heights in sizes, as Computer Modern has them.
_HEIGHTS = {
    **dict.fromkeys(range(0x10), 1.2), **dict.fromkeys((0x10, 0x11, 0x44, 0x45, *range(0x68, 0x70)), 1.8),
    **dict.fromkeys(range(0x12, 0x20), 2.4), **dict.fromkeys(range(0x20, 0x30), 3.0), 0x2E: 1.8, 0x2F: 1.8,
    **dict.fromkeys((*range(0x46, 0x50, 2), *range(0x50, 0x58), 0x60), 1.0),
    **dict.fromkeys((*range(0x47, 0x50, 2), *range(0x58, 0x60), 0x61), 1.4),
    0x48: 1.1, 0x49: 2.2, 0x52: 1.1, 0x5A: 2.2, 0x70: 1.2, 0x71: 1.8, 0x72: 2.4, 0x73: 3.0,
}  # fmt: skip
_AXIS = 0.25  # of the size: how far above the baseline the middle of such a sign is
_ASCENT, _DESCENT = 0.8, 0.2  # of the size


class Sign(NamedTuple):
    """What a glyph is in Unicode, and how high if it hangs from its origin: in sizes, 0 for all others."""

    text: str
    height: float = 0.0


def big_signs(names: Mapping[int, str]) -> Mapping[str, Sign]:
    """The signs of an extension font by their codes; those of pieces of tall ones are empty.

    Args:
        names: what the font itself calls its codes, as far as they are not TeX's.
    """
    signs = _signs()
    renamed = {chr(code): signs.get(_CODES.get(name, "")) for code, name in names.items() if name != ".notdef"}
    return {code: sign for code, sign in (signs | renamed).items() if sign is not None}


@cache
def _signs() -> dict[str, Sign | None]:
    texts = {chr(code): sign for code, sign in _MORE.items()} | dict.fromkeys(_BARS, "")
    for code in map(chr, range(0x80)):
        if code not in texts and piece_of("CMEX", code):
            texts[code] = ""
        elif code not in texts and (name := latex_of("CMEX", code)):
            texts[code] = _ACCENTS.get(name) or unicode_of("CMEX", code)
    return {code: Sign(text, _HEIGHTS.get(ord(code), 0.0) if text else 0.0) for code, text in texts.items()}


def set_down(line: dict[str, Any], height: float) -> None:
    """Give a line of such signs alone the baseline of the formula that they are of.

    Args:
        height: of its first sign; the middle of all is a little above the baseline, be they large or small.
    """
    spans = line["spans"]
    if not height or line["dir"] != (1.0, 0.0) or not all(is_extension_font(span["font"]) for span in spans):
        return
    size = spans[0]["size"]
    base = spans[0]["origin"][1] + (height / 2 + _AXIS) * size
    for each in (*spans, line):
        left, _, right, _ = each["bbox"]
        each["bbox"] = left, base - _ASCENT * size, right, base + _DESCENT * size
    for span in spans:
        span["origin"] = span["origin"][0], base
