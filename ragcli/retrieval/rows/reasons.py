"""Figures where a cause is asked for: that something fell, not why."""

import re
from collections.abc import Iterator, Sequence

from ragcli.reading.tables.markdown import is_table_rule, table_cells
from ragcli.storage.catalog import Catalog, rows_in

_WORD = re.compile(r"[^\W\d_]{3,}")
_TELLING = 4  # words of a cell that may tell something beside its figures


def may_tell(cells: Sequence[str]) -> bool:
    """Whether one of the cells beside a row's label is more than a figure, an amount or a day."""
    return any(
        len(words) >= _TELLING or (words and not any(map(str.isdigit, cell)))
        for cell in cells
        if (words := _WORD.findall(cell))
    )


def tables_of_figures(catalog: Catalog, chunk_ids: Sequence[int]) -> frozenset[int]:
    """Those of the chunks that are tables, and beside the labels of their rows nothing but figures."""
    found = rows_in(catalog.sql, "SELECT id, text FROM chunks WHERE kind = 'table' AND id", chunk_ids)
    return frozenset(chunk_id for chunk_id, text in found if not any(map(may_tell, _bodies(text))))


def _bodies(text: str) -> Iterator[tuple[str, ...]]:
    """The cells of the rows of a table's text, without the head and the first of each."""
    lines = text.split("\n")
    body = next((at for at, line in enumerate(lines) if is_table_rule(line)), 0)
    return (table_cells(line)[1:] for line in lines[body + 1 :] if line.startswith("|"))
