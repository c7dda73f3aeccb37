"""Signs of a formula that are set from several characters: accented letters, and the dots of matrices."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from ragcli.reading.equations.latex import DoubtError, Glyph
from ragcli.reading.fonts.math_symbols import ACCENTS, MARKS


def composed(glyphs: Iterable[Glyph]) -> list[Glyph]:
    r"""Return the glyphs with `\hat{x}`, `\vdots` and `\ddots` as one each.

    Raises: DoubtError for an accent over nothing, or over two letters at once.
    """
    glyphs = list(glyphs)
    for dots, made in _dots([glyph for glyph in glyphs if glyph.latex == "."]):
        glyphs = [glyph for glyph in glyphs if not any(glyph is dot for dot in dots)] + [made]
    glyphs = _with_arrows(_struck(glyphs))
    accents = [glyph for glyph in glyphs if glyph.latex in ACCENTS]
    letters = [glyph for glyph in glyphs if glyph.latex not in ACCENTS]
    for accent in accents:
        below = [letter for letter in letters if _is_over(accent, letter)]
        near = sorted(below, key=lambda letter: abs(letter.x - accent.x))
        if not near or (len(near) > 1 and abs(near[1].x - accent.x) - abs(near[0].x - accent.x) < 0.1 * accent.size):
            raise DoubtError("an accent over nothing certain")
        letter = near[0]
        if accent.latex in (r"\hat", r"\tilde") and _may_be_wide(accent, letter, letters):
            raise DoubtError("an accent over several letters")
        made = _accented(letter, accent, letters)
        letters[next(n for n, other in enumerate(letters) if other is letter)] = made
    return _under_arrows(letters)


def _struck(glyphs: Sequence[Glyph]) -> list[Glyph]:
    r"""The glyphs with `\notin` as one, which TeX sets of two over each other."""
    rest = list(glyphs)
    for stroke in [glyph for glyph in rest if glyph.latex == "/"]:
        struck = next(
            (g for g in rest if g.latex == r"\in" and abs(g.x - stroke.x) < 0.1 * g.size and g.y == stroke.y), None
        )
        if struck:
            rest = [glyph for glyph in rest if glyph is not stroke and glyph is not struck]
            rest.append(replace(struck, latex=r"\notin"))
    return rest


def _with_arrows(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Long arrows, which are set of strokes that overlap, as one each."""
    rest = list(glyphs)
    for head in [glyph for glyph in rest if glyph.latex == r"\to"]:
        arrow = head
        while stroke := next((g for g in rest if g.latex == "-" and g.y == head.y and _is_joined(g, arrow)), None):
            rest = [glyph for glyph in rest if glyph is not stroke]
            arrow = replace(arrow, x0=stroke.x0)
        rest[next(n for n, glyph in enumerate(rest) if glyph is head)] = arrow
    return rest


def _is_joined(stroke: Glyph, arrow: Glyph) -> bool:
    return stroke.x0 < arrow.x0 and -0.9 * stroke.size < arrow.x0 - stroke.x1 < 0.0


def _under_arrows(glyphs: Sequence[Glyph]) -> list[Glyph]:
    r"""What an arrow stands over, as wide as it is, as one glyph: `\overrightarrow{AB}`."""
    rest = list(glyphs)
    for arrow in [glyph for glyph in rest if glyph.latex == r"\to"]:
        size = arrow.size
        below = [g for g in rest if arrow.x0 < g.x < arrow.x1 and 0.3 * size < g.y - arrow.y < size]
        below.sort(key=lambda glyph: glyph.x0)
        if (
            below
            and all(g.latex.isalpha() and g.y == below[0].y and g.size > 0.9 * size for g in below)
            and abs(below[0].x0 - arrow.x0) < 0.3 * size
            and abs(below[-1].x1 - arrow.x1) < 0.3 * size
        ):
            latex = rf"\overrightarrow{{{' '.join(g.latex for g in below)}}}"
            made = replace(below[0], latex=latex, x1=below[-1].x1, top=arrow.top, upright=False)
            rest = [glyph for glyph in rest if glyph is not arrow and not any(glyph is other for other in below)]
            rest.append(made)
    return rest


def _accented(letter: Glyph, accent: Glyph, letters: Sequence[Glyph]) -> Glyph:
    r"""`\hat{e}`, or ê where it stands in a word: old fonts of TeX have no letters with accents."""
    written = unicodedata.normalize("NFC", letter.latex + MARKS.get(accent.latex, ""))
    is_word = letter.upright and any(
        other.upright and other.latex[-1].isalpha() and other.y == letter.y and -0.1 < gap / letter.size < 0.13
        for other in letters
        if other is not letter
        for gap in (other.x0 - letter.x1, letter.x0 - other.x1)
    )
    if is_word and len(written) == 1:
        return replace(letter, latex=written)
    top = letter.top - 0.1 * letter.size
    return replace(letter, latex=rf"{accent.latex}{{{letter.latex}}}", upright=False, top=top)


def _may_be_wide(accent: Glyph, letter: Glyph, letters: Sequence[Glyph]) -> bool:
    """Whether an accent reaches over further letters, or one whose width is not known stands over one of several."""
    if not accent.hangs:
        return accent.x1 - accent.x0 > 1.2 * (letter.x1 - letter.x0) + 0.2 * accent.size
    return any(
        other is not letter
        and other.y == letter.y
        and other.latex.isalpha()
        and 0 <= other.x0 - letter.x1 < 0.1 * letter.size
        for other in letters
    )


def _is_over(accent: Glyph, letter: Glyph) -> bool:
    """Whether a letter of the accent's size stands under it, on its baseline or, a high one, above that."""
    return (
        abs(letter.size - accent.size) < 0.1 * letter.size
        and -0.05 * letter.size < letter.y - accent.y < 0.5 * letter.size
        and letter.latex.lstrip("\\").split("{")[-1][:1].isalpha()
        and letter.x0 - 0.1 * letter.size < accent.x < letter.x1 + 0.15 * letter.size
    )


def _dots(dots: Sequence[Glyph]) -> Iterator[tuple[tuple[Glyph, ...], Glyph]]:
    used: set[int] = set()
    for three in combinations(sorted(dots, key=lambda dot: dot.y), 3):
        if any(id(dot) in used for dot in three):
            continue
        first, second, third = three
        size, down, right = first.size, second.y - first.y, second.x - first.x
        is_even = abs(third.y - second.y - down) < 0.1 * size and abs(third.x - second.x - right) < 0.1 * size
        if not is_even or not 0.2 * size < down < 0.7 * size:
            continue
        if abs(right) < 0.1 * size or 0.2 * size < right < 0.7 * size:
            used |= {id(dot) for dot in three}
            is_upright = abs(right) < 0.1 * size
            y = third.y if is_upright else third.y + 0.1 * size  # TeX raises diagonal ones by a point
            latex = r"\vdots" if is_upright else r"\ddots"
            yield three, replace(third, latex=latex, x0=first.x0, y=y, top=first.top, bottom=y + 0.2 * size)
