"""What the catalog knows of the second pass: which pages wait for it, what it has found, what became of each page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ragcli.collection.stored import stored_document
from ragcli.records import Block, Box, Page
from ragcli.settings import Reading
from ragcli.storage.catalog import Catalog
from ragcli.storage.schema import WAITS

_TIERS = 4  # of likelihood: within one, pages go by document, so that each is read anew and embedded few times
_FAINT = 0.001  # the score of a page that is looked at for the sake of the one before


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that no second pass has looked at for tables, for equations, or for its order."""

    document_id: int
    number: int
    kind: Literal["table", "equation", "order"]
    likelihood: float
    is_ocr: bool = False
    language: str | None = None  # of the document


def waiting_pages(catalog: Catalog, reading: Reading) -> list[Waiting]:
    """Pages that rag read itself, likeliest first; equations before all tables, for a page takes 1/20 of the time.

    Recognised pages are read anew by OCR, from its cache: not when OCR is switched off by now.
    """
    rows = catalog.sql.execute(
        "SELECT p.document_id, p.number, p.table_score, p.equation_score, p.order_doubt, p.second_pass,"
        " p.method, d.language"
        " FROM pages p JOIN documents d ON d.id = p.document_id"
        " WHERE d.type = 'pdf' AND p.method IN ('text', 'ocr')" + ("" if reading.tables == "all" else f" AND ({WAITS})")
    )
    pages = []
    for document_id, number, table_score, equation_score, doubt, passed, method, language in rows:
        is_ocr = method == "ocr"
        if is_ocr and reading.ocr == "never":
            continue
        outcomes = json.loads(passed or "{}")
        tables = reading.tables == "all" or (reading.tables == "auto" and table_score > 0)
        if reading.equations != "off" and equation_score > 0 and "equation" not in outcomes:
            pages.append(Waiting(document_id, number, "equation", 1.0))
        if doubt and not is_ocr and "order" not in outcomes:
            pages.append(Waiting(document_id, number, "order", 1.0))
        if tables and "table" not in outcomes:
            pages.append(Waiting(document_id, number, "table", table_score, is_ocr, language))
    return sorted(pages, key=lambda page: (-int(_TIERS * page.likelihood), page.document_id, page.number))


def page_and_hash(catalog: Catalog, page: Waiting) -> tuple[Page, str]:
    """The page's size, and its document's hash."""
    row = catalog.sql.execute(
        "SELECT p.width, p.height, d.sha256 FROM pages p JOIN documents d ON d.id = p.document_id"
        " WHERE p.document_id = ? AND p.number = ?",
        (page.document_id, page.number),
    ).fetchone()
    return Page(page.number, (), width=row[0], height=row[1]), row[2]


def tables_and_equations(catalog: Catalog, document_id: int) -> tuple[int, int]:
    """How many tables and how many equations a document has by now."""
    sums = "SELECT sum(tables), sum(equations) FROM pages WHERE document_id = ?"
    tables, equations = catalog.sql.execute(sums, (document_id,)).fetchone()
    return tables, equations


def layouts_before(catalog: Catalog, document_id: int) -> dict[int, list[Box]]:
    """The regions in reading order of the pages where an earlier look found them."""
    rows = catalog.sql.execute(
        "SELECT number, layout FROM pages WHERE document_id = ? AND layout IS NOT NULL", (document_id,)
    )
    return {number: [(x0, y0, x1, y1) for x0, y0, x1, y1 in json.loads(layout)] for number, layout in rows}


def found_before(catalog: Catalog, document_id: int) -> dict[int, tuple[Block, ...]]:
    """The tables and equations that stand in the catalog: one may go on over a page that is looked at now."""
    return {
        page.number: regions
        for page in stored_document(catalog, document_id).pages
        if page.number
        and page.method in ("text", "ocr")  # what an extractor read stays as it is
        and (regions := tuple(block for block in page.blocks if block.kind in ("table", "equation")))
    }


def keep_outcome(catalog: Catalog, page: Waiting, outcome: str) -> None:
    """Keep what became of a page; it waits no longer. Needs an open transaction, as all below."""
    where = (page.document_id, page.number)
    select = "SELECT second_pass FROM pages WHERE document_id = ? AND number = ?"
    outcomes = json.loads(catalog.sql.execute(select, where).fetchone()[0] or "{}") | {page.kind: outcome}
    update = "UPDATE pages SET second_pass = ? WHERE document_id = ? AND number = ?"
    catalog.sql.execute(update, (json.dumps(outcomes, ensure_ascii=False), *where))


def keep_layout(catalog: Catalog, page: Waiting, regions: Sequence[Block]) -> None:
    """Keep the regions of a page in reading order."""
    update = "UPDATE pages SET layout = ? WHERE document_id = ? AND number = ?"
    boxes = json.dumps([region.bbox for region in regions])
    catalog.sql.execute(update, (boxes, page.document_id, page.number))


def look_behind(catalog: Catalog, document_id: int, page: Page) -> None:
    """Where a page ends with a table, its last rows may be all that the next page has: too few to be noticed."""
    if page.blocks and page.blocks[-1].kind == "table":
        catalog.sql.execute(
            "UPDATE pages SET table_score = ? WHERE document_id = ? AND number = ? + 1 AND table_score = 0",
            (_FAINT, document_id, page.number),
        )
