"""Display formulas in a real PDF: found with their number, in the place of their rows, and in the index."""

from pathlib import Path

import pytest

from ragcli.chunking.structure import chunk_by_structure
from ragcli.reading.equations.display import equation_score, find_equations
from ragcli.reading.mupdf.content import Content, lines_of
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.pool.second_pass import look
from ragcli.reading.pool.tasks import Look
from ragcli.reading.work import Work
from ragcli.records import Chunk
from ragcli.settings import Reading

PROSE = (
    "The discharge of a river follows from its level by the rating curve of the station, which is measured anew",
    "each year when the ice has gone. The curve of Manning holds for a wide channel with a slope that is small:",
    "where the letters stand for the discharge, the area, the roughness and the slope, as usual in this valley.",
)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two lines of prose, Q = A S^{1/2} / n as a fraction with the number (3), a line of prose."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE[:2]):
            page.insert_text((60, 100 + 14 * n), line, fontsize=10, fontname="tiro")
        page.insert_text((260, 150), "Q", fontsize=10, fontname="tiit")
        page.insert_text((271, 150), "=", fontsize=10, fontname="tiro")
        page.insert_text((284, 142), "A S", fontsize=10, fontname="tiit")
        page.insert_text((298.5, 138), "2", fontsize=7, fontname="tiro")
        page.insert_text((290, 157), "n", fontsize=10, fontname="tiit")
        page.draw_line((282, 147.5), (304, 147.5), width=0.4)
        page.insert_text((510, 150), "(3)", fontsize=10, fontname="tiro")
        page.insert_text((60, 190), PROSE[2], fontsize=10, fontname="tiro")
        document.save(tmp_path / "manning.pdf")
    return tmp_path / "manning.pdf"


def test_a_formula_is_found_with_its_number_and_latex(pdf: Path) -> None:
    with pymupdf.open(pdf) as document:
        page = document[0]
        (found,) = find_equations(page)
        assert (found.label, found.latex) == ("3", r"Q = \frac{A S^{2}}{n}")
        assert found.text.endswith("(3)")
        assert found.bbox is not None
        assert (round(found.bbox[0]), round(found.bbox[2])) == (260, 522)


def test_a_sign_that_is_an_exponent_by_itself_is_one(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60, 100 + 14 * n + 60 * (n == 2)), line, fontsize=10, fontname="tiro")
        page.insert_text((260, 150), "E = m c²", fontsize=10, fontname="tiit")
        document.save(tmp_path / "energy.pdf")
    with pymupdf.open(tmp_path / "energy.pdf") as document:
        (equation,) = find_equations(document[0])
    assert equation.latex == "E = m c^{2}"


def test_prose_and_lists_are_no_formulas(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        lines = (*PROSE, "1. x = 2 holds", "Figure 3: the level = 2 m", "see page 4", "Tel. 555-1234", "a = b")
        for n, line in enumerate(lines):
            page.insert_text((60, 100 + 30 * n), line, fontsize=10, fontname="tiro")
        assert find_equations(page) == []  # the last stands at the margin: no display


def test_it_takes_the_place_of_its_rows_and_is_a_chunk_with_the_sentences_around(pdf: Path) -> None:
    (page,) = look(Look(pdf, 1, "equation"), Reading(), Work()).pages
    document = read_pdf(pdf, Reading(), found={1: page.blocks})
    assert [block.kind for block in document.pages[0].blocks] == ["text", "equation", "text"]
    assert document.pages[0].count("equation") == 1

    def count(texts: object) -> list[int]:
        return [len(str(text)) // 4 for text in texts]  # type: ignore[attr-defined]

    chunks: list[Chunk] = chunk_by_structure(document, count, 256)
    (chunk,) = [chunk for chunk in chunks if chunk.kind == "equation"]
    assert r"$$Q = \frac{A S^{2}}{n}$$" in chunk.text
    assert "The curve of Manning holds" in chunk.text
    assert "roughness" in chunk.text
    assert chunk.pages == (1,)


def test_a_page_of_prose_is_not_looked_at() -> None:
    def score(*lines: str) -> float:
        with pymupdf.open() as document:
            page = document.new_page()
            for n, line in enumerate(lines):
                page.insert_text((60, 100 + 14 * n), line, fontname="tiro")
            return equation_score(lines_of(Content(page).text()))

    assert score(*PROSE, "Tel. 555-1234", "see page 4") == 0.0
    assert score(*PROSE, "x ± y = 2z") > 0.0


def test_each_number_has_its_formula_and_one_that_goes_on_has_several() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60, 100 + 14 * n + 90 * (n == 2)), line, fontsize=10, fontname="tiro")
        for n, (x, formula) in enumerate(((250, "h = a + b"), (250, "u = ab"), (257, "= 2a"))):
            page.insert_text((x, 150 + 16 * n), formula, fontsize=10, fontname="tiit")
            page.insert_text((510, 150 + 16 * n), f"({n + 3})", fontsize=10, fontname="tiro")
        first, second = find_equations(page)
        assert (first.label, first.text, first.latex) == ("3", "h = a + b (3)", "h = a + b")
        assert (second.label, second.text, second.latex) == (
            "4",
            "u = ab\n= 2a (4) (5)",
            r"\begin{aligned} u & = a b \\ & = 2 a \end{aligned}",
        )


def test_letters_of_a_formulas_font_are_no_words() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60, 100 + 14 * n + 90 * (n == 2)), line, fontsize=10, fontname="tiro")
        page.insert_text((250, 150), "uvw = xyzabc", fontsize=10, fontname="tiit")
        for font in page.get_fonts():
            if font[3] == "Times-Italic":
                document.xref_set_key(font[0], "BaseFont", "/CMMI10")
        (found,) = find_equations(page)
        assert found.latex == "u v w = x y z a b c"


def test_a_system_is_one_formula_row_by_row() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60, 100 + 14 * n + 90 * (n == 2)), line, fontsize=10, fontname="tiro")
        for n, piece in enumerate("\xec\xed\xee"):  # of a brace, in Symbol
            page.insert_text((240, 150 + 10 * n), piece, fontsize=10, fontname="symb")
        for n, (left, right) in enumerate((("x", "= 2"), ("y - z", "= 3"))):
            page.insert_text((250, 148 + 14 * n), left, fontsize=10, fontname="tiit")
            page.insert_text((285, 148 + 14 * n), right, fontsize=10, fontname="tiit")
        page.insert_text((510, 155), "(3)", fontsize=10, fontname="tiro")
        (found,) = find_equations(page)
    assert (found.label, found.text) == ("3", "{ x = 2 y - z = 3 (3)")
    assert found.latex == r"\begin{cases} x = 2 \\ y - z = 3 \end{cases}"


def test_rows_of_words_belong_to_a_formula_where_relations_stand_below_each_other() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60, 100 + 14 * n + 90 * (n == 2)), line, fontsize=10, fontname="tiro")
        page.insert_text((240, 150), "x", fontsize=10, fontname="tiit")
        page.insert_text((250, 150), "= litres each year", fontsize=10, fontname="tiro")
        page.insert_text((250, 166), "= 2a", fontsize=10, fontname="tiit")
        (found,) = find_equations(page)
    assert found.text == "x = litres each year\n= 2a"


def test_what_stands_close_to_a_formula_and_is_not_read_makes_it_uncertain() -> None:
    def latex(*words: str) -> str:
        with pymupdf.open() as document:
            page = document.new_page(width=595, height=842)
            for n, line in enumerate(PROSE):
                page.insert_text((60, 100 + 14 * n + 90 * (n == 2)), line, fontsize=10, fontname="tiro")
            page.insert_text((250, 150), "x = y + z", fontsize=10, fontname="tiit")
            for word in words:
                page.insert_text((256, 143), word, fontsize=6, fontname="tiro")
            (found,) = find_equations(page)
            return found.latex

    assert latex() == "x = y + z"
    assert latex("definition") == ""


def test_a_line_below_prose_that_is_set_in_is_no_formula() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60 + 20 * (n > 0), 100 + 14 * n), line, fontsize=10, fontname="tiro")
        page.insert_text((80, 142), "(or f = g + h).", fontsize=10, fontname="tiro")
        assert find_equations(page) == []


def test_a_line_of_a_program_is_no_formula() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60, 100 + 14 * n), line, fontsize=10, fontname="tiro")
        page.insert_text((260, 170), "a = det (b) + 2;", fontsize=10, fontname="cour")
        assert find_equations(page) == []
        page.insert_text((260, 200), "a = b + 2", fontsize=10, fontname="tiit")
        assert [block.latex for block in find_equations(page)] == ["a = b + 2"]


def test_a_formula_of_single_signs_is_worth_a_look_and_a_line_of_code_is_not() -> None:
    def line(font: str) -> tuple[dict[str, object], str]:
        return {"spans": [{"font": font, "text": sign} for sign in "Q=A·v"]}, "Q = A · v"

    assert equation_score([line("CMMI10")]) > 0
    assert equation_score([line("CMTT10")]) == 0


@pytest.mark.parametrize(
    ("text", "is_formula"),
    [
        ("55% 63% –* N/A* 83.8% ≥52% Met", False),
        ("$107.62 $101.89 ≤ $129.01 Met ≤ $128.47", False),
        ("a + 2 ≥ 52", True),
        ("2a2 + b2 ≤ 9", True),
        ("2 + 2 ≥ 3 = 3", True),
    ],
)
def test_a_row_of_figures_and_their_bounds_is_no_formula(text: str, is_formula: bool) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for n, line in enumerate(PROSE):
            page.insert_text((60, 100 + 14 * n + 60 * (n == 2)), line, fontsize=10, fontname="tiro")
        page.insert_htmlbox((260, 140, 500, 160), f'<p style="font: 10px serif">{text}</p>')
        assert bool(find_equations(page)) is is_formula
        assert bool(equation_score(lines_of(Content(page).text()))) is is_formula
