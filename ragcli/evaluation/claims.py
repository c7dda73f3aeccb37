"""Claim by claim, in RAGChecker's terms.

A claim is a sentence. It counts for as many claims as it has content words that the question has not: a long sentence says
more than a short one, and one that repeats the question says nothing.

A language model judges (see `judge`), or without one a proxy by words. A word is *said* by a text that has its stem, or
another with the same first letters. How much of answer and reference the other one says is the share of these words. A passage
entails its own sentences, and any other claim with the probability of a logistic model of three signs (see `signs`): the share
that is said, a number that is nowhere, and a denial that the nearest sentence does not make. The proxy can't see most
contradictions made of the same words (DACCORD). tests/bench/claims.py fits it on training pairs and shows what it is worth:
with the judgements of people over RAGChecker's 280 pairs of answers its F1 correlates at 0.66 (a 70B judge 0.62, another
person 0.70).

Tried on held-out training pairs and on half of the answers, and left out since they gained nothing or next to it: rarity
within the text, the best sentence or two, order (neighbours, longest common subsequence), names, and lengths. MaxSim of the
embedding model would add 0.01 to the AUC of pairs, at ten times the cost; over answers it adds 0.02 to correctness and
completeness, and takes 0.01 to 0.04 from the agreement overall.

Source: Ru et al., "RAGChecker: A Fine-grained Framework for Diagnosing Retrieval-Augmented Generation", NeurIPS 2024.
"""

import math
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ragcli.answering.wording.terms import terms
from ragcli.answering.wording.words import words
from ragcli.chunking.sentences import list_mark, split

_START = 4  # letters that stems of one family share: `economi` and `econom`
_SLOPES, _INTERCEPT = (5.57, -1.23, -2.03), -3.94  # of `signs`
_DENIALS = {
    "en": "not no never none nor neither without cannot nobody nothing n't",
    "fr": "ne n aucun aucune sans jamais non ni",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals ohne weder niemand nichts",
    "es": "no nunca jamás ningún ninguno ninguna sin ni nadie nada",
    "it": "non nessun nessuno nessuna senza né mai niente nulla",
}
Chances = NDArray[np.float64]
# Of text, claim and the claim's language: the probability between 0 and 1 that the text entails the claim.
Entails = Callable[[str, str, str | None], float]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says."""

    words: tuple[str, ...]
    terms: frozenset[str]  # of content, a number by its value
    numbers: frozenset[str]
    denies: bool


def claims_of(text: str, language: str | None) -> list[str]:
    """The sentences that have a content word, without the marks of a list."""
    found = (unit.readable for unit in split(text, language) if terms(unit.text, language))
    return [sentence[len(list_mark(sentence)) :] for sentence in found]


def entailment(text: str, claim: str, language: str | None) -> float:
    """Probability between 0 and 1 that `text` entails `claim`, by its words.

    1 for a sentence of the text, 0 for a claim without content.
    """
    if not terms(claim, language):
        return 0.0
    if any(one.words == _read(claim, language).words for one in _sentences(text, language)):
        return 1.0
    seen = signs(text, claim, language)
    return 1 / (1 + math.exp(-_INTERCEPT - sum(slope * sign for slope, sign in zip(_SLOPES, seen, strict=True))))


def signs(text: str, claim: str, language: str | None) -> tuple[float, float, float]:
    """What speaks for and against a text that entails a claim, each between 0 and 1.

    Returns: the share of the claim's terms that the text says; that share again where one of its numbers is nowhere in the
        text; and again where the claim denies, and the sentence of the text that has most of its terms does not; else 0.
    """
    claimed, sentences = _read(claim, language), _sentences(text, language)
    numbers = frozenset().union(*(one.numbers for one in sentences))
    nearest = max(sentences, key=lambda one: len(claimed.terms & one.terms), default=claimed)
    share = share_said(text, claimed.terms, language)
    is_denied = claimed.denies and not nearest.denies
    return share, share * (not claimed.numbers <= numbers), share * is_denied


def share_said(text: str, wanted: Set[str], language: str | None) -> float:
    """The share of the terms `wanted` that the text says, also in a word of the same family; 0 for none."""
    there = frozenset().union(*(one.terms for one in _sentences(text, language)))
    starts = {term[:_START] for term in there if len(term) >= _START and term[:_START].isalpha()}
    return sum(term in there or term[:_START] in starts for term in wanted) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=256)
def _sentences(text: str, language: str | None) -> tuple[_Said, ...]:
    return tuple(_read(sentence, language) for sentence in claims_of(text, language))


@lru_cache(maxsize=256)
def _read(sentence: str, language: str | None) -> _Said:
    found = words(sentence)
    said = tuple(word.key for word in found)
    numbers = frozenset(word.key for word in found if word.number)
    in_letters = frozenset(term for term in terms(sentence, language) if not term.isdigit())
    denials = _DENIALS.get(language, "") if language else f"{_DENIALS['en']} {_DENIALS['fr']}"
    return _Said(said, in_letters | numbers, numbers, not set(denials.split()).isdisjoint(said))


def claim_measures(
    said: str,
    reference: str,
    passages: Sequence[str],
    language: str | None,
    entails: Entails | None = None,
    question: str = "",
) -> dict[str, float]:
    """RAGChecker's measures of one answer; empty when answer or reference make no claim.

    Args:
        said: the answer; reference: the known one, in sentences; passages: what the answer was made from.
        entails: the judge of claims; None for the proxy.
        question: what both answer.
    """
    ours, theirs = claims_of(said, language), claims_of(reference, language)
    if not ours or not theirs:
        return {}
    asked = _read(question, language).terms
    if all(_read(claim, language).terms <= asked for claim in theirs):
        asked = frozenset()  # of a question for yes or no there is nothing else to tell

    def new(claim: str) -> frozenset[str]:
        return _read(claim, language).terms - asked

    def share(text: str, claim: str, language: str | None) -> float:
        return share_said(text, new(claim), language)

    def chances(claims: Sequence[str], texts: Sequence[str], judge: Entails) -> Chances:
        rows = [[judge(text, claim, language) for text in texts] for claim in claims]
        return np.array(rows, np.float64).reshape(len(claims), len(texts))

    def weights(claims: Sequence[str]) -> Chances:
        counts = np.array([len(new(claim)) for claim in claims], np.float64)
        return counts if counts.any() else np.ones(len(claims))

    return measures_of(
        chances(ours, [reference], entails or share)[:, 0],
        chances(theirs, [said], entails or share)[:, 0],
        chances(ours, passages, entails or entailment),
        chances(theirs, passages, entails or entailment),
        weights(ours),
        weights(theirs),
    )


def measures_of(
    correct: Chances,
    recalled: Chances,
    ours_in: Chances,
    theirs_in: Chances,
    ours: Chances | None = None,
    theirs: Chances | None = None,
) -> dict[str, float]:
    """The measures from verdicts, each a probability; 0 and 1 give RAGChecker's own figures.

    Args:
        correct: (our claims,) entailed by the reference.
        recalled: (its claims,) entailed by our answer.
        ours_in: (our claims, passages) entailed by each passage.
        theirs_in: (its claims, passages) entailed by each passage.
        ours, theirs: what each claim counts for, not all 0; None for the same.
    """
    relevant = theirs_in.max(axis=0, initial=0.0)
    grounded = ours_in.max(axis=1, initial=0.0)
    by_relevant = (ours_in * relevant).max(axis=1, initial=0.0)
    by_noise = (ours_in * (1 - relevant)).max(axis=1, initial=0.0) * (1 - by_relevant)

    def mean(verdicts: Chances, weights: Chances | None) -> float:
        return float(np.average(verdicts, weights=weights))

    precision, recall = mean(correct, ours), mean(recalled, theirs)
    return {
        "claim precision": precision,
        "claim recall of the answer": recall,
        "claim F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "claim recall": mean(theirs_in.max(axis=1, initial=0.0), theirs),
        "context precision": float(relevant.mean()) if len(relevant) else 0.0,
        "faithfulness": mean(grounded, ours),
        "hallucination": mean((1 - correct) * (1 - grounded), ours),
        "noise sensitivity, relevant": mean((1 - correct) * by_relevant, ours),
        "noise sensitivity, irrelevant": mean((1 - correct) * by_noise, ours),
    }
