"""Workbooks: each table of each sheet as Markdown, cited by sheet and cell range; streamed, so that size is no matter."""

import datetime
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet._reader import ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from ragcli.counted import counted
from ragcli.reading.archive import damage_told, open_archive
from ragcli.reading.office.number_formats import shown_day, shown_number
from ragcli.reading.office.ooxml import comments, read_mended, transitional
from ragcli.reading.office.sheets import Merged, MergedCells, Struck, sheet_pages
from ragcli.reading.office.xlsx_drawings import drawings, sheets_of
from ragcli.reading.stated import stated
from ragcli.reading.text import paragraph, told_of_struck
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading

DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*/>")
LOOK_OF_PART = re.compile(rb"<(?:\w+:)?rPr>.*?</(?:\w+:)?rPr>", re.DOTALL)
EMPTY_FORMULA = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
SHEETS = "xl/worksheets/"  # parts that are streamed, and may unpack to any size
MERGED = re.compile(rb'mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MOST_MERGED = 20_000  # of a sheet
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # that a sheet may have
ROW = re.compile(r"\d{1,7}(?:\.0*)?")
PROGRAM = "a spreadsheet program"
LOOKED_AT = 32  # columns, of which labels and heads are told by their looks
UNNAMED = re.compile(r"sheet|[^\W\d]+ ?1", re.IGNORECASE)  # what programs call the only sheet: Sheet1, Feuil1


def read_xlsx(path: Path, settings: Reading) -> Document:
    """Read the values of a workbook, hidden sheets too, without cells that are struck out; formulas by their stored values."""
    open_archive(path, "a workbook", streamed=SHEETS).close()
    with damage_told(path, "workbook", PROGRAM), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, of looks that it knows nothing of
        read, repaired = read_mended(path, _read)
    return replace(read, warnings=(*repaired, *read.warnings))


def _read(file: IO[bytes]) -> Document:
    with zipfile.ZipFile(file) as archive:
        said_beside, drawn, facts = comments(archive), drawings(archive), stated(archive)
        listed = [name for name, _ in sheets_of(archive)]
        scanned = {part: _scan(archive.open(part)) for part in archive.namelist() if part.startswith(SHEETS)}
    uncounted = sum(empty for empty, _ in scanned.values())
    book = _opened(file)
    unread: list[str] = []
    struck: list[str] = []
    try:
        sheets = book.worksheets
        merged = [scanned.get(sheet._worksheet_path.lstrip("/"), (0, {}))[1] for sheet in sheets]
        is_told = len(sheets) != 1 or UNNAMED.fullmatch(sheets[0].title) is None
        pages: list[Page] = []
        for sheet, cells in zip(sheets, merged, strict=True):
            looks: dict[int, int] = {}
            lines = _lines(sheet, unread, struck, looks)
            pages += (*sheet_pages(sheet.title, lines, cells, looks, is_told), *_drawn(drawn, sheet.title))
        pages += [
            Page(None, (), name, problem="it is listed but missing") for name in listed if name not in book.sheetnames
        ]
        pages += [page for name in list(drawn) for page in _drawn(drawn, name)]  # sheets that are charts
    finally:
        book.close()
    said = []
    if unread:
        said.append(f"{counted(len(unread), 'cell')} with a text that the file lacks: {', '.join(unread[:3])}")
    if uncounted:
        said.append(f"{counted(uncounted, 'formula')} without a stored value: open it in {PROGRAM} and save it")
    if said_beside:
        said.append(f"{counted(said_beside, 'comment')} left out")
    said += told_of_struck(len(struck))
    return Document(
        "xlsx",
        tuple(pages),
        title=facts.title or None,
        author=facts.author,
        date=facts.date,
        language=facts.language,
        warnings=tuple(said),
    )


def _opened(file: IO[bytes]) -> Any:
    """The workbook; once more without what it looks like, where that alone is damaged, as Excel puts up with."""
    try:
        return _loaded(file)
    except MemoryError:
        raise
    except Exception:  # the library knows what a colour, a font or a property may be, and stops at all else
        with zipfile.ZipFile(file) as archive:
            plain = {name: of_it for name, of_it in PLAIN.items() if name in archive.namelist()}
            plain |= {name: _unmeasured for name in archive.namelist() if name.startswith(SHEETS)}
            others = {name: made(archive.read(name)) for name, made in plain.items()}
        return _loaded(transitional(file, others))


def _loaded(file: IO[bytes]) -> Any:
    return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False, rich_text=True)


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


def _nothing_said(properties: bytes) -> bytes:
    return b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'


def _nothing_stated(properties: bytes) -> bytes:
    return b'<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'


def _of_one_look(strings: bytes) -> bytes:
    """The texts of cells without the fonts of their parts."""
    return LOOK_OF_PART.sub(b"", strings)


def _unmeasured(sheet: bytes) -> bytes:
    """Without the range that it says to fill."""
    return DIMENSION.sub(b"", sheet, count=1)


PLAIN = {
    "xl/styles.xml": _numbers_alone,
    "xl/sharedStrings.xml": _of_one_look,
    "docProps/core.xml": _nothing_stated,
    "docProps/custom.xml": _nothing_said,
}  # how a part is put plainly


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


class _Rows(WorkSheetParser):  # type: ignore[misc]  # of a package without types
    """The rows of a sheet, row by row as they stand. A cell whose value is none of its kind is the text that it has.

    The library's own way ends at any such cell, and at any wrong word on how the sheet is to be printed or filtered.
    """

    row_counter: int
    col_counter: int

    def __init__(self, sheet: Any, source: IO[bytes], unread: list[str]) -> None:
        book = sheet.parent
        super().__init__(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        self.sheet, self.unread = sheet, unread

    def parse(self) -> Iterator[tuple[int, list[ReadOnlyCell]]]:
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                before, number = self.row_counter, element.get("r", "")
                if not (ROW.fullmatch(number) and before < float(number) <= LAST_ROW):
                    element.attrib.pop("r", None)  # then it is the next one
                row, cells = self.parse_row(element)
                yield row, [ReadOnlyCell(self.sheet, **cell) for cell in cells]
                element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        before = self.col_counter
        for wrong in ("", "s", "r"):  # as it is, without its look, and without its place as well
            element.attrib.pop(wrong, None)
            self.col_counter = before
            try:
                cell: dict[str, Any] = super().parse_cell(element)
            except MemoryError:
                raise
            except Exception:  # the library converts what it finds, whatever that is
                continue
            if cell["column"] <= LAST_COLUMN and cell["style_id"] < len(self.sheet.parent._cell_styles):
                is_no_day = cell["data_type"] == "e" != element.get("t")
                return {**cell, "value": element.findtext(VALUE_TAG)} if is_no_day else cell
        text = element.findtext(VALUE_TAG) or "".join(element.itertext())
        if element.get("t") == "s":
            self.unread.append(f"{self.sheet.title}!{get_column_letter(self.col_counter)}{self.row_counter}")
            text = None
        return {"row": self.row_counter, "column": self.col_counter, "value": text, "data_type": "s"}


def _lines(sheet: Any, unread: list[str], struck: list[str], looks: dict[int, int]) -> Iterator[list[str]]:
    """The texts of a sheet, row by row from the first.

    Args:
        unread: gets the places of cells whose text can't be had.
        struck: gets the texts that are struck out.
        looks: gets how the cells of each row are set, as `sheets.Looks` has it.
    """
    known: dict[int, tuple[int, bool]] = {}  # by style
    with sheet._get_source() as source:
        before = 0
        for number, cells in _Rows(sheet, source, unread).parse():
            yield from ([] for _ in range(before + 1, number))
            before = number
            texts = [""] * max((cell.column for cell in cells), default=0)
            for cell in cells:
                text = _text(cell)
                if cell._style_id not in known:
                    known[cell._style_id] = _look(cell)
                look, is_struck = known[cell._style_id]
                gone = [text] if text and is_struck else _struck_parts(cell.value)
                struck += gone
                if gone and (is_struck or not text):
                    text = Struck(gone[0])
                texts[cell.column - 1] = text
                if look and cell.column <= LOOKED_AT:
                    looks[number] = looks.get(number, 0) | look << 2 * cell.column
            yield texts


def _look(cell: Any) -> tuple[int, bool]:
    """A bit for bold letters, a second for a shade, and whether it is struck out; none where the file has no such look."""
    try:
        return bool(cell.font.b) + 2 * (cell.fill.fill_type is not None), bool(cell.font.strike)
    except IndexError:
        return 0, False


def _struck_parts(value: Any) -> list[str]:
    """What is struck out of a text that has several looks."""
    return [part.text for part in value if _is_struck(part)] if isinstance(value, CellRichText) else []


def _is_struck(part: str | TextBlock) -> bool:
    return isinstance(part, TextBlock) and bool(part.font.strike)


def _form(cell: Any) -> str:
    """The format of a cell; "" where the file has none of that number."""
    try:
        return cell.number_format or ""
    except IndexError:
        return ""


def _text(cell: Any) -> str:
    """A value as people write it; "" for nothing, and for what a formula failed to come to."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return shown_day(value, _form(cell))
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return shown_number(value, _form(cell))
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, CellRichText):
        value = "".join(str(part) for part in value if not _is_struck(part))
    text = paragraph(str(value))
    return "" if text in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!") else text
