"""Workbooks: each table of each sheet as Markdown, cited by sheet and cell range; streamed, so that size is no matter."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from ragcli.reading.archive import damage_told, open_archive
from ragcli.reading.text import in_each_row, paragraph, table
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading

ROWS_PER_PLACE = 25  # of a table: a citation names a range that can be looked through
MOST_ROWS = 200_000  # of a sheet, with something in them
MOST_COLUMNS = 200
EMPTY_FORMULA = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
SHEETS = "xl/worksheets/"  # parts that are streamed, and may unpack to any size
MERGED = re.compile(rb'mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MOST_MERGED = 20_000  # of a sheet
MOST_HEADS = 4  # rows of a head
PERCENT = re.compile(r"[#,]*0(?:\.[0#]+)?(?:\\? )?%")
CURRENCY = re.compile(r"\[\$([^\]-]+)|(?<!\[)([€$£¥₹])")  # of a number format: `[$CHF-807]`, `"€"`


class _Merged(NamedTuple):
    """Cells that are one, from a row that is known."""

    left: int
    right: int
    last: int  # row


Merged = Mapping[int, Sequence[_Merged]]  # by first row


@dataclass(slots=True)
class _Region:
    """Rows of a sheet without an empty one between them: (row number, {column: text})."""

    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)


def read_xlsx(path: Path, settings: Reading) -> Document:
    """Read the values of a workbook, hidden sheets too; formulas by the values that were stored with them.

    An empty row ends a table. A table's first row is its head, and is repeated on each of its places; so are the rows
    below it, where its cells span columns. What spans rows stands in each of them.
    """
    with open_archive(path, "a workbook", streamed=SHEETS) as archive:
        scanned = {part: _scan(archive.open(part)) for part in archive.namelist() if part.startswith(SHEETS)}
    uncounted = sum(empty for empty, _ in scanned.values())
    with damage_told(path, "workbook", "a spreadsheet program"):
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            merged = [scanned.get(sheet._worksheet_path.lstrip("/"), (0, {}))[1] for sheet in book.worksheets]
            pages = tuple(page for at, sheet in enumerate(book.worksheets) for page in _sheet(sheet, merged[at]))
            facts = book.properties
        finally:
            book.close()
    warning = f"{uncounted} formulas have no stored value: open it in a spreadsheet program and save it"
    return Document(
        "xlsx",
        pages,
        title=paragraph(facts.title or "") or None,
        author=paragraph(facts.creator or "").replace("openpyxl", "") or None,
        date=facts.created.date().isoformat() if facts.created else None,
        warnings=(warning,) if uncounted else (),
    )


def _scan(part: Any) -> tuple[int, Merged]:
    """How many formulas of a sheet were saved without what they come to, as scripts do; and which cells are merged."""
    empty = 0
    merged: defaultdict[int, list[_Merged]] = defaultdict(list)
    with part:
        tail = b""
        while piece := part.read(1 << 20):
            piece = tail + piece
            formulas = list(EMPTY_FORMULA.finditer(piece))
            ranges = list(MERGED.finditer(piece))
            empty += len(formulas)
            for found in ranges[: MOST_MERGED - sum(map(len, merged.values()))]:
                left, right = (column_index_from_string(found[side].decode()) for side in (1, 3))
                merged[int(found[2])].append(_Merged(left, right, int(found[4])))
            tail = piece[max(0, len(piece) - 60, *(found.end() for found in (*formulas[-1:], *ranges[-1:]))) :]
    return empty, merged


def _sheet(sheet: Any, merged: Merged) -> Iterator[Page]:
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
            yield from _places(sheet.title, region, merged)
            region = _Region()
    if region.rows:
        yield from _places(sheet.title, region, merged)


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
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    text = paragraph(str(value))
    return "" if text in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!") else text


def _number(value: float, form: str) -> str:
    """A number with its unit, all its digits as spreadsheets know them: 0.1 + 0.2 is 0.3."""
    form = form.partition(";")[0]  # of positive numbers
    if PERCENT.fullmatch(form):
        return f"{value * 100:.10g} %"
    digits = f"{value:.15g}"
    unit = CURRENCY.search(form)
    if unit is None:
        return digits
    sign = (unit[1] or unit[2]).strip()
    return f"{sign}{digits}" if unit.start() < form.find("0") and len(sign) == 1 else f"{digits} {sign}"


def _places(sheet: str, region: _Region, merged: Merged) -> Iterator[Page]:
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
    heads = _heads(rows[titles:], merged)
    _say_in_each_row(rows[titles:], heads, merged)
    head, body = rows[titles : titles + heads], rows[titles + heads :]
    first, last = min(columns), max(columns)
    for start in range(0, max(len(body), 1), ROWS_PER_PLACE):
        part = body[start : start + ROWS_PER_PLACE]
        grid = [[texts.get(column, "") for column in range(first, last + 1)] for _, texts in (*head, *part)]
        shown = (*rows[: titles + heads], *part) if start == 0 else part
        yield Page(
            None, (*(lead if start == 0 else ()), Block(table(grid, heads), "table")), _place(sheet, shown, columns)
        )


def _heads(rows: Sequence[tuple[int, dict[int, str]]], merged: Merged) -> int:
    """How many rows are the head of a table: more than one where cells of the first span columns, or those span rows."""
    first, texts = rows[0]
    spans = [each for each in merged.get(first, ()) if each.left in texts]
    if not any(each.right > each.left for each in spans):
        return 1
    last = max(first + 1, *(each.last for each in spans))
    heads = sum(number <= last for number, _ in rows[:MOST_HEADS])
    return heads if heads < len(rows) else 1


def _say_in_each_row(rows: Sequence[tuple[int, dict[int, str]]], heads: int, merged: Merged) -> None:
    """Write what stands in merged cells into each row that they span and, above the last row of a head, each column."""
    by_number = dict(rows)
    for at, (number, texts) in enumerate(rows):
        for each in merged.get(number, ()):
            if (text := texts.get(each.left)) is None:
                continue
            for row in range(number + 1, min(each.last, rows[-1][0]) + 1):
                if row in by_number and (label := in_each_row(text)):
                    by_number[row].setdefault(each.left, label)
            if at < heads - 1:
                for column in range(each.left + 1, min(each.right, MOST_COLUMNS) + 1):
                    texts.setdefault(column, text)


def _place(sheet: str, rows: Iterable[tuple[int, dict[int, str]]], columns: Iterable[int] | None = None) -> str:
    """`Costs!A4:F28`, as a spreadsheet program takes it."""
    rows = list(rows)
    columns = list(columns or {column for _, texts in rows for column in texts})
    first = f"{get_column_letter(min(columns))}{rows[0][0]}"
    last = f"{get_column_letter(max(columns))}{rows[-1][0]}"
    name = sheet if sheet.replace("_", "").isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{first}" + (f":{last}" if last != first else "")
