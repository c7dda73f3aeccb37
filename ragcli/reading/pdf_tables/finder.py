"""Tables of a PDF page, in the second pass: their cells, as Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ragcli.errors import ReadError
from ragcli.reading.boxes import share_inside
from ragcli.reading.mupdf.content import Content
from ragcli.reading.mupdf.lean_pymupdf import pymupdf, with_layout
from ragcli.reading.mupdf.rulings import follow, near, rulings
from ragcli.reading.mupdf.sideways import turned_upright
from ragcli.reading.normalise import Vocabulary, clean
from ragcli.reading.pdf_tables.exponents import Exponent, exponents_of, raised_in
from ragcli.reading.pdf_tables.groups import count_heads, with_groups_over_all
from ragcli.reading.pdf_tables.heads import begins_with_data, has_head_of_periods, with_heads
from ragcli.reading.pdf_tables.leftward_cells import cells_from_the_right
from ragcli.reading.pdf_tables.looks import Looks, looks_on
from ragcli.reading.pdf_tables.merged_rows import with_rows_parted
from ragcli.reading.pdf_tables.money import with_signs
from ragcli.reading.pdf_tables.parts import gutter, in_ruled_rows, labels_above, without_prose_beside
from ragcli.reading.pdf_tables.printed_cells import Piece, by_pieces, lines_of_words, pieces_of, with_runs
from ragcli.reading.pdf_tables.ruled_columns import in_ruled_columns
from ragcli.reading.pdf_tables.signs import invented_signs, private_signs
from ragcli.reading.pdf_tables.tops import rows_above, without_prose
from ragcli.reading.tables.beside import below_each_other
from ragcli.reading.tables.cells import Cell, is_figure, without_leaders
from ragcli.reading.tables.forms import is_form
from ragcli.reading.tables.keyed import with_names_in_each_row
from ragcli.reading.tables.markdown import markdown_table
from ragcli.reading.text_layer.spaces import without_spaces_before_stops
from ragcli.reading.text_layer.struck import erase_struck
from ragcli.reading.text_layer.tick_boxes import cells_with_tick_boxes
from ragcli.records import Block, Box

_BROKEN = re.compile(r"(\S*\w-) (\w\S*)")
_PARTED = 5  # rows of a grid that may be two tables
_WHITE = 2.0  # lines' heights of white between two tables
_TALL = 5.0  # points of an upright line between columns
_INSIDE = 0.6  # share of a piece that stands in a table
_PROSE = 400  # characters of a cell, from which it is a page's column
_FRAME = 3  # rows, up to which a grid may be a page's frame
_EMPTY_SHARE = 0.95  # of cells without text, from which a grid is a form or a drawing


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands on one page. The first `heads` rows name the columns."""

    cells: tuple[Cell, ...]
    box: Box
    heads: int = 0

    @property
    def grid(self) -> list[list[str]]:
        """Rows of texts, all of one length. What spans rows or head columns stands in each place that it covers."""
        height = max((cell.row + cell.rows for cell in self.cells), default=0)
        width = max((cell.column + cell.columns for cell in self.cells), default=0)
        grid = [[""] * width for _ in range(height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                columns = cell.columns if row < self.heads else 1
                for column in range(cell.column, cell.column + columns):
                    grid[row][column] = cell.text
        for above, below in pairwise(grid[: self.heads]):
            _say_over_groups(above, below)
        return grid


def _say_over_groups(above: list[str], below: Sequence[str]) -> None:
    """Write a head over all columns of its group, where the finder saw it over one: the row below repeats itself.

    `2021` and `2022`, each once over `Q3`, `Q4`, `Q3`, `Q4`. Lines of one head look alike, but for the repetition.
    """
    width = len(below)
    for start, size in ((at, size) for at in range(width) for size in range(2, (width - at) // 2 + 1)):
        stop = start + (width - start) // size * size
        groups = range(start, stop, size)
        names = list(below[start : start + size])
        if not all(names) or len(set(names)) < size or any(list(below[at : at + size]) != names for at in groups):
            continue
        said = [{text for text in above[at : at + size] if text} for at in groups]
        if all(len(texts) == 1 for texts in said):
            above[start:stop] = [text for (text,) in said for _ in range(size)]
            return


def find_tables(page: Any) -> list[Table]:
    """Return the tables of a PyMuPDF page, from its own finder over the layout model in its best setting.

    It takes about a second and 550 MB. On ICDAR 2013 the other settings find 0.41 to 0.52 of the cells' neighbours, this
    one 0.98 (see tests/bench/pdf_tables.py).

    Raises: ReadError where the finder fails, which it says on standard error and by returning nothing.
    """
    with_layout()
    erase_struck(page)
    with turned_upright(page):
        return _with_whole_words(_tables_of(page), page)


def _tables_of(page: Any) -> list[Table]:
    found = page.find_tables(union=True, refine=True)
    if found is None:
        where = f"{page.parent.name} p.{page.number + 1}"
        raise ReadError(f"{where}: PyMuPDF's finder of tables failed", "see the page: rag show", "unreadable")
    if not found.tables:
        return []
    lines, invented = rulings(page), invented_signs(page)
    signs, exponents = private_signs(page) | invented, exponents_of(page)
    tables = [_table(each, page.derotation_matrix, signs, exponents) for each in found.tables]
    pieces: list[Piece] = []
    if not page.rotation:
        pieces = [
            replace(piece, text=raised_in(piece.text.translate(invented), piece.box, exponents))
            for piece in pieces_of(page, lines)
        ]
        tables = [
            replace(table, cells=tuple(in_ruled_columns(table.cells, table.heads, table.box, pieces, lines)))
            for table in tables
        ]
    tables = [as_ruled(table, lines) for table in tables]
    tables = [replace(table, cells=tuple(with_signs(table.cells, table.heads))) for table in tables]
    if page.rotation:
        return [table for table in tables if is_table(table)]
    words = [word[:4] for word in page.get_text("words")]
    looks, runs = looks_on(page), pieces or lines_of_words(page)
    tables = [
        replace(table, cells=tuple(in_ruled_rows(table.cells, table.heads, table.box, runs, lines))) for table in tables
    ]
    tables = [_alone(replace(table, cells=tuple(with_rows_parted(table.cells, table.heads, runs)))) for table in tables]
    parts = (
        part
        for table in tables
        for beside in _beside_each_other(table, runs, lines)
        for whole in parted(beside, words, lines)
        for part in _parted_below(whole, runs, looks)
    )
    drawn = [table for part in parts if is_table(table := as_drawn(part, pieces, runs, lines, looks))]
    found = _with_tops(drawn, pieces, lines)
    found = [replace(table, cells=tuple(cells_with_tick_boxes(page, table.cells))) for table in found]
    found = [replace(table, cells=tuple(below_each_other(table.cells, table.heads))) for table in found]
    found = [replace(table, cells=tuple(with_names_in_each_row(table.cells, table.heads))) for table in found]
    return [replace(table, cells=tuple(cells_from_the_right(page, table.cells))) for table in found]


def _with_whole_words(tables: Sequence[Table], page: Any) -> list[Table]:
    """The tables with those words whole that lines of the page break with a hyphen: `algorith- mische` in a cell.

    And with `4.2` where the page sets its stops apart, as `4 .2`.
    """
    lines = clean(page.get_text("text")).split("\n")
    ends = {line.rpartition(" ")[2] for line in map(str.rstrip, lines) if line.endswith("-")}
    known = Vocabulary()
    known.learn(map(str.strip, lines))

    def joined(found: re.Match[str]) -> str:
        return known.join(found[1], found[2]) if found[1] in ends else found[0]

    texts = iter(without_spaces_before_stops(Content(page), [cell.text for table in tables for cell in table.cells]))
    return [
        replace(table, cells=tuple(replace(cell, text=_BROKEN.sub(joined, next(texts))) for cell in table.cells))
        for table in tables
    ]


def _with_tops(tables: Sequence[Table], pieces: Sequence[Piece], lines: Sequence[Box]) -> list[Table]:
    """The tables, those without a head with the rows above them; a table that stands there is part of it."""
    whole: list[Table] = []
    for table in sorted(tables, key=lambda table: -table.box[3]):
        if any(share_inside(table.box, lower.box) > _INSIDE for lower in whole):
            continue
        left, top, right, bottom = table.box
        is_whole = table.heads or is_form(table.cells)
        above, start = ([], top) if is_whole else rows_above(table.cells, top, pieces)
        reached = [
            other.box[3] for other in tables if 0 < share_inside(other.box, (left, start, right, top)) <= _INSIDE
        ]
        if reached:  # what another table begins with is no head of this one
            above, start = rows_above(table.cells, top, [piece for piece in pieces if piece.box[1] > max(reached)])
        if above:
            height = above[-1].row + 1
            cells, heads = with_heads(
                [*above, *(replace(cell, row=cell.row + height) for cell in table.cells)], 1, pieces, lines
            )
            table = Table(tuple(cells), (left, round(start, 2), right, bottom), heads)
        whole.append(table)
    return whole[::-1]


def _alone(table: Table) -> Table:
    """The table without a text beside it."""
    found = without_prose_beside(table.cells, table.box)
    return replace(table, cells=tuple(found[0]), box=found[1]) if found else table


def _beside_each_other(table: Table, runs: Sequence[Piece], lines: Sequence[Box]) -> list[Table]:
    """The table, or the two that stand side by side and were taken for one."""
    middle = gutter(table.box, runs, lines)
    left, top, right, bottom = table.box
    boxed = [(cell, cell.box) for cell in table.cells if cell.box]
    if middle is None or len(boxed) < len(table.cells):
        return [table]
    beside = [cell for cell, box in boxed if box[0] + box[2] > 2 * middle]
    first = min((cell.column for cell in beside), default=0)
    if any(cell.column + cell.columns > first for cell in table.cells if cell.text and cell not in beside):
        return [table]
    return [
        replace(
            table, cells=tuple(c for c in table.cells if c not in beside), box=(left, top, round(middle, 2), bottom)
        ),
        replace(
            table,
            cells=tuple(replace(cell, column=cell.column - first) for cell in beside),
            box=(round(middle, 2), top, right, bottom),
        ),
    ]


def _parted_below(table: Table, runs: Sequence[Piece], looks: Looks) -> list[Table]:
    """The table without the labels, and what they are, that stand above its heads: a table of their own."""
    found = labels_above(table.cells, table.box, runs, looks)
    if found is None:
        return [table]
    upper, lower, box, rest = found
    return [Table(tuple(upper), box), Table(tuple(lower), rest, 1)]


def parted(table: Table, words: Sequence[Box], lines: Sequence[Box]) -> list[Table]:
    """Part a table where white stands between its rows, twice as high as a line, and a full row of heads follows.

    The finder takes an address and the items of an invoice below it for one table, and the address for its head.

    Args:
        words: boxes of the page's words, none where the page is turned.
        lines: its rulings, which hold together what they run through.
    """
    tops = {cell.row: cell.box[1] for cell in table.cells if cell.box}
    left, top, right, bottom = table.box
    inside = [
        word
        for word in words
        if left - 1 < (word[0] + word[2]) / 2 < right + 1 and top <= word[3] and word[1] <= bottom
    ]
    height = max(tops, default=0) + 1
    if len(tops) < height or height < _PARTED or not inside:
        return [table]
    usual = sorted(word[3] - word[1] for word in inside)[len(inside) // 2]
    gaps: list[tuple[float, int, float]] = []
    for row in range(2, height - 1):
        above = max((word[3] for word in inside if (word[1] + word[3]) / 2 < tops[row]), default=top)
        below = min((word[1] for word in inside if (word[1] + word[3]) / 2 > tops[row]), default=bottom)
        gaps.append((below - above, row, (above + below) / 2))
    gap, row, middle = max(gaps)
    heads = [cell for cell in table.cells if cell.row == row]
    crossed = any(line[1] < middle < line[3] and left - 1 < line[0] < right + 1 for line in lines)
    spans = any(cell.row < row < cell.row + cell.rows for cell in table.cells)
    is_full = all(cell.text and not is_figure(cell.text) for cell in heads)
    if gap < _WHITE * usual + sorted(gaps)[len(gaps) // 2][0] or crossed or spans or not is_full:
        return [table]
    upper = [cell for cell in table.cells if cell.row < row]
    lower = [replace(cell, row=cell.row - row) for cell in table.cells if cell.row >= row]
    return [
        Table(tuple(upper), (left, top, right, round(middle, 2)), table.heads if 2 * table.heads < row else 0),
        Table(tuple(lower), (left, round(middle, 2), right, bottom), 1),
    ]


def as_drawn(table: Table, pieces: Sequence[Piece], runs: Sequence[Piece], lines: Sequence[Box], looks: Looks) -> Table:
    """The table without prose, with the heads of its pieces, and in their columns where no upright line within it tells those."""
    trimmed, box, gone = without_prose(table.cells, table.box, pieces, lines)
    table = Table(tuple(trimmed), box, max(table.heads - gone, 0))
    left, top, right, bottom = table.box
    inside = [piece for piece in pieces if share_inside(piece.box, table.box) > _INSIDE]
    is_ruled = any(
        left + 2 < line[0] and line[2] < right - 2 and line[3] - line[1] > _TALL and top < line[3] and line[1] < bottom
        for line in lines
    )
    cells: Sequence[Cell] = looks.seen(table.cells)
    heads = 0 if begins_with_data(cells) or is_form(cells) else table.heads or int(has_head_of_periods(cells))
    within = [run for run in runs if share_inside(run.box, table.box) > _INSIDE]
    if not is_ruled:
        cells = by_pieces(cells, heads, inside) or with_runs(cells, heads, within)
    drawn, heads = with_heads(cells, count_heads(looks.seen(cells), heads, within), within, lines)
    drawn = looks.seen(drawn)
    heads = count_heads(drawn, heads, within)
    drawn = with_groups_over_all(drawn, heads, within)
    return replace(table, cells=tuple(drawn), heads=0 if is_form(drawn) else heads)


def _table(found: Any, turn: Any, signs: Mapping[int, str], exponents: Sequence[Exponent]) -> Table:
    """The box of a table is that of the unrotated page; those of its cells, of the page as it is shown."""
    x0, y0, x1, y1 = (round(float(side), 2) for side in (pymupdf.Rect(found.bbox) * turn).normalize())
    cells = [
        replace(cell, text=raised_in(_flat(cell.text.translate(signs)), cell.box, exponents)) for cell in _cells(found)
    ]
    return Table(tuple(cells), (x0, y0, x1, y1), found.header_rows)


def _cells(found: Any) -> Iterator[Cell]:
    """The placements as a browser would lay them out: each in the first free place of its row."""
    if found.placements is None:
        for number, row in enumerate(found.extract()):
            for column, text in enumerate(row):
                yield Cell(number, column, 1, 1, text or "")
        return
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(found.placements):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield Cell(number, column, cell.rowspan, cell.colspan, cell.text or "", cell.bbox)
            taken |= {(number + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)}
            column += cell.colspan


def as_ruled(table: Table, lines: Sequence[Box]) -> Table:
    """Return the table with those of its cells made one that its rulings show to be one: of a column, over rows.

    Above and below them runs a line, or the table ends; between them none does, though beside them one does. Where
    several hold text, lines run down both sides as well: in accounts a line above a sum stands under the figures alone.
    A head of which such a cell reaches further down does so too.

    Args:
        lines: of the page as it is shown, see `rulings`.
    """
    sides = {cell.column: (cell.box[0], cell.box[2]) for cell in table.cells if cell.box and cell.columns == 1}
    tops = {cell.row: cell.box[1] for cell in table.cells if cell.box}
    height = max((cell.row + cell.rows for cell in table.cells), default=0)
    ruled: list[set[int]] = []  # by row: the columns in which a line runs above it
    for row in range(height if len(tops) == height else 0):
        close = near(lines, tops[row])
        ruled.append({c for c, (left, right) in sides.items() if follow(close, (left, tops[row], right, tops[row]))})
    heads, cells = table.heads, {(cell.row, cell.column): cell for cell in table.cells}
    for column, (left, right) in sides.items() if ruled else ():
        edges = [row for row in range(1, height) if column in ruled[row] or not ruled[row]]
        for start, end in pairwise((0, *edges, height)):
            is_open = (start and column not in ruled[start]) or (end < height and column not in ruled[end])
            if is_open or end - start in (1, height):
                continue
            members = [cells[row, column] for row in range(start, end) if (row, column) in cells]
            texts = [cell.text for cell in members if cell.text]
            if not texts or any(cell.columns > 1 or cell.row + cell.rows > end for cell in members):
                continue
            bottom = max(cell.box[3] for cell in members if cell.box)
            if len(texts) > 1 and not all(follow(lines, (x, tops[start], x, bottom)) for x in (left, right)):
                continue
            if start < heads:  # the rows of a head become one anyhow
                heads = max(heads, end)
                continue
            for cell in members:
                del cells[cell.row, column]
            cells[start, column] = Cell(start, column, end - start, 1, " ".join(texts))
    return replace(table, cells=tuple(cells.values()), heads=heads)


def _flat(text: str) -> str:
    return without_leaders(" ".join(clean(text).split()))


def is_table(table: Table) -> bool:
    """Tell whether a grid is more than one row, one column, an empty form, or the lines between a page's columns of prose."""
    rows = [row for row in table.grid if any(row)]
    if len(rows) < 2 or len(_filled(rows)) < 2:
        return False
    lengths = [len(cell.text) for cell in table.cells]
    if len(rows) <= _FRAME and 2 * sum(length for length in lengths if length > _PROSE) > sum(lengths):
        return False
    texts = [text for row in rows for text in row]
    return texts.count("") < _EMPTY_SHARE * len(texts)


def _filled(grid: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold anything."""
    return [number for number, column in enumerate(zip(*grid, strict=True)) if any(column)]


def markdown(table: Table) -> str:
    """The table in Markdown, without empty rows and columns. Head rows become one, spanning heads before those below.

    A table without a head has an empty one.
    """
    grid = table.grid
    head = [_joined(texts) for texts in zip(*grid[: table.heads], strict=True)] if table.heads else [""] * len(grid[0])
    body = [row for row in grid[table.heads :] if any(row)]
    kept = _filled([head, *body])
    head, *body = [[row[column] for column in kept] for row in (head, *body)]
    return markdown_table(head, body)


def _joined(texts: Sequence[str]) -> str:
    return " ".join(text for text in dict.fromkeys(texts) if text)


def block(table: Table) -> Block:
    """The table as a block of its page."""
    return Block(markdown(table), "table", table.box)
