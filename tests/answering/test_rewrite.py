"""What a model makes of a question, over the wire and by the real small model."""

import pytest

from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.answering.llm.service import ServiceGenerator
from ragcli.answering.rewrite import MOST_PARTS, hypothetical_passage, parts_of
from ragcli.settings import Answering
from tests.conftest import Server

QUESTION = "Who built the bridge, and when does the ferry sail?"


def service(server: Server) -> ServiceGenerator:
    return ServiceGenerator(Answering(base_url=server.url, model="tiny", temperature=1.5, seed=9))


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Who built the bridge?\nWhen does the ferry sail?", ("Who built the bridge?", "When does the ferry sail?")),
        ("1. Who built the bridge?\n\n2) When does the ferry sail?\n", ("Who built the bridge?", "When does the ferry sail?")),
        ("- “Who built it?”\n* Who built it?\n---", ("Who built it?",)),
        ("Question 1: Who built it?", ("Who built it?",)),
        ("a?\nb?\nc?\nd?\ne?", ("a?", "b?", "c?")),
        ("1931 was the year?", ("1931 was the year?",)),  # a number is no mark without a sign behind it
        (QUESTION.upper(), ()),  # it sees one fact
        ("x" * 301, ()),
        ("<think>Two facts.</think>Who built it?\x1b[2J", ("Who built it?[2J",)),
    ],
)  # fmt: skip
def test_parts_are_read_as_models_write_them(server: Server, said: str, parts: tuple[str, ...]) -> None:
    server.streams(said)
    assert parts_of(QUESTION, service(server)) == parts
    assert len(parts) <= MOST_PARTS


def test_a_passage_is_what_was_said_and_nothing_is_none(server: Server) -> None:
    server.streams("The bridge was built ", "by Halden & Sons.\n").streams(
        " ", {"choices": [{"finish_reason": "stop"}]}
    )
    model = service(server)
    assert hypothetical_passage(QUESTION, model) == "The bridge was built by Halden & Sons."
    assert hypothetical_passage(QUESTION, model) is None


def test_the_request_is_bounded_and_leaves_nothing_to_chance(server: Server) -> None:
    """Whatever the settings say of answers: the same question is rewritten in the same way."""
    server.streams("Who built it?")
    parts_of(QUESTION, service(server))
    hypothetical_passage(QUESTION, service(server))
    for path, _, body in server.requests:
        assert path == "/v1/chat/completions"
        assert (body["model"], body["temperature"], body["seed"]) == ("tiny", 0.0, 0)
        assert body["max_tokens"] <= 128
        assert body["messages"][0]["role"] == "system"
        assert body["messages"][-1] == {"role": "user", "content": QUESTION}


@pytest.mark.llama
@pytest.mark.slow
def test_the_real_model_is_asked(smollm: LlamaGenerator) -> None:
    assert hypothetical_passage(QUESTION, smollm)
    assert len(parts_of(QUESTION, smollm)) <= MOST_PARTS
