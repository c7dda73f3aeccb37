"""What a question says of where its answer stands is taken out, and nothing else."""

import pytest

from ragcli.answering.quoting.reference import without_reference


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("What was the cash flow as reported in the Q3 2022 10-Q?", "What was the cash flow Q3 2022 ?"),
        ("According to this report, how many rules are breached?", ", how many rules are breached?"),
        ("In Apple's latest filing, what changed in inventory?", "Apple's latest what changed in inventory?"),
        ("Were divestitures reported by Apple in the 10-Q?", "Were divestitures Apple ?"),
        ("Selon le rapport annuel, combien de stations ?", "combien de stations ?"),
        ("Quel est le montant indiqué dans le document ?", "Quel est le montant ?"),
        ("Wie hoch ist laut dem Bericht der Umsatz?", "Wie hoch ist der Umsatz?"),
        ("¿Cuál es la tasa según el informe anual?", "¿Cuál es la tasa ?"),
        ("Qual é a taxa segundo o relatório?", "Qual é a taxa ?"),
    ],
)
def test_the_document_is_not_asked_for(question: str, rest: str) -> None:
    assert without_reference(question) == rest


@pytest.mark.parametrize(
    "question",
    [
        "What does article 12 of the contract say?",
        "How many people work in the paper industry?",
        "Who wrote the report?",
        "What is named on the first page of the document?",
        "In the text messages, who is named?",
        "Que dit l'article 4 de la convention ?",
        "What is in this document?",
    ],
)
def test_what_is_asked_for_stays(question: str) -> None:
    assert without_reference(question) == question
