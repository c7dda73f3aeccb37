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
    # Eight of eight questions better by chance: 2 of 2^8 sign patterns are as far from 0.
    assert difference([0.0] * 8, [1.0] * 8).p == pytest.approx(2 / 256, abs=0.004)
    assert difference([0.0] * 40, [1.0] * 40).p < 0.001


@given(values, st.data())
def test_swapping_the_runs_changes_the_sign_only(a: list[float], data: st.DataObject) -> None:
    b = data.draw(st.lists(st.floats(0, 1), min_size=len(a), max_size=len(a)))
    there, back = difference(a, b), difference(b, a)
    assert there.mean == pytest.approx(-back.mean)
    assert there.p == back.p
