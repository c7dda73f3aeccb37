"""Rerank: a cross-encoder reads the question and a passage together, for as many of the first candidates as the time allows."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from ragcli.retrieval.fusion import Fused

BATCH = 4  # candidates that are scored at once, always the same ones together
FUSED_SHARE = 0.5  # of a blended score, for the candidate that the fusion ranks first
_STEEP = 2  # the smaller, the faster that share falls with the rank

Texts = Callable[[Sequence[int]], Sequence[str]]  # chunk ids -> what the model reads of each


class Reranker(Protocol):
    """A model that scores a passage by reading it together with the question."""

    name: str
    is_probability: bool  # scores are within [0, 1]; else they are logits
    warning: str | None  # for people: why the model runs slower than it could

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score per text, the better the higher, each as if its text were the only one."""


def score_within(
    budget_ms: int,
    question: str,
    ranked: Sequence[Fused],
    texts: Texts,
    reranker: Reranker,
    clock: Callable[[], float] = time.perf_counter,
) -> list[tuple[int, float]]:
    """Score the candidates from the first on, batch by batch, until the next batch would not end within the budget.

    The first batch is always scored. A batch is taken to need as long as the slowest one so far; to load the model is
    no part of the budget.

    Returns: (chunk id, the model's own score) of the first candidates, in their order.
    """
    started, slowest = clock(), 0.0
    scored: list[tuple[int, float]] = []
    for start in range(0, len(ranked), BATCH):
        begun = clock()
        if start and begun - started + slowest > budget_ms / 1000:
            break
        batch = [one.chunk_id for one in ranked[start : start + BATCH]]
        scored += zip(batch, reranker.scores(question, texts(batch)), strict=True)
        slowest = max(slowest, clock() - begun)
    return scored


def blend(ranked: Sequence[Fused], scored: Sequence[tuple[int, float]], is_probability: bool) -> list[Fused]:
    """Order candidates by `a (1 + c) / (rank + c) + (1 - a) relevance`, a = FUSED_SHARE, c = _STEEP.

    Rank is the fused one, from 1; relevance is the score as a probability, by the logistic function for a logit, and 0
    where the model did not get to a candidate. The fused part is 0.5, 0.375, 0.3, 0.25 at the first four ranks, 0.125 at
    the tenth, 0.03 at the fiftieth: between the first ranks the fusion has much of the say, further down the model. What
    the model is sure of passes what it is sure against, from any rank; where it sees no difference, the order stays.
    The idea of blending by position, and the reciprocal rank as the fused part, are those of qmd (github.com/tobi/qmd),
    whose fixed weights by bands of ranks would let a candidate pass another with the same score at a border.

    Returns: all candidates, best first; scores in (0, 1].
    """
    relevance = {chunk_id: score if is_probability else _probability(score) for chunk_id, score in scored}
    blended = [
        Fused(
            one.chunk_id,
            FUSED_SHARE * (1 + _STEEP) / (rank + _STEEP) + (1 - FUSED_SHARE) * relevance.get(one.chunk_id, 0.0),
        )
        for rank, one in enumerate(ranked, start=1)
    ]
    return sorted(blended, key=lambda one: -one.score)  # stable: equal ones keep the order of the fusion


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
