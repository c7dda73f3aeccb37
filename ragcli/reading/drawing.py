"""A page as a picture, with boxes marked on it: what a person looks at to see the proof."""

from collections.abc import Iterable
from pathlib import Path

from ragcli.errors import ReadError
from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.pdf import open_pdf
from ragcli.records import Box

DPI = 130  # small print stays legible, and a page is drawn in a fifth of a second
_LARGEST = 4000  # pixels of the longer side: plans and posters are drawn coarser
_MARGIN = 2.0  # points around a marked box, so that the mark does not cut letters
_YELLOW = (1.0, 0.92, 0.5)


def draw_page(path: Path, number: int, boxes: Iterable[Box] = (), passwords: Iterable[str] = ()) -> bytes:
    """Return a page of a PDF as PNG, turned as a reader sees it, the boxes marked as with a felt pen.

    Args:
        number: from 1.
        passwords: to try on a locked file.
        boxes: in points from the top left corner of the unrotated page, as blocks and chunks have them.
    Raises: ReadError when the file cannot be opened or the page not drawn.
    """
    with open_pdf(path, *passwords) as document:
        if number > document.page_count:
            raise ReadError(f"{path} has {document.page_count} pages now", f"read it again: rag ingest {path}")
        try:
            page = document.load_page(number - 1)
            for box in boxes:
                # An annotation, since the page's own content may leave any transformation behind.
                x0, y0, x1, y1 = box
                mark = page.add_rect_annot((x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN))
                mark.set_border(width=0)
                mark.set_colors(stroke=_YELLOW, fill=_YELLOW)
                mark.update(blend_mode=pymupdf.PDF_BM_Multiply)
            zoom = min(DPI / 72, _LARGEST / max(page.rect.width, page.rect.height, 1.0))
            drawn: bytes = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False).tobytes("png")
        except Exception as error:  # MuPDF raises a dozen kinds
            raise ReadError(f"{path} p.{number} cannot be drawn ({error})", "look at it in a PDF viewer") from error
    return drawn
