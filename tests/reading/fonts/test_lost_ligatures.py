"""Ligatures that the map of a Macintosh's font leaves out, told by their outlines."""

from pathlib import Path
from struct import pack
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

# Of each letter, by its code, how far it moves the pen, where it begins and how high it is, in thousandths of an em.
SHAPES = {
    "i": (230, 65, 648), "t": (335, 16, 584), "f": (305, 18, 684), "n": (525, 70, 480), "o": (527, 40, 480),
    "7": (557, 16, 648), "!": (634, 16, 605), "&": (616, 18, 684), "%": (700, 90, 700),
}  # fmt: skip


def outline(left: int, width: int, top: int) -> bytes:
    """A box."""
    right = left + width // 2
    points = pack(">4h", left, 0, right - left, 0) + pack(">4h", 0, 0, top, 0)
    return pack(">5h", 1, left, 0, right, top) + pack(">HH", 3, 0) + b"\x01" * 4 + points


def font() -> bytes:
    """A TrueType font as Quartz writes it: with its own codes, and no names."""
    first = min(map(ord, SHAPES))
    codes = range(first, max(map(ord, SHAPES)) + 1)
    glyphs = [outline(left, width, top) for width, left, top in SHAPES.values()]
    at = [0, 0]
    for glyph in glyphs:
        at.append(at[-1] + len(glyph))
    numbers = {ord(letter): n for n, letter in enumerate(SHAPES, start=1)}
    table = pack(">5H", 6, 10 + 2 * len(codes), 0, first, len(codes))
    table += pack(f">{len(codes)}H", *(numbers.get(code, 0) for code in codes))
    widths = [0, *(width for width, _, _ in SHAPES.values())]
    tables = {
        b"cmap": pack(">HHHHI", 0, 1, 1, 0, 12) + table,
        b"glyf": b"".join(glyphs),
        b"head": pack(">IIIIHHQQ4hHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 1000, 700, 0, 8, 2, 1, 0),
        b"hhea": pack(">I3h12hH", 0x10000, 800, -200, 0, 700, *[0] * 11, len(widths)),
        b"hmtx": b"".join(pack(">Hh", width, 0) for width in widths),
        b"loca": pack(f">{len(at)}I", *at),
        b"maxp": pack(">IH13H", 0x10000, len(widths), 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    head, body = pack(">IHHHH", 0x10000, len(tables), 64, 2, 48), b""
    for name, data in tables.items():
        head += name + pack(">III", 0, 12 + 16 * len(tables) + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


def read(tmp_path: Path, drawn: str, producer: str = "macOS Version 14.2 Quartz PDFContext") -> str:
    """What is read of letters of that font, whose map knows the small ones and no ligatures."""
    codes = range(min(map(ord, SHAPES)), max(map(ord, SHAPES)) + 1)
    widths = " ".join(str(SHAPES.get(chr(code), (0,))[0]) for code in codes)
    known = "".join(f"<{ord(letter):02x}><{ord(letter):02x}><{ord(letter):04x}>\n" for letter in "itfno")
    with pymupdf.open() as document:
        page: Any = document.new_page()
        page.insert_text((72, 100), "x", fontname="tiro", fontsize=10)
        ((xref, *_),) = page.get_fonts()
        document.update_stream(page.get_contents()[0], f"BT /tiro 10 Tf 72 700 Td ({drawn}) Tj ET".encode())
        outlines, cmap, descriptor = (document.get_new_xref() for _ in range(3))
        for stream, data in (
            (outlines, font()),
            (
                cmap,
                f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange "
                f"<00><FF> endcodespacerange\n5 beginbfrange\n{known}endbfrange\nendcmap end end".encode(),
            ),
        ):
            document.update_object(stream, "<<>>")
            document.update_stream(stream, data)
        document.update_object(
            descriptor,
            f"<< /Type /FontDescriptor /FontName /AAAAAC+Calibri /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200"
            f" /FontBBox [0 0 1000 700] /CapHeight 600 /StemV 0 /FontFile2 {outlines} 0 R >>",
        )
        document.update_object(
            xref,
            f"<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAC+Calibri /FontDescriptor {descriptor} 0 R"
            f" /ToUnicode {cmap} 0 R /FirstChar {codes[0]} /LastChar {codes[-1]} /Widths [{widths}] >>",
        )
        document.set_metadata({"producer": producer})
        document.save(tmp_path / "a.pdf")
    (page_read,) = read_pdf(tmp_path / "a.pdf", Reading(ocr="never")).pages
    return " ".join(block.text for block in page_read.blocks)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [("no7on", "notion"), ("o!o", "otto"), ("o&n", "oftn"), ("ofton", "ofton"), ("no%on", "no%on")],
)
def test_outlines_tell_ligatures(tmp_path: Path, drawn: str, said: str) -> None:
    assert read(tmp_path, drawn) == said


def test_a_figure_of_another_producer_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, "no7on", "A printer of figures") == "no7on"
