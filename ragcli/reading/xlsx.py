"""Workbooks: each table of each sheet as Markdown, cited by sheet and cell range; streamed, so that size is no matter."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from ragcli.errors import ReadError
from ragcli.reading.epub import open_archive
from ragcli.reading.text import paragraph, table
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading

ROWS_PER_PLACE = 25  # of a table: a citation names a range that can be looked through
MOST_ROWS = 200_000  # of a sheet, with something in them
MOST_COLUMNS = 200
EMPTY_FORMULA = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
SHEETS = "xl/worksheets/"  # parts that are streamed, and may unpack to any size
PERCENT = re.compile(r"0(?:\.0+)?%")


@dataclass(slots=True)
class _Region:
    """Rows of a sheet without an empty one between them: (row number, {column: text})."""

    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)


def read_xlsx(path: Path, settings: Reading) -> Document:
    """Read the values of a workbook, hidden sheets too; formulas by the values that were stored with them.

    An empty row ends a table. A table's first row is its head, and is repeated on each of its places.
    """
    with open_archive(path, "a workbook", streamed=SHEETS) as archive:
        uncounted = sum(_empty_formulas(archive.open(part)) for part in archive.namelist() if part.startswith(SHEETS))
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            pages = tuple(page for sheet in book.worksheets for page in _sheet(sheet))
            facts = book.properties
        finally:
            book.close()
    except MemoryError:
        raise
    except Exception as error:  # of openpyxl, zipfile or an XML parser, each with many kinds
        reason = " ".join(str(error).split())
        raise ReadError(
            f"{path}: it is damaged, or no workbook ({reason})", "save it again in a spreadsheet program", "damaged"
        ) from None
    warning = f"{uncounted} formulas have no stored value: open it in a spreadsheet program and save it"
    return Document(
        "xlsx",
        pages,
        title=paragraph(facts.title or "") or None,
        author=paragraph(facts.creator or "").replace("openpyxl", "") or None,
        date=facts.created.date().isoformat() if facts.created else None,
        warnings=(warning,) if uncounted else (),
    )


def _empty_formulas(part: Any) -> int:
    """How many formulas of a sheet were saved without what they come to, as scripts do."""
    found = 0
    with part:
        tail = b""
        while piece := part.read(1 << 20):
            piece = tail + piece
            ends = [match.end() for match in EMPTY_FORMULA.finditer(piece)]
            found += len(ends)
            tail = piece[max(ends[-1] if ends else 0, len(piece) - 40) :]
    return found


def _sheet(sheet: Any) -> Iterator[Page]:
    sheet.reset_dimensions()  # what the file says of them is often wrong
    region = _Region()
    count = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = {column: text for column, cell in enumerate(cells[:MOST_COLUMNS], start=1) if (text := _text(cell))}
        if texts:
            count += 1
            if count > MOST_ROWS:
                yield Page(None, (), sheet.title, problem=f"only the first {MOST_ROWS} rows were read")
                break
            region.rows.append((number, texts))
        elif region.rows:
            yield from _places(sheet.title, region)
            region = _Region()
    if region.rows:
        yield from _places(sheet.title, region)


def _text(cell: Any) -> str:
    """A value as people write it; "" for nothing, and for what a formula failed to come to."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        if PERCENT.fullmatch(cell.number_format or ""):
            return f"{value * 100:.10g} %"
        return f"{value:.15g}"  # as spreadsheets do: 0.1 + 0.2 is 0.3
    text = paragraph(str(value))
    return "" if text in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!") else text


def _places(sheet: str, region: _Region) -> Iterator[Page]:
    """The pages of a region: lone cells above a table as text, then the table, cut after every 25 rows."""
    rows = region.rows
    columns = {column for _, texts in rows for column in texts}
    if len(columns) < 2:
        yield Page(None, tuple(Block(text) for _, texts in rows for text in texts.values()), _place(sheet, rows))
        return
    titles = 0
    while titles < len(rows) - 1 and len(rows[titles][1]) == 1:
        titles += 1
    lead = tuple(Block(text) for _, texts in rows[:titles] for text in texts.values())
    head, body = rows[titles], rows[titles + 1 :]
    first, last = min(columns), max(columns)
    for start in range(0, max(len(body), 1), ROWS_PER_PLACE):
        part = body[start : start + ROWS_PER_PLACE]
        grid = [[texts.get(column, "") for column in range(first, last + 1)] for _, texts in (head, *part)]
        shown = (*rows[: titles + 1], *part) if start == 0 else part
        yield Page(None, (*(lead if start == 0 else ()), Block(table(grid), "table")), _place(sheet, shown, columns))


def _place(sheet: str, rows: Iterable[tuple[int, dict[int, str]]], columns: Iterable[int] | None = None) -> str:
    """`Costs!A4:F28`, as a spreadsheet program takes it."""
    rows = list(rows)
    columns = list(columns or {column for _, texts in rows for column in texts})
    first = f"{get_column_letter(min(columns))}{rows[0][0]}"
    last = f"{get_column_letter(max(columns))}{rows[-1][0]}"
    name = sheet if sheet.replace("_", "").isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{first}" + (f":{last}" if last != first else "")
