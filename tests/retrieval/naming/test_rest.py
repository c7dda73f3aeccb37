"""What is asked, without whom it is asked of."""

import pytest

from ragcli.retrieval.naming.rest import without

NAMES = {"Northwind", "Northwind's", "Skarn", "Skarn?", "Lease", "Boyd?"}


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("When does the Lease Agreement between Northwind and Skarn expire?", "When does the Agreement expire?"),
        ("What is the term of Northwind's Agreement?", "What is the term of Agreement?"),  # its `of` goes on
        ("May it be assigned by R. C. Boyd?", "May it be assigned"),
        ("Quelle loi régit le contrat entre Northwind et Skarn ?", "Quelle loi régit le contrat ?"),
        ("Which law governs it?", "Which law governs it?"),
        ("Which law governs the Lease of Skarn? Name its state.", "Which law governs the? Name its state."),
        ("Northwind and Skarn?", ""),
    ],
)
def test_names_go_with_the_words_that_join_them(question: str, rest: str) -> None:
    assert without(question, lambda word: word in NAMES) == rest
