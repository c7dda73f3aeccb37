"""CSV and TSV: a sheet of cells, cited as a spreadsheet program that opens it would."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ragcli.errors import ReadError
from ragcli.reading.office.sheets import sheet_pages
from ragcli.reading.text import decode, paragraph
from ragcli.records import Document
from ragcli.settings import Reading

_DELIMITERS = ",;\t|"
_SAMPLE = 100  # lines, by which the delimiter is told


def read_delimited(path: Path, settings: Reading) -> Document:
    """Read a file of cells, whatever parts them and in whatever encoding.

    Raises: ReadError of kind empty, or damaged for what is no text and for a quotation mark that is never closed.
    """
    source, warnings = decode(path.read_bytes(), path)
    lines = source.split("\n")
    try:
        rows = list(csv.reader((f"{line}\n" for line in lines), delimiter=_delimiter(lines[:_SAMPLE])))
    except csv.Error as error:  # a cell of more than 128 KB
        raise ReadError(f"{path}: {error}", "look for a quotation mark that is not closed", "damaged") from error
    cells = ([paragraph(cell) for cell in row] for row in rows)
    return Document("csv", tuple(sheet_pages(path.stem, cells, {}, None, is_told=False)), warnings=warnings)


def _delimiter(lines: Sequence[str]) -> str:
    """The sign by which most lines have the same number of cells, and more than one: `1,5;2,5` is two."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        return count, width

    return max(_DELIMITERS, key=fit)
