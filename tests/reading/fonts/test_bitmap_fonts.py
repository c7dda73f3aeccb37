"""Letters of bitmap fonts by their codes in TeX, where no map tells them, or one that is wrong."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

GHOSTSCRIPT = "GPL Ghostscript 9.55.0"
TO_DINGBATS = "3 beginbfrange <6c><6c><2767> <6f><6f><2666> <64><64><275e> endbfrange"
TO_OTHERS = "1 beginbfrange <61><7a><0430> endbfrange"


def stream(document: Any, text: str) -> int:
    """A stream of its own; returns its number."""
    xref: int = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, text.encode("latin-1"))
    return xref


def read(
    tmp_path: Path, drawn: str, prefix: str, cmap: str = "", producer: str = GHOSTSCRIPT, is_whole: bool = False
) -> str:
    """What is read of letters that a bitmap font draws; it names each by its code.

    Args:
        prefix: of the codes; where there is none, the letter of the code is its name.
        is_whole: it names all codes that there are, though it has outlines for those only that it draws.
    """
    codes = sorted({ord(letter) for letter in drawn} - {0x20})
    with pymupdf.open() as document:
        page: Any = document.new_page()
        page.insert_text((72, 100), "x", fontname="tiro", fontsize=10)
        ((font, *_),) = page.get_fonts()
        document.update_stream(
            page.get_contents()[0], f"BT /tiro 10 Tf 72 700 Td <{drawn.encode('latin-1').hex()}> Tj ET".encode()
        )
        glyph = stream(document, "600 0 0 0 500 700 d1 0 0 500 700 re f")
        names = {code: f"{prefix}{code}" if prefix else f"#{code:02X}" for code in codes}
        named = {code: f"a{code}" for code in range(0x100)} if is_whole else names
        mapped = (
            stream(
                document,
                f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
                f"1 begincodespacerange <00><ff> endcodespacerange {cmap} endcmap end end",
            )
            if cmap
            else 0
        )
        document.update_object(
            font,
            f"<< /Type /Font /Subtype /Type3 /FontMatrix [.001 0 0 .001 0 0] /FontBBox [0 0 500 700] /FirstChar 0"
            f" /LastChar 255 /Widths [{'600 500 ' * 128}] /Resources <<>>"
            f" /CharProcs << {' '.join(f'/{name} {glyph} 0 R' for name in names.values())} >>"
            f" /Encoding << /Type /Encoding /Differences [{' '.join(f'{code} /{name}' for code, name in named.items())}] >>"
            f" {f'/ToUnicode {mapped} 0 R' if mapped else ''} >>",
        )
        document.set_metadata({"producer": producer})
        document.save(tmp_path / "a.pdf")
    (page_read,) = read_pdf(tmp_path / "a.pdf", Reading(ocr="never")).pages
    return page_read.problem or " ".join(block.text for block in page_read.blocks)


@pytest.mark.parametrize(
    ("drawn", "prefix", "cmap", "said"),
    [
        ("models, old", "a", TO_DINGBATS, "models, old"),
        ("in\x0cnite, of \x0bective", "", "", "infinite, of ffective"),  # TeX's old encoding
        ("pages 12{15, na\x7f\x10vely", "", "", "pages 12–15, naïvely"),
        ("in\x1cni, \xe9t\xe9 \x13chose\x14", "", "", "infini, été «chose»"),  # that of Cork
        ("of a formula with \x0b in it", "", "", "of a formula with � in it"),  # of formulas, for there is no comma
        ("models, old", "a", TO_OTHERS, "могдлт, олг"),  # whose map says something else
    ],
)
def test_codes_tell_the_letters(tmp_path: Path, drawn: str, prefix: str, cmap: str, said: str) -> None:
    assert read(tmp_path, drawn, prefix, cmap) == said


def test_of_other_makers_the_map_is_right(tmp_path: Path) -> None:
    assert read(tmp_path, "models, old", "a", TO_DINGBATS, "pdfTeX-1.40.25") == "m♦❞e❧s, ♦❧❞"


def test_letters_that_are_numbered_in_the_order_of_their_use_are_to_be_recognised(tmp_path: Path) -> None:
    drawn = "".join(map(chr, [*range(0x20), *range(0x21, 0x28), *range(0x2A, 0x5C), *range(0x5D, 0xC0)]))
    in_order = "".join(map(chr, range(0x20)))
    assert "garbled" in read(tmp_path, 40 * in_order, "a", producer="GNU Ghostscript 7.05", is_whole=True)
    assert "garbled" not in read(tmp_path, 4 * drawn, "a", producer="GNU Ghostscript 7.05", is_whole=True)
