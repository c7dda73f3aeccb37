"""What tells how to answer is no part of what is asked."""

import pytest

from ragcli.retrieval.question.instructions import without_instructions


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("What is the rent? Answer in one sentence.", "What is the rent?"),
        ("What is the rent? Please round your answer to two decimals. Explain why.", "What is the rent?"),
        ("What page has a snowflake? Give me an integer.", "What page has a snowflake?"),
        ("Is a signature on the last page? Directly answer 'yes' or 'no'.", "Is a signature on the last page?"),
        ("You are a lawyer. When does the lease end?", "When does the lease end?"),
        ("What is the rent in 2015?Answer in thousands.", "What is the rent in 2015?"),
        ("What is the rent? Please provide a breakdown by year.", "What is the rent?"),
        ("What is the rent? The answer should be a number.", "What is the rent?"),
        ("How did the rent change? List this out separately for each year.", "How did the rent change?"),
        ("Quel est le loyer ? La réponse doit être courte.", "Quel est le loyer ?"),
        ("Who signed? If it is not in the documents, say so.", "Who signed?"),
        ("What is the FY2018 rent (in USD millions)? Answer from the lease.", "What is the FY2018 rent?"),
        ("Quel est le chiffre d'affaires (en milliers d'euros) ?", "Quel est le chiffre d'affaires ?"),
        ("Quel est le loyer ? Réponds en français.", "Quel est le loyer ?"),
        ("Quel est le loyer ? Merci de répondre brièvement. Justifiez.", "Quel est le loyer ?"),
        ("Wie hoch ist die Miete? Bitte antworten Sie kurz.", "Wie hoch ist die Miete?"),
        ("What was the rent in 2018 and 2019, respectively?", "What was the rent in 2018 and 2019?"),
        ("Quel était le loyer en 2018 et 2019 respectivement ?", "Quel était le loyer en 2018 et 2019 ?"),
        ("¿Cuál es el alquiler? Por favor, responde en una frase.", "¿Cuál es el alquiler?"),
    ],
)
def test_the_form_of_the_answer_is_not_sought(question: str, sought: str) -> None:
    assert without_instructions(question) == sought


@pytest.mark.parametrize(
    "question",
    [
        "Give me a list of the gauges.",
        "Explain why the bridge was closed.",
        "How many people died (in 1,000 villages)?",
        "Who won (in Paris)?",
        "I rent a flat in Skarn. When does the lease end?",
        "What is the rent? And who pays for repairs?",
        "Cite the article on repairs.",
        "What does index?lang=fr mean?",
        "Is the list complete? The answer of the board of 2019 was no.",
        "Who answers for damage? The tenant has moved out.",
    ],
)
def test_what_is_asked_stays_whole(question: str) -> None:
    assert without_instructions(question) == question
