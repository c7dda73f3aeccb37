"""Sheets of cells: which of them are tables, titles and notes, and the pages that they make, each a range of cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise, takewhile
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from ragcli.reading.tables.beside import starts_of_parts
from ragcli.reading.tables.cells import Cell, in_each_row, is_data, is_figure
from ragcli.reading.tables.grid import MOST_HEADS, head_rows, spread_out
from ragcli.reading.text import table
from ragcli.records import Block, Page

ROWS_PER_PLACE = 25  # of a table: a citation names a range that can be looked through
_MOST_ROWS = 200_000  # of a sheet, with something in them
_MOST_COLUMNS = 1000
_COLUMNS_PER_TABLE = 24  # beside the labels: a row and its head must fit into what a model reads
_MOST_EMPTY = 2  # rows that a table may go on over
_MOST_TITLES = 5  # lines above a table, with empty rows between them
_LOOKED_AT = 60  # rows of a table, which tell whether it has heads
_LONGEST_TITLE = 100  # characters

Row = tuple[int, dict[int, str]]  # the number of a row, and its texts by column; both from 1


class Struck(str):
    """The text of a struck out cell: it fills its place in the table, whose rows would else come apart, and is not said."""

    __slots__ = ()


class MergedCells(NamedTuple):
    """Cells that are one, from a row that is known."""

    left: int
    right: int
    last: int  # row


Merged = Mapping[int, Sequence[MergedCells]]  # by first row
Looks = Mapping[int, int]  # by row, two bits for each column: whether it is bold, and whether it is shaded


def sheet_pages(
    name: str, lines: Iterable[Sequence[str]], merged: Merged, looks: Looks | None, is_told: bool
) -> Iterator[Page]:
    """The pages of a sheet.

    An empty row ends a table, unless what follows goes on with it; so does an empty column before a table of its own. A
    table's first row is its head, and is repeated on each of its places; so are the rows below that part it, see
    `head_rows`. What spans rows stands in each of them. The name of a sheet and the line above a table are headings. What is
    `Struck` out is left out.

    Args:
        lines: the texts of its cells, row by row from the first.
        looks: how its cells are set, of the rows that were read so far; None where nothing is known of that.
        is_told: whether its name says anything.
    """
    left_out: set[str] = set()
    heading: str | None = None if is_told else ""  # of the table before; None where not even the sheet's name stands
    for region in _regions(_rows(lines, left_out), merged):
        for rows in _side_by_side(region):
            lead, table_rows = _cut_off_titles(rows, merged)
            lead = [text for text in lead if not isinstance(text, Struck)]
            is_titled = bool(lead and table_rows) and len(lead[0]) <= _LONGEST_TITLE
            blocks = []
            if heading is None or (heading and table_rows and not is_titled):
                blocks.append(Block(name, "heading", level=1))
            if is_titled:
                blocks.append(Block(lead[0], "heading", level=2))
            blocks += [Block(text, "caption" if is_titled else "text") for text in lead[is_titled:]]
            heading = (lead[0] if is_titled else "") if table_rows else (heading or "")
            above = rows[: len(rows) - len(table_rows)]
            for part in _below_each_other(table_rows, merged, looks):
                yield from _places(name, [*above, *part], part, blocks, merged, looks)
                above, blocks = [], []
    if left_out:
        yield Page(None, (), name, problem=f"only the first {' and the first '.join(sorted(left_out))} were read")


def _rows(lines: Iterable[Sequence[str]], left_out: set[str]) -> Iterator[Row]:
    """The rows that hold anything; what is too much is added to `left_out`."""
    count = 0
    for number, cells in enumerate(lines, start=1):
        if len(cells) > _MOST_COLUMNS and any(cells[_MOST_COLUMNS:]):
            left_out.add(f"{_MOST_COLUMNS} columns")
        texts = {column: text for column, text in enumerate(cells[:_MOST_COLUMNS], start=1) if text}
        if not texts:
            continue
        count += 1
        if count > _MOST_ROWS:
            left_out.add(f"{_MOST_ROWS} rows")
            return
        yield number, texts


def _regions(rows: Iterable[Row], merged: Merged) -> Iterator[list[Row]]:
    """Rows between empty ones, but a table with what goes on with it below a few of these, and with the lines above it.

    What a merged cell of the row above reaches down to is not empty.
    """
    table_rows: list[Row] = []
    lines: list[list[Row]] = []  # rows of one cell each, that may belong to what comes
    columns: set[int] = set()  # of the table
    before = 0
    for row in rows:
        number, texts = row
        empty = max(number - before - 1, 0)
        before = max((each.last for each in merged.get(number, ()) if each.left in texts), default=number)
        if empty > _MOST_EMPTY:
            yield from filter(None, (table_rows, *lines))
            table_rows, lines, columns = [], [], set()
        if not empty and table_rows and not lines:
            table_rows.append(row)
            columns.update(texts)
        elif len(texts) == 1:
            if empty or not lines:
                lines.append([])
            lines[-1].append(row)
        elif table_rows and _goes_on(columns, texts):
            table_rows += [*(line for group in lines for line in group), row]
            lines = []
        else:
            titles: list[Row] = []  # what stands right above; over empty rows too where no other table comes before
            while lines and len(titles) + len(lines[-1]) <= _MOST_TITLES and not (table_rows and (empty or titles)):
                titles[:0] = lines.pop()
            yield from filter(None, (table_rows, *lines))
            table_rows, lines, columns = [*titles, row], [], set(texts)
    yield from filter(None, (table_rows, *lines))


def _goes_on(columns: Set[int], texts: Mapping[int, str]) -> bool:
    """Whether a row below an empty one goes on with a table: figures in its columns, and no head of years or days."""
    label = min(texts)
    values = [text for column, text in texts.items() if column != label]
    if not texts.keys() - {label} <= columns or (label not in columns and label > min(columns)):
        return False
    return is_data(values) and 2 * sum(map(is_figure, values)) >= len(values)


def _side_by_side(rows: list[Row]) -> list[list[Row]]:
    """The tables that stand beside each other: between them is an empty column, and the right one stands alone."""
    groups: list[set[int]] = []
    for column in sorted(_columns(rows)):
        if groups and column - 1 in groups[-1]:
            groups[-1].add(column)
        else:
            groups.append({column})
    parts = groups[:1]
    for group in groups[1:]:
        if _stands_alone(_within(rows, group), _within(rows, parts[-1])):
            parts.append(group)
        else:
            parts[-1] |= group
    return [_within(rows, part) for part in parts] if len(parts) > 1 else [rows]


def _stands_alone(rows: Sequence[Row], left: Sequence[Row]) -> bool:
    """Whether rows are a table beside another: each has its label, and a title, a head like the other's, or another top."""
    titles = len(list(takewhile(lambda row: len(row[1]) == 1, rows)))
    body = rows[titles:]
    label = min(_columns(rows))
    labels = [texts.get(label, "") for _, texts in body[1:]]
    if len(body) < 2 or len(_columns(body)) < 2 or body[-1][0] - body[0][0] >= len(body):
        return False
    others = [row for row in left if len(row[1]) > 1]
    if not all(labels) or not others:
        return False
    head, beside = body[0], others[0]
    if any(map(is_figure, labels)):  # numbered, or by year: then it must have a head of its own, on another height
        return head[0] != beside[0] and head[1].keys() == _columns(body) and not any(map(is_figure, head[1].values()))
    return titles > 0 or head[0] != beside[0] or not set(head[1].values()).isdisjoint(beside[1].values())


def _columns(rows: Iterable[Row]) -> set[int]:
    return {column for _, texts in rows for column in texts}


def _within(rows: Iterable[Row], columns: Set[int]) -> list[Row]:
    cut = ((number, {column: text for column, text in texts.items() if column in columns}) for number, texts in rows)
    return [row for row in cut if row[1]]


def _cut_off_titles(rows: list[Row], merged: Merged) -> tuple[list[str], list[Row]]:
    """The lines above a table, and its rows; all lines and no row where there is but one column."""
    columns = _columns(rows)
    if len(columns) < 2:
        return [text for _, texts in rows for text in texts.values()], []
    titles = 0
    while titles < len(rows) - 1 and len(rows[titles][1]) == 1:
        number, texts = rows[titles]
        (column,) = texts
        is_wide = any(each.left == column < each.right for each in merged.get(number, ()))
        if column > min(columns) and not is_wide and is_figure(rows[titles + 1][1].get(column, "")):
            break  # the head of the only column that has one
        titles += 1
    return [text for _, texts in rows[:titles] for text in texts.values()], rows[titles:]


def _below_each_other(rows: list[Row], merged: Merged, looks: Looks | None) -> list[list[Row]]:
    """The parts of a table in which labels and what they are, or the same heads, stand side by side."""
    if not rows:
        return [rows]
    cells, first = _first_cells(rows, merged, looks), min(_columns(rows))
    starts = [first, *(first + start for start in starts_of_parts(cells, head_rows(cells))), max(_columns(rows)) + 1]
    parts = [_within(rows, set(range(start, stop))) for start, stop in pairwise(starts)]
    return [part for part in parts if part] if len(parts) > 1 else [rows]


def _first_cells(rows: Sequence[Row], merged: Merged, looks: Looks | None) -> list[Cell]:
    return list(_cells(rows[:_LOOKED_AT], min(_columns(rows)), merged, looks))


def _places(
    sheet: str,
    rows: Sequence[Row],
    table_rows: Sequence[Row],
    lead: Sequence[Block],
    merged: Merged,
    looks: Looks | None,
) -> Iterator[Page]:
    """The pages of a table, with what stands above it, cut after every 25 rows; of lines alone, one."""
    if not table_rows:
        if lead:
            yield Page(None, tuple(lead), _place(sheet, rows))
        return
    columns = sorted(_columns(rows))
    heads = head_rows(_first_cells(table_rows, merged, looks))
    top = list(_cells(table_rows[: MOST_HEADS + 1], columns[0], merged, looks))
    names = [dict(enumerate(texts, start=columns[0])) for texts in spread_out(top, heads)[:heads]]
    above, body = [*rows[: len(rows) - len(table_rows)], *table_rows[:heads]], table_rows[heads:]
    _say_in_each_row(table_rows, merged)
    for start in range(0, max(len(body), 1), ROWS_PER_PLACE):
        part = body[start : start + ROWS_PER_PLACE]
        shown = part if start else [*above, *part]
        for left in range(1, max(len(columns), 2), _COLUMNS_PER_TABLE):
            right = columns[left : left + _COLUMNS_PER_TABLE]
            grid = [
                [_said(texts.get(n, "")) for n in (columns[0], *right)]
                for texts in (*names, *(texts for _, texts in part))
            ]
            place = _place(sheet, shown, right if left > 1 else [columns[0], *right])
            yield Page(None, (*(() if start or left > 1 else lead), Block(table(grid, heads), "table")), place)


def _cells(rows: Sequence[Row], first: int, merged: Merged, looks: Looks | None) -> Iterator[Cell]:
    for at, (number, texts) in enumerate(rows):
        spans = {each.left: each for each in merged.get(number, ())}
        for column, text in texts.items():
            each = spans.get(column, MergedCells(column, column, number))
            height = sum(number <= below <= each.last for below, _ in rows)
            look = None if looks is None else looks.get(number, 0) >> 2 * column & 3
            yield Cell(at, column - first, height, min(each.right, _MOST_COLUMNS) - column + 1, text, look=look)


def _say_in_each_row(rows: Sequence[Row], merged: Merged) -> None:
    """Write what stands in merged cells into each row that they span."""
    by_number = dict(rows)
    for number, texts in rows:
        for each in merged.get(number, ()):
            label = in_each_row(texts.get(each.left, ""))
            for row in range(number + 1, min(each.last, rows[-1][0]) + 1):
                if row in by_number and label:
                    by_number[row].setdefault(each.left, label)


def _said(text: str) -> str:
    return "" if isinstance(text, Struck) else text


def _place(sheet: str, rows: Iterable[Row], columns: Iterable[int] | None = None) -> str:
    """`Costs!A4:F28`, as a spreadsheet program takes it."""
    rows = list(rows)
    columns = list(columns or _columns(rows))
    first = f"{get_column_letter(min(columns))}{rows[0][0]}"
    last = f"{get_column_letter(max(columns))}{rows[-1][0]}"
    name = sheet if sheet.replace("_", "").isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{first}" + (f":{last}" if last != first else "")
