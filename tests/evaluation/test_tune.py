import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ragcli.evaluation.tune import tune

CHOICES = [{"retrieval.hops": 1}, {"retrieval.hops": 2}]


def ids(n: int) -> list[str]:
    return [str(one) for one in range(n)]


def test_a_choice_that_is_better_everywhere_is_found_and_proved() -> None:
    tuned = tune("x", CHOICES, np.array([[0.2] * 40, [0.9] * 40]), ids(40))
    assert (tuned.chosen, round(tuned.before, 9), round(tuned.after, 9)) == (CHOICES[1], 0.2, 0.9)
    assert tuned.is_better
    assert tuned.difference.p < 0.01


def test_what_is_in_use_is_kept_when_nothing_is_better() -> None:
    tuned = tune("x", CHOICES, np.array([[0.5] * 40, [0.5] * 40]), ids(40))
    assert tuned.chosen == CHOICES[0]
    assert not tuned.is_better


@given(st.integers(0, 10_000))
def test_a_lucky_choice_is_not_worth_its_luck(seed: int) -> None:
    """Of choices that differ by chance alone the best over all questions looks better than it is when held out."""
    values = (np.random.default_rng(seed).random((6, 60)) > 0.5).astype(np.float64)
    tuned = tune("x", [{"a.b": n} for n in range(6)], values, ids(60))
    assert tuned.after <= values.mean(axis=1).max() + 1e-9
    assert 0 <= tuned.after <= 1
