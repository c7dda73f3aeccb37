"""LaTeX from the places of characters: what is certain is built, what is not is refused."""

import pytest

from ragcli.reading.equations.latex import DoubtError, Glyph, row_latex


def row(text: str, x: float = 0.0, y: float = 100.0, size: float = 10.0, upright: bool = False) -> list[Glyph]:
    """Characters side by side, each half a size wide."""
    return [
        Glyph(char, x + n * size / 2, x + (n + 1) * size / 2, y, size, y - 0.7 * size, y + 0.2 * size, upright)
        for n, char in enumerate(text)
        if char != " "
    ]


def test_indices_and_exponents() -> None:
    glyphs = row("x") + row("2", 5, 96, 7) + row("+y", 9) + row("i", 19, 102, 7) + row("j", 22.5, 103, 5)
    assert row_latex(glyphs) == "x^{2} + y_{i_{j}}"


def test_limits_stand_above_and_below() -> None:
    total = Glyph(r"\sum", 10, 24, 100, 10, 90, 104)
    glyphs = [*row("s=", -2), total, *row("n", 15, 88, 7), *row("i=1", 12, 112, 7), *row("i", 26)]
    assert row_latex(glyphs) == r"s = \sum_{i = 1}^{n} i"
    limit = [*row("lim", 0, upright=True), *row("n", 6, 108, 7), *row("a", 20)]
    assert row_latex(limit) == r"\lim_{n} a"


def test_what_stands_under_a_long_arrow() -> None:
    arrow = Glyph(r"\to", 10, 32, 100, 10, 93, 102)
    assert row_latex([*row("f"), arrow, *row("n", 19, 108, 7), *row("g", 35)]) == r"f \xrightarrow[n]{} g"


def test_an_index_of_an_index_may_stand_near_the_baseline() -> None:
    glyphs = [*row("f"), *row("s", 5, 102, 7), *row("2", 9, 99, 5), *row("=1", 14)]
    assert row_latex(glyphs) == "f_{s^{2}} = 1"


def test_indices_one_behind_the_other_are_no_pair() -> None:
    assert row_latex([*row("T"), *row("a", 5, 96, 7), *row("b", 9, 102, 7)]) == "T^{a}{}_{b}"
    assert row_latex([*row("T"), *row("a", 5, 96, 7), *row("b", 5, 102, 7)]) == "T_{b}^{a}"


def test_the_bounds_of_an_integral_are_a_pair_though_the_sign_leans() -> None:
    integral = Glyph(r"\int", 0, 5, 100, 10, 90, 104)
    glyphs = [integral, *row("a", 5, 106, 7), *row("b", 9.5, 92, 7), *row("f", 15)]
    assert row_latex(glyphs) == r"\int_{a}^{b} f"


def test_figures_apart_are_two_numbers() -> None:
    assert row_latex([*row("12"), *row("3", 14)]) == r"12 \; 3"


def test_words_and_functions() -> None:
    glyphs = [*row("sin", upright=True), *row("x", 17), *row("if", 40, upright=True), *row("x>0", 60)]
    assert row_latex(glyphs) == r"\sin x \quad \text{if} \quad x > 0"


def test_figures_are_numbers() -> None:
    assert row_latex(row("x=12.5")) == "x = 12.5"


@pytest.mark.parametrize(
    "glyphs",
    [
        row("x=1") + row("y=2", 0, 112),  # two rows
        row("x") + row("y", 1),  # over each other
        row("(") + row("n", 5, 96, 7) + row("k", 5, 104, 7) + row(")", 10),  # a small binomial
        row("2", 0, 96, 7) + row("x", 5),  # an exponent of nothing
        row("x") + row("*", 2, 94, 7),  # not behind but over
        [Glyph(r"\{", 0, 5, 100, 10, 90, 110), *row("x=1", 5)],  # half a pair
        [*row("a"), *row("b", 5, 100, 7)],  # small, on the baseline
        [],
    ],
)
def test_what_is_not_certain_is_refused(glyphs: list[Glyph]) -> None:
    with pytest.raises(DoubtError):
        row_latex(glyphs)
