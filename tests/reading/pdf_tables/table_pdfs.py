"""PDFs with known tables, for tests: ruled and unruled, with spanning cells, and longer than a page."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

STATIONS = [
    ["Station", "River", "Area km2", "Radar"],
    ["Marrec", "Limn", "412", "LIMNAR-4"],
    ["Larmont", "Orve", "1,208", "LIMNAR-2"],
    ["Castagne", "Limn", "97", "none"],
    ["Vaudry", "Sele", "655", "LIMNAR-4"],
]
PROSE = (
    "The network was built between 1994 and 2003 and has been run by the union of the valley ever since. Its stations"
    " report each quarter of an hour, and twice as often when the water rises faster than a hand's breadth in an hour."
)


def write(path: Path, *parts: object, rotation: int = 0) -> Path:
    """Write a PDF of paragraphs (texts) and tables (rows, or `(rows, style)`); a page break is None."""
    style = getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    for part in parts:
        if part is None:
            story.append(PageBreak())
        elif isinstance(part, str):
            story += [Paragraph(part, style), Spacer(1, 8)]
        else:
            rows, commands = part if isinstance(part, tuple) else (part, RULED)
            story += [Table(rows, style=commands, repeatRows=1), Spacer(1, 8)]
    document = SimpleDocTemplate(str(path), pagesize=A5)

    def turn(canvas: object, _: object) -> None:
        canvas.setPageRotation(rotation)  # type: ignore[attr-defined]

    document.build(story, onFirstPage=turn, onLaterPages=turn)
    return path


RULED: Sequence[object] = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
    ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
]
UNRULED: Sequence[object] = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]
