"""Accents, dots and long arrows, each one sign; doubt where an accent may be another letter's."""

import pytest

from ragcli.reading.equations.latex import DoubtError, Glyph
from ragcli.reading.equations.signs import composed


def glyph(
    latex: str, x0: float, x1: float, y: float = 100.0, size: float = 10.0, hangs: bool = False, upright: bool = False
) -> Glyph:
    return Glyph(latex, x0, x1, y, size, y - 0.7 * size, y + 0.2 * size, upright, hangs=hangs)


def names(*glyphs: Glyph) -> list[str]:
    return [made.latex for made in sorted(composed(glyphs), key=lambda made: made.x0)]


def test_an_accent_is_its_letters() -> None:
    assert names(glyph("x", 0, 5), glyph(r"\bar", 0.5, 5), glyph("y", 8, 13)) == [r"\bar{x}", "y"]
    assert names(glyph("X", 0, 8), glyph(r"\hat", 2, 7, 97.5)) == [r"\hat{X}"]  # a high letter's is raised


def test_an_accent_in_a_word_is_its_letters_own() -> None:
    word = [glyph(letter, x, x + 5, upright=True) for letter, x in (("f", 0), ("u", 5), ("r", 10))]
    assert names(*word, glyph(r"\ddot", 5.2, 9.8)) == ["f", "ü", "r"]
    assert names(word[1], glyph(r"\ddot", 5.2, 9.8)) == [r"\ddot{u}"]


@pytest.mark.parametrize(
    "glyphs",
    [
        (glyph("+", 0, 7), glyph(r"\bar", 1, 6)),  # over no letter
        (glyph("x", 0, 5), glyph("y", 5, 10), glyph(r"\bar", 2.5, 7.5)),  # between two
        (glyph("x", 0, 5), glyph("y", 5, 10), glyph("z", 10, 15), glyph(r"\hat", 0, 15)),  # over all
        (glyph("x", 0, 5), glyph("y", 5, 10), glyph(r"\hat", 0, 5, hangs=True)),  # over one, or wide: not known
        (glyph("x", 0, 5), glyph(r"\bar", 0, 5, 112)),  # of the row below
    ],
)
def test_an_accent_of_nothing_certain_is_refused(glyphs: tuple[Glyph, ...]) -> None:
    with pytest.raises(DoubtError):
        composed(glyphs)


def test_dots_of_matrices() -> None:
    upright = [glyph(".", 3, 6, y) for y in (92, 96, 100)]
    diagonal = [glyph(".", 20 + x, 23 + x, 93 + 0.75 * x) for x in (0, 4, 8)]
    assert names(*upright, *diagonal) == [r"\vdots", r"\ddots"]
    assert names(*(glyph(".", x, x + 3) for x in (0, 4, 8))) == [".", ".", "."]


def test_long_arrows_are_one_and_stand_over_letters_as_wide_as_they_are() -> None:
    arrow = [glyph("-", 0, 8, 93), glyph("-", 4, 12, 93), glyph(r"\to", 8, 18, 93)]
    assert names(glyph("A", 0, 9), glyph("B", 9, 18), *arrow) == [r"\overrightarrow{A B}"]
    assert names(glyph("A", 0, 9), glyph("B", 9, 40), *arrow) == ["A", r"\to", "B"]
