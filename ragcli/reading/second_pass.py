"""What a worker does in the second pass: look at one page for tables and equations, then read the file around them anew."""

import dataclasses
from functools import lru_cache
from pathlib import Path
from typing import Any

from ragcli.reading.equations import find_equations
from ragcli.reading.ocr.tables import find_recognised_tables
from ragcli.reading.pdf import open_pdf, read_pdf
from ragcli.reading.pdf_ocr import recognised_blocks
from ragcli.reading.registry import clean_page
from ragcli.reading.tables import block, find_tables
from ragcli.reading.tasks import Look, Reread
from ragcli.reading.work import Work
from ragcli.records import Document, Page
from ragcli.settings import Reading


def look(task: Look, settings: Reading, work: Work) -> Document:
    """Return one page that holds what was found, and nothing else."""
    document = _opened(task.path, work.passwords)
    page = document.load_page(task.number - 1)
    if task.is_ocr:
        read = recognised_blocks(document, task.path, task.number, task.language, settings, work)
        size = (page.rect * page.derotation_matrix).normalize()
        found = [block(table) for table in find_recognised_tables(read, size.width, size.height)]
    else:
        found = [block(table) for table in find_tables(page)] if task.kind == "table" else find_equations(page)
    return Document("pdf", (Page(task.number, tuple(found)),))


def reread(task: Reread, settings: Reading, work: Work) -> Document:
    """Return the pages on which something was found, as the first pass reads them, with it in its place."""
    settings = settings if task.has_ocr else dataclasses.replace(settings, ocr="never")
    document = read_pdf(task.path, settings, work, task.found)
    pages = (clean_page(page) for page in document.pages if page.number in task.found)
    return dataclasses.replace(document, pages=tuple(pages))


@lru_cache(maxsize=1)
def _opened(path: Path, passwords: tuple[str, ...]) -> Any:
    """Pages of one file come one after the other: it stays open until the next."""
    return open_pdf(path, *passwords)
