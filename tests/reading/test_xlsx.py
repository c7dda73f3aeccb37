"""Workbooks: values as people write them, and ranges that lead back to the cells."""

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ragcli.errors import ReadError
from ragcli.reading.text import paragraph
from ragcli.reading.xlsx import ROWS_PER_PLACE, read_xlsx
from ragcli.records import Document
from ragcli.settings import Reading


def saved(book: Any, folder: Path) -> Document:
    book.save(folder / "a.xlsx")
    return read_xlsx(folder / "a.xlsx", Reading())


def test_tables_sheets_and_places(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.properties.title = "Costs of 2023"
    sheet = book.active
    sheet.title = "Costs"
    sheet["B2"] = "Costs of the gauges"
    for row in (
        ["Site", "Bought", "Price", "Share"],
        ["Marrec", datetime.date(2023, 5, 17), 4870.5, 0.125],
        ["Vauzy", None, True],
    ):
        sheet.append([None, *row])
    sheet["E4"].number_format = "0.0%"
    sheet["B9"] = "Odile keeps the book."
    other = book.create_sheet("Staff & co")
    other["A1"], other["B1"], other["A2"], other["B2"] = "Name", "Wage", "Odile", 58
    other.sheet_state = "hidden"
    read = saved(book, tmp_path)
    assert read.title == "Costs of 2023"
    assert [(page.number, page.place) for page in read.pages] == [
        (None, "Costs!B2:E5"), (None, "Costs!B9"), (None, "'Staff & co'!A1:B2"),
    ]  # fmt: skip
    assert [(block.kind, block.text) for block in read.pages[0].blocks] == [
        ("text", "Costs of the gauges"),
        (
            "table",
            "| Site | Bought | Price | Share |\n| --- | --- | --- | --- |\n"
            "| Marrec | 2023-05-17 | 4870.5 | 12.5 % |\n| Vauzy |  | TRUE |  |",
        ),
    ]


def test_merged_cells_speak_in_each_row_and_over_each_column_of_the_head(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Region", "2023", None, "2024", None], [None, "Q1", "Q2", "Q1", "Q2"], ["North", 36, 37, 38, 39]):
        sheet.append(row)
    for number in range(40):
        sheet.append([None, number, number, number, number])
    for cells in ("A1:A2", "B1:C1", "D1:E1", "A3:A43"):
        sheet.merge_cells(cells)
    first, second = saved(book, tmp_path).pages
    assert (first.place, second.place) == ("Sheet!A1:E27", "Sheet!A28:E43")
    head = "| Region | 2023 Q1 | 2023 Q2 | 2024 Q1 | 2024 Q2 |"
    assert first.blocks[0].text.split("\n")[::2][:2] == [head, "| North | 36 | 37 | 38 | 39 |"]
    assert second.blocks[0].text.split("\n")[0] == head
    assert all(line.startswith("| North |") for line in second.blocks[0].text.split("\n")[2:])


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1234.5, '#,##0.00 "€"', "1234.5 €"),
        (1234.5, '"$"#,##0.00', "$1234.5"),
        (12, "[$CHF-807] #,##0;-[$CHF-807] #,##0", "12 CHF"),
        (12, "[$-409]0.00", "12"),
        (0.125, "0.0\\ %", "12.5 %"),
        (datetime.timedelta(hours=30, minutes=15), "[h]:mm", "30:15:00"),
    ],
)
def test_numbers_have_their_units(tmp_path: Path, value: Any, form: str, shown: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1"].number_format = value, form
    assert saved(book, tmp_path).pages[0].blocks[0].text == shown


def test_formulas_count_by_their_values_and_missing_ones_are_told(tmp_path: Path) -> None:
    file = str(tmp_path / "a.xlsx")
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Sums")
        sheet.write_row(0, 0, ["what", "crowns"])
        sheet.write_row(1, 0, ["ferry", 58])
        sheet.write(2, 0, "all")
        sheet.write_formula(2, 1, "=SUM(B2:B2)*2", value=116)
    read = read_xlsx(Path(file), Reading())
    assert "| all | 116 |" in read.pages[0].blocks[0].text
    assert read.warnings == ()
    again = openpyxl.Workbook()
    again.active.append(["a", "=1+1"])  # what scripts write: no value is stored
    assert saved(again, tmp_path).warnings[0].startswith("1 formulas have no stored value")


def test_a_long_table_is_cut_with_its_head(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Log")
    sheet.append(["day", "stage"])
    for n in range(60):
        sheet.append([n, n / 10])
    read = saved(book, tmp_path)
    assert [page.place for page in read.pages] == ["Log!A1:B26", "Log!A27:B51", "Log!A52:B61"]
    for page in read.pages:
        assert page.blocks[0].text.startswith("| day | stage |\n")
        assert page.blocks[0].text.count("\n") <= ROWS_PER_PLACE + 1
    assert "| 59 | 5.9 |" in read.pages[2].blocks[0].text


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B300000"] = "near", "far"
    read = saved(book, tmp_path)
    assert [(page.place, page.blocks[0].text) for page in read.pages] == [
        ("Sheet!A1", "near"),
        ("Sheet!B300000", "far"),
    ]


CELLS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="|\\="), max_size=8)


@settings(max_examples=30)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_no_text_is_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    read = saved(book, tmp_path_factory.mktemp("x"))
    whole = "\n".join(block.text for page in read.pages for block in page.blocks)
    assert all(paragraph(cell) in whole for row in rows for cell in row if not cell.startswith("#"))


def test_what_is_no_workbook(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        read_xlsx(file, Reading())
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("other.xml", "<a/>")
    with pytest.raises(ReadError) as raised:
        read_xlsx(file, Reading())
    assert raised.value.kind == "damaged"
