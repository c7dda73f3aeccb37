"""LaTeX of a row of a formula from where its characters stand: sizes and baselines. Refuses when in doubt.

What rules and tall delimiters make one glyph is made before: fractions, roots, matrices, systems.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.reading.fonts.math_symbols import BIG, FUNCTIONS, LIMITED

SMALL = 0.86  # of the main size: an index or an exponent
SMALLEST = 0.6  # of the main size: an index of an index
_SPACE = 0.2  # of the size: a gap that belongs to a text
_QUAD = 0.8  # of the size: a gap that a writer made
_WORDS = re.compile(r"\\text\{([^{}]*?) ?\} \\text\{ ?([^{}]*)\}")
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


def row_latex(glyphs: Sequence[Glyph], place: float | None = None) -> str:
    """The LaTeX of glyphs on one baseline, whose fractions and roots are made, with `&` at a place.

    Raises: DoubtError.
    """
    if not glyphs:
        raise DoubtError("nothing")
    return _tidy(_row(sorted(glyphs, key=lambda glyph: glyph.x0), place))


def baseline(glyphs: Sequence[Glyph]) -> tuple[float, float]:
    """The baseline of a row, and the size of what stands on it: that of the first of the largest glyphs."""
    size = max(glyph.size for glyph in glyphs)
    standing = [g for g in glyphs if g.size > SMALL * size and g.latex not in BIG and g.latex != r"\sqrt"]
    letters = [glyph for glyph in standing if glyph.bottom - glyph.top < 1.2 * glyph.size]
    first = (letters or standing or list(glyphs))[0]
    return first.y, first.size


def _row(glyphs: list[Glyph], place: float | None = None) -> str:
    base, size = baseline(glyphs)
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
            is_integral = parts[-1] in (r"\int", r"\oint")
            begin = end - glyphs[number - 1].x0 - 0.2 * size if is_integral else 0.0
            if any(g.x0 < end - max(begin, (0.4 if g.y > base else 0.2) * size) for g in glyphs[number:stop]):
                raise DoubtError("something above or below")
            parts[-1] += _scripts(glyphs[number:stop], base, size, is_integral)
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
            stop = _word_end(glyphs, number)
            word = "".join(g.latex for g in glyphs[number : stop + 1])
            after = glyphs[stop + 1].x0 - glyphs[stop].x1 if stop + 1 < len(glyphs) else 0.0
            spaces = [" " if _SPACE * size < gap < _QUAD * size else "" for gap in (glyph.x0 - end, after)]
            is_after_letter = bool(parts) and parts[-1][-1] not in "=+-<>&"
            text = (spaces[0] if is_after_letter else "") + word + spaces[1]
            parts.append(rf"\{word}" if word in FUNCTIONS else word if len(word) == 1 else rf"\text{{{text}}}")
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
        return glyph.size < SMALLEST * size
    if glyph.size >= SMALL * size:
        return False
    shift = base - glyph.y
    if -0.08 * size < shift < 0.15 * size and glyph.size > SMALLEST * size:
        raise DoubtError("small on the baseline")
    return True


def _word_end(glyphs: Sequence[Glyph], number: int) -> int:
    """The last letter of the word that begins there; an apostrophe within it is no prime."""
    while number + 1 < len(glyphs):
        letter, further = glyphs[number], glyphs[number + 1]
        after = glyphs[number + 2] if number + 2 < len(glyphs) else None
        is_close = further.x0 - letter.x1 < 0.13 * letter.size
        if _same_word(letter, further):
            number += 1
        elif after and further.latex == "'" and further.upright and is_close and _same_word(further, after):
            number += 2
        else:
            break
    return number


def _same_word(glyph: Glyph, further: Glyph) -> bool:
    return (
        further.upright
        and _LETTERS.match(further.latex) is not None
        and further.x0 - glyph.x1 < 0.13 * glyph.size
        and abs(further.y - glyph.y) < 0.1 * glyph.size
    )


def _scripts(glyphs: Sequence[Glyph], base: float, size: float, is_integral: bool) -> str:
    lower = [glyph for glyph in glyphs if glyph.y > base - 0.08 * size and glyph.size > SMALLEST * size]
    upper = [glyph for glyph in glyphs if glyph.y <= base - 0.08 * size and glyph.size > SMALLEST * size]
    for glyph in glyphs:
        if glyph.size <= SMALLEST * size:  # with what it is the index of
            before = [g for g in (*lower, *upper) if g.x < glyph.x and g.size > SMALLEST * size]
            owner = min(before, key=lambda g: abs(g.x1 - glyph.x0) + abs(g.y - glyph.y), default=None)
            is_lower = glyph.y > base - 0.08 * size if owner is None else any(g is owner for g in lower)
            (lower if is_lower else upper).append(glyph)
    below, above = _script("_", lower), _script("^", upper)
    if below and above and min(g.x0 for g in lower) > max(g.x1 for g in upper) - 0.05 * size:
        return above + "{}" + below  # one behind the other, as of tensors
    if is_integral:  # the sign leans: its upper bound stands further right than its lower one
        return below + above
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
