"""Which questions want a document from end to end, and which document they mean."""

import pytest

from ragcli.answering.overview import seen_whole
from ragcli.records import Hit


def hit(n: int, document: int, path: str, title: str | None = None) -> Hit:
    return Hit(n, 1 / n, n, path, "Some text.", title, document_id=document)


HITS = [
    hit(1, 1, "docs/rapport-annuel-2023.pdf", "Rapport d’activité"),
    hit(2, 2, "docs/limnar-radar-paper.pdf", "Radar gauges on flashy rivers"),
    hit(3, 1, "docs/rapport-annuel-2023.pdf", "Rapport d’activité"),
]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Summarise limnar-radar-paper.pdf", 2),
        ("Give me a short summary of the paper, in three short sentences.", 2),
        ("What is the paper on radar gauges about?", 2),
        ("What are the main findings of “Radar gauges on flashy rivers”?", 2),
        ("De quoi parle le rapport annuel 2023 ?", 1),
        ("Résume le rapport annuel en deux phrases", 1),
        ("Quels sont les points principaux du rapport d'activité ?", 1),
        ("Fasse den Rapport annuel 2023 in drei Sätzen zusammen", 1),
        ("Worum geht es in Radar gauges on flashy rivers?", 2),
        ("¿De qué trata el rapport annuel 2023?", 1),
        ("Riassumi il rapport annuel 2023", 1),
        ("Faça um resumo do limnar-radar-paper.pdf", 2),
        ("Waar gaat het rapport annuel 2023 over?", 1),
        ("Worum geht es im Bericht über Pinguine?", None),
        ("When did the talks resume?", None),
        ("Summarise the report on penguins", None),
        ("De quoi parle le rapport annuel 2019 ?", None),
        ("Summarise the section on frazil ice of the radar paper", None),
        ("What is this document about?", None),  # there are two
        ("How much power does the radar draw?", None),
        ("What does the radar paper say about ice?", None),
        ("Quel radar est le plus précis ?", None),
        ("What is radar?", None),
    ],
)
def test_the_document_that_a_question_wants_whole(question: str, document: int | None) -> None:
    found = seen_whole(question, HITS)
    assert (found.document_id if found else None) == document


@pytest.mark.parametrize(
    "question",
    [
        "What is this document about?",
        "De quoi s’agit-il dans ce texte ?",
        "TL;DR",
        "Fais-moi un résumé",
        "Worum geht es in diesem Dokument?",
    ],
)
def test_the_only_document_needs_no_name(question: str) -> None:
    assert seen_whole(question, HITS[:1]) == HITS[0]
    assert seen_whole(question, []) is None
