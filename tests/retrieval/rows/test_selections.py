"""Which rows of a table are such as a question wants is told by the values that it names, and by nothing less."""

from pathlib import Path

import pytest

from ragcli.chunking.rows import figure_rows
from ragcli.collection import Collection
from ragcli.retrieval.rows.selections import Selection, asks_for_many, selects, such_rows

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


def test_metres_are_no_millions() -> None:
    table = "| Station | {head} |\n|---|---|\n| Aval | 120 |\n| Dule | 880 |\n| Edrim | 1,450 |"
    for head, stations in (
        ("Altitude (m)", ["Dule", "Edrim"]),
        ("Budget ($m)", []),
        ("Budget (M€)", []),
        ("Cost (k€)", []),
    ):
        rows = list(figure_rows(table.format(head=head)))
        found = such_rows(rows, f"Which stations have {head.split()[0].lower()} of more than 800?", "The network", "en")
        assert ([row.label for row in found.rows] if found else []) == stations, head
    rows = list(figure_rows(table.format(head="Altitude (m)")))
    found = such_rows(rows, "Which stations are above 800 m?", "The network", "en")
    assert found is not None
    assert len(found.rows) == 2


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


STAFF = """| Name | Team | Site | Weight | Pay (€) | Bikes | Since | Rate (%) | Size |
|---|---|---|---|---|---|---|---|---|
| Ada | Sales | Lyon | 2 kg | 3,000 | Yes | 2019-03-01 | 10 | 10–20 |
| Ben | Sales | Lyon-Est | 900 g | 4,000 | No | 2020-05-02 | 20 | 3* |
| Cleo | Sales Support | Brest | 3 kg | 5,000 | Yes | 2020-06-03 | 30 | 40 |
| Dora | Research | Lyon | 1 kg | 6,000 | No | 2021-05-04 | 40 | 50 |
| Egon | Active Care | Lyon, Brest | 1 kg | 7,000 | Yes | 2021-05-05 | 50 | 60 |
| Fritz | Research | Vannes | 5 kg | 7,500 | No | 2021-08-09 | 60 | 70 |
| Total | | | | 32,500 | | | | |"""


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which names are in Sales?", ["Ada", "Ben"]),
        ("Which names are in Lyon?", []),  # is Egon?
        ("Which names are in Lyon-Est or in Research?", []),  # conditions of two columns
        ("Which names are in Research with bikes?", []),  # a column that says who has
        ("Which teams are in Research?", []),  # a row is no team
        ("Which workers are in Research?", []),
        ("Which names work in Research?", ["Dora", "Fritz"]),
        ("Which names besides Ben are in Sales?", []),
        ("Which names in Sales get more than Ben?", []),
        ("Which names have a weight of more than 2 kg?", []),  # 900 g
        ("Which names have pay of more than 4 million?", []),
        ("Which names have pay of more than 4000 $?", []),
        ("Which names have pay of more than 4000 euros?", ["Cleo", "Dora", "Egon", "Fritz"]),
        ("Which names have a size of more than 30?", []),  # 10–20
        ("Which names of May 2021 are there?", ["Dora", "Egon"]),
        ("Which names of 2020 are there?", ["Ben", "Cleo"]),
        ("Which names worked in 2021?", []),  # since 2021
        ("Which names came after May 2020?", []),
        ("Which names since 2020-06-03 are there?", []),
        ("How many activities have names?", []),
    ],
)
def test_in_doubt_no_rows_are_selected(question: str, names: list[str]) -> None:
    found = such_rows(list(figure_rows(STAFF)), question, "Everybody", "en") if selects(question) else None
    assert ([row.label for row in found.rows] if found else []) == names


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        ("What is the total pay of the names in Research?", "sum of Pay (€) over 2 rows: 13,500"),
        ("What is the total rate of the names in Research?", None),  # shares make no sum
        ("What is the average rate of the names in Research?", "mean of Rate (%) over 2 rows: 50.00"),
        ("What is the total weight of the names in Sales?", None),  # 2 kg and 900 g
        ("What is the total since of the names in Research?", None),
        ("What is the average pay per bike of the names in Research?", None),
        ("What is the total size of the names in Sales?", None),
    ],
)
def test_what_cannot_be_added_is_not(question: str, computed: str | None) -> None:
    found = such_rows(list(figure_rows(STAFF)), question, "Everybody", "en") if selects(question) else None
    assert (found.computed if found else None) == computed


@pytest.mark.parametrize("cell", ["2015–2018", "in May", "12 May"])
def test_where_a_cell_is_no_one_date_no_rows_of_a_year_are_selected(cell: str) -> None:
    rows = list(figure_rows(TABLE.replace("| 1996 |", f"| {cell} |")))
    found = such_rows(rows, "Which stations were put into service in 2018?", "The network", "en")
    assert (found is None) == any(map(str.isdigit, cell))


def test_a_value_that_titles_say_is_in_doubt() -> None:
    rows = list(figure_rows(TABLE))
    assert such_rows(rows, "Which stations are on the Orle?", "Stations of the Orle", "en") is None
    assert such_rows(rows, "Which stations are on the river Orle?", "Stations of the Orle", "en") is not None


def test_a_value_said_once_for_the_rows_below_is_none_of_one_row() -> None:
    table = "| No | Team |\n|---|---|\n| 1 | Red |\n| 2 | |\n| 3 | Blue |\n| 4 | |\n| 5 | Red |\n| 6 | |"
    assert such_rows(list(figure_rows(table)), "Which no are of the team Red?", "List", "en") is None


def test_rows_of_the_same_name_are_not_so_many_things() -> None:
    question = "Which stations are on the Orle?"
    assert such_rows(list(figure_rows(TABLE)), question, "", "en") is not None
    assert such_rows(list(figure_rows(TABLE.replace("| Falk", "| Aval"))), question, "", "en") is None


def test_how_many_there_are_of_what_a_column_counts_is_no_number_of_rows() -> None:
    rows = list(
        figure_rows("| Grade | Class | Days |\n|---|---|---|\n| A | Red | 25 |\n| B | Blue | 27 |\n| C | Red | 30 |")
    )
    assert such_rows(rows, "Which days are in class Red?", "", "en") is not None
    assert such_rows(rows, "How many days are in class Red?", "", "en") is None


@pytest.mark.parametrize(("head", "computed"), [("Days", "sum of Days over 2 rows: 55"), ("Average days", None)])
def test_means_are_not_added(head: str, computed: str | None) -> None:
    table = f"| Grade | Class | {head} |\n|---|---|---|\n| A | Red | 25 |\n| B | Blue | 27 |\n| C | Red | 30 |"
    found = such_rows(list(figure_rows(table)), "What is the total days of the grades in class Red?", "", "en")
    assert (found.computed if found else None) == computed


def test_a_table_that_goes_on_is_one_and_two_are_told_apart(home: Path, tmp_path: Path) -> None:
    def listed(title: str, first: int) -> list[str]:
        rows = [f"| B{n:03} | {'Orle' if n % 4 == 0 else 'Tarn'} | {n * 17} |" for n in range(first, first + 20)]
        return [title, "", "| Weir | River | Length (m) |", "|---|---|---|", *rows, ""]

    text = [*listed("# Weirs", 1), *listed("## Weirs (continued)", 21)]
    (tmp_path / "weirs.md").write_text("\n".join(text), encoding="utf-8")
    with Collection.open() as collection:
        collection.ingest([tmp_path / "weirs.md"])
        answer = collection.ask("How many weirs are on the river Orle?")
        assert "counted: 10 rows of that table" in answer.warnings
        (tmp_path / "others.md").write_text("\n".join(listed("# Old weirs", 101)), encoding="utf-8")
        collection.ingest([tmp_path / "others.md"])
        answer = collection.ask("How many weirs are on the river Orle?")  # the old ones, too?
        assert not any(warning.startswith("counted") for warning in answer.warnings)
        answer = collection.ask("How many old weirs are on the river Orle?")
        assert "counted: 5 rows of that table" in answer.warnings


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many hospitals have open wards?", None),  # each may have several
        ("How many wards are open?", 3),
        ("How many old wards are open?", 3),  # the title says `old` of all
        ("How many open wards are there?", 3),
        ("What is the total number of beds of the open wards?", 3),
    ],
)
def test_rows_are_counted_as_what_they_are(question: str, count: int | None) -> None:
    table = """| Ward | Beds | State |
|---|---|---|
| N1 | 12 | open |
| N2 | 20 | closed |
| N3 | 14 | open |
| S1 | 31 | open |
| S2 | 8 | closed |
| Average | 17 | open |"""
    found = (
        such_rows(list(figure_rows(table)), question, "The old wards of two hospitals", "en")
        if selects(question)
        else None
    )
    assert (len(found.rows) if found else None) == count


def test_a_value_that_names_its_document_is_still_asked_for(home: Path, tmp_path: Path) -> None:
    rows = [f"| P{n:03} | {'Luna' if n % 3 == 0 else 'Sol'} | {n} |" for n in range(1, 13)]
    text = ["# Tarifa", "", "| Producto | Proveedor | Cantidad |", "|---|---|---|", *rows]
    (tmp_path / "tarifa.md").write_text("\n".join(text), encoding="utf-8")
    (tmp_path / "otro.md").write_text("# Otro documento\n\nAquí no hay productos, ni proveedores.\n", encoding="utf-8")
    with Collection.open() as collection:
        collection.ingest([tmp_path / "tarifa.md", tmp_path / "otro.md"])
        answer = collection.ask("¿Cuántos productos son del proveedor Luna?")
        assert "counted: 4 rows of that table" in answer.warnings
