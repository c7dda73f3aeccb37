"""Metadata from the command line."""

import pytest

from ragcli.errors import UsageError
from ragcli.reading.metadata import parse_pairs


def test_values_are_read_as_yaml_reads_them() -> None:
    said = parse_pairs(["year=2020", "tags=[a, b]", "draft=true", "day=2024-05-17", "note=a: b", "court = Lyon"])
    assert said == {
        "year": 2020,
        "tags": ["a", "b"],
        "draft": True,
        "day": "2024-05-17",
        "note": "a: b",
        "court": "Lyon",
    }


@pytest.mark.parametrize("pair", ["year", "=2020", " = 2020"])
def test_what_is_no_pair_is_wrong_usage(pair: str) -> None:
    with pytest.raises(UsageError, match="no key=value"):
        parse_pairs([pair])


@pytest.mark.parametrize("key", ["path", "page", "lang", "type", "added", "modified", "section", "kind"])
def test_no_field_that_is_read_from_documents_can_be_said(key: str) -> None:
    with pytest.raises(UsageError, match=f"has a field {key} of its own"):
        parse_pairs([f"{key}=1"])


def test_what_documents_say_of_themselves_can_be_said_better() -> None:
    assert parse_pairs(["title=Annual report", "language=fr"]) == {"title": "Annual report", "language": "fr"}
