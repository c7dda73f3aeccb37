"""The straight lines that a PDF page draws."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Box

_THIN = 3.0  # points; a filled box that is thinner is a line
NEAR = 4.0  # points between a line and the edge that it marks: the edges of a table's rows are set by their text
_WHOLE = 0.8  # of an edge, that lines must follow


def rulings(page: Any) -> list[Box]:
    """The level and upright lines of a pymupdf.Page as thin boxes in points of the page as it is shown.

    Lines, the sides of boxes that are stroked, and boxes that are filled and thin; curves and slanted lines are none, and
    nor is a filled box between two of its colour: a row that is shaded cell by cell.
    """
    lines = [box for box in _straight(page) if _is_thin(box)]
    if not page.rotation:
        return lines
    return [tuple(pymupdf.Rect(line) * page.rotation_matrix) for line in lines]


def _straight(page: Any) -> Iterator[Box]:
    drawings = page.get_cdrawings()
    # By colour and the height of the top, in points.
    shaded: defaultdict[tuple[object, int], list[Box]] = defaultdict(list)
    for drawing in drawings:
        for shape, *places in drawing["items"]:
            if shape == "re" and "s" not in drawing["type"]:
                shaded[drawing.get("fill"), round(places[0][1])].append(places[0])
    for drawing in drawings:
        for shape, *places in drawing["items"]:
            if shape == "l":
                (x0, y0), (x1, y1) = places
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            elif shape == "re":
                x0, y0, x1, y1 = places[0]
                if "s" in drawing["type"]:
                    yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
                elif not _is_shaded(places[0], shaded[drawing.get("fill"), round(y0)]):
                    yield x0, y0, x1, y1


def _is_shaded(box: Box, of_its_colour: Sequence[Box]) -> bool:
    """Whether a thin upright box touches boxes on both sides that are as high, of the same colour and not thin."""
    if box[2] - box[0] >= _THIN or box[3] - box[1] < _THIN:
        return False
    alike = [other for other in of_its_colour if not _is_thin(other) and abs(other[3] - box[3]) < 1]
    return any(abs(other[2] - box[0]) < 1 for other in alike) and any(abs(other[0] - box[2]) < 1 for other in alike)


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) < _THIN


def near(lines: Sequence[Box], y: float) -> list[Box]:
    """The level lines that may mark an edge at this height."""
    return [line for line in lines if line[3] - line[1] < _THIN and abs(line[1] + line[3] - 2 * y) <= 2 * NEAR]


def follow(lines: Sequence[Box], edge: Box) -> bool:
    """Whether lines run along most of an edge, which is a box without height or without width."""
    along, across = (0, 1) if edge[1] == edge[3] else (1, 0)
    covered, reached = 0.0, edge[along]
    beside = [
        line
        for line in lines
        if line[across + 2] - line[across] < _THIN and abs((line[across] + line[across + 2]) / 2 - edge[across]) <= NEAR
    ]
    for line in sorted(beside, key=lambda line: line[along]):
        end = min(line[along + 2], edge[along + 2])
        covered += max(end - max(line[along], reached), 0.0)
        reached = max(reached, end)
    return covered > _WHOLE * (edge[along + 2] - edge[along])


def joined(spans: Iterable[tuple[float, float]], touching: float) -> list[tuple[float, float]]:
    """From where to where lines run, those as one between which no more than `touching` points are free."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + touching:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
