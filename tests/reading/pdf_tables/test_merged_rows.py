"""Rows that the table finder took for one are parted by their figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.pdf_tables.merged_rows import with_rows_parted
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.tables.cells import Cell

WIDTH, LINE = 100.0, 12.0
Lines = dict[int, str]  # what a cell says, by the number of the line on which that stands


def rows_of(*columns: Lines, heads: int = 0) -> list[list[str]]:
    """The rows of one that the finder saw, below it another; each of both holds three lines."""
    cells: list[Cell] = []
    runs: list[Piece] = []
    for column, lines in enumerate(columns):
        left = column * WIDTH
        box = (left, 0.0, left + WIDTH, 3 * LINE)
        cells.append(Cell(0, column, 1, 1, " ".join(lines[at] for at in sorted(lines)), box))
        cells.append(Cell(1, column, 1, 1, "last", (left, 3 * LINE, left + WIDTH, 6 * LINE)))
        runs += [
            Piece(text, (left + 5, at * LINE + 1, left + 60, at * LINE + 11)) for at, text in reversed(lines.items())
        ]
    read = with_rows_parted(cells, heads, runs)
    grid = [[""] * len(columns) for _ in range(max(cell.row for cell in read) + 1)]
    for cell in read:
        grid[cell.row][cell.column] = cell.text
    assert grid.pop() == ["last"] * len(columns)
    return grid


def test_each_line_of_figures_with_a_label_is_a_row() -> None:
    dates, labels = {0: "3 May", 2: "4 May"}, {0: "Withdrawal at", 1: "the station", 2: "Salary"}
    assert rows_of(dates, labels, {0: "30.00"}, {2: "2,575.00"}, {0: "39,925.50", 2: "42,500.50"}) == [
        ["3 May", "Withdrawal at the station", "30.00", "", "39,925.50"],
        ["4 May", "Salary", "", "2,575.00", "42,500.50"],
    ]


def test_figures_beside_the_ends_of_their_labels_take_what_stands_above() -> None:
    labels = {0: "Statements of income for", 1: "the three months", 2: "Balance sheets"}
    assert rows_of(labels, {1: "3", 2: "4"}) == [
        ["Statements of income for the three months", "3"],
        ["Balance sheets", "4"],
    ]


@pytest.mark.parametrize(
    "columns",
    [
        ({0: "Provision for", 1: "losses"}, {0: "79"}),  # a label of two lines
        ({0: "Income", 1: "per head"}, {0: "0.35", 1: "(0.02)"}),  # its standard error
        ({0: "Income"}, {0: "0.35", 1: "0.02"}),  # the second has no label
        ({0: "Opened", 1: "closed"}, {0: "2019", 1: "2023"}),  # years
        ({0: "Sizes", 1: "and more"}, {0: "40", 1: "or less"}),  # a text that begins with a figure
    ],
)
def test_what_is_one_row_stays_one(columns: tuple[Lines, ...]) -> None:
    assert rows_of(*columns) == [[" ".join(lines.values()) for lines in columns]]


def test_heads_stay_as_they_are() -> None:
    assert rows_of({0: "Age", 1: "Sex"}, {0: "15", 1: "20"}, heads=1) == [["Age Sex", "15 20"]]


def test_a_cell_that_says_otherwise_than_the_page_is_left() -> None:
    cells = [
        Cell(0, 0, 1, 1, "Rent Heat", (0, 0, 100, 24)),
        Cell(0, 1, 1, 1, "8 9", (100, 0, 200, 24)),
    ]
    runs = [Piece(text, (x, y, x + 40, y + 10)) for text, x, y in (("Rent", 5, 1), ("8", 105, 1), ("9", 105, 13))]
    assert with_rows_parted(cells, 0, runs) == cells


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["8", "9.50", "(3)", "rent", "heat"])), max_size=8))
def test_nothing_is_lost(said: list[tuple[int, str]]) -> None:
    columns: list[Lines] = [{}, {}, {}]
    for number, (at, text) in enumerate(said):
        columns[number % 3][at] = text
    rows = rows_of(*columns)
    assert [sorted(" ".join(column).split()) for column in zip(*rows, strict=True)] == [
        sorted(lines.values()) for lines in columns
    ]
