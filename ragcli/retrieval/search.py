"""From a question to hits: search both indexes, fuse, rerank, lift what matches exactly, fetch."""

import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ragcli.embedding.protocol import Vectors
from ragcli.records import Hit
from ragcli.retrieval.across import Trust, foreign, level
from ragcli.retrieval.cited import works_cited
from ragcli.retrieval.dense import search_dense
from ragcli.retrieval.exact import lift, prefer
from ragcli.retrieval.fetch import Stage, fetch
from ragcli.retrieval.filters import Filter
from ragcli.retrieval.fusion import Fused, Scored, convex_combination, put_behind, reciprocal_rank_fusion
from ragcli.retrieval.hops import REACH, Chain, Within, chains, lift_ends
from ragcli.retrieval.lexical import Lexical, Word, excluded_match, search_lexical
from ragcli.retrieval.naming.documents import compared, near_named, prefer_named, search_named, within_named
from ragcli.retrieval.naming.latest import older
from ragcli.retrieval.naming.named_documents import named
from ragcli.retrieval.naming.whose import in_passing, names_told, of_others, says, speak_of
from ragcli.retrieval.passages import passages
from ragcli.retrieval.question.causes import asks_for_cause
from ragcli.retrieval.question.syntax import Query
from ragcli.retrieval.rows.reasons import tables_of_figures
from ragcli.retrieval.rows.values import prefer_values
from ragcli.retrieval.rows.whole_tables import prefer_rows
from ragcli.retrieval.subjects import about
from ragcli.settings import Retrieval
from ragcli.storage.catalog import Catalog

if TYPE_CHECKING:
    from ragcli.retrieval.rerank import Reranker

# Of the dense side beside a lexical side that covers the question and tells passages apart. By nDCG@10 on training questions
# (600 of squad, 600 of piaf_fr, fr_more, hotpotqa, 400 of scifact): 0.45 0.959 / 0.851 / 0.937 / 0.823 / 0.731, 0.55 0.955 /
# 0.848 / 0.936 / 0.825 / 0.735, 0.7 0.951 / 0.848 / 0.936 / 0.823 / 0.735. Without regard to how it tells them apart, weight
# 0.7: 0.956 / 0.849 / 0.934 / 0.821 / 0.732, and a word that a hundred passages hold drowned the one that defines it.
DENSE_WEIGHT = 0.55
COVERED = 0.8  # coverage from which the lexical side has its whole weight
PART_WEIGHT = 0.5  # of the ranking of a part of a question, beside that of the whole
Embed = Callable[[str], Vectors]  # of what is asked
_MORE = 3  # times k: chunks fetched at most, since some are the same or stand beside each other


@dataclass(frozen=True, slots=True)
class Reranking:
    """The model that rereads the candidates, and the milliseconds that it may take."""

    model: "Reranker"
    budget_ms: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one question finds: all candidates in their order, each side's own ranking, and the question's words."""

    ranked: list[Fused]
    stages: dict[str, Stage]
    words: tuple[Word, ...]
    exact: Sequence[Set[int]]
    named: frozenset[int] = frozenset()  # documents
    aside: frozenset[int] = frozenset()  # chunks of documents that are not asked: somebody else's, or an older report
    rest: str | None = None  # the question without the words in which it names those
    # Chunks of a table whose rows answer together, with the number of these rows.
    together: Mapping[int, int] = field(default_factory=dict)

    def lifted(self, ranked: Sequence[Fused]) -> list[Fused]:
        """Another order of the candidates, in which what matches exactly comes early all the same."""
        return lift(ranked, self.exact, list(self.stages["lexical"].ranks))


def search(
    catalog: Catalog,
    asked: Sequence[tuple[Query, Vectors | None]],
    retrieval: Retrieval,
    where: Filter | None,
    trust: Trust,
    merge: bool = True,
    reranking: Reranking | None = None,
    embed: Embed | None = None,
) -> list[Hit]:
    """Return at most `retrieval.k` hits, best first.

    Args:
        asked: the question with its vector, which is needed unless mode is lexical; then the parts that it was taken into.
    Returns: hits whose score is fused, cosine or BM25 by mode, of the ranks over all parts, or blended when reranked;
        `scores` and `ranks` hold each stage's own. Passages that say the same are one hit; with `merge` so are neighbours.
    """
    own, *parts = (rank(catalog, *each, retrieval, where, trust, embed) for each in asked)
    query = asked[0][0]
    ranked, stages, words = own.ranked, own.stages, own.words
    if parts:
        rankings = [[one.chunk_id for one in each.ranked] for each in (own, *parts)]
        ranked = own.lifted(over_parts(rankings, retrieval.rank_constant))
    if reranking is not None and ranked:
        blended, more = _reranked(catalog, query.text, ranked, reranking)
        ranked, stages = own.lifted(blended), stages | more
    taken: list[Chain] = []
    if retrieval.hops != 1 and retrieval.mode == "hybrid" and not query.only_operators:
        within = Within(where, excluded_match(query, catalog.document_languages()))
        found = chains(catalog, words, ranked, stages["dense"].heights(), retrieval.hops == "auto", within)
        ranked, taken = lift_ends(ranked, found, *REACH[str(retrieval.hops)])
    if retrieval.min_score is not None:
        ranked = [one for one in ranked if one.score >= retrieval.min_score]
    hops = {one.end: (one.start, one.name) for one in taken}
    fetched = fetch(catalog, ranked[: _MORE * retrieval.k + len(own.together)], stages, hops)
    told = (
        replace(
            hit,
            rest=own.rest if hit.document_id in own.named else None,
            aside=hit.chunk_id in own.aside,
            together=own.together.get(hit.chunk_id, 0),
        )
        for hit in fetched
    )
    return passages(told, retrieval.k, merge)


def rank(
    catalog: Catalog,
    query: Query,
    vector: Vectors | None,
    retrieval: Retrieval,
    where: Filter | None,
    trust: Trust,
    embed: Embed | None = None,
) -> Candidates:
    """Search for one question the sides that its mode asks."""
    languages, mode, candidates = catalog.document_languages(), retrieval.mode, _candidates(retrieval)
    dense: list[tuple[int, float]] = []
    lexical = Lexical([], 0.0, [], frozenset())
    if mode != "dense" or query.only_operators:
        lexical = search_lexical(catalog.sql, query, languages, candidates, where)
    if mode != "lexical" and vector is not None:
        dense = search_dense(catalog, vector, candidates, where, excluded_match(query, languages))
        if query.only_operators:  # `"a phrase"` alone asks for passages that hold it
            required = set(dict(lexical.ranking))
            dense = [pair for pair in dense if pair[0] in required]
    if mode == "hybrid":
        return _by_both(catalog, query, retrieval, where, trust, embed, dense, lexical)
    by_words = prefer([Fused(*pair) for pair in lexical.ranking], lexical.preferred)
    ranked = by_words if mode == "lexical" else [Fused(*pair) for pair in dense]
    return Candidates(ranked, _stages(dense, lexical), lexical.words, lexical.exact)


def _by_both(
    catalog: Catalog,
    query: Query,
    retrieval: Retrieval,
    where: Filter | None,
    trust: Trust,
    embed: Embed | None,
    dense: list[tuple[int, float]],
    lexical: Lexical,
) -> Candidates:
    """What both sides found in one order, by all that a question names: documents, rows, people, the latest report."""
    candidates = _candidates(retrieval)
    documents = named(catalog, query.text)
    rest = documents.rest_of(query.text)
    if rest is not None and not query.only_operators:
        lexical = search_named(catalog, query, documents, rest, lexical, candidates, where)
        if embed is not None and documents.alone:
            excluded = excluded_match(query, catalog.document_languages())
            dense = near_named(catalog, documents, embed(rest), dense, candidates, where, excluded)
    others = foreign(catalog, [chunk_id for chunk_id, _ in dense], trust.across)
    fused = prefer_named(catalog, documents, _fused(dense, lexical, others, retrieval, trust.weight))
    told = [] if query.only_operators else names_told(catalog, query.text, documents)
    meant = speak_of(told)
    fused = prefer_values(catalog, query, documents, meant, where, fused)
    fused, together = prefer_rows(catalog, query, where, fused)
    ids = [one.chunk_id for one in fused]
    aside = of_others(catalog, query.text, meant, ids)
    if aside.intersection(ids[:1]) and says(catalog, told, ids[0]):  # found first, by words and meaning
        aside -= {ids[0]}
    aside |= older(catalog, query.text, ids)
    first = ids[: _MORE * retrieval.k]
    fused = put_behind(fused, aside | works_cited(catalog, first))
    if asks_for_cause(query.text, catalog.document_languages()):
        fused = put_behind(fused, tables_of_figures(catalog, first))
    aside |= in_passing(catalog, query.text, told, ids)
    exact, preferred = [*compared(catalog, query.text, fused), *lexical.exact], lexical.preferred
    if subjects := within_named(catalog, documents, about(catalog, query.text, ids)):
        exact, preferred = [subjects, *exact], preferred | subjects
    lexical_ids = [chunk_id for chunk_id, _ in lexical.ranking]
    ranked = lift(prefer(fused, preferred), exact, [*lexical_ids, *ids])
    asked_alone = documents.best if rest and documents.alone else frozenset()
    return Candidates(ranked, _stages(dense, lexical), lexical.words, exact, asked_alone, aside, rest, together)


def _stages(dense: Sequence[tuple[int, float]], lexical: Lexical) -> dict[str, Stage]:
    return {"dense": Stage.of(dense), "lexical": Stage.of(lexical.ranking)}


def over_parts(rankings: Sequence[Sequence[int]], rank_constant: int) -> list[Fused]:
    """The question's own ranking, the first, fused by ranks with those of its parts; 1 for what is first in all."""
    weights = [1.0, *([PART_WEIGHT] * (len(rankings) - 1))]
    most = sum(weights) / (rank_constant + 1)
    return [replace(one, score=one.score / most) for one in reciprocal_rank_fusion(rankings, weights, rank_constant)]


def _candidates(retrieval: Retrieval) -> int:
    return max(retrieval.k, retrieval.candidates)


def _fused(
    dense: list[tuple[int, float]], lexical: Lexical, others: Set[int], retrieval: Retrieval, dense_weight: float
) -> list[Fused]:
    """One ranking of what both sides found.

    Args:
        others: chunks in another language than the question.
    """
    near = Scored(dense, dense[-1][1] if dense else 0.0)
    # A chunk without any word of the question would score 0, so that is the floor unless the list was cut before.
    is_cut = len(lexical.ranking) == _candidates(retrieval)
    worded = level(near, Scored(lexical.ranking, lexical.ranking[-1][1] if is_cut else 0.0), others)
    sides = [near, worded]
    if retrieval.fusion == "ranks":
        rankings = [[chunk_id for chunk_id, _ in side.ranking] for side in sides]
        return reciprocal_rank_fusion(rankings, [dense_weight, 1.0], retrieval.rank_constant)
    return convex_combination(sides, [dense_weight, min(1.0, lexical.coverage / COVERED) * worded.spread])


def _reranked(
    catalog: Catalog, question: str, ranked: list[Fused], reranking: Reranking
) -> tuple[list[Fused], dict[str, Stage]]:
    from ragcli.retrieval.rerank import blend, score_within  # here: a question without reranking needs none of it

    def texts(chunk_ids: Sequence[int]) -> list[str]:
        return [_with_context(catalog, chunk_id) for chunk_id in chunk_ids]

    scored = score_within(reranking.budget_ms, question, ranked, texts, reranking.model)
    by_score = sorted(scored, key=lambda pair: -pair[1])  # stable: equal ones in the order of the fusion
    stages = {"rerank": Stage.of(by_score), "fused": Stage.of([(one.chunk_id, one.score) for one in ranked])}
    return blend(ranked, scored, reranking.model.is_probability), stages


def _with_context(catalog: Catalog, chunk_id: int) -> str:
    """What the embedding model read before a passage, and the whole passage."""
    from ragcli.chunking.embedded import in_context

    text, title, section = catalog.sql.execute(
        "SELECT c.text, d.title, c.section FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.id = ?",
        (chunk_id,),
    ).fetchone()
    return in_context(title, json.loads(section), text)
