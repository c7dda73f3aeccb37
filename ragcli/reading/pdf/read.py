"""Read a PDF: its text layer, OCR where that is not enough, then rows, paragraphs and headings."""

import contextlib
import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ragcli.counted import counted
from ragcli.errors import ReadError
from ragcli.reading.boxes import share_inside
from ragcli.reading.fonts.glyph_names import UNKNOWN
from ragcli.reading.fonts.mac_roman import wrong_letters
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.normalise import SOFT_HYPHEN, Vocabulary, accents_follow, clean, with_graves
from ragcli.reading.pdf.contents import mark_contents
from ragcli.reading.pdf.figures import PageView, claimed_figures
from ragcli.reading.pdf.footnotes import mark_footnotes
from ragcli.reading.pdf.furniture import remove_furniture
from ragcli.reading.pdf.headings import mark_by_letters, mark_known
from ragcli.reading.pdf.headings_outline import mark_outline, mark_title
from ragcli.reading.pdf.layout import in_layout_order
from ragcli.reading.pdf.metadata import attached, author, date, is_rendered_elsewhere, outline, stated_metadata, title
from ragcli.reading.pdf.open import has_end, is_copy, open_pdf, rewritten
from ragcli.reading.pdf.order import in_reading_order
from ragcli.reading.pdf.paragraphs import merge_lists
from ragcli.reading.pdf.recognise import recognise_sheets
from ragcli.reading.pdf.regions import headed_apart, join_tables, with_regions
from ragcli.reading.pdf.sheet import Sheet, read_sheet
from ragcli.reading.pdf.typography import Typography, typography
from ragcli.reading.text import told_of_struck
from ragcli.reading.text_layer.hidden import named_once
from ragcli.reading.work import COPY, Work
from ragcli.records import Block, Box, Document, Page
from ragcli.settings import Reading

_XFA = "it stands for a form (XFA) that only Adobe Reader draws: open it there, and print it to a new PDF"

__all__ = ["open_pdf", "read_pdf"]


@contextlib.contextmanager
def _no_cycles() -> Iterator[None]:
    """Keep the collector from looking for cycles: a page is thousands of small objects and none, a tenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_no_cycles()
def read_pdf(
    path: Path,
    settings: Reading,
    work: Work = Work(),
    found: Mapping[int, Sequence[Block]] | None = None,
    layouts: Mapping[int, Sequence[Box]] | None = None,
) -> Document:
    """Read a PDF page by page, in the order in which its producer wrote it.

    A page whose text layer is missing, tiny or garbled is recognised. Running headers, footers and page numbers are
    left out. A page that fails costs that page only: its `problem` says why. A file that had to be repaired is read
    again from a rewritten copy, and each page keeps the longer text.

    Args:
        found: by page, the tables and equations of a second pass; the rows inside their boxes give way to them.
        layouts: by page, the regions of its text in reading order, of a second pass.
    Raises: ReadError of kind empty, truncated, damaged or encrypted when nothing of the file can be read; ModelError
        when every page is to be recognised and there is no engine.
    """
    document = open_pdf(path, *work.passwords)
    try:
        sheets, warnings = _read_sheets(document, path, settings, work)
        work.on_page(None)
        metadata, bookmarks = stated_metadata(document), outline(document)
    finally:
        document.close()
    if not any(sheet.rows or sheet.problem for sheet in sheets) and any(sheet.method == "ocr" for sheet in sheets):
        raise ReadError(f"{path}: there is no text in it, and OCR found none", "nothing to do", "empty")
    _undo_accents(sheets)
    found = _undo_wrong_letters(sheets, found or {})
    usual = typography(sheet.rows for sheet in sheets)
    bodies = remove_furniture([sheet.rows for sheet in sheets], [sheet.reading_height for sheet in sheets], usual.size)
    for sheet, rows in zip(sheets, bodies, strict=True):
        sheet.rows = rows
    name = title(metadata, path, sheets[0].rows, sheets[0].reading_height)
    named = mark_outline({sheet.number: sheet.rows for sheet in sheets}, bookmarks)
    if name:
        mark_title(sheets[0].rows, name, usual)
    for sheet in sheets:
        _draft(sheet, usual, found.get(sheet.number, ()), (layouts or {}).get(sheet.number, ()))
    if named < max(2, len(bookmarks) // 2):
        mark_by_letters([sheet.drafts for sheet in sheets], usual)
    else:
        mark_known([sheet.drafts for sheet in sheets], usual)
    _mark_figures(sheets)
    set_apart = {(sheet.number, box) for sheet in sheets for box in headed_apart(sheet.drafts)}
    vocabulary = Vocabulary()
    for sheet in sheets:
        vocabulary.learn(row.text for row in sheet.rows)
    return Document(
        "pdf",
        tuple(join_tables(mark_contents([_page(sheet, usual, vocabulary) for sheet in sheets]), set_apart)),
        title=name,
        author=author(metadata),
        date=date(metadata),
        warnings=tuple(warnings),
    )


def _read_sheets(document: Any, path: Path, settings: Reading, work: Work) -> tuple[list[Sheet], list[str]]:
    """The pages of an open file, those without a text layer recognised; and what is to be said of the file."""
    warnings: list[str] = []
    beside = settings.ocr != "never"
    sheets = [read_sheet(document, number, work, beside) for number in range(1, document.page_count + 1)]
    if document.is_repaired:
        is_whole = has_end(path)
        lost = "text may be missing" if is_whole else "pages may be missing, for its end is"
        warnings.append(f"repaired: the file is damaged, {lost}{_reread(path, sheets, work, beside)}")
        if not is_whole:
            _name_lost(sheets)
    elif is_copy(document):
        warnings.append("repaired: the file is damaged, text may be missing; it was read from a rewritten copy")
    if is_rendered_elsewhere(document):
        sheets[0].problem = sheets[0].problem or _XFA
    warnings += named_once({sheet.number: sheet.hidden for sheet in sheets if sheet.hidden})
    warnings += _not_read(sheets, attached(document))
    warnings += recognise_sheets(document, path, sheets, settings, work)
    return sheets, warnings


def _reread(path: Path, sheets: Sequence[Sheet], work: Work, beside: bool) -> str:
    """Read a repaired file through a rewritten copy; the longer text of each page wins.

    Returns: what to add to the warning.
    """
    if why := work.why_lost(COPY):
        return f"; its rewritten copy could not be read ({why})"
    work.on_page(COPY)
    try:
        document = pymupdf.open(stream=rewritten(path, work.passwords), filetype="pdf")
    except Exception:  # not even that way: what MuPDF read is all there is
        return ""
    richer = 0
    with document:
        is_whole = document.page_count == len(sheets)
        for sheet in sheets[: document.page_count]:
            other = read_sheet(document, sheet.number, work, beside)
            if other.characters > sheet.characters:
                sheet.rows, sheet.images, sheet.graphics = other.rows, other.images, other.graphics
                sheet.width, sheet.height = other.width, other.height
                sheet.need, sheet.problem = other.need, other.problem
                sheet.table_score, sheet.equation_score = other.table_score, other.equation_score
                richer += 1
    if richer:
        return f"; {counted(richer, 'page')} read better from a rewritten copy"
    return "; a rewritten copy holds no more" if is_whole else ""


def _name_lost(sheets: Sequence[Sheet]) -> None:
    """A page without anything, in a file that was cut short, is not taken for an empty one; a file of such pages fails."""
    if not any(sheet.rows or sheet.images for sheet in sheets):
        return
    for sheet in sheets:
        if not sheet.rows and not sheet.images and not sheet.need and not sheet.problem:
            sheet.problem = "it is empty, and the file is cut short: what stood on it may be lost"


def _not_read(sheets: Sequence[Sheet], files: Sequence[str]) -> Iterator[str]:
    """Warnings of what a PDF carries beside its pages."""
    if comments := sum(sheet.comments for sheet in sheets):
        pages = ", ".join(f"p.{sheet.number}" for sheet in sheets if sheet.comments)
        yield f"{counted(comments, 'comment')} of readers left out: {pages}"
    if struck := sum(sheet.struck for sheet in sheets):
        pages = ", ".join(f"p.{sheet.number}" for sheet in sheets if sheet.struck)
        yield from (f"{told}: {pages}" for told in told_of_struck(struck))
    if names := dict.fromkeys([*files, *(name for sheet in sheets for name in sheet.attached)]):
        yield f"attached files are not read, save them beside it: {', '.join(names)}"


def _undo_accents(sheets: Sequence[Sheet]) -> None:
    """Compose accents anew in the rare document that sets them after their letters, and a grave that begins a word.

    That is a quote of code elsewhere, but not in TeX's old fonts, which set all accents apart.
    """
    rows = [row for sheet in sheets for row in sheet.rows if not row.raw_accents.isascii()]
    if not rows:
        return
    if accents_follow(row.raw_accents for row in rows):
        for row in rows:
            row.text = " ".join(clean(row.raw_accents, accent_follows=True).split())
    elif len(rows) > 2:
        for row in (row for sheet in sheets for row in sheet.rows if "`" in row.text and not row.mono):
            row.text = with_graves(row.text)


def _undo_wrong_letters(sheets: Sequence[Sheet], found: Mapping[int, Sequence[Block]]) -> Mapping[int, Sequence[Block]]:
    """Write anew the letters of a document that maps those of MacRoman as if they were Latin-1.

    Returns: what a second pass found, likewise.
    """
    rows = [row for sheet in sheets for row in sheet.rows if not row.text.isascii()]
    for pattern, right in wrong_letters(row.text for row in rows).items():
        for row in rows:
            row.text = pattern.sub(right, row.text)
        found = {
            number: [replace(block, text=pattern.sub(right, block.text)) for block in blocks]
            for number, blocks in found.items()
        }
    return found


def _draft(sheet: Sheet, usual: Typography, found: Sequence[Block], regions: Sequence[Box]) -> None:
    """Make paragraphs of a page's rows, in reading order; it is in doubt where drawing and places contradict each other."""
    rows = in_layout_order(sheet.rows, regions) if regions else sheet.rows
    drafts = with_regions(rows, usual, found)
    ordered = drafts if regions else in_reading_order(drafts)
    sheet.order_doubt = ordered is None and sheet.method == "text"
    sheet.drafts = ordered or drafts


def _mark_figures(sheets: Sequence[Sheet]) -> None:
    """Make figures of the captions that have a picture; theirs is the place of both. Labels in it are no headings."""
    drawn = [sheet for sheet in sheets if sheet.graphics]
    views = [PageView(sheet.drafts, sheet.graphics, sheet.width, sheet.height) for sheet in drawn]
    for sheet, found in zip(drawn, claimed_figures(views), strict=True):
        for number, region in found.items():
            sheet.drafts[number].kind, sheet.drafts[number].picture = "figure", region
            for draft in sheet.drafts:
                if draft.kind == "heading" and not draft.rows[0].level and share_inside(draft.box, region) > 0.9:
                    draft.kind = "text"


def _page(sheet: Sheet, usual: Typography, vocabulary: Vocabulary) -> Page:
    blocks = []
    mark_footnotes(sheet.drafts, usual, sheet.reading_height)
    for draft in merge_lists(sheet.drafts, usual):
        if draft.region is not None:
            blocks.append(draft.region)
            continue
        text = draft.text(vocabulary).replace(SOFT_HYPHEN, "-")
        if not text.replace(UNKNOWN, "").strip():
            continue  # notes of music, or signs of a symbol font: nobody looks for them, and they answer nothing
        if draft.kind != "code" and not draft.tabular and not draft.starts:
            text = text.replace("  ", " ")
        blocks.append(Block(text, draft.kind, draft.box, draft.level if draft.kind == "heading" else 0))
    return Page(
        sheet.number,
        tuple(blocks),
        method=sheet.method if blocks or sheet.method == "ocr" else "none",
        images=sheet.images,
        problem=sheet.problem,
        width=sheet.width,
        height=sheet.height,
        table_score=sheet.table_score,
        equation_score=sheet.equation_score,
        order_doubt=sheet.order_doubt,
    )
