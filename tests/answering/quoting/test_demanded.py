"""Who asks for a sum, a telephone number or an address gets no answer from passages that hold none."""

import pytest

from ragcli.answering.quoting.demanded import is_lacking, is_named_by_none, tells_no_number, tells_no_quantity
from ragcli.answering.quoting.quotes import rank
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit

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


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("In which year was the library built?", "It dates from 1931."),
        ("What year did the mill burn down?", "The fire of 3/6/31 took it."),
        ("En quelle année la bibliothèque a-t-elle été construite ?", "Elle date de 1931."),
        ("In welchem Jahr wurde die Halle gebaut?", "Sie steht seit 1931."),
        ("¿En qué año se construyó la sala?", "Es de 1931."),
        ("In che anno fu costruita la sala?", "Risale al 1931."),
        ("In what year did the battle take place?", "They met in 732 near the river."),
    ],
)
def test_a_year_is_told_by_no_hour_or_month(question: str, answer: str) -> None:
    says_none = "It is open from 10 h to 18 h (10:00, 6 pm) in May, 2400 people come at 1,850 € a year, on page 1120.5."
    assert is_named_by_none(question, [says_none])
    assert not is_named_by_none(question, [says_none, answer])


@pytest.mark.parametrize(
    "question", ["Which year groups go to the hall?", "What is paid per year?", "What year group is it?"]
)
def test_a_question_with_the_word_year_need_ask_for_none(question: str) -> None:
    assert not is_named_by_none(question, ["Groups 4 and 5 do."])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What colour is the hall?", "The walls are bright-red."),
        ("Which colors does the flag have?", "It is blue and white."),
        ("De quelle couleur est la salle ?", "Les murs sont peints en vert."),
        ("Quelle est la couleur du drapeau ?", "Il est bleu."),
        ("Welche Farbe hat der Saal?", "Die Wände sind hellgrün."),
        ("¿De qué color es la sala?", "Las paredes son rojas."),
        ("Di che colore è la macchina?", "È grigia."),
        ("What color is the case?", "The case is RAL 5002."),
    ],
)
def test_a_colour_is_told_by_naming_one(question: str, answer: str) -> None:
    assert is_named_by_none(question, [SAYS_NOTHING, "The hall is rated, and was covered by a read-only sensor."])
    assert not is_named_by_none(question, [SAYS_NOTHING, answer])
    assert not is_named_by_none("What colour space is used?", [SAYS_NOTHING])


SCHOOLS = "The schools of Skarn have a garden. The garden of a school is looked after by its pupils."


@pytest.mark.parametrize(
    ("question", "language", "says_nothing", "answer"),
    [
        ("How many schools of Skarn have a garden?", "en", SCHOOLS, "Seven schools of Skarn have a garden."),
        (
            "How large is the garden of a school in Skarn?",
            "en",
            SCHOOLS,
            "The garden of a school has 40 square metres.",
        ),
        ("How many schools have no garden?", "en", SCHOOLS, "None of the schools have no garden."),
        ("How many schools have a garden?", "en", SCHOOLS, "Schools with a garden are Norr, Ås and Vik."),
        (
            "Combien d'écoles utilisent le logiciel ?",
            "fr",
            "Certaines écoles utilisent le logiciel. Le logiciel est libre.",
            "Une dizaine d'écoles utilisent le logiciel.",
        ),
        (
            "Wie viele Schulen haben einen Garten?",
            "de",
            "Manche Schulen haben einen Garten. Der Garten liegt im Hof.",
            "Beide Schulen haben einen Garten.",
        ),
    ],
)
def test_how_many_is_told_by_a_number(
    question: str, language: str, says_nothing: str, answer: str, embedder: Embedder
) -> None:
    def tells_none(text: str) -> bool:
        return tells_no_number(
            rank(question, [Hit(1, 1.0, 1, "skarn.txt", text, language=language)], embedder, language)
        )

    assert tells_none(says_nothing)
    assert not tells_none(f"{answer} {says_nothing}")


def test_not_everything_of_a_size_is_a_number(embedder: Embedder) -> None:
    hits = [Hit(1, 1.0, 1, "skarn.txt", "The paper of the office is of the size Letter.", language="en")]
    assert not tells_no_number(rank("What paper size has the office?", hits, embedder, "en"))


@pytest.mark.parametrize(
    ("question", "language", "says_nothing", "answer"),
    [
        (
            "What is the weight of the Skarn probe?",
            "en",
            "The Skarn probe has a range of 75 m.",
            "The probe brings 2 kg.",
        ),
        ("How much power does the probe use?", "en", "The probe was sold in 2019.", "The probe draws 0.38 W."),
        (
            "Quelle est la tension de la sonde ?",
            "fr",
            "La sonde a été livrée en 2019.",
            "La sonde se contente de 12 V.",
        ),
        ("Wie schwer ist die Sonde?", "de", "Die Sonde stammt von 2019.", "Die Sonde bringt es auf 2 kg."),
    ],
)
def test_a_quantity_is_told_by_its_unit_or_by_nothing(
    embedder: Embedder, question: str, language: str, says_nothing: str, answer: str
) -> None:
    def tells_none(text: str, written_in: str = language) -> bool:
        return tells_no_quantity(
            rank(question, [Hit(1, 1.0, 1, "a.txt", text, language=written_in)], embedder, language)
        )

    assert tells_none(says_nothing)
    assert tells_none(says_nothing, "es")  # whatever the page is in
    assert not tells_none(f"{answer} {says_nothing}")


def test_not_every_area_has_a_unit(embedder: Embedder) -> None:
    hits = [Hit(1, 1.0, 1, "a.txt", "Broca's region of the brain controls speech.", language="en")]
    assert not tells_no_quantity(rank("What area of the brain controls speech?", hits, embedder, "en"))


def test_who_asks_for_the_price_of_power_asks_for_no_watts(embedder: Embedder) -> None:
    hits = [Hit(1, 1.0, 1, "a.txt", "It is sold at 12 cents, or 0.12 €, by the town.", language="en")]
    assert not tells_no_quantity(rank("How much does the power cost?", hits, embedder, "en"))
