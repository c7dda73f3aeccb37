"""A follow-up keeps its topic; a new subject is left alone."""

import pytest

from ragcli.answering.followup import standalone, standalone_by_model
from ragcli.answering.llama import LlamaGenerator
from tests.answering.test_answer import Reciter

RADAR = "How much power does the LIMNAR-4 draw?"
PONT = "Quand le pont de Halden a-t-il été inauguré ?"


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (RADAR, "And what is its beam width?", "And what is its beam width? (LIMNAR-4)"),
        (RADAR, "Who made it?", "Who made it? (LIMNAR-4)"),
        (RADAR, "What about the LIMNAR-2?", "What about the LIMNAR-2? (power draw)"),
        ("Who made it? (LIMNAR-4)", "And when?", "And when? (LIMNAR-4)"),
        (
            RADAR,
            "Which enzyme splits lactose in the small intestine?",
            "Which enzyme splits lactose in the small intestine?",
        ),
        ("what does the harbour board decide?", "why?", "why? (harbour board decide)"),
        (PONT, "Et par qui ?", "Et par qui ? (Halden)"),
        (PONT, "Combien mesure-t-il ?", "Combien mesure-t-il ? (Halden)"),
        (PONT, "Quelles économies le syndicat de Marrec a-t-il réalisées en 2023 ?", ""),
    ],
)
def test_the_rule(before: str, question: str, understood: str) -> None:
    language = "fr" if before is PONT else "en"
    assert standalone(question, [before], language) == (understood or question)


def test_the_first_question_stands_alone() -> None:
    assert standalone("And then?", []) == "And then?"


@pytest.mark.parametrize(
    ("said", "kept"), [('"Who made the LIMNAR-4?"\nx', "Who made the LIMNAR-4?"), ("", None), ("x" * 500, None)]
)
def test_what_a_model_writes_is_checked(said: str, kept: str | None) -> None:
    written = standalone_by_model("Who made it?", [(RADAR, "It draws 0.38 W.")], Reciter(said))
    assert (written or "").replace(" x", "").rstrip('" ') == (kept or "")


@pytest.mark.llama
@pytest.mark.slow
def test_the_real_model_is_asked(smollm: LlamaGenerator) -> None:
    written = standalone_by_model("Who made it?", [(RADAR, "It draws 0.38 W.")], smollm)
    assert written is None or ("\n" not in written and written)
