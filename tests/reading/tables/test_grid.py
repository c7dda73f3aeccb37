"""Heads of several rows, titles over a table, and what stands in each place."""

from itertools import takewhile

import pytest

from ragcli.reading.tables.cells import Cell
from ragcli.reading.tables.grid import head_rows, spread_out, without_title


def cells_of(*lines: str) -> list[Cell]:
    """Cells written as `Region, 2021, <`: `<` belongs to the cell on its left, `^` to that above it."""
    rows = [[text.strip() for text in line.split(",")] for line in lines]
    return [
        Cell(
            at,
            column,
            1 + len(list(takewhile("^".__eq__, (below[column] for below in rows[at + 1 :])))),
            1 + len(list(takewhile("<".__eq__, row[column + 1 :]))),
            text,
        )
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        if text not in ("<", "^")
    ]


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (("Site, 2020, 2021", "Orn, 1, 2", "Ay, 3, 4"), 1),
        (("Region, 2021, <, 2022, <", "^, Q3, Q4, Q3, Q4", "North, 1, 2, 3, 4"), 2),
        (("Region, 2021, <", "^, 1, 2", "North, 1, 2"), 2),  # weeks: the head of the labels reaches down
        ((", News, <, Forum, <", "Model, mean, sd, mean, sd", "Large, 1, 2, 3, 4"), 2),
        (("£m, , 2021, , , 2022, ", ", , Q3, Q4, , Q3, Q4", "Sales, , 1, 2, , 3, 4"), 2),
        ((", 2021, , 2022, ", "Region, Q3, Q4, Q3, Q4", "North, 1, 2, 3, 4"), 2),
        (("Site, 2020, 2021", ", GWh, GWh", "Orn, 1, 2"), 2),
        (("Area, <, Sales, <", "Land, Town, 2021, 2022", "A, Orn, 1, 2", "B, Ay, 3, 4"), 2),
        (("Name, <, Age", "Ann, Lee, 34", "Bo, Cox, 41"), 1),  # a name in two cells, and nothing to part
        (("Field, <, Meaning, <", "day, <, when it opened, <", "m, <, its level, <"), 1),  # as wide: nothing is parted
        (("Firms, <, <", "by changes, <, <", "Oar, 1, 2", "Mast, 3, 4"), 2),
        (("Name, <, Town", "Ann, Lee, Orn", "Bo, Cox, Ay"), 1),
        (("Customer, Order, Sum", "Abel, O-1, 100", ", O-2, 250"), 1),
        (("Customer, Order, Sum", ", O-2, 250", "Abel, O-1, 100"), 1),
        (("2021, <, 2022, <", "1, 2, 3, 4", "5, 6, 7, 8"), 1),
        (("a, b", "c, d"), 1),
        (("Voltage, 230 V", "Power, 1.2 kW"), 0),
        (("Name:, Ada Prewett", "Born:, 1850"), 0),
        (("Make:, Piper, Seats:, 4", "Model:, PA-22, Engines:, 1", "Owner:, Orle, ,"), 0),
        (("The pilot, , ", "Age:, 85, Male", "Rating:, None, "), 0),
        (("Topic, " + "A study of the reeds " * 5, "Site, Orn"), 0),
        (("Topic, What is studied", "Site, " + "The reeds at the lock " * 5), 1),
        (("Item:, Price:, Sum:", "Bolts:, 2, 4", "Nuts:, 1, 3"), 1),  # a head of labels
        ((", 2021", "Rent, 12"), 1),
        (("Town, 2021", "Orn, 12"), 1),
    ],
)
def test_the_rows_of_a_head(rows: tuple[str, ...], heads: int) -> None:
    assert head_rows(cells_of(*rows)) == heads


def test_what_spans_speaks_in_each_row_and_over_each_column_that_the_head_parts() -> None:
    merged = cells_of("Region, 2021, <, 2022, <", "^, Q3, Q4, Q3, Q4", "North, 1, <, 3, 4", "^, 5, 6, 7, 8")
    assert spread_out(merged, 2) == [
        ["Region", "2021", "2021", "2022", "2022"],
        ["Region", "Q3", "Q4", "Q3", "Q4"],
        ["North", "1", "", "3", "4"],
        ["North", "5", "6", "7", "8"],
    ]
    gaps = cells_of("£m, , 2021, , , 2022, ", ", , Q3, Q4, , Q3, Q4", "Sales, , 1, 2, , 3, 4")
    assert spread_out(gaps, 2)[0] == ["£m", "", "2021", "2021", "", "2022", "2022"]


def test_a_line_over_all_columns_is_a_title_where_heads_follow() -> None:
    title, cells = without_title(cells_of("Staff in 2023, <, <", "Site, Women, Men", "Orn, 3, 4"))
    assert (title, spread_out(cells, 1)[0]) == ("Staff in 2023", ["Site", "Women", "Men"])
    for rows in (("Ada Prewett, <", "Born, 1850", "Died, 1921"), ("Sums, <, <", "Orn, 3, 4", "Ay, 5, 6")):
        assert without_title(cells_of(*rows))[0] == ""
