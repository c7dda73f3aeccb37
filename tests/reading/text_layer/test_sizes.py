"""Letters of Type 3 fonts, whose size is not what the file says."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def bill(scale: float, size: float) -> Any:
    """A page whose letters are 12 points high and 6 apart, words drawn one by one, in a font with that scale and size.

    Args:
        scale: units of the font to a unit of the size.
    """
    unit = 12 / (scale * size)
    document = pymupdf.open()
    page = document.new_page(width=400, height=200)
    glyph, font, drawn = (document.get_new_xref() for _ in range(3))
    document.update_object(glyph, "<<>>")
    document.update_stream(glyph, b"%g 0 0 0 %g %g d1 0 0 %g %g re f" % (unit / 2, unit / 3, unit, unit / 3, unit))
    named = "".join(f"/{letter}" for letter in LETTERS)
    procedures = "".join(f"/{letter} {glyph} 0 R" for letter in LETTERS)
    document.update_object(
        font,
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[{scale} 0 0 {scale} 0 0]/CharProcs<<{procedures}>>"
        f"/Encoding<</Type/Encoding/Differences[65 {named[:52]} 97 {named[52:]}]>>/FirstChar 65/LastChar 122"
        f"/Widths[{' '.join([f'{unit / 2:g}'] * 58)}]>>",
    )
    document.xref_set_key(page.xref, "Resources", f"<</Font<</T3 {font} 0 R>>>>")
    words = "(Questions) Tj 57.5 0 Td (about) Tj 33.5 0 Td (your) Tj 27.5 0 Td (bill) Tj"
    document.update_object(drawn, "<<>>")
    document.update_stream(drawn, f"BT /T3 {size} Tf 50 100 Td {words} ET".encode())
    page.set_contents(drawn)
    return document


@pytest.mark.parametrize(("scale", "size"), [(1.0, 0.24), (0.001, 12.0)])
def test_words_of_letters_that_are_said_to_be_tiny_are_whole(scale: float, size: float, tmp_path: Path) -> None:
    bill(scale, size).save(tmp_path / "bill.pdf")
    document = read_pdf(tmp_path / "bill.pdf", Reading())
    assert [block.text for page in document.pages for block in page.blocks] == ["Questions about your bill"]
    assert document.warnings == ()


@pytest.mark.parametrize(("scale", "size"), [(1.0, 0.24), (0.001, 12.0), (0.004, 60.0)])
def test_boxes_are_as_high_as_the_letters(scale: float, size: float, tmp_path: Path) -> None:
    bill(scale, size).save(tmp_path / "bill.pdf")
    ((block,),) = [page.blocks for page in read_pdf(tmp_path / "bill.pdf", Reading()).pages]
    assert block.bbox is not None
    assert 10 < block.bbox[3] - block.bbox[1] < 16
