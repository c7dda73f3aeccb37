"""Tables in which parts stand side by side that people read one after the other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ragcli.reading.tables.cells import Cell

_MOST = 0.8  # of a column's cells


def below_each_other(cells: Sequence[Cell], heads: int) -> list[Cell]:
    """The cells of a table with what stands side by side in it below each other, part for part; else as they are.

    Parts are two tables with the same heads, `No. | Name | No. | Name`, and in a form the labels with what they are, from
    one title within it to the next.
    """
    starts = [0, *starts_of_parts(cells, heads)]
    if len(starts) < 2:
        return list(cells)
    width = max(cell.column + cell.columns for cell in cells)
    height = max(cell.row + cell.rows for cell in cells)
    below: list[Cell] = []
    for first, last in pairwise([0, *(() if heads else _titles(cells)), height]):
        for part, (start, stop) in enumerate(pairwise([*starts, width])):
            own = [
                cell
                for cell in cells
                if first <= cell.row < last and start <= cell.column < stop and (not part or cell.row >= heads)
            ]
            down = first * (len(starts) - 1) + part * (last - first - heads)
            moved = [
                replace(
                    cell, row=cell.row + down, column=cell.column - start, columns=min(cell.columns, stop - cell.column)
                )
                for cell in own
            ]
            below += moved if heads else _in_two_columns(moved)
    return below


def _titles(cells: Sequence[Cell]) -> list[int]:
    """The rows of a form, but for the first, that say one thing alone, in the place of a label: what follows is about it."""
    said = Counter(cell.row for cell in cells if cell.text)
    titles = {cell.row for cell in cells if not cell.column and cell.text and not cell.text.endswith(":")}
    return sorted(row for row in titles if row and said[row] == 1)


def _in_two_columns(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of labels and what they are, this in one column where no row has two of it."""
    told = Counter(cell.row for cell in cells if cell.column and cell.text)
    if max(told.values(), default=0) > 1:
        return list(cells)
    return [
        replace(cell, column=1, columns=1) if cell.column else cell for cell in cells if cell.text or not cell.column
    ]


def starts_of_parts(cells: Sequence[Cell], heads: int) -> list[int]:
    """The columns, but for the first, with which the parts of a table begin that stand side by side."""
    return _starts_of_heads(cells, heads) if heads else _starts_of_labels(cells)


def _starts_of_heads(cells: Sequence[Cell], heads: int) -> list[int]:
    """Where the heads begin anew."""
    width = max((cell.column + cell.columns for cell in cells), default=0)
    said = [cell.text.casefold() for cell in sorted(cells, key=lambda cell: cell.column) if cell.row == 0]
    if heads > 1 or len(said) < width or not all(said):
        return []
    for size in range(2, width // 2 + 1):
        if width % size == 0 and said == said[:size] * (width // size) and len(set(said)) == size:
            return list(range(size, width, size))
    return []


def _starts_of_labels(cells: Sequence[Cell]) -> list[int]:
    """The columns of a form, but for the first, that hold labels as the first does, with columns of what they are between."""
    columns: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.column, cell.row)):
        if cell.text:
            columns.setdefault(cell.column, []).append(cell)
    if 0 not in columns:
        return []
    share = _shares_of_labels(columns)
    starts = [column for column in columns if column and share[column] >= _MOST]
    if any(start - 1 not in columns or share[start - 1] > 1 - _MOST for start in starts) or max(columns) in starts:
        return []
    return starts


def _shares_of_labels(columns: Mapping[int, Sequence[Cell]]) -> dict[int, float]:
    """Of each column's texts, how many are labels: set as those of the first are, or with a colon, if they have one.

    None where a label comes again: what stands beside each other is one of several of a kind, `Name: | Ada | Born: | 1851`.
    """
    texts = [cell.text for members in columns.values() for cell in members if cell.text.endswith(":")]
    if any(cell.text.endswith(":") for cell in columns[0]):
        is_repeated = len(set(texts)) < len(texts)
        return {
            column: 0.0 if is_repeated else sum(cell.text.endswith(":") for cell in members) / len(members)
            for column, members in columns.items()
        }
    labels = {cell.look for cell in columns[0]} - {None}
    return {column: sum(cell.look in labels for cell in members) / len(members) for column, members in columns.items()}
