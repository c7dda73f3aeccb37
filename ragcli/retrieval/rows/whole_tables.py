"""Questions that only all rows of a table answer: for the highest of them, or for those that are such.

A table is cut into passages, and the one that is found need not hold the row that answers. So the whole of it is looked at.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ragcli.chunking.rows import FigureRow, figure_rows
from ragcli.reading.tables.markdown import table_cells
from ragcli.retrieval.filters import Filter, and_among
from ragcli.retrieval.fusion import Fused, raised
from ragcli.retrieval.question.syntax import Query
from ragcli.retrieval.rows.conditions import having_values
from ragcli.retrieval.rows.extremes import extreme_of, most_of, share_said
from ragcli.retrieval.rows.selections import selects, such_rows
from ragcli.retrieval.rows.values import VALUE_BONUS
from ragcli.storage.catalog import Catalog, rows_in
from ragcli.storage.terms import fold

_CONTINUED = frozenset((
    "continued", "cont", "contd", "suite", "fortsetzung", "continuacion", "seguito", "continua", "continuacao", "vervolg",
))  # fmt: skip
_HEADING_WORD = re.compile(r"\w+")
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


def chosen_rows(
    rows: Sequence[FigureRow], question: str, said: str, language: str | None, is_whole: bool
) -> Chosen | None:
    """The rows of one table that answer, None where nothing tells.

    Args:
        rows: all of it, below the same heads.
        said: `spoken_of` it.
        language: of the document.
        is_whole: not only those passages that hold rows which answer, as were found in all of it.
    """
    if (extreme := extreme_of(question)) is not None:
        having = having_values(rows, extreme.question, said, language)
        if having is None:
            return None
        among, named = having
        said = f"{said} {named}"
        best = most_of(rows, extreme, said, language, among, is_whole)
        share = share_said(rows, extreme, said, language)
        return Chosen(tuple(best), extreme.question, is_selection=False, share=share) if best else None
    if selects(question) and (found := such_rows(rows, question, said, language, is_whole)) is not None:
        return Chosen(found.rows, found.asked, is_selection=True, computed=found.computed, share=1.0)
    return None


def spoken_of(section: Sequence[str], title: str | None, path: str) -> str:
    """What speaks of a table beside it: the headings, the title and the name of its document."""
    return " ".join((*section, title or "", Path(path).stem))


def begun(section: Sequence[str]) -> frozenset[str]:
    """The words of a section's headings, which are those of `Prices (continued)`, too."""
    return frozenset(_HEADING_WORD.findall(fold(" ".join(section)))) - _CONTINUED


def prefer_rows(
    catalog: Catalog, query: Query, where: Filter | None, ranked: list[Fused]
) -> tuple[list[Fused], dict[int, int]]:
    """The candidates with the chunks first that hold the rows which answer, of the table that says most of it.

    They need not be among them; scores stay within their range.
    Returns: those chunks, too, each with the number of all rows that answer, by which their readers know them.
    """
    if query.only_operators or query.excluded or not wants_rows(query.text):
        return ranked, {}
    tables = list(_tables(catalog, where, [one.chunk_id for one in ranked[:_LOOKED_INTO]]))
    told = [(table, chosen) for table in tables if (chosen := table.chosen(query.text)) is not None]
    if not told:
        return ranked, {}
    table, best = max(told, key=lambda each: each[1].share)
    if best.is_selection:
        # Of a table of the same kind a single row is enough.
        others = [one for _, one in told]
        others += filter(None, (one.chosen(query.text, is_whole=False) for one in _headed_alike(catalog, where, table)))
        if any(_rows_of(other) != _rows_of(best) for other in others):
            return ranked, {}  # which of the tables is meant nobody knows
        told = [(table, best)]
    alike = [each for each in told if each[1].share == best.share and each[0].head == table.head]
    chunk_ids = set[int]().union(*(one.holding(chosen.rows) for one, chosen in alike))
    together = dict.fromkeys(chunk_ids, sum(row in chosen.rows for one, chosen in alike for _, row in one.rows))
    there = {one.chunk_id for one in ranked}
    found = [*ranked, *(Fused(chunk_id, 0.0) for chunk_id in sorted(chunk_ids - there))]
    return raised(found, dict.fromkeys(chunk_ids, 1.0), VALUE_BONUS), together


@dataclass(frozen=True, slots=True)
class _Table:
    """A whole table of a document, with what goes on below the same heads on the next page."""

    document_id: int
    section: frozenset[str]
    rows: tuple[tuple[int, FigureRow], ...]  # with their chunks
    said: str  # `spoken_of` it
    language: str | None
    head: str  # the line of its heads

    def chosen(self, question: str, is_whole: bool = True) -> Chosen | None:
        return chosen_rows([row for _, row in self.rows], question, self.said, self.language, is_whole)

    def holding(self, rows: Sequence[FigureRow]) -> set[int]:
        return {chunk_id for chunk_id, row in self.rows if row in rows}


def _rows_of(chosen: Chosen) -> list[tuple[str, ...]]:
    """What rows say, by which copies of a table are known."""
    return sorted((row.label, *row.cells) for row in chosen.rows)


_OF = (
    "SELECT c.id, c.document_id, c.section, c.text, d.title, coalesce(c.language, d.language),"
    " (SELECT min(path) FROM files WHERE document_id = d.id) FROM chunks c"
    " JOIN documents d ON d.id = c.document_id WHERE"
)


def _tables(catalog: Catalog, where: Filter | None, first: Sequence[int]) -> Iterator[_Table]:
    """The whole tables of which passages hold rows, in the order of these."""
    found = list(rows_in(catalog.sql, f"{_OF} c.id", first))
    seen: set[tuple[int, frozenset[str]]] = set()
    for _, document_id, section, text, *_ in sorted(found, key=lambda row: first.index(row[0])):
        if (document_id, begun(json.loads(section))) not in seen and any(row.heads for row in figure_rows(text)):
            seen.add((document_id, begun(json.loads(section))))
            yield from _of_section(catalog, where, document_id, section)


def _of_section(catalog: Catalog, where: Filter | None, document_id: int, section: str) -> Iterator[_Table]:
    """The tables of a section, and of those that only go on with it."""
    sections = catalog.sql.execute("SELECT DISTINCT section FROM chunks WHERE document_id = ?", (document_id,))
    goes_on = json.dumps([one for (one,) in sections if begun(json.loads(one)) == begun(json.loads(section))])
    condition, parameters = and_among("c.id", where)
    tables: defaultdict[tuple[str, ...], list[tuple[int, FigureRow]]] = defaultdict(list)
    heads: dict[tuple[str, ...], str] = {}
    chunks = catalog.sql.execute(
        f"{_OF} c.document_id = ? AND c.section IN (SELECT value FROM json_each(?)) {condition} ORDER BY c.ordinal",
        (document_id, goes_on, *parameters),
    ).fetchall()
    for chunk_id, _, _, text, *_ in chunks:
        for row in figure_rows(text):
            tables[row.heads].append((chunk_id, row))
            heads.setdefault(row.heads, _head_line(text, row.heads))
    *_, title, language, path = chunks[-1]
    said = spoken_of(json.loads(section), title, path)
    for own, pairs in tables.items():
        if own:
            yield _Table(document_id, begun(json.loads(section)), tuple(pairs), said, language, heads[own])


def _headed_alike(catalog: Catalog, where: Filter | None, table: _Table) -> Iterator[_Table]:
    """The other tables below the very same heads, in this document and in others."""
    if not table.head:
        return
    condition, parameters = and_among("c.id", where)
    found = catalog.sql.execute(
        f"SELECT DISTINCT c.document_id, c.section FROM chunks c WHERE c.kind = 'table' AND instr(c.text, ?) {condition}",
        (table.head, *parameters),
    ).fetchall()
    seen = {(table.document_id, table.section)}
    for document_id, section in found:
        if (document_id, begun(json.loads(section))) not in seen:
            seen.add((document_id, begun(json.loads(section))))
            yield from (one for one in _of_section(catalog, where, document_id, section) if one.head == table.head)


def _head_line(text: str, heads: Sequence[str]) -> str:
    """The line of a text that has these heads; "" where they stand in several."""
    lines = (line for line in text.splitlines() if line.startswith("|"))
    return next((line for line in lines if tuple(table_cells(line)[1:]) == tuple(heads)), "")
