"""Codes of TeX's extension fonts are signs, on the line of their formula; names in the font go before its codes."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading


def read(tmp_path: Path, opens: str, closes: str, high: float, names: str = "") -> str:
    """What is read of f(x) whose parentheses are big, and hang from `high` sizes above the baseline."""
    with pymupdf.open() as document:
        page: Any = document.new_page()
        y = 100 - 10 * high
        for x, text, is_big in ((72, "f", 0), (76, opens, 1), (80, "x", 0), (86, closes, 1), (92, "= 1", 0)):
            page.insert_text((x, y if is_big else 100), text, fontname="tiro" if is_big else "helv", fontsize=10)
        (xref,) = (found[0] for found in page.get_fonts() if found[3] == "Times-Roman")
        document.xref_set_key(xref, "BaseFont", "/ABCDEF+CMEX10")
        document.xref_set_key(xref, "Encoding", f"<< /Type /Encoding /Differences [{names}] >>")
        document.save(tmp_path / "a.pdf")
    (page_read,) = read_pdf(tmp_path / "a.pdf", Reading(ocr="never")).pages
    return "|".join(block.text for block in page_read.blocks).replace(" ", "")


@pytest.mark.parametrize(
    ("opens", "closes", "high", "said"),
    [
        ("\x12", "\x13", 1.45, "f(x)=1"),
        ("\x02", "\x03", 0.85, "f[x]=1"),
        ("\x18", "\x19", 1.45, "f⌈x⌉=1"),
    ],
)
def test_codes_are_signs_of_the_line(tmp_path: Path, opens: str, closes: str, high: float, said: str) -> None:
    assert read(tmp_path, opens, closes, high) == said


def test_the_names_of_the_font_go_before(tmp_path: Path) -> None:
    assert read(tmp_path, "\x02", "\x03", 1.45, "2 /parenleftbigg /parenrightbigg") == "f(x)=1"


def test_pieces_of_tall_ones_are_nothing(tmp_path: Path) -> None:
    assert "�" not in read(tmp_path, "\x02", "\x03", 1.45, "2 /parenlefttp /parenleftbt")
