"""Questions that only all rows of a table answer: for the highest of them, or for those that are such.

A table is cut into passages, and the one that is found need not hold the row that answers. So the whole of it is looked at.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ragcli.chunking.rows import FigureRow, figure_rows
from ragcli.retrieval.extremes import extreme_of, most_of, share_said
from ragcli.retrieval.filters import Filter, and_among
from ragcli.retrieval.fusion import Fused, raised
from ragcli.retrieval.selections import having_values, selects, such_rows
from ragcli.retrieval.syntax import Query
from ragcli.retrieval.values import VALUE_BONUS
from ragcli.storage.catalog import Catalog

_LOOKED_INTO = 50  # passages, one of which must hold a row of the table


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of a table that answer a question, and how they are asked for: without what no row says of itself."""

    rows: tuple[FigureRow, ...]
    asked: str
    is_selection: bool  # each of them answers, but not without the others
    computed: str = ""  # what follows from all of them, where it is asked for
    share: float = 0.0  # of the question's words that the table says: of two tables the one that says more is meant


def wants_rows(question: str) -> bool:
    """Whether a question may be one that only all rows of a table answer."""
    return extreme_of(question) is not None or selects(question)


def chosen_rows(rows: Sequence[FigureRow], question: str, said: str, language: str | None) -> Chosen | None:
    """The rows of one table that answer, None where nothing tells.

    Args:
        rows: all of it, below the same heads.
        said: `spoken_of` it.
        language: of the document.
    """
    if (extreme := extreme_of(question)) is not None:
        among, named = having_values(rows, extreme.question, language)
        said = f"{said} {named}"
        best = most_of(rows, extreme, said, language, among)
        share = share_said(rows, extreme, said, language)
        return Chosen(tuple(best), extreme.question, is_selection=False, share=share) if best else None
    if selects(question) and (found := such_rows(rows, question, said, language)) is not None:
        return Chosen(found.rows, found.asked, is_selection=True, computed=found.computed, share=1.0)
    return None


def spoken_of(section: Sequence[str], title: str | None, path: str) -> str:
    """What speaks of a table beside it: the headings, the title and the name of its document."""
    return " ".join((*section, title or "", Path(path).stem))


def prefer_rows(
    catalog: Catalog, query: Query, where: Filter | None, ranked: list[Fused]
) -> tuple[list[Fused], frozenset[int]]:
    """The candidates with the chunks first that hold the rows which answer, of the table that says most of it; and these.

    They need not be among them; scores stay within their range.
    """
    if query.only_operators or query.excluded or not wants_rows(query.text):
        return ranked, frozenset()
    best, holding = 0.0, frozenset[int]()
    for pairs, said, language in _tables(catalog, where, [one.chunk_id for one in ranked[:_LOOKED_INTO]]):
        chosen = chosen_rows([row for _, row in pairs], query.text, said, language)
        if chosen is not None and chosen.share > best:
            best = chosen.share
            holding = frozenset(chunk_id for chunk_id, row in pairs if row in chosen.rows)
    there = {one.chunk_id for one in ranked}
    told = [*ranked, *(Fused(chunk_id, 0.0) for chunk_id in holding - there)]
    return (raised(told, dict.fromkeys(holding, 1.0), VALUE_BONUS), holding) if holding else (ranked, holding)


def _tables(
    catalog: Catalog, where: Filter | None, first: Sequence[int]
) -> Iterator[tuple[list[tuple[int, FigureRow]], str, str | None]]:
    """The whole tables of which passages hold rows, in the order of these: rows with their chunks, `said`, language."""
    condition, parameters = and_among("c.id", where)
    of = (
        "SELECT c.id, c.document_id, c.section, c.text, d.title, coalesce(c.language, d.language),"
        " (SELECT min(path) FROM files WHERE document_id = d.id) FROM chunks c"
        " JOIN documents d ON d.id = c.document_id WHERE"
    )
    found = catalog.sql.execute(f"{of} c.id IN (SELECT value FROM json_each(?))", (json.dumps(first),)).fetchall()
    seen: set[tuple[int, str]] = set()
    for _, document_id, section, text, title, language, path in sorted(found, key=lambda row: first.index(row[0])):
        if (document_id, section) in seen or not any(row.heads for row in figure_rows(text)):
            continue
        seen.add((document_id, section))
        tables: defaultdict[tuple[str, ...], list[tuple[int, FigureRow]]] = defaultdict(list)
        for chunk_id, _, _, part, *_ in catalog.sql.execute(
            f"{of} c.document_id = ? AND c.section = ? {condition} ORDER BY c.ordinal",
            (document_id, section, *parameters),
        ):
            for row in figure_rows(part):
                tables[row.heads].append((chunk_id, row))
        said = spoken_of(json.loads(section), title, path)
        for heads, pairs in tables.items():
            if heads:
                yield pairs, said, language
