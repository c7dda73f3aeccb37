"""Presentations: each slide with its title, text, tables, charts and notes, cited as `slide 3`."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import IO, Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.shapes.connector import Connector
from pptx.shapes.group import GroupShape
from pptx.shapes.picture import Picture
from pptx.slide import Slides

from ragcli.counted import counted
from ragcli.reading.archive import damage_told, open_archive
from ragcli.reading.office.charts import chart_blocks
from ragcli.reading.office.ooxml import COMPATIBLE, comments, read_mended
from ragcli.reading.office.pptx_text import DIAGRAM, DIAGRAM_DATA, A, Bullets, diagram_texts, said, struck_texts
from ragcli.reading.stated import stated
from ragcli.reading.tables.beside import below_each_other
from ragcli.reading.tables.cells import Cell, Look
from ragcli.reading.tables.grid import head_rows, spread_out, without_title
from ragcli.reading.text import meant, paragraph, table, told_of_struck, with_figures
from ragcli.records import Block, Document, Page
from ragcli.settings import Reading

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
FURNITURE = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER)
BODY = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)
LINE = 250_000  # EMU, 0.7 cm: shapes whose tops are closer stand beside each other
WIDE = 0.6  # share of the width of all shapes, from which on one parts what is above it from what is below
ALIKE = 0.5  # width of a column, as a share of the widest: what is narrower holds the labels of what is beside it
LARGE = 0.25  # of the slide, from which on a picture may be of text
FEW = 150  # characters: a title and a footer, of a slide whose picture says the rest

Part = Block | None  # None stands for a picture


def read_pptx(path: Path, settings: Reading) -> Document:
    """Read a presentation: hidden slides and speaker's notes too, no footers, dates and slide numbers."""
    open_archive(path, "a presentation").close()
    with damage_told(path, "presentation", "PowerPoint"):
        read, repaired = read_mended(path, _read)
    return replace(read, warnings=(*repaired, *read.warnings))


def slides_of(presentation: Any) -> Any:
    """The slides, each looked for when it is asked for: `presentation.slides` gives none where one is missing."""
    return Slides(presentation._element.get_or_add_sldIdLst(), presentation)


def _read(file: IO[bytes]) -> Document:
    with zipfile.ZipFile(file) as archive:
        said_beside, facts = comments(archive), stated(archive)
    presentation = pptx.Presentation(file)
    found = slides_of(presentation)
    slides = [_told(found, number) for number in range(1, len(found) + 1)]
    large = LARGE * (presentation.slide_width or 0) * (presentation.slide_height or 0)
    pictured = [
        str(number)
        for number, page in enumerate(slides, start=1)
        if page.images and page.characters < FEW and any(_area(shape) > large for shape in found[number - 1].shapes)
    ]
    headings = (block.text for page in slides for block in page.blocks if block.kind == "heading")
    warnings = [f"{counted(said_beside, 'comment')} left out"] if said_beside else []
    warnings += told_of_struck(
        sum(struck_texts(found[at].element) for at, page in enumerate(slides) if not page.problem)
    )
    if pictured:
        few = f"{counted(len(pictured), 'slide')} with hardly any text beside a large picture"
        warnings.append(f"{few}, which is not read: {', '.join(pictured)}")
    return Document(
        "pptx",
        tuple(slides),
        title=facts.title or next(headings, None),
        author=facts.author,
        date=facts.date,
        language=facts.language,
        warnings=tuple(warnings),
    )


def _told(slides: Any, number: int) -> Page:
    """A slide; one that the library fails on, in whatever way, costs itself alone."""
    try:
        return _slide(slides[number - 1], number)
    except MemoryError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())
        return Page(None, (), f"slide {number}", problem=f"it is damaged ({reason}): save it again in PowerPoint")


def _slide(slide: Any, number: int) -> Page:
    _choose(slide.shapes._spTree)
    parts = with_figures(list(_shapes(slide.shapes)))
    blocks = [part for part in parts if part]
    # The title first, wherever it stands.
    blocks.sort(key=lambda block: block.kind != "heading")
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        blocks += [Block(text) for line in frame.paragraphs if (text := said(line._p).text)]
    return Page(None, tuple(blocks), f"slide {number}", images=parts.count(None))


def _area(shape: Any) -> int:
    """Of a picture, 0 of other shapes."""
    return (shape.width or 0) * (shape.height or 0) if isinstance(shape, Picture) else 0


def _choose(tree: Any) -> None:
    """Put what newer programs show in place of each choice by program: python-pptx looks into none, and a box with a
    formula is one. Strokes of a pen have no place that it knows: there it is their picture, for older programs."""
    for choice in list(tree.iter(f"{COMPATIBLE}AlternateContent")):
        for node in list(next((one for one in choice if not any(map(_is_ink, one))), ())):
            choice.addprevious(node)
        choice.getparent().remove(choice)
    for node in filter(_is_ink, list(tree.iter())):
        node.getparent().remove(node)


def _is_ink(node: Any) -> bool:
    return isinstance(node.tag, str) and node.tag.endswith("}contentPart")


def _shapes(shapes: Iterable[Any]) -> Iterator[Part]:
    """The content of shapes as they are read."""
    for shape in _as_read(filter(_says, shapes)):
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if isinstance(shape, GroupShape):
            yield from _shapes(shape.shapes)
        elif shape.has_chart:
            yield from chart_blocks(shape.chart._chartSpace)
        elif shape.has_table:
            yield from _table(shape.table)
        elif shape.has_text_frame:
            yield from _text(shape.text_frame, kind)
        elif isinstance(shape, Picture):
            yield None
            if said := meant(shape._element._nvXxPr.cNvPr.get("descr", "")):
                yield Block(said, "caption")
        else:
            yield from _diagram(shape)


def _says(shape: Any) -> bool:
    """Whether a shape may say something: a frame without text and a line only stand between those that do."""
    if shape.is_placeholder and shape.placeholder_format.type in FURNITURE:
        return False
    if shape.has_text_frame:
        return any(node.text for node in shape._element.iter("{*}t"))
    return not isinstance(shape, Connector)


def _as_read(shapes: Iterable[Any]) -> Iterator[Any]:
    """From the top down, beside each other from left to right; but columns, with heads of their own, one by one."""
    down = sorted(shapes, key=lambda shape: ((shape.top or 0) // LINE, shape.left or 0))
    left, right = min(map(_left, down), default=0), max(map(_right, down), default=0)
    for is_wide, band in groupby(down, key=lambda shape: _right(shape) - _left(shape) > WIDE * (right - left)):
        between = list(band)
        columns = [] if is_wide else _columns(between)
        yield from (shape for column in columns for shape in column) if columns else between


def _columns(shapes: list[Any]) -> list[list[Any]]:
    """The shapes by column, where two or more of them hold several shapes and all are about as wide; else none."""
    columns: list[list[Any]] = []
    reached = 0
    for shape in sorted(shapes, key=_left):
        if not columns or _left(shape) > reached - LINE // 2:
            columns.append([])
        columns[-1].append(shape)
        reached = max(reached, _right(shape))
    widths = [max(map(_right, column)) - min(map(_left, column)) for column in columns]
    if sum(len(column) > 1 for column in columns) < 2 or min(widths) < ALIKE * max(widths):
        return []
    return [[shape for shape in shapes if shape in column] for column in columns]


def _left(shape: Any) -> int:
    return shape.left or 0


def _right(shape: Any) -> int:
    return (shape.left or 0) + (shape.width or 0)


def _table(shown: Any) -> Iterator[Block]:
    cells = [
        Cell(at, column, cell.span_height, cell.span_width, paragraph(_cell(cell)), look=_look(shown, cell, at, column))
        for at, row in enumerate(shown.rows)
        for column, cell in enumerate(row.cells)
        if not cell.is_spanned
    ]
    title, cells = without_title(cells)
    if title:
        yield Block(title, "caption")
    heads = head_rows(cells)
    if text := table(spread_out(below_each_other(cells, heads), heads), heads):
        yield Block(text, "table")


def _look(shown: Any, cell: Any, row: int, column: int) -> Look:
    """Bold, filled, or of the first row or column, which the look of the table sets apart."""
    if shown.first_row and not row:
        return "head"
    runs = [run for line in cell.text_frame.paragraphs for run in line.runs if run.text.strip()]
    is_bold = bool(runs) and all(run.font.bold for run in runs)
    return is_bold, cell._tc.find(f"{A}tcPr/{A}solidFill") is not None, shown.first_col and not column


def _cell(cell: Any) -> str:
    return "\n".join(said(line._p).text for line in cell.text_frame.paragraphs)


def _text(frame: Any, placeholder: Any) -> Iterator[Block]:
    bullets = Bullets()
    lines = [
        (line.level, bullets.before(line._p, line.level), read)
        for line in frame.paragraphs
        if (read := said(line._p)).text
    ]
    if placeholder in TITLES and lines:
        yield Block(" ".join(read.text for *_, read in lines), "heading", level=1)
        return
    is_list = placeholder in BODY and len(lines) > 1
    for has_bullets, run in groupby(lines, key=lambda line: is_list or bool(line[1])):
        if has_bullets:
            yield Block("\n".join(f"{'  ' * level}{bullet or '-'} {read.text}" for level, bullet, read in run), "list")
            continue
        for *_, read in run:
            if read.formula:
                yield Block(read.formula.letters, "equation", latex=read.formula.latex, label=read.formula.label)
            else:
                yield Block(read.text)


def _diagram(shape: Any) -> Iterator[Block]:
    for node in shape._element.iter(DIAGRAM):
        part = shape.part.related_part(node.get(DIAGRAM_DATA))
        yield from map(Block, diagram_texts(parse_xml(part.blob)))
