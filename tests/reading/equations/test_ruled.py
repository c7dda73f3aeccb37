"""Fractions, roots and overlines, and rules that are none of them."""

import pytest

from ragcli.reading.equations.latex import DoubtError, Glyph, row_latex
from ragcli.reading.equations.ruled import Bar, with_bars


def row(text: str, x: float = 0.0, y: float = 100.0, size: float = 10.0) -> list[Glyph]:
    """Characters side by side, each half a size wide."""
    return [
        Glyph(char, x + n * size / 2, x + (n + 1) * size / 2, y, size, y - 0.7 * size, y + 0.2 * size)
        for n, char in enumerate(text)
        if char != " "
    ]


def line_latex(glyphs: list[Glyph], bars: list[Bar]) -> str:
    return row_latex(with_bars(glyphs, bars))


def test_a_fraction_within_a_fraction() -> None:
    over, under = row("a", 20, 90), row("b+1", 15, 108) + row("c", 20, 122)
    bars = [Bar(14, 31, 97), Bar(14.5, 30.5, 112)]
    assert line_latex([*row("z=", 0, 100), *over, *under], bars) == r"z = \frac{a}{\frac{b + 1}{c}}"


def test_a_root_and_what_stands_after_it() -> None:
    root = Glyph(r"\sqrt", 10, 18, 100, 10, 90, 103)
    assert line_latex([*row("y="), root, *row("x+1", 18), *row("-2", 34)], [Bar(18, 33, 90)]) == r"y = \sqrt{x + 1} - 2"


def test_an_overline_is_as_wide_as_what_it_stands_over() -> None:
    assert line_latex(row("w=z+1"), [Bar(10, 25, 91.5)]) == r"w = \overline{z + 1}"


def test_a_root_with_a_degree_over_a_fraction() -> None:
    root = Glyph(r"\sqrt", 10, 18, 90, 10, 80, 110)
    glyphs = [*row("y="), root, *row("3", 10, 90, 5), *row("a", 20, 92), *row("b", 20, 108)]
    assert line_latex(glyphs, [Bar(18, 27, 80), Bar(19, 26, 97.5)]) == r"y = \sqrt[3]{\frac{a}{b}}"


def test_among_other_rows_a_fraction_takes_what_it_touches() -> None:
    fraction = [*row("a", 20, 95, 7), *row("b", 20, 103, 7)]
    others = [*row("x+y", 14, 86), *row("z", 20, 117)]
    made = with_bars([*fraction, *others], [Bar(20, 23.5, 97.5)], 10.0)
    assert sorted(glyph.latex for glyph in made) == ["+", r"\frac{a}{b}", "x", "y", "z"]


def test_a_rule_that_is_no_fractions_is_refused() -> None:
    for bar in (Bar(0, 40, 90), Bar(0, 15, 104)):
        with pytest.raises(DoubtError):
            line_latex(row("x=1"), [bar])
