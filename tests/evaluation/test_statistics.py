import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.evaluation.statistics import difference, mean_of

values = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(values)
def test_the_interval_holds_the_mean_and_repeats(some: list[float]) -> None:
    one = mean_of(some)
    assert one.low <= one.mean <= one.high
    assert mean_of(some) == one


def test_a_binomial_interval() -> None:
    """Of 100 questions half right: the normal interval is 0.5 +- 1.96 * 0.05."""
    one = mean_of([0.0, 1.0] * 50)
    assert one.low == pytest.approx(0.402, abs=0.015)
    assert one.high == pytest.approx(0.598, abs=0.015)


def test_the_paired_test() -> None:
    same = difference([0.2, 0.8, 0.5], [0.2, 0.8, 0.5])
    assert (same.mean, same.p) == (0.0, 1.0)
    clear = difference([0.1, 0.5, 0.9], [0.2, 0.6, 1.0])  # pairs show what the means hide
    assert clear.low == pytest.approx(clear.mean) == pytest.approx(clear.high)
    assert clear.p < 0.001
    assert difference([0.0] * 10, [0.0] * 9 + [1.0]).p > 0.2


def test_it_finds_a_difference_where_there_is_none_as_rarely_as_it_says() -> None:
    drawn = np.random.default_rng(2)
    found = [difference(*drawn.random((2, 60)).tolist()).p < 0.05 for _ in range(200)]
    assert np.mean(found) == pytest.approx(0.05, abs=0.04)


def test_a_measure_that_applies_to_other_questions_in_each_run_is_compared_by_its_means() -> None:
    """The precision of refusals: A refused three of which one was right, B two, both rightly."""
    one = difference([1.0, 0.0, 0.0, None, None], [1.0, None, None, 1.0, None])
    assert one.mean == pytest.approx(2 / 3)
    assert one.n == 4
    assert 0 <= one.low <= one.high <= 1


@given(values, st.data())
def test_swapping_the_runs_changes_the_sign_only(a: list[float], data: st.DataObject) -> None:
    b = data.draw(st.lists(st.floats(0, 1), min_size=len(a), max_size=len(a)))
    there, back = difference(a, b), difference(b, a)
    assert there.mean == pytest.approx(-back.mean)
    assert there.p == back.p


def test_equal_values_differ_by_nothing_whoever_else_is_counted() -> None:
    """0.1 thrice and 0.1 ten times have means that differ in the last bit, which is no difference below its interval."""
    told = difference([0.829204517977625] * 9 + [None], [0.829204517977625] * 10)
    assert (told.low, told.mean, told.high) == (0.0, 0.0, 0.0)
    assert str(told.mean) == "0.0"
