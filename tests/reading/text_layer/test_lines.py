"""What stands on one line of a page, in whatever order it was drawn."""

from pathlib import Path

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from tests.reading.pdf.test_paragraphs import LINE, blocks, page_of, write


def test_a_label_that_is_drawn_after_its_value_stands_before_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n, (label, value) in enumerate([("Invoice number: ", "993548900"), ("Customer: ", "Ada"), ("Paid: ", "12.50")]):
        write(page, 100 + 14 * n, value, x=50 + pymupdf.get_text_length(label, fontsize=10))
        write(page, 100 + 14 * n, label)
    assert blocks(document, tmp_path) == [("text", "Invoice number: 993548900 Customer: Ada Paid: 12.50")]


def test_the_number_of_a_line_that_is_drawn_after_it_stays_apart(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n in range(12):
        write(page, 100 + 14 * n, LINE)
        write(page, 100 + 14 * n, str(n + 1), x=38)
    (block,) = blocks(document, tmp_path)
    assert block == ("text", " ".join([LINE] * 12))
