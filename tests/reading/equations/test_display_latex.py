"""The rows of a display: aligned, gathered, or refused."""

from collections.abc import Iterator

import pytest

from ragcli.reading.equations.display_latex import display_latex, strokes_of
from ragcli.reading.equations.lines import page_lines
from ragcli.reading.mupdf.lean_pymupdf import pymupdf


@pytest.fixture
def page() -> Iterator[pymupdf.Page]:
    with pymupdf.open() as document:
        yield document.new_page()


def latex(page: pymupdf.Page, *rows: tuple[float, float, str]) -> str:
    for x, y, text in rows:
        page.insert_text((x, y), text, fontsize=10, fontname="tiit")
    return display_latex(page_lines(page), strokes_of(page))


def test_relations_below_each_other_are_aligned(page: pymupdf.Page) -> None:
    rows = ((100, 100, "f"), (110, 100, "= ab"), (110, 116, "= 2a"), (110, 132, "< c"))
    assert latex(page, *rows) == r"\begin{aligned} f & = a b \\ & = 2 a \\ & < c \end{aligned}"


def test_others_are_gathered(page: pymupdf.Page) -> None:
    assert latex(page, (100, 100, "f = ab"), (140, 116, "+ c")) == r"\begin{gathered} f = a b \\ + c \end{gathered}"


def test_what_goes_on_is_refused(page: pymupdf.Page) -> None:
    assert latex(page, (100, 100, "= ab")) == ""


def test_a_row_in_small_letters_is_refused(page: pymupdf.Page) -> None:
    page.insert_text((100, 110), "i = k", fontsize=6, fontname="tiit")
    assert latex(page, (100, 100, "f = ab")) == ""


def test_an_upright_rule_is_refused(page: pymupdf.Page) -> None:
    page.draw_line((117, 92), (117, 103), width=0.4)
    assert latex(page, (100, 100, "f = a b")) == ""
