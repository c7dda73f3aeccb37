"""Elements of HTML and XHTML to blocks: web pages, Markdown and the chapters of EPUB all come through here."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ragcli.reading.equations.markup import Element, formula
from ragcli.reading.markup.html_fields import FIELDS, what_is_set
from ragcli.reading.markup.html_looks import look_of
from ragcli.reading.markup.svg_text import drawn_text
from ragcli.reading.normalise import raised
from ragcli.reading.tables.beside import below_each_other
from ragcli.reading.tables.cells import Cell
from ragcli.reading.tables.grid import MOST_HEADS, head_rows, spread_out, without_title
from ragcli.reading.text import flat, lines, paragraph, superscript, table
from ragcli.records import Block, BlockKind

Parts = list[Block | None]  # in reading order; None stands for an image
NEVER = frozenset((
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "canvas", "audio",
    "video", "select", "option", "button", "input", "textarea", "datalist", "dialog", "rt", "rp", "-comment", "-doctype",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dt",
    "fieldset", "footer", "form", "header", "hgroup", "hr", "html", "li", "main", "nav", "p", "search", "section",
    "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
))  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
NOTE = re.compile(r"\b(?:doc-)?(?:footnote|endnote|rearnote)s?\b")
DEEPEST = 150  # elements within elements, of which only the text is taken: nobody's page, but somebody's attack
WIDEST = 64  # columns of a table that one cell may span
LONGEST_CELL = 500  # characters of a cell with a table within, that is no part of a page's layout
FEWEST_ENTRIES = 3  # of a table of contents
BREAK = "\v"  # a <br>; a newline in the source is just a space
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|avif|tiff?|bmp)$", re.IGNORECASE)  # a link to the picture itself
EMPTY_TAG = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip


def parse(source: str, is_xml: bool = False) -> LexborHTMLParser:
    """Parse a page. XHTML is made HTML first, in which `<title/>` is no end, and swallows the page."""
    if is_xml:
        source = CDATA.sub(lambda found: html.escape(found[1]), source)
        source = EMPTY_TAG.sub(_closed, source)
    return LexborHTMLParser(source)


def _closed(tag: re.Match[str]) -> str:
    return tag[0] if tag[1].lower() in VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>"


def parts_of(node: LexborNode, depth: int = 0, kind: BlockKind = "text") -> Parts:
    """Return the blocks and the images below a node. Tables and lists become Markdown."""
    flow = _Flow(depth, kind)
    flow.enter(node)
    flow.end_paragraph()
    return flow.parts


class _Flow:
    """The content of one element: finished blocks, and the paragraph that is being written."""

    def __init__(self, depth: int, kind: BlockKind) -> None:
        self.depth, self.kind = depth, kind
        self.parts: Parts = []
        self.inline: list[str] = []
        self.pictures: Parts = []  # within that paragraph

    def enter(self, node: LexborNode) -> None:
        if self.depth > DEEPEST:
            self.inline.append(node.text(separator=" "))
            return
        self.depth += 1
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                self.inline.append((child.text_content or "").replace(BREAK, " "))
            elif child.tag in FIELDS and not is_hidden(child):
                self.inline.append(what_is_set(child))
            elif child.tag and child.tag not in NEVER and not is_hidden(child):
                self._element(child, child.tag)
        self.depth -= 1

    def end_paragraph(self) -> None:
        """Make blocks of the text so far: one, or more where two <br> part them."""
        pieces = re.split(rf"{BREAK}\s*{BREAK}", "".join(self.inline)) if self.inline else []
        self.parts += [Block(text, self.kind) for piece in pieces if (text := paragraph(piece))]
        self.parts += self.pictures
        self.inline, self.pictures = [], []

    def _element(self, node: LexborNode, tag: str) -> None:
        if tag == "br":
            self.inline.append(BREAK)
        elif tag == "img":
            self._image(node)
        elif tag == "svg":
            self.inline += [BREAK * 2, said, BREAK * 2] if (said := drawn_text(node)) else []
        elif tag == "sup" or (tag == "a" and is_note_mark(node)):
            said = node.text()
            is_number = superscript(said) != said
            self.inline.append(raised("".join(self.inline[-2:]), said) if is_number else said)
        elif tag == "a" and is_permalink(node):
            return
        elif tag == "math":
            self._formula(node)
        elif tag in HEADINGS:
            self.end_paragraph()
            inner = parts_of(node, self.depth)
            self.parts += [part for part in inner if part is None]
            if text := _joined(inner):
                self.parts.append(Block(text, "heading", level=HEADINGS[tag]))
        elif tag == "pre":
            self.end_paragraph()
            if text := lines(_code(node)):
                self.parts.append(Block(text, "code"))
        elif tag in ("ul", "ol", "menu", "dl"):
            self.end_paragraph()
            inner = _list(node, self.depth) if tag != "dl" else _definitions(node, self.depth)
            kind: BlockKind = "contents" if _is_contents(node) else "list"
            self.parts += [replace(part, kind=kind) if part and part.kind == "list" else part for part in inner]
        elif tag == "table":
            self.end_paragraph()
            self.parts += _table(node, self.depth)
        elif tag in ("figcaption", "caption"):
            self._other(node, "caption")
        elif is_note(node):
            self._other(node, "footnote")
        elif tag in BLOCKS or tag == "figure":
            self.end_paragraph()
            self.enter(node)
            self.end_paragraph()
        else:
            self.enter(node)

    def _formula(self, node: LexborNode) -> None:
        """A formula in its line, or a block of its own: the LaTeX that is given, or that its markup says."""
        given = node.css_first('annotation[encoding="application/x-tex"]')
        tex = paragraph((given.text() if given else node.attributes.get("alttext")) or "")
        read = formula(_markup(node))
        latex = tex or read.latex
        if node.attributes.get("display") == "block" and (latex or read.letters):
            self.end_paragraph()
            self.parts.append(
                Block(read.letters, "equation", latex=latex) if read.letters else Block(f"$${latex}$$", "equation")
            )
        else:
            self.inline.append(f" {latex or read.letters} ")

    def _other(self, node: LexborNode, kind: BlockKind) -> None:
        self.end_paragraph()
        self.parts += parts_of(node, self.depth, kind)

    def _image(self, node: LexborNode) -> None:
        """An image; what its alternative text says is a caption, unless its figure has one or it tells where a link goes."""
        self.pictures.append(None)
        if _is_button(node):
            return
        text = paragraph(node.attributes.get("alt") or "")
        figure = node.parent
        while figure is not None and figure.tag not in ("figure", "body"):
            figure = figure.parent
        if text and not (figure is not None and figure.tag == "figure" and figure.css_first("figcaption")):
            self.pictures.append(Block(text, "caption"))


def _list(node: LexborNode, depth: int) -> Parts:
    """One block for the list, nested lists indented; more where an item holds a table, code or a heading."""
    parts: Parts = []
    items: list[str] = []
    number = _number(node, "start", 1)
    for item in _elements(node):
        inner = parts_of(item, depth + 1) if item.tag == "li" else _flow_of(item, depth)
        marker = "-"
        if node.tag == "ol" and item.tag == "li":
            number = _number(item, "value", number)
            marker, number = f"{number}.", number + 1
        parts += [part for part in inner if part is None]
        if not _fits_an_item(inner):
            parts += _ended(items)
            parts += [part for part in inner if part is not None]
            continue
        text = _joined([part for part in inner if part and part.kind != "list"])
        if text:
            items.append(f"{marker} {text}")
        items += [f"  {line}" for part in inner if part and part.kind == "list" for line in part.text.split("\n")]
    return parts + _ended(items)


def _is_contents(node: LexborNode) -> bool:
    """Whether a list is links to headings of its own page and nothing else."""
    links = [link for link in node.css("a[href]") if (link.attributes.get("href") or "").startswith("#")]
    linked = "".join("".join(link.text().split()) for link in links)
    return len(links) >= FEWEST_ENTRIES and len(linked) >= 0.95 * len("".join(node.text().split()))


def _definitions(node: LexborNode, depth: int) -> Parts:
    """One block: each term with what is said of it in its line, lists within indented below."""
    parts: Parts = []
    items: list[str] = []
    is_open = False  # a term waits for what is said of it
    for entry in _entries(node):
        inner = parts_of(entry, depth + 1)
        parts += [part for part in inner if part is None]
        if not _fits_an_item(inner):
            parts += _ended(items)
            parts += [part for part in inner if part is not None]
            is_open = False
            continue
        if text := _joined([part for part in inner if part and part.kind != "list"]):
            if entry.tag == "dd" and is_open:
                items[-1] += f": {text}"
            else:
                items.append(f"- {text}")
            is_open = entry.tag == "dt"
        items += [f"  {line}" for part in inner if part and part.kind == "list" for line in part.text.split("\n")]
    return parts + _ended(items)


def _entries(node: LexborNode) -> Iterator[LexborNode]:
    """The terms and their descriptions, which a page may group in <div>."""
    for child in _elements(node):
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from _entries(child)


def _fits_an_item(inner: Parts) -> bool:
    """Whether an item holds no table, code or heading."""
    return all(part is None or part.kind in ("text", "list", "caption") for part in inner)


def _ended(items: list[str]) -> Parts:
    block = [Block("\n".join(items), "list")] if items else []
    items.clear()
    return [*block]


def _flow_of(node: LexborNode, depth: int) -> Parts:
    flow = _Flow(depth, "text")
    flow._element(node, node.tag or "")
    flow.end_paragraph()
    return flow.parts


# ---- tables


def _table(node: LexborNode, depth: int) -> Parts:
    """The table's caption and the table; or just what is in it, where it only lays out the page."""
    rows = list(_rows(node))
    if rows and _is_picture_beside(rows):
        beside = [cell for row in rows for cell in row][1:]
        return [part for cell in beside for part in parts_of(cell, depth + 1)]
    inner = [other for other in node.css("table, h1, h2, h3, pre") if other.mem_id != node.mem_id]
    if any(len(row) > 1 and all(cell.tag == "th" for cell in row) for row in rows):  # with a head it is no layout
        inner = [other for other in inner if other.tag == "table" or "\n" in other.text().strip()]
    if _holds_short_tables(rows, inner):
        inner = []
    if inner or node.attributes.get("role") in ("presentation", "none") or max(map(len, rows), default=0) < 2:
        return parts_of(node, depth + 1)
    parts: Parts = []
    caption = next((child for child in _elements(node) if child.tag == "caption"), None)
    if caption and (text := _joined(parts_of(caption, depth))):
        parts.append(Block(text, "caption"))
    head = _marked_heads(rows)
    title, cells = without_title(list(_cells(rows, depth)))
    if title:
        parts.append(Block(title, "caption"))
    head = max(head - bool(title), head_rows(cells))
    text = table(spread_out(below_each_other(cells, head), head), head)
    images = [part for row in rows for cell in row for part in (None,) * len(cell.css("img"))]
    return parts + ([Block(text, "table")] if text else []) + images


def _marked_heads(rows: Sequence[Sequence[LexborNode]]) -> int:
    """How many rows say that they are the head; one cell alone names the rows below it, `Asia` among the countries."""
    heads = 0
    for row in filter(None, rows[:MOST_HEADS]):
        is_head = all(cell.tag == "th" for cell in row) and (len(row) > 1 or not heads)
        if not is_head and not _is_in_head(row[0]):
            break
        heads += 1
    return heads


def _holds_short_tables(rows: Sequence[Sequence[LexborNode]], inner: Sequence[LexborNode]) -> bool:
    """Whether a table has others within, each as what its cell says: a layout is one row, or has cells as long as pages."""
    return (
        len(rows) > 1
        and min(map(len, rows)) > 1
        and all(other.tag == "table" for other in inner)
        and all(len(" ".join(cell.text(separator=" ").split())) <= LONGEST_CELL for row in rows for cell in row)
    )


def _is_picture_beside(rows: Sequence[Sequence[LexborNode]]) -> bool:
    """Whether a table only sets a picture, over all rows, beside a text: a tip, a warning."""
    first = rows[0][0] if rows[0] else None
    if first is None or len(rows) < 2 or _number(first, "rowspan", 1) < len(rows) or max(map(len, rows)) > 2:
        return False
    return first.css_first("img") is not None and not first.text().strip()


def _rows(node: LexborNode) -> Iterator[list[LexborNode]]:
    for child in _elements(node):
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif child.tag == "tr":
            yield [cell for cell in _elements(child) if cell.tag in ("td", "th")]


def _cells(rows: Sequence[Sequence[LexborNode]], depth: int) -> Iterator[Cell]:
    """The cells of a table, each in the first free place of its row."""
    taken: set[tuple[int, int]] = set()  # by cells that span rows
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            across = min(_number(cell, "colspan", 1), WIDEST)
            down = min(_number(cell, "rowspan", 1), len(rows) - at)
            yield Cell(at, column, down, across, _joined(parts_of(cell, depth + 1)), look=look_of(cell))
            taken |= {(at + y, column + x) for y in range(1, down) for x in range(across)}
            column += across


def _is_in_head(cell: LexborNode) -> bool:
    row = cell.parent
    return row is not None and row.parent is not None and row.parent.tag == "thead"


# ---- nodes


def _is_button(image: LexborNode) -> bool:
    """Whether a link to another page shows nothing but this image."""
    link = image.parent
    if link is None or link.tag != "a" or not link.attributes.get("href") or link.text().strip():
        return False
    return not PICTURE.search(link.attributes.get("href") or "")


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    return (child for child in node.iter() if child.tag not in NEVER and not is_hidden(child))


def is_hidden(node: LexborNode) -> bool:
    """Whether an element says that it is not shown."""
    facts = node.attributes
    if not facts:
        return False
    return "hidden" in facts or facts.get("aria-hidden") == "true" or bool(HIDDEN.search(facts.get("style") or ""))


def is_permalink(node: LexborNode) -> bool:
    """Whether a link is but the sign that leads to a heading itself: `¶`, `#`, `§`."""
    target = node.attributes.get("href") or ""
    return target.startswith("#") and len(text := node.text().strip()) == 1 and not text.isalnum() and text not in "*†‡"


def is_note_mark(node: LexborNode) -> bool:
    """Tell whether a link is the number of a note, in EPUB and ARIA; raised by a style, as a rule, and not by its tag."""
    kinds = f"{node.attributes.get('epub:type') or ''} {node.attributes.get('role') or ''}".split()
    return "noteref" in kinds or "doc-noteref" in kinds


def is_note(node: LexborNode) -> bool:
    """Whether an element says that it holds footnotes or endnotes."""
    facts = node.attributes
    return bool(facts) and bool(NOTE.search(f"{facts.get('role')} {facts.get('epub:type')}"))


def _joined(parts: Sequence[Block | None]) -> str:
    return paragraph(" ".join(flat(part) for part in parts if part))


def _number(node: LexborNode, name: str, default: int) -> int:
    value = node.attributes.get(name) or ""
    return max(int(value), 1) if value.isdecimal() and len(value) < 6 else default


def _code(node: LexborNode) -> str:
    for line_break in node.css("br"):
        line_break.replace_with("\n")
    return node.text()


def _markup(node: LexborNode, depth: int = 0) -> Element:
    children = tuple(_markup(child, depth + 1) for child in node.iter()) if depth < DEEPEST else ()
    facts = {name: value or "" for name, value in node.attributes.items()}
    return Element(node.tag or "", facts, children, "" if children else node.text())
