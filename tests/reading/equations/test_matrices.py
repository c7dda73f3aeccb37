"""Rows between tall delimiters: matrices, systems, binomials, and what is refused."""

import pytest

from ragcli.reading.equations.latex import DoubtError, Glyph, row_latex
from ragcli.reading.equations.matrices import with_grids
from ragcli.reading.equations.ruled import Bar, with_bars
from ragcli.records import Box


def row(text: str, x: float, y: float, size: float = 10.0) -> list[Glyph]:
    """Characters side by side, each half a size wide; a gap of two columns at `|`."""
    glyphs = []
    for char in text:
        if char not in " |":
            glyphs.append(Glyph(char, x, x + size / 2, y, size, y - 0.7 * size, y + 0.2 * size))
        x += 1.5 * size if char == "|" else size / 2
    return glyphs


def fence(latex: str, x: float, height: float = 24.0, axis: float = 97.5) -> Glyph:
    return Glyph(latex, x, x + 5, 100, 10, axis - height / 2, axis + height / 2, hangs=True)


def latex(glyphs: list[Glyph], bars: list[Bar] = [], posts: list[Box] = []) -> str:  # noqa: B006
    return row_latex(with_bars(*with_grids(glyphs, bars, posts)))


@pytest.mark.parametrize(
    ("left", "right", "name"),
    [("(", ")", "pmatrix"), ("[", "]", "bmatrix"), ("|", "|", "vmatrix"), (r"\|", r"\|", "Vmatrix")],
)
def test_a_matrix(left: str, right: str, name: str) -> None:
    glyphs = [*row("A=", 0, 100), fence(left, 12), *row("a|b", 18, 94), *row("c|d", 18, 106), fence(right, 45)]
    assert latex([*glyphs, *row("+1", 52, 100)]) == rf"A = \begin{{{name}}} a & b \\ c & d \end{{{name}}} + 1"


def test_a_matrix_with_fractions_indices_and_empty_cells() -> None:
    cells = [
        *row("x", 18, 90),
        *row("1", 23, 91.5, 7),
        *row("a", 46, 87, 7),
        *row("b", 46, 94.5, 7),
        *row("y", 45, 106),
    ]
    glyphs = [fence("(", 12, 36), *cells, fence(")", 56, 36)]
    assert latex(glyphs, [Bar(45.5, 50, 87.5)]) == r"\begin{pmatrix} x_{1} & \frac{a}{b} \\  & y \end{pmatrix}"


def test_a_matrix_within_a_fraction() -> None:
    above = [fence("|", 20, 24, 80), *row("a|b", 26, 76.5), *row("c|d", 26, 88.5), fence("|", 54, 24, 80)]
    glyphs = [*row("x=", 3, 100), *above, *row("k", 37, 108)]
    assert latex(glyphs, [Bar(19, 60, 97.5)]) == r"x = \frac{\begin{vmatrix} a & b \\ c & d \end{vmatrix}}{k}"


def test_cases_with_conditions_and_an_arrow_after_them() -> None:
    two = [fence(r"\{", 12), *row("1|x>0", 18, 94), *row("0|x<0", 18, 106)]
    assert latex([*row("f=", 0, 100), *two]) == r"f = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}"
    arrow = Glyph(r"\Rightarrow", 65, 75, 100, 10, 93, 102)
    systems = [fence(r"\{", 12), *row("a=1", 18, 94), *row("b=2", 18, 106), arrow, *row("c=3", 80, 100)]
    assert latex(systems) == r"\begin{cases} a = 1 \\ b = 2 \end{cases} \quad \Rightarrow c = 3"


def test_a_binomial_is_told_from_a_vector() -> None:
    def two(distance: float) -> list[Glyph]:
        upper = 100 - 0.3 * distance
        return [fence("(", 12), *row("n", 18, upper - 2.5), *row("k", 18, upper - 2.5 + distance), fence(")", 24)]

    assert latex(two(13.63)) == r"\binom{n}{k}"
    assert latex(two(12.0)) == r"\begin{pmatrix} n \\ k \end{pmatrix}"
    with pytest.raises(DoubtError):
        latex(two(13.0))  # wide text, or another font
    matrix = [fence("(", 40, 26), *row("a|b", 46, 93), *row("c|d", 46, 106), fence(")", 72, 26)]
    assert latex([*two(13.0), *matrix]).startswith(r"\begin{pmatrix} n \\ k \end{pmatrix}")


def test_an_upright_rule_stands_between_columns() -> None:
    glyphs = [fence("(", 12), *row("a|b", 18, 94), *row("c|d", 18, 106), fence(")", 45)]
    augmented = r"\left( \begin{array}{c|c} a & b \\ c & d \end{array} \right)"
    assert latex(glyphs, posts=[(30, 86, 30.4, 97), (30, 97, 30.4, 109)]) == augmented
    for x in (20.0, 90.0):
        with pytest.raises(DoubtError):
            latex(glyphs, posts=[(x, 86, x + 0.4, 109)])


def test_one_row_between_tall_delimiters_is_no_matrix() -> None:
    glyphs = [fence("(", 12), *row("a", 20, 93), *row("b", 20, 108), fence(")", 28)]
    assert latex(glyphs, [Bar(19, 26, 97.5)]) == r"( \frac{a}{b} )"


def test_rows_that_are_too_close_are_refused() -> None:
    with pytest.raises(DoubtError):
        latex([fence("(", 12), *row("a", 18, 96), *row("b", 18, 103), fence(")", 28)])


def test_two_rows_in_braces_are_no_matrix() -> None:
    with pytest.raises(DoubtError):
        latex([fence(r"\{", 12), *row("n", 18, 94), *row("k", 18, 106), fence(r"\}", 28)])
