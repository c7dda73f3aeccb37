"""LaTeX from the places of characters: what is certain is built, what is not is refused."""

import pytest

from ragcli.reading.latex import Bar, DoubtError, Glyph, line_latex


def row(text: str, x: float = 0.0, y: float = 100.0, size: float = 10.0, upright: bool = False) -> list[Glyph]:
    """Characters side by side, each half a size wide."""
    return [
        Glyph(char, x + n * size / 2, x + (n + 1) * size / 2, y, size, y - 0.7 * size, y + 0.2 * size, upright)
        for n, char in enumerate(text)
        if char != " "
    ]


def test_indices_and_exponents() -> None:
    glyphs = row("x") + row("2", 5, 96, 7) + row("+y", 9) + row("i", 19, 102, 7) + row("j", 22.5, 103, 5)
    assert line_latex(glyphs, []) == "x^{2} + y_{i_{j}}"


def test_a_fraction_within_a_fraction() -> None:
    over, under = row("a", 20, 90), row("b+1", 15, 108) + row("c", 20, 122)
    bars = [Bar(14, 31, 97), Bar(14.5, 30.5, 112)]
    assert line_latex([*row("z=", 0, 100), *over, *under], bars) == r"z = \frac{a}{\frac{b + 1}{c}}"


def test_a_root_and_what_stands_after_it() -> None:
    root = Glyph(r"\sqrt", 10, 18, 100, 10, 90, 103)
    assert line_latex([*row("y="), root, *row("x+1", 18), *row("-2", 34)], [Bar(18, 33, 90)]) == r"y = \sqrt{x + 1} - 2"


def test_limits_stand_above_and_below() -> None:
    total = Glyph(r"\sum", 10, 24, 100, 10, 90, 104)
    glyphs = [*row("s=", -2), total, *row("n", 15, 88, 7), *row("i=1", 12, 112, 7), *row("i", 26)]
    assert line_latex(glyphs, []) == r"s = \sum_{i = 1}^{n} i"
    limit = [*row("lim", 0, upright=True), *row("n", 6, 108, 7), *row("a", 20)]
    assert line_latex(limit, []) == r"\lim_{n} a"


def test_an_overline_is_as_wide_as_what_it_stands_over() -> None:
    assert line_latex(row("w=z+1"), [Bar(10, 25, 91.5)]) == r"w = \overline{z + 1}"


def test_a_root_with_a_degree_over_a_fraction() -> None:
    root = Glyph(r"\sqrt", 10, 18, 90, 10, 80, 110)
    glyphs = [*row("y="), root, *row("3", 10, 90, 5), *row("a", 20, 92), *row("b", 20, 108)]
    assert line_latex(glyphs, [Bar(18, 27, 80), Bar(19, 26, 97.5)]) == r"y = \sqrt[3]{\frac{a}{b}}"


def test_what_stands_under_a_long_arrow() -> None:
    arrow = Glyph(r"\to", 10, 32, 100, 10, 93, 102)
    assert line_latex([*row("f"), arrow, *row("n", 19, 108, 7), *row("g", 35)], []) == r"f \xrightarrow[n]{} g"


def test_an_index_of_an_index_may_stand_near_the_baseline() -> None:
    glyphs = [*row("f"), *row("s", 5, 102, 7), *row("2", 9, 99, 5), *row("=1", 14)]
    assert line_latex(glyphs, []) == "f_{s^{2}} = 1"


def test_indices_one_behind_the_other_are_no_pair() -> None:
    assert line_latex([*row("T"), *row("a", 5, 96, 7), *row("b", 9, 102, 7)], []) == "T^{a}{}_{b}"
    assert line_latex([*row("T"), *row("a", 5, 96, 7), *row("b", 5, 102, 7)], []) == "T_{b}^{a}"


def test_figures_apart_are_two_numbers() -> None:
    assert line_latex([*row("12"), *row("3", 14)], []) == r"12 \; 3"


def test_words_and_functions() -> None:
    glyphs = [*row("sin", upright=True), *row("x", 17), *row("if", 40, upright=True), *row("x>0", 60)]
    assert line_latex(glyphs, []) == r"\sin x \quad \text{if} \quad x > 0"


def test_figures_are_numbers() -> None:
    assert line_latex(row("x=12.5"), []) == "x = 12.5"


@pytest.mark.parametrize(
    ("glyphs", "bars"),
    [
        (row("x=1") + row("y=2", 0, 112), []),  # two rows
        (row("x") + row("y", 1), []),  # over each other
        (row("x=1"), [Bar(0, 40, 90)]),  # a rule over nothing but letters
        (row("(") + row("n", 5, 96, 7) + row("k", 5, 104, 7) + row(")", 10), []),  # a small binomial
        (row("2", 0, 96, 7) + row("x", 5), []),  # an exponent of nothing
        (row("x") + row("*", 2, 94, 7), []),  # not behind but over
        ([Glyph(r"\{", 0, 5, 100, 10, 90, 110), *row("x=1", 5)], []),  # half a pair
        ([*row("a"), *row("b", 5, 100, 7)], []),  # small, on the baseline
        ([], []),
    ],
)
def test_what_is_not_certain_is_refused(glyphs: list[Glyph], bars: list[Bar]) -> None:
    with pytest.raises(DoubtError):
        line_latex(glyphs, bars)
