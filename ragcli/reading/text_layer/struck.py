"""Text that is struck out: in a contract with its changes shown, `five six euros` says six.

In a PDF nothing tells it but a thin level line through the middle of the letters, from the first of them to the last.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from ragcli.reading.mupdf.content import Content, lines_of
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.mupdf.rulings import joined
from ragcli.reading.mupdf.strokes import letters_of, level_lines, made_by, sides_of_boxes
from ragcli.records import Box

_THIN = 1.6  # points
_SHORTEST = 3.0  # points of a line that strikes anything out
_HEIGHT = (0.15, 0.45)  # sizes of the letters, from their baseline up to the line
_EDGE = 0.35  # of it, from an end of the line to that of a letter: the rule of a table, or a leader, runs further
_TOUCHING = 0.35  # of it, between two pieces of one line
_MOST = 0.5  # of a page's letters: more are no changes but a pattern
# Programs in which texts are written, changed and compared: of what TeX and makers of reports draw, nothing is struck out.
_WRITERS = re.compile(
    r"Word|Office|Writer|Pages|Quartz|Google|Skia|PDFMaker|Distiller|Adobe PDF Library|Workshare|Litera|Delta ?View|Draftable",
    re.IGNORECASE,
)
_FLAT = 3  # times as wide as high, at least

_Place = tuple[int, int]  # of a letter: its span's number, and its own in that


class _Struck(NamedTuple):
    """The letters of a span that are struck out, by their numbers in it."""

    span: dict[str, Any]
    letters: Sequence[Mapping[str, Any]]  # of all the span
    places: Set[int]

    @property
    def left(self) -> str:
        return "".join([letter["c"] for at, letter in enumerate(self.letters) if at not in self.places])

    @property
    def boxes(self) -> Iterator[Box]:
        """What lies well within each letter that is struck out."""
        for at in self.places:
            x0, y0, x1, y1 = self.letters[at]["bbox"]
            aside, down = (x1 - x0) / 4, (y1 - y0) / 4
            yield x0 + aside, y0 + down, x1 - aside, y1 - down


def without_struck(content: Content, blocks: Sequence[Mapping[str, Any]]) -> int:
    """Take what is struck out off the text of a page.

    Args:
        content: the page's that the blocks are of; its drawings are looked at only where some may be such.
        blocks: as `content.text()` has them; changed in place.
    Returns: how many texts were struck out.
    """
    gone, rules = _struck_on(content, blocks)
    for struck in gone:
        struck.span["text"] = struck.left
    return len(rules)


def erase_struck(page: Any) -> None:
    """Take what is struck out, and the lines through it, off a pymupdf.Page as it is in memory, for all who read it then."""
    content = Content(page)
    gone, rules = _struck_on(content, content.text())
    if not gone:
        return
    shown = page.rotation
    page.set_rotation(0)
    _erase(page, (box for struck in gone for box in struck.boxes), graphics=pymupdf.PDF_REDACT_LINE_ART_NONE)
    _erase(page, rules, text=pymupdf.PDF_REDACT_TEXT_NONE)
    page.set_rotation(shown)


def _erase(page: Any, boxes: Iterable[Box], **kept: int) -> None:
    for box in boxes:
        page.add_redact_annot(box, fill=False, cross_out=False)
    page.apply_redactions(images=pymupdf.PDF_REDACT_IMAGE_NONE, **kept)


def _struck_on(content: Content, blocks: Sequence[Mapping[str, Any]]) -> tuple[list[_Struck], list[Box]]:
    """What is struck out on a page, and boxes that hold the lines through it, those of several pieces as one."""
    if content.is_heavy or not _is_written(content.page.parent) or not _may_be_drawn(content.operators):
        return [], []
    rules = [drawing["rect"] for drawing in content.drawn if _is_rule(drawing["rect"])]
    if not any(_crosses(rule, span) for line, _ in lines_of(blocks) for span in line["spans"] for rule in rules):
        return [], []
    gone: list[_Struck] = []
    through: list[Box] = []
    for block, its in zip(blocks, content.letters(), strict=True):
        for line, its_line in zip(block.get("lines", ()), its.get("lines", ()), strict=True):
            struck = _struck_in(its_line, rules) if line["dir"] == (1.0, 0.0) else {}
            through += dict.fromkeys(struck.values())
            for number, (span, its_span) in enumerate(zip(line["spans"], its_line["spans"], strict=True)):
                places = {at for of_span, at in struck if of_span == number}
                if places and span["text"] == "".join([letter["c"] for letter in its_span["chars"]]):
                    gone.append(_Struck(span, its_span["chars"], places))
    letters_of_page = sum(len(text) for _, text in lines_of(blocks))
    if not gone or sum(len(struck.places) for struck in gone) > _MOST * letters_of_page:
        return [], []
    return gone, through


def _is_written(document: Any) -> bool:
    """Whether a pymupdf.Document says that such a program made it."""
    return _WRITERS.search(made_by(document)) is not None


def _may_be_drawn(operators: bytes) -> bool:
    """Whether a page draws anything that is level and flat."""
    return any(level_lines(operators)) or any(
        0 < _FLAT * abs(height) < abs(width) for width, height in sides_of_boxes(operators)
    )


def _is_rule(box: Sequence[float]) -> bool:
    return box[3] - box[1] < _THIN and box[2] - box[0] > _SHORTEST


def _crosses(rule: Sequence[float], span: Mapping[str, Any]) -> bool:
    left, _, right, _ = span["bbox"]
    level = (rule[1] + rule[3]) / 2
    return rule[0] < right and rule[2] > left and _is_at_middle(level, span["origin"][1], span["size"])


def _is_at_middle(level: float, base: float, size: float) -> bool:
    return _HEIGHT[0] * size < base - level < _HEIGHT[1] * size


def _struck_in(line: Mapping[str, Any], rules: Sequence[Sequence[float]]) -> dict[_Place, Box]:
    """The letters of a line that are struck out, each with a box that holds its rule."""
    letters = list(letters_of(line))
    if not letters:
        return {}
    levels: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    for x0, y0, x1, y1 in rules:
        if line["bbox"][1] < y0 and y1 < line["bbox"][3]:
            levels[round((y0 + y1) / 2, 1)].append((x0, x1))
    found: dict[_Place, Box] = {}
    for level, pieces in levels.items():
        for start, end in joined(pieces, _TOUCHING * max(letter.size for letter in letters)):
            under = [letter for letter in letters if start < (letter.left + letter.right) / 2 < end]
            if (
                any(letter.sign.isalnum() for letter in under)
                and all(_is_at_middle(level, letter.base, letter.size) for letter in under)
                and abs(under[0].left - start) < _EDGE * under[0].size
                and abs(under[-1].right - end) < _EDGE * under[-1].size
            ):
                box = (start - _THIN, level - _THIN, end + _THIN, level + _THIN)
                found |= {letter.place: box for letter in under}
    return found
