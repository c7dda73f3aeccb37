"""Delimiters in pieces are whole."""

from ragcli.reading.equations.lines import page_lines
from ragcli.reading.mupdf.lean_pymupdf import pymupdf


def test_delimiters_below_each_other_are_two() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for n, piece in enumerate("\xe6\xe7\xe8\xe6\xe7\xe8"):
            page.insert_text((100, 110 + 9 * n), piece, fontsize=10, fontname="symb")
        page.insert_text((110, 117), "a = b", fontsize=10, fontname="tiit")
        page.insert_text((110, 144), "c = d", fontsize=10, fontname="tiit")
        assert [line.text for line in page_lines(page)] == ["( a = b", "( c = d"]
