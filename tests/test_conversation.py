"""What leaves the machine in a conversation is told before it leaves."""

from dataclasses import replace
from pathlib import Path

import pytest

from ragcli.answering.followup import standalone_by_model
from ragcli.answering.generate import Interrupted, Watcher
from ragcli.answering.llm.service import ServiceGenerator
from ragcli.collection import Collection
from ragcli.conversation import Conversation
from ragcli.settings import Answering, Settings
from tests.conftest import Server


def test_a_followup_is_told_before_a_service_is_asked_what_it_means(filled: Path, server: Server) -> None:
    server.streams("The ferry to Skarn sails at 7:40.").streams("What does a ticket for the ferry to Skarn cost?")
    server.streams("A ticket costs 58 crowns.")
    settings = replace(Settings(), answering=Answering(style="generate", base_url=server.url, model="m"))
    requests_before: list[int] = []
    watcher = Watcher(on_followup=lambda generator: requests_before.append(len(server.requests)))
    with Collection.open("default", settings=settings) as opened:
        talk = Conversation.open(opened)
        talk.ask("When does the ferry to Skarn sail?", watcher=watcher)
        assert requests_before == []
        turn = talk.ask("What does a ticket for it cost?", watcher=watcher)
    assert turn.standalone == "What does a ticket for the ferry to Skarn cost?"
    assert requests_before == [1]
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "written", ["The ferry to Skarn sails at 7:40.", "Who won the world championship of 1998?", "", "?"]
)
def test_a_rewriting_that_does_not_ask_about_it_is_not_used(server: Server, written: str) -> None:
    settings = Answering(base_url=server.url, model="m")
    turns = [("When does the ferry to Skarn sail?", "It sails at 7:40.")]
    server.streams(written, {"choices": [{"delta": {}, "finish_reason": "stop"}]})
    assert standalone_by_model("And its price?", turns, ServiceGenerator(settings)) is None
    server.answers.clear()
    server.streams("What is the price of the ferry?")
    assert standalone_by_model("And its price?", turns, ServiceGenerator(settings)) == "What is the price of the ferry?"


def test_what_was_said_before_ctrl_c_stays_and_a_new_subject_stays_new(filled: Path, server: Server) -> None:
    server.streams("The ferry to\u2028Skarn sails at 7:40.", " A ticket costs").streams("It costs 58 crowns.")
    settings = replace(Settings(), answering=Answering(style="generate", base_url=server.url, model="m"))

    def interrupt(piece: str) -> None:
        raise KeyboardInterrupt

    with Collection.open("default", settings=settings) as opened:
        talk = Conversation.open(opened)
        with pytest.raises(Interrupted):
            talk.ask("When does the ferry to Skarn sail?", watcher=Watcher(on_text=interrupt))
        again = Conversation.open(opened, go_on=True)
        assert [turn.answer.text for turn in again.turns] == ["The ferry to Skarn sails at 7:40."]
        again.forget()
        fresh = Conversation.open(opened, go_on=True)
        assert len(fresh.turns) == 1
        assert fresh.ask("What does a ticket for it cost?").standalone == "What does a ticket for it cost?"
        assert len(server.requests) == 2  # two answers, and no rewriting
