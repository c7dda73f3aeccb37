"""The budget, the blend and its laws."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.exact import EARLY, MARKS, lift
from ragcli.retrieval.fusion import Fused
from ragcli.retrieval.rerank import BATCH, blend, score_within

LONGEST = 40
orders = st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=LONGEST).map(
    lambda ids: [Fused(one, 1 - at / LONGEST) for at, one in enumerate(ids)]
)
probabilities = st.lists(st.floats(0, 1), min_size=LONGEST, max_size=LONGEST)


class Shortest:
    """Finds the shortest text the best; each batch takes as many ticks of its clock as the next number says."""

    name, is_probability = "shortest", False
    warning: str | None = None

    def __init__(self, ticks: Sequence[float]) -> None:
        self.now, self.ticks, self.batches = 0.0, list(ticks), list[list[str]]()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.batches.append(list(texts))
        self.now += self.ticks[len(self.batches) - 1]
        return [-float(len(text)) for text in texts]


def scored_in(order: Sequence[Fused], budget_ms: int, ticks: Sequence[float]) -> tuple[list[int], list[list[str]]]:
    model = Shortest(ticks)
    scored = score_within(budget_ms, "?", order, lambda ids: ["x" * one for one in ids], model, clock=lambda: model.now)
    assert all(score == -chunk_id for chunk_id, score in scored)
    return [chunk_id for chunk_id, _ in scored], model.batches


@pytest.mark.parametrize(
    ("budget_ms", "ticks", "batches"),
    [
        (1000, [0.3, 0.3, 0.3, 0.3, 0.3], 3),  # a fourth would end at 1.2 s
        (1000, [0.1] * 5, 5),
        (1000, [0.1, 0.5, 0.1, 0.1, 0.1], 2),  # the slowest so far is what the next is taken to need
        (1, [9.0] * 5, 1),  # the first is always scored
    ],
)
def test_as_many_batches_as_the_budget_allows(budget_ms: int, ticks: list[float], batches: int) -> None:
    order = [Fused(one, 1.0) for one in range(1, 5 * BATCH)]
    done, seen = scored_in(order, budget_ms, ticks)
    assert done == [one.chunk_id for one in order[: batches * BATCH]]  # best first
    assert len(seen) == batches


@given(orders, st.integers(1, 3000))
def test_batches_are_the_same_whatever_the_budget(order: list[Fused], budget_ms: int) -> None:
    ticks = [0.2] * LONGEST
    (few, some), (every, all_batches) = scored_in(order, budget_ms, ticks), scored_in(order, 10**6, ticks)
    assert some == all_batches[: len(some)]
    assert few == every[: len(few)]
    assert every == [one.chunk_id for one in order]


def test_no_candidate_is_no_question_to_the_model() -> None:
    assert scored_in([], 100, []) == ([], [])


def test_the_blend_worked_by_hand() -> None:
    order = [Fused(7, 0.9), Fused(8, 0.4), Fused(9, 0.3), Fused(5, 0.2)]
    blended = blend(order, [(7, 0.0), (8, 0.1), (9, 1.0)], is_probability=True)
    assert blended == [
        Fused(9, 0.5 * 3 / 5 + 0.5), Fused(7, 0.5), Fused(8, 0.5 * 3 / 4 + 0.5 * 0.1), Fused(5, 0.5 * 3 / 6),
    ]  # fmt: skip


def test_a_logit_counts_as_the_probability_that_it_is() -> None:
    order = [Fused(1, 1.0), Fused(2, 0.9)]
    assert blend(order, [(1, 0.0), (2, -1000.0)], is_probability=False) == [Fused(1, 0.75), Fused(2, 0.375)]


@given(orders, st.floats(0, 1), st.integers(0, LONGEST))
def test_where_the_model_sees_no_difference_the_order_stays(order: list[Fused], score: float, count: int) -> None:
    blended = blend(order, [(one.chunk_id, score) for one in order[:count]], is_probability=True)
    assert [one.chunk_id for one in blended] == [one.chunk_id for one in order]


@given(orders, probabilities, st.data())
def test_a_better_score_never_hurts(order: list[Fused], scores: list[float], data: st.DataObject) -> None:
    ids = [one.chunk_id for one in order]
    chosen = data.draw(st.sampled_from(ids))
    scored = dict(zip(ids, scores, strict=False))
    better = scored | {chosen: data.draw(st.floats(scored[chosen], 1))}
    before, after = (
        [one.chunk_id for one in blend(order, list(each.items()), is_probability=True)].index(chosen)
        for each in (scored, better)
    )
    assert after <= before


@given(orders, probabilities, st.integers(0, LONGEST))
def test_scores_fall_within_0_and_1_and_nothing_is_lost(order: list[Fused], scores: list[float], count: int) -> None:
    scored = list(zip((one.chunk_id for one in order), scores[:count], strict=False))
    blended = blend(order, scored, is_probability=True)
    assert sorted(one.chunk_id for one in blended) == sorted(one.chunk_id for one in order)
    heights = [one.score for one in blended]
    assert heights == sorted(heights, reverse=True)
    assert all(0 < score <= 1 for score in heights)


@given(orders, probabilities, st.integers(0, LONGEST), st.data())
def test_no_score_buries_an_exact_hit(order: list[Fused], scores: list[float], count: int, data: st.DataObject) -> None:
    ids = [one.chunk_id for one in order]
    exact = data.draw(st.lists(st.frozensets(st.sampled_from(ids), min_size=1), min_size=1, max_size=4))
    lexical = data.draw(st.permutations(ids))
    blended = blend(order, list(zip(ids, scores[:count], strict=False)), is_probability=True)
    first = [one.chunk_id for one in lift(blended, exact, lexical)[:EARLY]]
    assert all(holding.intersection(first) for holding in exact[:MARKS])
