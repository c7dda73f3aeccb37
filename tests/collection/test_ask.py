"""Which answers are kept to be given again."""

from dataclasses import replace
from pathlib import Path

from ragcli.collection import Collection
from ragcli.settings import Answering, Settings
from tests.conftest import Server


def test_what_a_server_cut_off_or_left_empty_is_told_and_asked_again(filled: Path, server: Server) -> None:
    silent = {"choices": [{"delta": {}, "finish_reason": "stop"}]}
    filtered = {"choices": [{"delta": {}, "finish_reason": "content_filter"}]}
    server.streams("The ferry to Skarn sails at 7:40. The ticket", done=False)
    server.streams(silent).streams(filtered).streams("The ferry to Skarn sails at 7:40.")
    settings = replace(Settings(), answering=Answering(style="generate", base_url=server.url, model="m"))
    with Collection.open("default", settings=settings) as opened:
        cut, empty, refused, whole, again = (opened.ask("When does the ferry to Skarn sail?") for _ in range(5))
    assert cut.found
    assert any("may not be whole" in warning for warning in cut.warnings)
    assert (empty.style, empty.found) == ("quotes", True)
    assert "the model wrote no answer; these are quotes" in empty.warnings
    assert "a filter of the service cut the answer off" in refused.warnings
    assert (whole.text, whole.warnings, whole.cached) == ("The ferry to Skarn sails at 7:40.", (), False)
    assert again.cached
    assert len(server.requests) == 4
