"""Who asks for a sum, a telephone number or an address gets no answer from passages that hold none."""

import pytest

from ragcli.answering.quoting.demanded import is_lacking

SAYS_NOTHING = "The 12 directors met on 2031-06-24, as in 2014-2015, and weigh 1.5 t."


@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        ("How much does the sonar cost?", "en", "It is sold at 4 870 €."),
        ("What is the fine for a false alarm?", "en", "Fourth alarm: $ 50.00"),
        ("Quel est le salaire du directeur ?", "fr", "Il touche 3 000 euros par mois."),
        ("Quelle est l'amende pour un retard ?", "fr", "Elle est de 9 €."),
        ("Wie hoch ist die Miete?", "de", "Sie beträgt 2.450,00 €."),
        ("¿Cuánto cuesta la entrada?", "es", "Son 12 euros."),
        ("What is the phone number of the shop?", "en", "Call 555 0134 22."),
        ("Quel est le numéro de téléphone de la boutique ?", "fr", "Tél. : 01 23 45 67 89"),
        ("Wie ist die Telefonnummer des Ladens?", "de", "Ruf +49 (30) 123-4567 an."),
        ("¿Cuál es el número de teléfono?", "es", "Llame al 612345678."),
        ("What is the e-mail address of the chair?", "en", "Write to chair@example.org."),
        ("Quelle est l'adresse mail de la mairie ?", "fr", "mairie (at) example.org"),
    ],
)
def test_a_question_demands_what_alone_can_answer_it(question: str, language: str, answer: str) -> None:
    assert is_lacking(question, language, [SAYS_NOTHING])
    assert not is_lacking(question, language, [SAYS_NOTHING, answer])


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is the total?", "en"),  # of whatever it may be
        ("How many phone numbers are there?", "en"),
        ("Who pays the rent?", "en"),
        ("Quel est le budget en heures ?", "fr"),
        ("How does one save a phone number?", "en"),
        ("Wann wird die Miete fällig?", "de"),
    ],
)
def test_others_do_not(question: str, language: str) -> None:
    assert not is_lacking(question, language, [SAYS_NOTHING])
