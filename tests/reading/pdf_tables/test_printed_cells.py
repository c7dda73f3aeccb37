"""Spreadsheets printed without lines: the pieces that were drawn tell the columns."""

from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.mupdf.rulings import rulings
from ragcli.reading.pdf_tables.finder import find_tables
from ragcli.reading.pdf_tables.printed_cells import Piece, by_pieces, pieces_of, with_figures, with_runs
from ragcli.reading.tables.cells import Cell

TASKS = ("Repair the sluice", "Paint the gate", "Read the gauge", "Order new bolts")
OWNERS = ("Ada Brook", "Tom Lake", "Ida Mill")


def sheet() -> Any:
    """Numbers that end, and tasks that begin, two points apart; heads to the left, as a spreadsheet sets them."""
    page = pymupdf.open().new_page(width=595, height=842)
    for x, head in ((55, "No."), (90, "Task"), (258, "Owner"), (356, "Level")):
        page.insert_text((x, 86), head, fontsize=12, fontname="hebo")
    for n in range(17):
        number, y = str(n + 1), 101 + 15 * n
        page.insert_text((88 - pymupdf.get_text_length(number, fontsize=12), y), number, fontsize=12)
        for x, text in ((90, TASKS[n % 4]), (258, OWNERS[n % 3]), (356, f"2.{n % 7}1")):
            page.insert_text((x, y), text, fontsize=12)
    return page


def piece(text: str, left: float, right: float, row: int) -> Piece:
    return Piece(text, (left, 12.0 * row + 1, right, 12.0 * row + 10))


def grid(*rows: tuple[str, ...]) -> list[Cell]:
    """As a finder has it: all rows from side to side."""
    return [
        Cell(row, column, 1, 1, text, (0.0, 12.0 * row, 100.0, 12.0 * row + 12))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def test_columns_as_close_as_words_are_two() -> None:
    (table,) = find_tables(sheet())
    assert table.grid[:3] == [
        ["No.", "Task", "Owner", "Level"],
        ["1", "Repair the sluice", "Ada Brook", "2.01"],
        ["2", "Paint the gate", "Tom Lake", "2.11"],
    ]


def test_a_head_left_of_its_figures_is_theirs() -> None:
    drawn = [piece("Item", 0, 20, 0), piece("Qty", 40, 55, 0), piece("Price", 75, 95, 0)]
    for row in range(1, 5):
        drawn += [piece("Bolts", 0, 25, row), piece(str(row), 68, 73, row), piece("1.50", 100, 115, row)]
    found = grid(("Item", "Qty Price", ""), *((f"Bolts {row}", "1.50", "") for row in range(1, 5)))
    cells = by_pieces(found, 1, drawn)
    assert cells is not None
    assert [(cell.column, cell.text) for cell in cells if cell.row < 2] == [
        *((0, "Item"), (1, "Qty"), (2, "Price")),
        *((0, "Bolts"), (1, "1"), (2, "1.50")),
    ]


def test_what_the_finder_has_right_and_what_pieces_do_not_tell_stays() -> None:
    drawn = [piece(text, left, left + 20, row) for row in range(5) for left, text in ((0, "Bolts"), (60, str(row)))]
    assert by_pieces(grid(*(("Bolts", str(row)) for row in range(5))), 1, drawn) is None
    beside = [*drawn, piece("a note that runs over both", 0, 90, 2)]
    assert by_pieces(grid(*((f"Bolts {row}",) for row in range(5))), 1, beside) is None
    assert by_pieces(grid(*((f"Bolts {row}",) for row in range(5))), 1, []) is None


def test_where_spaces_are_left_and_not_written_there_are_no_pieces() -> None:
    page = pymupdf.open().new_page(width=400, height=400)
    for n in range(8):
        x = 40.0
        for word in ("The", "river", "rose", "by", "two", "metres"):
            page.insert_text((x, 60 + 12 * n), word, fontsize=10)
            x += pymupdf.get_text_length(word, fontsize=10) + 3.3 - 0.1 * n
    assert pieces_of(page) == []
    assert [each.text for each in pieces_of(sheet())[:5]] == ["No.", "Task", "Owner", "Level", "1"]


def test_cells_that_touch_at_a_line_are_two() -> None:
    page = pymupdf.open().new_page(width=400, height=200)
    for n in range(6):
        x = 40.0
        for text in ("06/22/2015", "03/25/2016", "Sluice works"):
            page.insert_text((x, 60 + 14 * n), text, fontsize=10)
            x += pymupdf.get_text_length(text, fontsize=10) + 0.5
            page.draw_line((x - 0.25, 50 + 14 * n), (x - 0.25, 64 + 14 * n), width=0.5)
    assert {each.text for each in pieces_of(page)} == {"06/22/201503/25/2016Sluice works"}
    assert {each.text for each in pieces_of(page, rulings(page))} == {"06/22/2015", "03/25/2016", "Sluice works"}


def test_a_head_over_two_columns_and_a_word_below_it_are_one_text() -> None:
    drawn = [Piece("January 29,", (40, 1, 90, 5)), Piece("2022", (45, 6, 65, 11)), piece("Tax", 0, 20, 0)]
    for row in range(1, 5):
        drawn += [piece("Sales", 0, 25, row), piece(f"1{row}", 50, 60, row), piece("5%", 75, 85, row)]
    found = grid(("Tax", "January 29, 2022"), *((f"Sales 1{row}", "5%") for row in range(1, 5)))
    cells = by_pieces(found, 1, drawn)
    assert cells is not None
    assert [(cell.column, cell.columns, cell.text) for cell in cells if cell.row == 0] == [
        (0, 1, "Tax"),
        (1, 2, "January 29, 2022"),
    ]


def test_a_sign_of_money_is_no_column() -> None:
    drawn = []
    for row in range(6):
        drawn += [piece("Sales", 0, 25, row), piece("$", 50, 54, row), piece(f"1{row}", 80, 90, row)]
    found = grid(*(("Sales", f"$ 1{row}") for row in range(6)))
    assert by_pieces(found, 1, drawn) is None  # the finder has its columns


def cell(row: int, column: int, text: str) -> Cell:
    return Cell(row, column, 1, 1, text, (100.0 * column, 12.0 * row, 100.0 * column + 100, 12.0 * row + 12))


def test_a_line_that_runs_through_columns_is_one_cell_with_the_lines_that_go_on() -> None:
    labels = [(row, 100.0 * column, f"{'abcd'[column]}{row}") for row in range(4) for column in range(4)]
    drawn = [piece(text, left + 5, left + 25, row) for row, left, text in labels]
    drawn += [piece("Hours:", 5, 40, 4), piece("2319 hours in all, 2072 in command,", 105, 380, 4)]
    drawn += [piece("17 in the last 90 days", 105, 250, 5), piece("Owner:", 5, 40, 6), piece("Orle", 105, 130, 6)]
    found = [cell(row, round(left) // 100, text) for row, left, text in labels]
    found += [cell(4, 0, "Hours:"), cell(4, 1, "2319 hours"), cell(4, 2, "in all, 2072"), cell(4, 3, "in command,")]
    found += [cell(5, 1, "17 in the last"), cell(5, 2, "90 days"), cell(6, 0, "Owner:"), cell(6, 1, "Orle")]
    runs = [one for one in with_runs(found, 0, drawn) if one.columns > 1]
    assert [(one.row, one.column, one.columns, one.text) for one in runs] == [
        (4, 1, 3, "2319 hours in all, 2072 in command, 17 in the last 90 days")
    ]
    assert {one.text for one in with_runs(found, 0, drawn)} >= {"Hours:", "Owner:", "Orle", "d3"}


def test_columns_that_a_producer_wrote_in_one_line_stay() -> None:
    found = [cell(row, column, str(row + column)) for row in range(4) for column in range(3)]
    close = [piece(f"{row} {row + 1} {row + 2}", 5, 290, row) for row in range(4)]
    assert with_runs(found, 0, close) == found
    beside = [piece("under Grad", 80, 130, 0), piece("only", 5, 30, 0), piece("only", 105, 130, 0)]
    assert with_runs([cell(0, 0, "under only"), cell(0, 1, "Grad only"), *found[3:]], 0, beside)[1].text == "Grad only"
    spaced = [piece("0    1    2", 5, 290, 0)]
    assert with_runs(found, 0, spaced) == found


def test_signs_and_raised_figures_are_of_what_they_follow() -> None:
    """The bracket that closes a loss was a column of its own, and the mark of a note kept columns from being seen."""
    drawn = [
        *(Piece("2,192", (60, 1, 80, 10)), Piece("(22", (60, 13, 80, 22)), Piece(")", (80, 13, 83, 22))),
        *(Piece("23.6 ", (60, 25, 80, 34)), Piece("%", (78, 25, 86, 34))),
        *(Piece("Tier 1 capital", (0, 37, 50, 46)), Piece("16", (50, 36, 56, 41)), Piece("17.1 %", (60, 37, 86, 46))),
        *(Piece("area in km", (0, 49, 40, 58)), Piece("2", (40, 48, 43, 53)), Piece("$", (55, 49, 59, 58))),
        Piece("7", (60, 49, 64, 58)),
    ]
    said = [one.text for one in with_figures(drawn)]
    assert said == ["2,192", "(22)", "23.6 %", "Tier 1 capital ¹⁶", "17.1 %", "area in km²", "$ 7"]


def test_what_stands_apart_or_on_the_line_is_no_note() -> None:
    drawn = [Piece("Radar", (0, 1, 30, 10)), Piece("16", (34, 0, 40, 5)), Piece("4", (40, 1, 45, 10))]
    assert with_figures(drawn) == drawn


def test_a_head_that_touches_the_column_beside_its_own_stands_in_one() -> None:
    drawn = [piece("3Q 2024", 73, 106, 0), piece("3Q 2023", 119, 152, 0), piece("Common Stock Repurchases", 0, 74, 1)]
    for row in range(2, 6):
        drawn += [piece("Average", 0, 40, row), piece("$99.94", 84, 110, row), piece("$87.59", 129, 155, row)]
    found = grid(
        ("3Q 2024", "3Q 2023"), ("Common Stock Repurchases", ""), *(("Average $99.94", "$87.59") for _ in range(4))
    )
    cells = by_pieces(found, 1, drawn)
    assert cells is not None
    assert [(cell.column, cell.columns, cell.text) for cell in cells if cell.row < 2] == [
        *((1, 1, "3Q 2024"), (2, 1, "3Q 2023")),
        (0, 1, "Common Stock Repurchases"),
    ]
