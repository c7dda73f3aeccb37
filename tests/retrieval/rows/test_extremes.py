"""Which row of a table has the most, or the least, is told by the figures of all its rows."""

from pathlib import Path

import pytest

from ragcli.chunking.rows import figure_rows
from ragcli.collection import Collection
from ragcli.retrieval.rows.extremes import extreme_of, most_of
from ragcli.retrieval.rows.whole_tables import chosen_rows

STATIONS = [
    ("Corran", 1_204, "12,5"),
    ("Dule", 96, "3,1"),
    ("Edrim", 388, "104,0"),
    ("Falk", 1_390, "27,5"),
    ("Gorm", 402, "9,75"),
]
TABLE = "\n".join(
    ["| Station | Altitude (m) | Length (km) |", "|---|---|---|"]
    + [f"| {name} | {altitude:,} | {length.replace(',', '.')} |" for name, altitude, length in STATIONS]
    + ["| Total | 3,480 | 156.85 |"]
)


def found(question: str, table: str = TABLE, said: str = "Stations of the river", language: str = "en") -> list[str]:
    asked = extreme_of(question)
    return [row.label for row in most_of(list(figure_rows(table)), asked, said, language)] if asked else []


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Which station has the highest altitude?", "Falk"),
        ("Which station has the lowest altitude?", "Dule"),
        ("Which station is the longest?", "Edrim"),
        ("Name the station with the least length.", "Dule"),
    ],
)
def test_the_column_that_is_asked_for_tells(question: str, label: str) -> None:
    assert found(question) == [label]


@pytest.mark.parametrize(
    ("question", "is_most"),
    [
        ("Quelle station a l'altitude la plus élevée ?", True),
        ("Quelle station a l’altitude la plus basse ?", False),
        ("Quel appareil est le moins cher ?", False),
        ("Quelle commune a le plus d'habitants ?", True),
        ("Which device is the least expensive?", False),
        ("Who has the most employees?", True),
        ("Welche Gemeinde hat die meisten Einwohner?", True),
        ("¿Qué ciudad tiene la menor población?", False),
        ("Quale lago ha la superficie più piccola?", False),
        ("¿Cuál es la montaña más alta?", True),
        ("Qual è la città più grande di Roma?", None),  # larger than Rome
        ("Welk meer heeft het laagste peil?", False),
        ("Qual é a cidade mais alta de Portugal?", True),
    ],
)
def test_the_most_and_the_least_in_seven_languages(question: str, is_most: bool | None) -> None:
    asked = extreme_of(question)
    assert (asked.is_most if asked else None) is is_most


@pytest.mark.parametrize(
    "question",
    [
        "What is the most recent report?",
        "Quand gèle-t-il le plus souvent ?",
        "Who may take at most three days?",
        "Quelles stations sont à plus de 800 m ?",
        "What is the maximum altitude of flight?",
        "How high is the station?",
    ],
)
def test_what_no_column_has_the_most_of(question: str) -> None:
    assert extreme_of(question) is None


def test_figures_are_read_as_the_language_writes_them() -> None:
    table = "| Station | Altitude (m) | Longueur (km) |\n|---|---|---|\n"
    table += "\n".join(f"| {name} | {altitude:,} | {length} |".replace(f"{altitude:,}", f"{altitude:_}".replace("_", " "))
                       for name, altitude, length in STATIONS)  # fmt: skip
    assert found("Quelle station a l'altitude la plus élevée ?", table, "Les stations", "fr") == ["Falk"]
    assert found("Quelle station a la plus grande longueur ?", table, "Les stations", "fr") == ["Edrim"]


def test_of_several_years_the_one_that_is_asked_for_tells() -> None:
    table = "| Device | 2022 | 2023 |\n|---|---|---|\n| Radar | €90 | €40 |\n| Float | €70 | €80 |\n| Staff | €5 | €6 |"
    assert found("Which device was the most expensive in 2022?", table, "Prices of devices") == ["Radar"]
    assert found("Which device was the most expensive in 2023?", table, "Prices of devices") == ["Float"]
    assert found("Which device was the most expensive?", table, "Prices of devices") == []


def test_a_change_is_of_no_year_and_the_rest_of_nobody() -> None:
    table = "| Country | 2021 | 2022 | Change 2021/22 |\n|---|---|---|---|\n"
    table += "| Orle | 90 | 70 | -22 |\n| Limn | 70 | 80 | 14 |\n| Sele | 5 | 6 | 20 |\n| Others | 100 | 110 | 10 |"
    assert found("Which country sold the most radars in 2022?", table, "Radars sold") == ["Limn"]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which station on the Orle has the highest altitude?", ["Edrim"]),
        ("Which station besides Dule has the highest altitude?", []),  # the others are not looked for
        ("Which station had the highest altitude in 1950?", []),  # no head, and no title, is of that year
    ],
)
def test_among_which_rows_is_told_by_their_values(question: str, labels: list[str]) -> None:
    table = """| Station | River | Altitude (m) |
|---|---|---|
| Aval | Orle | 120 |
| Dule | Tarn | 880 |
| Edrim | Orle | 450 |
| Falk | Tarn | 300 |"""
    chosen = chosen_rows(list(figure_rows(table)), question, "The network", "en", is_whole=True)
    assert [row.label for row in (chosen.rows if chosen else ())] == labels


def test_of_two_tables_the_one_is_meant_that_says_more_of_the_question(home: Path, tmp_path: Path) -> None:
    (tmp_path / "radars.md").write_text(
        "# The market for water radars\n\n## Makers\n\n| Maker of radars | 2021 | 2022 |\n|---|---|---|\n| Castagne | 31 | 33 |\n"
        "| Orve | 12 | 14 |\n| Vaudry | 9 | 8 |\n\n## Sales by country\n\n| Country | 2021 | 2022 |\n|---|---|---|\n"
        "| Limn | 70 | 80 |\n| Orle | 90 | 70 |\n| Sele | 5 | 6 |\n",
        encoding="utf-8",
    )
    with Collection.open("default", home=home) as collection:
        collection.ingest([tmp_path / "radars.md"])
        answer = collection.ask("Which country has the highest sales of water radars in 2022?")
    assert answer.found
    assert "Limn" in answer.citations[0].quote


def test_of_a_price_and_an_amount_the_price_is_what_is_cheap() -> None:
    rows = [("Lamp", 6, "£31.50", "£189.00"), ("Desk", 1, "£140.00", "£140.00"), ("Chair", 4, "£62.00", "£248.00")]
    table = "| Item | Qty | Unit price | Amount |\n|---|---|---|---|\n"
    table += "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows) + "| Total due | | | £577.00 |"
    assert found("What is the cheapest item on invoice 88214?", table, "invoice 88214") == ["Lamp"]
    assert found("Which item has the highest amount?", table, "invoice 88214") == ["Chair"]
    assert found("Which item is the highest?", table, "invoice 88214") == []  # of two sums
    orders = "| Order | Qty | Amount (€) |\n|---|---|---|\n| A1 | 9 | 310 |\n| A2 | 2 | 4,100 |\n| A3 | 1 | 95 |"
    assert found("Which order is the highest?", orders, "All orders") == ["A2"]


def test_several_may_have_the_most() -> None:
    assert found("Which station has the highest altitude?", TABLE.replace("| Corran | 1,204", "| Corran | 1,390")) == [
        "Corran",
        "Falk",
    ]


@pytest.mark.parametrize("question", ["Which station has the highest salinity?", "Which bakery has the highest rent?"])
def test_a_table_of_something_else_tells_nothing(question: str) -> None:
    assert found(question) == []


def test_all_rows_of_a_long_table_are_looked_at(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    rows = [f"| Gauge {at:03} of the Orle basin | {500 + at * 37 % 211} | {at * 7 % 90}.5 |" for at in range(150)]
    rows[97] = "| Gauge 097 of the Orle basin | 1,733 | 41.5 |"
    head = (
        "# The gauges of the Orle\n\nTable 1. All gauges.\n\n| Gauge | Altitude (m) | Distance (km) |\n|---|---|---|\n"
    )
    (folder / "gauges.md").write_text(head + "\n".join(rows), encoding="utf-8")
    (folder / "weir.md").write_text("# Weirs\n\nThe gauge house was built in 1911 by a miller.", encoding="utf-8")
    with Collection.open("default", home=home) as collection:
        collection.ingest([folder])
        question = "Which gauge has the highest altitude?"
        assert "Gauge 097" in collection.query(question, k=1).hits[0].text
        answer = collection.ask(question)
        assert answer.found
        assert "Gauge 097" in answer.citations[0].quote
        assert len(answer.citations) == 1  # no other gauge beside it
        filtered = collection.query(question, k=5, where=["path~weir"]).hits
        assert {Path(hit.path).name for hit in filtered} == {"weir.md"}


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Which file costs the highest sum?", ["F2"]),  # the only money
        ("Quel avocat a le plus de dossiers ?", []),
        ("Which lawyer has the most files?", []),
        ("Which file has the highest weight?", []),  # 900 g and 2 kg
        ("Which file has the highest span?", []),  # 10–20
    ],
)
def test_what_is_not_measured_alike_has_no_most(question: str, label: list[str]) -> None:
    table = """| File | Lawyer | Fee | Weight | Span |
|---|---|---|---|---|
| F1 | Moreau | 120 € | 2 kg | 10–20 |
| F2 | Petit | 900 € | 900 g | 15 |
| F3 | Petit | 430 € | 3 kg | 17 |
| F4 | Petit | 500 € | 4 kg | 18 |
| F5 | Petit | 600 € | 5 kg | 19 |"""
    assert found(question, table, "Files of the lawyers, dossiers des avocats, costs, sums") == label
