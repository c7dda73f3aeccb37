"""Rows of figures, with what a reader needs to understand one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.chunking.rows import FigureRow, figure_rows

STATEMENT = """ORLE MILLS, INC.

STATEMENTS OF INCOME (in thousands, except per share data)

Year Ended December 31,
2022  2021  2020
Flour sales  $  6,133 $  4,584 $  3,223
Total sales  7,301  5,854  4,795
Operating expenses:
Wages  (4,122)  (3,540)  (3,148)
Net income (loss)
$  1,693 $  1,168 $  (629)

See the notes to the financial statements, which are part of them.

2022 was a wet year: 31 days of rain.
Staff  12  14  15
"""


def rows_of(text: str) -> dict[str, FigureRow]:
    return {row.label: row for row in figure_rows(text)}


def test_a_printed_line_has_the_heads_the_title_and_the_unit_above_it() -> None:
    rows = rows_of(STATEMENT)
    title = "ORLE MILLS, INC. STATEMENTS OF INCOME (in thousands, except per share data), Year Ended December 31"
    assert rows["Total sales"].readable == f"{title}: Total sales; 2022: 7,301; 2021: 5,854; 2020: 4,795"
    assert rows["Net income (loss)"].cells == ("$ 1,693", "$ 1,168", "$ (629)")  # its label is on the line before
    assert rows["Net income (loss)"].heads == ("2022", "2021", "2020")


def test_a_group_speaks_in_the_row_right_below_it_alone_for_its_end_is_not_written() -> None:
    rows = rows_of(STATEMENT)
    assert rows["Wages"].group == "Operating expenses:"
    assert not rows["Net income (loss)"].group


def test_a_label_that_stands_twice_in_a_table_is_told_apart_by_the_groups() -> None:
    groups = ("Margin:", "Flour", "Oats", "Total margin"), ("Margin percentage:", "Flour", "Oats", "Total percentage")
    rows = "\n".join(f"| {label} | {'' if label.endswith(':') else 5} |" for group in groups for label in group)
    read = [(row.group, row.label) for row in figure_rows(f"|  | 2024 |\n| --- | --- |\n{rows}\n")]
    assert read == [
        ("Margin:", "Flour"),
        ("Margin:", "Oats"),
        ("", "Total margin"),
        ("Margin percentage:", "Flour"),
        ("Margin percentage:", "Oats"),
        ("", "Total percentage"),
    ]


def test_after_a_sentence_no_heads_are_known() -> None:
    assert (rows_of(STATEMENT)["Staff"].heads, rows_of(STATEMENT)["Staff"].above) == ((), ())


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ("Fiscal Years Ended  January 28, 2023  January 29, 2022", ("January 28, 2023", "January 29, 2022")),
        ("(dollars in millions) At December 31, 2022 2021", ("December 31, 2022", "2021")),
        ("31 décembre 2019  31 décembre 2018", ("31 décembre 2019", "31 décembre 2018")),
        ("31.12.2019  31.12.2018", ("31.12.2019", "31.12.2018")),
        ("FY2019  FY2018", ("FY2019", "FY2018")),
        ("December 1, 2017\nDecember 2, 2016", ("December 1, 2017", "December 2, 2016")),
        ("2022  Change", ("2022", "Change")),
        ("Mills  Shops", ("Mills", "Shops")),
        ("2022  2021  2020", ()),  # a figure lacks: whose it is can't be told
        ("Sales of 2022 compared with 2021", ()),
    ],
)
def test_heads_of_columns(heads: str, expected: tuple[str, ...]) -> None:
    assert rows_of(f"{heads}\nTotal sales  7,301  5,854\n")["Total sales"].heads == expected


def test_heads_that_are_not_told_apart_stand_above_as_they_are() -> None:
    row = rows_of("Results (in millions)\n2022  2021\nNet sales  $ 14,694  100.0 %  $ 14,544  100.0 %\n")["Net sales"]
    assert row.readable == "Results (in millions), 2022 2021: Net sales; $ 14,694; 100.0 %; $ 14,544; 100.0 %"


@pytest.mark.parametrize("between", ["Shops (in millions)", "Nord  Süd"])
def test_another_table_takes_no_heads_of_the_one_above(between: str) -> None:
    row = rows_of(f"2022  2021\nFlour  7,301  5,854\n{between}\nBread  120  130\n")["Bread"]
    assert not {"2022", "2021"} & {*row.heads, *row.above}


def test_a_year_in_a_row_is_no_figure_of_another_year() -> None:
    assert rows_of("2022  2021\nFlour  7,301  5,854\nMaturing in  2023  316\n")["Maturing in"].heads == ()


def test_french_figures_keep_the_spaces_between_their_thousands() -> None:
    head = "Compte de résultat (en milliers d'euros)\n\n2020  2019\n"
    rows = rows_of(f"{head}Ventes en ligne  12 450  9 310\nPart des ventes  38,5 %  31 %\n")
    assert rows["Ventes en ligne"].readable == (
        "Compte de résultat (en milliers d'euros): Ventes en ligne; 2020: 12 450; 2019: 9 310"
    )
    assert rows["Part des ventes"].cells == ("38,5 %", "31 %")


def test_a_paragraph_that_announces_a_table_is_no_title_of_it() -> None:
    announced = (
        "Those who publish what they collect must say under which of the licences that the law knows others may use it, "
        "and have the choice between these:"
    )
    (row,) = figure_rows(f"{announced}\n\n| Licence | Use |\n| --- | --- |\n| Open | by anybody |")
    assert row.readable == "Licence: Open; Use: by anybody"


def test_a_row_of_markdown_has_the_title_above_its_table() -> None:
    head = "Cash flows\n\n| (Millions) | 2018 | 2017 |\n| --- | --- | --- |\n"
    (row,) = figure_rows(f"{head}| Investing |  |  |\n| Purchases | (1,577) | (1,373) |\n")
    assert row.readable == "Cash flows, (Millions): Investing: Purchases; 2018: (1,577); 2017: (1,373)"


def test_an_address_above_the_title_is_no_part_of_it() -> None:
    lines = (
        "Orle Mills, 12 Weir Lane, Marrec",
        "Mr and Mrs Basil Thornycroft-Hume, The Old Toll House, 7 Harbour Street, Upper Larmont, Marrec",
        "Invoice 2023-0417 of 24 November",
    )
    text = "\n\n".join((*lines, "| Item | Amount |\n|---|---|\n| Flour | 32.00 |"))
    (row,) = figure_rows(text)
    assert row.readable == "Invoice 2023-0417 of 24 November, Item: Flour; Amount: 32.00"


def test_a_unit_however_long_leaves_the_title_there() -> None:
    unit = "(In millions, except number of shares, which are reflected in thousands, and per-share amounts)"
    (row,) = figure_rows(f"ORLE MILLS, INC.\n\nSTATEMENTS OF INCOME\n\n{unit}\n\n| | 2022 |\n|---|---|\n| Flour | 32 |")
    assert row.above == ("ORLE MILLS, INC.", "STATEMENTS OF INCOME", unit)


def test_a_row_of_a_form_says_each_label_with_what_it_is() -> None:
    form = "|  |  |  |  |\n| --- | --- | --- | --- |\n| Make: | Piper | Seats: | 4 |\n| Model: |  | Engines: | 1 |\n"
    assert [row.readable for row in figure_rows(form)] == ["Make: Piper; Seats: 4", "Model: –; Engines: 1"]


@pytest.mark.parametrize(
    "text",
    [
        "The mill was built in 1987",
        "It was sold in 2016 and 2017.",
        "See accompanying notes\n38",
        "as of January 28, 2023 and January 29, 2022",
        "Section 4.2",
    ],
)
def test_a_sentence_and_a_number_of_a_page_are_no_rows(text: str) -> None:
    assert not list(figure_rows(text))


cells = st.lists(st.integers(1000, 10**9).map("{:,}".format), min_size=1, max_size=5)


@given(st.lists(st.tuples(st.sampled_from(["Flour", "Bread sales", "Wages, net"]), cells), max_size=6))
def test_a_row_stands_where_it_says(table: list[tuple[str, list[str]]]) -> None:
    text = "\n".join("  ".join([label, *figures]) for label, figures in table)
    rows = list(figure_rows(text))
    assert [(row.label, list(row.cells)) for row in rows] == table
    assert [text[row.start : row.end] for row in rows] == text.split("\n")[: len(rows)]


def test_a_row_of_two_columns_without_heads_is_a_label_and_what_it_is() -> None:
    form = "Modul P1\n\n|  |  |\n| --- | --- |\n| Dauer | ein Semester |\n| Inhalte | Zeiger |\n|  | Listen |\n"
    assert [row.readable for row in figure_rows(form)] == [
        "Modul P1: Dauer: ein Semester",
        "Modul P1: Inhalte: Zeiger",
        "Modul P1: Inhalte: Listen",
    ]


def test_a_table_right_below_another_has_its_own_heads() -> None:
    two = "| Turnus | Punkte |\n| --- | --- |\n| Winter | 3 |\n\n|  |  |\n| --- | --- |\n| Dauer | ein Semester |\n"
    assert [row.readable for row in figure_rows(two)] == ["Turnus: Winter; Punkte: 3", "Dauer: ein Semester"]


def test_a_row_without_a_label_is_none_of_those_that_have_one() -> None:
    table = "Fleet\n\n| No | Engine | Value (€) |\n|---|---|---|\n| M1 | Quad | 6,200 |\n|  | Total | 221,400 |"
    assert [row.readable for row in figure_rows(table)] == [
        "Fleet, No: M1; Engine: Quad; Value (€): 6,200",
        "Fleet, Engine: Total; Value (€): 221,400",
    ]


def test_a_field_that_was_not_filled_in_is_a_row_without_a_value() -> None:
    form = "|  |  |\n|---|---|\n| Pilot |  |\n| Licence: | Private |\n| Age: |  |\n| Seat: | Front |"
    assert [(row.group, row.label, row.cells) for row in figure_rows(form)] == [
        ("Pilot", "Licence:", ("Private",)),
        ("", "Age:", ("",)),
        ("", "Seat:", ("Front",)),
    ]
    assert [row.readable for row in figure_rows(form)][1] == "Age: –"
