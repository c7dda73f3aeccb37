"""The French annual report: outline, running heads, footnotes, a table that crosses pages, figures for two years."""

import re
from collections.abc import Sequence
from pathlib import Path

import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

from _source.report_text import ANNEX_STATIONS, CHAPTERS, FIGURE_CAPTIONS, MONTHLY_FLOW, TABLES
from _source.typeset import Drawing, blocks, table

NO_BREAK = "\N{NO-BREAK SPACE}"


def french(text: str) -> str:
    """Hold numbers, units and tall punctuation together as French printers do."""
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NO_BREAK, text)
    text = re.sub(r" (?=[:;?!»%€])", NO_BREAK, text)
    text = re.sub(r"(?<=\d) (?=(?:h|m|mm|km|W|GHz|MHz|m³/s)\b)", NO_BREAK, text)
    text = re.sub(rf"(?<=\d{NO_BREAK}h) (?=\d\d\b)", NO_BREAK, text)
    return re.sub(r"(?<=«) ", NO_BREAK, text)


class Noted(Paragraph):  # type: ignore[misc]
    """A paragraph with footnotes. It is never split, so that its notes stand on its page."""

    def __init__(self, text: str, style: ParagraphStyle, notes: Sequence[str]) -> None:
        super().__init__(text, style)
        self.notes = list(notes)

    def split(self, width: float, height: float) -> list[Flowable]:
        return []


class Contents(TableOfContents):  # type: ignore[misc]
    """A table of contents in reading order: reportlab's own draws each page number before its heading."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        entries = self._lastEntries or [(0, "Sommaire", 0, None)]  # nothing is known yet in the first pass
        rows = []
        for level, text, page, key in entries:
            style = self.levelStyles[level]
            linked = f'<a href="#{key}">{text}</a>' if key else text
            rows.append(
                [Paragraph(linked, style), Paragraph(str(page), ParagraphStyle("page", style, alignment=TA_RIGHT))]
            )
        tight = [("TOPPADDING", (0, 0), (-1, -1), 0.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.2)]
        self._table = Table(rows, colWidths=[width - 40, 40], style=TableStyle(tight))
        self.width, self.height = self._table.wrapOn(self.canv, width, height)
        return self.width, self.height


class Report(BaseDocTemplate):  # type: ignore[misc]
    """A document that gathers its table of contents, its outline and the footnotes of the page at hand."""

    note_style: ParagraphStyle

    def beforeDocument(self) -> None:  # noqa: N802  reportlab's name
        self.notes: list[str] = []
        self.headings = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        if isinstance(flowable, Noted):
            self.notes += flowable.notes
        elif isinstance(flowable, Paragraph) and flowable.style.name in ("h1", "h2"):
            level, key = int(flowable.style.name[1]) - 1, f"heading-{self.headings}"
            self.headings += 1
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, level, closed=level > 0)
            self.notify("TOCEntry", (level, flowable.getPlainText(), self.page, key))


def _styles() -> dict[str, ParagraphStyle]:
    # Vera comes with reportlab and holds every accent of French: no font of the machine is needed.
    fonts = Path(reportlab.__file__).parent / "fonts"
    for name, file in [
        ("Vera", "Vera"),
        ("Vera-Bold", "VeraBd"),
        ("Vera-Italic", "VeraIt"),
        ("Vera-BoldItalic", "VeraBI"),
    ]:
        pdfmetrics.registerFont(TTFont(name, str(fonts / f"{file}.ttf")))
    pdfmetrics.registerFontFamily("Vera", "Vera", "Vera-Bold", "Vera-Italic", "Vera-BoldItalic")
    body = ParagraphStyle("body", fontName="Vera", fontSize=11, leading=17.5, alignment=TA_JUSTIFY, spaceAfter=8)
    heading = ParagraphStyle("heading", fontName="Vera-Bold", textColor=colors.HexColor("#17405c"), keepWithNext=1)
    return {
        "paragraph": body,
        "item": ParagraphStyle("item", body, leftIndent=16, bulletIndent=4, spaceAfter=4),
        "h1": ParagraphStyle("h1", heading, fontSize=17, leading=22, spaceAfter=12),
        "h2": ParagraphStyle("h2", heading, fontSize=12, leading=16, spaceBefore=8, spaceAfter=6),
        "title": ParagraphStyle("title", heading, fontSize=21, leading=32, alignment=TA_CENTER),
        "cover": ParagraphStyle("cover", body, fontSize=12, leading=18, alignment=TA_CENTER),
        "caption": ParagraphStyle("caption", body, fontSize=8.5, leading=12, spaceAfter=4, spaceBefore=4),
        "cell": ParagraphStyle("cell", fontName="Vera", fontSize=8.5, leading=13.5),
        "head": ParagraphStyle("head", fontName="Vera-Bold", fontSize=8.5, leading=12),
        "note": ParagraphStyle("note", fontName="Vera", fontSize=7.5, leading=10),
    }


def _paint_flow(canvas: Canvas, width: float, height: float) -> None:
    """Mean monthly discharge at Marrec, 2022 and 2023 side by side."""
    left, bottom, top = 40, 30, height - 16
    scale = (top - bottom) / 60
    step = (width - left) / 12
    canvas.setFont("Vera", 7)
    canvas.setLineWidth(0.3)
    for value in range(0, 61, 10):
        canvas.setStrokeColorRGB(0.8, 0.8, 0.8)
        canvas.line(left, bottom + value * scale, width, bottom + value * scale)
        canvas.drawRightString(left - 5, bottom + value * scale - 2.5, str(value))
    for i, (month, before, now) in enumerate(MONTHLY_FLOW):
        for shift, value, colour in ((0.14, before, "#a9c3d3"), (0.5, now, "#17405c")):
            canvas.setFillColor(colors.HexColor(colour))
            canvas.rect(left + (i + shift) * step, bottom, step * 0.34, value * scale, stroke=0, fill=1)
        canvas.setFillColor(colors.black)
        canvas.drawCentredString(left + (i + 0.5) * step, bottom - 10, month)
    canvas.drawString(left, height - 8, "débit moyen mensuel (m³/s)")
    for x, year, colour in ((width - 110, "2022", "#a9c3d3"), (width - 50, "2023", "#17405c")):
        canvas.setFillColor(colors.HexColor(colour))
        canvas.rect(x, height - 9, 8, 8, stroke=0, fill=1)
        canvas.setFillColor(colors.black)
        canvas.drawString(x + 12, height - 8, year)


def _paint_hydrograph(canvas: Canvas, width: float, height: float) -> None:
    """Stage at Marrec, hour by hour, 18 October 12:00 to 20 October 0:00, with the threshold in force."""
    left, bottom, top = 40, 30, height - 10
    stages = [0.92, 0.94, 0.97, 1.01, 1.08, 1.16, 1.27, 1.4, 1.56, 1.74, 1.96, 2.2, 2.44, 2.69, 2.94, 3.18, 3.5, 3.72]
    stages += [3.64, 3.47, 3.3, 3.12, 2.95, 2.79, 2.64, 2.5, 2.37, 2.25, 2.14, 2.04, 1.95, 1.87, 1.8, 1.74, 1.68, 1.63]
    scale, step = (top - bottom) / 4, (width - left) / (len(stages) - 1)
    canvas.setFont("Vera", 7)
    canvas.setLineWidth(0.5)
    canvas.line(left, bottom, width, bottom)
    canvas.line(left, bottom, left, top)
    for value in range(5):
        canvas.drawRightString(left - 5, bottom + value * scale - 2.5, f"{value} m")
    for i in range(0, len(stages), 6):
        hour = (12 + i) % 24
        canvas.drawCentredString(left + i * step, bottom - 11, f"{hour} h")
    canvas.setDash(3, 2)
    canvas.line(left, bottom + 2.4 * scale, width, bottom + 2.4 * scale)
    canvas.drawRightString(width, bottom + 2.4 * scale + 3, "seuil d’alerte : 2,40 m")
    canvas.setDash()
    canvas.setLineWidth(1.3)
    canvas.setStrokeColor(colors.HexColor("#17405c"))
    curve = canvas.beginPath()
    curve.moveTo(left, bottom + stages[0] * scale)
    for i, stage in enumerate(stages[1:], start=1):
        curve.lineTo(left + i * step, bottom + stage * scale)
    canvas.drawPath(curve)


def _draw_head(canvas: Canvas, document: Report) -> None:
    width, height = A4
    canvas.saveState()
    canvas.setFont("Vera", 8)
    canvas.setFillColor(colors.HexColor("#555555"))
    canvas.drawString(68, height - 42, "Syndicat mixte de la Tressaune")
    canvas.drawRightString(width - 68, height - 42, "Rapport annuel 2023 du réseau de mesure")
    canvas.setLineWidth(0.4)
    canvas.line(68, height - 48, width - 68, height - 48)
    canvas.restoreState()


def _draw_foot(canvas: Canvas, document: Report) -> None:
    """Draw the footnotes gathered on this page, then its number."""
    width = A4[0] - 136
    made = [Paragraph(note, document.note_style) for note in document.notes]
    heights = [note.wrap(width, 100)[1] for note in made]
    y = 52 + sum(heights)
    if made:
        canvas.setLineWidth(0.4)
        canvas.line(68, y + 4, 180, y + 4)
    for note, tall in zip(made, heights, strict=True):
        y -= tall
        note.drawOn(canvas, 68, y)
    document.notes.clear()
    canvas.saveState()
    canvas.setFont("Vera", 8)
    canvas.setFillColor(colors.HexColor("#555555"))
    canvas.drawCentredString(A4[0] / 2, 32, f"Page {document.page}")
    canvas.restoreState()


def _story(styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    contents = Contents()
    contents.levelStyles = [
        ParagraphStyle("contents1", fontName="Vera-Bold", fontSize=9, leading=12, spaceBefore=2),
        ParagraphStyle("contents2", fontName="Vera", fontSize=8.5, leading=10, leftIndent=14),
    ]
    story: list[Flowable] = [
        Spacer(1, 150),
        Paragraph("Réseau de mesure de la Tressaune", styles["title"]),
        Spacer(1, 12),
        Paragraph("Rapport annuel 2023", styles["title"]),
        Spacer(1, 60),
        Paragraph("Syndicat mixte de la Tressaune, Pontelle", styles["cover"]),
        Paragraph("Rapport établi par Solène Marchadier, directrice technique", styles["cover"]),
        Paragraph("Approuvé par le comité syndical le 30 janvier 2024", styles["cover"]),
        PageBreak(),
        Paragraph("Sommaire", ParagraphStyle("contents", styles["h1"])),
        contents,
    ]
    inserts: dict[str, list[Flowable]] = {
        name: [
            Paragraph(french(caption), styles["caption"]),
            table([[french(cell) for cell in row] for row in rows], widths, styles["cell"], styles["head"], ruled=True),
            Spacer(1, 10),
        ]
        for name, (caption, widths, rows) in TABLES.items()
    }
    painters = {"flow": (_paint_flow, 190.0), "hydrograph": (_paint_hydrograph, 170.0)}
    for name, (painter, height) in painters.items():
        caption = Paragraph(french(FIGURE_CAPTIONS[name]), styles["caption"])
        inserts[name] = [Drawing(440, height, painter), caption, Spacer(1, 8)]
    caption, widths, rows = ANNEX_STATIONS
    stations = table(rows, widths, styles["cell"], styles["head"], ruled=True, repeat_header=True)
    noted = 0
    for kind, text in blocks(CHAPTERS):
        if kind == "h1":
            story.append(PageBreak())
        if kind == "insert" and text == "stations":
            story += [Paragraph(french(caption), styles["caption"]), stations, Spacer(1, 10)]
        elif kind == "insert":
            story.append(KeepTogether(inserts[text]))
        elif kind == "item":
            story.append(Paragraph(french(text), styles["item"], bulletText="–"))
        elif kind == "paragraph" and "[^" in text:
            notes = []
            for note in re.findall(r"\[\^(.*?)\]", text):
                noted += 1
                notes.append(f"<super>{noted}</super> {french(note)}")
                text = text.replace(f"[^{note}]", f'<super size="7">{noted}</super>', 1)
            story.append(Noted(french(text), styles["paragraph"], notes))
        else:
            story.append(Paragraph(french(text), styles[kind]))
    return story


def write(path: Path) -> None:
    """Typeset the report into path; two passes, since the contents come before what they list."""
    styles = _styles()
    document = Report(
        str(path),
        pagesize=A4,
        title="Réseau de mesure de la Tressaune : rapport annuel 2023",
        author="Solène Marchadier",
        subject="Hydrométrie",
        lang="fr",
        invariant=1,
    )
    document.note_style = styles["note"]
    width, height = A4
    # Room for two footnotes is kept free at the foot of every page: the frame need not know what it will hold.
    frame = Frame(68, 98, width - 136, height - 98 - 66, 0, 0, 0, 0, id="body")
    document.addPageTemplates([PageTemplate("page", [frame], onPage=_draw_head, onPageEnd=_draw_foot)])
    document.multiBuild(_story(styles))
