"""LaTeX of a formula from where its characters stand: size, baseline, fraction bars. Refuses when in doubt.

What has rows (matrices, cases, stacked conditions), accents, and glyphs without a name is not attempted: the caller keeps
the text as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.reading.math_symbols import BIG, FUNCTIONS, LIMITED

SMALL = 0.86  # of the main size: an index or an exponent
_SMALLEST = 0.6  # of the main size: an index of an index
_QUAD = 0.8  # of the size: a gap that a writer made
_WORDS = re.compile(r"\\text\{([^{}]*)\} \\text\{([^{}]*)\}")
_NUMBERS = re.compile(r"(?<=\d) (?=\d)")
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]")


class DoubtError(Exception):
    """The structure is not certain."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of a formula, in points on the page; `y` is its baseline, `top` and `bottom` the reach of its ink."""

    latex: str
    x0: float
    x1: float
    y: float
    size: float
    top: float
    bottom: float
    upright: bool = False  # a roman letter: part of a word or of a function's name
    ink: float = 0.0  # its top, where that is known
    hangs: bool = False  # around the axis, as delimiters and big operators

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal rule: of a fraction, of a root, over a letter."""

    x0: float
    x1: float
    y: float

    def covers(self, glyph: "Glyph | Bar", slack: float = 1.0) -> bool:
        middle = glyph.x if isinstance(glyph, Glyph) else (glyph.x0 + glyph.x1) / 2
        return self.x0 - slack <= middle <= self.x1 + slack


def line_latex(glyphs: Sequence[Glyph], bars: Sequence[Bar]) -> str:
    """The LaTeX of one line of a formula.

    Raises: DoubtError.
    """
    return row_latex(with_bars(glyphs, bars))


def row_latex(glyphs: Sequence[Glyph], place: float | None = None) -> str:
    """The LaTeX of glyphs on one baseline, whose fractions and roots are made, with `&` at a place.

    Raises: DoubtError.
    """
    if not glyphs:
        raise DoubtError("nothing")
    return _tidy(_row(sorted(glyphs, key=lambda glyph: glyph.x0), place))


def with_bars(glyphs: Sequence[Glyph], bars: Sequence[Bar], main: float = 0.0) -> list[Glyph]:
    """Make one glyph of each fraction, root and overline, the widest first: what is within is made by recursion.

    Where there are other rows above and below, `main` is the size of the formula's letters.

    Raises: DoubtError.
    """
    rest = list(glyphs)
    left = sorted(bars, key=lambda bar: bar.x0 - bar.x1)
    while left:
        bar = left.pop(0)
        root = next(
            (g for g in rest if g.latex == r"\sqrt" and abs(g.x1 - bar.x0) < 1.5 and abs(g.top - bar.y) < 2.5), None
        )
        under = [g for g in rest if bar.covers(g, 0.5) and g.y > bar.y and g is not root]
        over = [] if root else [g for g in rest if bar.covers(g, 0.5) and g.y <= bar.y]
        if root:
            under = [g for g in under if g.y <= root.bottom + 2.0]
        elif main:
            over, under = touching(over, bar, left), touching(under, bar, left)
        if not root and not (over and under) and not overlined(bar, under):
            raise DoubtError("a rule that is no fraction's and no root's")
        if main and over and abs(max(_width(over), _width(under)) - (bar.x1 - bar.x0)) > 2.5:
            raise DoubtError("a fraction that is not as wide as its rule")
        reach = min(g.top for g in [*over, *under]) - 1, max(g.bottom for g in [*over, *under]) + 1
        inner = [other for other in left if bar.covers(other, 0.0) and (not main or reach[0] < other.y < reach[1])]
        left = [other for other in left if other not in inner]
        lower = with_bars(under, [other for other in inner if other.y > bar.y])
        upper = with_bars(over, [other for other in inner if other.y <= bar.y])
        degree = _degree(root, rest) if root else []
        if root or not over:
            if upper or any(other.y <= bar.y for other in inner):
                raise DoubtError("a rule above a root")
            what = rf"\sqrt[{row_latex(degree)}]" if degree else r"\sqrt" if root else r"\overline"
            latex = f"{what}{{{row_latex(lower)}}}"
            members = [root, *degree, *under] if root else under
            y, size = _main(lower)
        else:
            latex, members = rf"\frac{{{row_latex(upper)}}}{{{row_latex(lower)}}}", [*over, *under]
            size = max(g.size for g in members)
            y = bar.y + 0.25 * size  # the bar stands on the axis
            largest = max(main, *(h.size for h in rest))
            if size < SMALL * largest:
                size = min(size / 0.7, largest)  # \tfrac: its parts are small, itself is not
        box = (min(g.top for g in members), max(g.bottom for g in members))
        x0, x1 = min(bar.x0, *(g.x0 for g in members)), max(bar.x1, *(g.x1 for g in members))
        rest = [g for g in rest if g not in members]
        rest.append(Glyph(latex, x0, x1, y, size, *box))
    return sorted(rest, key=lambda glyph: glyph.x0)


def _degree(root: Glyph, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The tiny letters over the beginning of a root's sign."""
    return [
        g
        for g in glyphs
        if g.size <= _SMALLEST * root.size
        and root.x0 - 0.3 * root.size < g.x0
        and g.x < root.x0 + 0.6 * root.size
        and root.top - 0.5 * root.size < g.y < (root.top + root.bottom) / 2 + 0.1 * root.size
    ]


def touching(glyphs: Sequence[Glyph], bar: Bar, bars: Sequence[Bar]) -> list[Glyph]:
    """Of glyphs above or below a rule those that follow it without white space between."""
    is_above = bool(glyphs) and glyphs[0].y <= bar.y
    inner = [other.y for other in bars if bar.covers(other, 0.0) and (other.y < bar.y) == is_above]
    boxes: list[tuple[float, float, Glyph | None]] = [(y, y, None) for y in inner]
    boxes += [(glyph.top, glyph.bottom, glyph) for glyph in glyphs]
    boxes.sort(key=lambda box: -box[1] if is_above else box[0])
    chosen: list[Glyph] = []
    edge, is_rule = bar.y, True
    for top, bottom, glyph in boxes:
        gap = edge - bottom if is_above else top - edge
        if gap > (0.42 if is_rule or glyph is None else -0.25) * (glyph.size if glyph else 10.0):
            break
        edge, is_rule = (min(edge, top) if is_above else max(edge, bottom)), glyph is None
        if glyph:
            chosen.append(glyph)
    return chosen


def _width(glyphs: Sequence[Glyph]) -> float:
    return max(g.x1 for g in glyphs) - min(g.x0 for g in glyphs)


def overlined(bar: Bar, under: Sequence[Glyph]) -> bool:
    """Whether a rule stands closely over all of some glyphs, as wide as they are."""
    top, size = min((g.ink or g.top for g in under), default=0.0), max((g.size for g in under), default=0.0)
    if not 0.03 * size < top - bar.y < 0.25 * size or any(g.latex == r"\sqrt" for g in under):
        return False  # TeX has 0.12 sizes there, and more over most denominators
    return abs(_width(under) - (bar.x1 - bar.x0)) < 0.15 * size + 0.5 and abs(min(g.x0 for g in under) - bar.x0) < 1.0


def _main(glyphs: Sequence[Glyph]) -> tuple[float, float]:
    """The baseline of a row, and the size of what stands on it: that of the first of the largest glyphs."""
    size = max(glyph.size for glyph in glyphs)
    standing = [g for g in glyphs if g.size > SMALL * size and g.latex not in BIG and g.latex != r"\sqrt"]
    letters = [glyph for glyph in standing if glyph.bottom - glyph.top < 1.2 * glyph.size]
    first = (letters or standing or list(glyphs))[0]
    return first.y, first.size


def _row(glyphs: list[Glyph], place: float | None = None) -> str:
    base, size = _main(glyphs)
    limits, glyphs = _limits(glyphs, size)
    parts: list[str] = []
    end = 0.0  # of what stands on the baseline
    number = 0
    while number < len(glyphs):
        glyph = glyphs[number]
        if _is_script(glyph, base, size):
            stop = number
            while stop < len(glyphs) and _is_script(glyphs[stop], base, size):
                stop += 1
            if not parts or parts[-1] in ("(", "[", r"\{", r"\langle"):
                raise DoubtError("an index of nothing")
            begin = end - glyphs[number - 1].x0 - 0.2 * size if parts[-1] in (r"\int", r"\oint") else 0.0
            if any(g.x0 < end - max(begin, (0.4 if g.y > base else 0.2) * size) for g in glyphs[number:stop]):
                raise DoubtError("something above or below")
            parts[-1] += _scripts(glyphs[number:stop], base, size)
            end = max(g.x1 for g in glyphs[number:stop])
            number = stop
            continue
        if glyph.latex == "'" and parts:
            parts[-1] += "'"
            end = max(end, glyph.x1)
            number += 1
            continue
        slack = 0.25 if glyph.latex.startswith((r"\begin", r"\binom", r"\left")) else 0.12
        if abs(glyph.y - base) > slack * size and glyph.latex not in BIG and not glyph.latex.startswith(r"\frac"):
            raise DoubtError("two baselines")
        if (
            glyph.x0 < end - 0.35 * size
            and parts
            and glyph.latex not in ("'", r"\not")
            and not parts[-1].endswith(r"\not")
        ):
            raise DoubtError("glyphs over each other")
        if parts and glyph.x0 - end > _QUAD * size:
            parts.append(r"\quad")
        elif parts and parts[-1].isdigit() and glyph.latex.isdigit() and glyph.x0 - end > 0.25 * size:
            parts.append(r"\;")
        if place is not None and abs(glyph.x0 - place) < 0.07 * size:
            parts.append("&")
            place = None
        if glyph.upright and _LETTERS.match(glyph.latex):
            stop = number
            while stop + 1 < len(glyphs) and _same_word(glyphs[stop], glyphs[stop + 1]):
                stop += 1
            word = "".join(g.latex for g in glyphs[number : stop + 1])
            parts.append(rf"\{word}" if word in FUNCTIONS else word if len(word) == 1 else rf"\text{{{word}}}")
            number = stop
        else:
            parts.append(glyph.latex)
        if id(glyph) in limits:
            parts[-1] = _limited(parts[-1], *limits[id(glyph)])
        end = max(end, glyphs[number].x1)
        number += 1
    return " ".join(parts)


def _is_script(glyph: Glyph, base: float, size: float) -> bool:
    if glyph.latex == "'":
        return glyph.size < _SMALLEST * size
    if glyph.size >= SMALL * size:
        return False
    shift = base - glyph.y
    if -0.08 * size < shift < 0.15 * size and glyph.size > _SMALLEST * size:
        raise DoubtError("small on the baseline")
    return True


def _same_word(glyph: Glyph, further: Glyph) -> bool:
    return (
        further.upright
        and _LETTERS.match(further.latex) is not None
        and further.x0 - glyph.x1 < 0.13 * glyph.size
        and abs(further.y - glyph.y) < 0.1 * glyph.size
    )


def _scripts(glyphs: Sequence[Glyph], base: float, size: float) -> str:
    lower = [glyph for glyph in glyphs if glyph.y > base - 0.08 * size and glyph.size > _SMALLEST * size]
    upper = [glyph for glyph in glyphs if glyph.y <= base - 0.08 * size and glyph.size > _SMALLEST * size]
    for glyph in glyphs:
        if glyph.size <= _SMALLEST * size:  # with what it is the index of
            before = [g for g in (*lower, *upper) if g.x < glyph.x and g.size > _SMALLEST * size]
            owner = min(before, key=lambda g: abs(g.x1 - glyph.x0) + abs(g.y - glyph.y), default=None)
            is_lower = glyph.y > base - 0.08 * size if owner is None else any(g is owner for g in lower)
            (lower if is_lower else upper).append(glyph)
    below, above = _script("_", lower), _script("^", upper)
    if below and above and min(g.x0 for g in lower) > max(g.x1 for g in upper) - 0.05 * size:
        return above + "{}" + below  # one behind the other, as of tensors
    if below and above and min(g.x0 for g in upper) > max(g.x1 for g in lower) - 0.05 * size:
        return below + "{}" + above
    return below + above


def _script(mark: str, glyphs: list[Glyph]) -> str:
    return f"{mark}{{{_row(sorted(glyphs, key=lambda glyph: glyph.x0))}}}" if glyphs else ""


def _limits(glyphs: list[Glyph], size: float) -> tuple[dict[int, tuple[list[Glyph], list[Glyph]]], list[Glyph]]:
    """What stands above and below sums, and below limits, by the glyph that it belongs to; and the rest of the row."""
    limits: dict[int, tuple[list[Glyph], list[Glyph]]] = {}
    rest = list(glyphs)
    owners = _owners(glyphs)
    for owner, x0, x1, top, bottom in owners:
        near = [g for g in rest if all(abs(g.x - (x0 + x1) / 2) <= abs(g.x - (a + b) / 2) for _, a, b, _, _ in owners)]
        below = _stack([g for g in near if g.y - 0.45 * g.size > bottom - 0.15 * size], owner, x0, x1, size)
        above = _stack([g for g in near if g.y < top + 0.1 * size], owner, x0, x1, size)
        if below or above:
            limits[id(owner)] = below, above
            rest = [glyph for glyph in rest if glyph not in below and glyph not in above]
    return limits, rest


def _limited(latex: str, below: list[Glyph], above: list[Glyph]) -> str:
    if latex != r"\to":
        return latex + _script("_", below) + _script("^", above)
    under, over = (_script("", glyphs)[1:-1] for glyphs in (below, above))
    return (rf"\xrightarrow[{under}]" if under else r"\xrightarrow") + f"{{{over}}}"


def _owners(glyphs: list[Glyph]) -> list[tuple[Glyph, float, float, float, float]]:
    owners = []
    for number, glyph in enumerate(glyphs):
        if glyph.latex in BIG:
            owners.append((glyph, glyph.x0, glyph.x1, glyph.top, glyph.bottom))
        elif glyph.latex == r"\to" and glyph.x1 - glyph.x0 > 1.2 * glyph.size:
            owners.append((glyph, glyph.x0, glyph.x1, glyph.y - 0.5 * glyph.size, glyph.y - 0.1 * glyph.size))
        elif glyph.upright and (number == 0 or not _same_word(glyphs[number - 1], glyph)):
            letters = [glyph]
            for further in glyphs[number + 1 :]:
                if abs(further.y - glyph.y) < 0.1 * glyph.size and further.size == glyph.size:
                    if not _same_word(letters[-1], further):
                        break
                    letters.append(further)
            if "".join(g.latex for g in letters) in LIMITED:
                owners.append((glyph, glyph.x0, letters[-1].x1, glyph.top, glyph.y))
    return owners


def _stack(beyond: Sequence[Glyph], owner: Glyph, x0: float, x1: float, size: float) -> list[Glyph]:
    """The run of small glyphs beyond an operator's ink that is centred on it."""
    beyond = [glyph for glyph in beyond if glyph is not owner and glyph.size < SMALL * size]
    runs: list[list[Glyph]] = []
    for glyph in beyond:
        if runs and glyph.x0 - max(g.x1 for g in runs[-1]) < 0.4 * size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    middle = (x0 + x1) / 2
    for run in runs:
        if abs((run[0].x0 + max(g.x1 for g in run)) / 2 - middle) < 0.35 * size:
            return run
    return []


def _tidy(latex: str) -> str:
    latex = (
        latex.replace(r"\cdot \cdot \cdot", r"\cdots")
        .replace(". . .", r"\ldots")
        .replace(r"\Leftarrow \Rightarrow", r"\Leftrightarrow")
    )
    latex = latex.replace(r"= \Rightarrow", r"\Rightarrow").replace(r"\Leftarrow =", r"\Leftarrow")  # long arrows
    latex = (
        latex.replace(r"- \to", r"\to")
        .replace(r"\mapstochar \to", r"\mapsto")
        .replace(r"\not =", r"\neq")
        .replace(r"\not \in", r"\notin")
    )
    if r"\mapstochar" in latex or r"\sqrt " in latex or latex.endswith(r"\sqrt"):
        raise DoubtError("half a sign")
    while (joined := _WORDS.sub(r"\\text{\1 \2}", latex)) != latex:
        latex = joined
    latex = _NUMBERS.sub("", latex)
    latex = re.sub(r"(?<=\d) \. (?=\d)", ".", latex)
    if latex.count(r"\{") != latex.count(r"\}") or sum(map(latex.count, "()[]")) % 2:
        raise DoubtError("half a pair")
    return latex
