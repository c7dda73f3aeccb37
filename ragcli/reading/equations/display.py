"""Display formulas of a PDF page: where they stand, what their text is, and their LaTeX where that is certain."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ragcli.reading.boxes import mid_height, rounded_union
from ragcli.reading.equations.display_latex import Strokes, display_latex, strokes_of
from ragcli.reading.equations.lines import Line, ink, page_lines, words_share
from ragcli.reading.fonts.math_symbols import RELATIONS, is_math_font
from ragcli.reading.mupdf import content as pdf_content
from ragcli.reading.normalise import clean
from ragcli.reading.text_layer.row import is_fixed_width
from ragcli.records import Block, Box

_RELATION = re.compile(f"[{''.join(RELATIONS)}]")
_BOUND = re.compile("[≤≥≦≧<>]")
_NO_VARIABLE = re.compile(r"\W*\d[\d.,]*\W*|[^\W\d_]{2,}\W*|N/A\S*|[-–—*~†‡]+")
_LABEL = re.compile(r"\(((?:[A-Z]\.?)?\d{1,3}(?:[.\-]\d{1,3}){0,2}[a-z]?'?)\)")
_ITEM = re.compile(r"\s*(?:\(?[a-z\d]{1,2}[.)]|\d{1,3}:|[•–—])\s+\S")  # of a list: it is read as one
_SENTENCE = re.compile(r"(?:\b[^\W\d_]{2,}[ ,]+){2}[^\W\d_]{2,}\b")  # three words in a row
_CODE = 0.5  # share of characters in fonts of fixed width, above which a line is a program's
_PROSE = 0.35  # share of letters in words, above which a line is a sentence with formulas in it


# ---- first pass


def equation_score(lines: Sequence[pdf_content.Line]) -> float:
    """How likely a page holds a display formula, in [0, 1); 0: not worth a look.

    Counted are lines that are mostly formula: math fonts or relations, and few letters in words.
    """
    formulas = 0
    for line, text in lines:
        if _RELATION.search(text) and len(text) > 4 and words_share(text) <= _PROSE and not _is_code(line):
            is_math = any(is_math_font(span["font"]) for span in line["spans"])
            formulas += is_math or (not text.isascii() and not _states_bounds(text))
    return round(formulas / (formulas + 3), 3)


def _is_code(line: Mapping[str, Any]) -> bool:
    fonts = [span["font"] for span in line["spans"] if span["text"].strip()]
    return bool(fonts) and all(map(is_fixed_width, fonts))


def _states_bounds(text: str) -> bool:
    """Whether all that a line relates are figures: `33% ≥48% Not Met`, a row of results and what they should reach."""
    parts = _BOUND.sub(" ", text)
    said = parts.split()
    return (
        not _RELATION.search(parts)
        and any(any(map(str.isdigit, one)) for one in said)
        and all(map(_NO_VARIABLE.fullmatch, said))
    )


# ---- second pass


def find_equations(page: Any) -> list[Block]:
    """Return the display formulas of a PyMuPDF page, in the page's order.

    A formula is a line, or lines below each other, apart from the margin, mostly not words, with a relation or a math
    font. Its number at the margin is its label.
    """
    lines = page_lines(page)
    margins = _margins(lines)
    numbers = [line for line in lines if _LABEL.fullmatch(line.text.strip())]
    strokes: Strokes | None = None
    found = []
    for group, beside in (
        part
        for whole in _groups([line for line in lines if line not in numbers], margins)
        for display in _displays(whole)
        for part in _by_numbers(display, [*numbers, *_numbers_within(display)])
    ):
        label = beside[0].text.strip()[1:-1] if beside else ""
        if strokes is None:
            strokes = strokes_of(page)
        latex = "" if _is_partial(group, lines, margins) else display_latex(group, strokes)
        if r"\begin" not in latex and not any(map(_has_relation, group)):
            continue
        box = rounded_union([line.box for line in (*group, *beside)])
        raw = "\n".join(" ".join(clean(line.text).split()) for line in group)
        text = " ".join([raw, *(line.text.strip() for line in beside)])
        found.append(Block(text, "equation", box, latex=latex, label=label))
    return found


def _groups(lines: Sequence[Line], margins: Sequence[Line]) -> list[list[Line]]:
    """Lines that make one formula, for each formula."""
    groups: list[list[Line]] = []
    before: list[Line] = []  # what may be a formula's first parts: a numerator, a limit
    box: Box | None = None  # of the last group, while it may go on
    for line in _numerators_first(lines):
        is_display = _is_display(line, margins)
        if box and (
            (_is_near(line.box, box) and (is_display or _is_part(line, box))) or _is_row(line, groups[-1], margins)
        ):
            groups[-1].append(line)
            box = rounded_union([box, line.box])
            groups[-1] += (other for other in before if _is_part(other, box))
            before = []
        elif is_display:
            first = [other for other in before if _is_part(other, line.box) or _is_row(other, [line], margins)]
            groups.append([*first, line])
            box = rounded_union([other.box for other in groups[-1]])
            before = []
        else:
            if line.prose > _PROSE or (box and line.box[1] > box[3] + 2 * line.size):
                box = None
            before = [*before[-3:], line]
    return [[line for line in lines if line in group] for group in groups]


def _numerators_first(lines: Sequence[Line]) -> list[Line]:
    """The lines with each before the one it stands beside and above of."""
    ordered: list[Line] = []
    for line in lines:
        at = len(ordered)
        while (
            at
            and line.box[1] < ordered[at - 1].box[1] < line.box[3]
            and _distance(line, ordered[at - 1]) < 5 * line.size
        ):
            at -= 1
        ordered.insert(at, line)
    return ordered


def _distance(line: Line, other: Line) -> float:
    return max(line.box[0], other.box[0]) - min(line.box[2], other.box[2])


def _displays(group: Sequence[Line]) -> list[list[Line]]:
    """A group cut between rows that are centred each, and so a formula each; those with a relation."""
    rows: list[list[Line]] = []
    for line in sorted(group, key=lambda line: line.box[1]):
        if rows and line.box[1] < max(other.box[3] for other in rows[-1]) + 2.0:
            rows[-1].append(line)
        else:
            rows.append([line])
    parts: list[list[Line]] = []
    for row in rows:
        if parts and not _is_display_of_its_own(row, parts[-1]):
            parts[-1] += row
        else:
            parts.append(row)
    return [
        [line for line in group if line in part]
        for part in parts
        if any(_has_relation(line) or line.is_tall for line in part)
    ]


def _is_display_of_its_own(row: Sequence[Line], above: Sequence[Line]) -> bool:
    box, other = rounded_union([line.box for line in row]), rounded_union([line.box for line in above])
    return (
        abs(box[0] + box[2] - other[0] - other[2]) < 6.0
        and all(any(map(_has_relation, lines)) for lines in (row, above))
        and max(line.size for line in row) > 0.86 * max(line.size for line in above)
        and (not _begins_inside(row) or min(row, key=lambda line: line.box[1]).text.lstrip()[:1] in "⇒⇐⇔")
        and not any(_is_aligned(line, before) for line in row for before in above)
    )


def _is_partial(group: Sequence[Line], lines: Sequence[Line], margins: Sequence[Line]) -> bool:
    """Whether something stands so close to a formula that it may be of it: at its height, or in small letters.

    What stands a bit apart and is itself a formula, or begins where other lines do, is of another column.
    """
    box, size = rounded_union([line.box for line in group]), max(line.size for line in group)
    own = {id(span) for line in group for span in line.spans}
    for line in lines:
        slack = 0.7 * size if line.size < 0.86 * size else -0.5 * size
        apart = max(line.box[0] - box[2], box[0] - line.box[2])
        if _gap(line.box, box) > slack or apart > 5 * size or own & {id(span) for span in line.spans}:
            continue
        is_column = _is_display(line, margins) or any(abs(line.left - o.left) < 2 for o in margins if o is not line)
        if not _LABEL.fullmatch(line.text.strip()) and not (apart > size and is_column):
            return True
    return False


def _by_numbers(group: list[Line], numbers: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """A group cut into formulas with a number each, and those numbers.

    What goes on with the formula above (`= …`) stays with it, and so does what stands side by side: then there are several.
    """
    own = sorted((number for number in numbers if _numbers(number, group)), key=lambda number: number.box[1])
    nearest: list[list[Line]] = [[] for _ in own]
    for line in group if own else ():
        nearest[min(range(len(own)), key=lambda n: abs(mid_height(own[n].box) - mid_height(line.box)))].append(line)
    parts: list[tuple[list[Line], list[Line]]] = []
    for lines, number in zip(nearest, own, strict=True):
        if parts and (not lines or _begins_inside(lines) or _is_beside_any(lines, parts[-1][0])):
            parts[-1][0].extend(lines)
            parts[-1][1].append(number)
        else:
            parts.append((lines, [number]))
    return parts or [(group, [])]


def _begins_inside(lines: Sequence[Line]) -> bool:
    """Whether the highest of some lines begins with a relation or a sign."""
    text = min(lines, key=lambda line: line.box[1]).text.lstrip()
    return text[:1] in RELATIONS or text[:1] in "+-−·×"


def _is_beside_any(lines: Sequence[Line], above: Sequence[Line]) -> bool:
    return max(line.box[3] for line in above) > min(line.box[1] for line in lines)


def _margins(lines: Sequence[Line]) -> list[Line]:
    """The lines of prose, which show the left margin."""
    return [line for line in lines if line.prose > 0.5 and line.text.lstrip(" •–—")[:1].isalnum()]


def _is_display(line: Line, margins: Sequence[Line]) -> bool:
    text = line.text
    if len(text.strip()) < 3 or line.prose > _PROSE or _ITEM.match(text) or _SENTENCE.search(line.words):
        return False
    if not line.math and (not _has_relation(line) or _states_bounds(text)):
        return False
    if line.code > _CODE * sum(len(span["chars"]) for span in line.spans):
        return False
    return _is_apart(line, margins)


def _is_apart(line: Line, margins: Sequence[Line]) -> bool:
    """Whether a line begins neither at the margin nor right below or above prose that is set in."""
    left = line.box[0]
    prose = [other for other in margins if other.box[0] < line.box[2] and other.box[2] > left and other is not line]
    if any(
        abs(other.left - left) < 0.15 * line.size
        and abs(other.box[1] - line.box[1]) < 4 * line.size
        and not _is_aligned(line, other)
        for other in prose
    ):
        return False
    wide = [other for other in prose if len(other.text) > 30] or prose
    if not wide:
        return line.math > 0
    near = sorted((abs(other.box[1] - line.box[1]), other.box[0]) for other in wide)[:12]
    return left > min(margin for _, margin in near) + 0.95 * line.size


def _is_row(line: Line, group: Sequence[Line], margins: Sequence[Line]) -> bool:
    """Whether a line, be it mostly words, has its relation right below or above that of a formula close by."""
    return (
        any(_is_aligned(line, other) and _is_near(line.box, other.box) for other in group)
        and _is_apart(line, margins)
        and not _ITEM.match(line.text)
    )


def _is_aligned(line: Line, other: Line) -> bool:
    return any(abs(x - y) < 0.07 * line.size for x in line.relations for y in other.relations)


def _has_relation(line: Line) -> bool:
    return _RELATION.search(line.text) is not None


def _is_part(line: Line, box: Box) -> bool:
    """A numerator, a limit, the second row of a formula: without words, and close to what is one."""
    return (
        line.prose <= _PROSE
        and not _SENTENCE.search(line.words)
        and not _ITEM.match(line.text)
        and _is_near(line.box, box)
        and box[0] - 40 < line.box[0] < box[2] + 12 * line.size
    )


def _is_near(box: Box, other: Box) -> bool:
    return _gap(box, other) < 8.0 and max(box[0] - other[2], other[0] - box[2]) < 150.0


def _gap(box: Box, other: Box) -> float:
    """White space between two boxes, one above the other; negative where they share a height."""
    return max(box[1] - other[3], other[1] - box[3])


def _numbers(label: Line, group: Sequence[Line]) -> bool:
    """Tell whether a number stands beside a formula, at the right or the left."""
    box, middle = rounded_union([line.box for line in group]), mid_height(label.box)
    return box[1] <= middle <= box[3] and (label.box[0] > box[2] or label.box[2] < box[0])


def _numbers_within(group: list[Line]) -> list[Line]:
    """The numbers at the right of lines of a formula that stand close by, taken out of those lines."""
    found = []
    for line in list(group):
        at = next(n for n, other in enumerate(group) if other is line)
        ordered = sorted(line.spans, key=lambda span: span["bbox"][0])
        tail: list[Mapping[str, Any]] = []
        while ordered and len(tail) < 4:
            tail.insert(0, ordered.pop())
            text = "".join(char["c"] for span in tail for char in span["chars"]).strip()
            if _LABEL.fullmatch(text) and (
                not ordered or tail[0]["bbox"][0] - max(span["bbox"][2] for span in ordered) > 1.5 * line.size
            ):
                group[at : at + 1] = [Line(ink(ordered), ordered, line.is_tall)] if ordered else []
                found.append(Line(ink(tail), tail))
                break
    return found
