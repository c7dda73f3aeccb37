"""How rare a term is, where there are few passages to tell."""

from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.lexical import rarity, smoothed

counts = st.integers(1, 100_000).flatmap(lambda chunks: st.tuples(st.just(chunks), st.integers(0, chunks)))


@given(counts)
def test_what_more_passages_hold_is_no_rarer(drawn: tuple[int, int]) -> None:
    chunks, holding = drawn
    none, some = smoothed([0.0, holding / chunks], chunks)
    assert -1e-3 <= rarity(some) <= rarity(none)
    assert some == max(holding / chunks, none)


@given(st.integers(1, 1_000_000), st.integers(1, 1_000_000))
def test_of_more_passages_a_word_that_none_holds_is_rarer(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert rarity(smoothed([0.0], few)[0]) <= rarity(smoothed([0.0], many)[0]) <= rarity(0.0)


def test_ten_passages_tell_less_than_a_thousand() -> None:
    (none,) = smoothed([0.0], 10)
    assert rarity(none) < 2 * rarity(1 / 10)  # and not the four times of a word that thousands of passages lack
    assert smoothed([0.0, 1 / 1500], 1500) == [0.0, 1 / 1500]
