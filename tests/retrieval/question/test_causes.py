"""A cause is asked for in more words than `why`."""

import pytest

from ragcli.retrieval.question.causes import asks_for_cause


@pytest.mark.parametrize(
    "question",
    [
        "Why did the tolls fall?",
        "How come the lock was closed?",
        "What drove the rise in tolls?",
        "What has led to the closure of the lock?",
        "What explains the fall?",
        "Which factors contributed to the loss?",
        "What was the main reason for the delay?",
        "What were the causes of the flood?",
        "What reasons did the council give?",
        "To what was the flood attributed?",
        "What was the flood due to?",
        "Pourquoi le péage a-t-il baissé ?",
        "Qu’est-ce qui a provoqué la crue ?",
        "A quoi est due la crue ?",
        "Quelles sont les causes de la crue ?",
        "Quel facteur explique la baisse ?",
        "Comment s'explique la hausse des péages ?",
    ],
)
def test_questions_for_a_cause(question: str) -> None:
    assert asks_for_cause(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who led the repairs?",
        "Which company caused the flood?",
        "What are the risk factors for a dam?",
        "What is the driver's name?",
        "When is the toll due?",
        "What do the tolls contribute to?",
        "À quoi sert la vanne ?",
        "Quel est le facteur de charge ?",
    ],
)
def test_questions_for_something_else(question: str) -> None:
    assert not asks_for_cause(question)


def test_other_languages_ask_by_their_own_words() -> None:
    assert asks_for_cause("Warum fiel der Zoll?", ["de"])
    assert asks_for_cause("¿Por qué bajó el peaje?", ["en", "es"])
    assert not asks_for_cause("Wann fiel der Zoll?", ["de", None])
