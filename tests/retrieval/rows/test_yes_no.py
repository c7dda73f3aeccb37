"""Rows of which a column says yes or no, or a letter, are chosen by what the question says of that very head."""

from pathlib import Path

import pytest

from ragcli.chunking.rows import figure_rows
from ragcli.collection import Collection
from ragcli.retrieval.rows.selections import selects, such_rows
from ragcli.retrieval.rows.yes_no import says_the_contrary

BOATS = """| Boat | Class | Insured | First aid kit | Harbour |
|---|---|---|---|---|
| Alba | A | yes | yes | Brest |
| Brio | B | no | yes | Brest |
| Cora | A | no | no | Lorient |
| Dory | C | yes |  | Brest |
| Eole | B | yes | no | Lorient |"""
BATEAUX = """| Bateau | Classe | Assuré | Port |
|---|---|---|---|
| Alba | A | oui | Brest |
| Brio | B | non | Brest |
| Cora | A | non | Lorient |"""


def chosen(table: str, question: str, said: str, language: str) -> list[str]:
    found = such_rows(list(figure_rows(table)), question, said, language) if selects(question) else None
    return [row.label for row in found.rows] if found else []


@pytest.mark.parametrize(
    ("question", "boats"),
    [
        ("Which boats are insured?", ["Alba", "Dory", "Eole"]),
        ("Which boats are not insured?", ["Brio", "Cora"]),
        ("How many boats aren't insured?", ["Brio", "Cora"]),
        ("Which boats in Brest are insured?", ["Alba", "Dory"]),
        ("Which boats have a first aid kit?", ["Alba", "Brio"]),
        ("Which boats have no first aid kit?", []),  # has Dory one?
        ("Which boats that are not in Brest are insured?", []),
        ("Which insured boats are not in Brest?", []),
        ("Which boats are insured for racing?", []),
        ("Which boats must be insured?", []),
        ("Which boats are insured or in Brest?", []),
        ("Which boats are insured by Allianz in Brest?", []),
        ("Which boats were insured in 2019?", []),
        ("Which harbours have insured boats?", []),
        ("Which boats are of class A or B?", []),
        ("Which boats are not of class A?", []),
        ("Which boats are of class A?", ["Alba", "Cora"]),
        ("How many boats are of class B?", ["Brio", "Eole"]),
        ("Which boats are of class D?", []),
        ("Which boats are in category A?", []),
        ("Which fleet are insured boats?", []),
    ],
)
def test_rows_are_chosen_by_yes_and_no_and_by_letters(question: str, boats: list[str]) -> None:
    assert chosen(BOATS, question, "The club", "en") == boats


@pytest.mark.parametrize(
    ("question", "boats"),
    [
        ("Quels bateaux ne sont pas assurés ?", ["Brio", "Cora"]),
        ("Combien de bateaux sont de classe A ?", ["Alba", "Cora"]),
        ("Quels bateaux ne sont pas à Brest ?", []),
    ],
)
def test_likewise_in_french(question: str, boats: list[str]) -> None:
    assert chosen(BATEAUX, question, "Le club", "fr") == boats


def test_a_row_that_says_the_contrary_is_told() -> None:
    alba, brio, *_ = figure_rows(BOATS)
    assert says_the_contrary(brio, "Which old boats are insured?", "en")
    assert says_the_contrary(alba, "Which old boats are not insured?", "en")
    assert not says_the_contrary(alba, "Which old boats are insured?", "en")
    assert not says_the_contrary(alba, "Which boats have a kit for first aid?", "en")


def test_contrary_rows_and_those_of_another_letter_are_no_answer(home: Path, tmp_path: Path) -> None:
    (tmp_path / "parc.md").write_text(
        "# Parc\n\n| N° | Engin | Marque | Assuré | Classe |\n|---|---|---|---|---|\n"
        "| M1 | Tracteur 110 ch | Claas | oui | A |\n| M2 | Tracteur 75 ch | Same | oui | B |\n"
        "| M3 | Quad | Honda | oui | B |\n| M8 | Tracteur 50 ch | Renault | non | C |\n",
        encoding="utf-8",
    )
    with Collection.open() as collection:
        collection.ingest([tmp_path / "parc.md"])
        quoted = " ".join(one.quote for one in collection.ask("Quels tracteurs ne sont pas assurés ?").citations)
        assert "M8" in quoted
        assert "oui" not in quoted
        assert not collection.ask("Quels engins sont de classe D ?").found
        assert "M8" in collection.ask("Le tracteur 50 ch est-il assuré ?").citations[0].quote
