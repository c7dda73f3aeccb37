"""A line of MuPDF's as a row: its text, its place along the reading direction, its style."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ragcli.reading.fonts.math_symbols import is_math_italic
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.normalise import SET_APART, SOFT_HYPHEN, clean, raised, with_tex_ligatures
from ragcli.records import Box

ACROSS = (1.0, 0.0)  # the usual direction
_ITALIC, _MONO, _BOLD, _SIGNS = 2, 8, 16, 1 << 20
# `AdvOTb83ee1dd.B` and `AdvTimes-b` are of the setters of journals.
_BOLD_NAME = re.compile(
    r"bold|black|heavy|demi|CMBX|SFBX|^(?:r[pt]x|[pt]1x)b|-(?:Bd|Hv|Blk)|-Medi(?!um)|^Adv\w+[.-]BI?\b", re.IGNORECASE
)
_ITALIC_NAME = re.compile(
    r"italic|oblique|-(?:Ital|It|Obl)\b|(?:CM|SF)(?:TI|SL|BXTI)\d|^Adv\w+[.-]B?I\b", re.IGNORECASE
)
_MONO_NAME = re.compile(
    r"mono|courier|consol|menlo|typewriter|CMTT|SFTT|LMTT|-TT\d|NimbusMon|inconsolata|letter ?gothic|SourceCode|Fira ?Code",
    re.IGNORECASE,
)
RAISED = re.compile(r"[\d,+−–-]{1,4}")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? *")
_EXPONENT = re.compile(r"[\w+−-][^\s,;]{0,11}\s*$")
_OF_N = re.compile(r"[\dn+−-]+")  # which have raised forms in every font
_CLOSING = frozenset(")]}|")
_SPACED_OUT = 6  # capitals, each with a space behind, from which on they are a word
_WIDE = re.compile(" {2,}")
_NOTE_MARKS = frozenset(("*", "∗", "†", "‡", "§", "¶", "**", "††"))
_BULLETS = frozenset("•▪▫◦‣⁃●■▶►➢➤✓✔❖")
_MARKS = _BULLETS | set("*·–—-")
_CONTROLS = frozenset(map(chr, range(0x7F, 0xA0)))  # a mark before a text, of a font of dots that has no names
_SYMBOL_BULLETS = str.maketrans(dict.fromkeys(map(chr, (61623, 61607, 61608, 61558, 61656, 61692, 61550)), "•"))


@dataclass(slots=True)
class Row:
    """What stands on one baseline of a page. Positions run along the reading direction; `box` is on the page."""

    text: str
    box: Box
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float  # of most of its characters
    bold: bool
    italic: bool
    mono: bool
    raised: bool  # begins with a superscript: the mark of a footnote
    direction: tuple[float, float]
    block: int  # MuPDF's
    cells: int = 1
    level: int = 0  # as a heading that the outline or the title names
    heading: int = 0  # equal on the rows of one such heading, 0 on others
    glyph: float = 0.0  # mean width of a character
    raw_accents: str = ""  # the text as it was, where accents were composed that may belong to the other neighbour
    aside: bool = False  # a note in the margin, beside the middle of a sentence
    upright: bool = True  # in the direction of most of the page


class _Fonts(dict[str, int]):
    """Bold, italic and fixed-width by name, since a third of the fonts do not say so in their flags; and fonts of signs."""

    def __missing__(self, name: str) -> int:
        flags = (_BOLD if _BOLD_NAME.search(name) else 0) | (_MONO if _MONO_NAME.search(name) else 0)
        flags |= _ITALIC if _ITALIC_NAME.search(name) else 0
        flags |= _SIGNS if signs_of(name) else 0
        self[name] = flags
        return flags


_fonts = _Fonts()


def is_fixed_width(font: str) -> bool:
    """Tell by its name whether a font is used for code."""
    return bool(_fonts[font] & _MONO)


def is_bold(span: Mapping[str, Any]) -> bool:
    """Whether the letters of a span are bold, by their font's flags or its name."""
    return bool((span["flags"] | _fonts[span["font"]]) & _BOLD)


def is_italic(span: Mapping[str, Any]) -> bool:
    """Whether the letters of a span are slanted, by their font's flags or its name."""
    return bool((span["flags"] | _fonts[span["font"]]) & _ITALIC)


def row_of(line: Mapping[str, Any], block: int) -> Row | None:
    """A line of MuPDF's dictionary as a row; None where nothing is written on it.

    Args:
        block: the number of its block on the page.
    """
    spans = line["spans"]
    if len(spans) == 1:
        main = spans[0]
        text, count = main["text"], len(main["text"])
        flags = main["flags"] | _fonts[main["font"]]
        bold = mono = italic = count
        is_raised = False
        size = main["size"]
        if flags & _SIGNS:
            text = _spelt_out(main)["text"]
    else:
        styles: dict[tuple[float, str, int], int] = {}
        for span in spans:
            piece = span["text"]
            if piece != " ":
                style = (span["size"], span["font"], span["flags"])
                styles[style] = styles.get(style, 0) + len(piece)
        if not styles:
            return None
        sizes: dict[float, int] = {}
        bold = mono = italic = signs = count = 0
        for (size, font, flags), length in styles.items():
            count += length
            sizes[size] = sizes.get(size, 0) + length
            flags |= _fonts[font]
            bold += length if flags & _BOLD else 0
            mono += length if flags & _MONO else 0
            italic += length if flags & _ITALIC else 0
            signs |= flags & _SIGNS
        if signs:
            spans = [_spelt_out(span) for span in spans]
        size = max(sizes, key=sizes.__getitem__) if len(sizes) > 1 else size
        main = next(span for span in spans if span["size"] == size)
        if min(sizes) < 0.85 * size and line["dir"] == ACROSS:
            text, is_raised = _text(spans, size, _baseline(main) - 0.15 * size)
        else:
            text, is_raised = "".join([span["text"] for span in spans]), False
        if len(sizes) > 1 and text.isupper():
            size = max(sizes)  # small capitals
        flags = _BOLD | _MONO | _ITALIC
        if mono and not is_raised and _is_counted(spans):
            mono += len(spans[0]["text"])
        elif mono and _is_item(spans):
            mono = 0
        elif italic and _NUMBER.fullmatch(spans[0]["text"]):
            italic += len(spans[0]["text"])  # `3.1.` stands upright before the words of a heading
    if not text or text.isspace():
        return None
    is_mono = bool(flags & _MONO) and mono >= 0.8 * count
    raw = text if not text.isascii() and not is_mono and SET_APART.search(text) else ""
    text, indent = _cleaned(text, is_mono)
    if not text:
        return None
    box = line["bbox"]
    direction = line["dir"]
    if direction == ACROSS:
        left, top, right, bottom = box
        base = _baseline(main)
    else:
        left, right, top, bottom, base = _turned(box, main["origin"], direction)
    glyph = (right - left) / count
    return Row(
        text, box, left + indent * glyph, right, top, bottom, base, size, bool(flags & _BOLD) and bold >= 0.95 * count,
        bool(flags & _ITALIC) and italic >= 0.95 * count, is_mono, is_raised, direction, block, 1, 0, 0, glyph, raw,
    )  # fmt: skip


def _cleaned(text: str, is_mono: bool) -> tuple[str, int]:
    """A text as it is to be read, its mark a bullet; and of code how many characters it is indented by."""
    if text[0] in _CONTROLS and text[1:2] == " ":
        text = f"•{text[1:]}"
    is_broken = text.endswith(SOFT_HYPHEN)
    text = clean(with_tex_ligatures(text), code=is_mono)
    indent = len(text) - len(text.lstrip()) if is_mono else 0
    if text[1:2] == " ":
        text = closed_up(text)
    text = text.strip() if is_mono or "  " not in text else " ".join(text.split())
    if not text:
        return "", 0
    if is_broken:
        text += SOFT_HYPHEN
    if text[0] >= "\u2022":
        text = text.translate(_SYMBOL_BULLETS) if text[0] >= "\uf000" else text
        if text[0] in _BULLETS and text[1:2].isalnum():
            text = f"{text[0]} {text[1:]}"  # set close to its item, by Beamer
    return text, indent


def _is_counted(spans: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a line of code begins with its number, smaller or in another font: `71 }` is code like the line above."""
    is_small = spans[0]["size"] < 0.9 * spans[-1]["size"]
    return spans[0]["text"].strip().isdigit() and (is_small or all(map(_is_typewritten, spans[1:])))


def _is_item(spans: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a line is an item of a list, whose mark is not typewritten as its words are."""
    return spans[0]["text"].strip() in _MARKS and not _is_typewritten(spans[0])


def _is_typewritten(span: Mapping[str, Any]) -> bool:
    return bool((span["flags"] | _fonts[span["font"]]) & _MONO) or span["text"].isspace()


def closed_up(text: str) -> str:
    """Write `A B S T R A C T` as the word that it is; a row of letters in their order is none."""
    letters = text.split()
    if len(letters) < _SPACED_OUT or max(map(len, letters)) > 1 or not text.isupper() or letters == sorted(letters):
        return text
    return " ".join("".join(word.split()) for word in _WIDE.split(text.strip()))


def _spelt_out(span: Mapping[str, Any]) -> Mapping[str, Any]:
    signs = signs_of(span["font"])
    return {**span, "text": spelt_out(span["text"], signs)} if signs else span


def _text(spans: Sequence[Mapping[str, Any]], size: float, above: float) -> tuple[str, bool]:
    """Join the spans of a line; digits that are small and stand `above` become `²`.

    MuPDF's own superscript flag compares with the line's first character, and so misses the mark of a footnote.

    Returns: the text, and whether it begins with such a mark.
    """
    small = 0.85 * size
    text, begins = "", False
    until = 0  # behind an exponent
    for at, span in enumerate(spans):
        piece = span["text"]
        if at < until:
            continue
        is_above = span["size"] < small and _baseline(span, raised_piece=True) < above
        if is_above and at and (exponent := _exponent(spans, at, small)):
            written, until = exponent
            text += written
        elif is_above and RAISED.fullmatch(piece.strip()):
            begins = begins or not text.strip()
            text += raised(text, piece) if text.strip() else raised("", piece) + " "
        elif is_above and not text.strip() and piece.strip() in _NOTE_MARKS:
            begins = True
            text += piece.strip() + " "
        else:
            text += piece
    return text, begins


def _exponent(spans: Sequence[Mapping[str, Any]], at: int, small: float) -> tuple[str, int] | None:
    """An exponent with letters that begins with a span, as `^k`, `^{k−1}` or, of figures and n, `ⁿ⁻¹`; and its end.

    Its letters are in TeX's italic of formulas, and so is what it is of, if that is no figure or bracket: a raised letter
    after a word may be the mark of a note or of an author. None where an index follows, or exponents of exponents.
    """
    before, end = spans[at - 1], at
    above = _baseline(before) - 0.15 * before["size"]  # the line's own baseline may be that of a fraction
    while end < len(spans) and spans[end]["size"] < small and _baseline(spans[end], raised_piece=True) < above:
        end += 1
    run = spans[at:end]
    exponent = "".join([span["text"] for span in run])
    if before["size"] < small or not any(is_math_italic(span["font"]) for span in run):
        return None
    is_base = before["text"][-1:].isalnum() and (is_math_italic(before["font"]) or before["text"][-1:].isdigit())
    is_followed = end < len(spans) and spans[end]["size"] < small and spans[end]["text"][:1] != " "
    if (
        not (is_base or before["text"][-1:] in _CLOSING)
        or is_followed
        or _EXPONENT.match(exponent) is None
        or max(span["size"] for span in run) > 1.1 * min(span["size"] for span in run)
    ):
        return None
    said, white = exponent.rstrip(), exponent[len(exponent.rstrip()) :]
    if _OF_N.fullmatch(said):
        return raised("", said) + white, end
    return (f"^{said}" if len(said) == 1 else f"^{{{said}}}") + white, end


def _baseline(span: Mapping[str, Any], raised_piece: bool = False) -> float:
    """The height of a span's baseline.

    A space that MuPDF puts between two pieces begins the second, at the height of the first: `origin` is then the
    first's, and the box reaches over both. Its lower edge tells the baseline of normal letters, its upper edge that of
    a raised piece.
    """
    if span["text"][:1] != " ":
        height: float = span["origin"][1]
    elif raised_piece:
        height = span["bbox"][1] + span["ascender"] * span["size"]
    else:
        height = span["bbox"][3] + span["descender"] * span["size"]
    return height


def _turned(
    box: Box, origin: tuple[float, float], direction: tuple[float, float]
) -> tuple[float, float, float, float, float]:
    """Return left, right, top, bottom and baseline of a turned line along its own reading direction."""
    dx, dy = direction
    along = [x * dx + y * dy for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [y * dx - x * dy for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(along), max(along), min(across), max(across), origin[1] * dx - origin[0] * dy
