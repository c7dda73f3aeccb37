r"""Underscores that are drawn: TeX's `\_` is no letter in most of its fonts, but a short rule on the baseline.

Manuals name all their functions so, and `glp_set_row_bnds` would come as four words that nobody asks for. The bar of a
fraction stands above the baseline, the line under a word below it; blanks to fill in and the rules of tables are longer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ragcli.reading.mupdf.content import Content, lines_of
from ragcli.reading.mupdf.strokes import Letter, letters_of, level_lines, made_by, sides_of_boxes
from ragcli.records import Box

_THIN = 1.0  # points
_SHORT, _LONG = 0.2, 0.6  # of the letters' size
_OVER, _BESIDE = -0.08, 0.2  # of it, from a letter to the rule
_LEVEL = 0.09  # of it, from the baseline
_ACROSS = 2.5  # points between two underscores of one word: `__init__`
_MOST = 3  # in a row: more are a line of dashes
_LONGEST = 9.0  # points, and so far may one stand beside the box of its line
_JOINT = 0.5  # points between two lines that are drawn to meet
_OTHERS = re.compile(
    r"Microsoft|Word|Excel|PowerPoint|OpenOffice|LibreOffice|InDesign|QuarkXPress|FrameMaker|HTML|Chromi|Skia|Mozilla|EO\.Pdf"
    r"|EDGAR|wkhtml|Prince|WeasyPrint|FOP|ReportLab|Crystal Reports|JasperReports"
)
_SCALED = 100.0  # the longest in units of the page's operators, which may be tenths of points


def with_underscores(content: Content, blocks: Sequence[Mapping[str, Any]]) -> None:
    """Write the underscores that a page draws into its text.

    Args:
        content: the page's that the blocks are of; its drawings are looked at only where some may be such.
        blocks: as `content.text()` has them; changed in place.
    """
    if content.is_heavy or _sets_signs(content.page.parent) or not _may_be_drawn(content.operators):
        return
    spans = [span for line, _ in lines_of(blocks) for span in line["spans"]]
    # The bars of fractions and roots stand off the baseline: most pages of formulas need no look at their letters.
    rules = [row for row in _in_rows(_rules(content.drawn)) if any(_may_belong(row, span) for span in spans)]
    if not rules:
        return
    for block, its in zip(blocks, content.letters(), strict=True):
        for line, its_line in zip(block.get("lines", ()), its.get("lines", ()), strict=True):
            x0, y0, x1, y1 = line["bbox"]
            near = [r for r in rules if y0 < r[0][1] < y1 and x0 - _LONGEST < r[0][0] and r[-1][2] < x1 + _LONGEST]
            if near and line["dir"] == (1.0, 0.0):
                used = _written(line, [letter for letter in letters_of(its_line) if not letter.sign.isspace()], near)
                rules = [row for row in rules if row not in used]


def _sets_signs(document: Any) -> bool:
    """Whether a pymupdf.Document says that a program made it which has nothing to do with TeX, and no need to draw them."""
    return _OTHERS.search(made_by(document)) is not None


def _may_be_drawn(operators: bytes) -> bool:
    """Whether a page strokes or fills anything that is level and short."""
    # A rule is 0.4 points high and three to seven wide; what is several points high is no rule at any scale.
    return any(0 < length < _SCALED for length in level_lines(operators)) or any(
        5 * abs(height) < abs(width) < min(25 * abs(height), _SCALED) for width, height in sides_of_boxes(operators)
    )


def _rules(drawings: Sequence[Mapping[str, Any]]) -> list[Box]:
    """The thin level lines of a page that stand by themselves: not those of a frame, which meet its sides."""
    sides: dict[int, list[Box]] = {}
    for drawing in drawings:
        if (box := drawing["rect"])[2] - box[0] < _THIN:
            sides.setdefault(round(box[0]), []).append(box)
    return [
        (x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        for drawing in drawings
        for x0, y0, x1, y1 in [drawing["rect"]]
        if max(y1 - y0, drawing.get("width") or 0.0) < _THIN < x1 - x0 < _LONGEST
        and len(drawing["items"]) == 1
        and not any(_meets(side, x, y0) for x in (x0, x1) for side in _near(sides, x))
    ]


def _near(sides: Mapping[int, Sequence[Box]], x: float) -> Iterator[Box]:
    return (side for at in (round(x) - 1, round(x), round(x) + 1) for side in sides.get(at, ()))


def _meets(side: Box, x: float, y: float) -> bool:
    return side[0] - _JOINT < x < side[2] + _JOINT and side[1] - _JOINT < y < side[3] + _JOINT


def _in_rows(rules: Sequence[Box]) -> list[list[Box]]:
    """Rules that follow each other closely on one level, as one underscore behind the other."""
    rows: list[list[Box]] = []
    for rule in sorted(rules, key=lambda rule: (rule[1], rule[0])):
        if rows and rows[-1][-1][1] == rule[1] and 0 < rule[0] - rows[-1][-1][2] < _ACROSS:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return [row for row in rows if len(row) <= _MOST]


def _written(line: dict[str, Any], letters: Sequence[Letter], rows: Sequence[list[Box]]) -> list[list[Box]]:
    """Write those rows of rules into a line that are underscores, and tell which."""
    texts = [list(span["text"]) for span in line["spans"]]
    used = [row for row in rows if _write(row, letters, line, texts)]
    for span, text in zip(line["spans"], texts, strict=True):
        span["text"] = "".join(text)
    return used


def _write(rules: Sequence[Box], letters: Sequence[Letter], line: dict[str, Any], texts: list[list[str]]) -> bool:
    """Write a row of rules as underscores if it touches letters and none stands above or below it."""
    left, right = rules[0][0], rules[-1][2]
    middle = (left + right) / 2
    before = max((each for each in letters if each.left + each.right < 2 * middle), default=None)
    after = min((each for each in letters if each.left + each.right >= 2 * middle), default=None)
    sides = [(before, left - before.right)] if before else []
    sides += [(after, after.left - right)] if after else []
    if any(gap < _OVER * letter.size for letter, gap in sides):
        return False
    touched = [letter for letter, gap in sides if gap < _BESIDE * letter.size and _belong(rules, letter)]
    if not any(letter.sign.isalnum() for letter in touched):
        return False
    if len(touched) == 2:
        (first, start), (last, end) = (letter.place for letter in touched)
        for number in range(first, last + 1):  # the white between them, which MuPDF takes for a space
            part = slice(start + 1 if number == first else 0, end if number == last else None)
            texts[number][part] = ["" if sign.isspace() else sign for sign in texts[number][part]]
    number, at = touched[0].place
    drawn = "_" * len(rules)
    texts[number][at] = drawn + texts[number][at] if touched[0] is after else texts[number][at] + drawn
    for box in (line["spans"][number], line):
        x0, y0, x1, y1 = box["bbox"]
        box["bbox"] = min(x0, left), y0, max(x1, right), y1
    return True


def _may_belong(rules: Sequence[Box], span: Mapping[str, Any]) -> bool:
    """Whether a span is such that one of its letters may be what `_belong` asks for."""
    (x0, y, x1, _), size = rules[0], span["size"]
    beside = span["bbox"][0] - _BESIDE * size < rules[-1][2] and x0 < span["bbox"][2] + _BESIDE * size
    return bool(beside and _SHORT * size < x1 - x0 < _LONG * size and abs(span["origin"][1] - y) < 2 * _LEVEL * size)


def _belong(rules: Sequence[Box], letter: Letter) -> bool:
    x0, y, x1, _ = rules[0]
    return _SHORT < (x1 - x0) / letter.size < _LONG and abs(letter.base - y) < _LEVEL * letter.size
