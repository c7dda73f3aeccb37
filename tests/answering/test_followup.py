"""A follow-up keeps its topic; a new subject is left alone."""

import pytest

from ragcli.answering.followup import is_courtesy, standalone, standalone_by_model
from tests.answering.test_answer import Reciter

RADAR = "How much power does the LIMNAR-4 draw?"
MIETE = "Wie hoch ist die Miete der Lagerhalle in Lindau?"
NAVE = "¿Cuál es la superficie de la nave de Gijón?"
PONT = "Quand le pont de Halden a-t-il été inauguré ?"


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (RADAR, "And what is its beam width?", "And what is its beam width? (LIMNAR-4)"),
        (RADAR, "Who made it?", "Who made it? (LIMNAR-4)"),
        (RADAR, "What about the LIMNAR-2?", "What about the LIMNAR-2? (power draw)"),
        ("Who made it? (LIMNAR-4)", "And when?", "And when? (LIMNAR-4 made)"),
        (RADAR, "Which enzyme splits lactose in the small intestine?", ""),
        ("How much EEPROM does the ATmega32 have?", "And the ATmega16?", "And the ATmega16? (EEPROM)"),
        ("And the ATmega16? (EEPROM bytes)", "What about its RAM?", "What about its RAM? (ATmega16 bytes)"),
        ("What did Boeing spend in 2021?", "And in 2022?", "And in 2022? (Boeing spend)"),
        ("How long is parental leave?", "Is it paid?", "Is it paid? (parental leave)"),
        ("what does the harbour board decide?", "why?", "why? (harbour board decide)"),
        (PONT, "Et par qui ?", "Et par qui ? (Halden pont inauguré)"),
        ("Et en 2024 ? (valeur point)", "Depuis quand ?", "Depuis quand ? (2024 valeur point)"),
        ("What did the harbour spend in 2021?", "Why?", "Why? (2021 harbour spend)"),
        ("What did the harbour spend in 2021?", "And in 2022?", "And in 2022? (harbour spend)"),
        (RADAR, "And in winter?", "And in winter? (LIMNAR-4 power draw)"),
        (RADAR, "And the price?", "And the price? (LIMNAR-4)"),
        ("Who is the chief executive of Apple?", "Who is he?", "Who is he? (Apple chief executive)"),
        ("What did Boeing spend in 2021?", "And Airbus?", "And Airbus? (2021 spend)"),
        ("Quel salaire minimum pour un C1 en 2025 ?", "Et en 2024 ?", "Et en 2024 ? (C1 salaire minimum)"),
        ("Quel a été le budget de Marrec en 2023 ?", "Et en 2022 ?", "Et en 2022 ? (Marrec budget)"),
        (
            "Où les mesures d’été de Marrec se font-elles ?",
            "Et pour le débit ?",
            "Et pour le débit ? (Marrec mesures d'été)",
        ),
        (PONT, "Combien mesure-t-il ?", "Combien mesure-t-il ? (Halden)"),
        (PONT, "Quelles économies le syndicat de Marrec a-t-il réalisées en 2023 ?", ""),
        (MIETE, "Und die Kaution?", "Und die Kaution? (Miete Lagerhalle Lindau)"),
        (MIETE, "Wer hat sie entworfen?", "Wer hat sie entworfen? (Miete Lagerhalle Lindau)"),
        (MIETE, "Und in Bregenz?", "Und in Bregenz? (hoch)"),
        (MIETE, "Wie kann ich in LaTeX einen Kommentar schreiben?", ""),
        (MIETE, "Gibt es im Hafen eine Werkstatt für Boote?", ""),
        (NAVE, "¿Y su precio?", "¿Y su precio? (Gijón)"),
        (NAVE, "¿Quién la diseñó?", "¿Quién la diseñó? (Gijón)"),
        (NAVE, "¿Cuántas listas de correo mantiene el proyecto Debian?", ""),
        ("Qual è il canone del magazzino di Trieste?", "E la cauzione?", "E la cauzione? (Trieste)"),
        ("Qual é a renda do armazém de Setúbal?", "E quem o projetou?", "E quem o projetou? (Setúbal)"),
        ("Hoe hoog is de huur van de loods?", "En de waarborgsom?", "En de waarborgsom? (hoog huur loods)"),
        ("Ile wynosi czynsz za magazyn w Gdyni?", "A kto go zaprojektował?", "A kto go zaprojektował? (Gdyni)"),
        ("Какая арендная плата за склад?", "А залог?", "А залог? (арендная плата склад)"),
        ("倉庫の賃料はいくらですか?", "その面積は?", "その面積は? (倉庫の賃料はいくらですか)"),
    ],
)
def test_what_points_back_gets_its_topic_and_a_new_subject_none(before: str, question: str, understood: str) -> None:
    assert standalone(question, [before]) == (understood or question)


@pytest.mark.parametrize(
    "question",
    [
        "Is there a penalty for late payment of an invoice?",
        "How many gauges are there on the upper river?",
        "Which rules say that a technician must stay at night?",
        "How often is the gate opened in one winter month?",
        "Was there frazil ice under the bridge this winter?",
        "How long does it take to charge the field tablet?",
        "Quelle pénalité en cas de retard de paiement ?",
        "Y a-t-il une pénalité pour paiement tardif de la facture ?",
        "Combien de stations le syndicat exploite-t-il en hiver ?",
        "Quand l’usine a-t-elle été construite en amont du pont ?",
        "Est-ce que la facture a été payée en retard ?",
        "Does the harbour board publish its minutes?",
        "When did the hospital change its name?",
        "What must a technician do when they find ice?",
        "How often do technicians calibrate their instruments?",
        "Can a member lose their seat on the board?",
        "Comment le syndicat finance-t-il ses stations ?",
        "Est-ce que le barrage perd sa garantie ?",
    ],
)
def test_a_question_with_a_subject_of_its_own_is_left_alone(question: str) -> None:
    assert standalone(question, [RADAR]) == question


@pytest.mark.parametrize(
    "question",
    [
        "Why does it drift under the ice bridge?",
        "What happened there during the flood night?",
        "Is that the price of the whole delivery?",
        "Which one is cheaper to run in summer months?",
        "Combien en ont-ils acheté pour le pont ?",
        "Quand a-t-il été posé sous le pont neuf ?",
        "Quel jour du mois a-t-il été posé sous le pont ?",
        "Son prix a-t-il changé depuis la livraison ?",
        "What does the price of its battery include?",
        "Does this change its range under bridges?",
        "Has the price for them changed since delivery?",
        "What is the name of its present director?",
    ],
)
def test_a_question_that_points_back_is_not(question: str) -> None:
    assert standalone(question, [RADAR]) == f"{question} (LIMNAR-4)"


def test_the_first_question_stands_alone() -> None:
    assert standalone("And then?", []) == "And then?"


@pytest.mark.parametrize(
    ("said", "kept"), [('"Who made the LIMNAR-4?"\nx', "Who made the LIMNAR-4?"), ("", None), ("x" * 500, None)]
)
def test_what_a_model_writes_is_checked(said: str, kept: str | None) -> None:
    written = standalone_by_model("Who made it?", [(RADAR, "It draws 0.38 W.")], Reciter(said))
    assert (written or "").replace(" x", "").rstrip('" ') == (kept or "")


def test_a_model_that_repeats_an_earlier_question_has_not_rewritten_the_last() -> None:
    turns = [(RADAR, "It draws 0.38 W."), ("Who won the cup?", "")]
    assert standalone_by_model("And its predecessor?", turns, Reciter("Who won the cup?")) is None
    assert standalone_by_model("Who, again, won the cup?", turns, Reciter("Who won the cup again?")) is not None
    rewritten = "How much power does the predecessor of the LIMNAR-4 draw?"
    assert standalone_by_model("And its predecessor?", turns, Reciter(rewritten)) == rewritten


def test_what_asks_nothing_is_told_from_what_could_be_searched() -> None:
    for line in (
        "thanks",
        "Thank you very much!",
        "Merci beaucoup.",
        "ok",
        "Bonjour à tous",
        "vielen Dank",
        "OK, d’accord :)",
    ):
        assert is_courtesy(line), line
    for line in (
        "thanks?",
        "Super U",
        "hello world",
        "price",
        "Et son prix ?",
        "ok 2022",
        "for you",
        "that",
        "",
        "merci Skarn",
    ):
        assert not is_courtesy(line), line
