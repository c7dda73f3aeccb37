"""Footnotes by their marks: raised, of the note's own size, or stuck to it."""

from pathlib import Path
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.records import BlockKind
from ragcli.settings import Reading

TEXT = "The river rose by two metres and nobody was asleep when it"


def page_with(notes: list[tuple[float, str]], mark: str = "3") -> Any:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    for n in range(8):
        page.insert_text((50, 60 + 13 * n), TEXT, fontsize=10)
    page.insert_text((50, 164), "came, as the keeper", fontsize=10)
    page.insert_text((145, 160), mark, fontsize=6)
    page.insert_text((150, 164), "told.", fontsize=10)
    for n, (x, text) in enumerate(notes):
        page.insert_text((x, 540 + 9.5 * n), text, fontsize=8)
    return document


def blocks(document: Any, tmp_path: Path) -> list[tuple[BlockKind, str]]:
    path = tmp_path / "a.pdf"
    document.save(path)
    return [(block.kind, block.text) for block in read_pdf(path, Reading()).pages[0].blocks][1:]


def test_a_number_of_the_notes_own_size_that_stands_raised_in_the_text(tmp_path: Path) -> None:
    lines = [
        (60.0, "3. The keeper told it to us in the year of the flood, when all the books of the mill had been"),
        (50.0, "lost."),
    ]
    (note,) = blocks(page_with(lines), tmp_path)
    assert note == (
        "footnote",
        "3. The keeper told it to us in the year of the flood, when all the books of the mill had been lost.",
    )


def test_a_list_in_small_letters_that_nothing_refers_to_is_none(tmp_path: Path) -> None:
    assert blocks(page_with([(60.0, "1. the mill"), (60.0, "2. the weir")]), tmp_path) == [
        ("list", "1. the mill\n2. the weir")
    ]


def test_numbers_stuck_to_their_notes_begin_one_each(tmp_path: Path) -> None:
    lines = [(60.0, "3The keeper told it to us."), (60.0, "4The widow did."), (60.0, "3D models were made later.")]
    document = page_with(lines)
    document[0].insert_text((50, 200), "The mill stood by the weir.4 The miller had 3 sons.", fontsize=10)
    assert blocks(document, tmp_path) == [
        ("text", "The mill stood by the weir.⁴ The miller had 3 sons."),
        ("footnote", "³ The keeper told it to us."),
        ("footnote", "⁴ The widow did. 3D models were made later."),
    ]
