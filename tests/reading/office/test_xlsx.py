"""Workbooks: values as people write them, and ranges that lead back to the cells."""

import datetime
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill

from ragcli.errors import ReadError
from ragcli.reading.office.sheets import ROWS_PER_PLACE
from ragcli.reading.office.xlsx import read_xlsx
from ragcli.reading.text import paragraph
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
        ("heading", "Costs"),
        ("heading", "Costs of the gauges"),
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


def test_rows_that_are_two_high_as_their_labels_are_merged_are_one_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, texts in ((1, ("Field", "Meaning")), (3, ("day", "when the gate was opened")), (5, ("m", "its level"))):
        sheet.cell(row, 1, texts[0])
        sheet.cell(row, 3, texts[1])
        for left, right in (("A", "B"), ("C", "F")):  # both columns are wide and two high, and those of the head too
            sheet.merge_cells(f"{left}{row}:{right}{row + 1}")
    sheet["A9"], sheet["B9"] = "Gate", "Opened"  # below two rows that are empty
    sheet["A10"], sheet["B10"] = "Lower", 3
    read = saved(book, tmp_path)
    assert [page.place for page in read.pages] == ["Sheet!A1:C5", "Sheet!A9:B10"]
    assert read.pages[0].blocks[-1].text == (
        "| Field | Meaning |\n| --- | --- |\n| day | when the gate was opened |\n| m | its level |"
    )


def test_formulas_count_by_their_values_and_missing_ones_are_told(tmp_path: Path) -> None:
    file = str(tmp_path / "a.xlsx")
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Sums")
        sheet.write_row(0, 0, ["what", "crowns"])
        sheet.write_row(1, 0, ["ferry", 58])
        sheet.write(2, 0, "all")
        sheet.write_formula(2, 1, "=SUM(B2:B2)*2", value=116)
    read = read_xlsx(Path(file), Reading())
    assert "| all | 116 |" in read.pages[0].blocks[-1].text
    assert read.warnings == ()
    again = openpyxl.Workbook()
    again.active.append(["a", "=1+1"])  # what scripts write: no value is stored
    assert saved(again, tmp_path).warnings[0].startswith("1 formula without a stored value")


def test_a_long_table_is_cut_with_its_head(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Log")
    sheet.append(["day", "stage"])
    for n in range(60):
        sheet.append([n, n / 10])
    read = saved(book, tmp_path)
    assert [page.place for page in read.pages] == ["Log!A1:B26", "Log!A27:B51", "Log!A52:B61"]
    for page in read.pages:
        assert page.blocks[-1].text.startswith("| day | stage |\n")
        assert page.blocks[-1].text.count("\n") <= ROWS_PER_PLACE + 1
    assert "| 59 | 5.9 |" in read.pages[2].blocks[-1].text


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B300000"] = "near", "far"
    read = saved(book, tmp_path)
    assert [(page.place, page.blocks[0].text) for page in read.pages] == [
        ("Sheet!A1", "near"),
        ("Sheet!B300000", "far"),
    ]


def sheet_of(tmp_path: Path, rows: Sequence[Sequence[Any]], name: str = "Sheet") -> Document:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return saved(book, tmp_path)


def test_a_table_goes_on_below_an_empty_row_when_what_follows_has_its_columns_and_no_head(tmp_path: Path) -> None:
    sections: list[list[Any]] = [
        ["Assets"],
        ["Plant", 10, 12],
        [],
        ["Debts"],
        ["Loans", 7, 8],
        [],
        ["Town", "people", "dogs"],
        ["Orn", 900, 40],
    ]
    sheet = sheet_of(tmp_path, [["Marrec Water"], [], [None, 2022, 2021], [], *sections])
    first, second = sheet.pages
    assert (first.place, second.place) == ("Sheet!A1:C9", "Sheet!A11:C12")
    heading, table = first.blocks
    assert (heading.kind, heading.text) == ("heading", "Marrec Water")
    assert table.text.split("\n") == [
        "|  | 2022 | 2021 |", "| --- | --- | --- |", "| Assets |  |  |", "| Plant | 10 | 12 |", "| Debts |  |  |",
        "| Loans | 7 | 8 |",
    ]  # fmt: skip
    # The heading of the one is not that of the other.
    assert [block.text.split("\n")[0] for block in second.blocks] == ["Sheet", "| Town | people | dogs |"]


def test_tables_beside_each_other_are_two_but_a_column_set_off_is_none(tmp_path: Path) -> None:
    both: list[list[Any]] = [
        ["Sales", None, None, "Staff"],
        ["Region", "Q1", None, "Region", "women"],
        ["North", 1, None, "East", 2],
    ]
    one, other = sheet_of(tmp_path, both).pages
    assert [(page.place, page.blocks[0].text) for page in (one, other)] == [
        ("Sheet!A1:B3", "Sales"),
        ("Sheet!D1:E3", "Staff"),
    ]
    assert other.blocks[1].text == "| Region | women |\n| --- | --- |\n| East | 2 |"
    set_off: list[list[Any]] = [
        ["Name", "Pay", None, "Remark", "By"],
        ["Ada", 1, None, "late", "Bo"],
        ["Cy", 2, None, "ill", "Bo"],
    ]
    (whole,) = sheet_of(tmp_path, set_off).pages
    assert "| Ada | 1 | late | Bo |" in whole.blocks[0].text


def test_a_table_of_numbered_rows_beside_another_has_its_own_head_lower_down(tmp_path: Path) -> None:
    lower: list[list[Any]] = [
        ["Month", "Flow"],
        ["May", 7, None, "Weir", "Height"],
        ["June", 9, None, 1, 2.5],
        ["July", 4, None, 2, 3.5],
    ]
    one, other = sheet_of(tmp_path, lower).pages
    assert [page.place for page in (one, other)] == ["Sheet!A1:B4", "Sheet!D2:E4"]
    assert other.blocks[-1].text == "| Weir | Height |\n| --- | --- |\n| 1 | 2.5 |\n| 2 | 3.5 |"
    level: list[list[Any]] = [["Month", "Flow", None, "Rain", "Snow"], ["May", 7, None, 1, 2], ["June", 9, None, 2, 3]]
    (whole,) = sheet_of(tmp_path, level).pages
    assert "| May | 7 | 1 | 2 |" in whole.blocks[0].text


def test_a_lone_head_over_figures_is_no_title(tmp_path: Path) -> None:
    (page,) = sheet_of(tmp_path, [[None, "Budget"], ["Rent", 1200], ["Power", 340]]).pages
    assert page.blocks[0].text.startswith("|  | Budget |\n")


def test_a_wide_table_is_cut_with_its_labels_and_too_wide_a_sheet_is_told(tmp_path: Path) -> None:
    wide = sheet_of(tmp_path, [["site", *(f"d{n}" for n in range(1, 1201))], ["Orn", *range(1, 1201)]])
    assert wide.pages[1].place == "Sheet!Z1:AW2"
    assert wide.pages[1].blocks[0].text.startswith("| site | d25 | d26 |")
    assert all("| Orn | " in page.blocks[-1].text for page in wide.pages[:-1])
    assert wide.pages[-1].problem == "only the first 1000 columns were read"


def test_sheets_are_told_apart_by_their_names(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "2021"
    for sheet in (book.active, book.create_sheet("2022")):
        sheet.append(["Branch", "Staff"])
        sheet.append(["Bath", 14])
    headings = [page.blocks[0] for page in saved(book, tmp_path).pages]
    assert [(block.kind, block.text) for block in headings] == [("heading", "2021"), ("heading", "2022")]


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


def test_a_workbook_with_a_damaged_look_is_read_with_its_days_and_units(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Day", "Price"], [datetime.date(2023, 5, 17), 4870.5]):
        book.active.append(row)
    book.active["B2"].number_format = '#,##0.00 "EUR"'
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as own, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in own.namelist():
            content = own.read(name)
            if name == "xl/styles.xml":  # as some programs write them: a fill of nothing, a family of fonts unheard of
                assert b"<fills" in content
                assert b'<family val="2"' in content
                content = re.sub(rb"<fill>.*?</fill>", b"<fill/>", content).replace(
                    b'family val="2"', b'family val="99"'
                )
            copy.writestr(name, content)
    with pytest.raises((TypeError, ValueError)):
        openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert read_xlsx(tmp_path / "b.xlsx", Reading()).pages[0].blocks[-1].text.endswith("| 2023-05-17 | 4870.5 EUR |")


def with_sheet(folder: Path, sheet: str) -> Document:
    """The workbook whose only sheet is written so; it has the texts `Gauge` and `Marrec`, and a format for days."""
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        book.add_worksheet("Sheet").write_row(0, 0, ["Gauge", "Marrec"])
        book.get_worksheet_by_name("Sheet").write(1, 0, 7, book.add_format({"num_format": "yyyy-mm-dd"}))
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(folder / "a.xlsx") as own, zipfile.ZipFile(folder / "b.xlsx", "w") as copy:
        for name in own.namelist():
            written = f'<worksheet xmlns="{namespace}">{sheet}</worksheet>'
            copy.writestr(name, written if name == "xl/worksheets/sheet1.xml" else own.read(name))
    return read_xlsx(folder / "b.xlsx", Reading())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2"><v>inf</v></c>', "inf"),  # as a script writes it for what it could not divide
        ('<c r="B2"><v>4,5</v></c>', "4,5"),
        ('<c r="B2" t="b"><v>yes</v></c>', "yes"),
        ('<c r="B2" t="d"><v>last week</v></c>', "last week"),
        ('<c r="B2" s="1"><v>45000</v></c>', "2023-03-15"),
        ('<c r="B2" s="1"><v>45000000000</v></c>', "45000000000"),  # no such day
        ('<c r="B2" s="99"><v>45</v></c>', "45"),
        ('<c r="B2" s="x"><v>45</v></c>', "45"),
        ('<c r="Q?"><v>45</v></c>', "45"),
        ('<c r="ZZZ2"><v>45</v></c>', "45"),
    ],
)
def test_a_damaged_cell_costs_no_other(tmp_path: Path, cell: str, text: str) -> None:
    head = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    row = f'<row r="2"><c r="A2"><v>7</v></c>{cell}</row>'
    read = with_sheet(tmp_path, f"<sheetData>{head}{row}</sheetData>")
    (block,) = read.pages[0].blocks
    assert block.text.split("\n")[-1] == f"| 7 | {text} |"
    assert read.warnings == ()


def test_a_text_that_is_not_there_is_told(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>77</v></c><c r="C1" t="s"><v>x</v></c></row>'
    read = with_sheet(tmp_path, f"<sheetData>{row}</sheetData>")
    assert [block.text for block in read.pages[0].blocks] == ["Gauge"]
    assert read.warnings == ("2 cells with a text that the file lacks: Sheet!B1, Sheet!C1",)


@pytest.mark.parametrize("number", ["99999999999999999999", "-4", "x", "0", "1", "2.5", "1e9"])
def test_a_row_of_no_such_number_is_the_next_one(tmp_path: Path, number: str) -> None:
    rows = '<row r="1"><c><v>4</v></c><c><v>5</v></c></row>' + f'<row r="{number}"><c><v>6</v></c><c><v>7</v></c></row>'
    read = with_sheet(tmp_path, f"<sheetData>{rows}</sheetData>")
    assert read.pages[0].place == "Sheet!A1:B2"
    assert read.pages[0].blocks[0].text.endswith("| 6 | 7 |")


def test_what_a_sheet_says_beside_its_rows_may_be_wrong(tmp_path: Path) -> None:
    rows = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    for before, after in (
        ('<dimension ref="all"/>', ""),
        ("", '<mergeCells><mergeCell ref="here"/></mergeCells>'),
        ("", '<autoFilter ref="x"/><pageMargins left="wide"/><pageSetup paperSize="A4"/>'),
        ("", "<hyperlinks><hyperlink/></hyperlinks><cols/><sheetProtection/>"),
    ):
        assert [block.text for block in with_sheet(tmp_path, before + rows + after).pages[0].blocks] == ["Gauge"]


def test_of_a_sheet_that_is_cut_short_what_is_there_is_read(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    read = with_sheet(tmp_path, f"<sheetData>{row}<row")
    assert [block.text for block in read.pages[0].blocks] == ["| Gauge | Marrec |\n| --- | --- |"]
    assert read.warnings == ("repaired: the file is damaged, some of it may be missing: xl/worksheets/sheet1.xml",)


@pytest.mark.parametrize("wrong", [None, b"\0"])
def test_a_sheet_that_is_not_there_costs_itself_alone(tmp_path: Path, wrong: bytes | None) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Gauge", 7])
    book.create_sheet("Mill").append(["Marrec", 8])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as own, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in own.namelist():
            content = wrong if name == "xl/worksheets/sheet1.xml" else own.read(name)
            if content is not None:
                copy.writestr(name, content)
    mill, lost = read_xlsx(tmp_path / "b.xlsx", Reading()).pages
    assert (mill.place, mill.problem, lost.place, lost.problem) == (
        "Mill!A1:B1", None, "Sheet", "it is listed but missing",
    )  # fmt: skip


def test_of_a_workbook_without_its_texts_the_numbers_are_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["Gauge", 7])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as own, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in own.namelist():
            copy.writestr(name, b"" if name == "xl/sharedStrings.xml" else own.read(name))
    read = read_xlsx(tmp_path / "b.xlsx", Reading())
    assert [block.text for block in read.pages[0].blocks] == ["7"]
    assert read.warnings == (
        "repaired: the file is damaged, some of it may be missing: xl/sharedStrings.xml",
        "1 cell with a text that the file lacks: Sheet1!A1",
    )


def test_properties_that_are_none_cost_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["Gauge", 7])
        book.set_custom_property("Checked by", "Inès")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as own, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in own.namelist():
            copy.writestr(name, own.read(name).replace(b'name="Checked by"', b""))
    with pytest.raises(TypeError):
        openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert read_xlsx(tmp_path / "b.xlsx", Reading()).pages == read_xlsx(tmp_path / "a.xlsx", Reading()).pages


def test_labels_in_bold_or_on_a_shade_head_no_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    bold, shaded = book.active, book.create_sheet("Shaded")
    bold.title = "Bold"
    for sheet in (bold, shaded):
        for at, row in enumerate((("Project", "Weir"), ("Keeper", "Ada Prewett"), ("Status", "open")), start=1):
            sheet.append(row)
            if sheet is bold:
                sheet.cell(at, 1).font = Font(bold=True)
            else:
                sheet.cell(at, 1).fill = PatternFill("solid", fgColor="D9E2F3")
    for page in saved(book, tmp_path).pages:
        assert page.blocks[-1].text.split("\n")[0] == "|  |  |"
        assert page.blocks[-1].text.split("\n")[2] == "| Project | Weir |"


def test_labels_side_by_side_are_places_of_their_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for at, row in enumerate((("Project", "Weir", "Start", "May"), ("Keeper", "Ada", "End", "June")), start=1):
        sheet.append(row)
        for column in (1, 3):
            sheet.cell(at, column).font = Font(bold=True)
    assert [(page.place, page.blocks[-1].text.split("\n")[2:]) for page in saved(book, tmp_path).pages] == [
        ("Sheet!A1:B2", ["| Project | Weir |", "| Keeper | Ada |"]),
        ("Sheet!C1:D2", ["| Start | May |", "| End | June |"]),
    ]


def test_what_is_struck_out_is_left_out_and_parts_no_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Prices"
    for row in (["Part", "Price"], ["Bolt", 4], ["Nut", 3], ["Nut M5", 3], ["Nut M6", 3], ["Washer", 2], ["Cap", 9]):
        sheet.append(row)
    sheet["A9"] = "Valid until May"
    for place in ("A3", "B3", "A4", "B4", "A5", "B5", "B7", "A9"):
        sheet[place].font = Font(strike=True)
    read = saved(book, tmp_path)
    assert [(page.place, [block.text for block in page.blocks]) for page in read.pages] == [
        ("Prices!A1:B7", ["Prices", "| Part | Price |\n| --- | --- |\n| Bolt | 4 |\n| Washer | 2 |\n| Cap |  |"])
    ]
    assert read.warnings == ("8 struck out texts left out",)


def test_a_part_of_a_cell_that_is_struck_out_is_left_out(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet, struck = book.add_worksheet("Fees"), book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Boat", "Fee"])
        sheet.write(1, 0, "Alba")
        sheet.write_rich_string(1, 1, "The fee is ", struck, "five ", "six euros")
        sheet.write(2, 0, "Cora")
        sheet.write_rich_string(2, 1, struck, "two ", struck, "euros")
    read = read_xlsx(tmp_path / "a.xlsx", Reading())
    (page,) = read.pages
    assert page.blocks[-1].text == "| Boat | Fee |\n| --- | --- |\n| Alba | The fee is six euros |\n| Cora |  |"
    assert read.warnings == ("3 struck out texts left out",)


def test_a_look_of_a_part_that_is_none_costs_no_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as book:
        sheet, bold = book.add_worksheet("Fees"), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["Boat", "Fee"])
        sheet.write_row(1, 0, ["Alba", 310])
        sheet.write_rich_string(2, 0, "Cora ", bold, "and ", "Dora")
    with zipfile.ZipFile(tmp_path / "made.xlsx") as made, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as damaged:
        for name in made.namelist():
            part = made.read(name)
            damaged.writestr(
                name, part.replace(b"<b/>", b'<u val="perhaps"/>') if name.endswith("Strings.xml") else part
            )
    read = read_xlsx(tmp_path / "a.xlsx", Reading())
    assert read.pages[0].blocks[-1].text.endswith("| Alba | 310 |\n| Cora and Dora |  |")
