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

from ragcli.answering.quoting.candidates import Candidate, Ranking
from ragcli.answering.quoting.demanded import is_lacking, is_named_by_none, tells_no_number, tells_no_quantity
from ragcli.answering.quoting.wanted import terms_of_parts
from ragcli.answering.refusing.mentioned import is_only_mentioned
from ragcli.answering.refusing.neighbours import (
    is_any_row,
    is_of_another_part,
    is_of_another_place,
    is_of_another_year,
    is_of_no_row,
    is_row_of_another,
    says_only_which,
    says_only_whose,
    with_names,
)
from ragcli.answering.refusing.scale import Scale, scale_across, scale_of
from ragcli.answering.refusing.siblings import is_told_of_a_sibling
from ragcli.answering.wording.money import is_money
from ragcli.answering.wording.numbered import is_nowhere
from ragcli.answering.wording.tally import tallied
from ragcli.answering.wording.terms import coverage, terms, terms_in, terms_to_a_word
from ragcli.answering.wording.words import Word, words
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit
from ragcli.retrieval.lexical import ShareOfChunks, rarity
from ragcli.retrieval.naming.codes import is_coded
from ragcli.retrieval.question.definitions import spells_out

# What a feature counts by tokens, and by vectors alone.
_SLOPES: Mapping[str, tuple[float, float]] = {
    "cosine_max": (1.487, 4.868),
    "cosine_median": (1.298, -1.727),
    "coverage_best": (2.26, 1.563),
    "context_max": (-0.256, 0.094),
    "marks_missing": (-1.526, -1.763),
    "kind_lacking": (-0.454, -0.367),
    "rarity": (0.438, 0.376),
    "rarity_missing": (-1.047, -0.863),
    "rarest_not_said": (-0.224, 1.468),
    "rare_best": (-2.124, 0.153),
    "rare_anywhere": (-2.99, -2.433),
    "rare_passage": (1.399, 2.056),
    "rare_first": (2.514, 2.146),
    "maxsim_above": (5.321, 0.0),
    "long": (2.2, 1.9),
    "named": (0.6, 0.6),
}
_SHORT = 8  # words: of the questions of SQuAD and PIAF nine in ten have no more
# Share of the question's rarity in the passages, up to which nothing else counts, if as much is missing as two words weigh that
# thousands of passages lack, or the document is found by its names: of 1,900 training questions that can be answered 12 had so
# little, and were refused anyway. Fitted on whole questions, the sum of features errs on one of a word.
_HARDLY, _MUCH = 0.2, 1.5
_NO_BETTER = 0.05  # of a score
_SAYS_IT = 0.8  # of a cosine, on the model's own scale
# Languages indexed in pairs of letters: two that meet across words are rare, and nothing.
_IN_PAIRS = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})
# Likewise, for each embedding model: its tenth percentile over answerable questions.
_INTERCEPTS = {"all-MiniLM-L6-v2": (-2.539, -4.73), "multilingual-e5-small": (-2.31, -4.407)}
_OTHER_MODELS = (-2.425, -4.569)
_ABBREVIATION = re.compile(r"\b[A-Z]{3,6}\b")
# By tokens and by vectors alone: slopes, and the intercept. The first pair was fitted on Chinese and Thai, by the cosines as
# they are; the second on English questions over German text, by what a cosine is worth in the pair of languages.
_ACROSS_UNSPACED: tuple[tuple[dict[str, float], float], ...] = (
    ({"cosine_max": 2.577, "cosine_median": 4.366, "figures_missing": -3.069, "maxsim_above": 15.734}, -3.504),
    ({"cosine_max": 10.363, "cosine_median": -2.621, "figures_missing": -2.696}, -3.594),
)
_ACROSS_SPACED: tuple[tuple[dict[str, float], float], ...] = (
    ({"cosine_max": 2.381, "cosine_median": 1.245, "figures_missing": -2.167, "maxsim_above": 8.859}, -3.447),
    ({"cosine_max": 4.735, "cosine_median": -0.651, "figures_missing": -2.526}, -3.463),
)


def features(ranking: Ranking, embedder: Embedder, share_of_chunks: ShareOfChunks) -> dict[str, float]:
    """What speaks for and against an answer: cosines on the model's own scale, shares of the question's weight, idf.

    Needs at least one candidate in `ranking`. There are few where the best candidate is in another language than the
    question; `maxsim_above` is lacking where the embedding model shows no tokens, or a row of a table is best.
    """
    ranking = _own_language_first(ranking)
    best, hits, language = ranking.candidates[0], ranking.hits, ranking.wanted.language
    written = _written_in(best, hits[best.source.hit], language) if language else None
    is_spaced = language != written and not _IN_PAIRS & {language, written}
    near = _nearness(ranking, embedder, language if is_spaced else None)
    named = with_names(hits)
    if language != written:
        return near | _across(ranking, named) | {"spaced": float(is_spaced)}

    by_hit = _said_by_each(ranking, named)
    anywhere = frozenset().union(*by_hit)
    marks = _marks(ranking.wanted.question)
    to_a_word = terms_to_a_word(language)
    asked = len(ranking.weights) / to_a_word
    seen = near | {
        "coverage_best": best.coverage,
        "context_max": max(candidate.context_coverage for candidate in ranking.candidates),
        "marks_missing": _share_missing(marks, named, anywhere, language),
        "kind_lacking": 1.0 if best.holds_asked is False else 0.0,
        "long": max(0.0, math.log(asked / _SHORT)) if asked else 0.0,  # no passage covers a long question
        # The document was found by its names, of which no sentence can have a share: half of 60 contracts (174 questions
        # whose clause is there, 60 whose is not) gave the coefficient by hand.
        "named": float(any(hit.rest for hit in hits) and not ranking.wanted.codes),
    }
    shares = share_of_chunks(list(ranking.weights))
    rarities = {term: rarity(share) / 10 for term, share in zip(ranking.weights, shares, strict=True)}
    seen |= {
        "rarity": sum(rarities.values()) / to_a_word,
        "rarity_missing": sum(value for term, value in rarities.items() if term not in anywhere) / to_a_word,
        "rarest_not_said": max((value for term, value in rarities.items() if term not in best.said), default=0.0),
        "rare_best": coverage(rarities, best.said),
        "rare_anywhere": coverage(rarities, anywhere),
        "rare_passage": max(coverage(rarities, one) for one in by_hit),
        "rare_first": coverage(rarities, by_hit[0]),
    }
    is_put_otherwise = seen["cosine_max"] > _SAYS_IT  # `report a leak`, where it is `notify of any breach`
    tells_enough = (bool(seen["named"]) and not is_put_otherwise) or seen["rarity_missing"] > _MUCH
    is_hardly_there = tells_enough and language not in _IN_PAIRS and seen["rare_anywhere"] <= _HARDLY
    is_ruled_out = (bool(rarities) and not seen["rare_anywhere"]) or is_hardly_there
    return seen | {"ruled_out": float(is_ruled_out or _is_ruled_out(ranking, named, by_hit, marks))}


def _own_language_first(ranking: Ranking) -> Ranking:
    """The ranking with a sentence in the question's language first, where one in another language is no better.

    Where both say some of the question, the foreign one owes its place to a word that is spelt alike: `an invented
    authority` for `qui a inventé …`. One that says nothing of it was found by its meaning.
    """
    candidates, hits, language = ranking.candidates, ranking.hits, ranking.wanted.language
    best = candidates[0]
    if not best.coverage or hits[best.source.hit].language in (None, language):
        return ranking
    own = [
        at
        for at, one in enumerate(candidates)
        if hits[one.source.hit].language == language and one.coverage and one.score >= best.score - _NO_BETTER
    ]
    return ranking.ordered([*own, *(at for at in range(len(candidates)) if at not in own)])


def _nearness(ranking: Ranking, embedder: Embedder, across_from: str | None) -> dict[str, float]:
    """How near the candidates come to the question, by the model, on a scale that all models share.

    Args:
        across_from: the question's language, where a cosine is worth what it is between that and the passage's.
    """

    def scale(candidate: Candidate) -> Scale:
        if across_from is None:
            return scale_of(embedder)
        return scale_across(embedder, across_from, ranking.hits[candidate.source.hit].language or across_from)

    cosines = [scale(one)(float(cosine)) for one, cosine in zip(ranking.candidates, ranking.cosines, strict=True)]
    near = {"cosine_max": max(cosines), "cosine_median": float(np.median(cosines))}
    is_row = ranking.candidates[0].source.unit.kind == "row"  # the rows of a table are all alike
    if ranking.maxsims is not None and not is_row:
        # Of the way from the candidates' median to a sentence that says it all: models differ in how near tokens are.
        usual = float(np.median(ranking.maxsims))
        near["maxsim_above"] = (float(ranking.maxsims.max()) - usual) / max(1 - usual, 1e-6)
    return near


def _across(ranking: Ranking, named: Sequence[str]) -> dict[str, float]:
    """What can be said of passages in another language than the question's."""
    figures = {word.key for word in words(ranking.wanted.question) if word.number}
    found = {word.key for hit in ranking.hits for word in words(hit.text)} if figures else set()
    return {
        "figures_missing": len(figures - found) / len(figures) if figures else 0.0,
        "ruled_out": float(
            is_lacking(ranking.wanted.question, ranking.wanted.language, named) or tells_no_quantity(ranking)
        ),
    }


def _said_by_each(ranking: Ranking, named: Sequence[str]) -> list[frozenset[str]]:
    """For each passage the terms of the question that it says, in whatever way, or is about.

    Args:
        named: the passages, `with_names`.
    """
    wanted, asked = ranking.wanted, frozenset(ranking.weights)
    abbreviations = {one: terms(one, wanted.language) for one in _ABBREVIATION.findall(wanted.question)}
    holding = {candidate.source.hit for candidate in ranking.candidates if candidate.holds_asked}

    def said_in(at: int, text: str) -> frozenset[str]:
        spelt_out = [names for one, names in abbreviations.items() if spells_out(text, one)]
        spelt_out += [  # `24C256` in `FM24C256`
            terms(code, wanted.language)
            for code in wanted.codes
            if code in wanted.spoken_of[at] or is_coded(code, text)
        ]
        return terms_in(text, ranking.hits[at].language, wanted.language, asked).union(
            *spelt_out,
            wanted.of_prices if wanted.of_prices and is_money(text) else (),
            wanted.said_by_figures(text),
            wanted.of_document[at],
            terms_of_parts(wanted.parts, text, wanted.language),
            wanted.of_kind if at in holding else (),
        )

    return [said_in(at, text) for at, text in enumerate(named)]


def _share_missing(
    marks: Sequence[Word], named: Sequence[str], anywhere: frozenset[str], language: str | None
) -> float:
    """How much of what an answer can't do without no passage has; a name that the passages inflect is there all the same."""
    if not marks:
        return 0.0
    found = {word.key for text in named for word in words(text)}
    missing = [
        mark for mark in marks if mark.key not in found and (mark.number or not terms(mark.key, language) <= anywhere)
    ]
    return len(missing) / len(marks)


def _is_ruled_out(
    ranking: Ranking, named: Sequence[str], said_by_each: Sequence[frozenset[str]], marks: Sequence[Word]
) -> bool:
    """Whether passages that have the words speak of something else, or hold nothing of what is demanded."""
    wanted, best = ranking.wanted, ranking.candidates[0]
    if best.source.row is not None and all(not cell or cell.endswith(":") for cell in best.source.row.cells):
        return True  # a field of a form that was not filled in, or stands before the next one
    if wanted.numbered:
        rows = [one.spelt_out for one in ranking.sources if one.row is not None and one.hit == best.source.hit]
        is_of_others = all(one.of_another for one in ranking.candidates[:2])
        if is_of_others or is_nowhere(wanted.numbered, [*named, *rows]):
            return True
    if best.is_value and is_row_of_another(ranking, marks):
        return True
    # The currency of a row may stand on another page.
    if not best.is_value and (
        is_lacking(wanted.question, wanted.language, named)
        or is_named_by_none(wanted.question, named)
        or is_of_another_year(ranking, named)
    ):
        return True
    if tells_no_number(ranking) or tells_no_quantity(ranking):
        return True
    if is_of_no_row(ranking) or is_of_another_place(ranking) or is_of_another_part(ranking):
        return True
    if wanted.language not in _IN_PAIRS and (
        is_any_row(ranking) or is_only_mentioned(ranking) or is_told_of_a_sibling(ranking, named, said_by_each, marks)
    ):
        return True
    return says_only_which(ranking, said_by_each) or (
        not best.holds_asked and says_only_whose(ranking, said_by_each, marks)
    )


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
    counting = tallied(question)
    numbers = [word for word in found if word.number and word.start not in counting]
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
    slopes, intercept = {name: both[by] for name, both in _SLOPES.items()}, _INTERCEPTS.get(model, _OTHER_MODELS)[by]
    if "figures_missing" in seen:
        slopes, intercept = (_ACROSS_SPACED if seen.get("spaced") else _ACROSS_UNSPACED)[by]
    logit = intercept + sum(slopes.get(name, 0.0) * value for name, value in seen.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def chance_of_an_answer(ranking: Ranking, embedder: Embedder, share_of_chunks: ShareOfChunks) -> float:
    """`probability` of the features; 0 when no passage has a sentence to quote."""
    if not ranking.candidates:
        return 0.0
    return probability(features(ranking, embedder, share_of_chunks), embedder.name)
