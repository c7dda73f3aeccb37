"""Tables that name a thing once, in the first of its rows: a person above what she earned in each of three years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ragcli.reading.tables.cells import Cell, in_each_row

_FEWEST = 2  # things, and rows of each
_Places = Mapping[tuple[int, int], Cell]  # by row and column


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing by its rows, the first of which names it, perhaps below a line of the name that has a row of its own."""

    rows: tuple[int, ...]
    above: int | None = None

    def name(self, places: _Places) -> Cell:
        cell = places[self.rows[0], 0]
        if self.above is None:
            return cell
        return replace(cell, text=f"{places[self.above, 0].text} {cell.text}")


def with_names_in_each_row(cells: Sequence[Cell], heads: int) -> list[Cell]:
    """The cells with the name of each thing in all its rows: those below that have none, if another column tells them apart.

    Such a column begins anew with each thing, `2019, 2018, 2017, 2019, 2018, 2017`; else a row without a name may be a sum.
    """
    places = {(cell.row, cell.column): cell for cell in cells if cell.row >= heads and cell.text}
    things = _things(places)
    width = max((column for _, column in places), default=0) + 1
    if not any(_begins_anew(things, places, column) for column in range(1, width)):
        return list(cells)
    names = {row: thing.name(places) for thing in things for row in thing.rows}
    gone = {*names, *(thing.above for thing in things)}
    said = [
        replace(name, row=row, text=name.text if row == name.row else in_each_row(name.text), box=None)
        for row, name in names.items()
    ]
    return [*(cell for cell in cells if cell.column or cell.row not in gone), *said]


def _things(places: _Places) -> list[_Thing]:
    things: list[_Thing] = []
    above: int | None = None
    for row in sorted({row for row, _ in places}):
        own = [column for at, column in places if at == row]
        if own == [0] and above is None:
            above = row
        elif 0 in own or above is not None:
            things.append(_Thing((row,), above))
            above = None
        elif things:
            things[-1] = replace(things[-1], rows=(*things[-1].rows, row))
    return things


def _begins_anew(things: Sequence[_Thing], places: _Places, column: int) -> bool:
    """Whether the texts of a column are the same for each thing, and tell its rows apart."""
    keys = {
        tuple(places[row, column].text if (row, column) in places else "" for row in thing.rows) for thing in things
    }
    first = next(iter(keys), ())
    is_named = all((thing.rows[0], 0) in places for thing in things)
    is_one = len(keys) == 1 and len(things) >= _FEWEST
    return is_named and is_one and len(set(first)) == len(first) >= _FEWEST and all(first)
