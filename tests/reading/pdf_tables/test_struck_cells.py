"""Cells, and rows, that are struck out in a table are no longer said, there as elsewhere; and they are told once."""

from pathlib import Path
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.pdf_tables.finder import block, find_tables
from ragcli.settings import Reading

SIZE, STEP = 10, 18
COLUMNS = (72, 150, 260)
ROWS = (
    ("Item", "Colour", "Price"),
    ("Chair", "red", "41 euros"),
    ("Table", "blue", "90 euros"),
    ("Lamp", "green", "12"),
)


def strike(page: Any, left: float, base: float, text: str) -> None:
    end = left + pymupdf.get_text_length(text, fontsize=SIZE)
    page.draw_line((left, base - 2.8), (end, base - 2.8), width=0.6)


def test_what_is_struck_out_in_a_table_is_left_out(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for number, row in enumerate([*ROWS, ("Stool", "black", "33 euros")]):
            base = 100 + STEP * number
            for left, text in zip(COLUMNS, row, strict=True):
                said = f"{text} 45 euros" if text == "41 euros" else text
                page.insert_text((left, base), said, fontsize=SIZE, fontname="hebo" if number == 0 else "helv")
                if row[0] == "Table" or text == "41 euros":
                    strike(page, left, base, text)
        for number in range(6):
            page.draw_line((68, 87 + STEP * number), (380, 87 + STEP * number), width=0.6)
        for left in (68, 146, 256, 380):
            page.draw_line((left, 87), (left, 87 + 5 * STEP), width=0.6)
        document.set_metadata({"producer": "Microsoft Word for Microsoft 365"})
        document.save(tmp_path / "a.pdf")
        read = pymupdf.open(tmp_path / "a.pdf")
        found = {1: [block(table) for table in find_tables(read[0])]}
    result = read_pdf(tmp_path / "a.pdf", Reading(ocr="never"), found=found)
    (table,) = result.pages[0].blocks
    assert table.text.split("\n") == [
        "| Item | Colour | Price |",
        "| --- | --- | --- |",
        "| Chair | red | 45 euros |",
        "| Lamp | green | 12 |",
        "| Stool | black | 33 euros |",
    ]
    assert result.warnings == ("4 struck out texts left out: p.1",)
