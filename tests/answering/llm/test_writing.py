"""When a model is stopped: in a loop, and not where points of a list begin alike."""

import re
from collections.abc import Iterator, Sequence

import pytest

from ragcli.answering.llm.generator import Message, Sampling
from ragcli.answering.llm.writing import Written, finds_nothing, write
from ragcli.answering.templates import ENDS
from ragcli.clock import Clock
from tests.answering.test_answer import Reciter

POWER = "- The Board of Directors of the Association shall have the power to"
LISTED = [f"{POWER} {what}." for what in ("suspend a Member", "employ a manager", "fill an office", "suspend it")]
SENTENCE = "The tower was opened in 1889, when the harbour of the old town was widened."


class Pieces(Reciter):
    """It says its text as it stands, a word at a time."""

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        yield from re.findall(r"\S+\s*", self.text)


def written(text: str) -> Written:
    return write([], Sampling(), Pieces(text), lambda piece: None, Clock())


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LISTED),
        f"For the harbour:\n{LISTED[0]}\nFor the tower:\n{LISTED[0]}\nFor both:\nnothing",
        f"{SENTENCE} {SENTENCE} It is tall.",
        "| Item | 2022 |" + " --- |" * 12 + "\n" + "| Radar | 1 |\n" * 4,
        "It is old. " * 5,
        "",
    ],
)
def test_what_begins_alike_is_left_whole(text: str) -> None:
    assert written(text) == Written(text, "done")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"So: {SENTENCE} " + f"{SENTENCE} " * 50, f"So: {SENTENCE}"),
        ("It is old, " + "and so very old, " * 60, "It is old, and so very"),
        ("".join(f"{n}. {SENTENCE}\n" for n in range(1, 60)), f"1. {SENTENCE}\n2. {SENTENCE}\n3. "),
        ("It is " + "far " * 99, "It is far"),
    ],
)
def test_a_loop_is_taken_off(text: str, kept: str) -> None:
    assert written(text) == Written(kept, "looping")


@pytest.mark.parametrize("size", [1, 3, 500])
def test_examples_that_a_model_makes_up_are_no_part_of_its_answer(size: int) -> None:
    text = "It is 212 metres long.\n\nQuestion: How long is it?\nAnswer: It is old."
    pieces = [text[at : at + size] for at in range(0, len(text), size)]

    class Sized(Reciter):
        def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
            yield from pieces

    shown: list[str] = []
    found = write([], Sampling(), Sized(text), shown.append, Clock(), ENDS["few-shot"])
    assert found == Written("It is 212 metres long.\n", "done")
    assert "".join(shown) == found.text
    assert write([], Sampling(), Sized(text), shown.append, Clock()).text == text


def test_a_loop_of_short_sentences_ends_soon() -> None:
    turns = "".join(f"It is old. It is tall. It is far away from here. It is {n % 7} metres long.\n" for n in range(90))
    found = written(turns)
    assert found.ending == "looping"
    assert len(found.text) < len(turns) // 5


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("I don't know based on the sources.", True),
        ("**I do not know.**\n", True),
        ("Sorry, but I can’t answer that question from the sources provided.", True),
        ("Je ne sais pas.", True),
        ("Das weiß ich nicht.", True),
        ("Ich kann die Frage nicht beantworten, da die Quellen nichts dazu sagen.", True),
        ("No lo sé según las fuentes.", True),
        ("The sources do not say.", True),
        ("The population of Marrec is not mentioned in the sources provided.", True),
        ("The provided sources do not specify who signed the deed.", True),
        ("Les sources ne mentionnent pas la population de Marrec.", True),
        ("La population n’a pas été précisée dans le texte fourni.", True),
        ("Die Einwohnerzahl von Marrec wird in den Quellen nicht erwähnt.", True),
        ("La población de Marrec no se menciona en las fuentes.", True),
        ("The fee is not mentioned in the sources. It is 5 euros.", False),
        ("The station is not mentioned in the report of 2023.", False),
        ("Le prix n'est pas donné en euros.", False),
        ("I don't know. The tower is 330 metres tall.", False),
        ("I know it: 330 metres.", False),
        ("No sender may be served. It is 3.", False),
        ("Je ne sais pas nager est un livre. Il a paru en 1920.", False),
    ],
)
def test_a_model_that_says_it_does_not_know_has_said_nothing(text: str, is_none: bool) -> None:
    assert finds_nothing(text) == is_none
