"""How rare a term is, where there are few passages to tell."""

from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.lexical import as_told_by, rarity

counts = st.integers(1, 100_000).flatmap(lambda chunks: st.tuples(st.just(chunks), st.integers(0, chunks)))


@given(counts)
def test_what_more_passages_hold_is_no_rarer(drawn: tuple[int, int]) -> None:
    chunks, holding = drawn
    none, some = as_told_by(chunks, [0.0, holding / chunks])
    assert -1e-3 <= rarity(some) <= rarity(none)
    assert some == max(holding / chunks, none)


@given(st.integers(1, 1_000_000), st.integers(1, 1_000_000))
def test_of_more_passages_a_word_that_none_holds_is_rarer(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert rarity(as_told_by(few, [0.0])[0]) <= rarity(as_told_by(many, [0.0])[0]) <= rarity(0.0)


def test_ten_passages_tell_less_than_a_thousand() -> None:
    (none,) = as_told_by(10, [0.0])
    assert rarity(none) < 2 * rarity(1 / 10)  # and not the four times of a word that thousands of passages lack
    assert as_told_by(1500, [0.0, 1 / 1500]) == [0.0, 1 / 1500]
