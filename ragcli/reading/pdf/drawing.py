"""A page as a picture, with boxes marked on it: what a person looks at to see the proof."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ragcli.errors import ReadError
from ragcli.reading.boxes import holds_middle
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import open_pdf
from ragcli.records import Box

DPI = 130  # small print stays legible, and a page is drawn in a fifth of a second
_LARGEST = 4000  # pixels of the longer side: plans and posters are drawn coarser
_MARGIN = 2.0  # points around a marked box, so that the mark does not cut letters
_YELLOW = (1.0, 0.92, 0.5)


def draw_page(
    path: Path, number: int, boxes: Iterable[Box] = (), passwords: Iterable[str] = (), quote: str | None = None
) -> bytes:
    """Return a page of a PDF as PNG, turned as a reader sees it, the boxes marked as with a felt pen.

    Args:
        number: from 1.
        passwords: to try on a locked file.
        boxes: in points from the top left corner of the unrotated page, as blocks and chunks have them.
        quote: what stands in the boxes: its words alone are marked, a sentence of a paragraph, a row of a table.
    Raises: ReadError when the file cannot be opened or the page not drawn.
    """
    with open_pdf(path, *passwords) as document:
        if number > document.page_count:
            raise ReadError(f"{path} has {document.page_count} pages now", f"read it again: rag ingest {path}")
        try:
            page = document.load_page(number - 1)
            for x0, y0, x1, y1 in [part for box in boxes for part in _lines(page, box, quote or "")]:
                # An annotation, since the page's own content may leave any transformation behind.
                mark = page.add_rect_annot((x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN))
                mark.set_border(width=0)
                mark.set_colors(stroke=_YELLOW, fill=_YELLOW)
                mark.update(blend_mode=pymupdf.PDF_BM_Multiply)
            zoom = min(DPI / 72, _LARGEST / max(page.rect.width, page.rect.height, 1.0))
            drawn: bytes = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False).tobytes("png")
        except Exception as error:  # MuPDF raises a dozen kinds
            raise ReadError(f"{path} p.{number} cannot be drawn ({error})", "look at it in a PDF viewer") from error
    return drawn


def _lines(page: Any, box: Box, quote: str) -> list[Box]:
    """A box for each line of `quote` within `box`; `box` itself where the page does not have its letters in a row.

    Letters and digits are compared, without anything between them: hyphens at line ends, bars of table rows.
    """
    letters, owners = "", list[tuple[tuple[int, int], Box]]()
    for x0, y0, x1, y1, word, block, line, _ in page.get_text("words") if quote else ():
        if holds_middle(box, (x0, y0, x1, y1)):
            plain = _letters(word)
            letters += plain
            owners += [((block, line), (x0, y0, x1, y1))] * len(plain)
    wanted = _letters(quote)
    at = letters.find(wanted)
    if not wanted or at < 0:
        return [box]
    lines: dict[tuple[int, int], Box] = {}
    for line, word in owners[at : at + len(wanted)]:
        x0, y0, x1, y1 = lines.get(line, word)
        lines[line] = (min(x0, word[0]), min(y0, word[1]), max(x1, word[2]), max(y1, word[3]))
    return list(lines.values())


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text).lower() if character.isalnum())
