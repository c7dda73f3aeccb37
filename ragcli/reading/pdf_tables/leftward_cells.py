"""Tables in Arabic, Hebrew, Persian, …: their cells in the order of reading, and their columns from the right.

The table finder puts words from the left to the right, whatever their script.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ragcli.reading.boxes import holds_middle
from ragcli.reading.mupdf.content import Content
from ragcli.reading.normalise import clean
from ragcli.reading.tables.cells import Cell
from ragcli.reading.text_layer.leftwards import has_leftward, reordered, runs_leftwards
from ragcli.records import Box

_ONE_LINE = 0.3  # of the size, by which baselines of one line may differ


def cells_from_the_right(page: Any, cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a table on a pymupdf.Page that is not turned, as its script is read; those of other scripts as they are.

    A cell whose letters would not be the same stays as it is.
    """
    if not any(has_leftward(cell.text) for cell in cells):
        return list(cells)
    lines = [line for block in Content(page).letters() for line in block.get("lines", ()) if line["dir"] == (1.0, 0.0)]
    read = []
    for cell in cells:
        if cell.box and has_leftward(cell.text):
            text = " ".join(clean(" ".join(_texts(lines, cell.box))).split())
            cell = replace(cell, text=text) if _letters(text) == _letters(cell.text) else cell
        read.append(cell)
    if not runs_leftwards("".join(cell.text for cell in cells)):
        return read
    width = max(cell.column + cell.columns for cell in cells)
    return [replace(cell, column=width - cell.column - cell.columns) for cell in read]


def _texts(lines: Sequence[Mapping[str, Any]], box: Box) -> list[str]:
    """What stands in a box, line by line."""
    within: list[dict[str, Any]] = []
    for line in lines:
        inside = (
            {**span, "chars": [letter for letter in span["chars"] if holds_middle(box, letter["bbox"])]}
            for span in line["spans"]
        )
        spans = [span for span in inside if span["chars"]]
        for span in spans:
            span["text"] = "".join(letter["c"] for letter in span["chars"])
        if spans:
            within.append({**line, "spans": spans})
    rows: list[dict[str, Any]] = []
    for line in sorted(within, key=_base):
        if rows and _base(line) - _base(rows[-1]) < _ONE_LINE * line["spans"][0]["size"]:
            rows[-1]["spans"] += line["spans"]
        else:
            rows.append(line)
    return ["".join(span["text"] for span in reordered(row)["spans"]) for row in rows]


def _base(line: Mapping[str, Any]) -> float:
    return float(line["spans"][0]["chars"][0]["origin"][1])


def _letters(text: str) -> list[str]:
    return sorted("".join(unicodedata.normalize("NFKC", text).split()))
