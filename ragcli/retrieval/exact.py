"""Exact hits can't be buried: a passage that holds a rare name, a number, an identifier or a phrase comes early."""

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import accumulate

from ragcli.retrieval.fusion import Fused, raised

EARLY = 3  # place by which an exact hit comes at the latest
MARKS = 2  # of a question that are looked after, the rarest
PHRASE_BONUS = 0.25  # of a score, for a passage that holds all phrases, or an identifier


def prefer(ranked: Sequence[Fused], preferred: Set[int]) -> list[Fused]:
    """Add the bonus to passages that are preferred for what they hold; scores stay within their range."""
    return raised(ranked, dict.fromkeys(preferred, 1.0), PHRASE_BONUS) if preferred else list(ranked)


def lift(ranked: Sequence[Fused], exact: Sequence[Set[int]], lexical: Sequence[int]) -> list[Fused]:
    """Bring the best chunk of each of the first `MARKS` sets to place `EARLY` at the latest.

    Args:
        exact: for each name, number or phrase the chunks that hold it, the rarest first.
        lexical: chunk ids as the lexical index ranks them, which says which of a set is the best.
    Returns: the same chunks; one that is moved takes the score of those it passes, so that scores go on falling.
    """
    order = list(ranked)
    kept: set[int] = set()  # the early chunk that stands for each set so far: a later set does not push it out
    for holding in exact[:MARKS]:
        early = next((one.chunk_id for one in order[:EARLY] if one.chunk_id in holding), None)
        best = next((chunk_id for chunk_id in lexical if chunk_id in holding), None)
        at = next((at for at, one in enumerate(order) if one.chunk_id == best), None)
        if early is None and at is not None:
            moved = order.pop(at)
            out = next(place for place in reversed(range(EARLY)) if order[place].chunk_id not in kept)
            order[out:EARLY] = [*order[out + 1 : EARLY], moved, order[out]]
            early = moved.chunk_id
        if early is not None:
            kept.add(early)
    falling = list(accumulate((one.score for one in reversed(order)), max))[::-1]
    return [replace(one, score=score) for one, score in zip(order, falling, strict=True)]
