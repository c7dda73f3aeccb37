"""What is named once, in the first of its rows, is named in all of them; a sum without a label stays without."""

from collections.abc import Sequence

from ragcli.reading.tables.cells import Cell, without_leaders
from ragcli.reading.tables.keyed import with_names_in_each_row


def table(*rows: Sequence[str]) -> list[Cell]:
    return [Cell(row, column, 1, 1, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]


def texts(cells: Sequence[Cell]) -> list[list[str]]:
    said = {(cell.row, cell.column): cell.text for cell in cells}
    rows = range(max(row for row, _ in said) + 1)
    return [[said.get((row, column), "") for column in range(3)] for row in rows]


HEAD = ("Name", "Year", "Salary")
PAID = (("Ada Moor", "2019", "50"), ("", "2018", "48"), ("Jan Dell", "2019", "60"), ("", "2018", "59"))


def test_a_name_is_said_in_each_of_its_rows() -> None:
    found = texts(with_names_in_each_row(table(HEAD, *PAID), 1))
    assert [row[0] for row in found] == ["Name", "Ada Moor", "Ada Moor", "Jan Dell", "Jan Dell"]
    assert [row[1:] for row in found] == [list(row[1:]) for row in (HEAD, *PAID)]


def test_a_name_over_two_rows_is_one() -> None:
    rows = (("Ada Moor", "", ""), ("Engineer", "2019", "50"), ("", "2018", "48"), *PAID[2:])
    found = texts(with_names_in_each_row(table(HEAD, *rows), 1))
    assert [row[0] for row in found] == ["Name", "", "Ada Moor Engineer", "Ada Moor Engineer", "Jan Dell", "Jan Dell"]


def test_a_sum_has_no_name_and_a_section_is_none() -> None:
    account = table(
        HEAD, ("Revenue", "", ""), ("Goods", "20", "19"), ("Fees", "4", "3"), ("", "24", "22"), ("Costs", "9", "8")
    )
    assert with_names_in_each_row(account, 1) == account
    once = table(HEAD, *PAID[:2])
    assert with_names_in_each_row(once, 1) == once


def test_leaders_are_of_no_cell() -> None:
    assert without_leaders("Revenue . . . . . .") == without_leaders("Revenue......") == "Revenue"
    assert without_leaders(". . . $446,980") == "$446,980"
    assert without_leaders(". . . . .") == ""
    for text in ("etc.", ".5", "and so on ...", "3. Costs", "Fees . . . 12"):
        assert without_leaders(text) == text
