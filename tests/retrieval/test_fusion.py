import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.fusion import Fused, Scored, convex_combination, raised, reciprocal_rank_fusion

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


scored = st.lists(
    st.builds(
        Scored,
        st.dictionaries(st.integers(0, 30), st.floats(0, 40)).map(lambda d: sorted(d.items(), key=lambda p: -p[1])),
        st.just(0.0),
    ),
    min_size=2,
    max_size=2,
)


def test_a_mean_worked_by_hand() -> None:
    dense = Scored([(7, 0.75), (9, 0.5), (8, 0.25)], 0.25)
    lexical = Scored([(9, 12.0), (5, 3.0)], 0.0)
    assert convex_combination([dense, lexical], [1.0, 1.0]) == [
        Fused(9, 0.75), Fused(7, 0.5), Fused(5, 0.125), Fused(8, 0.0)
    ]  # fmt: skip


def test_a_clear_winner_of_one_side_stays_ahead_of_two_second_places() -> None:
    dense = Scored([(1, 0.82), (2, 0.81), (3, 0.5)], 0.5)
    lexical = Scored([(4, 30.0), (2, 8.0), (1, 7.9)], 0.0)
    assert convex_combination([dense, lexical], [0.25, 1.0])[0].chunk_id == 4


@given(scored, st.floats(0, 4))
def test_scores_lie_between_0_and_1(sides: list[Scored], weight: float) -> None:
    fused = convex_combination(sides, [weight, 1.0])
    assert all(-1e-9 <= one.score <= 1 + 1e-9 for one in fused)
    assert {one.chunk_id for one in fused} == {chunk for side in sides for chunk, _ in side.ranking}


@given(scored)
def test_a_retriever_that_found_nothing_changes_no_order(sides: list[Scored]) -> None:
    alone = [one.chunk_id for one in convex_combination([sides[0], Scored([], 0.0)], [1.0, 1.0])]
    assert alone == [one.chunk_id for one in convex_combination([sides[0]], [1.0])]


def test_a_ranking_that_tells_little_has_little_spread() -> None:
    assert Scored([(1, 4.0), (2, 3.9)], 3.8).spread == pytest.approx(0.05)
    assert Scored([(1, 4.0), (2, 1.0)], 0.0).spread == 1.0
    assert Scored([], 0.0).spread == 1.0


@given(scored, st.dictionaries(st.integers(0, 30), st.floats(0, 1)), st.floats(0, 2))
def test_a_bonus_keeps_scores_within_their_range(sides: list[Scored], shares: dict[int, float], bonus: float) -> None:
    fused = convex_combination(sides, [1.0, 1.0])
    lifted = raised(fused, shares, bonus)
    assert {one.chunk_id for one in lifted} == {one.chunk_id for one in fused}
    assert max((one.score for one in lifted), default=0.0) <= max((one.score for one in fused), default=0.0) + 1e-9


def test_the_whole_bonus_raises_the_second_above_the_best() -> None:
    assert raised([Fused(1, 1.0), Fused(2, 0.5)], {2: 1.0}, 1.0) == [Fused(2, 0.75), Fused(1, 0.5)]
