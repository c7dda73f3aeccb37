"""Arabic, Hebrew, Persian, …: the letters of a line in the order in which they are read, from where they stand.

Producers draw such lines letter by letter from the left, word by word, or as they are read; MuPDF turns some of them round
and others not, and cuts them at each number. Where the letters stand is the same in all.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from ragcli.reading.boxes import around
from ragcli.reading.mupdf.content import Content
from ragcli.reading.text_layer.row import ACROSS

# But digits, which run to the right.
_ANY = re.compile(
    "[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")  # of a letter at the beginning, in the middle, at the end of a word
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = 0.2  # of the size: a gap between words
_APART = 1.8  # of the size: a gap between the cells of a row
_JUMPED = 2  # letters within a space
_BRACKETS = str.maketrans("()[]{}«»", ")(][}{»«")
_OPENING, _CLOSING = frozenset("([{«"), frozenset(")]}»")
_SEPARATORS = ("", *" .,:/-–٫٬")  # within a number


@dataclass(slots=True)
class _Glyph:
    """What was drawn as one: a letter with its accents, or a ligature."""

    text: str
    left: float
    right: float
    span: int

    @property
    def direction(self) -> str:
        """L for letters that run to the right, R for those that run to the left, N for digits, else nothing."""
        first = self.text[0]
        return "R" if _ANY.match(first) else "N" if first.isdigit() else "L" if first.isalpha() else ""


def has_leftward(text: str) -> bool:
    """Tell whether a text holds letters that run to the left."""
    return not text.isascii() and _ANY.search(text) is not None


def runs_leftwards(text: str) -> bool:
    """Tell whether most letters of a text run to the left."""
    return 2 * len(_ANY.findall(text)) > len(_LETTER.findall(text))


def in_logical_order(content: Content) -> list[dict[str, Any]]:
    """The blocks of a page as `Content.text()` has them, the lines that run to the left in the order of reading."""
    blocks = content.letters()
    for block in blocks:
        lines = block.get("lines", [])
        for span in (span for line in lines for span in line["spans"]):
            span["text"] = "".join([letter["c"] for letter in span["chars"]])
        for line in lines:
            line["bbox"] = _inked(line)
        if has_leftward("".join([span["text"] for line in lines for span in line["spans"]])):
            block["lines"] = [reordered(line) for line in _whole_lines(lines)]
    return blocks


def _inked(line: dict[str, Any]) -> Sequence[float]:
    """The box of a line without the spaces at its ends: MuPDF hides in them the gap between two pieces."""
    box: Sequence[float] = line["bbox"]
    boxes = [letter["bbox"] for span in line["spans"] for letter in span["chars"] if not letter["c"].isspace()]
    if line["dir"] != ACROSS or not boxes:
        return box
    return min([each[0] for each in boxes]), box[1], max([each[2] for each in boxes]), box[3]


def _whole_lines(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join what MuPDF cut: pieces that follow each other and touch, on one baseline."""
    whole: list[dict[str, Any]] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is not None and line["dir"] == last["dir"] == ACROSS and _touch(last, line):
            last["spans"] += line["spans"]
            last["bbox"] = around(last["bbox"], line["bbox"])
        else:
            whole.append(line)
    return whole


def _touch(line: dict[str, Any], further: dict[str, Any]) -> bool:
    one, other = line["spans"][-1], further["spans"][0]
    size = max(one["size"], other["size"])
    gap = max(further["bbox"][0] - line["bbox"][2], line["bbox"][0] - further["bbox"][2])
    return bool(abs(one["origin"][1] - other["origin"][1]) < 0.15 * size and gap < _APART * size)


def reordered(line: dict[str, Any]) -> dict[str, Any]:
    """The line with its spans in the order of reading."""
    spans = line["spans"]
    if line["dir"] != ACROSS or not has_leftward("".join([span["text"] for span in spans])):
        return line
    base = "R" if runs_leftwards("".join([span["text"] for span in spans])) else "L"
    glyphs = sorted(_without_jumps(_glyphs(spans)), key=lambda glyph: glyph.left + glyph.right, reverse=base == "R")
    runs = _runs(_spaced(glyphs, [span["size"] for span in spans]), base)
    _turn_brackets([glyph for run in runs for glyph in run])
    pieces: list[dict[str, Any]] = []
    for run in runs:
        for number, members in groupby(run, key=lambda glyph: glyph.span):
            pieces.append({**spans[number], "text": "".join([glyph.text for glyph in members])})
    return {**line, "spans": pieces}


def _glyphs(spans: Sequence[dict[str, Any]]) -> list[_Glyph]:
    """The glyphs of a line, in no order.

    Of a ligature MuPDF gives the letters after the first no width, and puts them before it where it turns a line round.
    """
    glyphs: list[_Glyph] = []
    ahead = ""  # of a ligature, letters whose first is to follow
    for number, span in enumerate(spans):
        letters = span["chars"]
        for at, letter in enumerate(letters):
            text = unicodedata.normalize("NFKC", letter["c"]) if _FORMS.match(letter["c"]) else letter["c"]
            left, _, right, _ = letter["bbox"]
            if right - left < 0.01 and _ANY.match(text):
                following = letters[at + 1]["bbox"] if at + 1 < len(letters) else None
                if not unicodedata.combining(text) and following and abs(following[2] - left) < 0.05:
                    ahead = text + ahead
                    continue
                if glyphs:
                    glyphs[-1].text += text
                    continue
            glyphs.append(_Glyph(text + ahead, left, right, number))
            ahead = ""
    return glyphs


def _without_jumps(glyphs: Sequence[_Glyph]) -> list[_Glyph]:
    """Leave out the spaces that have several letters in them: MuPDF puts one where the drawing went back over a word."""
    middles = [(glyph.left + glyph.right) / 2 for glyph in glyphs if not glyph.text.isspace()]
    return [
        glyph
        for glyph in glyphs
        if not glyph.text.isspace() or sum(glyph.left < middle < glyph.right for middle in middles) < _JUMPED
    ]


def _spaced(glyphs: Sequence[_Glyph], sizes: Sequence[float]) -> list[_Glyph]:
    """Put a space where two neighbours stand apart and none is drawn."""
    spaced = list(glyphs[:1])
    for before, after in pairwise(glyphs):
        gap = max(after.left - before.right, before.left - after.right)
        if gap > _SPACE * sizes[after.span] and not before.text.isspace() and not after.text.isspace():
            spaced.append(_Glyph(" ", after.right, before.left, after.span))
        spaced.append(after)
    return spaced


def _runs(glyphs: Sequence[_Glyph], base: str) -> list[list[_Glyph]]:
    """The glyphs of a line, given as its base direction has them; what runs against that is turned round."""
    directions = [glyph.direction for glyph in glyphs]
    against = [direction == "R" if base == "L" else direction in ("L", "N") for direction in directions]
    known = [n for n, direction in enumerate(directions) if direction]
    for first, second in pairwise(known):
        if against[first] and against[second]:
            between = "".join([glyph.text for glyph in glyphs[first + 1 : second]])
            # `R and Python` is read from the left, and so are `1387/02/01` and `4 210`; `2: 1` are two numbers.
            if {"L", "R"} & {directions[first], directions[second]} or between in _SEPARATORS:
                against[first:second] = [True] * (second - first)
    runs: list[list[_Glyph]] = []
    for is_against, numbers in groupby(range(len(glyphs)), key=against.__getitem__):
        run = [glyphs[n] for n in numbers]
        runs.append(run[::-1] if is_against else run)
    return runs


def _turn_brackets(glyphs: Sequence[_Glyph]) -> None:
    """Turn the brackets of a line, given in the order of reading, where the first closes and a later one opens.

    Some producers write the shape that is seen, which on such a line is the other one.
    """
    brackets = [glyph for glyph in glyphs if glyph.text in _OPENING or glyph.text in _CLOSING]
    if brackets and brackets[0].text in _CLOSING and any(glyph.text in _OPENING for glyph in brackets):
        for glyph in brackets:
            glyph.text = glyph.text.translate(_BRACKETS)
