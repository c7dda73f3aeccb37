"""What a worker does in the second pass: look at one page for tables, equations or its order, then read the file anew."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ragcli.reading.equations.display import find_equations
from ragcli.reading.ocr.need import has_unnamed_letters
from ragcli.reading.ocr.tables import find_recognised_tables
from ragcli.reading.pdf.layout import layout_order
from ragcli.reading.pdf.read import open_pdf, read_pdf
from ragcli.reading.pdf.recognise import recognised_blocks
from ragcli.reading.pdf_tables.finder import block, find_tables
from ragcli.reading.pool.tasks import Look, Reread
from ragcli.reading.registry import clean_page
from ragcli.reading.work import Work
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading


def look(task: Look, settings: Reading, work: Work) -> Document:
    """Return one page that holds what was found, and nothing else; of a look for the order, regions without text."""
    document = _opened(task.path, work.passwords)
    page = document.load_page(task.number - 1)
    if task.is_ocr:
        read = recognised_blocks(document, task.path, task.number, task.language, settings, work)
        size = (page.rect * page.derotation_matrix).normalize()
        found = [block(table) for table in find_recognised_tables(read, size.width, size.height)]
    else:
        found = _FINDERS[task.kind](page)
    return Document("pdf", (Page(task.number, tuple(found)),))


def _tables(page: Any) -> list[Block]:
    """The tables; but for such as lack letters, of which OCR reads the rows that they would replace."""
    found = map(block, find_tables(page))
    return [table for table in found if not has_unnamed_letters(table.text)]


def _order(page: Any) -> list[Block]:
    return [Block("", "text", region) for region in layout_order(page)]


_FINDERS: Mapping[str, Callable[[Any], list[Block]]] = {
    "table": _tables,
    "equation": find_equations,
    "order": _order,
}


def reread(task: Reread, settings: Reading, work: Work) -> Document:
    """Return the pages on which something was found, as the first pass reads them, with it in its place."""
    document = read_pdf(task.path, settings, work, task.found, task.layouts)
    wanted = task.found.keys() | task.layouts.keys()
    pages = (clean_page(page) for page in document.pages if page.number in wanted)
    return dataclasses.replace(document, pages=tuple(pages))


@lru_cache(maxsize=1)
def _opened(path: Path, passwords: tuple[str, ...]) -> Any:
    """Pages of one file come one after the other: it stays open until the next."""
    return open_pdf(path, *passwords)
