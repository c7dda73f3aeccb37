"""Recognise the pages of a PDF whose text layer is not enough."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ragcli.errors import ModelError, ReadError
from ragcli.reading.boxes import in_one_column, share_inside
from ragcli.reading.extractors.extraction import lost_share
from ragcli.reading.language import detect
from ragcli.reading.mupdf.content import lines_of
from ragcli.reading.ocr.installed import INSTALL, NO_ENGINE, find_engine
from ragcli.reading.ocr.need import GARBLED, PART, TINY, UNNAMED, has_unnamed_letters, is_garbled, is_left_unread
from ragcli.reading.ocr.pages import Recognised, recognise_pages
from ragcli.reading.ocr.recognition import Cache
from ragcli.reading.pdf.sheet import Sheet
from ragcli.reading.pdf.unnamed_letters import with_letters_read
from ragcli.reading.pdf_tables.score import table_score
from ragcli.reading.text_layer.lines import page_rows
from ragcli.reading.text_layer.row import Row
from ragcli.reading.work import Work
from ragcli.records import Block
from ragcli.settings import Reading

_INSIDE = 0.5  # share of a row's box within those of the text layer, from which it was read twice
_OTHER = 0.3  # share of the words of a text that OCR may read otherwise
_WORD = re.compile(r"[^\W\d_]{3,}")
_WHY_UNSURE = "handwriting, a poor scan, or"


def recognise_sheets(document: Any, path: Path, sheets: Sequence[Sheet], settings: Reading, work: Work) -> list[str]:
    """Recognise the pages that need it, or all, as `settings.ocr` says; the text takes the place of their layer.

    Where that can't be, the page's `problem` says why; a garbled layer is then dropped.

    Returns: warnings about the whole document.
    Raises: ModelError when all pages are to be recognised and there is no engine.
    """
    wanted = [each for each in sheets if not each.problem and (each.need or settings.ocr == "always")]
    if not wanted:
        return []
    engine = find_engine(work.threads) if settings.ocr != "never" else None
    if engine is None:
        if settings.ocr == "always":
            raise ModelError("there is no OCR engine, and reading.ocr is always", INSTALL)
        why = "not read, since reading.ocr is never" if settings.ocr == "never" else NO_ENGINE
        for sheet in wanted:
            _give_up(sheet, f"{sheet.need}; {why}")
        return []
    good = "\n".join(row.text for sheet in sheets if not sheet.need for row in sheet.rows)
    language = settings.language or detect(good)
    lacking = engine.lacks(language) if language else None
    by_number = {sheet.number: sheet for sheet in wanted}
    why_unsure = f"{_WHY_UNSURE} {engine.beyond}"
    for page in recognise_pages(
        document, path, by_number, engine, language, Cache(work.cache / "ocr" if work.cache else None), work.threads,
        settings.page_timeout, lambda number: work.on_page(number, is_ocr=True),
    ):  # fmt: skip
        sheet = by_number[page.number]
        _take(sheet, page, engine.sure, why_unsure)
        if page.problem or sheet.need == GARBLED:
            continue  # and says so
        if is_left_unread(document.load_page(sheet.number - 1), [row.box for row in sheet.rows]):
            sheet.problem = f"OCR reads little of it: {why_unsure}"
    warnings = [f"read by OCR without {lacking}"] if lacking else []
    if pages := ", ".join(f"p.{sheet.number}" for sheet in sheets if sheet.has_letters_read):
        warnings.append(f"{UNNAMED} were read by OCR: {pages}")
    return warnings


def recognised_blocks(
    document: Any, path: Path, number: int, language: str | None, settings: Reading, work: Work
) -> list[dict[str, Any]]:
    """What OCR reads of one page, from the cache where the first pass kept it, as `Page.get_text("dict")` has it.

    Args:
        language: of the document, as it is known by now.
    Raises: ReadError when the page is not read; ModelError when there is no engine any more.
    """
    engine = find_engine(work.threads)
    if engine is None:
        raise ModelError(NO_ENGINE, INSTALL)
    language = settings.language or language
    kept = Cache(work.cache / "ocr" if work.cache else None)
    (page,) = recognise_pages(
        document, path, [number], engine, language, kept, work.threads, settings.page_timeout,
        lambda number: work.on_page(number, is_ocr=True),
    )  # fmt: skip
    if page.problem:
        raise ReadError(f"{path} p.{number}: {page.problem}", "see the page: rag show", "unreadable")
    return page.blocks


def _take(sheet: Sheet, page: Recognised, sure: float, why_unsure: str) -> None:
    if page.problem:
        _give_up(sheet, f"{sheet.need or 'OCR'}; {page.problem}")
        return
    rows = page_rows(page.blocks, sheet.width, sheet.height)
    if sheet.need == GARBLED and _says(rows, sheet.numbered):
        sheet.rows = sheet.numbered
        return
    if sheet.need == GARBLED and not rows:
        _give_up(sheet, f"{GARBLED}; OCR found no text")
        return
    if sheet.need == GARBLED and page.confidence < sure and (sound := _sound(sheet.rows)):
        sheet.rows = sound
        sheet.problem = f"{GARBLED}, read as far as it is none; OCR is unsure of the rest ({page.confidence:.0%})"
        return
    if sheet.need == UNNAMED:
        filled = with_letters_read(sheet.rows, rows)
        sheet.has_letters_read = filled != sheet.rows
        sheet.rows = filled
        if has_unnamed_letters("".join(row.text for row in filled)):
            sheet.problem = f"{UNNAMED}, and that OCR does not read"
        return
    if sheet.need in (TINY, PART):
        rows = _beside(sheet.rows, rows)
        if len(rows) == len(sheet.rows):
            return  # nothing is to be read but what its own layer says
    if sum(len(row.text) for row in rows) < sheet.characters and sheet.need != GARBLED:
        return  # its own layer says more
    sheet.rows, sheet.method = rows, "ocr"
    sheet.table_score, sheet.equation_score = table_score(lines_of(page.blocks)), 0.0
    if rows and page.confidence < sure:
        sheet.problem = f"OCR is unsure of it ({page.confidence:.0%}): {why_unsure}"


def _says(read: Sequence[Row], numbered: Sequence[Row]) -> bool:
    """Tell whether OCR reads the words that the numbers of a garbled layer's letters make, and no others: they are exact."""
    shown, own = ([Block(row.text) for row in rows] for rows in (read, numbered))
    text = "".join(row.text for row in numbered)
    return (
        bool(_WORD.search(text))
        and not is_garbled(text)
        and lost_share(own, shown) < _OTHER
        and lost_share(shown, own) < _OTHER
    )


def _sound(rows: Sequence[Row]) -> list[Row]:
    """The rows of a garbled layer that are none, where they are most of it."""
    sound = [row for row in rows if not is_garbled(row.text)]
    characters = sum(len(row.text) for row in sound)
    is_most = 2 * characters > sum(len(row.text) for row in rows)
    return sound if is_most and not is_garbled("".join(row.text for row in sound)) else []


def _beside(own: Sequence[Row], read: Sequence[Row]) -> list[Row]:
    """The rows of a text layer, and those that were read elsewhere: before what stands below them in their column."""
    at: list[list[Row]] = [[] for _ in range(len(own) + 1)]
    for row in read:
        if sum(share_inside(row.box, other.box) for other in own) < _INSIDE:
            below = (
                n for n, other in enumerate(own) if other.box[1] > row.box[1] and in_one_column(row.box, other.box)
            )
            at[next(below, len(own))].append(row)
    return [row for n, before in enumerate(at) for row in (*before, *own[n : n + 1])]


def _give_up(sheet: Sheet, problem: str) -> None:
    sheet.problem = problem
    if sheet.need == GARBLED:
        sheet.rows = []
