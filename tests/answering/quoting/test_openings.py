"""Who wrote a paper stands below its title, what it is about in its abstract."""

from dataclasses import replace
from pathlib import Path

import pytest

from ragcli.answering.quoting.openings import asks_for_authors, told_at_the_beginning
from ragcli.collection import Collection
from ragcli.records import Hit

PAPER = """# Tides of the Skarn Estuary

Odile Garnier ¹ , J. R. van der Berg ² and Mikkel Halvorsen ¹

1 Department of Oceanography, University of Halden

## Abstract

We measured the tides of the estuary with forty buoys for six years and found that they have risen by a third.

## 1 Introduction

Estuaries have been measured since the age of the first harbours, and always with few buoys. The authors thank Petra Lund.
"""
REPORT = """# Ferry report

The ferry carried 40,000 people in the year of the great storm. The old one sailed at 7:40 on all days but Sundays.

## Conclusions

A second ferry is needed before the summer of the coming year.
"""


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who are the authors of the paper on tides?", True),
        ("Who wrote this report?", True),
        ("By whom was the study written?", False),
        ("Qui a écrit l'article sur les marées ?", True),
        ("Quels sont les auteurs du rapport ?", True),
        ("Wer sind die Autoren der Studie?", True),
        ("Who wrote AVRDUDE?", False),
        ("Who received the report?", False),
    ],
)
def test_who_wrote_a_document_is_asked_in_several_ways(question: str, asks: bool) -> None:
    assert asks_for_authors(question) is asks


def test_a_document_may_be_meant_by_its_title_alone() -> None:
    hit = Hit(1, 1.0, 1, "b.pdf", PAPER, title="Tides of the Skarn Estuary")
    assert asks_for_authors("Who are the authors of Tides of the Skarn Estuary?", hit)
    assert asks_for_authors("Qui a écrit Tides of the Skarn Estuary ?", hit)
    assert not asks_for_authors("Who wrote Tides?", hit)
    assert not asks_for_authors("Who measured the Tides of the Skarn Estuary?", hit)
    named = replace(hit, title="TideNet, a network for the BigTide data")
    assert asks_for_authors("Who are the authors of TideNet?", named)
    assert not asks_for_authors("Who are the authors of BigTide?", named)


def test_a_marked_name_stands_before_whom_he_works_for() -> None:
    text = "Tides\n\nAda Vik∗ Skarn Research\n\nada@skarn.org\n\nBo Lund∗† University of Halden\n\nSkarn Institute∗\n\nAbstract"
    hit = Hit(1, 1.0, 1, "tides.pdf", text, title="Tides")
    found, _ = told_at_the_beginning("Who wrote the paper?", [hit], most=1)
    assert [one.unit.text for one in found] == ["Ada Vik∗ Skarn Research", "Bo Lund∗† University of Halden"]


def test_surnames_may_be_in_capitals() -> None:
    hit = Hit(
        1, 1.0, 1, "tides.pdf", "TIDES OF SKARN\n\nAda VIKEN, Bo LUND\n\nSkarn Institute\n\nAbstract", title="Tides"
    )
    (found,), _ = told_at_the_beginning("Who wrote the paper?", [hit], most=1)
    assert found.unit.text == "Ada VIKEN, Bo LUND"


def test_only_lines_of_names_are_authors() -> None:
    lines = ["Tides", "Halden Institute", "Eric Lund ¹ Ana Vik", "P. O'Neil", "Skarn, 12345 Halden", "Ole Berg"]
    hit = Hit(1, 1.0, 1, "tides.pdf", "\n\n".join(lines), title="Tides")
    found, count = told_at_the_beginning("Who are the authors of the paper?", [hit], most=1)
    assert count == len(found)
    assert [one.unit.text for one in found] == ["Eric Lund ¹ Ana Vik", "P. O'Neil Skarn, 12345 Halden"]


def test_each_author_may_stand_above_whom_he_works_for() -> None:
    lines = [
        "Tides", "Eric Lund", "Dept. of Oceanography, University of Halden.", "eric@skarn.org", "Ana Vik", "†", "Skarn College",
        "Petter O'Neil", "Abstract", "Ole Berg", "We measured the tides of the estuary with forty buoys for six years.",
    ]  # fmt: skip
    hit = Hit(1, 1.0, 1, "tides.pdf", "\n\n".join(lines), title="Tides")
    found, _ = told_at_the_beginning("Who are the authors of the paper?", [hit], most=1)
    assert [one.unit.text for one in found] == [
        "Eric Lund Dept. of Oceanography, University of Halden.",  # a quote of a few letters proves nothing
        "Ana Vik †",
        "Petter O'Neil",
    ]


def test_their_addresses_may_stand_beside_them() -> None:
    for addresses in ("eric@skarn.org, ana@skarn.org", "{eric, ana}@skarn.org"):
        hit = Hit(1, 1.0, 1, "tides.pdf", f"Tides\n\nEric Lund and Ana Vik {addresses}\n\nHalden, Inc.", title="Tides")
        (found,), _ = told_at_the_beginning("Who wrote the paper?", [hit], most=1)
        assert found.unit.text == f"Eric Lund and Ana Vik {addresses}"


def test_the_beginning_of_a_document_answers_for_the_whole(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "tides.md").write_text(PAPER, encoding="utf-8")
    (tmp_path / "docs" / "ferry.md").write_text(REPORT, encoding="utf-8")
    with Collection.open("default", tmp_path / "home") as papers:
        papers.ingest([tmp_path / "docs"])
        said = {
            question: [sentence.text for sentence in papers.ask(question).sentences]
            for question in (
                "Who are the authors of the paper on the tides of the Skarn estuary?",
                "What is the paper on the tides of the Skarn estuary about?",
                "What is the main contribution of the paper on the Skarn tides?",
                "What is the ferry report about?",
                "What are the main conclusions of the ferry report?",
            )
        }
        absent = papers.ask("Who are the authors of the paper on glaciers?")
    authors, about, contribution, report, conclusions = said.values()
    assert authors == ["Odile Garnier ¹ , J. R. van der Berg ² and Mikkel Halvorsen ¹"]
    assert about == contribution
    assert about[0].startswith("We measured the tides of the estuary")
    assert report[0] == "The ferry carried 40,000 people in the year of the great storm."
    assert conclusions != report
    assert not absent.found or "Odile" not in absent.sentences[0].text


def test_however_often_it_is_said_that_somebody_wrote_no_document_is_asked_of() -> None:
    """Each `who` used to be tried with each `wrote` behind it, and those with all the rest: this took five minutes."""
    assert not asks_for_authors("who wrote " * 1_000)
    assert asks_for_authors("who wrote " * 1_000 + "this report?")
