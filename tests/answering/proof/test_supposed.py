"""The words with which pages suppose, offer, plead, and tell of another time."""

import pytest

from ragcli.answering.proof.supposed import opens_guesses, supposes


@pytest.mark.parametrize(
    "line",
    [
        "Option A", "Option B – monthly", "Variante 1", "Opción B", "Example", "Worked example", "Example 2: oil", "For instance",
        "Par exemple", "Beispiel", "Ejemplo", "Esempio", "Assumptions", "Hypothesis 3", "Hypothèses retenues", "Annahmen",
        "The claimant's submissions", "Arguments of the parties", "Moyens du demandeur", "Prétentions des parties",
        "Vortrag des Klägers", "Alegaciones de la defensa", "Proposed amendment", "Modification proposée",
        "Possible explanations",
        "Old version of the lamp (until 2021)", "Ancienne version", "Versión anterior (hasta 2015)", "Alte Fassung",
        "Until 31 December 2022", "From 1 January 2027", "Jusqu'au 31 décembre 2022", "Bis 2015",
        "Known issues in version 6.0 (fixed in 6.1)",
        "Are these statements true or false?", "Vrai ou faux ?", "Vision 2030", "Forecast for 2026", "Objectifs 2030",
        "Exercise 4", "Aufgabe 2", "Cancelled", "Concert annulé", "Konzert im Park abgesagt",
    ],
)  # fmt: skip
def test_a_line_below_which_no_plain_fact_stands(line: str) -> None:
    assert supposes(line)


@pytest.mark.parametrize(
    "line",
    [
        "Options", "Examples", "Alternatives", "Hypothesis testing", "From 1945 to 1989", "Arguments", "Class A", "Case studies",
        "Conclusions",
        "Old town", "Version 6", "Former mayors", "Example contract", "2019", "From Lund to Malmo", "Terms of sale",
        "Before you start",
        "Position of the valve", "Cancelled flights",
        "Objectives", "Results of 2023", "Exercise and rest",
    ],
)  # fmt: skip
def test_a_line_that_supposes_nothing(line: str) -> None:
    assert not supposes(line)


def test_a_sentence_that_guesses_follow() -> None:
    for sentence in (
        "We tested two hypotheses.", "Hypothesis 3.", "Option B.", "Deux hypothèses ont été examinées.",
        "Dem Plan liegen drei Annahmen zugrunde.", "Se probaron dos hipótesis.",
    ):  # fmt: skip
        assert opens_guesses(sentence), sentence
    for sentence in ("The hypothesis was confirmed.", "Which of the two hypotheses holds?", "We tested two pumps."):
        assert not opens_guesses(sentence), sentence
