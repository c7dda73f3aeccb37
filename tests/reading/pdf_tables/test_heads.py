"""Heads over several columns, as pieces and lines show them; rows that the finder left out, and prose that it took in."""

import pytest

from ragcli.reading.pdf_tables.heads import begins_with_data, has_head_of_periods, with_heads
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.pdf_tables.tops import rows_above, without_prose
from ragcli.reading.tables.cells import Cell

SIDES = ((20, 100), (100, 150), (150, 200))


def cell(row: int, column: int, text: str) -> Cell:
    left, right = SIDES[column]
    return Cell(row, column, 1, 1, text, (left, 12.0 * row, right, 12.0 * row + 12))


def cells(*rows: tuple[str, ...], first: int = 0) -> list[Cell]:
    return [cell(row, column, text) for row, texts in enumerate(rows, first) for column, text in enumerate(texts)]


def piece(text: str, left: float, right: float, row: int) -> Piece:
    return Piece(text, (left, 12.0 * row + 1, right, 12.0 * row + 10))


def heads(cells: list[Cell]) -> list[tuple[int, int, int, str]]:
    return [(cell.row, cell.column, cell.columns, cell.text) for cell in cells if cell.text]


LINES = (("For the", 140, 160, 1), ("Years Ended", 130, 170, 4), ("December 31,", 128, 172, 7))
ACCOUNT = cells(("", "December", "31,"), ("", "2022", "2021"), ("Patents", "426", "513"))


def test_a_head_that_the_finder_cut_is_one_over_its_columns() -> None:
    found, count = with_heads(ACCOUNT, 2, [piece("December 31,", 120, 180, 0)], [])
    assert heads(found)[0] == (0, 1, 2, "December 31,")
    assert count == 2


def test_a_head_of_several_lines_that_was_cut_is_one_too() -> None:
    cut = cells(("", "For Years December", "the Ended 31,"), ("", "2022", "2021"), ("Patents", "426", "513"))
    lines = [Piece(text, (left, top, right, top + 3)) for text, left, right, top in LINES]
    assert heads(with_heads(cut, 2, lines, [])[0])[0] == (0, 1, 2, "For the Years Ended December 31,")
    beside = [*lines, Piece("Note", (110, 10, 120, 12))]
    assert len(heads(with_heads(cut, 2, beside, [])[0])) == len(heads(cut))


def test_a_year_that_was_cut_is_one_and_dots_are_no_head() -> None:
    cut = cells(("", "20", "18"), ("", "Low", "High"), ("First quarter", "5.99", "8.40"))
    assert heads(with_heads(cut, 2, [piece("2018", 140, 160, 0)], [])[0])[0] == (0, 1, 2, "2018")
    dots = cells(("", "…", "…"), ("", "Low", "High"), ("First quarter", "5.99", "8.40"))
    assert heads(with_heads(dots, 2, [piece("… …", 140, 160, 0)], [])[0])[:2] == [(0, 1, 1, "…"), (0, 2, 1, "…")]


def test_a_head_ends_in_a_column_that_begins_behind_it() -> None:
    cut = [cell(0, 1, "December"), Cell(0, 2, 1, 1, "31,", (165, 0, 200, 12)), *ACCOUNT[3:]]
    assert heads(with_heads(cut, 2, [piece("December 31,", 110, 160, 0)], [])[0])[0] == (0, 1, 2, "December 31,")
    other = [cut[0], Cell(0, 2, 1, 1, "Note", (165, 0, 200, 12)), *ACCOUNT[3:]]
    assert heads(with_heads(other, 2, [piece("December", 110, 160, 0)], [])[0])[0] == (0, 1, 1, "December")


def test_two_heads_that_were_drawn_apart_stay_two() -> None:
    found, _ = with_heads(ACCOUNT, 2, [piece("December", 110, 140, 0), piece("31,", 160, 170, 0)], [])
    assert [text for *_, text in heads(found)][:2] == ["December", "31,"]


def test_a_head_reaches_as_far_as_the_line_below_it() -> None:
    account = cells(("", "Years ended", ""), ("", "2022", "2021"), ("Patents", "426", "513"))
    found, _ = with_heads(account, 2, [], [(105.0, 12.0, 150.0, 12.5), (150.5, 12.0, 198.0, 12.5)])
    assert heads(found)[0] == (0, 1, 2, "Years ended")
    apart, _ = with_heads(account, 2, [], [(105.0, 12.0, 145.0, 12.5), (155.0, 12.0, 198.0, 12.5)])
    assert heads(apart)[0] == (0, 1, 1, "Years ended")


def test_a_head_ends_where_an_upright_line_does_though_the_line_below_runs_through() -> None:
    account = cells(("", "2023", "2024"), ("Heading", "Budget", "Actual"), ("Rent", "426", "513"))
    below = (20.0, 12.0, 200.0, 12.5)
    ruled = [below, *((x, 0.0, x + 0.5, 36.0) for x in (20.0, 100.0, 150.0, 200.0))]
    assert heads(with_heads(account, 2, [], ruled)[0])[0] == (0, 1, 1, "2023")
    assert heads(with_heads(account, 2, [], [below])[0])[0] == (0, 0, 2, "2023")


def test_rows_without_a_label_below_a_head_are_of_it() -> None:
    account = cells(("", "Year 2018", ""), ("", "", "Europe"), ("", "Asia", "Africa"), ("Sales", "12", "10"))
    assert with_heads(account, 1, [], [])[1] == 3
    units = cells(("", "December 31,", ""), ("(Millions)", "2018", "Change"), ("Sales", "12", "10"))
    assert with_heads(units, 1, [], [])[1] == 2
    items = cells(("", "Duty", "Who"), ("(a)", "Locks", "Odile"), ("(b)", "Keys", "Jan"))
    assert with_heads(items, 1, [], [])[1] == 1
    sums = cells(("", "2018", "2017"), ("", "12", "10"), ("Sales", "12", "10"))
    assert with_heads(sums, 1, [], [])[1] == 1


def test_a_label_and_amounts_are_no_head_and_years_are() -> None:
    assert begins_with_data(cells(("Basic", "($7.15)", "($20.88)"), ("Diluted", "1", "2")))
    assert not begins_with_data(cells(("(Millions)", "2018*", "2017"), ("Sales", "1", "2")))
    assert not begins_with_data(cells(("Part", "Page", "3"), ("Index", "1", "2")))
    assert not begins_with_data(cells(("", "Year ended December", "31,"), ("", "2022", "2021")))


def test_the_rows_and_the_head_above_a_table_without_one_are_taken_back() -> None:
    drawn = [
        *(piece("The annual account of the mill", 60, 170, 0), piece("(In millions)", 21, 60, 1)),
        *(piece("Years", 21, 50, 2), piece("2022", 130, 149, 2), piece("2021", 180, 199, 2)),
        *(piece("Sales of products", 21, 90, 3), piece("$", 110, 114, 3), piece("55", 138, 149, 3)),
        *(piece("51", 188, 199, 3), piece("Costs:", 21, 60, 4), piece("Unpaid, net of a tax of", 21, 95, 5)),
        *(piece("($7)", 24, 60, 6), piece("9", 145, 149, 6), piece("8", 195, 199, 6)),
    ]
    above, start = rows_above(cells(("Total", "64", "59"), first=7), 84.0, drawn)
    assert [(cell.row, cell.text) for cell in above] == [
        *((0, "Years"), (0, "2022"), (0, "2021"), (1, "Sales of products"), (1, "$ 55"), (1, "51")),
        *((2, "Costs:"), (3, "Unpaid, net of a tax of ($7)"), (3, "9"), (3, "8")),
    ]
    assert start == 25.0


def test_prose_and_what_white_parts_is_not_taken() -> None:
    table = cells(("Total", "64", "59"), first=7)
    assert rows_above(table, 84.0, [piece("This is a sentence over all of the columns", 21, 190, 6)]) == ([], 84.0)
    assert rows_above(table, 84.0, [piece("Owner", 21, 60, 3), piece("7", 145, 149, 3)]) == ([], 84.0)


SENTENCES = [
    "Fees are paid by transfer to the account that is named at the foot of this page,",
    "with the number of the member, which the union gives to everybody who joins it.",
]


def test_sentences_that_run_over_columns_are_no_rows_at_the_top_and_the_end() -> None:
    rows = [
        ("Fees are", "paid by", "transfer"),
        ("with the", "number", "of it"),
        ("Weir", "12", "3"),
        ("Lock", "7", "9"),
    ]
    drawn = [piece(text, 21, 195, row) for row, text in enumerate(SENTENCES)]
    table = (20.0, 0.0, 200.0, 48.0)
    kept, box, gone = without_prose(cells(*rows), table, drawn)
    assert heads(kept) == [(n, m, 1, text) for n, row in enumerate(rows[2:]) for m, text in enumerate(row)]
    assert (box, gone) == ((20.0, 24.0, 200.0, 48.0), 2)
    below = [piece(text, 21, 195, row) for row, text in enumerate(SENTENCES, 2)]
    kept, box, gone = without_prose(cells(*rows[2:], *rows[:2]), table, below)
    assert (len(kept), box, gone) == (6, (20.0, 0.0, 200.0, 24.0), 0)


def test_one_line_over_columns_and_texts_that_keep_to_them_stay() -> None:
    table = cells(("Fees are", "paid by", "transfer"), ("Weir", "12", "3"), ("Lock", "7", "9"))
    assert without_prose(table, (20.0, 0.0, 200.0, 36.0), [piece(SENTENCES[0], 21, 195, 0)])[0] == table
    apart = [piece(text * 2, left, left + 40, 0) for left, text in ((21, SENTENCES[0]), (105, SENTENCES[1]))]
    assert without_prose(table, (20.0, 0.0, 200.0, 36.0), apart)[0] == table


def test_a_line_above_the_frame_of_a_table_is_no_head() -> None:
    title = Cell(0, 0, 1, 2, "Council of 28 March", (20.0, 0.0, 150.0, 12.0))
    rest = cells(("Club", "President", "Members"), ("Judo", "Haddad", "112"), ("Choir", "Vial", "41"), first=1)
    table, box = [title, cell(0, 2, ""), *rest], (20.0, 0.0, 200.0, 48.0)
    frame = [(20.0, y, 200.0, y + 0.5) for y in (12.0, 24.0, 36.0, 48.0)]
    kept, below, gone = without_prose(table, box, [], frame)
    assert (heads(kept)[0], below, gone) == ((0, 0, 1, "Club"), (20.0, 12.0, 200.0, 48.0), 1)
    assert without_prose(table, box, [], [(20.0, 0.0, 200.0, 0.5), *frame])[2] == 0  # within the frame it is a head
    grouped = [cell(0, 0, ""), Cell(0, 1, 1, 2, "2024", (100.0, 0.0, 200.0, 12.0)), *rest]
    assert without_prose(grouped, box, [], frame)[2] == 0  # over a group of columns, and not over the labels


@pytest.mark.parametrize(
    "periods",
    [("3Q 2024", "3Q 2023"), ("2022", "2021"), ("March 31, 2023", "Dec. 31, 2022"), ("30 juin 2024", "30 juin 2023"),
     ("FY2024", "2025E")],
)  # fmt: skip
def test_times_above_figures_are_heads(periods: tuple[str, str]) -> None:
    assert has_head_of_periods(
        cells(("($ millions)", *periods), ("Revenue", "$7,270", "$6,404"), ("Fees", "41%", "(2)"))
    )


@pytest.mark.parametrize(
    "rows",
    [
        (("Founded", "2019", "2021"), ("Opened", "2020", "2022"), ("Closed", "2023", "2024")),  # times above times
        (("Revenue", "$2024", "$2023"), ("Fees", "41", "2"), ("Loans", "3", "4")),
        (("Total", "2024", "2024"), ("Fees", "41", "2"), ("Loans", "3", "4")),  # one time
        (("Area", "3Q 2024"), ("Fees", "41"), ("Loans", "3")),  # one column
    ],
)
def test_other_first_rows_are_none_of_times(rows: tuple[tuple[str, ...], ...]) -> None:
    assert not has_head_of_periods(cells(*rows))
