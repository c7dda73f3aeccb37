"""Choose settings by a user's own questions, and say what the choice is worth on questions that had no part in it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragcli.evaluation.statistics import Difference, difference

FOLDS = 5
LEAST = 20  # questions, below which a choice would be a guess
Values = NDArray[np.float64]
Choice = Mapping[str, Any]  # dotted setting -> value; the first choice of a list is the setting in use


@dataclass(frozen=True, slots=True)
class Tuned:
    """One group of settings: what was in use, what is best over all questions, and what choosing so is worth.

    `before` and `after` are means over the held-out folds: each question is judged by the choice of the other folds.
    """

    measure: str
    in_use: Choice
    chosen: Choice
    before: float
    after: float
    difference: Difference

    @property
    def is_better(self) -> bool:
        """Whether the choice beat what was in use on questions that had no part in it."""
        return self.chosen != self.in_use and self.difference.mean > 0


def tune(measure: str, choices: Sequence[Choice], values: Values, ids: Sequence[str]) -> Tuned:
    """Pick one of `choices` by cross-validation.

    Args:
        values: (choices, questions), the higher the better.
        ids: of the questions; they decide the folds, so that the same questions give the same answer.
    """
    folds = np.array([int(hashlib.sha256(one.encode()).hexdigest(), 16) % FOLDS for one in ids])
    held_out = np.empty(values.shape[1])
    for fold in range(FOLDS):
        inside = folds == fold
        held_out[inside] = values[best(values[:, ~inside]), inside]
    chosen = best(values)
    before = values[0]
    return Tuned(
        measure, choices[0], choices[chosen], float(before.mean()), float(held_out.mean()),
        difference(before.tolist(), held_out.tolist()),
    )  # fmt: skip


def best(values: Values) -> int:
    """The choice with the highest mean; of equals the first, which is the one in use."""
    return int(values.mean(axis=1).argmax()) if values.shape[1] else 0
