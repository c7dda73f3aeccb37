"""Tables whose cells may span rows and columns: which rows are the head, and what stands in each place of the grid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ragcli.reading.tables.cells import QUANTITY, YEAR, Cell, in_each_row, is_data
from ragcli.reading.tables.forms import is_form

MOST_HEADS = 4  # rows of a head
Places = Mapping[tuple[int, int], Cell]  # by row and column


def without_title(cells: Sequence[Cell]) -> tuple[str, list[Cell]]:
    """What the first row says over the whole width of a table, if a row of heads follows; and the rest of the table.

    Of two columns it stays: there it is the head of names and what they are.
    """
    width = max((cell.column + cell.columns for cell in cells), default=0)
    first = [cell for cell in cells if cell.row == 0 and cell.text]
    heads = [cell.text for cell in cells if cell.row == 1 and cell.text]
    height = max((cell.row for cell in cells), default=0) + 1
    if len(first) != 1 or first[0].columns < width or first[0].rows > 1 or width < 3 or height < 3:
        return "", list(cells)
    if len(heads) < 2 or is_data(heads):
        return "", list(cells)
    return first[0].text, [replace(cell, row=cell.row - 1) for cell in cells if cell.row]


def head_rows(cells: Iterable[Cell]) -> int:
    """How many rows are the head of a table: the first, and each below it whose cells part what stands above them.

    None in a form, and where two columns hold things and what they are: the first row has a quantity, or a label that ends
    with a colon.
    A further row stands under cells that span columns, or under gaps (`2021` over the first of two quarters); or it has no
    label, holds units or the like, and a row with a label follows. Figures other than years make a row data, unless the
    head of the labels reaches down beside it.
    """
    cells = list(cells)
    if is_form(cells):
        return 0
    top = [cell for cell in cells if cell.row <= MOST_HEADS]
    places = _places(top)
    height = max((cell.row for cell in top), default=0) + 1
    if height > 1 and _says_what_things_are([_text(places, 0, column) for column in range(3)]):
        return 0
    heads = 1
    while heads < min(MOST_HEADS, height - 1) and _is_head(places, heads):
        heads += 1
    return heads


def spread_out(cells: Iterable[Cell], heads: int) -> list[list[str]]:
    """The rows of texts, all of one length.

    What spans rows speaks in each of them; what spans columns, above the last row of a head, over each of them.
    """
    places = _places(cells)
    height = max((row for row, _ in places), default=-1) + 1
    width = max((column for _, column in places), default=-1) + 1
    grid = [[""] * width for _ in range(height)]
    for (row, column), cell in places.items():
        if cell.column == column or row < heads - 1:
            grid[row][column] = cell.text if cell.row == row else in_each_row(cell.text)
    for row in range(min(heads, height) - 1):
        for column in range(1, width):
            if not grid[row][column] and _goes_right(places, row, column - 1, grid[row][column - 1]):
                grid[row][column] = grid[row][column - 1]
    return grid


def _places(cells: Iterable[Cell]) -> dict[tuple[int, int], Cell]:
    return {
        (row, column): cell
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _text(places: Places, row: int, column: int) -> str:
    cell = places.get((row, column))
    return cell.text if cell else ""


def _says_what_things_are(first: Sequence[str]) -> bool:
    label, value, *more = first
    is_quantity = QUANTITY.match(value) is not None and not YEAR.fullmatch(value)
    return bool(label and value) and not any(more) and (is_quantity or label.endswith(":"))


def _goes_right(places: Places, row: int, column: int, text: str) -> bool:
    """Whether what heads a column heads the next as well: nothing stands there, and the row below parts them."""
    parts = (_text(places, row + 1, column), _text(places, row + 1, column + 1))
    return bool(text) and all(parts) and not _text(places, row, column + 1)


def _is_head(places: Places, row: int) -> bool:
    width = max(column for _, column in places) + 1
    own = [column for column in range(width) if (cell := places.get((row, column))) and cell.row == row and cell.text]
    if not own:
        return any(_text(places, row, column) for column in range(width))
    above = {column: places.get((row - 1, column)) for column in own}
    spans = sum(cell is not None and cell.columns > 1 for cell in above.values())
    gaps = sum(_goes_right(places, row - 1, column, cell.text) for column, cell in above.items() if cell)
    texts = [_text(places, row, column) for column in own]
    is_parted = all(
        cell is None or not cell.text or cell.columns > 1 or _goes_right(places, row - 1, column, cell.text)
        for column, cell in above.items()
    )
    is_alike = len({places[row, x].column for x in own}) > 1 and all(
        cell and cell.columns == places[row, x].columns for x, cell in above.items()
    )
    label, below = places.get((row, 0)), places.get((row + 1, 0))
    reaches_down = label is not None and label.row < row
    is_labelled = label is not None and bool(label.text) and not reaches_down
    names_rows = below is not None and below.row == row + 1 and bool(below.text)
    if is_parted and spans and not is_alike:  # cells as wide as those above part nothing
        return (names_rows and not is_labelled) or not is_data(texts)
    if is_data(texts):
        return False
    return (is_parted and gaps > 1) or (len(own) > 1 and not is_labelled and names_rows)
