"""YAML by the words of 1.2."""

from datetime import date

import pytest
import yaml

from ragcli.yaml_text import from_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        *((word, word) for word in ("yes", "no", "on", "off", "NO", "y")),
        ("0", 0),
        ("-12", -12),
        *((word, word) for word in ("007", "0123", "08.5", "12:30", "1:20:00", "0x1f", "1_000", "1.2.3")),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("2024-05-17", date(2024, 5, 17)),
        ("~", None),
        ("null", None),
        ("'true'", "true"),
    ],
)
def test_a_word_is_what_it_looks_like(text: str, value: object) -> None:
    found = from_yaml(f"key: {text}")["key"]
    assert found == value
    assert type(found) is type(value)


def test_in_lists_too() -> None:
    assert from_yaml("tables: off\nlist: [NO, 01, 1]\n") == {"tables": "off", "list": ["NO", "01", 1]}
    assert from_yaml("") is None


@pytest.mark.parametrize("text", ["day: 2024-02-31", "a: [1", "[" * 5000, "a: \x01"])
def test_what_is_no_yaml_has_one_error(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        from_yaml(text)
