"""Lines of a page as formulas need them: what stands side by side is one, and so is all that tall delimiters enclose."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ragcli.reading.boxes import rounded_union
from ragcli.reading.equations.delimiters import (
    CLOSES,
    OPENS,
    Char,
    Span,
    is_blank,
    is_sign,
    reach,
    tall_delimiter,
    whole,
)
from ragcli.reading.fonts.math_symbols import FUNCTIONS, RELATIONS, is_math_font, unicode_of
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.text_layer.row import is_fixed_width
from ragcli.records import Box

# As the first pass, but with the codes of glyphs that have no Unicode: TeX's big operators and delimiters are such.
# Boxes are as high as the ink.
_FLAGS = (
    (pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES)
    | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
    | pymupdf.TEXT_ACCURATE_BBOXES
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def words_share(text: str) -> float:
    """The share of letters in words, names of functions not counted."""
    letters = sum(len(word) for word in _WORD.findall(text) if word not in FUNCTIONS)
    return letters / max(len(text.replace(" ", "")), 1)


@dataclass(eq=False)
class Line:
    """What stands side by side on a page: one line of text or of a formula, with all rows between tall delimiters.

    What is told of it is told once: nothing is added after that.
    """

    box: Box
    spans: list[Span] = field(default_factory=list)
    is_tall: bool = False

    @cached_property
    def text(self) -> str:
        return self._text(_written)

    @cached_property
    def words(self) -> str:
        """Its text without the rows between tall delimiters, and with a figure for each letter of a formula or an index."""
        small = 0.86 * self.size
        return self._text(
            lambda span, char: "0" if _is_formulas(span, small) else _written(span, char), with_rows=False
        )

    def _text(self, written: Callable[[Span, Char], str], with_rows: bool = True) -> str:
        if self.is_tall:
            return " ".join(text for text, is_row in self._parts(written) if with_rows or not is_row)
        parts: list[str] = []
        before: Span | None = None
        for span in sorted(self.spans, key=lambda span: span["bbox"][0]):
            is_gap = before is not None and (
                span["bbox"][0] - before["bbox"][2] > 0.15 * span["size"]
                or (not with_rows and span["font"] != before["font"])  # `sin x` of two fonts is no word
            )
            parts += [" "] * is_gap + [written(span, char) for char in span["chars"]]
            before = span
        return "".join(parts)

    @cached_property
    def prose(self) -> float:
        """The share of its letters in words; those of formulas and indices are in none, though they stand close."""
        return words_share(self.words)

    @property
    def size(self) -> float:
        """The size of its largest letters; that of big operators and delimiters is not theirs."""
        letters = [span["size"] for span in self.spans if not is_sign(span)]
        return max(letters, default=10.0)

    @cached_property
    def left(self) -> float:
        """Where its first letter or figure begins, behind the mark of an item."""
        chars = (char for span in self.spans for char in span["chars"])
        return min((char["bbox"][0] for char in chars if char["c"].isalnum()), default=self.box[0])

    @cached_property
    def math(self) -> int:
        """Characters in fonts of formulas."""
        return sum(len(span["chars"]) for span in self.spans if is_math_font(span["font"]))

    @cached_property
    def code(self) -> int:
        """Characters in fonts of fixed width."""
        return sum(len(span["chars"]) for span in self.spans if is_fixed_width(span["font"]))

    @cached_property
    def relations(self) -> list[float]:
        """Where its relations begin; of a tall one those before the delimiter."""
        size, ends = self.size, float("inf")
        if self.is_tall:
            ends = min(char["bbox"][0] for span in self.spans for char in span["chars"] if tall_delimiter(span, char))
        chars = [
            (char["bbox"][0], _written(span, char))
            for span in self.spans
            if span["size"] > 0.86 * size
            for char in span["chars"]
        ]
        chars = sorted(char for char in chars if char[0] < ends and char[1] != " ")
        before = [(0.0, ""), *chars]
        return [
            x if colon != ":" else y for (y, colon), (x, sign) in zip(before, chars, strict=False) if sign in RELATIONS
        ]

    def add(self, box: Box, spans: Sequence[Span]) -> None:
        self.box = rounded_union([self.box, box])
        self.spans += spans

    def _parts(self, written: Callable[[Span, Char], str]) -> list[tuple[str, bool]]:
        """Its text from left to right, what stands between tall delimiters row by row; whether each is such a row."""
        chars = sorted(((span, char) for span in self.spans for char in span["chars"]), key=lambda c: c[1]["bbox"][0])
        parts: list[tuple[str, bool]] = []
        run: list[tuple[Span, Char]] = []
        fence: Box | None = None
        for span, char in chars:
            if name := tall_delimiter(span, char):
                parts += _rows(run, fence, written)
                is_open = name in OPENS or (name not in CLOSES and fence is None)
                fence, run = (char["bbox"] if is_open else None), []
                parts.append((_written(span, char), False))
            else:
                run.append((span, char))
        return [*parts, *_rows(run, fence, written)]


def _rows(
    run: Sequence[tuple[Span, Char]], fence: Box | None, written: Callable[[Span, Char], str]
) -> list[tuple[str, bool]]:
    """The rows of a run of characters beside a fence; what stands at half its height is, without certainty, no row."""
    inked = [(span, char) for span, char in run if not is_blank(span, char)]
    if not inked or fence is None:
        return [(_text(run, written), False)] if inked else []
    size = max(span["size"] for span, _ in inked)
    levels: list[float] = []
    for level in sorted(char["origin"][1] for span, char in inked if span["size"] > 0.86 * size):
        if not levels or level - levels[-1] > 0.5 * size:
            levels.append(level)
    rows: list[list[tuple[Span, Char]]] = [[] for _ in levels]
    for span, char in run:
        y = char["origin"][1] - 0.35 * span["size"]
        rows[min(range(len(levels)), key=lambda n: abs(levels[n] - 0.35 * size - y))].append((span, char))
    middle = (fence[1] + fence[3]) / 2 + 0.25 * size
    return [(_text(row, written), abs(level - middle) > 0.3 * size) for level, row in zip(levels, rows, strict=True)]


def _text(run: Sequence[tuple[Span, Char]], written: Callable[[Span, Char], str]) -> str:
    parts: list[str] = []
    end = None
    for span, char in run:
        if end is not None and char["bbox"][0] - end > 0.15 * span["size"]:
            parts.append(" ")
        parts.append(written(span, char))
        end = char["bbox"][2]
    return " ".join("".join(parts).split())


def _is_formulas(span: Span, small: float) -> bool:
    return is_math_font(span["font"]) or span["size"] < small


def _written(span: Span, char: Char) -> str:
    return " " if is_blank(span, char) else unicode_of(span["font"], char["c"])


def page_lines(page: Any) -> list[Line]:
    """The lines of horizontal text of a PyMuPDF page, in the page's order."""
    pymupdf.TOOLS.unset_quad_corrections(True)  # with them, a box is as high as its font
    try:
        blocks = page.get_text("rawdict", flags=_FLAGS)["blocks"]
    finally:
        pymupdf.TOOLS.unset_quad_corrections(False)
    rows = [
        [_spelt_out(span) for span in line["spans"]]
        for block in blocks
        for line in block.get("lines", ())
        if line["dir"] == (1.0, 0.0)
    ]
    rows = [row for row in whole(rows) if any(not is_blank(span, char) for span in row for char in span["chars"])]
    boxes = [ink(row) for row in rows]
    clump_of = _clumps(rows, boxes)
    lines: list[Line] = []
    clumps: dict[int, Line] = {}
    for number, (row, box) in enumerate(zip(rows, boxes, strict=True)):
        clump = clump_of.get(number)
        if clump is not None and clump in clumps:
            clumps[clump].add(box, row)
        elif clump is not None:
            clumps[clump] = Line(box, list(row), is_tall=True)
            lines.append(clumps[clump])
        elif beside := next((other for other in reversed(lines[-6:]) if _is_beside(other, box)), None):
            beside.add(box, row)
        else:
            lines.append(Line(box, list(row)))
    return lines


def _spelt_out(span: Span) -> Span:
    signs = signs_of(span["font"])
    if signs is None:
        return span
    return {**span, "chars": [{**char, "c": spelt_out(char["c"], signs)} for char in span["chars"]]}


def _clumps(rows: Sequence[Sequence[Span]], boxes: Sequence[Box]) -> dict[int, int]:
    """The rows that a tall delimiter stands beside, each with the number of the first of those that belong together."""
    first: dict[int, int] = {}
    for number, row in enumerate(rows):
        for span in row:
            for char in span["chars"]:
                if not tall_delimiter(span, char):
                    continue
                members = _beside_fence(number, char["bbox"], span["size"], rows, boxes)
                joined = {first[member] for member in members if member in first}
                chosen = min({*members, *joined})
                members.update(member for member, clump in first.items() if clump in joined)
                first |= dict.fromkeys(members, chosen)
    return first


def _beside_fence(
    number: int, fence: Box, size: float, rows: Sequence[Sequence[Span]], boxes: Sequence[Box]
) -> set[int]:
    """The rows between top and bottom of a fence that follow each other closely, in the page's order around it.

    The end of the paragraph above may reach down beside a fence: it is not at half its height.
    """
    members = {number}
    left, right = fence[0], fence[2]
    for step in (1, -1):
        at, missed = number + step, 0
        while 0 <= at < len(boxes) and missed < 4:
            x0, top, x1, bottom = boxes[at]
            middle = (top + bottom) / 2
            is_level = fence[1] - 1 < middle < fence[3] + 1
            is_above = middle < fence[1] + 0.25 * (fence[3] - fence[1]) and x0 < fence[0] and _is_prose(rows[at])
            if (
                is_level and not is_above and x0 - right < 8 * size and left - x1 < 3 * size
            ):  # a column may be set right
                members.add(at)
                left, right, missed = min(left, x0), max(right, x1), 0
            else:
                missed += 1
            at += step
    return members


def _is_prose(row: Sequence[Span]) -> bool:
    text = "".join(char["c"] for span in row for char in span["chars"])
    return len(text) > 12 and words_share(text) > 0.5


def ink(spans: Sequence[Span]) -> Box:
    """The box of letters, from their baselines: the boxes of some fonts reach far over neighbouring lines."""
    boxes = []
    for span in spans:
        for char in span["chars"]:
            if not is_blank(span, char):
                top, bottom, _ = reach(span, char)
                boxes.append((char["bbox"][0], top, char["bbox"][2], bottom))
    return rounded_union(boxes)


def _is_beside(line: Line, box: Box) -> bool:
    shared = min(line.box[3], box[3]) - max(line.box[1], box[1])
    gap = max(line.box[0], box[0]) - min(line.box[2], box[2])
    return shared > 0.5 * min(line.box[3] - line.box[1], box[3] - box[1]) and gap < 5 * line.size
