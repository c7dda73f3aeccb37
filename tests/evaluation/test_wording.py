"""Questions from statements."""

import pytest

from ragcli.evaluation.wording import Worded, plain_forms, question_for

PLAIN = plain_forms("It will spend more, so as to measure and to plan; a town must carry it. They do not accept it.")


@pytest.mark.parametrize(
    ("statement", "said", "question"),
    [
        ("The gauge at Marrec was replaced in March 2021.", "2021", "When was the gauge at Marrec replaced?"),
        ("In 1998 the ladder was restored for the eels.", "1998", "When was the ladder restored for the eels?"),
        ("Skarn has had a mayor since 1998.", "1998", "Since when has Skarn had a mayor?"),
        ("The ladder has 14 steps and was mended.", "14", "How many steps does the ladder have?"),
        ("The bridge was mended after 22 winters.", "22", "After how many winters was the bridge mended?"),
        ("The crane can lift about 40 tonnes of cargo.", "40", "How many tonnes of cargo can the crane lift?"),
        ("The team measured 31 floods at the weir.", "31", "How many floods did the team measure at the weir?"),
        ("The town planned 12 bridges.", "12", "How many bridges did the town plan?"),
        ("The town spends $43.1 million on salt.", "43.1", "How many million dollars does the town spend on salt?"),
        ("The college accepted 5.3% of applicants.", "5.3", "What percentage of applicants did the college accept?"),
        ("The ladder was restored by Odile Ferrand.", "Odile Ferrand", "By whom was the ladder restored?"),
        ("41 readings of the staff were rejected.", "41", "How many readings of the staff were rejected?"),
        # No good question: a range, a second number, another verb, a label, somebody from another sentence, no known verb.
        ("The town spends between 12 crowns and a dollar.", "12", None),
        ("The town spends 12 crowns and 3 dollars.", "12", None),
        ("The town that was there spends 12 crowns.", "12", None),
        ("The town measured by the team accepted 12 bridges.", "12", None),
        ("The map is that of Figure 12 towns.", "12", None),
        ("The town was mended when she had 12 bridges.", "12", None),
        ("The town bought 12 bridges.", "12", None),
    ],
)
def test_an_english_statement_becomes_the_question_that_it_answers(
    statement: str, said: str, question: str | None
) -> None:
    assert asked(statement, said, "en") == question


@pytest.mark.parametrize(
    ("statement", "said", "question"),
    [
        ("Les agents ont suivi 37 jours de formation.", "37", "Les agents ont suivi combien de jours de formation ?"),
        ("Le sel coûte à la ville 58 300 €.", "58 300", "Le sel coûte à la ville combien d’euros ?"),
        ("Le culte a duré environ 800 ans.", "800", "Le culte a duré combien d’années ?"),
        ("La part des femmes atteint 45 % du total.", "45", "La part des femmes atteint quel pourcentage du total ?"),
        ("En 2022, la ville a ouvert un musée.", "2022", "En quelle année est-ce que la ville a ouvert un musée ?"),
        ("La pêche est ouverte depuis 2019.", "2019", "La pêche est ouverte depuis quelle année ?"),
        ("L’avenant entre en vigueur le 15 avril 2024.", "2024", "L’avenant entre en vigueur à quelle date ?"),
        ("Le port est dirigé par Jean Lartigue.", "Jean Lartigue", "Le port est dirigé par qui ?"),
        ("31 stations ont été relevées.", "31", "Combien de stations ont été relevées ?"),
        ("Le délai est celui de l’article 12 du code.", "12", None),
        ("La loi du 22 décembre 2021 est abrogée.", "2021", None),
        ("La ville a perdu 12 ponts et 3 quais.", "12", None),
        ("Bien que la ville ait perdu 12 ponts, le roi rit.", "12", None),
        ("La séance est levée à 16 heures.", "16", None),
    ],
)
def test_a_french_statement_becomes_the_question_that_it_answers(
    statement: str, said: str, question: str | None
) -> None:
    assert asked(statement, said, "fr") == question


def test_the_answer_is_the_whole_date_and_the_bare_number() -> None:
    assert worded("The gauge was replaced on 14 March 2021.", "2021", "en") == Worded(
        "When was the gauge replaced?", "14 March 2021"
    )
    assert worded("The town spends $43.1 million.", "43.1", "en") == Worded(
        "How many million dollars does the town spend?", "43.1"
    )


def test_other_languages_have_no_rules() -> None:
    assert worded("Die Stadt hat 12 Brücken gebaut.", "12", "de") is None


def worded(statement: str, said: str, language: str) -> Worded | None:
    start = statement.index(said)
    return question_for(statement, start, start + len(said), language, PLAIN, {"the", "la", "ladder", "town"})


def asked(statement: str, said: str, language: str) -> str | None:
    found = worded(statement, said, language)
    return found.question if found else None
