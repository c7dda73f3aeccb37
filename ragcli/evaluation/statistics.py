"""How sure a mean is: bootstrap intervals, and a paired test between two runs over the same questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_SAMPLES = 5000
_AT_ONCE = 2_000_000  # drawn numbers held in memory


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over n questions with its 95 % interval, by the percentile bootstrap over questions."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """B less A over the n questions that both have, its 95 % interval, and p of the paired test."""

    mean: float
    low: float
    high: float
    p: float
    n: int


def mean_of(values: Sequence[float]) -> Mean:
    """Needs at least one value; the same values give the same interval at each call."""
    each = np.asarray(values, np.float64)
    mean = float(each.mean())
    low, high = _interval(each)
    return Mean(mean, min(low, mean), max(high, mean), len(each))  # rounding puts the mean of equal values beside them


def difference(a: Sequence[float], b: Sequence[float]) -> Difference:
    """The paired randomisation test: how often does flipping the signs of the differences by chance give a mean as far
    from 0? Two-sided; p is at least 1 / (samples + 1). Values at equal places belong to one question.

    Source: Smucker, Allan, Carterette, "A Comparison of Statistical Significance Tests for IR Evaluation", CIKM 2007.
    """
    each = np.asarray(b, np.float64) - np.asarray(a, np.float64)
    observed = abs(float(each.mean()))
    drawn = np.random.default_rng(0)
    as_far = done = 0
    while done < _SAMPLES:
        rows = min(_SAMPLES - done, max(1, _AT_ONCE // len(each)))
        signs = drawn.integers(0, 2, (rows, len(each)), np.int8) * 2 - 1
        as_far += int((np.abs((signs * each).mean(axis=1)) >= observed - 1e-12).sum())
        done += rows
    low, high = _interval(each)
    return Difference(float(each.mean()), low, high, (as_far + 1) / (_SAMPLES + 1), len(each))


def _interval(each: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    if len(each) == 1 or not np.ptp(each):
        return float(each[0]), float(each[0])
    drawn = np.random.default_rng(0)
    means: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    done = 0
    while done < _SAMPLES:
        rows = min(_SAMPLES - done, max(1, _AT_ONCE // len(each)))
        means.append(each[drawn.integers(0, len(each), (rows, len(each)))].mean(axis=1))
        done += rows
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return float(low), float(high)
