"""One value changes, everything else stays to the letter."""

from pathlib import Path

import pytest
import yaml

from ragcli.config_edit import set_value
from ragcli.errors import UsageError


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'answering:\n  model: "m"\n'),
        ("# mine\ncollection: law\n", '# mine\ncollection: law\nanswering:\n  model: "m"\n'),
        ("answering:\n  model: old  # why\n  k: 3\n", 'answering:\n  model: "m"  # why\n  k: 3\n'),
        ("answering:\n    # few\n    k: 3\n", 'answering:\n    # few\n    model: "m"\n    k: 3\n'),
        ("answering: {k: 3}\n", 'answering: {model: "m", k: 3}\n'),
        ("answering: {}\n", 'answering: {model: "m"}\n'),
        ("answering:\ncollection: law\n", 'answering:\n  model: "m"\ncollection: law\n'),
    ],
)
def test_only_the_value_changes(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "sub" / "rag.yaml"
    if before:
        file.parent.mkdir()
        file.write_text(before)
    set_value(file, "answering.model", "m")
    assert file.read_text() == after
    assert yaml.safe_load(after)["answering"]["model"] == "m"


def test_what_yaml_would_read_otherwise_is_quoted(tmp_path: Path) -> None:
    file = tmp_path / "rag.yaml"
    for value in ("C:\\models\\é.gguf", "on", "a: b", '"'):
        set_value(file, "answering.model", value)
        assert yaml.safe_load(file.read_text()) == {"answering": {"model": value}}


@pytest.mark.parametrize("text", ["- a\n", "{answering: {}}\n", "answering: 3\n"])
def test_what_holds_no_settings_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rag.yaml"
    file.write_text(text)
    with pytest.raises(UsageError):
        set_value(file, "answering.model", "m")
    assert file.read_text() == text
