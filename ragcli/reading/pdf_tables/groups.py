"""Rows that name a group of those below them, `Europe` above its countries: no heads, though they stand below the head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.tables.cells import Cell, is_data, is_figure
from ragcli.records import Box

_MONEY = re.compile(r"[-+−(]?[€$£¥₹] ?\d[\d.,]*\)?")
_ASIDE = 3.0  # points by which names of groups may stand apart that stand in one place


def count_heads(cells: Sequence[Cell], heads: int, pieces: Sequence[Piece]) -> int:
    """How many of the rows that were taken for heads are some: none from a row on that begins what the head is about.

    Such a row names a group below a full row of heads: it spans the table, or further rows hold as much and look alike. Or
    it has a label, and figures, or looks as the row below it does and no row of the head. Below any head it may have a label
    and amounts of money.

    Args:
        cells: with their looks.
        pieces: of the table.
    """
    width = max((cell.column + cell.columns for cell in cells), default=0)
    rows = _by_row(cells)
    groups = _groups(rows, pieces)
    for row in range(1, heads):
        above, own, below = rows.get(row - 1, []), rows.get(row, []), rows.get(row + 1, [])
        is_labelled = len(own) > 1 and own[0].column == 0
        if is_labelled and any(_MONEY.fullmatch(cell.text) for cell in own[1:]):
            return row
        if len(above) < max(width, 2):  # what spans columns, or leaves some free, is parted by the row below
            continue
        if row in groups or (len(own) == 1 and own[0].columns == width):
            return row
        looks = {cell.look for cell in own}
        of_head = {cell.look for number in range(row) for cell in rows.get(number, [])}
        if is_labelled and is_data(cell.text for cell in own[1:]):
            return row
        if is_labelled and looks == {cell.look for cell in below} and None not in looks and not looks & of_head:
            return row
    return heads


def with_groups_over_all(cells: Sequence[Cell], heads: int, pieces: Sequence[Piece]) -> list[Cell]:
    """The cells with the names of groups that stand in a column of figures over the whole table: read in its first column."""
    width = max((cell.column + cell.columns for cell in cells), default=0)
    rows = _by_row(cells)
    names = {row: rows[row][0] for row in _groups(rows, pieces) if row >= heads and rows[row][0].column}
    wide = [replace(name, column=0, columns=width) for name in names.values()]
    return [*(cell for cell in cells if cell.row not in names), *wide]


def _groups(rows: Mapping[int, Sequence[Cell]], pieces: Sequence[Piece]) -> list[int]:
    """The rows that hold nothing but a name, and look alike: all begin at one place, or have their middle there."""
    lone = {row: own[0] for row, own in rows.items() if row and len(own) == 1 and _is_name(own[0].text)}
    sides = {row: side for row, cell in lone.items() if cell.box and (side := _sides(cell.box, pieces))}
    if len(sides) < 2 or len({lone[row].look for row in sides}) > 1:
        return []
    starts, middles = [left for left, _ in sides.values()], [(left + right) / 2 for left, right in sides.values()]
    return list(sides) if min(max(starts) - min(starts), max(middles) - min(middles)) < _ASIDE else []


def _sides(row: Box, pieces: Sequence[Piece]) -> tuple[float, float] | None:
    """From where to where anything is written on the lines of a row."""
    said = [piece.box for piece in pieces if row[1] <= (piece.box[1] + piece.box[3]) / 2 < row[3]]
    return (min(box[0] for box in said), max(box[2] for box in said)) if said else None


def _is_name(text: str) -> bool:
    """Whether a text may name a group: no figure, and not the rest of what stands in the row above."""
    return text[0].isupper() and not is_figure(text)


def _by_row(cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    return rows
