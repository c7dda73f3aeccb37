"""How a question is addressed is no part of what it asks."""

import pytest

from ragcli.retrieval.question.courtesy import told_and_asked, without_courtesy


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Hi there, quick question: is a helmet required?", "is a helmet required?"),
        ("Good morning! Can you please tell me when the lock opens?", "when the lock opens?"),
        ("I'd like to know if keepers get leave. Thanks a lot!", "keepers get leave?"),
        ("Please let me know who pays the keeper. Thank you in advance.", "who pays the keeper?"),
        ("I'm new here and I was wondering: how long is the leave?", "I'm new here. how long is the leave?"),
        ("Could you help me find out the following? Who owns the lock?", "Who owns the lock?"),
        ("Bonjour, je voudrais savoir combien de clés j'ai. Merci d'avance !", "combien de clés j'ai?"),
        ("Pouvez-vous me dire quel est le délai ?", "quel est le délai?"),
        ("Guten Tag, können Sie mir bitte sagen, wie lange die Frist ist? Vielen Dank!", "wie lange die Frist ist?"),
        (
            "Hallo, ich bin neu und möchte gerne wissen: Wer zahlt den Wärter? Danke!",
            "ich bin neu. Wer zahlt den Wärter?",
        ),
        ("Hola, ¿me podrías decir cuántas llaves tengo? Gracias", "cuántas llaves tengo?"),
        ("Buongiorno, vorrei sapere quante chiavi ho. Grazie mille", "quante chiavi ho?"),
        ("Olá, gostaria de saber quantos dias tenho. Obrigado!", "quantos dias tenho?"),
    ],
)
def test_what_is_asked_is_left(question: str, asked: str) -> None:
    assert without_courtesy(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Can you tell me a story about a fox?",
        "Tell me about the leave of keepers.",
        "Who can tell me what a sluice is?",
        "What did the keeper want to know when he left?",
        "What is the revenue of Hello Lamps?",
        "How do I say thanks?",
        "Was ist der Dank des Vaterlandes?",
        "What’s the rent?",
        "Who is the keeper? -Larmont",
        "Hi",
        "",
    ],
)
def test_a_question_without_courtesy_stays_as_it_is(question: str) -> None:
    assert without_courtesy(question) == question


def test_what_is_told_before_is_no_question() -> None:
    asked = "How much leave do I get? And when?"
    assert told_and_asked(f"I am new here. {asked}") == ("I am new here.", asked)
    assert told_and_asked(asked) == ("", asked)
    assert told_and_asked("I am new here.") == ("I am new here.", "")
    assert told_and_asked("Ich bin 45. Wann endet das?") == ("Ich bin 45.", "Wann endet das?")


@pytest.mark.parametrize("question", ["Wann war die 9. Sitzung des Rates?", "Was geschah am 3. Mai 2021?"])
def test_an_ordinal_ends_no_sentence(question: str) -> None:
    assert told_and_asked(question) == ("", question)


@pytest.mark.parametrize("repeated", [" ,", "please, ", "hi, ", "can you tell me ", "thanks, ", " and", "am 3. "])
def test_what_goes_on_and_on_is_soon_read(repeated: str) -> None:
    question = repeated * (10_000 // len(repeated))  # the square of it would take half a minute
    assert len(without_courtesy(question)) <= len(question)
