"""Presentations: each slide with its title, text, tables, charts and notes, cited as `slide 3`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml import parse_xml

from ragcli.reading.archive import damage_told, open_archive
from ragcli.reading.language import iso639
from ragcli.reading.pptx_text import A, said
from ragcli.reading.text import in_each_row, meant, paragraph, table, with_figures
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
FURNITURE = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER)
BODY = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)
LINE = 250_000  # EMU, 0.7 cm: shapes whose tops are closer stand beside each other
MOST_POINTS = 500  # of a chart

Part = Block | None  # None stands for a picture


def read_pptx(path: Path, settings: Reading) -> Document:
    """Read a presentation: hidden slides and speaker's notes too, no footers, dates and slide numbers."""
    open_archive(path, "a presentation").close()
    with damage_told(path, "presentation", "PowerPoint"):
        presentation = pptx.Presentation(str(path))
        slides = [_slide(slide, number) for number, slide in enumerate(presentation.slides, start=1)]
        facts = presentation.core_properties
        title, author = paragraph(facts.title), paragraph(facts.author)
        date = facts.created.date().isoformat() if facts.created else None
        language = iso639(facts.language)
    if title in ("PowerPoint Presentation", "Présentation PowerPoint"):  # what the program calls them all
        title = ""
    headings = (block.text for page in slides for block in page.blocks if block.kind == "heading")
    return Document(
        "pptx",
        tuple(slides),
        title=title or next(headings, None),
        author=author or None,
        date=date,
        language=language,
    )


def _slide(slide: Any, number: int) -> Page:
    _choose(slide.shapes._spTree)
    parts = with_figures(list(_shapes(slide.shapes)))
    blocks = [part for part in parts if part]
    # The title first, wherever it stands.
    blocks.sort(key=lambda block: block.kind != "heading")
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        blocks += [Block(text) for line in frame.paragraphs if (text := said(line._p).text)]
    return Page(None, tuple(blocks), f"slide {number}", images=parts.count(None))


def _choose(tree: Any) -> None:
    """Put what newer programs show in place of each choice by program: python-pptx looks into none, and a box with a
    formula is one."""
    for choice in list(tree.iter(f"{COMPATIBLE}AlternateContent")):
        first = next(iter(choice), ())
        for node in list(first):
            choice.addprevious(node)
        choice.getparent().remove(choice)


def _shapes(shapes: Iterable[Any]) -> Iterator[Part]:
    """The content of shapes as they are read: from the top down, beside each other from left to right."""
    for shape in sorted(shapes, key=lambda shape: ((shape.top or 0) // LINE, shape.left or 0)):
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if kind in FURNITURE:
            continue
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _shapes(shape.shapes)
        elif shape.has_chart:
            yield from _chart(shape.chart)
        elif shape.has_table:
            if text := table(_grid(shape.table)):
                yield Block(text, "table")
        elif shape.has_text_frame:
            yield from _text(shape.text_frame, kind)
        elif hasattr(shape, "image"):
            yield None
            if said := meant(shape._element._nvXxPr.cNvPr.get("descr", "")):
                yield Block(said, "caption")
        else:
            yield from _diagram(shape)


def _grid(shown: Any) -> list[list[str]]:
    """The texts of a table; a cell that spans rows speaks in each of them."""
    grid = [["" if cell.is_spanned else _cell(cell) for cell in row.cells] for row in shown.rows]
    for at, row in enumerate(shown.rows):
        for column, cell in enumerate(row.cells):
            if cell.is_merge_origin:
                for below in range(at + 1, min(at + cell.span_height, len(grid))):
                    grid[below][column] = in_each_row(_cell(cell))
    return grid


def _cell(cell: Any) -> str:
    return "\n".join(said(line._p).text for line in cell.text_frame.paragraphs)


def _text(frame: Any, placeholder: Any) -> Iterator[Block]:
    lines = [(line.level, read) for line in frame.paragraphs if (read := said(line._p)).text]
    if placeholder in TITLES and lines:
        yield Block(" ".join(read.text for _, read in lines), "heading", level=1)
    elif placeholder in BODY and len(lines) > 1:
        yield Block("\n".join(f"{'  ' * level}- {read.text}" for level, read in lines), "list")
    else:
        for _, read in lines:
            if read.formula:
                yield Block(read.formula.letters, "equation", latex=read.formula.latex, label=read.formula.label)
            else:
                yield Block(read.text)


def _chart(chart: Any) -> Iterator[Block]:
    """A chart's title, and its numbers as a table: categories down, series across."""
    if chart.has_title and (title := paragraph(chart.chart_title.text_frame.text)):
        yield Block(title, "caption")
    plots = list(chart.plots)
    series = [one for plot in plots for one in plot.series][:20]
    if not series:
        return
    names = [str(label) for label in plots[0].categories][:MOST_POINTS]
    columns = [[_number(value) for value in one.values][:MOST_POINTS] for one in series]
    length = max(len(names), *map(len, columns))
    rows = [
        [names[at] if at < len(names) else "", *(column[at] if at < len(column) else "" for column in columns)]
        for at in range(length)
    ]
    if text := table([["", *(one.name for one in series)], *rows]):
        yield Block(text, "table")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _diagram(shape: Any) -> Iterator[Block]:
    """The texts of a diagram (SmartArt), which stand in a part of their own."""
    for node in shape._element.iter(f"{{{DIAGRAM}}}relIds"):
        part = shape.part.related_part(node.get(RELATION))
        for line in parse_xml(part.blob).iter(f"{A}p"):
            if text := said(line).text:
                yield Block(text)
