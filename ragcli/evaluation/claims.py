"""Claim by claim, in RAGChecker's terms.

A claim is a sentence. Whether a text entails it is judged by a language model (see `judge`), or without one by a proxy,
*content coverage*: a logistic model of how many of the claim's content words and numbers stand in the text. The proxy
can't see a contradiction made of the same words (chance level on DACCORD). tests/bench/claims.py fits it on training pairs
and shows what it is worth: with the judgements of people over RAGChecker's 280 pairs of answers its F1 correlates at 0.56
(a 70B judge 0.62, another person 0.70).

Source: Ru et al., "RAGChecker: A Fine-grained Framework for Diagnosing Retrieval-Augmented Generation", NeurIPS 2024.
"""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ragcli.answering.terms import terms
from ragcli.chunking.sentences import split
from ragcli.storage import terms as lexical

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_COVERAGE, _NUMBERS_MISSING, _INTERCEPT = 5.02, -0.98, -3.44
Chances = NDArray[np.float64]
# Of text, claim and the claim's language: the probability between 0 and 1 that the text entails the claim.
Entails = Callable[[str, str, str | None], float]


def claims_of(text: str, language: str | None) -> list[str]:
    """The sentences that have a content word."""
    return [unit.readable for unit in split(text, language) if terms(unit.text, language)]


def entailment(text: str, claim: str, language: str | None) -> float:
    """Probability between 0 and 1 that `text` entails `claim`, by content coverage; 0 for a claim without content."""
    if not terms(claim, language):
        return 0.0
    covered, missing = coverage(text, claim, language)
    return 1 / (1 + math.exp(-(_INTERCEPT + _COVERAGE * covered + _NUMBERS_MISSING * missing)))


def coverage(text: str, claim: str, language: str | None) -> tuple[float, float]:
    """The shares of the claim's content words that stand in the text, and of its numbers that do not; 0 for none."""
    content = terms(claim, language)
    covered = len(content & frozenset(lexical.terms(text, language))) / len(content) if content else 0.0
    numbers, there = _NUMBER.findall(claim), set(_NUMBER.findall(text))
    return covered, sum(number not in there for number in numbers) / len(numbers) if numbers else 0.0


def claim_measures(
    said: str, reference: str, passages: Sequence[str], language: str | None, entails: Entails = entailment
) -> dict[str, float]:
    """RAGChecker's measures of one answer; empty when answer or reference make no claim.

    Args:
        said: the answer; reference: the known one, in sentences; passages: what the answer was made from.
    """
    ours, theirs = claims_of(said, language), claims_of(reference, language)
    if not ours or not theirs:
        return {}

    def chances(claims: Sequence[str], texts: Sequence[str]) -> Chances:
        rows = [[entails(text, claim, language) for text in texts] for claim in claims]
        return np.array(rows, np.float64).reshape(len(claims), len(texts))

    return measures_of(
        chances(ours, [reference])[:, 0],
        chances(theirs, [said])[:, 0],
        chances(ours, passages),
        chances(theirs, passages),
    )


def measures_of(correct: Chances, recalled: Chances, ours_in: Chances, theirs_in: Chances) -> dict[str, float]:
    """The measures from verdicts, each a probability; 0 and 1 give RAGChecker's own figures.

    Args:
        correct: (our claims,) entailed by the reference.
        recalled: (its claims,) entailed by our answer.
        ours_in: (our claims, passages) entailed by each passage.
        theirs_in: (its claims, passages) entailed by each passage.
    """
    relevant = theirs_in.max(axis=0, initial=0.0)
    grounded = ours_in.max(axis=1, initial=0.0)
    by_relevant = (ours_in * relevant).max(axis=1, initial=0.0)
    by_noise = (ours_in * (1 - relevant)).max(axis=1, initial=0.0) * (1 - by_relevant)
    precision, recall = float(correct.mean()), float(recalled.mean())
    return {
        "claim precision": precision,
        "claim recall of the answer": recall,
        "claim F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "claim recall": float(theirs_in.max(axis=1, initial=0.0).mean()),
        "context precision": float(relevant.mean()) if len(relevant) else 0.0,
        "faithfulness": float(grounded.mean()),
        "hallucination": float(((1 - correct) * (1 - grounded)).mean()),
        "noise sensitivity, relevant": float(((1 - correct) * by_relevant).mean()),
        "noise sensitivity, irrelevant": float(((1 - correct) * by_noise).mean()),
    }
