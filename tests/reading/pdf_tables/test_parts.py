"""Rows that the table finder parted, though no line does."""

import pytest

from ragcli.reading.pdf_tables.parts import in_ruled_rows, without_prose_beside
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.tables.cells import Cell
from ragcli.records import Box

LEFT, WIDTH, HEIGHT = 0.0, 100.0, 17.0
LOTS = [
    ["Lot", "Works", "Area"],
    ["1", "Head office", "4 850"],
    ["", "Recycling centres and", ""],
    ["2", "their stores", "1 320"],
    ["3", "Windows", "2 100"],
]


def rows_of(texts: list[list[str]], open_above: int, *, is_gridded: bool) -> list[list[str]]:
    """The rows of a table of which each line of text is one to the finder, and no line runs above the row `open_above`."""
    cells: list[Cell] = []
    runs: list[Piece] = []
    lines: list[Box] = []
    top = 0.0
    for row, members in enumerate(texts):
        height = 11.0 if row == open_above - 1 else HEIGHT
        if row != open_above:
            lines.append((LEFT, top, LEFT + 3 * WIDTH, top))
        for column, text in enumerate(members):
            left = LEFT + column * WIDTH
            cells.append(Cell(row, column, 1, 1, text, (left, top, left + WIDTH, top + height)))
            if text:
                start = top if row == open_above else top + 3
                runs.append(Piece(text, (left + 5, start, left + 50, start + 10)))
        top += height
    if is_gridded:
        lines += [(LEFT + at * WIDTH, 0.0, LEFT + at * WIDTH, top) for at in range(4)]
    read = in_ruled_rows(cells, 1, (LEFT, 0.0, LEFT + 3 * WIDTH, top), runs, [*lines, (LEFT, top, 300.0, top)])
    grid = [[""] * 3 for _ in range(max(cell.row for cell in read) + 1)]
    for cell in read:
        grid[cell.row][cell.column] = cell.text
    return grid


def test_figures_at_the_foot_of_their_cells_have_the_label_from_its_first_line() -> None:
    assert rows_of(LOTS, 3, is_gridded=True) == [
        *LOTS[:2],
        ["2", "Recycling centres and their stores", "1 320"],
        LOTS[4],
    ]


def test_figures_at_the_top_of_their_cells_have_the_label_to_its_last_line() -> None:
    top = [*LOTS[:2], ["2", "Recycling centres and", "1 320"], ["", "their stores", ""], LOTS[4]]
    assert rows_of(top, 3, is_gridded=True)[2] == ["2", "Recycling centres and their stores", "1 320"]


@pytest.mark.parametrize(
    ("rows", "is_gridded"),
    [
        (LOTS, False),  # a group, and its first row
        ([*LOTS[:2], ["", "Weir", "97"], ["2", "Mill", "1 320"], LOTS[4]], True),  # two rows of figures
    ],
)
def test_other_rows_of_figures_stay_two(rows: list[list[str]], is_gridded: bool) -> None:
    assert rows_of(rows, 3, is_gridded=is_gridded) == rows


BESIDE = [
    ["Investment Banking revenues up 56%:", "($ millions)", "3Q 2024"],
    ["• Equity underwriting revenues increased, driven", "Banking", "$1,463"],
    ["by higher IPOs, follow-ons and blocks.", "Advisory", "$546"],
    ["• Fixed income underwriting revenues increased significantly", "Equity", "$362"],
    ["from a year ago.", "Fixed income", "$555"],
]


def cells_of(texts: list[list[str]]) -> list[Cell]:
    return [
        Cell(row, column, 1, 1, text, (100.0 * column, 12.0 * row, 100.0 * column + 100, 12.0 * row + 12))
        for row, members in enumerate(texts)
        for column, text in enumerate(members)
    ]


def test_a_text_beside_a_table_is_none_of_its_columns() -> None:
    found = without_prose_beside(cells_of(BESIDE), (0.0, 0.0, 300.0, 60.0))
    assert found is not None
    cells, box = found
    assert box == (100.0, 0.0, 300.0, 60.0)
    assert [(cell.row, cell.column, cell.text) for cell in cells[:2]] == [(0, 0, "($ millions)"), (0, 1, "3Q 2024")]
    assert len(cells) == 2 * len(BESIDE)


@pytest.mark.parametrize(
    ("rows", "change"),
    [
        ((2, 4), {0: "By higher IPOs, follow-ons and blocks."}),  # sentences of their own: descriptions of rows
        ((2, 4), {1: ""}),  # what a label of several lines goes on in
        ((2, 4), {2: "see below"}),  # words, and no figures
        ((4,), {0: "The year."}),  # once
    ],
)
def test_long_labels_are_a_column(rows: tuple[int, ...], change: dict[int, str]) -> None:
    texts = [[change.get(column, text) if row in rows else text for column, text in enumerate(said)]
             for row, said in enumerate(BESIDE)]  # fmt: skip
    assert without_prose_beside(cells_of(texts), (0.0, 0.0, 300.0, 60.0)) is None
