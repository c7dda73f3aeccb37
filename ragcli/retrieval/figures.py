"""The figures in the columns of a table, as numbers that can be compared."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ragcli.chunking.rows import FigureRow
from ragcli.retrieval.values import SUMS
from ragcli.storage.terms import content_terms

_SHARE = 0.7  # of the rows of a column of figures that have one, at least
_NUMBER = re.compile(
    r"(?P<minus>[-−–(])?[$€£¥\s]*(?P<digits>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d[\d.,]*)(?:\s*[^\s\d,./-]{1,8}){0,2}"
)
_MANY, _THOUSANDS = re.compile(r"\..*\.|,.*,"), re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
# What is left over beside those that are named.
_REST = re.compile(
    r"\W*(?:(?:all|les|die) )?(?:others?|autres|sonstige[nrs]?|[üu]brige[nrs]?|andere|otr[oa]s|altr[ie]|outr[oa]s|overige)\W*",
    re.IGNORECASE,
)
_COMMA_DECIMAL = frozenset({"fr", "de", "es", "it", "pt", "nl"})


def is_listed(row: FigureRow, language: str | None) -> bool:
    """Whether a row is of one of those that its table lists: no sum, nor what is left over."""
    return not SUMS.intersection(content_terms(row.label, language)) and not _REST.fullmatch(row.label)


def columns_of_figures(rows: Sequence[FigureRow], language: str | None) -> list[int]:
    """The columns of a table below the same heads most of whose cells are numbers."""
    columns = range(len(rows[0].heads)) if rows else ()
    return [at for at in columns if len(figures_of(rows, at, language)) >= _SHARE * len(rows)]


def figures_of(rows: Sequence[FigureRow], column: int, language: str | None) -> dict[int, Decimal]:
    """The figures of a column, by their rows."""
    read = {at: figure(row.cells[column], language) for at, row in enumerate(rows) if column < len(row.cells)}
    return {at: figure for at, figure in read.items() if figure is not None}


def figure(cell: str, language: str | None) -> Decimal | None:
    """The number that a cell is; `31.12.2024` is none."""
    found = _NUMBER.fullmatch(cell.strip())
    if found is None:
        return None
    digits = re.sub(r"[^\d.,]", "", found["digits"]).rstrip(".,")
    if _MANY.search(digits) and not _THOUSANDS.fullmatch(digits):
        return None
    last = max(map(digits.rfind, ".,"))
    thousands = "." if language in _COMMA_DECIMAL else ","
    is_whole = last < 0 or digits.count(digits[last]) > 1 or (digits[last] == thousands and len(digits) == last + 4)
    whole, part = (digits, "") if is_whole else (digits[:last], digits[last + 1 :])
    number = Decimal(f"{re.sub(r'[.,]', '', whole)}.{part or 0}")
    return -number if found["minus"] else number
