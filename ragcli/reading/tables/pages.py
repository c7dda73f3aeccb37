"""Tables that cross pages, or columns of one."""

from collections.abc import Sequence

from ragcli.reading.tables.cells import is_data, is_figure
from ragcli.reading.tables.markdown import table_cells
from ragcli.records import Block

_ALIKE = 6.0  # points by which the sides of one table may differ from page to page


def continued(first: Block, second: Block, is_set_apart: tuple[bool, bool] = (False, False)) -> Block | None:
    """The second block as the continuation of the first, which ends the page before; None when it is another table.

    It goes on when it has as many columns, between the same sides, and repeats the head or has none of its own: then one
    side will do, since a side is where the longest text of the page ends. A row that was taken for a head, though the
    first table's head is no such row, is a row again; and as only a head may stand out on a side, the table then may be
    narrower, or wider on one side where that row is like the last row before it. Such a row has figures, or says what
    its column says again, or is set as the rows are, though the first table's head is set apart.

    Args:
        is_set_apart: whether the first row of each is set otherwise than the others.
    """
    if first.bbox is None or second.bbox is None:
        return None
    (head, rule, *before), (own, own_rule, *body) = first.text.split("\n"), second.text.split("\n")
    sides = second.bbox[0] - first.bbox[0], first.bbox[2] - second.bbox[2]  # how much narrower it is
    is_headless = set(own) <= set("| ")
    is_row = own != head and not is_headless
    fits = min(sides) >= -_ALIKE and (is_row or max(sides) <= _ALIKE)
    if is_headless or (is_row and before and _are_alike(before[-1], own)):
        fits = fits or min(map(abs, sides)) <= _ALIKE
    if rule != own_rule or not fits:
        return None
    if is_headless and body[:1] == [head]:  # it repeats the head below an empty one
        body = body[1:]
    if is_row:
        if is_set_apart[1] or not (is_set_apart[0] or _is_data(own) or _says_again(own, head, [*before, *body])):
            return None
        body = [own, *body]
    return Block("\n".join([head, rule, *body]), "table", second.bbox, continues=True)


def _is_data(line: str) -> bool:
    cells = table_cells(line)
    return sum(map(is_figure, cells)) * 2 >= len([cell for cell in cells if cell])


def _says_again(line: str, head: str, rows: Sequence[str]) -> bool:
    """Whether a row says in words what its column says in another row: heads do not, but where all of them stand again."""
    if line in rows:
        return False
    columns = zip(*map(table_cells, rows), strict=True)
    return any(
        cell != name and any(map(str.isalpha, cell)) and cell in column
        for cell, name, column in zip(table_cells(line), table_cells(head), columns, strict=False)
    )


def _are_alike(row: str, other: str) -> bool:
    """Whether two rows have figures, others than years, in the same columns, and words in the same."""
    cells, others = table_cells(row), table_cells(other)
    return is_data(others) and [_kind(cell) for cell in cells] == [_kind(cell) for cell in others]


def _kind(cell: str) -> str:
    return "figure" if is_figure(cell) else "words" if cell else ""
