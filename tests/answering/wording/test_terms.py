"""The terms that a question and a sentence have in common."""

import pytest

from ragcli.answering.wording.terms import terms, terms_in


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


@pytest.mark.parametrize(
    ("language", "asked", "said", "has"),
    [
        ("nl", "opzegtermijn", "met een opzeggingstermijn van vier weken", True),
        ("nl", "opzeggingstermijn", "met een opzegtermijn van vier weken", True),
        ("de", "Bestellnummer", "die Bestellungsnummer 4711", True),
        ("de", "Anmeldfrist", "Die Anmeldefrist endet im Mai.", True),
        ("de", "Anmeldefrist", "Die Anmeldegebühr ist fällig.", False),
        ("de", "Urlaubstag", "ein Urlaubsantrag", False),
        ("en", "workshop", "the workingshop", False),
    ],
)
def test_the_parts_of_a_compound_may_be_linked_otherwise(language: str, asked: str, said: str, has: bool) -> None:
    wanted = terms(asked, language)
    assert bool(wanted & terms_in(said, language, language, wanted)) is has


@pytest.mark.parametrize(
    ("language", "asked", "said", "has"),
    [
        ("de", "sperrt", "Die Workstation ist zu sperren.", True),
        ("de", "bezahlt", "Wir bezahlen das.", True),
        ("de", "gesperrt", "Die Workstation ist zu sperren.", True),
        ("nl", "keurt", "De commissie kan dit keuren.", True),
        ("nl", "gemeld", "Je kunt het melden.", True),
        ("nl", "keurt", "De reviewer kan het goedkeuren.", True),
        ("nl", "haalt", "Je kunt het ophalen.", True),
        ("de", "meldet", "Man kann es anmelden.", True),
        ("de", "Gehalt", "Man kann sich daran halten.", False),
        ("nl", "gebied", "de bieder", False),
    ],
)
def test_the_forms_of_a_verb_are_one_word(language: str, asked: str, said: str, has: bool) -> None:
    wanted = terms(asked, language)
    assert bool(wanted & terms_in(said, language, language, wanted)) is has


@pytest.mark.parametrize(
    ("asked", "said", "has"),
    [
        ("révoquer", "Seule la révocation le permet.", True),
        ("convocation", "Les parents sont convoqués.", True),
        ("confisquer", "la confiscation du matériel", True),
        ("banque", "un banc public", False),
    ],
)
def test_french_writes_one_sound_in_two_ways(asked: str, said: str, has: bool) -> None:
    wanted = terms(asked, "fr")
    assert bool(wanted & terms_in(said, "fr", "fr", wanted)) is has


def test_where_spaces_part_syllables_two_in_a_row_are_a_term() -> None:
    assert {"banh mi", "mi nong"} <= terms("bánh mì nóng", "vi")
    assert "banh mi" not in terms("bánh mì nóng", "en")
