"""Matrices, systems and binomials of a formula: rows between tall delimiters, each made one glyph. Refuses when in doubt.

Rows are told by their baselines, columns by white space that goes through all rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragcli.reading.equations.latex import SMALL, DoubtError, Glyph, row_latex
from ragcli.reading.equations.ruled import Bar, with_bars
from ragcli.reading.fonts.math_symbols import RELATION_NAMES
from ragcli.records import Box

_TALL = 1.7  # sizes: a delimiter that is lower encloses one row
_ROW = 0.85  # sizes: two baselines that are closer are of no two rows
_COLUMN = 0.75  # of the size: white space between columns; TeX's is 10 points
_PAIRS = {"(": ")", "[": "]", r"\{": r"\}", "|": "|", r"\|": r"\|"}
_NAMES = {"(": "pmatrix", "[": "bmatrix", r"\{": "Bmatrix", "|": "vmatrix", r"\|": "Vmatrix"}
_ARROWS = frozenset((r"\Leftrightarrow", r"\Rightarrow", r"\Leftarrow", r"\to", r"\mapsto"))


@dataclass(frozen=True, slots=True)
class _Fence:
    """A tall delimiter with its partner; a brace may have none: what it encloses goes on to the right."""

    left: Glyph
    right: Glyph | None

    @property
    def width(self) -> float:
        return self.right.x0 - self.left.x1 if self.right else float("inf")

    def encloses(self, x: float, y: float) -> bool:
        return self.left.x1 - 1 < x < (self.right.x0 + 1 if self.right else float("inf")) and (
            self.left.top - 1 < y < self.left.bottom + 1
        )


def with_grids(glyphs: Sequence[Glyph], bars: Sequence[Bar], posts: Sequence[Box]) -> tuple[list[Glyph], list[Bar]]:
    """Return a formula with one glyph for each matrix, system and binomial, and the rules that are not within them.

    Upright rules, the posts, stand between columns of a matrix or nowhere. The innermost is made first, of open braces the last.

    Raises: DoubtError.
    """
    rest, left = list(glyphs), list(bars)
    main = max(glyph.size for glyph in rest)
    wide: list[float] = []  # distances of rows of what is a matrix for certain
    waiting = sorted(_fences(rest), key=lambda fence: (fence.width, -fence.left.x0))
    late: list[_Fence] = []  # what other matrices have to be known for
    while waiting or late:
        fence = waiting.pop(0) if waiting else late.pop(0)
        within = [glyph for glyph in rest if fence.encloses(glyph.x, _middle(glyph))]
        within_bars = [bar for bar in left if fence.encloses((bar.x0 + bar.x1) / 2, bar.y)]
        if len({round(glyph.y) for glyph in within}) < 2:
            continue
        rows, size = _rows(fence, with_bars(within, within_bars, main))
        if len(rows) < 2:
            continue
        within_posts = [box for box in posts if fence.encloses(box[0], (box[1] + box[3]) / 2)]
        latex = _latex(fence, rows, size, wide, [box[0] for box in within_posts])
        if not latex and waiting:
            late.append(fence)
            continue
        if not latex:
            raise DoubtError("a binomial or a vector")
        posts = [box for box in posts if box not in within_posts]
        ends = max(glyph.x1 for row in rows for glyph in row) if fence.right is None else fence.right.x1
        gone = [fence.left, *([fence.right] if fence.right else []), *(glyph for glyph in within if glyph.x < ends)]
        rest = [glyph for glyph in rest if not any(glyph is other for other in gone)]
        left = [bar for bar in left if bar not in within_bars or bar.x0 >= ends]
        top, bottom = fence.left.top, fence.left.bottom
        y = (top + bottom) / 2 + 0.25 * size
        rest.append(Glyph(latex, fence.left.x0, ends, y, size, top, bottom))
    if posts:
        raise DoubtError("an upright rule")
    return rest, left


def _fences(glyphs: Sequence[Glyph]) -> Iterator[_Fence]:
    is_open: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.x0):
        if glyph.bottom - glyph.top < _TALL * glyph.size or not (
            glyph.latex in _PAIRS or glyph.latex in _PAIRS.values()
        ):
            continue
        level = [other for other in is_open if _is_level(other, glyph)]
        if level and _PAIRS[level[-1].latex] == glyph.latex:
            yield _Fence(level[-1], glyph)
            is_open = [other for other in is_open if other is not level[-1]]
        elif glyph.latex in _PAIRS:
            is_open.append(glyph)
    yield from (_Fence(glyph, None) for glyph in is_open if glyph.latex == r"\{")


def _is_level(glyph: Glyph, other: Glyph) -> bool:
    return abs(glyph.top - other.top) < 0.2 * glyph.size and abs(glyph.bottom - other.bottom) < 0.2 * glyph.size


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _rows(fence: _Fence, atoms: Sequence[Glyph]) -> tuple[list[list[Glyph]], float]:
    """The rows between delimiters, and the size of their letters."""
    size = max(atom.size for atom in atoms)
    levels: list[list[Glyph]] = []
    for atom in sorted((atom for atom in atoms if atom.size > SMALL * size), key=lambda atom: atom.y):
        if levels and atom.y - levels[-1][-1].y < 0.3 * size:
            levels[-1].append(atom)
        else:
            levels.append([atom])
    after: list[Glyph] = []
    if fence.right is None:
        levels, after = _beside(levels, (fence.left.top + fence.left.bottom) / 2 + 0.25 * size, size)
    heights = [sum(atom.y for atom in level) / len(level) for level in levels]
    if any(level[-1].y - level[0].y > 0.3 * size for level in levels):
        raise DoubtError("a row without a baseline")
    if any(lower - upper < _ROW * size for upper, lower in pairwise(heights)):
        raise DoubtError("rows too close")
    ends = min((atom.x0 for atom in after), default=float("inf"))
    for atom in atoms:
        if atom.size <= SMALL * size and atom.x < ends:
            middle = _middle(atom)
            distances = [max(height - 0.7 * size - middle, middle - height - 0.2 * size, 0.0) for height in heights]
            levels[distances.index(min(distances))].append(atom)
    return [sorted(level, key=lambda atom: atom.x0) for level in levels], size


def _beside(levels: list[list[Glyph]], axis: float, size: float) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Part the rows of an open brace from what stands at the right of them all, at half their height."""
    middle = next((level for level in levels if abs(level[0].y - axis) < 0.25 * size), None)
    if middle is None or len(levels) < 2:
        return levels, []
    others = [level for level in levels if level is not middle]
    ends = max(atom.x1 for level in others for atom in level)
    middle = sorted(middle, key=lambda atom: atom.x0)
    if middle[0].x0 > ends - 0.1 * size:
        return others, middle
    for number, atom in enumerate(middle):
        gap = atom.x0 - middle[number - 1].x1 if number else 0.0
        is_next = atom.latex in _ARROWS or atom.latex.startswith(r"\begin") or gap > _COLUMN * size
        if atom.x0 > ends and (is_next or (atom.latex in (".", ",", ";") and gap > 0.1 * size)):
            return [middle[:number] if level[0] in middle else level for level in levels], middle[number:]
    return levels, []


def _latex(
    fence: _Fence, rows: Sequence[Sequence[Glyph]], size: float, wide: list[float], posts: Sequence[float]
) -> str:
    columns = _columns(rows, size)
    cells = [[[atom for atom in row if begin <= atom.x <= end] for begin, end in columns] for row in rows]
    table = [[row_latex(cell) if cell else "" for cell in row] for row in cells]
    if fence.right is None:
        if posts:
            raise DoubtError("an upright rule in a system")
        is_second = len(columns) == 2 and all(row[0] for row in table)
        is_second = is_second and not any(row[1].split(" ")[0] in RELATION_NAMES for row in table)
        lines = [(" & " if is_second else " ").join(cell for cell in row if cell) for row in table]
        return _environment("cases", lines)
    if len(columns) == 1 and len(rows) == 2 and fence.left.latex == "(":
        is_binomial = _is_binomial(fence, rows, size, wide)
        if is_binomial is None:
            return ""
        if is_binomial:
            return rf"\binom{{{table[0][0]}}}{{{table[1][0]}}}"
    if len(columns) == 1 and fence.left.latex == r"\{":
        raise DoubtError("a number of Stirling's or a set")
    if len(columns) > 1:
        wide += [lower[0].y - upper[0].y for upper, lower in pairwise(rows)]
    lines = [" & ".join(row) for row in table]
    if not posts:
        return _environment(_NAMES[fence.left.latex], lines)
    spec = "c"
    for (_, end), (begin, _) in pairwise(columns):
        spec += "|c" if any(end < x < begin for x in posts) else "c"
    if spec.count("|") != len({round(x) for x in posts}):
        raise DoubtError("an upright rule within a column")
    return rf"\left{fence.left.latex} " + _environment("array", lines, spec) + rf" \right{_PAIRS[fence.left.latex]}"


def _is_binomial(fence: _Fence, rows: Sequence[Sequence[Glyph]], size: float, wide: Sequence[float]) -> bool | None:
    """Whether two rows of one column in parentheses are a binomial, and no vector; None when that can't be told.

    TeX lets parentheses be no lower than 0.9 times the rows of a matrix, which are two lines of text, 1.2 sizes each, unless
    the text is set wide: then other matrices, whose rows have the distances `wide`, tell. Those of a binomial have one
    height, and its parts a distance that the font sets, 1.363 sizes in most of TeX's.
    """
    distance, height = rows[1][0].y - rows[0][0].y, fence.left.bottom - fence.left.top
    if height < 1.8 * distance or abs(distance - 1.3625 * size) < 0.0012 * size:
        return True
    if distance < 1.26 * size or any(abs(distance - other) < 0.01 * size for other in wide):
        return False
    return None


def _environment(name: str, lines: Sequence[str], spec: str = "") -> str:
    return rf"\begin{{{name}}}{f'{{{spec}}}' if spec else ''} " + r" \\ ".join(lines) + rf" \end{{{name}}}"


def _columns(rows: Sequence[Sequence[Glyph]], size: float) -> list[tuple[float, float]]:
    """From where to where each column goes."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((atom.x0, atom.x1) for row in rows for atom in row):
        if columns and x0 - columns[-1][1] < _COLUMN * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns
