"""Fuse the rankings of several retrievers into one."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

_BEHIND = 0.5  # of its score, for a chunk that is put behind the others


@dataclass(frozen=True, slots=True)
class Fused:
    """A chunk and its fused score: in [0, 1] by scores, in (0, sum of the weights / (rank_constant + 1)] by ranks."""

    chunk_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Scored:
    """One retriever's chunks with its own scores, best first, and the score that a chunk it did not return has at most."""

    ranking: Sequence[tuple[int, float]]
    floor: float

    @property
    def spread(self) -> float:
        """How far it tells its chunks apart, 0 to 1, where its scores begin at 0: one word that all hold tells little."""
        best = max((score for _, score in self.ranking), default=0.0)
        return (best - self.floor) / best if best > 0 else 1.0


def convex_combination(retrievers: Sequence[Scored], weights: Sequence[float]) -> list[Fused]:
    """Order chunks by the weighted mean of their scores, each retriever's stretched to [0, 1] from its floor to its best.

    A clear winner of one side stays ahead, which ranks alone can't tell from a narrow one.

    Args:
        weights: how far to trust each retriever, at least 0; one that returned nothing counts as all zeros.
    Returns: each chunk once, best first; equal scores by chunk id, so that a query repeats exactly.
    Source: Bruch, Gai, Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023.
    """
    total = math.fsum(weights) or 1.0
    shares: defaultdict[int, list[float]] = defaultdict(list)
    for retriever, weight in zip(retrievers, weights, strict=True):
        best = max((score for _, score in retriever.ranking), default=0.0)
        for chunk_id, score in retriever.ranking:
            height = (score - retriever.floor) / (best - retriever.floor) if best > retriever.floor else 1.0
            shares[chunk_id].append(weight / total * height)
    return best_first(Fused(chunk_id, math.fsum(parts)) for chunk_id, parts in shares.items())


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], weights: Sequence[float] | None = None, rank_constant: int = 60
) -> list[Fused]:
    """Order chunks by the sum of weight / (rank_constant + rank) over the rankings that hold them.

    Only ranks are read: a cosine and a BM25 score have no common unit.

    Args:
        rankings: one per retriever: chunk ids, best first, of any length.
        weights: how far to trust each ranking, at least 0; all 1 when None.
        rank_constant: the larger, the more agreement weighs against a first place; at least 0.
    Returns: each chunk once, best first; equal scores by chunk id, so that a query repeats exactly.
    Raises: ValueError when a ranking holds a chunk twice, for its vote would count twice.
    Source: Cormack, Clarke, Büttcher, SIGIR 2009; the paper's k, 60, is our rank_constant.
    """
    votes: defaultdict[int, list[float]] = defaultdict(list)
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        if len(set(ranking)) < len(ranking):
            raise ValueError("a ranking holds a chunk twice")
        for rank, chunk_id in enumerate(ranking, start=1):
            votes[chunk_id].append(weight / (rank_constant + rank))
    # fsum rounds once: chunks with the same ranks tie exactly, whichever retriever gave which rank.
    return best_first(Fused(chunk_id, math.fsum(shares)) for chunk_id, shares in votes.items())


def highest_first(scores: Mapping[int, float]) -> list[tuple[int, float]]:
    """(chunk id, score) by score; equal scores by chunk id, so that a query repeats exactly."""
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def best_first(chunks: Iterable[Fused]) -> list[Fused]:
    """The chunks by their scores; equal scores by chunk id, so that a query repeats exactly."""
    return sorted(chunks, key=lambda chunk: (-chunk.score, chunk.chunk_id))


def raised(ranked: Sequence[Fused], shares: Mapping[int, float], bonus: float) -> list[Fused]:
    """The chunks, best first, some of them raised by a share of the bonus; scores stay within their range.

    Args:
        shares: chunk id -> how much of the bonus it gets, 0 to 1; one that is not in it gets nothing.
        bonus: of the best score.
    """
    most = bonus * max((one.score for one in ranked), default=0.0)
    return best_first(
        Fused(one.chunk_id, (one.score + most * shares.get(one.chunk_id, 0.0)) / (1 + bonus)) for one in ranked
    )


def put_behind(ranked: Sequence[Fused], chunk_ids: Set[int]) -> list[Fused]:
    """The same chunks, some of them with half their scores: one that is far better than all others stays ahead."""
    return best_first(replace(one, score=_BEHIND * one.score) if one.chunk_id in chunk_ids else one for one in ranked)
