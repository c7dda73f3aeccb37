"""Searching the documents that a question names: their passages need not repeat the name to be found."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ragcli.embedding.protocol import Vectors
from ragcli.retrieval.dense import search_dense
from ragcli.retrieval.filters import Filter
from ragcli.retrieval.fusion import Fused, highest_first, raised
from ragcli.retrieval.lexical import Lexical, search_lexical
from ragcli.retrieval.naming.codes import codes
from ragcli.retrieval.naming.named_documents import Named, coded
from ragcli.retrieval.question.syntax import Query
from ragcli.storage.catalog import Catalog, rows_in

# Of the best score, for a passage of a document that has all words of names in the question. On 33 questions over 20
# filings of companies, of which 20 had the right document first, and 14 the right page among five: 0.1 20 and 14, 0.25 23
# and 15, 0.5 27 and 17, 1 28 and 18.
NAMED_BONUS = 0.5


def prefer_named(catalog: Catalog, named: Named, ranked: list[Fused]) -> list[Fused]:
    """The candidates with those of documents that the question names ahead; scores stay within their range."""
    if not named.shares or not ranked:
        return ranked
    document_of = documents_of(catalog, (one.chunk_id for one in ranked))
    shares = {chunk_id: named.shares.get(number, 0.0) for chunk_id, number in document_of.items()}
    return raised(ranked, shares, NAMED_BONUS)


def compared(catalog: Catalog, question: str, ranked: Sequence[Fused]) -> list[frozenset[int]]:
    """For each code of a question that compares several, `DS1302 or DS1307`, the candidates of the documents named by it.

    The passages of one alone would take all places: each is asked for.
    """
    asked = codes(question)
    if len(asked) < 2:
        return []
    document_of = documents_of(catalog, (one.chunk_id for one in ranked))
    named = [coded(catalog, code) for code in asked]
    return [frozenset(one for one, number in document_of.items() if number in those) for those in named if those]


def within_named(catalog: Catalog, named: Named, chunk_ids: frozenset[int]) -> frozenset[int]:
    """Those of the chunks that stand in the documents that are named best, if any does: each of ten has a section 4.2."""
    if not named.best or not chunk_ids:
        return chunk_ids
    documents = documents_of(catalog, chunk_ids)
    return frozenset(one for one in chunk_ids if documents[one] in named.best) or chunk_ids


def documents_of(catalog: Catalog, chunk_ids: Iterable[int]) -> dict[int, int]:
    """For each chunk its document."""
    return dict(rows_in(catalog.sql, "SELECT id, document_id FROM chunks WHERE id", list(chunk_ids)))


def paths_of(catalog: Catalog, chunk_ids: Iterable[int]) -> dict[int, str]:
    """For each chunk a path of its document, the first of several in alphabetical order."""
    rows = catalog.sql.execute(
        "SELECT c.id, min(f.path) FROM chunks c JOIN files f ON f.document_id = c.document_id"
        " WHERE c.id IN (SELECT value FROM json_each(?)) GROUP BY c.id",
        (json.dumps(list(chunk_ids)),),
    )
    return dict(rows.fetchall())


def search_named(
    catalog: Catalog, query: Query, named: Named, rest: str, found: Lexical, k: int, where: Filter | None
) -> Lexical:
    """What lexical search found, as if each passage of the documents that are named best held the words of their names.

    Else the passages that repeat the name come first, whatever they say: of a company's report its list of subsidiaries.

    Args:
        rest: of the question, without the names.
    """
    languages = catalog.document_languages()
    own = search_lexical(catalog.sql, replace(query, text=rest), languages, k, named.within(where))
    left_out = sum(word.idf for word in found.words) - sum(word.idf for word in own.words)
    scores = dict(found.ranking)
    for chunk_id, score in own.ranking:
        scores[chunk_id] = max(scores.get(chunk_id, 0.0), score + left_out)
    ranking = highest_first(scores)[:k]
    raised = ranking[0][1] / found.ranking[0][1] if found.ranking and found.ranking[0][1] else 1.0
    return replace(found, ranking=ranking, coverage=found.coverage * raised)


def near_named(
    catalog: Catalog, named: Named, vector: Vectors, found: Sequence[tuple[int, float]], k: int, where: Filter | None,
    excluded: str,
) -> list[tuple[int, float]]:  # fmt: skip
    """What dense search found, the documents that are named best by the rest alone: their nearest is as near as any.

    Args:
        vector: of the rest of the question.
    """
    own = search_dense(catalog, vector, k, named.within(where), excluded)
    nearer = max(0.0, found[0][1] - own[0][1]) if found and own else 0.0
    document_of = documents_of(catalog, (chunk_id for chunk_id, _ in found))
    scores = {chunk_id: score for chunk_id, score in found if document_of[chunk_id] not in named.best}
    return highest_first(scores | {chunk_id: score + nearer for chunk_id, score in own})[:k]
