"""Names of groups are rows: not of the head below which they stand, nor in a column of figures over which they are set."""

from collections.abc import Sequence

import pytest

from ragcli.reading.pdf_tables.groups import count_heads, with_groups_over_all
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.tables.cells import Cell

BOLD, PLAIN = ("bold", None), ("plain", None)
SIDES = ((20, 100), (100, 150), (150, 200))


def cell(row: int, column: int, text: str, look: object = PLAIN, columns: int = 1) -> Cell:
    left, right = SIDES[column][0], SIDES[column + columns - 1][1]
    return Cell(row, column, 1, columns, text, (left, 12.0 * row, right, 12.0 * row + 12), look)


def line(row: int, *texts: str, look: object = PLAIN) -> list[Cell]:
    return [cell(row, column, text, look) for column, text in enumerate(texts) if text]


def pieces(*sides: tuple[float, float, int]) -> list[Piece]:
    return [Piece("name", (left, 12.0 * row + 1, right, 12.0 * row + 10)) for left, right, row in sides]


HEAD = line(0, "Land", "2021", "2022", look=BOLD)
ROWS = [*line(2, "France", "41", "43"), *line(3, "Spain", "40", "17"), *line(5, "Japan", "3", "5")]


@pytest.mark.parametrize("second", [[(20, 60, 1), (20, 50, 4)], [(95, 125, 1), (90, 130, 4)]])
def test_names_that_stand_in_one_place_are_no_heads(second: Sequence[tuple[float, float, int]]) -> None:
    column = 0 if second[0][0] == 20 else 1
    cells = [*HEAD, cell(1, column, "Europe", BOLD), cell(4, column, "Asia", BOLD), *ROWS]
    assert count_heads(cells, 2, pieces(*second)) == 1
    found = [one for one in with_groups_over_all(cells, 1, pieces(*second)) if one.row in (1, 4)]
    assert [(one.column, one.columns) for one in found] == [(0, 3 if column else 1)] * 2


def test_a_name_over_the_whole_table_is_no_head() -> None:
    assert count_heads([*HEAD, cell(1, 0, "Europe", BOLD, 3), *ROWS], 2, []) == 1


def test_a_unit_below_heads_and_the_rest_of_one_are_heads() -> None:
    unit = [*HEAD, cell(1, 1, "(in tons)", BOLD), *ROWS]
    assert count_heads(unit, 2, pieces((100, 140, 1))) == 2
    rest = [*HEAD, cell(1, 0, "or region", BOLD), cell(4, 0, "overseas", BOLD), *ROWS]
    assert count_heads(rest, 2, pieces((20, 60, 1), (20, 60, 4))) == 2


def test_a_row_without_figures_that_looks_as_the_rows_do_is_no_head() -> None:
    empty = line(1, "Malta", "n/a", "–")
    assert count_heads([*HEAD, *empty, *ROWS], 2, []) == 1
    assert count_heads([*HEAD, *line(1, "Country", "n/a", "–", look=BOLD), *ROWS], 2, []) == 2


def test_what_stands_below_a_head_over_columns_is_a_head_in_any_letters() -> None:
    head = [cell(0, 1, "Tons", BOLD, 2), *line(1, "Land", "early", "late")]
    assert count_heads([*head, *ROWS], 2, []) == 2


def test_a_row_of_a_label_and_figures_below_a_full_head_is_none() -> None:
    rows = [*line(1, "Ada Moor", "2019", "4,067,526"), *line(2, "Jan Dell", "2019", "2,457,750", look=BOLD)]
    assert count_heads([*line(0, "Name", "Year", "Value", look=BOLD), *rows], 2, []) == 1


def test_amounts_below_heads_that_span_columns_are_none() -> None:
    above = [cell(0, 0, "Account", BOLD), cell(0, 1, "Payment", BOLD, 2)]
    amounts = [*line(1, "Previous", "$482.42", "-€35"), *line(2, "Cash", "$0", "$25")]
    assert count_heads([*above, *amounts], 2, []) == 1
    ages = [*line(1, "Age", "15", "20"), *line(2, "Girls", "3", "5")]
    assert count_heads([*above, *ages], 2, []) == 2
