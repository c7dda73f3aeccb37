"""How the cells of a PDF's tables are set: in bold or italics, in which colour, on which shade."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.tables.cells import Cell, Look
from ragcli.reading.text_layer.row import is_bold, is_italic
from ragcli.records import Box

_WHITE = 0.97  # of each colour: paper
_THIN = 3.0  # points; a filled box that is thinner is a line


@dataclass(frozen=True, slots=True)
class Looks:
    """Where which letters stand on a page that is not turned, from the top, and what it is shaded with, in drawing order."""

    letters: tuple[tuple[float, float, Look, int], ...] = ()  # height and middle of a run, its look, how many
    shades: tuple[tuple[Box, Look], ...] = ()

    def seen(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells, each with the look of most of its letters."""
        return [replace(cell, look=self.of(cell.box)) if cell.box else cell for cell in cells]

    def of(self, box: Box) -> Look:
        """The look of most letters in a box, and of what is below them."""
        left, top, right, bottom = box
        found: Counter[Look] = Counter()
        for y, x, look, count in self.letters[bisect_left(self.letters, top, key=lambda run: run[0]) :]:
            if y > bottom:
                break
            if left <= x <= right:
                found[look] += count
        x, y = (left + right) / 2, (top + bottom) / 2
        shade = next((look for area, look in reversed(self.shades) if _holds(area, x, y)), None)
        return (found.most_common(1)[0][0], shade) if found else None


def looks_on(page: Any) -> Looks:
    """The looks of what stands on a pymupdf.Page; none known where all looks alike, as what was read off a scan does."""
    letters = [
        ((span["bbox"][1] + span["bbox"][3]) / 2, (span["bbox"][0] + span["bbox"][2]) / 2, _look(span), len(said))
        for block in page.get_text("dict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        if (said := span["text"].strip())
    ]
    shades = [
        (tuple(places[0]), None if min(drawing["fill"]) > _WHITE else drawing["fill"])
        for drawing in page.get_cdrawings()
        if drawing.get("fill")
        for shape, *places in drawing["items"]
        if shape == "re" and min(places[0][2] - places[0][0], places[0][3] - places[0][1]) > _THIN
    ]
    if len({look for _, _, look, _ in letters}) < 2 and not any(look for _, look in shades):
        return Looks()
    return Looks(tuple(sorted(letters, key=lambda run: run[:2])), tuple(shades))


def _look(span: dict[str, Any]) -> Look:
    return is_bold(span), is_italic(span), span["color"]


def _holds(area: Box, x: float, y: float) -> bool:
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
