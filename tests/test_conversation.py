"""What leaves the machine in a conversation is told before it leaves."""

from dataclasses import replace
from pathlib import Path

from ragcli.answering.generate import Watcher
from ragcli.collection import Collection
from ragcli.conversation import Conversation
from ragcli.settings import Answering, Settings
from tests.cli.test_commands import filled
from tests.conftest import Server

__all__ = ["filled"]


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
