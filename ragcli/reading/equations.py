"""Display formulas of a PDF page: where they stand, what their text is, and their LaTeX where that is certain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ragcli.reading.latex import Bar, DoubtError, Glyph, line_latex
from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.math_symbols import FUNCTIONS, RELATIONS, hangs, is_math_font, latex_of, raised_by, unicode_of
from ragcli.reading.normalise import clean
from ragcli.reading.pdf_content import Line
from ragcli.records import Block, Box

# As the first pass, but with the codes of glyphs that have no Unicode: TeX's big operators and delimiters are such.
_FLAGS = (pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES) | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE

_RELATION = re.compile(f"[{''.join(RELATIONS)}]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LABEL = re.compile(r"\(((?:[A-Z]\.?)?\d{1,3}(?:[.\-]\d{1,3}){0,2}[a-z]?'?)\)")
_ITEM = re.compile(r"\s*(?:\(?[a-z\d]{1,2}[.)]|[•–—])\s+\S")  # of a list: it is read as one
_SENTENCE = re.compile(r"(?:\b[^\W\d_]{2,}[ ,]+){2}[^\W\d_]{2,}\b")  # three words in a row
_GOES_ON = re.compile(
    r"=|\\(?:leq|geq|equiv|approx|to|Rightarrow|Leftrightarrow|times|cdot)\b|[+<>]"
)  # its start is not here
_ITALIC_FLAG = 2
_PROSE = 0.35  # share of letters in words, above which a line is a sentence with formulas in it
_BAR = 1.2  # points: a thicker rule is no fraction's


# ---- first pass


def equation_score(lines: Sequence[Line]) -> float:
    """How likely a page holds a display formula, in [0, 1); 0: not worth a look.

    Counted are lines that are mostly formula: math fonts or relations, and few letters in words.
    """
    formulas = 0
    for line, text in lines:
        if _RELATION.search(text) and len(text) > 4 and _prose(text) <= _PROSE:
            formulas += any(is_math_font(span["font"]) for span in line["spans"]) or not text.isascii()
    return round(formulas / (formulas + 3), 3)


def _prose(text: str) -> float:
    """The share of letters in words, names of functions not counted."""
    letters = sum(len(word) for word in _WORD.findall(text) if word not in FUNCTIONS)
    return letters / max(len(text.replace(" ", "")), 1)


# ---- second pass


@dataclass(slots=True)
class _Line:
    """What stands side by side on a page: one line of text or of a formula."""

    box: Box
    spans: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts: list[str] = []
        end = None
        for span in sorted(self.spans, key=lambda span: span["bbox"][0]):
            gap = end is not None and span["bbox"][0] - end > 0.15 * span["size"]
            parts += [" "] * gap + ["".join(unicode_of(span["font"], char["c"]) for char in span["chars"])]
            end = span["bbox"][2]
        return "".join(parts)

    @property
    def prose(self) -> float:
        """The share of its letters in words; letters in fonts of formulas are in none, though they stand close."""
        parts = ["0" * len(span["chars"]) if is_math_font(span["font"]) else None for span in self.spans]
        if not any(parts):
            return _prose(self.text)
        spans = sorted(zip(self.spans, parts, strict=True), key=lambda each: each[0]["bbox"][0])
        return _prose("".join(part or "".join(char["c"] for char in span["chars"]) for span, part in spans))

    @property
    def size(self) -> float:
        return max((span["size"] for span in self.spans), default=10.0)

    @property
    def math(self) -> int:
        """Characters in fonts of formulas."""
        return sum(len(span["chars"]) for span in self.spans if is_math_font(span["font"]))

    def add(self, box: Box, spans: Sequence[Mapping[str, Any]]) -> None:
        a = self.box
        self.box = (min(a[0], box[0]), min(a[1], box[1]), max(a[2], box[2]), max(a[3], box[3]))
        self.spans += spans


def find_equations(page: Any) -> list[Block]:
    """Return the display formulas of a PyMuPDF page, in the page's order.

    A formula is a line, or lines below each other, apart from the margin, mostly not words, with a relation or a math
    font. Its number at the margin is its label.
    """
    lines = _lines(page.get_text("rawdict", flags=_FLAGS)["blocks"])
    numbers = [line for line in lines if _LABEL.fullmatch(line.text.strip())]
    bars = None
    found = []
    for group, beside in (
        part
        for whole in _groups([line for line in lines if line not in numbers])
        for part in _by_numbers(whole, numbers)
    ):
        label = beside[0].text.strip()[1:-1] if beside else _take_label(group)
        if bars is None:
            bars = _bars(page)
        box = _union([line.box for line in (*group, *beside)])
        raw = "\n".join(" ".join(clean(line.text).split()) for line in group)
        text = " ".join([raw, *(line.text.strip() for line in beside)]) if beside or not label else f"{raw} ({label})"
        found.append(Block(text, "equation", box, latex=_latex(group, bars), label=label))
    return found


def _lines(blocks: Sequence[Mapping[str, Any]]) -> list[_Line]:
    """MuPDF's lines of horizontal text, those that stand side by side as one."""
    lines: list[_Line] = []
    for block in blocks:
        for line in block.get("lines", ()):
            if line["dir"] != (1.0, 0.0) or not any(
                char["c"].strip() for span in line["spans"] for char in span["chars"]
            ):
                continue
            box = _ink(line["spans"])
            beside = next((other for other in reversed(lines[-6:]) if _is_beside(other, box)), None)
            if beside:
                beside.add(box, line["spans"])
            else:
                lines.append(_Line(box, list(line["spans"])))
    return lines


def _is_blank(character: str) -> bool:
    """White space; a tab is TeX's code of a brace."""
    return character.isspace() and ord(character) >= 0x20


def _ink(spans: Sequence[Mapping[str, Any]]) -> Box:
    """The box of letters, from their baselines: the boxes of extension fonts reach far over neighbouring lines."""
    boxes = []
    for span in spans:
        for char in span["chars"]:
            if not _is_blank(char["c"]):
                y, size, deep = char["origin"][1], span["size"], hangs(span["font"], char["c"])
                top, bottom = (y, y + deep * size) if deep else (y - 0.7 * size, y + 0.2 * size)
                boxes.append((char["bbox"][0], top, char["bbox"][2], bottom))
    return _union(boxes)


def _union(boxes: Sequence[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return round(min(left), 2), round(min(top), 2), round(max(right), 2), round(max(bottom), 2)


def _is_beside(line: _Line, box: Box) -> bool:
    shared = min(line.box[3], box[3]) - max(line.box[1], box[1])
    gap = max(line.box[0], box[0]) - min(line.box[2], box[2])
    return shared > 0.5 * min(line.box[3] - line.box[1], box[3] - box[1]) and gap < 5 * line.size


def _groups(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines that make one formula, for each formula."""
    margins = _margins(lines)
    groups: list[list[_Line]] = []
    before: list[_Line] = []  # what may be a formula's first parts: a numerator, a limit
    box: Box | None = None  # of the last group, while it may go on
    for line in lines:
        is_display = _is_display(line, margins)
        if box and _is_near(line.box, box) and (is_display or _is_part(line, box)):
            groups[-1].append(line)
            box = _union([box, line.box])
        elif is_display:
            groups.append([*(other for other in before if _is_part(other, line.box)), line])
            box = _union([other.box for other in groups[-1]])
            before = []
        else:
            box = None
            before = [*before[-3:], line]
    return [group for group in groups if any(_has_relation(line) for line in group)]


def _by_numbers(group: list[_Line], numbers: Sequence[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """A group cut into formulas with a number each, and those numbers.

    What goes on with the formula above (`= …`) stays with it, and so does what stands side by side: then there are several.
    """
    own = sorted((number for number in numbers if _numbers(number, group)), key=lambda number: number.box[1])
    nearest: list[list[_Line]] = [[] for _ in own]
    for line in group if own else ():
        nearest[min(range(len(own)), key=lambda n: abs(_middle(own[n].box) - _middle(line.box)))].append(line)
    parts: list[tuple[list[_Line], list[_Line]]] = []
    for lines, number in zip(nearest, own, strict=True):
        if parts and (not lines or _begins_inside(lines) or _is_beside_any(lines, parts[-1][0])):
            parts[-1][0].extend(lines)
            parts[-1][1].append(number)
        else:
            parts.append((lines, [number]))
    return parts or [(group, [])]


def _begins_inside(lines: Sequence[_Line]) -> bool:
    """Whether the highest of some lines begins with a relation or a sign."""
    text = min(lines, key=lambda line: line.box[1]).text.lstrip()
    return text[:1] in RELATIONS or text[:1] in "+-−·×"


def _is_beside_any(lines: Sequence[_Line], above: Sequence[_Line]) -> bool:
    return max(line.box[3] for line in above) > min(line.box[1] for line in lines)


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _margins(lines: Sequence[_Line]) -> list[tuple[Box, float]]:
    """Each line of prose, with the left margin that it shows."""
    return [(line.box, line.box[0]) for line in lines if len(line.text) > 30 and _prose(line.text) > 0.5]


def _is_display(line: _Line, margins: Sequence[tuple[Box, float]]) -> bool:
    text = line.text
    if len(text.strip()) < 3 or line.prose > _PROSE or _ITEM.match(text) or _SENTENCE.search(text):
        return False
    if not (line.math or _has_relation(line)):
        return False
    near = [(abs(box[1] - line.box[1]), left) for box, left in margins if box[0] < line.box[2] and box[2] > line.box[0]]
    if not near:
        return line.math > 0
    return line.box[0] > min(left for _, left in sorted(near)[:12]) + 1.2 * line.size


def _has_relation(line: _Line) -> bool:
    return _RELATION.search(line.text) is not None


def _is_part(line: _Line, box: Box) -> bool:
    """A numerator, a limit, the second row of a formula: without words, and close to what is one."""
    return (
        line.prose <= _PROSE
        and not _SENTENCE.search(line.text)
        and _is_near(line.box, box)
        and box[0] - 40 < line.box[0] < box[2] + 40
    )


def _is_near(box: Box, other: Box) -> bool:
    return box[1] - other[3] < 8.0 and other[1] - box[3] < 8.0


def _numbers(label: _Line, group: Sequence[_Line]) -> bool:
    """Tell whether a number stands beside a formula, at the right or the left."""
    box, middle = _union([line.box for line in group]), _middle(label.box)
    return box[1] <= middle <= box[3] and (label.box[0] > box[2] or label.box[2] < box[0])


def _take_label(group: list[_Line]) -> str:
    """The number at the right of a formula that stands close by, taken out of its lines."""
    for line in group:
        ordered = sorted(line.spans, key=lambda span: span["bbox"][0])
        tail: list[Mapping[str, Any]] = []
        while ordered and len(tail) < 4:
            tail.insert(0, ordered.pop())
            text = "".join(char["c"] for span in tail for char in span["chars"]).strip()
            if (found := _LABEL.fullmatch(text)) and (
                not ordered or tail[0]["bbox"][0] - max(span["bbox"][2] for span in ordered) > 1.5 * line.size
            ):
                line.spans = ordered
                if not ordered:
                    group.remove(line)
                return found[1]
    return ""


def _bars(page: Any) -> list[Bar]:
    """Thin horizontal rules: lines, and filled rectangles."""
    bars = []
    for drawing in page.get_cdrawings():
        for item in drawing["items"]:
            if item[0] == "re":
                x0, y0, x1, y1 = item[1]
            elif item[0] == "l":
                (x0, y0), (x1, y1) = item[1], item[2]
            else:
                continue
            if abs(y1 - y0) < _BAR and abs(x1 - x0) > 2.0:
                bars.append(Bar(min(x0, x1), max(x0, x1), (y0 + y1) / 2))
    return bars


# ---- LaTeX


def _latex(group: Sequence[_Line], bars: Sequence[Bar]) -> str:
    """The lines of a formula in LaTeX, with `\\\\` between them; empty when in doubt about any of them."""
    if not group:
        return ""
    box = _union([line.box for line in group])
    mine = [bar for bar in bars if bar.x0 > box[0] - 3 and bar.x1 < box[2] + 6 and box[1] - 6 < bar.y < box[3] + 6]
    try:
        glyphs = [glyph for line in group for glyph in _glyphs(line)]
        rows = _rows(glyphs, mine)
        latex = " \\\\ ".join(line_latex(some, with_bars) for some, with_bars in rows)
    except DoubtError:
        return ""
    return "" if _GOES_ON.match(latex) else latex


def _glyphs(line: _Line) -> list[Glyph]:
    glyphs = []
    for span in line.spans:
        is_upright = not is_math_font(span["font"]) and not span["flags"] & _ITALIC_FLAG
        for char in span["chars"]:
            if _is_blank(char["c"]):
                continue
            latex = latex_of(span["font"], char["c"])
            if latex is None:
                raise DoubtError("a sign without a name")
            y, size, deep = char["origin"][1], span["size"], hangs(span["font"], char["c"])
            if raised := raised_by(char["c"]):
                y, size = y - raised * size, 0.7 * size
            top, bottom = (y, y + deep * size) if deep else (y - 0.7 * size, y + 0.2 * size)
            if deep:  # delimiters, roots and sums are centred on the axis, a quarter of the size above the baseline
                y = (top + bottom) / 2 + 0.25 * size
            elif latex == r"\sqrt":
                top, bottom = y - 0.8 * size, y + 0.25 * size
            glyphs.append(Glyph(latex, char["bbox"][0], char["bbox"][2], y, size, top, bottom, is_upright, char["c"]))
    return glyphs


def _rows(glyphs: Sequence[Glyph], bars: Sequence[Bar]) -> list[tuple[list[Glyph], list[Bar]]]:
    """Cut a formula where white space goes all across; a fraction, or a sum with its limits, is never cut."""
    reach = [(glyph.top, glyph.bottom) for glyph in glyphs]
    for bar in bars:
        near = [glyph for glyph in glyphs if bar.covers(glyph) and abs(glyph.y - bar.y) < 2.2 * glyph.size]
        reach.append((min([bar.y, *(g.top for g in near)]), max([bar.y, *(g.bottom for g in near)])))
    for glyph in glyphs:
        if glyph.latex in (r"\sum", r"\prod", r"\bigcup", r"\bigcap"):
            reach.append((glyph.top - 0.9 * glyph.size, glyph.bottom + 0.9 * glyph.size))
    cuts: list[tuple[float, float]] = []
    for top, bottom in sorted(reach):
        if cuts and top < cuts[-1][1] + 0.5:
            cuts[-1] = (cuts[-1][0], max(cuts[-1][1], bottom))
        else:
            cuts.append((top, bottom))
    return [
        ([g for g in glyphs if top <= (g.top + g.bottom) / 2 <= bottom], [b for b in bars if top <= b.y <= bottom])
        for top, bottom in cuts
    ]
