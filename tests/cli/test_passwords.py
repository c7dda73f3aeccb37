"""Passwords come from three places, in this order, each once."""

from pathlib import Path

import pytest

from ragcli.cli.passwords import passwords
from ragcli.config import home_folder, load
from ragcli.errors import UsageError


def test_all_that_are_given_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "passwords"
    file.write_text("un mot\n\ndeux\n", encoding="utf-8")
    monkeypatch.setenv("RAG_PDF_PASSWORD", "three")
    assert passwords("deux", file) == ("deux", "un mot", "three")
    monkeypatch.delenv("RAG_PDF_PASSWORD")
    assert passwords(None, None) == ()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        passwords(None, tmp_path / "none")


def test_the_environments_password_is_no_setting(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_PDF_PASSWORD", "secret")
    assert load().origins == {}
    assert not (home_folder() / "cache" / "settings").exists()
