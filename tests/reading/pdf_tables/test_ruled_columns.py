"""Columns between which lines run: figures of different lengths stay together, and what stands close is parted."""

import time

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.mupdf.rulings import rulings
from ragcli.reading.pdf_tables.printed_cells import by_pieces, letters_of, pieces_of
from ragcli.reading.pdf_tables.ruled_columns import ruled_columns
from ragcli.reading.tables.cells import Cell
from ragcli.records import Box

SIDES = (40.0, 240.0)
BORDERS = (90.0, 140.0, 190.0)
HEIGHT = 14.0


def cells(*rows: tuple[str, ...]) -> list[Cell]:
    """As a finder may have them: as wide as it likes, each row as high as a line."""
    return [
        Cell(row, column, 1, 1, text, (SIDES[0], 50 + HEIGHT * row, SIDES[1], 50 + HEIGHT * (row + 1)))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def upright(x: float, top: float, bottom: float) -> Box:
    return x, top, x, bottom


def test_borders_are_lines_that_run_from_the_head_to_the_end() -> None:
    table = cells(("Reach", "Low", "High"), ("Weir", "1", "2"), ("Lock", "3", "4"))
    lines = [upright(x, 50, 92) for x in (40, 90, 91.5, 140, 240)]  # one of them is double
    assert ruled_columns(table, 1, SIDES, lines) == [(40, 90), (90, 140), (140, 240)]
    assert ruled_columns(table, 1, SIDES, [*lines, upright(190, 50, 70)])[-1] == (140, 240)
    assert ruled_columns(table, 1, SIDES, lines[:3]) == []


def test_dotted_lines_are_borders_as_soon_as_solid_ones() -> None:
    table = cells(("Reach", "Low", "High"), ("Weir", "1", "2"), ("Lock", "3", "4"))
    dots = [upright(x, 50 + n / 50, 50 + (n + 1) / 50) for x in (90.0, 140.0) for n in range(2200)]
    drawing = [(x / 200, 70.0, x / 200 + 0.5, 70.4) for x in range(200 * 96, 200 * 134)]
    started = time.process_time()
    assert ruled_columns(table, 1, SIDES, [*dots, *drawing]) == [(40, 90), (90, 140), (140, 240)]
    assert time.process_time() - started < 5  # in tenths of a second, and not in half a minute


def test_figures_of_different_lengths_and_close_columns_go_where_the_lines_say() -> None:
    page = pymupdf.open().new_page(width=300, height=200)
    rows = [("Reach", "Sluices", "Levels", "of it"), ("Upper weir", "98 452", "14", "7"), ("Lock", "7", "7", "12,050")]
    rows += [("Mouth", "120", "1", "3"), ("Mill race", "5", "11", "4")]
    for n, texts in enumerate(rows):
        for (left, right), text in zip([(40, 90), (90, 140), (140, 190), (190, 240)], texts, strict=True):
            width = pymupdf.get_text_length(text, fontsize=9)
            page.insert_text((left + 2 if left == 40 else right - 2 - width, 60 + HEIGHT * n), text, fontsize=9)
    for x in (*SIDES, *BORDERS):
        page.draw_line((x, 50), (x, 50 + HEIGHT * len(rows)), width=0.5)
    lines = rulings(page)
    found = cells(
        ("Reach", "Sluices", "Levels of it"), ("Upper weir 98", "452", "14 7"), ("Lock", "7", "7 12,050"),
        ("Mouth", "120", "1 3"), ("Mill race", "5", "11 4"),
    )  # fmt: skip
    drawn = by_pieces(found, 1, pieces_of(page, lines), ruled_columns(found, 1, SIDES, lines))
    assert drawn is not None
    assert letters_of(drawn) == letters_of(found)
    assert [tuple(cell.text for cell in drawn if cell.row == row) for row in range(len(rows))] == rows


def test_columns_that_no_lines_part_within_ruled_ones_stay_with_the_finder() -> None:
    page = pymupdf.open().new_page(width=300, height=200)
    for n in range(5):
        for left, text in ((42, "Weir"), (92, "1"), (142, "12"), (180, "7"), (220, "9")):
            page.insert_text((left, 60 + HEIGHT * n), text, fontsize=9)
    for x in (*SIDES, *BORDERS[:2]):
        page.draw_line((x, 50), (x, 50 + HEIGHT * 5), width=0.5)
    found, lines = cells(*[("Weir", "1", "12", "7", "9")] * 5), rulings(page)
    assert by_pieces(found, 1, pieces_of(page, lines), ruled_columns(found, 1, SIDES, lines)) is None
