"""Of several questions in one the first is known, where the others only go on about it."""

import pytest

from ragcli.answering.compound import apart, leading, several


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What is the fee, and when is it due?", "What is the fee"),
        ("Has the rent changed since 2020? If so, why was it raised?", "Has the rent changed since 2020?"),
        ("In which year was the tower opened and how does it compare to others?", "In which year was the tower opened"),
        ("What did Garnier plan and did Garnier see it built?", "What did Garnier plan"),
        ("Qu'est-ce qu'un acte authentique et quelles sont ses caractéristiques ?", "Qu'est-ce qu'un acte authentique"),
        ("Comment se calcule la prime, et à quelle date est-elle versée ?", "Comment se calcule la prime"),
        ("Was kostet der Eintritt und wann öffnet das Museum?", "Was kostet der Eintritt"),
        ("¿Cuánto cuesta la entrada y dónde se compra?", "¿Cuánto cuesta la entrada"),
        ("Quanto costa il biglietto e dove si compra?", "Quanto costa il biglietto"),
        ("Wat kost het en wanneer gaat het open?", "Wat kost het"),
    ],
)
def test_the_first_of_several_questions(question: str, first: str) -> None:
    assert leading(question) == first


@pytest.mark.parametrize(
    "question",
    [
        "When and where was the lease signed?",
        "Which court ruled, and why?",
        "Who went to Radcliffe and was trained there?",
        "Closing speakers are given between five and how many minutes?",
        "What does the fee cover in Lyon and how does it compare to Paris?",  # the half in Lyon answers nothing
        "How many soldiers died? In the first war?",
        "How is it reset? I have the old model.",
        "Quand et où a lieu la fête ?",
        "Who wrote it?",
        "",
    ],
)
def test_one_question_has_no_first(question: str) -> None:
    assert leading(question) is None


def test_all_questions_in_one() -> None:
    assert several("¿Qué es el NIE y quién lo asigna?") == ("¿Qué es el NIE", "quién lo asigna?")
    assert several("What does Lyon cost, who pays, and how does Paris compare?") == (
        "What does Lyon cost, who pays",
        "how does Paris compare?",
    )
    assert several("What is the budget for lamps, and does unspent budget carry over?") == (
        "What is the budget for lamps",
        "does unspent budget carry over?",
    )
    assert several("Who buys oil and does repairs?") == ()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Which stations are on the Orle, and how much power does the TX-4 draw?",
            ("Which stations are on the Orle", "how much power does the TX-4 draw?"),
        ),
        (
            "Who built Skarn tower? When was Vlissen bridge sold?",
            ("Who built Skarn tower?", "When was Vlissen bridge sold?"),
        ),
        ("When does the lease of Halden end, and what is the rent?", ()),  # of what, is said before
        ("What does it cost in Lyon and how does that compare to Paris?", ()),
        ("Which towns did Marco see, and which did Anna see?", ()),
        ("When was the tower opened?", ()),
    ],
)
def test_questions_that_are_asked_as_well_alone(question: str, parts: tuple[str, ...]) -> None:
    assert apart(question) == parts
