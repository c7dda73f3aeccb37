"""Names in the left margin stay out of the sentences beside them; labels of items and cells stay with their text."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

FULL = "The river rose by two metres and nobody was asleep as it reached"  # all three end on the same point
LINES = [FULL, FULL.replace("rose", "sank"), "the bridge that the miller had built over the years."]
JOINED = " ".join(LINES)


def write(page: Any, y: float, text: str, x: float = 150.0) -> None:
    page.insert_text((x, y), text, fontsize=10)


def texts(page: Any, tmp_path: Path) -> list[str]:
    page.parent.save(tmp_path / "a.pdf")
    return [block.text for page in read_pdf(tmp_path / "a.pdf", Reading()).pages for block in page.blocks]


@pytest.fixture
def page() -> Any:
    return pymupdf.open().new_page(width=520, height=600)


def justified(page: Any, y: float, text: str) -> None:
    """A line as wide as all others."""
    spread = (310 - pymupdf.get_text_length(text, fontsize=10)) / text.count(" ")
    x = 150.0
    for word in text.split():
        page.insert_text((x, y), f"{word} ", fontsize=10)
        x += pymupdf.get_text_length(f"{word} ", fontsize=10) + spread


def test_names_beside_the_lines_of_a_paragraph_part_none_of_its_sentences(page: Any, tmp_path: Path) -> None:
    justified(page, 100, LINES[0])
    write(page, 112, "ring_bell", x=90)
    justified(page, 112, LINES[1])
    write(page, 124, "open_gate", x=88)
    write(page, 124, LINES[2])
    assert texts(page, tmp_path) == [JOINED, "ring_bell", "open_gate"]


def test_a_name_beside_the_first_line_is_the_label_of_the_paragraph(page: Any, tmp_path: Path) -> None:
    write(page, 100, "ring_bell", x=98)
    justified(page, 100, LINES[0])
    write(page, 112, "open_gate", x=88)
    justified(page, 112, LINES[1])
    write(page, 124, LINES[2])
    assert texts(page, tmp_path) == [f"ring_bell {JOINED}", "open_gate"]


@pytest.mark.parametrize("end", [".", ":", ")"])
def test_the_label_of_an_item_stays_with_its_text(page: Any, tmp_path: Path, end: str) -> None:
    justified(page, 100, LINES[0] + end)
    write(page, 112, "open_gate", x=88)
    justified(page, 112, LINES[1])
    write(page, 124, LINES[2])
    assert any(f"open_gate {LINES[1]}" in text.replace("  ", " ") for text in texts(page, tmp_path))


def test_a_date_stays_with_the_words_of_its_row(page: Any, tmp_path: Path) -> None:
    justified(page, 100, LINES[0])
    write(page, 112, "09/24/15", x=92)
    justified(page, 112, LINES[1])
    write(page, 124, LINES[2])
    assert any(f"09/24/15 {LINES[1]}" in text.replace("  ", " ") for text in texts(page, tmp_path))
