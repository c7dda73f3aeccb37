"""The words with which pages take back what stands beside them."""

import pytest

from ragcli.answering.proof.denials import denies, disowns, says_false, takes_back


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Common myths", True),
        ("What not to believe", True),
        ("Repealed", True),
        ("Idées reçues", True),
        ("À ne pas croire", True),
        ("Abgelehnte Vorschläge", True),
        ("Außer Kraft getreten", True),
        ("Propuestas rechazadas", True),
        ("Articoli abrogati", True),
        ("The history of the harbour", False),
        ("Mythology of the north", False),
        ("In Kraft", False),
        ("How the harbour board was wrong about the cost of dredging", False),  # it is of that, and denies nothing
    ],
)
def test_a_heading_that_denies(line: str, expected: bool) -> None:
    assert denies(line) is expected


@pytest.mark.parametrize(
    "sentence",
    [
        "This is not true.", "But this is wrong.", "False.", "Not so, says the mayor.", "The opposite is true.",
        "None of this is true.", "Smith denied this.", "It never was.", "This rule was repealed in 2019.",
        "That plan was dropped.", "This does not apply to fishing boats.", "Except on Sundays.", "Only for members.",
        "C'est faux.", "Or, c'est faux.", "Il n'en est rien.", "Cela ne s'applique plus.", "Sauf le dimanche.",
        "Das stimmt nicht.", "Doch das ist falsch.", "Dies gilt nicht für Boote.", "Nichts davon ist wahr.",
        "Esto es falso.", "Sin embargo, no es cierto.", "Esto no se aplica a los barcos.", "Excepto los domingos.",
        "Non è vero.", "Ma questo è falso.", "Ciò non vale più.", "Tranne la domenica.",
        "This ruling was overturned on appeal.", "This figure has since been corrected.", "Cette décision a été annulée.",
        "Dieser Wert wurde später berichtigt.", "Esta cifra fue corregida después.", "Berth 7 is an exception.",
        "Le poste 7 fait exception.", "Platz 7 ist eine Ausnahme.", "La plaza 7 es una excepción.",
    ],
)  # fmt: skip
def test_a_sentence_that_takes_back_the_one_before(sentence: str) -> None:
    assert takes_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was built by masons.", "This is true.", "The wrong key was found.", "Is this false?", "Das gilt für alle.",
        "Cela s'applique à tous.", "Only members may enter the hall.", "Questo è vero.",
        "This was never repealed by the council, which met in Lund in the spring.",
    ],
)  # fmt: skip
def test_a_sentence_that_does_not(sentence: str) -> None:
    assert not takes_back(sentence)


def test_what_makes_all_that_follows_anothers_or_supposed() -> None:
    for sentence in (
        "Smith claimed the following.", "The following is false.", "Myth no. 1.", "Suppose the tower were sold.",
        "Nehmen wir an, es wäre Krieg.", "Ce qui suit est faux.", "Lo siguiente es falso.", "Non è vero quanto segue.",
    ):  # fmt: skip
        assert disowns(sentence, is_open=False), sentence
    assert disowns("Critics claimed:", is_open=True)
    assert not disowns("Critics claimed.", is_open=False)
    assert not disowns("Proceed as follows:", is_open=True)
    assert disowns("He assumed the following.", is_open=False)
    assert disowns("Les actes suivants sont interdits.", is_open=False)
    assert disowns("We pay for none of these.", is_open=False, lists=True)
    assert not disowns("We pay for none of these.", is_open=False)
    assert not disowns("Angenommen wurde der Antrag von Meier.", is_open=False)


@pytest.mark.parametrize(
    ("heading", "does"),
    [
        ("Common myths", True),
        ("Repealed", True),
        ("Idées reçues", True),
        ("Außer Kraft", True),
        ("No longer in force", True),
        ("Fake news detection", False),
        ("False positives", False),
        ("Facts", False),
        ("What the keepers of the tower said was wrong", False),
    ],
)
def test_headings_that_say_that_what_stands_below_is_false(heading: str, does: bool) -> None:
    assert says_false(heading) is does
