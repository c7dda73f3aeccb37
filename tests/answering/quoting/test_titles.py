"""What is printed above the text, or below it, is no answer."""

from pathlib import Path

import pytest

from ragcli.answering.quoting.titles import (
    is_head_row,
    is_heading,
    is_of_its_document,
    is_of_section,
    is_running_title,
    titles_above,
)
from ragcli.answering.sources import sources
from ragcli.collection import Collection
from ragcli.records import Hit

TEXT = """4 Allotments

The waiting list has 34 names.

Résolution 5 – Syndic

Le mandat est renouvelé.

Turnover: 14 million

It rose. Sales of 2 312 units

Budget for 2023

It was voted."""


def test_a_paragraph_that_ends_no_sentence_above_one_that_does_is_a_heading() -> None:
    hits = [Hit(1, 1.0, 1, "minutes.pdf", TEXT, section=("Minutes",))]
    everything = sources(hits)
    heading = [is_heading(everything, at, hits) for at in range(len(everything))]
    found = [one.unit.text for one, is_one in zip(everything, heading, strict=True) if is_one]
    assert found == ["4 Allotments", "Résolution 5 – Syndic", "Budget for 2023"]
    titles = titles_above(everything, hits, heading)
    above = {one.unit.text: title for one, title in zip(everything, titles, strict=True)}
    assert above["It was voted."] == "Budget for 2023"
    assert above["The waiting list has 34 names."] == "4 Allotments"


def test_so_is_one_above_a_list() -> None:
    hits = [Hit(1, 1.0, 1, "a.md", "Kinds of leave\n\n- annual\n- sick\n\nGrades:\n\n- first\n\nThe end")]
    everything = sources(hits)
    found = [one.unit.text for at, one in enumerate(everything) if is_heading(everything, at, hits)]
    assert found == ["Kinds of leave"]


def test_a_heading_that_its_passage_repeats_and_the_pieces_of_one_are_titles() -> None:
    section = ("2. The harbour", "Strategy 2.2.2. Local Capacity", "What does it cost?", "Rule 4 Dues are paid in May.")
    for text in ("Strategy 2.2.2. Local Capacity", "Strategy 2.2.2.", "Local Capacity", "What does it cost?", "2."):
        assert is_of_section(text, section), text
    for text in ("Dues are paid in May.", "Local", "Capacity is local.", "It costs 4 crowns."):
        assert not is_of_section(text, section), text


@pytest.mark.parametrize(
    ("text", "title", "runs"),
    [
        ("Data sheet X – Rev. C Page 1", "Data sheet X – Rev. C", True),
        ("3 of 12 – Data sheet X", "Data sheet X", True),
        ("Rapport 2022 – Seite 2", "Rapport 2022", True),
        ("Data sheet X is the second page", "Data sheet X", False),
        ("The ferry sails at 7:40.", "The ferry sails at 7:40.", False),
        ("Page 1", None, False),
    ],
)
def test_a_title_with_the_number_of_a_page_runs(text: str, title: str | None, runs: bool) -> None:
    assert is_running_title(text, title) is runs


def test_a_heading_is_not_quoted_where_its_part_says_more(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    lines = [
        "Opened by the chair.",
        "",
        "The board met at 18:30.",
        "",
        "Manager",
        "",
        "The mandate of Orme is renewed.",
    ]
    (tmp_path / "docs" / "minutes.txt").write_text("\n".join(lines), encoding="utf-8")
    with Collection.open("default", tmp_path / "home") as minutes:
        minutes.ingest([tmp_path / "docs"])
        answer = minutes.ask("Who is the manager, and is the mandate renewed?")
    assert "Manager" not in [sentence.text for sentence in answer.sentences]
    assert answer.sentences[0].text == "The mandate of Orme is renewed."


def test_a_page_with_nothing_but_its_title_is_quoted_by_it(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "sheet.txt").write_text("The lighthouse of Skarn opened in 1889", encoding="utf-8")
    with Collection.open("default", tmp_path / "home") as sheets:
        sheets.ingest([tmp_path / "docs"])
        answer = sheets.ask("When did the lighthouse of Skarn open?")
    assert not answer.sentences or "1889" in answer.sentences[0].text


@pytest.mark.parametrize(
    ("row", "is_head"),
    [
        ("| Three Months Ended September 30, |  | 2023 | 2022 |", True),
        ("|  | 2023 | 2022 |", True),
        ("| En milliers d'euros | 2023 | 2022 |", True),
        ("| Net sales | 2023 | 2022 |", False),
        ("| Three Months Ended September 30, | 2023 | 412 |", False),
        ("| Year of birth | 1975 |", False),
    ],
)
def test_years_alone_below_a_period_are_a_head(row: str, is_head: bool) -> None:
    assert is_head_row(row) is is_head


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("Le présent avenant entrera en vigueur le 1er janvier.", True),
        ("The present agreement ends in May.", True),
        ("This Policy pays 80%.", False),
        ("El presente reglamento entra en vigor hoy.", True),
        ("Der vorliegende Vertrag endet im Mai.", True),
        ("L'avenant précédent est abrogé.", False),
        ("The policy of the town applies.", False),
    ],
)
def test_what_is_said_of_the_document_itself(text: str, is_it: bool) -> None:
    assert is_of_its_document(text) is is_it
