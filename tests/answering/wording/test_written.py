"""Numbers of one value that a reader might take for two, and two spellings of one number."""

import pytest

from ragcli.answering.wording.words import words
from ragcli.answering.wording.written import same_number


def agree(one: str, other: str, language: str | None) -> bool:
    return same_number(words(one)[0], words(other)[0], (one, other), language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("1,500", "1500", "en"),
        ("1.500", "1500", "de"),
        ("1.500", "1 500", "it"),
        ("1 500", "1500", "fr"),
        ("1.234,5", "1 234,5", "fr"),
        ("1,234,567", "1234567", None),
        ("12,5", "12.5", "fr"),
        ("4.2 million", "4,200,000", "en"),
        ("twelve", "12", "en"),
        ("-1.500", "-1500", "de"),
    ],
)
def test_two_spellings_of_one_number(one: str, other: str, language: str | None) -> None:
    assert agree(one, other, language)
    assert agree(other, one, language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("1.500", "1,5", "de"),
        ("1.500", "1.5", "it"),
        ("24.000", "24", "it"),
        ("3.000", "3", "en"),
        ("1.234", "1,234", "de"),
        ("1.234", "1,234", "en"),
        ("2,500", "2500", "fr"),
        ("2,500", "2.5", "fr"),
        ("1,500", "1500", None),
        ("1.500", "1500", None),
        ("1.500 million", "1.5 million", "de"),
        ("3.10", "3.1", "en"),  # sections and versions
        ("007", "7", "en"),
        ("3.2.1", "32.1", "en"),
        ("+5", "5", "en"),
    ],
)
def test_what_might_be_two_numbers(one: str, other: str, language: str | None) -> None:
    assert not agree(one, other, language)
    assert not agree(other, one, language)


@pytest.mark.parametrize("language", ["en", "fr", "de", None])
@pytest.mark.parametrize("written", ["1.500", "1,500", "3.2.1", "4.2 million", "twelve", "-7"])
def test_a_number_is_itself_whatever_it_means(written: str, language: str | None) -> None:
    assert agree(written, written, language)
