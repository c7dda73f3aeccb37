"""Metadata in YAML: what is taken, and the one line that says what is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.errors import ReadError
from ragcli.reading.sidecar import LIMIT_BYTES, parse_metadata, read_sidecar


def test_values(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf.meta.yaml"
    file.write_text(
        "genre: été\nyear: 2020\nscore: 1.5\ndraft: false\ntags: [a, 2]\ndate: 2024-05-17\nempty:\n7: seven\n"
    )
    assert read_sidecar(file) == {
        "genre": "été",
        "year": 2020,
        "score": 1.5,
        "draft": False,
        "tags": ["a", "2"],
        "date": "2024-05-17",
        "7": "seven",
    }


def test_nothing_is_no_metadata() -> None:
    assert parse_metadata("") == parse_metadata("# only a comment") == {}


def test_what_is_nested_becomes_flat() -> None:
    source = "versions: {fpt: '*', ghes: 3.1}\nauthors: [{name: Ada, id: 1}, {name: Bo}]\ngrid: [[1, 2], [3]]\nnone: {}"
    assert parse_metadata(source) == {
        "versions.fpt": "*",
        "versions.ghes": 3.1,
        "authors.name": ["Ada", "Bo"],
        "authors.id": ["1"],
        "grid": ["1", "2", "3"],
    }


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a: [1\n", "not YAML, line 2: "),
        ("a: b: c", "not YAML, line 1: "),
        ("- a", "not a list of `key: value` lines"),
        ("just words", "not a list of"),
        ("a: !!binary aGk=", "the value of a is neither"),
        ("a: &a [*a]", "the value of a is nested too deep"),
        (f"a: [{'1, ' * 1001}]", "more than 1,000 values"),
        ("a: 2024-02-31", "not YAML, "),
        ("a: \x01", "not YAML, "),
        ("a: !!python/object/apply:os.system ['id']", "not YAML, line 1: "),
        ("[" * 5000, "not YAML, "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, source: str, said: str) -> None:
    file = tmp_path / "a.meta.yaml"
    file.write_text(source)
    with pytest.raises(ReadError) as error:
        read_sidecar(file)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_sidecar_that_is_missing_or_huge(tmp_path: Path) -> None:
    file = tmp_path / "a.meta.yaml"
    with pytest.raises(ReadError, match="No such file"):
        read_sidecar(file)
    file.write_bytes(b"#" * (LIMIT_BYTES + 1))
    with pytest.raises(ReadError, match="larger than 1 MB"):
        read_sidecar(file)


@given(st.binary())
def test_any_bytes_are_metadata_or_a_line(source: bytes) -> None:
    said = ""
    try:
        parse_metadata(source)
    except ValueError as error:
        said = str(error)
    assert "\n" not in said
