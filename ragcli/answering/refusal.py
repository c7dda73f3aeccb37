"""How probable is it that the answer is in the documents at all?

A logistic model over what ranking the sentences has shown anyway; nothing more is embedded or searched. Its
coefficients come from tests/bench/refusal.py, which fits them on training questions, English and French, with the
passage that answers present, removed, or its whole subject absent, and reports what they catch.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from ragcli.answering.quotes import Ranking
from ragcli.answering.scale import Scale
from ragcli.answering.terms import coverage, terms
from ragcli.answering.words import words
from ragcli.records import Hit

_COEFFICIENTS: Mapping[str, float] = {
    "intercept": -4.542,
    "cosine_max": 6.113,
    "cosine_best": 0.331,
    "cosine_median": -3.558,
    "coverage_best": 2.687,
    "coverage_max": -3.045,
    "context_max": 1.885,
    "coverage_passage": -0.035,
    "coverage_first": 1.713,
    "missing": 0.458,
    "marks_missing": -1.212,
    "kind_lacking": -0.261,
    "one_term": -0.684,
    "margin": 2.163,
}


def features(
    question: str, language: str | None, hits: Sequence[Hit], ranking: Ranking, scale: Scale
) -> dict[str, float]:
    """What speaks for and against an answer; cosines on the model's own scale, the rest between 0 and 1.

    Needs at least one candidate in `ranking`.
    """
    best = ranking.candidates[0]
    cosines = np.array([scale(float(cosine)) for cosine in ranking.cosines])
    by_hit = [terms(f"{hit.title or ''} {' '.join(hit.section)} {hit.text}", hit.language or language) for hit in hits]
    anywhere = frozenset().union(*by_hit)
    marks = _marks(question)
    found_marks = {word.key for hit in hits for word in words(hit.text)} if marks else set()
    return {
        "cosine_max": float(cosines.max()),
        "cosine_best": scale(best.cosine),
        "cosine_median": float(np.median(cosines)),
        "coverage_best": best.coverage,
        "coverage_max": max(candidate.coverage for candidate in ranking.candidates),
        "context_max": max(candidate.context_coverage for candidate in ranking.candidates),
        "coverage_passage": max(coverage(ranking.weights, one) for one in by_hit),
        "coverage_first": coverage(ranking.weights, by_hit[0]),
        "missing": 1 - coverage(ranking.weights, anywhere),
        "marks_missing": sum(mark not in found_marks for mark in marks) / len(marks) if marks else 0.0,
        "kind_lacking": 1.0 if best.holds_asked is False else 0.0,
        "one_term": 1.0 if len(ranking.weights) <= 1 else 0.0,
        "margin": best.score - ranking.candidates[1].score if len(ranking.candidates) > 1 else 0.0,
    }


def _marks(question: str) -> list[str]:
    """The names and numbers of a question: what an answer can't do without."""
    return [word.key for word in words(question) if word.name or word.number]


def probability(seen: Mapping[str, float]) -> float:
    """Probability between 0 and 1 that the answer is in the documents; below 0.5 lies one answerable in ten."""
    logit = _COEFFICIENTS["intercept"] + sum(_COEFFICIENTS.get(name, 0.0) * value for name, value in seen.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def chance_of_an_answer(
    question: str, language: str | None, hits: Sequence[Hit], ranking: Ranking, scale: Scale
) -> float:
    """`probability` of the features; 0 when no passage has a sentence to quote."""
    if not ranking.candidates:
        return 0.0
    return probability(features(question, language, hits, ranking, scale))
