"""The LaTeX of a display formula: its characters and rules, row by row. None rather than a wrong one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ragcli.reading.boxes import rounded_union
from ragcli.reading.equations.delimiters import Span, is_blank, reach
from ragcli.reading.equations.latex import SMALL, DoubtError, Glyph, row_latex
from ragcli.reading.equations.lines import Line
from ragcli.reading.equations.matrices import with_grids
from ragcli.reading.equations.ruled import Bar, overlined, touching, with_bars
from ragcli.reading.equations.signs import composed
from ragcli.reading.fonts.math_symbols import (
    ACCENTS,
    RELATION_NAMES,
    accent_of,
    is_combining,
    is_math_font,
    is_math_italic,
    is_text_italic,
    latex_of,
    raised_by,
)
from ragcli.records import Box

# Of a line whose start stands elsewhere.
_GOES_ON = re.compile(r"=|\\(?:leq|geq|equiv|approx|to|Rightarrow|Leftrightarrow|times|cdot)\b|[+<>]")
_ITALIC_FLAG = 2
_RULE = 1.2  # points: a thicker one is no fraction's


@dataclass(frozen=True, slots=True)
class Strokes:
    """What formulas of a page have beside the characters of its lines."""

    bars: tuple[Bar, ...]
    posts: tuple[Box, ...]  # thin upright rules
    marks: tuple[Glyph, ...]  # over letters


def strokes_of(page: Any) -> Strokes:
    """Return the thin rules of a PyMuPDF page, lines and filled rectangles, and its marks over letters."""
    bars, posts = [], []
    for drawing in page.get_cdrawings():
        for item in drawing["items"]:
            if item[0] == "re":
                x0, y0, x1, y1 = item[1]
            elif item[0] == "l":
                (x0, y0), (x1, y1) = item[1], item[2]
            else:
                continue
            if abs(y1 - y0) < _RULE and abs(x1 - x0) > 2.0:
                bars.append(Bar(min(x0, x1), max(x0, x1), (y0 + y1) / 2))
            elif abs(x1 - x0) < _RULE and abs(y1 - y0) > 2.0:
                posts.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return Strokes(tuple(bars), tuple(posts), tuple(_marks(page)))


def _marks(page: Any) -> Iterator[Glyph]:
    """Marks over letters that Unicode has behind them: MuPDF's lines lose those that one begins with."""
    for span in page.get_texttrace():
        for code, _, (x, y), _ in span["chars"]:
            if is_combining(chr(code)) and (latex := accent_of(span["font"], chr(code))):
                size, width = span["size"], 0.5 * span["size"]
                x0 = x if is_math_italic(span["font"]) else x - width
                yield Glyph(latex, x0, x0 + width, y, size, y - 0.7 * size, y, hangs=x0 < x)  # it may be wide


def display_latex(lines: Sequence[Line], strokes: Strokes) -> str:
    """Return the LaTeX of a formula, rows with `\\\\` between them; empty when in doubt about any of them."""
    if not lines:
        return ""
    left, top, right, bottom = rounded_union([line.box for line in lines])
    posts = [box for box in strokes.posts if left < box[0] and box[2] < right and box[1] < bottom and box[3] > top]
    bars = [bar for bar in strokes.bars if left - 3 < bar.x0 and bar.x1 < right + 6 and top - 6 < bar.y < bottom + 6]
    marks = [mark for mark in strokes.marks if left - 3 < mark.x < right + 3 and top - 6 < mark.y < bottom + 6]
    try:
        glyphs = _of_one_size(composed([*_glyphs([span for line in lines for span in line.spans]), *marks]))
        rows = [with_bars(*row) for row in _rows(*with_grids(glyphs, bars, posts))]
        if min(_size(row) for row in rows) < SMALL * _size(glyphs):
            return ""  # rows of indices
        latex = _aligned(rows)
    except DoubtError:
        return ""
    return latex


def _size(glyphs: Sequence[Glyph]) -> float:
    return max(glyph.size for glyph in glyphs)


def _aligned(rows: Sequence[Sequence[Glyph]]) -> str:
    """The rows, aligned at the first relation that they have below each other; empty where their beginning is not here."""
    size = _size(rows[0])
    relations = [[atom.x0 for atom in row if atom.latex in RELATION_NAMES and atom.size > SMALL * size] for row in rows]
    places = [x for x in relations[0] if all(any(abs(x - y) < 0.07 * size for y in xs) for xs in relations[1:])]
    place = min(places, default=None) if len(rows) > 1 else None
    texts = [row_latex(row, place) for row in rows]
    if _GOES_ON.match(texts[0].lstrip("& ")):
        return ""
    if len(rows) == 1:
        return texts[0]
    name = "gathered" if place is None else "aligned"
    return rf"\begin{{{name}}} " + r" \\ ".join(texts) + rf" \end{{{name}}}"


def _glyphs(spans: Sequence[Span]) -> list[Glyph]:
    """The characters of a formula. Where its letters have a font of their own, the slanted ones of text are words'."""
    glyphs = []
    has_italic = any(is_math_italic(span["font"]) for span in spans)
    for span in spans:
        is_slanted = span["flags"] & _ITALIC_FLAG and not (has_italic and is_text_italic(span["font"]))
        is_upright = not is_math_font(span["font"]) and not is_slanted
        for char in span["chars"]:
            if is_blank(span, char) or is_combining(char["c"]):
                continue
            latex = latex_of(span["font"], char["c"]) or accent_of(span["font"], char["c"])
            if latex is None:
                raise DoubtError("a sign without a name")
            y, size = char["origin"][1], span["size"]
            top, bottom, hangs = reach(span, char)
            hangs &= latex not in ACCENTS
            if hangs:  # around the axis, a quarter of the size above the baseline
                y = (top + bottom) / 2 + 0.25 * size
            elif raised := raised_by(char["c"]):
                y, size = y - raised * size, 0.7 * size
                top, bottom = y - 0.7 * size, y + 0.2 * size
            ink_top = min(char["bbox"][1], y)
            glyphs.append(
                Glyph(latex, char["bbox"][0], char["bbox"][2], y, size, top, bottom, is_upright, ink_top, hangs)
            )
    return glyphs


def _of_one_size(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs with what hangs around the axis of the letters' size: TeX may have such a font in one size only."""
    main = max((glyph.size for glyph in glyphs if not glyph.hangs), default=0.0)
    if not main:
        raise DoubtError("no letters")
    return [
        replace(glyph, size=main, y=glyph.y + 0.25 * (main - glyph.size))
        if glyph.hangs and 0.6 < glyph.size / main < 1.6
        else glyph
        for glyph in glyphs
    ]


def _rows(glyphs: Sequence[Glyph], bars: Sequence[Bar]) -> list[tuple[list[Glyph], list[Bar]]]:
    """Cut a formula where white space goes all across; a fraction, or a sum with its limits, is never cut."""
    reach = [(glyph.top, glyph.bottom) for glyph in glyphs]
    for bar in bars:
        near = [glyph for glyph in glyphs if bar.covers(glyph) and abs(glyph.y - bar.y) < 2.2 * glyph.size]
        over, under = (touching([g for g in near if (g.y <= bar.y) == above], bar, bars) for above in (True, False))
        if over and overlined(bar, under) and bar.y - max(g.bottom for g in over) > 0.25 * under[0].size:
            over = []  # of the row above
        reach.append((min([bar.y, *(g.top for g in over)]), max([bar.y, *(g.bottom for g in under)])))
    for glyph in glyphs:
        if glyph.latex in (r"\sum", r"\prod", r"\bigcup", r"\bigcap"):
            reach.append((glyph.top - 0.9 * glyph.size, glyph.bottom + 0.9 * glyph.size))
        elif glyph.latex in (r"\int", r"\oint"):  # most have theirs at the side
            small = [g for g in glyphs if g.size < SMALL * glyph.size and abs(g.x - glyph.x) < 0.6 * glyph.size]
            limits = [g for g in small if glyph.top - g.size < g.y < glyph.bottom + g.size]
            reach.append((min(g.top for g in (glyph, *limits)), max(g.bottom for g in (glyph, *limits))))
    cuts: list[tuple[float, float]] = []
    for top, bottom in sorted(reach):
        if cuts and top < cuts[-1][1] + 0.5:
            cuts[-1] = (cuts[-1][0], max(cuts[-1][1], bottom))
        else:
            cuts.append((top, bottom))
    rows = [
        ([g for g in glyphs if top <= (g.top + g.bottom) / 2 <= bottom], [b for b in bars if top <= b.y <= bottom])
        for top, bottom in cuts
    ]
    return [row for row in rows if row[0]]  # a rule by itself is of what stands above or below
