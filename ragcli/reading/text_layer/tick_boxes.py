"""Boxes to tick that are drawn, and ticked by strokes: of a form that was printed nothing else tells Yes from No.

They become ☐ and ☒ before what they say, as those that are letters are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ragcli.reading.boxes import holds_middle
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.mupdf.content import OPERAND, Content, lines_of, two_before
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.normalise import clean
from ragcli.reading.tables.cells import Cell
from ragcli.reading.text_layer.forms import TICKS
from ragcli.reading.text_layer.leftwards import has_leftward
from ragcli.records import Box

_SMALLEST, _LARGEST = 5.0, 20.0  # points of a side
_SQUARE = 0.15  # of a side, by which the other may differ
_OF_LETTERS = (0.5, 2.0)  # sides of a box in sizes of the letters beside it
_BESIDE = 1.5  # of their size, from a box to what it says
_FAR = 3.0  # of it, where nothing stands as close on the left
_SLACK = 1.5  # points by which a tick may reach out of its box, and two frames of one box may differ
_STROKE = 0.4  # of a side, which a tick reaches across and down at least
_SIGNS = TICKS | frozenset("Xx×•")  # the last for a sign of a font that no table here has
_EMPTY = frozenset("☐□❏❐❑❒")  # over which a box may be drawn anew
_SCALED = 200.0  # the longest side in units of the page's operators, which may be tenths of points
# Neither a clip nor filled alone. Both begin with letters, which are found faster than what may stand before them.
_STROKED = re.compile(rb"re(?<=\sre)\s+(?!(?:h\s+)?[WfFn])")
_AROUND = re.compile(rb"m(?<=\sm)\s+%b %b l\s+%b %b l\s+%b %b l\s" % ((OPERAND,) * 6))

_Place = tuple[int, int, int, int]  # of a letter: block, line, span, and its number in that


@dataclass(frozen=True, slots=True)
class TickBox:
    """A box on the unrotated page, and whether it is ticked."""

    box: Box
    is_ticked: bool

    @property
    def sign(self) -> str:
        return "☒" if self.is_ticked else "☐"


@dataclass(frozen=True, slots=True)
class _Letter:
    box: Box
    size: float
    sign: str
    place: _Place


def with_tick_boxes(content: Content, blocks: Sequence[Mapping[str, Any]]) -> None:
    """Write the boxes of a page into its text, before what stands right of each, else behind what stands left of it.

    Args:
        content: the page's that the blocks are of; its drawings are looked at only where some may be such.
        blocks: as `content.text()` has them; changed in place.
    """
    if content.is_heavy or not _may_be_drawn(content):
        return
    frames = _frames_alone(content.drawn)
    if not frames:
        return
    letters = list(_letters(content.letters()))
    if has_leftward("".join(letter.sign for letter in letters)):  # what a box says stands on its other side
        return
    boxes = _tick_boxes(frames, content.drawn, letters)
    written: defaultdict[_Place, list[str]] = defaultdict(lambda: ["", "", ""])  # before, in its place, behind
    for one in boxes:
        for letter in letters:
            if holds_middle(one.box, letter.box):
                written[letter.place][1] = " "
        beside = [each for each in letters if _stands_beside(each, one.box)]
        right = min((each for each in beside if each.box[0] > one.box[0]), key=lambda each: each.box[0], default=None)
        left = max((each for each in beside if each.box[0] < one.box[0]), key=lambda each: each.box[2], default=None)
        if left and one.box[0] - left.box[2] > _BESIDE * left.size:
            left = None
        if right and right.box[0] - one.box[2] < (_BESIDE if left else _FAR) * right.size:
            written[right.place][0] += f"{one.sign} "
        elif left:
            written[left.place][2] += f" {one.sign}"
    for (block, line, span, at), (before, instead, behind) in sorted(written.items(), reverse=True):
        its = blocks[block]["lines"][line]["spans"][span]
        its["text"] = its["text"][:at] + before + (instead or its["text"][at : at + 1]) + behind + its["text"][at + 1 :]


def cells_with_tick_boxes(page: Any, cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a table on a pymupdf.Page that is not turned, with the boxes of what they say.

    A cell stays as it is where the rest of its letters would not be the same.
    """
    content = Content(page)
    blocks = content.text()
    with_tick_boxes(content, blocks)
    spans = [(span["bbox"], span["text"]) for line, _ in lines_of(blocks) for span in line["spans"]]
    if not any("☐" in text or "☒" in text for _, text in spans):
        return list(cells)
    ticked = []
    for cell in cells:
        said = [text for box, text in spans if cell.box and holds_middle(cell.box, box)]
        text = " ".join(" ".join(said).split())
        if ("☐" in text or "☒" in text) and _rest(text) == _rest(cell.text):
            cell = replace(cell, text=text)
        ticked.append(cell)
    return ticked


def _rest(text: str) -> list[str]:
    return sorted(sign for sign in clean(text) if not sign.isspace() and sign not in _SIGNS | _EMPTY)


def _frames_alone(drawings: Sequence[Mapping[str, Any]]) -> list[Box]:
    """The squares of a page that are drawn as such, but for those of a comb."""
    frames = _outermost([box for drawing in drawings for box in _frames(drawing)])
    return [box for box in frames if not any(_touch(box, other) for other in frames if other is not box)]


def _tick_boxes(
    frames: Sequence[Box], drawings: Sequence[Mapping[str, Any]], letters: Sequence[_Letter]
) -> list[TickBox]:
    """Those of the squares that hold nothing, or a tick."""
    marks = [box for drawing in drawings for box in _marks(drawing)]
    boxes = []
    for box in frames:
        inside = {letter.sign for letter in letters if holds_middle(box, letter.box)} - _EMPTY
        if inside <= _SIGNS:
            boxes.append(TickBox(box, bool(inside) or any(_ticks(mark, box) for mark in marks)))
    return boxes


def _may_be_drawn(content: Content) -> bool:
    """Whether a page strokes a square, or has fields, be they flattened: a tenth of the time of a look at its drawings."""
    page, operators = content.page, content.operators
    if any(kind == pymupdf.PDF_ANNOT_WIDGET for _, kind, _ in page.annot_xrefs()):
        return True
    if any(_is_square(form[3][2] - form[3][0], form[3][3] - form[3][1], _LARGEST) for form in content.forms):
        return True
    if any(_is_square(*two_before(operators, found.start()), _SCALED) for found in _STROKED.finditer(operators)):
        return True
    for found in _AROUND.finditer(operators):
        x, y = two_before(operators, found.start())
        if _is_square(float(found[3]) - x, float(found[4]) - y, _SCALED):
            return True
    return False


def _is_square(width: float, height: float, largest: float) -> bool:
    return _SMALLEST < abs(width) < largest and abs(abs(width) - abs(height)) < _SQUARE * abs(width)


def _frames(drawing: Mapping[str, Any]) -> Iterator[Box]:
    """The squares that a path strokes, on white or on nothing."""
    fill = drawing.get("fill")
    if "s" not in drawing["type"] or (fill and min(fill) < 1):
        return
    for shape, *places in drawing["items"]:
        if shape == "re":
            x0, y0, x1, y1 = places[0]
            if _is_square(x1 - x0, y1 - y0, _LARGEST):
                yield x0, y0, x1, y1


def _outermost(frames: Sequence[Box]) -> list[Box]:
    """The frames without those within another, by which a box gets its shadow."""
    kept: list[Box] = []
    for box in sorted(frames, key=lambda box: box[0] - box[2]):
        if not any(_is_within(box, other) for other in kept):
            kept.append(box)
    return kept


def _is_within(box: Box, other: Box) -> bool:
    return (
        other[0] - _SLACK <= box[0]
        and other[1] - _SLACK <= box[1]
        and box[2] <= other[2] + _SLACK
        and box[3] <= other[3] + _SLACK
    )


def _touch(box: Box, other: Box) -> bool:
    return box[0] < other[2] + 1 and other[0] < box[2] + 1 and box[1] < other[3] + 1 and other[1] < box[3] + 1


def _marks(drawing: Mapping[str, Any]) -> Iterator[Box]:
    """The slanted strokes, and small shapes that are filled with ink."""
    fill = drawing.get("fill")
    for shape, *places in drawing["items"]:
        if shape == "l":
            (x0, y0), (x1, y1) = places
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    if fill and max(fill) < 1 and drawing["rect"][2] - drawing["rect"][0] < _LARGEST:
        yield drawing["rect"]


def _ticks(mark: Box, box: Box) -> bool:
    side = box[2] - box[0]
    return _is_within(mark, box) and min(mark[2] - mark[0], mark[3] - mark[1]) > _STROKE * side


def _letters(blocks: Sequence[Mapping[str, Any]]) -> Iterator[_Letter]:
    for b, block in enumerate(blocks):
        for n, line in enumerate(block.get("lines", ())):
            if line["dir"] != (1.0, 0.0):
                continue
            for s, span in enumerate(line["spans"]):
                signs = signs_of(span["font"])
                for at, char in enumerate(span["chars"]):
                    if not char["c"].isspace():
                        sign = spelt_out(char["c"], signs) if signs else char["c"]
                        yield _Letter(char["bbox"], span["size"], sign, (b, n, s, at))


def _stands_beside(letter: _Letter, box: Box) -> bool:
    smallest, largest = _OF_LETTERS
    is_level = letter.box[1] < (box[1] + box[3]) / 2 < letter.box[3]
    return is_level and smallest < (box[2] - box[0]) / letter.size < largest and not holds_middle(box, letter.box)
