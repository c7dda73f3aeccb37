"""Lines of formulas: delimiters in pieces are whole, and all that they enclose is one line."""

from ragcli.reading.equations.delimiters import tall_delimiter
from ragcli.reading.equations.lines import page_lines
from ragcli.reading.mupdf.lean_pymupdf import pymupdf


def test_pieces_of_a_delimiter_are_one_and_join_the_rows_beside_them() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for n, (left, right) in enumerate(zip("\xe9\xea\xeb", "\xf9\xfa\xfb", strict=True)):  # brackets in Symbol
            page.insert_text((100, 110 + 9 * n), left, fontsize=10, fontname="symb")
            page.insert_text((140, 110 + 9 * n), right, fontsize=10, fontname="symb")
        page.insert_text((80, 117), "A =", fontsize=10, fontname="tiit")
        for n, text in enumerate(("a    b", "c    d")):
            page.insert_text((110, 108 + 16 * n), text, fontsize=10, fontname="tiit")
        page.insert_text((80, 160), "The discharge follows from the level.", fontsize=10, fontname="tiro")
        tall, prose = page_lines(page)
    assert (tall.is_tall, tall.text) == (True, "A = [ a b c d ]")
    names = [tall_delimiter(span, char) for span in tall.spans for char in span["chars"]]
    assert [name for name in names if name] == ["[", "]"]
    assert (prose.is_tall, prose.prose > 0.9) == (False, True)
    assert [round(x) for x in tall.relations] == [89]


def test_letters_of_indices_are_in_no_words() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((80, 100), "X", fontsize=10, fontname="tiit")
        page.insert_text((86.5, 96), "T", fontsize=7, fontname="tiit")
        page.insert_text((91, 100), "X = y", fontsize=10, fontname="tiit")
        (line,) = page_lines(page)
    assert (line.text, line.prose) == ("XTX = y", 0.0)
