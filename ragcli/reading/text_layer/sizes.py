"""The size of letters whose font does not tell it: a Type 3 font has a scale of its own, and its size says nothing.

Statements and bills are printed so, and what old TeX made: 12-point letters come as 0.24 or as 58 points. Words, cells and
headings are told by the size. How far the letters stand apart is the same in all fonts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ragcli.reading.boxes import around
from ragcli.reading.text_layer.row import Row

_WIDEST, _NARROWEST = 3.0, 0.115  # sizes from letter to letter, in the mean: real fonts have 0.13 to 1.4
_MEAN = 0.5  # of those that are read
_FEWEST = 4  # letters
_ASCENT, _DESCENT = 0.8, 0.2  # of the size


def are_mistaken(rows: Iterable[Row]) -> bool:
    """Tell whether the letters of a row stand so far apart, or so close, that they can't have their size."""
    return any(not _NARROWEST < row.glyph / row.size < _WIDEST for row in rows if len(row.text) >= _FEWEST and row.size)


def with_sizes(blocks: Sequence[dict[str, Any]]) -> None:
    """Set the sizes of such letters, and the heights of their boxes, by how far they stand apart, font by font.

    Args:
        blocks: as `Page.get_text("dict")` has them; changed in place.
    """
    fonts: defaultdict[tuple[str, float], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for line in (line for block in blocks for line in block.get("lines", ())):
        for span in line["spans"]:
            fonts[span["font"], round(span["size"], 2)].append((line, span))
    for (_, size), pieces in fonts.items():
        letters = sum(len(span["text"]) for _, span in pieces)
        apart = sum(_length(line, span) for line, span in pieces) / max(letters, 1)
        if letters >= _FEWEST and size and apart > 1 and not _NARROWEST < apart / size < _WIDEST:
            for line, span in pieces:
                span["size"] = apart / _MEAN
                if line["dir"] == (1.0, 0.0):
                    left, _, right, _ = span["bbox"]
                    base = span["origin"][1]
                    span["bbox"] = (left, base - _ASCENT * span["size"], right, base + _DESCENT * span["size"])
            for line in {id(line): line for line, _ in pieces}.values():
                line["bbox"] = around(*(span["bbox"] for span in line["spans"]))


def _length(line: Mapping[str, Any], span: Mapping[str, Any]) -> float:
    left, top, right, bottom = span["bbox"]
    return float(right - left if abs(line["dir"][0]) > 0.5 else bottom - top)
