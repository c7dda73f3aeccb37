"""Word files: paragraphs, headings, lists, tables, text boxes and notes in their order, cut into sections."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import IO, Any, NamedTuple

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from ragcli.counted import counted
from ragcli.reading.archive import damage_told, open_archive
from ragcli.reading.equations.markup import LABEL, Formula, formula, from_lxml
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.office.charts import C, chart_blocks
from ragcli.reading.office.docx_beside import comments_of, notes_of
from ragcli.reading.office.docx_lists import Lists
from ragcli.reading.office.docx_looks import Looks, large_title, looks_of, with_bold_headings
from ragcli.reading.office.docx_styles import Style, W, outline_level, styles_of, value_at
from ragcli.reading.office.ooxml import COMPATIBLE, read_mended
from ragcli.reading.office.pptx_text import DIAGRAM, DIAGRAM_DATA, diagram_texts
from ragcli.reading.stated import stated
from ragcli.reading.tables.beside import below_each_other
from ragcli.reading.tables.cells import Cell, Look
from ragcli.reading.tables.grid import head_rows, spread_out, without_title
from ragcli.reading.text import first_heading, flat, lines, paragraph, sections, superscript, table, told_of_struck
from ragcli.records import Block, Document
from ragcli.settings import Reading

IMAGES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
LARGE = 560 * 792 * 12_700**2 // 6  # EMU²: a sixth of a page, from which on a picture may be of text
FEW = 150  # characters beside each, below which there is hardly any other text
CHART = f"{C}chart"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CONTAINERS = {W + name for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag")}
NOT_READ = {W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "rubyPr", "rt")}
SPACES = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|p\.|[-–—|])?\s*\d*\s*(?:(?:/|of|sur|de|von|\|)\s*\d*)?\s*[-–—|]?", re.IGNORECASE
)
NO_LIST = "0"  # the numbering that takes a paragraph out of its style's list
WIDEST = 64  # columns that one cell may span
DEEPEST = 40  # tables within tables, of which only the text is taken


def read_docx(path: Path, settings: Reading) -> Document:
    """Read a Word file, without comments, hidden text, what is struck out, and what tracked changes deleted.

    What its headers and footers say and the text does not (a letterhead, a reference) stands once, at the beginning.
    """
    open_archive(path, "a Word file").close()
    with damage_told(path, "Word file", "Word"):
        read, repaired = read_mended(path, _read)
    return replace(read, warnings=(*repaired, *read.warnings))


def _read(file: IO[bytes]) -> Document:
    with zipfile.ZipFile(file) as archive:
        facts = stated(archive)
    document = docx.Document(file)
    reader = _Reader(document)
    said = list(reader.blocks(document.element.body))
    title = facts.title or large_title(said, reader.looks, reader.looks_of_styles.usual)
    parts = with_bold_headings(said, reader.looks)
    parts = [*reader.furniture(document, parts), *parts]
    comments = comments_of(document)
    struck = sum(_is_struck(run) for run in document.element.body.iter(W + "r") if run.find(W + "t") is not None)
    large = sum(map(_is_large, document.element.body.iter(*IMAGES)))
    is_pictured = sum(len(part.text) for part in parts if part) < FEW * large
    return Document(
        "docx",
        sections(parts),
        title=title or first_heading(filter(None, parts)),
        author=facts.author,
        date=facts.date,
        language=facts.language,
        warnings=(
            *(("an embedded document in another format was not read",) if reader.has_foreign_part else ()),
            *((f"{counted(comments, 'comment')} left out",) if comments else ()),
            *told_of_struck(struck),
            *((f"not read: {counted(large, 'large picture')}, with hardly any text beside",) if is_pictured else ()),
        ),
    )


class _Reader:
    """The walk through one document: its styles, and how far its lists have counted."""

    def __init__(self, document: Any) -> None:
        self.styles = styles_of(document)
        self.lists = Lists(document)
        self.looks_of_styles = looks_of(document)
        self.looks: list[tuple[Block, Looks]] = []  # of the headings, and of the paragraphs that are just text
        self.notes = dict(notes_of(document))
        self.parts = document.part.related_parts
        self.has_foreign_part = False
        self.depth = 0

    def blocks(self, container: Any) -> Iterator[Block | None]:
        """Yield the blocks of a body, cell, note or text box; None for an image. Items of a list become one block."""
        waiting: list[Block] = []  # items or lines of code, that go on
        for block in self._single_blocks(container):
            if waiting and (block is None or block.kind != waiting[0].kind):
                yield _merged(waiting)
                waiting = []
            if block is not None and block.kind in ("list", "code"):
                waiting.append(block)
            else:
                yield block
        if waiting:
            yield _merged(waiting)

    def furniture(self, document: Any, parts: Iterable[Block | None]) -> Iterator[Block]:
        """Yield what headers and footers say, each text once, but for page numbers and what the text says too."""
        said = _squashed("".join(part.text for part in parts if part))
        kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        found = [relation for relation in document.part.rels.values() if relation.reltype in kinds]
        for relation in sorted(found, key=lambda each: kinds.index(each.reltype)):
            for block in self.blocks(relation.target_part.element):
                if block is None or PAGE_NUMBER.fullmatch(block.text) or _squashed(block.text) in said:
                    continue
                said += _squashed(block.text)
                yield replace(block, kind="text", level=0) if block.kind == "heading" else block

    def _single_blocks(self, container: Any) -> Iterator[Block | None]:
        self.depth += 1
        for node in container:
            if node.tag == W + "p":
                yield from self._paragraph(node)
            elif node.tag == W + "tbl":
                yield from self._table(node)
            elif node.tag == W + "sdt":
                gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                if gallery is None or gallery.get(W + "val") != "Table of Contents":
                    yield from self._single_blocks(node.findall(W + "sdtContent"))
            elif node.tag in CONTAINERS:
                yield from self._single_blocks(node)
            elif node.tag == W + "altChunk":
                self.has_foreign_part = True
        self.depth -= 1

    def _paragraph(self, node: Any) -> Iterator[Block | None]:
        found = _Found([], [], [], [], [], [])
        _collect(node, found)
        style = self.styles.get(value_at(node, f"{W}pPr/{W}pStyle") or "", self.styles.get("", Style()))
        if style.kind == "text" and (level := outline_level(node)):
            style = Style("heading", level)
        raw = "".join(found.texts)
        text = paragraph(raw)
        if style.is_contents:
            text = ""
        if text and style.kind == "code":
            yield Block(lines(raw), "code")
        elif text and style.kind != "text":
            marker = self._marker(node, style) if style.kind == "heading" else ""
            yield self._seen(node, Block(f"{marker}{text}", style.kind, level=style.level))
        elif text and (equation := _display(found)):
            yield equation
        elif text:
            marker = self._marker(node, style)
            yield self._seen(node, Block(f"{marker}{text}", "list" if marker else "text"))
        yield from [None] * len(found.pictures)
        for drawing in found.drawings:
            yield from self._drawing(drawing)
        for box in found.boxes:
            yield from self.blocks(box)
        for note in found.notes:
            if note in self.notes and (said := self._text(self.notes[note])):
                yield Block(said, "footnote")

    def _seen(self, node: Any, block: Block) -> Block:
        if block.kind in ("heading", "text") and (looks := self.looks_of_styles.of(node)):
            self.looks.append((block, looks))
        return block

    def _drawing(self, node: Any) -> Iterator[Block]:
        """A chart by its numbers, a diagram by its texts: each stands in a part of its own."""
        is_chart = node.tag == CHART
        part = self.parts.get(node.get(RELATION if is_chart else DIAGRAM_DATA))
        if part is not None:
            data = parse_xml(part.blob)
            yield from chart_blocks(data) if is_chart else map(Block, diagram_texts(data))

    def _marker(self, node: Any, style: Style) -> str:
        """The mark of a list item or of a numbered heading, indented by its depth; "" when the paragraph has none."""
        own = node.find(f"{W}pPr/{W}numPr")
        numbering = (value_at(own, W + "numId") if own is not None else None) or style.numbering
        if not numbering or numbering == NO_LIST:
            return ""
        level = value_at(own, W + "ilvl") if own is not None else None
        depth = min(int(level), 8) if level and level.isdecimal() else style.depth
        indent = "" if style.kind == "heading" else "  " * depth
        mark = self.lists.mark(numbering, depth)
        return f"{indent}{mark} " if mark else ""

    def _table(self, node: Any) -> Iterator[Block | None]:
        rows = [list(_below(row, W + "tc")) for row in _below(node, W + "tr")]
        if max(map(len, rows), default=0) < 2 or self.depth > DEEPEST or _lays_out(rows):  # a frame around text
            for row in rows:
                for cell in row:
                    if self.depth > DEEPEST:
                        yield Block(paragraph(" ".join(cell.itertext())))
                    else:
                        yield from self._single_blocks(cell)
            return
        heads_are_set, labels_are_set = self.looks_of_styles.set_apart(node)
        cells: list[Cell] = []
        others: list[Block | None] = []
        reached: dict[int, int] = {}  # by column the cell that may go on in the row below
        for at, row in enumerate(_below(node, W + "tr")):
            column = _number(row, f"{W}trPr/{W}gridBefore")
            above, reached = reached, {}
            for each in rows[at]:
                across = max(_number(each, f"{W}tcPr/{W}gridSpan"), 1)
                merged = each.find(f"{W}tcPr/{W}vMerge")
                blocks = list(self.blocks(each))
                others += [block for block in blocks if block is None or block.kind == "footnote"]
                if merged is not None and merged.get(W + "val") != "restart" and column in above:
                    reached[column] = above[column]
                    cells[above[column]] = replace(cells[above[column]], rows=at - cells[above[column]].row + 1)
                else:
                    reached[column] = len(cells)
                    said = paragraph(" ".join(flat(block) for block in blocks if block and block.kind != "footnote"))
                    look: Look = (self.looks_of_styles.of_cell(each), labels_are_set and not column)
                    look = "head" if heads_are_set and not at else look
                    cells.append(Cell(at, column, 1, across, said, look=look))
                column += across
        flags = (_is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in _below(node, W + "tr"))
        title, cells = without_title(cells)
        if title:
            yield Block(title, "caption")
        heads = max(sum(takewhile(bool, flags)) - bool(title), head_rows(cells))
        if text := table(spread_out(below_each_other(cells, heads), heads), heads):
            yield Block(text, "table")
        yield from others

    def _text(self, container: Any) -> str:
        return paragraph(" ".join(block.text for block in self.blocks(container) if block))


def _lays_out(rows: Iterable[Iterable[Any]]) -> bool:
    """Whether a table holds tables beside each other, rather than words."""
    full = [cell for row in rows for cell in row if cell.find(f".//{W}t") is not None]
    return 2 * sum(cell.find(W + "tbl") is not None for cell in full) > len(full)


def _merged(blocks: list[Block]) -> Block:
    """List items or lines of code as one block. A list that begins deeper loses that indentation."""
    text = "\n".join(block.text for block in blocks)
    return Block(text if blocks[0].kind == "code" else text.lstrip(" "), blocks[0].kind)


# ---- paragraphs


class _Found(NamedTuple):
    """What is in a paragraph."""

    texts: list[str]
    boxes: list[Any]  # text boxes that are anchored in it
    notes: list[tuple[str, str]]  # the kind and the number of each note that it refers to
    pictures: list[Any]
    formulas: list[Formula]
    drawings: list[Any]  # charts and diagrams


def _display(found: _Found) -> Block | None:
    """The formula that a paragraph consists of, but for its number; None when there are words too, or several."""
    if len(found.formulas) != 1:
        return None
    (formula,) = found.formulas
    rest = paragraph("".join(found.texts)).replace(_inline(formula), "", 1).strip()
    number = LABEL.fullmatch(rest)
    if rest and not number:
        return None
    label = formula.label or (number[1] if number else "")
    return Block(formula.letters, "equation", latex=formula.latex, label=label)


def _inline(formula: Formula) -> str:
    return paragraph(formula.latex or formula.letters)


def _collect(node: Any, found: _Found) -> None:
    for child in node:
        tag = child.tag
        if tag in NOT_READ or not isinstance(tag, str):
            continue
        if tag == W + "t":
            found.texts.append(child.text or "")
        elif tag == MATH + "oMath":
            read = formula(from_lxml(child))
            goes_on = bool(found.formulas and found.texts) and found.texts[-1] == _inline(found.formulas[-1])
            found.formulas.append(read)
            found.texts.extend([" "] * goes_on + [_inline(read)])  # Word shows several below each other
        elif tag == W + "sym":
            found.texts.append(_sign(child))
        elif tag in SPACES:
            found.texts.append(SPACES[tag])
        elif tag == W + "ffData":
            found.texts.append(_chosen(child))
        elif tag == W + "r":
            _run(child, found)
        elif tag == W + "txbxContent":
            found.boxes.append(child)
        elif tag == COMPATIBLE + "AlternateContent":  # the same content for newer and for older programs
            first = next(iter(child), None)
            if first is not None:
                _collect(first, found)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            found.notes.append((tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id")))
        elif tag in IMAGES:
            found.pictures.append(child)
        elif tag in (CHART, DIAGRAM):
            found.drawings.append(child)
        else:
            _collect(child, found)


def _run(run: Any, found: _Found) -> None:
    if _is_on(run.find(f"{W}rPr/{W}vanish")) or _is_struck(run):
        return
    fonts = run.find(f"{W}rPr/{W}rFonts")
    signs = signs_of(fonts.get(W + "ascii") or "") if fonts is not None else None
    is_raised = value_at(run, f"{W}rPr/{W}vertAlign") == "superscript"
    if not signs and not is_raised:
        _collect(run, found)
        return
    apart = found._replace(texts=[])
    _collect(run, apart)
    text = "".join(apart.texts)
    text = spelt_out(text, signs) if signs else text
    found.texts.append(superscript(text) if is_raised else text)


def _is_struck(run: Any) -> bool:
    return _is_on(run.find(f"{W}rPr/{W}strike")) or _is_on(run.find(f"{W}rPr/{W}dstrike"))


def _is_large(picture: Any) -> bool:
    """Whether a picture covers much of a page, by the frame that it is drawn in."""
    frame = next(picture.iterancestors(f"{DRAWN}inline", f"{DRAWN}anchor"), None)
    extent = frame.find(f"{DRAWN}extent") if frame is not None else None
    if extent is None:
        return False
    sides = [extent.get(side, "").partition(".")[0] for side in ("cx", "cy")]  # some programs write fractions
    return all(map(str.isdecimal, sides)) and int(sides[0]) * int(sides[1]) > LARGE


def _chosen(field: Any) -> str:
    """What stands in a field of a form that Word draws itself: a box, ticked or not, or a choice of a list."""
    box, choices = field.find(W + "checkBox"), field.find(W + "ddList")
    if box is not None:
        state = box.find(W + "checked")
        return "☒" if _is_on(box.find(W + "default") if state is None else state) else "☐"
    if choices is None:
        return ""
    chosen = _number(choices, W + "result") or _number(choices, W + "default")
    return dict(enumerate(entry.get(W + "val") for entry in choices.iter(W + "listEntry"))).get(chosen) or ""


def _sign(node: Any) -> str:
    """A sign by its number in a font; in a font of letters it stands in Unicode there."""
    number = node.get(W + "char") or ""
    letter = chr(int(number, 16)) if re.fullmatch("[0-9A-Fa-f]{2,4}", number) else ""
    signs = signs_of(node.get(W + "font") or "")
    return spelt_out(letter, signs) if signs else letter


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(W + "val") not in ("0", "false", "off")


def _below(node: Any, tag: str) -> Iterator[Any]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in CONTAINERS or child.tag == W + "sdt":
            yield from _below(child, tag)


def _number(node: Any, path: str) -> int:
    """A count of columns, 0 where there is none; of an attack, no more than a table may have."""
    value = value_at(node, path) or ""
    return min(int(value), WIDEST) if value.isdecimal() and len(value) < 6 else 0


def _squashed(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
