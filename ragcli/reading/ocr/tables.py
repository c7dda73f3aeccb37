"""Tables of a recognised page: its words are set on an empty page where they stand, and the usual finder looks at that."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.tables import Table, find_tables

_SMALLEST = 2.0  # points of a letter


def find_recognised_tables(blocks: Sequence[Mapping[str, Any]], width: float, height: float) -> list[Table]:
    """Return the tables among what OCR read of a page; lines that run across most others are left out.

    Rulings are not looked at: drawn on the page as well they helped some tables and parted others.

    Args:
        blocks: as `Page.get_text("dict")` has them, in points of the unrotated page.
        width: of that page, like height.
    """
    lines = [line for block in blocks for line in block["lines"]]
    if not lines:
        return []
    upright = _upright(lines, width, height)
    rect = pymupdf.Rect(0, 0, width, height) * upright
    with pymupdf.open() as document:
        page = document.new_page(width=rect.width, height=rect.height)
        writer, font = pymupdf.TextWriter(page.rect), pymupdf.Font("helv")
        direction = _direction(lines)
        for span in (span for line in lines if line["dir"] == direction for span in line["spans"]):
            text = span["text"].strip()
            if text:
                box = pymupdf.Rect(span["bbox"]) * upright
                wide = box.width / max(font.text_length(text, 1), 0.1)  # the size in which it is as wide as on the scan
                origin = pymupdf.Point(box.x0, (pymupdf.Point(span["origin"]) * upright).y)
                writer.append(origin, text, font=font, fontsize=max(_SMALLEST, min(span["size"], wide)))
        writer.write_text(page)
        back = ~upright
        return [replace(table, box=tuple(pymupdf.Rect(table.box) * back)) for table in find_tables(page)]


def _direction(lines: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """In which most of the text runs."""
    letters: Counter[tuple[float, float]] = Counter()
    for line in lines:
        letters[line["dir"]] += sum(len(span["text"]) for span in line["spans"])
    return max(letters, key=lambda direction: letters[direction])


def _upright(lines: Sequence[Mapping[str, Any]], width: float, height: float) -> Any:
    """The matrix that turns the page so that its text runs to the right, its top left corner at 0, 0."""
    dx, dy = _direction(lines)
    turn = pymupdf.Matrix(dx, -dy, dy, dx, 0, 0)
    corner = (pymupdf.Rect(0, 0, width, height) * turn).top_left
    return turn * pymupdf.Matrix(1, 0, 0, 1, -corner.x, -corner.y)
