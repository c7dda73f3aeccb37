"""From MuPDF's lines to the rows that a reader sees: all that stands on one baseline, left to right."""

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ragcli.reading.boxes import around
from ragcli.reading.fonts.glyph_names import UNKNOWN
from ragcli.reading.normalise import raised
from ragcli.reading.text_layer.asides import is_aside
from ragcli.reading.text_layer.row import ACROSS, RAISED, Row, closed_up, row_of

CELL = "  "  # between cells of a row: whitespace only, so that a quote still matches what stands on the page

_DROPPED = 1.8  # times the size of the text beside it: an initial over two lines and more
_INITIALS = 4  # characters of one, with its quotes and an apostrophe
_INITIAL = re.compile(r"[«“„\"'(]* ?[^\W\d_a-zà-ÿ]['’]?")
_OVER_ITSELF = 0.1  # sizes from a text to the same one
_LINE = 20  # characters: a line of prose, not a label
_STRETCHED = 3  # lines in a row that may be stretched
_SIZES = 8  # different ones within _GUESSED of the usual one: no typesetter uses as many
_GUESSED = 0.25
_SAME_SIZE = 0.03  # by which TeX stretches letters to even out its lines: MuPDF takes them for larger
_MARKER = re.compile(
    r"(?:item|article|part|section|note|chapter|chapitre) [\dIVX]+[A-Z]?[.:]?"
    r"|[•▪▫◦‣⁃●○■□◆◇▶►➢➤✓✔❖*·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}°|\d{1,2}(?:\.\d{1,2}){0,4}\.?|\[\d{1,3}\]",
    re.IGNORECASE,
)
_BEHIND_MARKER = 5.0  # sizes: what stands further off is no item of a list, but beside the number of a page
_CAPTION = re.compile(r"(?:figure|fig\.?|table|tab\.|tableau) ?\d+ ?[.:]", re.IGNORECASE)
# The sign before a text, of its own font; before a small letter it may be the word's first, unless a space parts them.
# A text has a word: before `2 + 4|g|` it is a bracket.
_UNKNOWN_BULLET = re.compile(rf"{UNKNOWN}+(?: +(?=\w)|(?=[A-ZÀ-ÖØ-Þ\d]))(?=[^{UNKNOWN}]{{10,}}$)(?=.*[^\W\d_]{{3}})")


def page_rows(blocks: Sequence[Mapping[str, Any]], width: float, height: float, leftwards: bool = False) -> list[Row]:
    """Return the rows of a page, in the producer's order.

    Args:
        blocks: as `Page.get_text("dict")` has them.
        width: of the unrotated page, in points, like height; they tell where the top of a page is that is set sideways.
        leftwards: the page is read from the right, and so positions are measured from there.
    """
    pieces = [
        row for number, block in enumerate(blocks) for line in block.get("lines", ()) if (row := row_of(line, number))
    ]
    pieces = _drawn_once(pieces)
    if leftwards:
        pieces = _from_the_right(pieces, width)
    rows: list[Row] = []
    for row, below in zip_longest(pieces, pieces[1:]):
        if rows and continues(rows[-1], row):
            if not _MARKER.fullmatch(rows[-1].text) and is_aside(rows, row, below):
                rows[-1].aside = True
                rows.append(row)
            else:
                append(rows[-1], row)
        elif rows and _precedes(row, rows[-1]):
            row.right = min(row.right, rows[-1].left - 0.2 * row.size)  # its box may hold the space that it ends in
            append(row, rows[-1])
            rows[-1] = row
        else:
            rows.append(row)
    for row in rows:
        if row.text[1:2] == " ":
            row.text = closed_up(row.text)
        if row.text[0] == UNKNOWN:
            row.text = _UNKNOWN_BULLET.sub("• ", row.text)
    rows = _without_drop_caps(rows)
    for number, row in enumerate(rows):
        if row.cells > 1 and _is_stretched(rows, number):
            row.text, row.cells = row.text.replace(CELL, " "), 1
    _even_sizes(rows)
    if any(row.direction != ACROSS for row in rows):
        _set_upright(rows, width, height)
    return rows


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
        if row.direction == ACROSS:
            row.left, row.right = width - row.right, width - row.left
        last = lines[-1][-1] if lines else None
        if last and last.direction == row.direction == ACROSS and abs(row.base - last.base) < 0.15 * row.size:
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
            row.text, row.box = initial.text + row.text, around(initial.box, row.box)
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
        if row.upright and main != ACROSS:
            row.top, row.bottom, row.base = row.top - top, row.bottom - top, row.base - top


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


def _precedes(row: Row, last: Row) -> bool:
    """Tell whether a row, though drawn later, is the left part of a line: forms draw the value, and then its label."""
    return (
        row.block == last.block
        and not last.mono  # the arrow before a line of code that was broken
        and (row.text[-1] == ":" or not (row.text.isdecimal() or last.text.isdecimal()))  # of a line, or the page
        and row.direction == last.direction == ACROSS
        and abs(row.base - last.base) < 0.15 * min(row.size, last.size)
        and -0.4 * row.size < last.left - row.right < 1.8 * row.size
    )


def _is_raised(row: Row, beside: Row) -> bool:
    """Tell whether a row is a superscript number beside another."""
    if row.size > 0.85 * beside.size or row.base > beside.base - 0.15 * beside.size:
        return False
    return RAISED.fullmatch(row.text) is not None


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
    row.box = around(row.box, further.box)
