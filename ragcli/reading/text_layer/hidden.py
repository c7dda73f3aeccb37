"""Text of a PDF page that a machine reads and a person does not see: white on white, tiny, or painted with no ink.

It is how a document tries to speak to a language model behind its reader's back. It stays in the text, since a page with
a dark background may look like that, and is named. Text off the page is not read at all.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any

from ragcli.counted import counted
from ragcli.reading.mupdf.content import Content, lightness
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Box

_TINY = 2.0  # points
_WHITE = 0xE8  # of 255, that each of red, green and blue of a hidden letter reaches
_DARK = 0xCC  # of 255, below which a colour of the background shows white letters
_SCAN = 0.5  # share of the page that pictures cover, above which letters without ink are those of its text recognition
_FEWEST = 8  # letters
_SHOWN = 80
_CUT = re.compile(r"(?: \S*)? …”$")
_MARKS = re.compile(
    r"\S*\d\S*(?: \S*\d\S*)*"
)  # `_63ec1928-c0c9-11ec` and `PLACEHOLDER_7`, which say nothing to a reader


def hidden_text(content: Content, blocks: Sequence[Mapping[str, Any]]) -> str | None:
    """One line on what is hidden of a page and how it begins; None when all can be seen.

    Args:
        content: the page's, of which more is looked at only when something may be hidden.
        blocks: its text.
    """
    suspects = [
        (how, span)
        for block in blocks
        for line in block.get("lines", ())
        for span in line["spans"]
        # Nearly all spans are black ink: asked first, for there are hundreds on a page.
        if (span["color"] or span["size"] < _TINY or span["alpha"] == 0) and (how := _suspect(span))
    ]
    if not suspects:
        return None
    seen = _seen(blocks, {id(span) for _, span in suspects})
    suspects = [(how, span) for how, span in suspects if span["text"].strip() not in seen]  # the name of an axis, again
    found: dict[str, list[str]] = {}
    backgrounds: list[Box] | None = None
    bands: list[Box] | None = None
    is_scan = any(how == "without ink" for how, _ in suspects) and content.pictured > _SCAN
    for how, span in suspects:
        if how == "white":
            backgrounds = _backgrounds(content) if backgrounds is None else backgrounds
            if any(_covers(box, span["bbox"]) for box in backgrounds):
                continue
            bands = _bands(content) if bands is None else bands
            if any(_covers(box, span["bbox"]) for box in bands):
                continue
        if how == "without ink" and is_scan:
            continue
        found.setdefault(how, []).append(span["text"].strip())
    text = " ".join(piece for pieces in found.values() for piece in pieces)
    if sum(map(str.isalpha, text)) < _FEWEST:
        return None
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + " …"
    return f"{len(text)} characters that a reader does not see ({', '.join(found)}): “{shown}”"


def _seen(blocks: Sequence[Mapping[str, Any]], hidden: Set[int]) -> set[str]:
    """The texts that stand on a page for all to see."""
    return {
        span["text"].strip()
        for block in blocks
        for line in block.get("lines", ())
        for span in line["spans"]
        if id(span) not in hidden
    }


def named_once(hidden: Mapping[int, str]) -> list[str]:
    """A line for each hidden text, where it stands first: a mark that a program leaves on every page is named once.

    Args:
        hidden: by page what `hidden_text` says of it; two that differ in words with figures, be they many, are alike.
    """
    alike: dict[str, list[int]] = {}
    for page, said in hidden.items():
        alike.setdefault(_MARKS.sub("0", _CUT.sub("”", said)), []).append(page)
    return [
        f"p.{first}: {hidden[first]}"
        + (f"; alike on {counted(len(more), 'page')} more, to p.{more[-1]}" if more else "")
        for first, *more in alike.values()
    ]


def _suspect(span: Mapping[str, Any]) -> str | None:
    if not any(map(str.isalnum, span["text"])):  # white boxes to tick say nothing
        return None
    if span["alpha"] == 0:  # letters filled with a pattern or a picture are cut out of it: their own colour has no ink
        return None if span["char_flags"] & pymupdf.mupdf.FZ_STEXT_CLIPPED else "without ink"
    x0, y0, x1, y1 = span["bbox"]
    # Fonts of bitmaps may state any size: what they show tells.
    if span["size"] < _TINY and max(x1 - x0, y1 - y0) < _TINY * len(span["text"]):
        return "tiny"
    if lightness(span["color"]) >= _WHITE:
        return "white"
    return None


def _backgrounds(content: Content) -> list[Box]:
    """Where white letters can be seen: filled with a colour, or a picture; the largest first, for those have most."""
    boxes = {path["bbox"] for path in content.paths if not path["stroked"] and lightness(path["color"]) < _DARK}
    # A plot may have ten thousand marks and lines, none as large as a letter.
    large = [box for box in boxes.union(content.pictures) if box[2] - box[0] > _TINY and box[3] - box[1] > _TINY]
    return sorted(large, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))


def _bands(content: Content) -> list[Box]:
    """Where white letters stand on a thick line, as layout programs draw a ground behind words."""
    found: list[Box] = []
    for drawing in content.drawn:
        colour = drawing.get("color")
        half = drawing.get("width", 0.0) / 2
        if "s" in drawing["type"] and half > _TINY and colour and 255 * min(colour) < _DARK:
            for shape, *places in drawing["items"]:
                if shape == "l":
                    (x0, y0), (x1, y1) = places
                    line = pymupdf.Rect(min(x0, x1), min(y0, y1) - half, max(x0, x1), max(y0, y1) + half)
                    found.append(tuple(line * content.page.rotation_matrix))
    return found


def _covers(box: Box, span: Box) -> bool:
    x, y = (span[0] + span[2]) / 2, (span[1] + span[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
