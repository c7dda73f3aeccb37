"""Tables over pages and columns of one document: the head of the first part is that of all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.records import Block
from ragcli.settings import Reading

PROSE = "The union of the valley has run the network ever since, and reports twice as often in a flood."
HEAD = ("Name", "Town")
ROWS = (("Ada", "Arles"), ("Bo", "Brest"), ("Cy", "Calais"), ("Di", "Dijon"))
MORE = (("Ed", "Evian"), ("Flo", "Figeac"), ("Gil", "Gap"), ("Hal", "Honfleur"))
STEP = 16.0


def table(page: Any, top: float, rows: Sequence[tuple[str, ...]], left: float = 72, bold: int = 1) -> Block:
    """Write a table, its first rows in bold; return it as the finder reads it, the first row as its head."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            at = (left + 90 * column, top + STEP * (number + 0.75))
            page.insert_text(at, text, fontsize=10, fontname="hebo" if number < bold else "helv")
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    box = (left, top, left + 170, top + STEP * len(rows))
    return Block("\n".join([head, "| --- | --- |", *body]), "table", box)


def read(document: Any, tmp_path: Path, found: dict[int, list[Block]]) -> list[tuple[str, bool]]:
    """The tables of a document, each with whether it goes on."""
    document.save(tmp_path / "a.pdf")
    pages = read_pdf(tmp_path / "a.pdf", Reading(ocr="never"), found=found).pages
    return [(block.text, block.continues) for page in pages for block in page.blocks if block.kind == "table"]


def lines(*rows: tuple[str, ...]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in rows]


@pytest.fixture
def document() -> Any:
    return pymupdf.open()


def two_pages(document: Any, caption: str = "", note: str = "") -> dict[int, list[Block]]:
    page = document.new_page()
    page.insert_text((72, 100), PROSE, fontsize=10)
    page.insert_text((72, 580), "Table 3: Who lives where", fontsize=10)
    first = table(page, 600, (HEAD, *ROWS))
    if note:
        page.draw_line((72, 760), (160, 760))
        page.insert_text((72, 772), note, fontsize=7)
    page = document.new_page()
    page.insert_text((72, 85), caption, fontsize=10)
    second = table(page, 100, MORE, bold=0)
    page.insert_text((72, 300), PROSE, fontsize=10)
    return {1: [first], 2: [second]}


@pytest.mark.parametrize("caption", ["", "Table 3 (continued)"])
def test_a_row_in_the_letters_of_the_rows_is_no_head(document: Any, tmp_path: Path, caption: str) -> None:
    _, (second, goes_on) = read(document, tmp_path, two_pages(document, caption))
    assert goes_on
    assert second.split("\n") == lines(HEAD, ("---", "---"), *MORE)


@pytest.mark.parametrize("caption", ["Table 4", "And who else lives where:"])
def test_below_other_words_another_table_begins(document: Any, tmp_path: Path, caption: str) -> None:
    _, (second, goes_on) = read(document, tmp_path, two_pages(document, caption))
    assert not goes_on
    assert second.split("\n")[0] == lines(MORE[0])[0]


def test_a_row_that_stands_out_is_the_head_of_another_table(document: Any, tmp_path: Path) -> None:
    first = table(document.new_page(), 600, (HEAD, *ROWS))
    years = table(document.new_page(), 60, (("2021", "2022"), ("41", "43"), ("17", "19")))
    assert not read(document, tmp_path, {1: [first], 2: [years]})[1][1]


def test_a_note_at_the_foot_of_the_page_ends_no_table(document: Any, tmp_path: Path) -> None:
    note = "* Those who moved within the year are counted where they lived at its end."
    assert read(document, tmp_path, two_pages(document, note=note))[1][1]


def test_a_table_goes_on_at_the_top_of_the_next_column(document: Any, tmp_path: Path) -> None:
    page = document.new_page()
    for line in range(20):
        page.insert_text((72, 100 + 14 * line), PROSE[:42], fontsize=10)
    first = table(page, 400, (HEAD, *ROWS))
    second = table(page, 90, MORE, left=320, bold=0)
    for line in range(20):
        page.insert_text((320, 180 + 14 * line), PROSE[:42], fontsize=10)
    (_, _), (text, goes_on) = read(document, tmp_path, {1: [first, second]})
    assert goes_on
    assert text.split("\n") == lines(HEAD, ("---", "---"), *MORE)


def test_tables_beside_each_other_are_two(document: Any, tmp_path: Path) -> None:
    page = document.new_page()
    first, second = table(page, 100, (HEAD, *ROWS)), table(page, 100, MORE, left=320, bold=0)
    assert [goes_on for _, goes_on in read(document, tmp_path, {1: [first, second]})] == [False, False]
