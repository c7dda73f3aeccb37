"""Letters whose names in the font are numbers: of text, of Greek, of Mathematical Pi; and those that nobody knows."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading


def read(tmp_path: Path, font: str, names: str, drawn: str) -> str:
    """What is read of letters that the font draws by codes from 1 on, beside ones that are known."""
    with pymupdf.open() as document:
        page: Any = document.new_page()
        page.insert_text((72, 100), "measured: ", fontname="helv", fontsize=10)
        page.insert_text((120, 100), drawn, fontname="tiro", fontsize=10)
        (xref,) = (found[0] for found in page.get_fonts() if found[3] == "Times-Roman")
        document.xref_set_key(xref, "BaseFont", f"/{font}")
        document.xref_set_key(xref, "Encoding", f"<< /Type /Encoding /Differences [1 {names}] >>")
        document.save(tmp_path / "a.pdf")
    (page_read,) = read_pdf(tmp_path / "a.pdf", Reading(ocr="never")).pages
    return " ".join(block.text for block in page_read.blocks).removeprefix("measured:").strip()


@pytest.mark.parametrize(
    ("font", "names", "drawn", "said"),
    [
        ("PSOwsthelvnpsb", "/C0077/C0065/C0088/C0050/C0051", "\x01\x02\x03\x04\x05\x04", "MAX232"),
        ("PSOgrkdutchbs", "/C0109/C0087", "400 \x01A", "400 μA"),
        ("MathematicalPi-Four", "/H11543/H9262", "25\x01C, 8 \x02s", "25°C, 8 μs"),
        ("PSOeqmbsmth", "/C0043", "5 \x01 3", "5 � 3"),  # of signs that no table has
    ],
)
def test_names_tell_the_letters(tmp_path: Path, font: str, names: str, drawn: str, said: str) -> None:
    assert read(tmp_path, font, names, drawn) == said
