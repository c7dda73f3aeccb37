"""From MuPDF's lines to the rows that a reader sees: all that stands on one baseline, left to right, with its style."""

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ragcli.reading.glyph_names import UNKNOWN
from ragcli.reading.normalise import SET_APART, SOFT_HYPHEN, clean, raised, with_tex_ligatures
from ragcli.reading.symbol_fonts import signs_of, spelt_out
from ragcli.records import Box

CELL = "  "  # between cells of a row: whitespace only, so that a quote still matches what stands on the page

_ACROSS = (1.0, 0.0)  # the usual direction
_ITALIC, _MONO, _BOLD, _SIGNS = 2, 8, 16, 1 << 20
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|CMBX|SFBX|-Bd|-Medi(?!um)", re.IGNORECASE)
_MONO_NAME = re.compile(
    r"mono|courier|consol|menlo|typewriter|CMTT|SFTT|LMTT|-TT\d|NimbusMon|inconsolata|letter ?gothic|SourceCode|Fira ?Code",
    re.IGNORECASE,
)
_RAISED = re.compile(r"[\d,+−–-]{1,4}")
_DROPPED = 1.8  # times the size of the text beside it: an initial over two lines and more
_INITIALS = 4  # characters of one, with its quotes and an apostrophe
_INITIAL = re.compile(r"[«“„\"'(]* ?[^\W\d_a-zà-ÿ]['’]?")
_OVER_ITSELF = 0.1  # sizes from a text to the same one
_SPACED_OUT = 6  # capitals, each with a space behind, from which on they are a word
_WIDE = re.compile(" {2,}")
_LINE = 20  # characters: a line of prose, not a label
_STRETCHED = 3  # lines in a row that may be stretched
_SIZES = 8  # different ones within _GUESSED of the usual one: no typesetter uses as many
_GUESSED = 0.25
_SAME_SIZE = 0.03  # by which TeX stretches letters to even out its lines: MuPDF takes them for larger
_NOTE_MARKS = frozenset(("*", "∗", "†", "‡", "§", "¶", "**", "††"))
_MARKER = re.compile(
    r"(?:item|article|part|section|note|chapter|chapitre) [\dIVX]+[A-Z]?[.:]?"
    r"|[•▪▫◦‣⁃●○■□◆◇▶►➢➤✓✔❖*·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}°|\d{1,2}(?:\.\d{1,2}){0,4}\.?|\[\d{1,3}\]",
    re.IGNORECASE,
)
_BEHIND_MARKER = 5.0  # sizes: what stands further off is no item of a list, but beside the number of a page
_CAPTION = re.compile(r"(?:figure|fig\.|table|tab\.|tableau) ?\d+ ?[.:]", re.IGNORECASE)
_BULLETS = frozenset("•▪▫◦‣⁃●■▶►➢➤✓✔❖")
# The sign before a text, of its own font; before a small letter it may be the word's first, unless a space parts them.
_UNKNOWN_BULLET = re.compile(rf"{UNKNOWN}+(?: +(?=\w)|(?=[A-ZÀ-ÖØ-Þ\d]))(?=[^{UNKNOWN}]{{10,}}$)")
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
    upright: bool = True  # in the direction of most of the page


class _Fonts(dict[str, int]):
    """Bold and fixed-width by name, since a third of the fonts do not say so in their flags; and fonts of signs."""

    def __missing__(self, name: str) -> int:
        flags = (_BOLD if _BOLD_NAME.search(name) else 0) | (_MONO if _MONO_NAME.search(name) else 0)
        flags |= _SIGNS if signs_of(name) else 0
        self[name] = flags
        return flags


_fonts = _Fonts()


def is_fixed_width(font: str) -> bool:
    """Tell by its name whether a font is used for code."""
    return bool(_fonts[font] & _MONO)


def page_rows(
    blocks: Sequence[Mapping[str, Any]], width: float = 0.0, height: float = 0.0, leftwards: bool = False
) -> list[Row]:
    """Return the rows of a page, in the producer's order.

    Args:
        blocks: as `Page.get_text("dict")` has them.
        width: of the unrotated page, in points, like height; they tell where the top of a page is that is set sideways.
        leftwards: the page is read from the right, and so positions are measured from there.
    """
    pieces = [
        row for number, block in enumerate(blocks) for line in block.get("lines", ()) if (row := _row(line, number))
    ]
    pieces = _drawn_once(pieces)
    if leftwards:
        pieces = _from_the_right(pieces, width)
    rows: list[Row] = []
    for row in pieces:
        if rows and continues(rows[-1], row):
            append(rows[-1], row)
        else:
            rows.append(row)
    for row in rows:
        if row.text[1:2] == " ":
            row.text = _closed_up(row.text)
        if row.text[0] == UNKNOWN:
            row.text = _UNKNOWN_BULLET.sub("• ", row.text)
    rows = _without_drop_caps(rows)
    for number, row in enumerate(rows):
        if row.cells > 1 and _is_stretched(rows, number):
            row.text, row.cells = row.text.replace(CELL, " "), 1
    _even_sizes(rows)
    if any(row.direction != _ACROSS for row in rows):
        _set_upright(rows, width, height)
    return rows


def _closed_up(text: str) -> str:
    """Write `A B S T R A C T` as the word that it is; a row of letters in their order is none."""
    letters = text.split()
    if len(letters) < _SPACED_OUT or max(map(len, letters)) > 1 or not text.isupper() or letters == sorted(letters):
        return text
    return " ".join("".join(word.split()) for word in _WIDE.split(text.strip()))


def _drawn_once(pieces: list[Row]) -> list[Row]:
    """Drop what is drawn over itself: how some producers make letters bold, outlined, or cast a shadow."""
    kept: list[Row] = []
    last: dict[str, Row] = {}  # by their text
    for row in pieces:
        same = last.setdefault(row.text, row)
        if same is row or max(abs(row.box[0] - same.box[0]), abs(row.box[1] - same.box[1])) > _OVER_ITSELF * row.size:
            kept.append(row)
            last[row.text] = row
    return kept


def _from_the_right(pieces: Sequence[Row], width: float) -> list[Row]:
    """Measure positions from the right, and put pieces that follow each other on one baseline in that order."""
    lines: list[list[Row]] = []
    for row in pieces:
        if row.direction == _ACROSS:
            row.left, row.right = width - row.right, width - row.left
        last = lines[-1][-1] if lines else None
        if last and last.direction == row.direction == _ACROSS and abs(row.base - last.base) < 0.15 * row.size:
            lines[-1].append(row)
        else:
            lines.append([row])
    return [row for line in lines for row in sorted(line, key=lambda row: row.left)]


def _without_drop_caps(rows: list[Row]) -> list[Row]:
    """Give an initial that is as high as several lines back to its word, which begins beside it.

    Browsers draw it before all that stands in the column.
    """
    initials = [row for row in rows if len(row.text) <= _INITIALS and _INITIAL.fullmatch(row.text)]
    lines = [row for row in rows if len(row.text) > _LINE // 2 and row.text[0].islower()] if initials else []
    gone = set()
    for initial in initials:
        row = next((row for row in lines if _is_drop_cap(initial, row)), None)
        if row is not None:
            row.text, row.box = initial.text + row.text, _around(initial.box, row.box)
            gone.add(id(initial))
    return [row for row in rows if id(row) not in gone] if gone else rows


def _is_drop_cap(initial: Row, row: Row) -> bool:
    return (
        initial.size > _DROPPED * row.size
        and -0.2 * row.size < row.left - initial.right < row.size
        and row.base < initial.base
        and row.top > initial.top - row.size
        and row.text[0].islower()
        and len(row.text) > _LINE // 2  # no index of a formula
        and row.direction == initial.direction
        and _INITIAL.fullmatch(initial.text) is not None
    )


def _is_stretched(rows: Sequence[Row], number: int) -> bool:
    """Tell whether the words of a row stand apart to fill a narrow column, and not in cells.

    Then a line of words without gaps, in the same block, begins and ends where it does; others like it may stand between.
    """
    row = rows[number]
    if row.text[-1].isdigit():
        return False
    for side in (reversed(rows[max(number - _STRETCHED, 0) : number]), rows[number + 1 : number + 1 + _STRETCHED]):
        for other in side:
            if other.block != row.block or abs(other.right - row.right) > 1 or abs(other.left - row.left) > 1:
                break
            if other.cells == 1 and len(other.text) > _LINE and other.size == row.size:
                return True
    return False


def _even_sizes(rows: Sequence[Row]) -> None:
    """Take the sizes of letters for one where they are a guess: OCR layers of others fit them to each word's box.

    Where only widths differ, those of the text become one, and a footnote stays small.
    """
    if len({row.size for row in rows}) <= _SIZES:
        return
    long = [row.size for row in rows if len(row.text) > _LINE]
    if not long:
        return
    usual = statistics.median(long)
    others = {round(size, 2) for size in long if _SAME_SIZE < abs(size / usual - 1) < _GUESSED}
    reach = _GUESSED if len(others) > max(_SIZES, len(long) / 4) else _SAME_SIZE
    for row in rows:
        if abs(row.size / usual - 1) < reach:
            row.size = usual


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def reading_height(rows: Sequence[Row], width: float, height: float) -> float:
    """The height of the page as its text stands on it."""
    sideways = next((abs(row.direction[1]) > 0.5 for row in rows if row.upright), False)
    return width if sideways else height


def _set_upright(rows: Sequence[Row], width: float, height: float) -> None:
    """Call upright what runs like most of the page, and measure it from where its top is."""
    lengths: Counter[tuple[float, float]] = Counter()
    for row in rows:
        lengths[row.direction] += len(row.text)
    main = max(lengths, key=lambda direction: lengths[direction])
    top = min(y * main[0] - x * main[1] for x in (0.0, width) for y in (0.0, height))
    for row in rows:
        row.upright = row.direction == main
        if row.upright and main != _ACROSS:
            row.top, row.bottom, row.base = row.top - top, row.bottom - top, row.base - top


def _row(line: Mapping[str, Any], block: int) -> Row | None:
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
        if min(sizes) < 0.85 * size and line["dir"] == _ACROSS:
            text, is_raised = _text(spans, size, _baseline(main) - 0.15 * size)
        else:
            text, is_raised = "".join([span["text"] for span in spans]), False
        if len(sizes) > 1 and text.isupper():
            size = max(sizes)  # small capitals
        flags = _BOLD | _MONO | _ITALIC
    if not text or text.isspace():
        return None
    is_mono = bool(flags & _MONO) and mono >= 0.8 * count
    raw = text if not text.isascii() and not is_mono and SET_APART.search(text) else ""
    is_broken = text.endswith(SOFT_HYPHEN)
    text = clean(with_tex_ligatures(text), code=is_mono)
    indent = len(text) - len(text.lstrip()) if is_mono else 0
    if text[1:2] == " ":
        text = _closed_up(text)
    text = text.strip() if is_mono or "  " not in text else " ".join(text.split())
    if not text:
        return None
    if is_broken:
        text += SOFT_HYPHEN
    if text[0] >= "\u2022":
        text = text.translate(_SYMBOL_BULLETS) if text[0] >= "\uf000" else text
        if text[0] in _BULLETS and text[1:2].isalnum():
            text = f"{text[0]} {text[1:]}"  # set close to its item, by Beamer
    box = line["bbox"]
    direction = line["dir"]
    if direction == _ACROSS:
        left, top, right, bottom = box
        base = _baseline(main)
    else:
        left, right, top, bottom, base = _turned(box, main["origin"], direction)
    glyph = (right - left) / count
    return Row(
        text, box, left + indent * glyph, right, top, bottom, base, size, bool(flags & _BOLD) and bold >= 0.95 * count,
        bool(flags & _ITALIC) and italic >= 0.95 * count, is_mono, is_raised, direction, block, 1, 0, 0, glyph, raw,
    )  # fmt: skip


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
    for span in spans:
        piece = span["text"]
        is_above = span["size"] < small and _baseline(span, raised_piece=True) < above
        if is_above and _RAISED.fullmatch(piece.strip()):
            begins = begins or not text.strip()
            text += raised(text, piece) if text.strip() else raised("", piece) + " "
        elif is_above and not text.strip() and piece.strip() in _NOTE_MARKS:
            begins = True
            text += piece.strip() + " "
        else:
            text += piece
    return text, begins


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


def continues(row: Row, further: Row) -> bool:
    """Tell whether `further` stands to the right of `row` on its baseline, or is a sub- or superscript beside it."""
    gap = further.left - row.right
    larger = max(row.size, further.size)
    if gap < -0.4 * larger or row.direction != further.direction:
        return False
    shift = abs(row.base - further.base)
    if shift < 0.15 * larger:
        if gap > row.size > 1.1 * further.size and row.cells == 1 and len(row.text) > 2 * _LINE:
            return not any(map(str.islower, further.text))  # a note in the margin; a figure is of the row
        # Two captions side by side are no row of a table.
        return gap < 1.8 * larger or further.text[:1] not in "FfTt" or _CAPTION.match(further.text) is None
    if row.size > 1.15 * further.size or further.size > 1.15 * row.size:  # a raised or lowered bit, close by
        return shift < 0.6 * larger and gap < larger and not _is_drop_cap(row, further)
    return False


def _is_raised(row: Row, beside: Row) -> bool:
    """Tell whether a row is a superscript number beside another."""
    if row.size > 0.85 * beside.size or row.base > beside.base - 0.15 * beside.size:
        return False
    return _RAISED.fullmatch(row.text) is not None


def append(row: Row, further: Row) -> None:
    """Put what stands to the right of a row into it."""
    if row.raw_accents or further.raw_accents:
        row.raw_accents = f"{row.raw_accents or row.text} {further.raw_accents or further.text}"
    gap = further.left - row.right
    size = max(row.size, further.size)
    is_counted = further.mono and further.glyph > 0 and row.text.isdigit()  # a line of code behind its number
    if is_counted or (row.mono and further.mono and row.glyph):
        row.text += " " * max(round(gap / further.glyph), 1) + further.text
    elif _is_raised(further, row):
        row.text += raised(row.text, further.text)
    elif _is_raised(row, further):
        row.text, row.raised = f"{raised('', row.text)} {further.text}", True
    elif gap > 1.8 * size and not (row.cells == 1 and gap < _BEHIND_MARKER * size and _MARKER.fullmatch(row.text)):
        row.text += CELL + further.text
        row.cells += further.cells
    else:
        row.text += (" " if gap > 0.12 * size else "") + further.text
    weight, further_weight = len(row.text) - len(further.text), len(further.text)
    if further_weight > weight:
        row.size, row.base = further.size, further.base
    row.bold = row.bold and further.bold
    row.italic = row.italic and further.italic
    row.mono = (row.mono or is_counted) and further.mono
    row.right, row.top, row.bottom = (
        max(row.right, further.right),
        min(row.top, further.top),
        max(row.bottom, further.bottom),
    )
    row.left = min(row.left, further.left)
    row.box = _around(row.box, further.box)
