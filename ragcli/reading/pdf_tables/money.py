"""Accounts set the sign of money, and the bracket that closes a loss, in columns of their own: they belong to the figure.

In English the sign stands before its figure, in French and German behind it: `$ 4,620`, `4 620 €`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ragcli.reading.tables.cells import Cell

_SIGN = r"(?:US|CA|AU|HK)?[$€£¥₹]"
OPENS = re.compile(rf"{_SIGN}|{_SIGN} ?\(|\(")  # a figure follows
CLOSES = re.compile(r"\)|%|\) ?%|% ?\)")  # a figure came before
_MONEY = re.compile(_SIGN)
_CLOSES_OR_SIGN = re.compile(rf"{CLOSES.pattern}|{_SIGN}")
_BRACKET = re.compile(r"\(")
_BEGINS = re.compile(r"[(\-−–—+]?[€$£¥₹]?[\d.,]*\d|[—–−-]{1,2}$")  # a figure, or the dash for none
_ENDS = re.compile(r"[\d—–−-]$")
# The sign of the figure in the next column, behind one that has its own before it; `4 620 €` keeps what it has.
_TOO_MUCH = re.compile(rf"(?P<own>{_SIGN} ?\(?.*[\d)%—–−-]) ?(?P<sign>{_SIGN})")


def with_signs(cells: Sequence[Cell], heads: int) -> list[Cell]:
    """The cells with each column of nothing but such signs made one with the column of their figures.

    Args:
        heads: how many rows are heads; what stands in them over the sign goes with the figures too.
    """
    merged = _given_back(cells)
    opens, closes = (_BRACKET, _CLOSES_OR_SIGN) if _stand_behind(merged, heads) else (OPENS, CLOSES)
    for column in reversed(range(max((cell.column + cell.columns for cell in cells), default=0))):
        own, left, right = (_texts(merged, heads, at) for at in (column, column - 1, column + 1))
        if own and all(opens.fullmatch(text) and _BEGINS.match(right.get(row, "")) for row, text in own.items()):
            merged = _without_border(merged, column) or merged
        elif own and all(closes.fullmatch(text) and _ENDS.search(left.get(row, "")) for row, text in own.items()):
            merged = _without_border(merged, column - 1) or merged
    return merged


def _stand_behind(cells: Sequence[Cell], heads: int) -> bool:
    """Whether the signs of money stand behind their figures: all have one to their left, and one has none to its right."""
    places = {(cell.row, cell.column): cell.text for cell in cells if cell.row >= heads}
    signs = [place for place, text in places.items() if _MONEY.fullmatch(text)]
    follow = all(_ENDS.search(places.get((row, column - 1), "")) for row, column in signs)
    return follow and any(not _BEGINS.match(places.get((row, column + 1), "")) for row, column in signs)


def _given_back(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with each sign that the finder left behind a figure before the next one, which it belongs to."""
    places = {(cell.row, cell.column): cell for cell in cells}
    for (row, column), cell in sorted(places.items()):
        further = places.get((row, column + cell.columns))
        if further and _BEGINS.match(further.text) and (found := _TOO_MUCH.fullmatch(cell.text)):
            places[row, column] = replace(cell, text=found["own"])
            places[further.row, further.column] = replace(further, text=f"{found['sign']} {further.text}")
    return list(places.values())


def _texts(cells: Sequence[Cell], heads: int, column: int) -> dict[int, str]:
    return {cell.row: cell.text for cell in cells if cell.column == column and cell.row >= heads and cell.text}


def _without_border(cells: Sequence[Cell], left: int) -> list[Cell] | None:
    """The cells with column `left` and the next as one; None where cells over several rows do not let them."""
    placed: dict[tuple[int, int], Cell] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        covers = cell.column <= left < cell.column + cell.columns - 1
        moved = replace(cell, column=cell.column - (cell.column > left), columns=cell.columns - covers)
        known = placed.get((moved.row, moved.column))
        if known is not None:
            if known.rows != moved.rows:
                return None
            moved = replace(moved, columns=max(known.columns, moved.columns), text=_joined(known.text, moved.text))
        placed[moved.row, moved.column] = moved
    return list(placed.values())


def _joined(left: str, right: str) -> str:
    between = "" if left.endswith("(") or CLOSES.fullmatch(right) else " "
    return f"{left}{between}{right}".strip()
