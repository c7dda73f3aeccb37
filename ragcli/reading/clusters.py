"""Boxes that lie close together, grouped: the strokes of a drawing."""

import re
from collections.abc import Sequence

from ragcli.records import Box

_CELL = 4.0  # points: what comes closer than about two cells is one drawing


def clusters(boxes: Sequence[Box], width: float, height: float) -> list[list[Box]]:
    """Group the boxes that lie close together.

    On a raster, a row of which is the bits of one integer: a map of ten thousand strokes takes milliseconds.
    """
    if not boxes:
        return []
    columns, lines = int(width / _CELL) + 3, int(height / _CELL) + 3
    raster = [0] * lines
    for x0, y0, x1, y1 in boxes:
        left, right = int(x0 / _CELL), min(int(x1 / _CELL) + 2, columns)
        mask = (1 << (right + 1)) - (1 << left)
        for line in range(int(y0 / _CELL), min(int(y1 / _CELL) + 2, lines)):
            raster[line] |= mask
    groups = _components(raster)
    joined: dict[int, list[Box]] = {}
    for box in boxes:
        line, column = int(box[1] / _CELL), int(box[0] / _CELL)
        group = next(group for start, end, group in groups[line] if start <= column < end)
        joined.setdefault(group, []).append(box)
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
        for found in re.finditer("1+", f"{bits:b}"[::-1] if bits else ""):
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
