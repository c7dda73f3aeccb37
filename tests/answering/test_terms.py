"""The terms that a question and a sentence have in common."""

import pytest

from ragcli.answering.terms import terms, terms_in


@pytest.mark.parametrize(
    ("language", "asked", "said", "has"),
    [
        ("de", "Kündigungsfrist", "mit einer Frist von sechs Monaten", True),
        ("de", "Halle", "Vermietet wird die Lagerhalle.", True),
        ("de", "Fristablauf", "mit einer Frist", False),  # what comes first in a compound is not what it is
        ("de", "Art", "Der Start ist frei.", False),
        ("nl", "opzegtermijn", "met een termijn van zes maanden", True),
        ("en", "stand", "I understand it.", False),
    ],
)
def test_a_compound_is_what_its_end_says(language: str, asked: str, said: str, has: bool) -> None:
    wanted = terms(asked, language)
    assert bool(wanted & terms_in(said, language, language, wanted)) is has
