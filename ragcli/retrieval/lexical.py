"""BM25 over the catalog's FTS5 index."""

import sqlite3

from ragcli.retrieval.filters import Filter
from ragcli.storage.terms import terms

# How much a word counts in title, section path and body.
FIELD_WEIGHTS = (1.0, 1.0, 1.0)


def search_lexical(
    sql: sqlite3.Connection, question: str, languages: list[str | None], k: int, where: Filter | None = None
) -> list[tuple[int, float]]:
    """Return the k best (chunk id, BM25 score), best first; any word of the question may match.

    The question is stemmed in each language that the collection holds, since it may be put in one and answered in another.
    """
    wanted = list(dict.fromkeys(term for language in languages for term in terms(question, language)))
    wanted = _without_common(sql, wanted)
    if not wanted:
        return []
    match = " OR ".join(f'"{term}"' for term in wanted)
    condition, parameters = ("", ()) if where is None else (f"AND rowid IN ({where.chunk_ids})", where.parameters)
    rows = sql.execute(
        f"SELECT rowid, -bm25(lexical, {', '.join(map(str, FIELD_WEIGHTS))}) AS score FROM lexical"
        f" WHERE lexical MATCH ? {condition} ORDER BY score DESC, rowid LIMIT ?",
        (match, *parameters, k),
    )
    return [(int(chunk_id), float(score)) for chunk_id, score in rows]


def _without_common(sql: sqlite3.Connection, wanted: list[str]) -> list[str]:
    marks = ",".join("?" * len(wanted))
    common = {row[0] for row in sql.execute(f"SELECT term FROM common_terms WHERE term IN ({marks})", wanted)}
    rare = [term for term in wanted if term not in common]
    return rare or wanted
