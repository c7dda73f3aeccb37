"""How probable is it that the answer is in the documents at all?

A logistic model over what ranking the sentences has shown anyway; nothing more is embedded or searched. Its
coefficients come from tests/bench/refusal.py, which fits them on training questions, English and French, with the
passage that answers present, removed, or its whole subject absent, and reports what they catch.

Where question and passage are in different languages a model of its own judges: that they share no word says nothing.
"""

import math
import re
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

import numpy as np

from ragcli.answering.demanded import is_lacking
from ragcli.answering.kinds import is_money
from ragcli.answering.numbered import is_known_otherwise, is_nowhere, numbered
from ragcli.answering.quotes import Candidate, Ranking
from ragcli.answering.scale import Scale, scale_across, scale_of
from ragcli.answering.terms import coverage, terms, terms_in
from ragcli.answering.wanted import ShareOfChunks, codes_of_documents, named_by_document, terms_of_parts
from ragcli.answering.words import Word, words
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit
from ragcli.retrieval.codes import codes, is_coded
from ragcli.retrieval.definitions import spells_out
from ragcli.retrieval.naming import named_in
from ragcli.retrieval.periods import dates_in, in_short, parts_of_year
from ragcli.retrieval.values import YEAR, is_of_year
from ragcli.storage.terms import fold

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
_STEM = 4  # letters that two forms of a word have in common: `weight` and `weighs`, `driver` and `drives`
_FEW_ROWS = 2  # beside the best, from which a row is one of many
_STANDS_OUT = 0.5  # standard deviations of the candidates' likeness
_MONTH = len("202209")
_ABBREVIATION = re.compile(r"\b[A-Z]{3,6}\b")
_PARTS = re.compile(r"[\W_]+")
# `in the 1990s`, `dans les années 1990`: what began in 1978 may be of them.
_DECADE = re.compile(r"\b(?:années|jahren?|años|anni|anos|jaren) \d{3}0|\b\d{3}0['’]?(?:s|er|ern)\b", re.IGNORECASE)
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
    named = _with_names(hits)
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
    if best.is_value and _is_of_another(question, language, hits, ranking, marks):
        seen["ruled_out"] = 1.0
    if not best.is_value and _is_of_another_year(question, best, named):
        seen["ruled_out"] = 1.0
    if language not in _IN_PAIRS and _is_any_row(question, language, hits, ranking):
        seen["ruled_out"] = 1.0
    if not best.holds_asked and _says_only_whose(question, language, hits, ranking, by_hit, marks):
        seen["ruled_out"] = 1.0
    return seen


def _is_any_row(question: str, language: str | None, hits: Sequence[Hit], ranking: Ranking) -> bool:
    """Whether the best is a row that nothing tells from others: of `the threshold for radon` each row says the threshold.

    Nothing in words: all say the same of the question, and not all of it. And nothing in meaning, by the model's likeness.
    """
    best, likeness = ranking.candidates[0], ranking.cosines if ranking.maxsims is None else ranking.maxsims
    if best.source.unit.kind != "row" or best.is_value:
        return False
    hit = hits[best.source.hit]
    asked = ranking.weights.keys() - ranking.of_kind
    alike = [
        at
        for at, one in enumerate(ranking.candidates)
        if at and one.source.unit.kind == "row" and not (one.said ^ best.said) & asked
        and (hits[one.source.hit].collection, hits[one.source.hit].document_id) == (hit.collection, hit.document_id)
    ]  # fmt: skip
    said = best.said | named_by_document(question, hit, language) | terms(best.title, language)
    if len(alike) < _FEW_ROWS or asked <= said:
        return False
    return float(likeness[0] - max(likeness[at] for at in alike)) <= _STANDS_OUT * float(likeness.std())


def _says_only_whose(
    question: str,
    language: str | None,
    hits: Sequence[Hit],
    ranking: Ranking,
    said_in: Sequence[frozenset[str]],
    marks: Sequence[Word],
) -> bool:
    """Whether a document has of a question that names it the names alone: each sheet of a `VX-310` says so, drift or no drift."""
    best = hits[ranking.candidates[0].source.hit]
    own = [
        at for at, hit in enumerate(hits) if (hit.collection, hit.document_id) == (best.collection, best.document_id)
    ]
    named = named_by_document(question, best, language).union(*(terms(code, language) for code in codes(question)))
    if not named & ranking.weights.keys():
        return False
    named = named.union(*(terms(mark.key, language) for mark in marks))
    asked = ranking.weights.keys() - named - ranking.of_kind - ranking.of_prices
    written = {word for at in own for word in re.findall(r"\w+", fold(hits[at].text))}
    return bool(asked) and not any(
        term in said_in[at] or any(word.startswith(term[: max(_STEM, len(term) - 2)]) for word in written)
        for term in asked
        for at in own
    )


def _written_in(best: Candidate, hit: Hit, asked_in: str) -> str:
    """The language of a sentence: a leaflet in three languages is of one of them, and has paragraphs in the others."""
    if not hit.language or hit.language == asked_in:
        return asked_in
    from ragcli.reading.language import detect

    return detect(best.source.unit.text, among=sorted({asked_in, hit.language})) or hit.language


def _is_of_another(
    question: str,
    language: str | None,
    hits: Sequence[Hit],
    ranking: Ranking,
    marks: Sequence[Word],
) -> bool:
    """Whether the row that answers has its figures of other years, or in a report of somebody else.

    Forty reports have a row `Net income`: it answers where year and names are those of the question. Years are said by the
    heads, or the quote beside it; names by the row, name and title of its document, or what else was found there.
    """
    best, quoted = ranking.candidates[0], ranking.candidates[:2]
    years, parts = set(YEAR.findall(question)), parts_of_year(question).keys()
    if (years or parts) and not any(
        (not years or _is_of_year(one, years, hits) or _is_asked_for(question, years, hits[one.source.hit]))
        and _is_of_part(one, parts)
        for one in quoted
    ):
        return True
    document = [hit for hit in hits if hit.document_id == hits[best.source.hit].document_id]
    text = " ".join(f"{hit.title or ''} {' '.join(hit.section)} {hit.text}" for hit in document)
    said = best.said | terms_in(text, document[0].language, language, frozenset(ranking.weights))
    return any(
        mark.name and not terms(mark.key, language) <= said and not spells_out(text, question[mark.start : mark.end])
        for mark in marks
    )


def _is_of_another_year(question: str, best: Candidate, texts: Sequence[str]) -> bool:
    """Whether a sentence speaks of years beside those asked for, which no passage has: `The 2011 limit is $106,800.`

    Where it names none its title may: `Budget for 2023`. Of 1994 may be true what began in 1990 and went on until 2001.
    """
    years, said = set(YEAR.findall(_DECADE.sub(" ", question))), YEAR.findall(best.source.readable)
    said = said or YEAR.findall(best.title)
    if not years or not said or any(min(said) <= year <= max(said) for year in years):
        return False
    return all(years.isdisjoint(YEAR.findall(text)) for text in texts)


def _with_names(hits: Sequence[Hit]) -> list[str]:
    """The passages, each with the names of its document: a report does not say on each page whose it is."""
    return [
        f"{_PARTS.sub(' ', Path(hit.path).stem)} {hit.title or ''} {' '.join(hit.section)} {hit.text}" for hit in hits
    ]


def is_told_of_another(question: str, hits: Sequence[Hit], ranking: Ranking) -> bool:
    """Whether the passages tell of `block B`, or of a meeting in June, where `block A`, or one in September, is asked for.

    Args:
        question: with all its names, those of documents too.
    """
    asked = numbered(question, asks=True)
    return (bool(asked) and is_known_otherwise(asked, _with_names(hits))) or _is_dated_otherwise(
        question, hits, ranking
    )


def _is_dated_otherwise(question: str, hits: Sequence[Hit], ranking: Ranking) -> bool:
    """Whether what is quoted stands in the minutes of June, say, and not a word of September, of which is asked."""
    months = {short: said for short, said in in_short(question).items() if short.isdigit() and len(short) == _MONTH}

    def dates(one: Candidate) -> Set[str]:
        return dates_in(fold(Path(hits[one.source.hit].path).stem))

    def is_of_them(one: Candidate) -> bool:
        said = fold(f"{one.title} {one.source.readable}")
        return any(short in dates(one) or words[0] in said for short, words in months.items())

    quoted = ranking.candidates[:2]
    return bool(months) and bool(dates(quoted[0])) and not any(map(is_of_them, quoted))


def _is_of_part(one: Candidate, parts: Set[str]) -> bool:
    """Whether a row has a figure of one of these quarters; True where nothing tells."""
    said = parts_of_year(one.source.readable).keys()
    return not parts or not said or bool(parts & said)


def _is_of_year(one: Candidate, years: set[str], hits: Sequence[Hit]) -> bool:
    if one.source.row is None:
        return not years.isdisjoint(YEAR.findall(one.source.unit.text))
    told = is_of_year(one.source.row, years)
    return not years.isdisjoint(YEAR.findall(hits[one.source.hit].text)) if told is None else told


def _is_asked_for(question: str, years: set[str], hit: Hit) -> bool:
    """Whether the question names the file by part and year: `2023 Q1.pdf` may be of the quarter that ended in 2022."""
    named = named_in(question, [Path(hit.path).stem])
    return years <= named and any(named.issuperset(said) for said in in_short(question).values())


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
