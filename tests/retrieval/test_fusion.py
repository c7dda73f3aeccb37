import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.fusion import Fused, reciprocal_rank_fusion

rankings = st.lists(st.lists(st.integers(0, 30), unique=True), max_size=4)


def test_the_sum_worked_by_hand() -> None:
    assert reciprocal_rank_fusion([[7, 9], [9]]) == [Fused(9, 1 / 62 + 1 / 61), Fused(7, 1 / 61)]


def test_a_weight_is_a_share_of_the_vote() -> None:
    assert reciprocal_rank_fusion([[7], [9]], [0.25, 1.0]) == [Fused(9, 1 / 61), Fused(7, 0.25 / 61)]


def test_a_chunk_voted_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        reciprocal_rank_fusion([[7, 7]])


@given(rankings, st.data())
def test_the_order_of_the_retrievers_is_nothing(lists: list[list[int]], data: st.DataObject) -> None:
    assert reciprocal_rank_fusion(data.draw(st.permutations(lists))) == reciprocal_rank_fusion(lists)


@given(rankings, st.data())
def test_a_better_rank_never_hurts(lists: list[list[int]], data: st.DataObject) -> None:
    last = data.draw(st.lists(st.integers(0, 30), unique=True, min_size=2))
    at = data.draw(st.integers(1, len(last) - 1))
    better = [*last[: at - 1], last[at], last[at - 1], *last[at + 1 :]]
    before, after = ([c.chunk_id for c in reciprocal_rank_fusion([*lists, r])] for r in (last, better))
    assert after.index(last[at]) <= before.index(last[at])
