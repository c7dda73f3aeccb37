from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.exact import EARLY, MARKS, lift, prefer
from ragcli.retrieval.fusion import Fused

ranked = st.lists(st.integers(0, 30), unique=True, min_size=1, max_size=20).map(
    lambda ids: [Fused(one, 1 - at / 40) for at, one in enumerate(ids)]
)
sets = st.lists(st.frozensets(st.integers(0, 30), min_size=1), max_size=4)


def test_a_buried_exact_hit_comes_third() -> None:
    order = [Fused(n, 1 - n / 10) for n in range(8)]
    lifted = lift(order, [frozenset({6, 7})], lexical=[7, 3, 6])
    assert [one.chunk_id for one in lifted] == [0, 1, 7, 2, 3, 4, 5, 6]
    assert lifted[2].score == order[2].score
    assert lift(order, [frozenset({1, 7})], lexical=[7, 1]) == order  # one that holds it is early already


def test_a_second_exact_hit_does_not_push_out_the_first() -> None:
    order = [Fused(one, 1 - at / 40) for at, one in enumerate([2, 3, 0, 1])]
    lifted = lift(order, [frozenset({0}), frozenset({1})], lexical=[0, 1])
    assert [one.chunk_id for one in lifted] == [2, 0, 1, 3]
    assert [one.score for one in lifted] == [1.0, 0.975, 0.975, 0.975]


@given(ranked, sets, st.lists(st.integers(0, 30), unique=True))
def test_nothing_is_lost_and_scores_fall(order: list[Fused], exact: list[frozenset[int]], lexical: list[int]) -> None:
    lifted = lift(order, exact, lexical)
    assert sorted(one.chunk_id for one in lifted) == sorted(one.chunk_id for one in order)
    scores = [one.score for one in lifted]
    assert scores == sorted(scores, reverse=True)
    for holding in exact[:MARKS]:
        best = next((one for one in lexical if one in holding), None)
        if best in {each.chunk_id for each in order}:
            assert any(one.chunk_id in holding for one in lifted[:EARLY])


@given(ranked, st.frozensets(st.integers(0, 30)))
def test_phrases_raise_and_keep_the_range(order: list[Fused], holding: frozenset[int]) -> None:
    raised = prefer(order, holding)
    assert max(one.score for one in raised) <= max(one.score for one in order) + 1e-9
    for group in (True, False):
        mine = [one.chunk_id for one in raised if (one.chunk_id in holding) is group]
        assert mine == [one.chunk_id for one in order if (one.chunk_id in holding) is group]
