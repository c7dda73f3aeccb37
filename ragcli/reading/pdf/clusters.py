"""Boxes that lie close together, grouped: the strokes of a drawing."""

import re
from collections.abc import Sequence

from ragcli.records import Box

_RUN = re.compile("1+")
_CELL = 4.0  # points: what comes closer than about two cells is one drawing


def clusters(boxes: Sequence[Box], width: float, height: float) -> list[list[Box]]:
    """Group the boxes that lie close together.

    On a raster, a row of which is the bits of one integer: a map of ten thousand strokes takes milliseconds.
    """
    if not boxes:
        return []
    columns, lines = int(width / _CELL) + 3, int(height / _CELL) + 3
    cells: dict[tuple[int, int, int, int], list[Box]] = {}  # a map has thousands of strokes in the same few cells
    for box in boxes:
        cells.setdefault(
            (int(box[0] / _CELL), int(box[1] / _CELL), int(box[2] / _CELL), int(box[3] / _CELL)), []
        ).append(box)
    raster = [0] * lines
    for left, top, right, bottom in cells:
        mask = (1 << (min(right + 2, columns) + 1)) - (1 << left)
        for line in range(top, min(bottom + 2, lines)):
            raster[line] |= mask
    groups = _components(raster)
    joined: dict[int, list[Box]] = {}
    for (left, top, _, _), members in cells.items():
        group = next(group for start, end, group in groups[top] if start <= left < end)
        joined.setdefault(group, []).extend(members)
    return list(joined.values())


def _components(raster: Sequence[int]) -> list[list[tuple[int, int, int]]]:
    """For each line its runs of set bits: (start, end, number of the connected group)."""
    parents: list[int] = []

    def root(group: int) -> int:
        while parents[group] != group:
            group = parents[group] = parents[parents[group]]
        return group

    lines: list[list[tuple[int, int, int]]] = []
    above: list[tuple[int, int, int]] = []
    for bits in raster:
        runs: list[tuple[int, int, int]] = []
        for found in _RUN.finditer(f"{bits:b}"[::-1]) if bits else ():
            start, end = found.span()
            touching = [root(group) for first, last, group in above if first < end and start < last]
            if not touching:
                touching = [len(parents)]
                parents.append(len(parents))
            for group in touching[1:]:
                parents[group] = touching[0]
            runs.append((start, end, touching[0]))
        lines.append(runs)
        above = runs
    return [[(start, end, root(group)) for start, end, group in runs] for runs in lines]
