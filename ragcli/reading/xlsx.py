"""Workbooks: each table of each sheet as Markdown, cited by sheet and cell range; streamed, so that size is no matter."""

import datetime
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import openpyxl
from openpyxl.utils import column_index_from_string

from ragcli.counted import counted
from ragcli.reading.archive import damage_told, open_archive
from ragcli.reading.number_formats import shown_day, shown_number
from ragcli.reading.ooxml import comments, transitional
from ragcli.reading.sheets import Merged, MergedCells, sheet_pages
from ragcli.reading.stated import stated
from ragcli.reading.text import paragraph
from ragcli.reading.xlsx_drawings import drawings
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading

EMPTY_FORMULA = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
SHEETS = "xl/worksheets/"  # parts that are streamed, and may unpack to any size
MERGED = re.compile(rb'mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MOST_MERGED = 20_000  # of a sheet
PROGRAM = "a spreadsheet program"
UNNAMED = re.compile(r"sheet|[^\W\d]+ ?1", re.IGNORECASE)  # what programs call the only sheet: Sheet1, Feuil1


def read_xlsx(path: Path, settings: Reading) -> Document:
    """Read the values of a workbook, hidden sheets too; formulas by the values that were stored with them."""
    with open_archive(path, "a workbook", streamed=SHEETS) as archive, damage_told(path, "workbook", PROGRAM):
        said_beside, drawn, facts = comments(archive), drawings(archive), stated(archive)
        scanned = {part: _scan(archive.open(part)) for part in archive.namelist() if part.startswith(SHEETS)}
    uncounted = sum(empty for empty, _ in scanned.values())
    with damage_told(path, "workbook", PROGRAM):
        book = _opened(path)
        try:
            sheets = book.worksheets
            merged = [scanned.get(sheet._worksheet_path.lstrip("/"), (0, {}))[1] for sheet in sheets]
            is_told = len(sheets) != 1 or UNNAMED.fullmatch(sheets[0].title) is None
            pages = tuple(
                page
                for sheet, cells in zip(sheets, merged, strict=True)
                for page in (*sheet_pages(sheet.title, _lines(sheet), cells, is_told), *_drawn(drawn, sheet.title))
            )
            pages += tuple(page for name in list(drawn) for page in _drawn(drawn, name))  # sheets that are charts
        finally:
            book.close()
    warnings = []
    if uncounted:
        warnings.append(f"{counted(uncounted, 'formula')} without a stored value: open it in {PROGRAM} and save it")
    if said_beside:
        warnings.append(f"{counted(said_beside, 'comment')} left out")
    return Document(
        "xlsx",
        pages,
        title=facts.title or None,
        author=facts.author,
        date=facts.date,
        language=facts.language,
        warnings=tuple(warnings),
    )


def _opened(path: Path) -> Any:
    """The workbook; once more without what it looks like, where that alone is damaged, as Excel puts up with."""
    try:
        return _loaded(transitional(path))
    except MemoryError:
        raise
    except Exception:  # the library knows what a colour, a font or a property may be, and stops at all else
        with zipfile.ZipFile(path) as archive:
            plain = {name: of_it for name, of_it in PLAIN.items() if name in archive.namelist()}
            return _loaded(transitional(path, {name: made(archive.read(name)) for name, made in plain.items()}))


def _loaded(file: str | io.BytesIO) -> Any:
    return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


def _numbers_alone(styles: bytes) -> bytes:
    """Of the formats of cells those of numbers, which the values are written by."""
    root = ElementTree.fromstring(styles)
    numbers = "".join(
        f"<numFmt numFmtId={quoteattr(form.get('numFmtId', '0'))} formatCode={quoteattr(form.get('formatCode', ''))}/>"
        for form in root.iterfind("{*}numFmts/{*}numFmt")
    )
    cells = "".join(
        f"<xf numFmtId={quoteattr(form.get('numFmtId', '0'))}/>" for form in root.iterfind("{*}cellXfs/{*}xf")
    )
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<numFmts>{numbers}</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
        '<borders><border/></borders><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
        f"<cellXfs>{cells}</cellXfs>"
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).encode()


def _nothing_stated(properties: bytes) -> bytes:
    return b'<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'


PLAIN = {"xl/styles.xml": _numbers_alone, "docProps/core.xml": _nothing_stated}  # how a part is put plainly


def _drawn(drawn: dict[str, list[Block]], name: str) -> Iterator[Page]:
    """The page of what lies on a sheet, which is taken out of the rest."""
    if blocks := drawn.pop(name, None):
        yield Page(None, tuple(blocks), name)


def _scan(part: Any) -> tuple[int, Merged]:
    """How many formulas of a sheet were saved without what they come to, as scripts do; and which cells are merged."""
    empty = 0
    merged: defaultdict[int, list[MergedCells]] = defaultdict(list)
    with part:
        tail = b""
        while piece := part.read(1 << 20):
            piece = tail + piece
            formulas = list(EMPTY_FORMULA.finditer(piece))
            ranges = list(MERGED.finditer(piece))
            empty += len(formulas)
            for found in ranges[: MOST_MERGED - sum(map(len, merged.values()))]:
                left, right = (column_index_from_string(found[side].decode()) for side in (1, 3))
                merged[int(found[2])].append(MergedCells(left, right, int(found[4])))
            tail = piece[max(0, len(piece) - 60, *(found.end() for found in (*formulas[-1:], *ranges[-1:]))) :]
    return empty, merged


def _lines(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what the file says of them is often wrong
    return ([_text(cell) for cell in cells] for cells in sheet.iter_rows())


def _text(cell: Any) -> str:
    """A value as people write it; "" for nothing, and for what a formula failed to come to."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return shown_day(value, cell.number_format or "")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return shown_number(value, cell.number_format or "")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    text = paragraph(str(value))
    return "" if text in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!") else text
