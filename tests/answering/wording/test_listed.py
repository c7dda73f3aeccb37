"""Marks of lists go, numbers that say something stay."""

import pytest

from ragcli.answering.wording.listed import disagree, marks
from ragcli.chunking.sentences import split


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("1. The tower is old.", "en", ["1. "]),
        ("a) The tower is old.", None, ["a) "]),
        ("- The tower is old.", "de", ["- "]),
        ("2. Mai ist Feiertag.", "de", [""]),
        ("1. Der Turm ist alt.\n2. Die Bank ist neu.", "de", ["1. ", "2. "]),
        ("1. Mai ist Feiertag.\n3. Oktober ist Feiertag.", "de", ["", ""]),
        ("- 5 °C was the lowest.", "en", [""]),
        ("1° Le blâme ;\n2° Le sursis.", "fr", ["1° ", "2° "]),
        ("20° nord de latitude.", "fr", [""]),
        ("- 5 men came.\n- The pier fell.", "en", ["- ", "- "]),
        ("□ The deposit is paid.", "en", [""]),
        ("The tower is old.", "en", [""]),
    ],
)
def test_what_is_the_mark_of_a_list(text: str, language: str | None, found: list[str]) -> None:
    assert marks(split(text, language), language) == found


def test_marks_disagree_where_both_count() -> None:
    assert disagree("3. ", "4. ")
    assert disagree("(a) ", "b) ")
    assert not disagree("(a) ", "a. ")
    assert not disagree("3. ", "- ")
    assert not disagree("3. ", "")
