"""How the cells of a PDF's tables are set."""

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf_tables.looks import looks_on
from ragcli.reading.tables.cells import Cell

BOXES = [(70.0, 90.0 + 20 * row, 70.0 + 100, 110.0 + 20 * row) for row in range(3)]


def looks_of(path: Path, *fonts: str, shaded: int | None = None) -> list[object]:
    canvas = Canvas(str(path), pagesize=(400, 400))
    for row, font in enumerate(fonts):
        left, top, right, bottom = BOXES[row]
        if row == shaded:
            canvas.setFillGray(0.8)
            canvas.rect(left, 400 - bottom, right - left, bottom - top, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.setFont(font, 10)
        canvas.drawString(left + 4, 400 - bottom + 6, "Duration")
    canvas.save()
    with pymupdf.open(path) as opened:
        return [cell.look for cell in looks_on(opened[0]).seen([Cell(0, 0, 1, 1, "", box) for box in BOXES])]


def test_bold_letters_and_shades_look_otherwise(tmp_path: Path) -> None:
    bold, plain, also_plain = looks_of(tmp_path / "a.pdf", "Helvetica-Bold", "Helvetica", "Helvetica")
    assert bold != plain == also_plain
    plain, shaded, also_plain = looks_of(tmp_path / "b.pdf", "Helvetica", "Helvetica", "Helvetica", shaded=1)
    assert shaded != plain == also_plain


def test_where_all_looks_alike_nothing_is_known(tmp_path: Path) -> None:
    assert looks_of(tmp_path / "a.pdf", "Helvetica", "Helvetica", "Helvetica") == [None, None, None]
