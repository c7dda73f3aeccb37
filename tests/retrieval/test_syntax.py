import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.errors import UsageError
from ragcli.retrieval.syntax import Query, parse


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("who built the bridge?", Query("who built the bridge?")),
        ('"force majeure"', Query("force majeure", phrases=("force majeure",), only_operators=True)),
        ('notice "force majeure"', Query("notice force majeure", phrases=("force majeure",))),
        ("« clause résolutoire » bail", Query("clause résolutoire bail", phrases=("clause résolutoire",))),
        ('lease -car -"rental car"', Query("lease", excluded=("car", "rental car"))),
        ("climat*", Query("climat", prefixes=("climat",), only_operators=True)),
        ("climat* -mer", Query("climat", prefixes=("climat",), excluded=("mer",), only_operators=True)),
        ("a temperature of -5 degrees", Query("a temperature of -5 degrees")),
        ("state-of-the-art - really -of- 3 * 4", Query("state-of-the-art - really -of- 3 * 4")),
        ("2*3 x*y", Query("2*3 x*y")),
    ],
)
def test_what_is_understood(typed: str, understood: Query) -> None:
    assert parse(typed) == understood


@pytest.mark.parametrize("typed", ["-bridge", '-"a b"', '""', "?"])
def test_nothing_to_look_for_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="nothing to look for"):
        parse(typed)


@given(st.lists(st.text("abcdé", min_size=1, max_size=6), min_size=1, max_size=6))
def test_plain_words_are_left_alone(words: list[str]) -> None:
    assert parse(" ".join(words)) == Query(" ".join(words))
