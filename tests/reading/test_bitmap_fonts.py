"""Letters of bitmap fonts by their codes in TeX, where Ghostscript has mapped their names to dingbats."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.pdf import read_pdf
from ragcli.settings import Reading

GHOSTSCRIPT = "GPL Ghostscript 9.55.0"
MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <00><ff> endcodespacerange
2 beginbfrange <6c><6c><2767> <6f><6f><2666> endbfrange endcmap end end"""


def written(document: Any, text: str) -> int:
    """A stream of its own; returns its number."""
    xref: int = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, text.encode("latin-1"))
    return xref


def read(tmp_path: Path, drawn: str, producer: str) -> str:
    """What is read of letters that a bitmap font draws, all named by their codes."""
    codes = sorted(map(ord, {*drawn} - {" "}))
    with pymupdf.open() as document:
        page: Any = document.new_page()
        page.insert_text((72, 100), drawn, fontname="tiro", fontsize=10)
        ((font, *_),) = page.get_fonts()
        glyph = written(document, "600 0 0 0 500 700 d1 0 0 500 700 re f")
        mapped = written(document, MAP.decode())
        names = " ".join(f"{code} /a{code}" for code in codes)
        procedures = " ".join(f"/a{code} {glyph} 0 R" for code in codes)
        document.update_object(
            font,
            f"<< /Type /Font /Subtype /Type3 /FontMatrix [.001 0 0 .001 0 0] /FontBBox [0 0 500 700] /FirstChar 0"
            f" /LastChar 255 /Widths [{'600 ' * 256}] /Resources <<>> /CharProcs << {procedures} >>"
            f" /Encoding << /Type /Encoding /Differences [{names}] >> /ToUnicode {mapped} 0 R >>",
        )
        document.set_metadata({"producer": producer})
        document.save(tmp_path / "a.pdf")
    (page_read,) = read_pdf(tmp_path / "a.pdf", Reading(ocr="never")).pages
    return " ".join(block.text for block in page_read.blocks)


@pytest.mark.parametrize(
    ("drawn", "producer", "said"),
    [
        ("the model", GHOSTSCRIPT, "the model"),
        ("model of o\x0ece", GHOSTSCRIPT, "model of office"),  # TeX's own sign for ffi
        ("the model", "pdfTeX-1.40.25", "the m♦de❧"),  # whose maps are right
    ],
)
def test_codes_tell_the_letters(tmp_path: Path, drawn: str, producer: str, said: str) -> None:
    assert read(tmp_path, drawn, producer) == said
