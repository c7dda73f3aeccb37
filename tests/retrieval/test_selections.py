"""Which rows of a table are such as a question wants is told by the values that it names, and by nothing less."""

from pathlib import Path

import pytest

from ragcli.chunking.rows import figure_rows
from ragcli.collection import Collection
from ragcli.retrieval.selections import Selection, asks_for_many, selects, such_rows

STATIONS = [
    ("Aval", "Orle", "Bullo 7", "1996"),
    ("Dule", "Tarn", "staff", "2018"),
    ("Edrim", "Orle", "LIMNAR-4", "2018"),
    ("Falk", "Orle", "Bullo 7", "2004"),
    ("Gorm", "Tarn", "Bullo 7", "2018"),
    ("Hest", "Tarn", "Bullo", "2020"),
]
TABLE = "\n".join(
    ["| Station | River | Instrument | In service |", "|---|---|---|---|"]
    + [f"| {' | '.join(row)} |" for row in STATIONS]
)


def selected(question: str, language: str = "en") -> Selection | None:
    return such_rows(list(figure_rows(TABLE)), question, "The network", language) if selects(question) else None


def labels(question: str, language: str = "en") -> list[str]:
    found = selected(question, language)
    return [row.label for row in found.rows] if found else []


@pytest.mark.parametrize(
    ("question", "stations"),
    [
        ("Which stations are on the Orle?", ["Aval", "Edrim", "Falk"]),
        ("How many stations are on the river Orle?", ["Aval", "Edrim", "Falk"]),
        ("Which stations use a Bullo 7?", ["Aval", "Falk", "Gorm"]),  # and not a Bullo
        ("Which stations on the Orle have a Bullo 7?", ["Aval", "Falk"]),
        ("Which stations are on the Orle or on the Tarn?", []),  # all are
        ("Which stations were put into service in 2018?", ["Dule", "Edrim", "Gorm"]),
        ("Which stations were put into service after 2018?", ["Hest"]),
        ("Which stations have been in service since 2018?", ["Dule", "Edrim", "Gorm", "Hest"]),
        ("Which stations on the Orle were put into service before 2010?", ["Aval", "Falk"]),
        ("Which stations were built after 2018?", []),  # no column says so
        ("Which stations are older than 2010?", ["Aval", "Falk"]),
        ("Quelles stations datent d'avant 2010 ?", ["Aval", "Falk"]),
        ("Which stations of 2018 are there?", ["Dule", "Edrim", "Gorm"]),  # the only column of years
        ("Which stations were put into service between 2018 and 2020?", []),
        ("Which stations are not on the Orle?", []),
        ("Which bridges are on the Orle?", []),
        ("Which stations on the Orle were flooded?", []),
        ("Which stations use a staff?", []),  # one alone
        ("Which station is on the Orle?", []),
        ("List all stations of the Orle.", ["Aval", "Edrim", "Falk"]),
    ],
)
def test_the_rows_that_have_the_values_named(question: str, stations: list[str]) -> None:
    assert labels(question) == stations


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Quelles stations utilisent un Bullo 7 ?", "fr"),
        ("Combien de stations sont équipées d'un Bullo 7 ?", "fr"),
        ("Welche Station(en) haben Bullo 7, und wie viele?", "de"),
        ("Quali station usano Bullo 7?", "it"),
        ("Hoeveel stations gebruiken Bullo 7?", "nl"),
    ],
)
def test_whichever_verb_links_them(question: str, language: str) -> None:
    assert labels(question, language) == ["Aval", "Falk", "Gorm"]


LOANS = """| Loan | Amount (€) | Term | Signed | Rate |
|---|---|---|---|---|
| Halden | 1,250,000 | 12 months | 31.03.2021 | 2.5 % |
| Tessin | 480,000 | 36 months | 14.11.2022 | 3.1 % |
| Rovers | 75,500 | 24 months | 02.01.2024 | 4.0 % |"""


@pytest.mark.parametrize(
    ("question", "loans"),
    [
        ("Which loans are over €400,000?", ["Halden", "Tessin"]),
        ("Which loans have an amount of less than 100 000 €?", ["Rovers"]),
        ("Which loans have a term of at least 24 months?", ["Tessin", "Rovers"]),
        ("Which loans have a term of more than 24 months?", ["Tessin"]),
        ("Which loans were signed before 2023?", ["Halden", "Tessin"]),
        ("How many loans have a rate above 3 %?", ["Tessin", "Rovers"]),
        ("Which loans are over 3?", []),  # of what?
        ("Which loans were signed in 2022 or 2024?", []),
        ("How many loans were signed in November 2022?", ["Tessin"]),
        ("Which loans are under 9,000,000 €?", []),  # all are
    ],
)
def test_the_rows_with_more_or_less_than_a_number(question: str, loans: list[str]) -> None:
    found = such_rows(list(figure_rows(LOANS)), question, "Loans", "en") if selects(question) else None
    assert ([row.label for row in found.rows] if found else []) == loans


ORDERS = """| Order | Customer | Placed on | Total |
|---|---|---|---|
| A1 | Halden | 2024-03-12 | 310 |
| A2 | Rovers | 2024-03-29 | 95 |
| A3 | Halden | 2024-04-02 | 41 |
| A4 | Tessin | 2023-03-15 | 77 |
| A5 | Halden | 2023-11-30 | 12 |"""


@pytest.mark.parametrize(
    ("question", "orders"),
    [
        ("How many orders were placed in March 2024?", ["A1", "A2"]),
        ("Which orders were placed in 2024?", ["A1", "A2", "A3"]),
        ("Which orders did Halden place in 2024?", ["A1", "A3"]),
        ("Which orders of 2023 are from Halden?", ["A5"]),
        ("Which orders were placed before 2024?", ["A4", "A5"]),
        ("Which orders were cancelled in 2024?", []),
        ("Quelles commandes (orders) Halden a-t-il placées en 2024 ?", []),
    ],
)
def test_the_rows_of_a_year_or_a_month(question: str, orders: list[str]) -> None:
    found = such_rows(list(figure_rows(ORDERS)), question, "All orders", "en") if selects(question) else None
    assert ([row.label for row in found.rows] if found else []) == orders


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        ("What is the total of all orders of Halden?", "sum of Total over 3 rows: 363"),
        ("What is the average total of orders placed in 2024?", "mean of Total over 3 rows: 148.67"),
        ("What is the sum of totals over 50?", None),  # of what, and is 50 a sum?
        ("Which orders of Halden are there?", ""),
        ("What is the average weight of the orders of Halden?", None),
        ("What is the total?", None),
    ],
)
def test_what_is_computed_over_rows(question: str, computed: str | None) -> None:
    rows = list(figure_rows(f"{ORDERS}\n| Grand total | | | 535 |"))
    found = such_rows(rows, question, "All orders", "en") if selects(question) else None
    assert (found.computed if found else None) == computed


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("How many days of leave do employees get after 5 years of service?", False),  # the row says them
        ("How many grades get more than 25 days?", True),
    ],
)
def test_a_number_that_a_column_tells_is_no_number_of_rows(question: str, is_one: bool) -> None:
    table = "| Grade | Years of service | Days |\n|---|---|---|\n| A | 2 | 25 |\n| B | 5 | 27 |\n| C | 10 | 30 |"
    assert (such_rows(list(figure_rows(table)), question, "Leave of employees", "en") is not None) is is_one


def test_a_text_is_no_question_for_rows() -> None:
    assert selects("Which stations are on the Orle?")
    assert not selects("Which stations are on the Orle? " * 20)


def test_a_row_is_asked_for_without_the_verb() -> None:
    found = selected("Which stations use a Bullo 7?")
    assert found is not None
    assert found.asked.split() == ["Which", "stations", "a", "Bullo", "7?"]


@pytest.mark.parametrize(
    ("question", "does"),
    [
        ("Which stations are on the Orle?", True),
        ("Which radar stations have a battery?", True),
        ("Quelles stations sont sur l'Orle ?", True),
        ("List all suppliers in Halden.", True),
        ("Welche Stationen liegen an der Orle?", True),
        ("Which station has the highest altitude?", False),
        ("Which station lies on the Orle?", False),
        ("What was the bus fare?", False),
        ("Quelle station est sur l'Orle ?", False),
    ],
)
def test_one_or_all_that_are_such_are_asked_for(question: str, does: bool) -> None:
    assert asks_for_many(question) is does


def test_the_highest_is_looked_for_among_those_that_are_such(home: Path, tmp_path: Path) -> None:
    rows = [
        ("Aval", "Orle", 120),
        ("Dule", "Tarn", 88),
        ("Edrim", "Orle", 450),
        ("Falk", "Orle", 97),
        ("Gorm", "Tarn", 990),
    ]
    text = [
        "# Stations",
        "",
        "| Station | River | Altitude (m) |",
        "|---|---|---|",
        *(f"| {a} | {b} | {c} |" for a, b, c in rows),
    ]
    (tmp_path / "stations.md").write_text("\n".join(text), encoding="utf-8")
    with Collection.open() as collection:
        collection.ingest([tmp_path / "stations.md"])
        for question, station in (
            ("Which station has the highest altitude on the Orle?", "Edrim"),
            ("Which station on the Orle has the lowest altitude?", "Falk"),
            ("Which station has the lowest altitude?", "Dule"),
            ("Which is the highest station on the Orle?", "Edrim"),
        ):
            assert station in collection.ask(question).citations[0].quote


def test_all_rows_of_a_long_table_are_quoted(home: Path, tmp_path: Path) -> None:
    rows = [f"| B{n:03} | Weir {n} | {'Orle' if n % 9 == 0 else 'Tarn'} | {n * 17} |" for n in range(1, 181)]
    text = ["# Weirs of the two rivers", "", "| Code | Weir | River | Length (m) |", "|---|---|---|---|", *rows]
    (tmp_path / "weirs.md").write_text("\n".join(text), encoding="utf-8")
    with Collection.open() as collection:
        collection.ingest([tmp_path / "weirs.md"])
        for question in ("Which weirs are on the Orle?", "How many weirs are on the river Orle?"):
            answer = collection.ask(question)
            assert answer.found
            codes = [one.quote.split("|")[1].strip() for one in answer.citations]
            assert codes == [f"B{n:03}" for n in range(9, 181, 9)]
            assert ("counted: 20 rows of that table" in answer.warnings) is question.startswith("How many")


def test_of_very_many_rows_the_number_is_told(home: Path, tmp_path: Path) -> None:
    towns = ("Lyon", "Brest", "Lille")
    lines = ["Order,Customer,Town,Amount", *(f"A{n:04},Customer {n},{towns[n % 3]},{n * 7 % 900}" for n in range(600))]
    (tmp_path / "orders.csv").write_text("\n".join(lines), encoding="utf-8")
    with Collection.open() as collection:
        collection.ingest([tmp_path / "orders.csv"])
        answer = collection.ask("How many customers are in Lyon?")
        assert len(answer.citations) == 50
        assert "counted: 200 rows of that table, 50 of them quoted" in answer.warnings
        over = collection.ask("How many orders have an amount of more than 890?")
        more = sum(n * 7 % 900 > 890 for n in range(600))
        assert len(over.citations) == more
        assert f"counted: {more} rows of that table" in over.warnings
