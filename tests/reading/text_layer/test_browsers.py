"""What Chrome prints: bullets that are shapes, and what floats before the text beside it."""

from pathlib import Path

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

ITEMS = ("Supply voltage 2.7 V to 5.5 V", "Quiescent current 1.8 mA", "Interface up to 10 MHz")


def printed(path: Path, producer: str, is_hollow: bool = False) -> list[tuple[str, str]]:
    document = pymupdf.open()
    document.set_metadata({"producer": producer})
    page = document.new_page(width=400, height=300)
    page.insert_text((40, 50), "What the sensor has, in words as in figures:", fontsize=10)
    for number, item in enumerate(ITEMS):
        base = 70 + 12 * number
        page.insert_text((70, base), item, fontsize=10)
        page.draw_circle((60, base - 3.5), 1.5, color=(0, 0, 0), fill=None if is_hollow else (0, 0, 0), width=0.75)
    page.draw_circle((300, 200), 40)
    document.save(path)
    return [(block.kind, block.text) for block in read_pdf(path, Reading()).pages[0].blocks]


@pytest.mark.parametrize("is_hollow", [False, True])
def test_marks_that_chrome_paints_are_bullets(tmp_path: Path, is_hollow: bool) -> None:
    blocks = printed(tmp_path / "a.pdf", "Skia/PDF m126", is_hollow)
    assert blocks[1] == ("list", "\n".join(f"• {item}" for item in ITEMS))


def test_other_producers_write_them_and_their_pages_are_not_looked_at(tmp_path: Path) -> None:
    assert "•" not in printed(tmp_path / "a.pdf", "GPL Ghostscript 10.0")[1][1]


def test_a_date_that_floats_stands_behind_its_line(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.set_metadata({"producer": "Skia/PDF m126"})
    page = document.new_page(width=400, height=300)
    for base, date in ((70, "2019 to 2024"), (100, "2014 to 2019")):
        page.insert_text((300, base), date, fontsize=10)
    for base, line in (
        (50, "Experience"),
        (70, "Senior hydrologist, Water Board"),
        (82, "Led a team of six engineers."),
        (100, "Engineer, Lock and Weir"),
    ):
        page.insert_text((40, base), line, fontsize=10)
    document.save(tmp_path / "a.pdf")
    text = " ".join(block.text for block in read_pdf(tmp_path / "a.pdf", Reading()).pages[0].blocks)
    assert "Senior hydrologist, Water Board 2019 to 2024" in " ".join(text.split())
    assert text.split()[-3:] == ["2014", "to", "2019"]


def test_a_box_of_facts_beside_a_text_does_not_part_its_sentences(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.set_metadata({"producer": "Skia/PDF m126"})
    page = document.new_page(width=500, height=300)
    for base, label, fact in ((70, "", "The mill in 2017"), (100, "Built", "1889")):
        page.insert_text((340, base), label, fontsize=10)
        page.insert_text((400, base), fact, fontsize=10)
    lines = (
        "The mill stands below the weir, the fourth of five that",
        "were built along the river by one family of bakers and",
        "millers. It has ground no corn since the flood of 1953,",
        "though its wheel still turns.",
    )
    for number, line in enumerate(lines):
        page.insert_text((40, 70 + 12 * number), line, fontsize=10)
    document.save(tmp_path / "a.pdf")
    texts = [" ".join(block.text.split()) for block in read_pdf(tmp_path / "a.pdf", Reading()).pages[0].blocks]
    assert " ".join(lines) in texts
