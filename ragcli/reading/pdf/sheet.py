"""One page of a PDF while the document is being read: its text layer, and whether that is all there is to read."""

import contextlib
from dataclasses import dataclass, field
from typing import Any

from ragcli.reading.equations.display import equation_score
from ragcli.reading.fonts.glyph_names import with_named_glyphs
from ragcli.reading.fonts.tex_codes import with_tex_codes
from ragcli.reading.mupdf.content import Content, lines_of
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.normalise import clean
from ragcli.reading.ocr.need import GARBLED, UNNAMED, has_unnamed_letters, is_garbled, lacks_text
from ragcli.reading.pdf.figures import graphics_of, may_claim
from ragcli.reading.pdf.paragraphs import Draft
from ragcli.reading.pdf_tables.score import table_score
from ragcli.reading.text_layer.browsers import as_browsers_draw
from ragcli.reading.text_layer.forms import with_values
from ragcli.reading.text_layer.hidden import hidden_text
from ragcli.reading.text_layer.leftwards import has_leftward, in_logical_order, runs_leftwards
from ragcli.reading.text_layer.lines import page_rows, reading_height
from ragcli.reading.text_layer.row import Row
from ragcli.reading.text_layer.sizes import are_mistaken, with_sizes
from ragcli.reading.text_layer.spaces import (
    has_unseen_spaces,
    is_spaced_out,
    runs_together,
    with_spaces,
    with_words,
    without_unseen_spaces,
)
from ragcli.reading.text_layer.struck import without_struck
from ragcli.reading.text_layer.tick_boxes import with_tick_boxes
from ragcli.reading.text_layer.underscores import with_underscores
from ragcli.reading.work import Work
from ragcli.records import Box, Method

_COMMENTS = (
    pymupdf.PDF_ANNOT_TEXT,
    pymupdf.PDF_ANNOT_HIGHLIGHT,
    pymupdf.PDF_ANNOT_UNDERLINE,
    pymupdf.PDF_ANNOT_SQUIGGLY,
    pymupdf.PDF_ANNOT_STRIKE_OUT,
)


@dataclass(slots=True)
class Sheet:
    """A page while it is being read."""

    number: int  # from 1
    rows: list[Row] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    numbered: list[Row] = field(default_factory=list)  # of a garbled layer: its letters by their numbers
    graphics: list[Box] = field(default_factory=list)  # where a figure's caption may be
    images: int = 0
    width: float = 0.0  # of the unrotated page, in points
    height: float = 0.0
    method: Method = "text"
    need: str | None = None  # why its text layer is not enough: it wants OCR
    has_letters_read: bool = False  # by OCR, in the places of those that its fonts do not name
    problem: str | None = None
    hidden: str | None = None  # what of its text a reader does not see
    comments: int = 0  # notes of readers, which are not read
    struck: int = 0  # texts that are struck out, which are not read
    attached: list[str] = field(default_factory=list)  # names of files that are pinned to it
    table_score: float = 0.0
    equation_score: float = 0.0
    order_doubt: bool = False

    @property
    def characters(self) -> int:
        return sum(len(row.text) for row in self.rows)

    @property
    def reading_height(self) -> float:
        return reading_height(self.rows, self.width, self.height)


def read_sheet(document: Any, number: int, work: Work, beside: bool = True) -> Sheet:
    """Read the text layer of one page; whatever goes wrong is told in `problem`.

    Args:
        beside: look for pictures of text on pages with text of their own, too.
    """
    sheet = Sheet(number, problem=work.why_lost(number))
    if sheet.problem:
        return sheet
    work.on_page(number)
    try:
        page = document.load_page(number - 1)
        shown = page.rect
        sheet.width, sheet.height = shown.width, shown.height
        if page.rotation in (90, 270):  # boxes are those of the unrotated page, and so is its size
            sheet.width, sheet.height = sheet.height, sheet.width
        with contextlib.suppress(Exception):  # a damaged form, of a page whose text may be sound
            _forget_passwords(page)
        content = Content(page)
        blocks = content.text()
        with_named_glyphs(content, blocks)
        with_tex_codes(blocks)
        with_underscores(content, blocks)
        with_tick_boxes(content, blocks)
        sheet.struck = without_struck(content, blocks)
        rows = page_rows(blocks, sheet.width, sheet.height)
        if are_mistaken(rows):
            with_sizes(blocks)
            rows = page_rows(blocks, sheet.width, sheet.height)
        text = "\n".join([row.text for row in rows])
        if has_leftward(text):
            rows = page_rows(in_logical_order(content), sheet.width, sheet.height, runs_leftwards(text))
        else:
            if is_tight := runs_together(text):
                blocks = with_spaces(content, blocks)
            if is_parted := has_unseen_spaces(text):
                blocks = without_unseen_spaces(content, blocks)
            if is_apart := any(is_spaced_out(row.text) for row in rows):
                blocks = with_words(content, blocks)  # last, for it makes one span of a line's
            if is_apart or is_tight or is_parted:
                rows = page_rows(blocks, sheet.width, sheet.height)
        sheet.rows = with_values(as_browsers_draw(rows, content))
        sheet.hidden = hidden_text(content, blocks)
        with contextlib.suppress(Exception):  # what is pinned to a page may be damaged as well, and costs no text of it
            sheet.comments, sheet.attached = _comments(page), _attached(page)
        if page.get_images():  # listed: the look at what is painted costs as much as the text
            sheet.images = len(content.pictures)
        lines = lines_of(blocks)
        sheet.table_score, sheet.equation_score = table_score(lines), equation_score(lines)
        if may_claim(sheet.rows):
            sheet.graphics = graphics_of(content)
        said = "".join([row.text for row in sheet.rows])
        if is_garbled(said):
            sheet.need = GARBLED
            sheet.numbered = page_rows(content.numbered(), sheet.width, sheet.height)
        elif has_unnamed_letters(said):
            sheet.need = UNNAMED
        else:
            boxes = [row.box for row in sheet.rows]
            sheet.need = lacks_text(content, sheet.characters, sheet.images, boxes, beside)
    except Exception as error:  # of one page: the others are still read
        sheet.problem = _why_unreadable(error)
    return sheet


def _forget_passwords(page: Any) -> None:
    """Take what is typed into password fields off a page that was loaded: viewers show stars, MuPDF the word."""
    if any(kind == pymupdf.PDF_ANNOT_WIDGET for _, kind, _ in page.annot_xrefs()):
        for field in list(page.widgets(types=(pymupdf.PDF_WIDGET_TYPE_TEXT,))):
            if field.field_flags & pymupdf.PDF_TX_FIELD_IS_PASSWORD:
                page.delete_widget(field)


def _comments(page: Any) -> int:
    """How many notes are stuck on a page that say something: those that its picture does not show."""
    if not any(kind in _COMMENTS for _, kind, _ in page.annot_xrefs()):
        return 0
    return sum(bool(note.info["content"].strip()) for note in page.annots(types=_COMMENTS))


def _attached(page: Any) -> list[str]:
    """The names of the files that are pinned to a page, which the list of the document's own leaves out."""
    if not any(kind == pymupdf.PDF_ANNOT_FILE_ATTACHMENT for _, kind, _ in page.annot_xrefs()):
        return []
    pins = page.annots(types=(pymupdf.PDF_ANNOT_FILE_ATTACHMENT,))
    return [clean(pin.file_info["filename"]) or "a file without name" for pin in pins]


def _why_unreadable(error: Exception) -> str:
    """What went wrong on a page, in words."""
    if isinstance(error, MemoryError) or "malloc" in str(error):  # MuPDF's own: "malloc (… bytes) failed"
        return "out of memory: the page needs more than reading.memory_mb allows"
    said = clean(str(error)) or type(error).__name__
    return f"unreadable: {said}; copy the file again, or print it to a new PDF"
