"""How probable is it that the answer is in the documents at all?

A logistic model over what ranking the sentences has shown anyway; nothing more is embedded or searched. Its
coefficients come from tests/bench/refusal.py, which fits them on training questions, English and French, with the
passage that answers present, removed, or its whole subject absent, and reports what they catch.

Where question and passage are in different languages a model of its own judges: that they share no word says nothing.
"""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from ragcli.answering.demanded import is_lacking
from ragcli.answering.kinds import is_money
from ragcli.answering.neighbours import is_any_row, is_of_another_year, is_row_of_another, says_only_whose, with_names
from ragcli.answering.numbered import is_nowhere, numbered
from ragcli.answering.quotes import Candidate, Ranking
from ragcli.answering.scale import Scale, scale_across, scale_of
from ragcli.answering.terms import coverage, terms, terms_in
from ragcli.answering.wanted import ShareOfChunks, codes_of_documents, named_by_document, terms_of_parts
from ragcli.answering.words import Word, words
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit
from ragcli.retrieval.codes import codes, is_coded
from ragcli.retrieval.definitions import spells_out
from ragcli.retrieval.periods import parts_of_year

_RAREST = 1 / 3000  # added to a share: a term that is nowhere weighs no more in a large collection than in a small one
_BY_TOKENS: Mapping[str, float] = {
    "cosine_max": 1.487,
    "cosine_median": 1.298,
    "coverage_best": 2.26,
    "context_max": -0.256,
    "marks_missing": -1.526,
    "kind_lacking": -0.454,
    "rarity": 0.438,
    "rarity_missing": -1.047,
    "rarest_not_said": -0.224,
    "rare_best": -2.124,
    "rare_anywhere": -2.99,
    "rare_passage": 1.399,
    "rare_first": 2.514,
    "maxsim_above": 5.321,
    "long": 2.2,
    "named": 0.6,
}
_BY_VECTORS: Mapping[str, float] = {
    "cosine_max": 4.868,
    "cosine_median": -1.727,
    "coverage_best": 1.563,
    "context_max": 0.094,
    "marks_missing": -1.763,
    "kind_lacking": -0.367,
    "rarity": 0.376,
    "rarity_missing": -0.863,
    "rarest_not_said": 1.468,
    "rare_best": 0.153,
    "rare_anywhere": -2.433,
    "rare_passage": 2.056,
    "rare_first": 2.146,
    "long": 1.9,
    "named": 0.6,
}
_SHORT = 8  # terms: of the questions of SQuAD and PIAF nine in ten have no more
# Share of the question's rarity in the passages, up to which nothing else counts: of 1,900 training questions that can be
# answered 12 had so little, and were refused anyway. Fitted on whole questions, the sum of features errs on one of a word.
_HARDLY = 0.2
# Languages indexed in pairs of letters: two that meet across words are rare, and nothing.
_IN_PAIRS = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})
# Of (_BY_TOKENS, _BY_VECTORS), for each embedding model: its tenth percentile over answerable questions.
_INTERCEPTS = {"all-MiniLM-L6-v2": (-2.539, -4.73), "multilingual-e5-small": (-2.31, -4.407)}
_OTHER_MODELS = (-2.425, -4.569)
_ABBREVIATION = re.compile(r"\b[A-Z]{3,6}\b")
# By tokens and by vectors alone: slopes, and the intercept. The first pair was fitted on Chinese and Thai, by the cosines as
# they are; the second on English questions over German text, by what a cosine is worth in the pair of languages.
_ACROSS_UNSPACED: tuple[tuple[Mapping[str, float], float], ...] = (
    ({"cosine_max": 2.577, "cosine_median": 4.366, "figures_missing": -3.069, "maxsim_above": 15.734}, -3.504),
    ({"cosine_max": 10.363, "cosine_median": -2.621, "figures_missing": -2.696}, -3.594),
)
_ACROSS_SPACED: tuple[tuple[Mapping[str, float], float], ...] = (
    ({"cosine_max": 2.381, "cosine_median": 1.245, "figures_missing": -2.167, "maxsim_above": 8.859}, -3.447),
    ({"cosine_max": 4.735, "cosine_median": -0.651, "figures_missing": -2.526}, -3.463),
)


def features(
    question: str,
    language: str | None,
    hits: Sequence[Hit],
    ranking: Ranking,
    embedder: Embedder,
    share_of_chunks: ShareOfChunks,
) -> dict[str, float]:
    """What speaks for and against an answer: cosines on the model's own scale, shares of the question's weight, idf.

    Needs at least one candidate in `ranking`. There are few where the best candidate is in another language than the
    question; `maxsim_above` is lacking where the embedding model shows no tokens, or a row of a table is best.
    """
    best = ranking.candidates[0]
    written = _written_in(best, hits[best.source.hit], language) if language else None
    is_spaced = language != written and not _IN_PAIRS & {language, written}

    def scale(candidate: Candidate) -> Scale:
        if not (language and is_spaced):
            return scale_of(embedder)
        return scale_across(embedder, language, hits[candidate.source.hit].language or language)

    cosines = [scale(one)(float(cosine)) for one, cosine in zip(ranking.candidates, ranking.cosines, strict=True)]
    near = {"cosine_max": max(cosines), "cosine_median": float(np.median(cosines))}
    if ranking.maxsims is not None and best.source.unit.kind != "row":  # the rows of a table are all alike
        # Of the way from the candidates' median to a sentence that says it all: models differ in how near tokens are.
        usual = float(np.median(ranking.maxsims))
        near["maxsim_above"] = (float(ranking.maxsims.max()) - usual) / max(1 - usual, 1e-6)
    named = with_names(hits)
    if language != written:
        figures = {word.key for word in words(question) if word.number}
        found = {word.key for hit in hits for word in words(hit.text)} if figures else set()
        lacking = len(figures - found) / len(figures) if figures else 0.0
        ruled_out = float(is_lacking(question, language, named))
        return near | {"figures_missing": lacking, "spaced": float(is_spaced), "ruled_out": ruled_out}

    asked = frozenset(ranking.weights)
    named_by_code, parts = codes(question), parts_of_year(question)
    abbreviations = {one: terms(one, language) for one in _ABBREVIATION.findall(question)}

    def said_in(text: str, hit: Hit, spoken_of: frozenset[str]) -> frozenset[str]:
        spelt_out = [names for one, names in abbreviations.items() if spells_out(text, one)]
        spelt_out += [  # `24C256` in `FM24C256`
            terms(code, language) for code in named_by_code if code in spoken_of or is_coded(code, text)
        ]
        priced = ranking.of_prices if ranking.of_prices and is_money(text) else frozenset()
        return terms_in(text, hit.language, language, asked).union(
            priced, *spelt_out, named_by_document(question, hit, language), terms_of_parts(parts, text, language)
        )

    by_hit = [said_in(*each) for each in zip(named, hits, codes_of_documents(question, hits), strict=True)]
    holding = {candidate.source.hit for candidate in ranking.candidates if candidate.holds_asked}
    by_hit = [said | ranking.of_kind if at in holding else said for at, said in enumerate(by_hit)]
    anywhere = frozenset().union(*by_hit)
    marks = _marks(question)
    found_marks = {word.key for text in named for word in words(text)} if marks else set()
    missing = [
        mark
        for mark in marks
        # A name that the passages inflect is there all the same.
        if mark.key not in found_marks and (mark.number or not terms(mark.key, language) <= anywhere)
    ]
    seen = near | {
        "coverage_best": best.coverage,
        "context_max": max(candidate.context_coverage for candidate in ranking.candidates),
        "marks_missing": len(missing) / len(marks) if marks else 0.0,
        "kind_lacking": 1.0 if best.holds_asked is False else 0.0,
        "long": max(0.0, math.log(len(asked) / _SHORT)) if asked else 0.0,  # no passage covers a long question
    }
    # The document was found by its names, of which no sentence can have a share: half of 60 contracts (174 questions whose
    # clause is there, 60 whose is not) gave the coefficient by hand.
    seen["named"] = float(any(hit.rest for hit in hits) and not named_by_code)
    rarity = {
        term: -math.log(share + _RAREST) / 10
        for term, share in zip(ranking.weights, share_of_chunks(list(ranking.weights)), strict=True)
    }
    seen |= {
        "rarity": sum(rarity.values()),
        "rarity_missing": sum(value for term, value in rarity.items() if term not in anywhere),
        "rarest_not_said": max((value for term, value in rarity.items() if term not in best.said), default=0.0),
        "rare_best": coverage(rarity, best.said),
        "rare_anywhere": coverage(rarity, anywhere),
        "rare_passage": max(coverage(rarity, one) for one in by_hit),
        "rare_first": coverage(rarity, by_hit[0]),
    }
    is_hardly_there = seen["rare_anywhere"] <= (0.0 if language in _IN_PAIRS else _HARDLY)
    seen["ruled_out"] = float(bool(rarity) and is_hardly_there)
    asked_numbered = numbered(question, asks=True)
    if asked_numbered and (all(one.of_another for one in ranking.candidates[:2]) or is_nowhere(asked_numbered, named)):
        seen["ruled_out"] = 1.0
    # The currency of a row may stand on another page.
    if not best.is_value and is_lacking(question, language, named):
        seen["ruled_out"] = 1.0
    if best.is_value and is_row_of_another(question, language, hits, ranking, marks):
        seen["ruled_out"] = 1.0
    if not best.is_value and is_of_another_year(question, best, named):
        seen["ruled_out"] = 1.0
    if language not in _IN_PAIRS and is_any_row(question, language, hits, ranking):
        seen["ruled_out"] = 1.0
    if not best.holds_asked and says_only_whose(question, language, hits, ranking, by_hit, marks):
        seen["ruled_out"] = 1.0
    return seen


def _written_in(best: Candidate, hit: Hit, asked_in: str) -> str:
    """The language of a sentence: a leaflet in three languages is of one of them, and has paragraphs in the others."""
    if not hit.language or hit.language == asked_in:
        return asked_in
    from ragcli.reading.language import detect

    return detect(best.source.unit.text, among=sorted({asked_in, hit.language})) or hit.language


def _marks(question: str) -> list[Word]:
    """What an answer can't do without: names and numbers; in A Question Written Like This capitals name nothing."""
    found = words(question)
    beside_figures = {word.end for word in found if word.number} | {word.start for word in found if word.number}
    names = [
        word
        for word in found  # not the FY of FY2023, nor the R of R&D
        if word.name and len(word.key) > 1 and not {word.start, word.end} & beside_figures
    ]
    numbers = [word for word in found if word.number]
    return numbers if len(found) > 3 and len(names) > 0.7 * len(found) else names + numbers


def probability(seen: Mapping[str, float], model: str) -> float:
    """Probability between 0 and 1 that the answer is in the documents; below 0.5 lies one answerable in ten.

    Args:
        seen: what `features` gives.
        model: name of the embedding model; one that is not known gets the mean of those that are.
    """
    if seen.get("ruled_out"):
        return 0.0
    by = 0 if "maxsim_above" in seen else 1
    slopes, intercept = (_BY_TOKENS, _BY_VECTORS)[by], _INTERCEPTS.get(model, _OTHER_MODELS)[by]
    if "figures_missing" in seen:
        slopes, intercept = (_ACROSS_SPACED if seen.get("spaced") else _ACROSS_UNSPACED)[by]
    logit = intercept + sum(slopes.get(name, 0.0) * value for name, value in seen.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def chance_of_an_answer(
    question: str,
    language: str | None,
    hits: Sequence[Hit],
    ranking: Ranking,
    embedder: Embedder,
    share_of_chunks: ShareOfChunks,
) -> float:
    """`probability` of the features; 0 when no passage has a sentence to quote."""
    if not ranking.candidates:
        return 0.0
    return probability(features(question, language, hits, ranking, embedder, share_of_chunks), embedder.name)
