"""The number by which a question counts what it asks for says nothing of an answer; any other number stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.answering.wording.tally import tallied, without_tally


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What are the four performance levels?", "What are the performance levels?"),
        ("Which two countries signed it?", "Which countries signed it?"),
        ("What are the 3 types of warnings?", "What are the types of warnings?"),
        ("Quels sont les trois types de congé ?", "Quels sont les types de congé ?"),
        ("Welche drei Arten gibt es?", "Welche Arten gibt es?"),
        ("¿Cuáles son los dos requisitos?", "¿Cuáles son los requisitos?"),
        ("Quali sono i tre requisiti?", "Quali sono i requisiti?"),
        ("Wat zijn de drie soorten verlof?", "Wat zijn de soorten verlof?"),
    ],
)
def test_the_number_goes_and_the_things_stay(question: str, left: str) -> None:
    assert without_tally(question) == left


@pytest.mark.parametrize(
    "question",
    [
        "What happened in the three years after the war?",  # a time
        "Who built the Three Gorges dam?",  # a name
        "What is the price of the 2 bedroom flat?",  # one flat
        "How many of the two million people voted?",  # part of a number
        "Quel est le montant des deux mois de préavis ?",
        "What does article 12 say?",
        "Who came second in the 100 metres?",
    ],
)
def test_other_numbers_stay(question: str) -> None:
    assert without_tally(question) == question


def test_where_it_stands() -> None:
    assert tallied("Which two of the three keys fit?") == {17}
    assert not tallied("Who came second?")


@given(st.text())
def test_a_question_without_numbers_stays(text: str) -> None:
    if not any(map(str.isnumeric, text)) and not any(map(str.isalpha, text)):
        assert without_tally(text) == text
