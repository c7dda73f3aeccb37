"""Tables in Hebrew and the like: each cell in the order of reading, the first column at the right."""

from dataclasses import replace
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf_tables.leftward_cells import cells_from_the_right
from ragcli.reading.tables.cells import Cell

# As a reader sees them, from the left; the finder has the words of a cell from the left as well.
ROWS = [("גובה המים", "שם הגשר"), ("412", "גשר הלברן הישן"), ("97", "גשר מארק")]


def made() -> tuple[Any, list[Cell]]:
    page = pymupdf.open().new_page(width=400, height=300)
    cells = []
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            box = (40.0 + 160 * column, 40.0 + 30 * row, 190.0 + 160 * column, 65.0 + 30 * row)
            page.insert_htmlbox(box, f'<p dir="rtl" style="margin: 2px">{text}</p>')
            cells.append(Cell(row, column, 1, 1, " ".join(reversed(text.split())), box))
    return page, cells


def test_cells_are_read_from_the_right_and_so_are_columns() -> None:
    page, cells = made()
    read = sorted(cells_from_the_right(page, cells), key=lambda cell: (cell.row, cell.column))
    assert [cell.text for cell in read] == [text for texts in ROWS for text in reversed(texts)]


def test_a_cell_that_would_say_other_letters_stays() -> None:
    page, cells = made()
    cells[1] = replace(cells[1], text="הגשר")
    assert {cell.text for cell in cells_from_the_right(page, cells)} >= {"הגשר", "גשר הלברן הישן"}


def test_tables_of_other_scripts_are_left_alone() -> None:
    page, cells = made()
    cells = [replace(cell, text=f"Weir {number}") for number, cell in enumerate(cells)]
    assert cells_from_the_right(page, cells) == cells
