"""Which answers are kept to be given again."""

from dataclasses import replace
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.errors import UsageError
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


def test_what_an_equation_says_is_told_by_its_number(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "waves"
    folder.mkdir()
    (folder / "waves.md").write_text(
        "# Waves\n\nThe speed follows from the depth of the water, as all know who have watched the sea from a boat.\n\n"
        "$$c = \\sqrt{g h} \\tag{1}$$\n\nEnergy is lost at the bottom, which is rough in most of the harbour.\n\n"
        "$$E = \\rho g a^2 / 2 \\tag{2}$$\n\nTogether with Eq. (1) this gives the flux of energy.\n"
    )
    with Collection.open() as opened:
        opened.ingest([folder])
        made = opened.ask("What does equation (2) say?")
        assert made.sentences[0].text == r"$$E = \rho g a^2 / 2 \tag{2}$$"
        assert made.sentences[0].proved
        assert opened.query("Eq. 1", where=["kind=equation"]).hits[0].section[-1] == "Equation 1"
        nowhere = opened.ask("What does equation (7) say?")
        assert not nowhere.found
        assert any("names equation (7)" in warning for warning in nowhere.warnings)


def test_one_document_answers_in_other_words_and_refuses_what_it_lacks(home: Path, tmp_path: Path) -> None:
    (tmp_path / "handbook.md").write_text(
        "# Handbook\n\n## Warnings\n\n### Types of warnings\n\n- Verbal warning\n- Written warning\n- Final written warning\n\n"
        "## Equipment\n\nLaptops and phones remain the property of the company and must be returned on the last day. "
        "Damaged equipment must be reported to IT within 24 hours.\n\n"
        "## Leave\n\nAnnual leave: 25 days a year.\n\nSick leave: paid for up to 30 days.\n\n"
        "## Travel\n\nFlights are booked in economy class. Hotels are reimbursed up to 150 euros a night. Receipts must be "
        "submitted within 14 days.\n"
    )
    told = {
        "What are the three types of warnings?": "Verbal warning",
        "How quickly must broken devices be reported?": "within 24 hours",
        "Until when do I have to hand in receipts?": "within 14 days",
        "For how many days can I be ill and still be paid?": "30 days",
        "How much do they reimburse for accommodation?": "150 euros",
    }
    with Collection.open() as opened:
        opened.ingest([tmp_path / "handbook.md"])
        for question, answer in told.items():
            assert any(answer in sentence.text for sentence in opened.ask(question).sentences), question
        for question in ("What is the dress code?", "How do I reset my password?", "Who won the world cup in 1998?"):
            assert not opened.ask(question).found, question


def test_a_list_of_prices_needs_no_currency(home: Path, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "stock.csv").write_text("Item,Price,Stock\nLamp,45,12\nBulb,5,200\nCable,7.5,40\n")
    (tmp_path / "docs" / "pool.md").write_text(
        "# Pool\n\n## Admission fees\n\n| | Weekday | Weekend |\n|---|---|---|\n| Adults | 8 | 10 |\n| Children | 4 | 5 |\n"
    )
    with Collection.open() as opened:
        opened.ingest([tmp_path / "docs"])
        assert "Price: 7.5" in opened.ask("How much does a cable cost?").sentences[0].text
        assert "Weekend: 5" in opened.ask("How much is the admission fee for children?").sentences[0].text
        assert not opened.ask("How much does a chair cost?").found


def test_however_much_white_space_is_typed_the_question_is_read_with_one_blank(filled: Path, server: Server) -> None:
    """Patterns that a question is read by would be tried at each blank, or each pair of them."""
    settings = replace(Settings(), answering=Answering(style="generate", base_url=server.url, model="m"))
    server.streams("The ferry to Skarn sails at 7:40.")
    with Collection.open("default", settings=settings) as opened:
        answer = opened.ask(f"When does the{' ' * 9}ferry to{chr(10) * 9}Skarn sail?")
    (request,) = server.requests
    assert "When does the ferry to Skarn sail?" in request[2]["messages"][-1]["content"]
    assert answer.question == f"When does the{' ' * 9}ferry to{chr(10) * 9}Skarn sail?"


def test_a_document_for_a_question_is_refused_before_it_is_taken_apart(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ragcli.collection.ask.apart", lambda question: pytest.fail("it was taken apart"))
    with Collection.open("default") as opened, pytest.raises(UsageError, match="the question has 120,000 characters"):
        opened.ask("How long? Why? " * 8000)
