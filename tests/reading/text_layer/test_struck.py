"""Words through whose middle a line is drawn are no longer said; other lines strike nothing out."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.text_layer.struck import erase_struck
from ragcli.records import Document
from ragcli.settings import Reading

SIZE = 11.0
MIDDLE, UNDER = 3.0, -1.5  # points above the baseline


def width(text: str) -> float:
    return float(pymupdf.get_text_length(text, fontsize=SIZE))


def write(
    page: Any, y: float, before: str, ruled: str, after: str, height: float = MIDDLE, filled: bool = False
) -> None:
    """Write a line of text with a rule through, or under, one part of it."""
    page.insert_text((72, y), before + ruled + after, fontsize=SIZE)
    start = 72 + width(before)
    end = start + width(ruled)
    if filled:
        page.draw_rect((start, y - height - 0.3, end, y - height + 0.3), fill=(1, 0, 0), color=None)
    else:
        page.draw_line((start, y - height), (end, y - height), width=0.6)


def read(page: Any, tmp_path: Path, producer: str = "Microsoft Word for Microsoft 365") -> Document:
    page.parent.set_metadata({"producer": producer})
    page.parent.save(tmp_path / "a.pdf")
    return read_pdf(tmp_path / "a.pdf", Reading(ocr="never"))


def texts(document: Document) -> list[str]:
    return [block.text for page in document.pages for block in page.blocks]


@pytest.fixture
def page() -> Any:
    return pymupdf.open().new_page()


@pytest.mark.parametrize("filled", [False, True])
def test_what_is_struck_out_is_left_out_and_told(page: Any, tmp_path: Path, filled: bool) -> None:
    write(page, 100, "The fee is ", "five euros", " six euros a night, in advance.", filled=filled)
    write(page, 130, "", "Dogs are not allowed.", " Dogs are welcome on a lead.", filled=filled)
    document = read(page, tmp_path)
    assert " ".join(texts(document)) == "The fee is six euros a night, in advance. Dogs are welcome on a lead."
    assert document.warnings == ("2 struck out texts left out: p.1",)


def test_a_line_of_several_pieces_is_one(page: Any, tmp_path: Path) -> None:
    write(page, 100, "Notice is given within ", "thirty ", "days sixty days of the end.")
    start = 72 + width("Notice is given within thirty ")
    page.draw_line((start + 1, 97), (start + width("days"), 97), width=0.6)
    document = read(page, tmp_path)
    assert texts(document) == ["Notice is given within sixty days of the end."]
    assert document.warnings == ("1 struck out text left out: p.1",)


def test_a_line_under_words_strikes_nothing_out(page: Any, tmp_path: Path) -> None:
    write(page, 100, "The fee is ", "five euros", " a night.", UNDER)
    document = read(page, tmp_path)
    assert (texts(document), document.warnings) == (["The fee is five euros a night."], ())


def test_a_rule_that_runs_further_than_the_words_strikes_nothing_out(page: Any, tmp_path: Path) -> None:
    page.insert_text((72, 100), "LLaMA 13B", fontsize=SIZE)
    page.draw_line((40, 97), (200, 97), width=0.6)
    assert texts(read(page, tmp_path)) == ["LLaMA 13B"]


def test_where_most_is_crossed_it_is_a_pattern(page: Any, tmp_path: Path) -> None:
    write(page, 100, "", "The fee is five euros a night.", "")
    document = read(page, tmp_path)
    assert (texts(document), document.warnings) == (["The fee is five euros a night."], ())


def test_what_tex_draws_strikes_nothing_out(page: Any, tmp_path: Path) -> None:
    write(page, 100, "The fee is ", "five euros", " six euros a night.")
    assert texts(read(page, tmp_path, "pdfTeX-1.40.25")) == ["The fee is five euros six euros a night."]


@pytest.mark.parametrize("rotation", [0, 90])
def test_what_is_struck_out_is_erased_with_its_line_and_nothing_else(page: Any, rotation: int) -> None:
    page.parent.set_metadata({"producer": "Microsoft Word for Microsoft 365"})
    write(page, 100, "The fee is ", "five euros", " six euros.")
    page.draw_line((72, 105), (300, 105), width=0.6)
    page.set_rotation(rotation)
    erase_struck(page)
    page.set_rotation(0)
    assert page.get_text().split() == ["The", "fee", "is", "six", "euros."]
    assert [round(drawing["rect"].y0) for drawing in page.get_drawings()] == [105]
