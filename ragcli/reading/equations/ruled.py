"""Fractions, roots and overlines: what stands over and under rules. Refuses when in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.reading.equations.latex import SMALL, SMALLEST, DoubtError, Glyph, baseline, row_latex


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal rule: of a fraction, of a root, over a letter."""

    x0: float
    x1: float
    y: float

    def covers(self, glyph: "Glyph | Bar", slack: float = 1.0) -> bool:
        middle = glyph.x if isinstance(glyph, Glyph) else (glyph.x0 + glyph.x1) / 2
        return self.x0 - slack <= middle <= self.x1 + slack


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
            y, size = baseline(lower)
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
        if g.size <= SMALLEST * root.size
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
