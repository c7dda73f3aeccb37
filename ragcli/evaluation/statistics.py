"""How sure a mean is: bootstrap intervals, and a paired test between two runs over the same questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    """The mean of B less that of A, its 95 % interval, and p of the paired test; n questions have a value in either."""

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


def difference(a: Sequence[float | None], b: Sequence[float | None]) -> Difference:
    """The paired bootstrap: how often do questions drawn anew differ from what was seen by as much as that from 0?

    Two-sided; p is at least 1 / (samples + 1). Values at equal places belong to one question. None is a question that the
    measure does not apply to in that run, say the precision of a refusal where it answered: each mean is over its own.
    Both runs need a value; samples without one for both are left out.

    Source: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, 16.4; Sakai, SIGIR 2006, for paired queries.
    """
    runs = np.array([a, b], np.float64)  # None becomes NaN
    runs = runs[:, ~np.isnan(runs).all(axis=0)]
    n = runs.shape[1]
    # Rounded: two sums of equal values in another order are not a difference of -0.000, below its own interval.
    observed = round(float(np.nanmean(runs[1]) - np.nanmean(runs[0])), 12) + 0.0
    parts: list[NDArray[np.float64]] = []
    for drawn in _samples(n):
        samples = runs[:, drawn]  # the same questions for both
        known = ~np.isnan(samples)
        counts = known.sum(axis=2)
        whole = (counts > 0).all(axis=0)
        means = np.where(known, samples, 0.0).sum(axis=2)[:, whole] / counts[:, whole]
        parts.append(means[1] - means[0])
    differences = np.concatenate(parts)
    low, high = (round(float(end), 12) + 0.0 for end in np.quantile(differences, [0.025, 0.975]))
    as_far = int((np.abs(differences - observed) >= abs(observed) - 1e-12).sum())
    return Difference(observed, min(low, observed), max(high, observed), (as_far + 1) / (len(differences) + 1), n)


def _interval(each: NDArray[np.float64]) -> tuple[float, float]:
    if len(each) == 1 or not np.ptp(each):
        return float(each[0]), float(each[0])
    means = [each[drawn].mean(axis=1) for drawn in _samples(len(each))]
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return float(low), float(high)


def _samples(n: int) -> Iterator[NDArray[np.intp]]:
    """_SAMPLES rows of n questions drawn anew, some rows at a time, shape (rows, n); the same at each call."""
    random = np.random.default_rng(0)
    at_once = max(1, _AT_ONCE // n)
    for start in range(0, _SAMPLES, at_once):
        yield random.integers(0, n, (min(at_once, _SAMPLES - start), n))
