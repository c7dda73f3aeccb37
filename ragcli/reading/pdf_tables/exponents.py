"""Raised figures on a page, for texts that have lost them: `10⁹` is `109` to the table finder, and `km²` `km2`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.normalise import raised
from ragcli.records import Box

_FIGURES = re.compile(r"[-−–+]?\d{1,3}")


@dataclass(frozen=True, slots=True)
class Exponent:
    """Where figures stand raised, and the word that they are of: as it is without that, and as it is meant."""

    middle: tuple[float, float]
    flat: str
    meant: str


def exponents_of(page: Any) -> list[Exponent]:
    """The raised figures of a PyMuPDF page, in the order of its text; none of a page that is turned."""
    found: list[Exponent] = []
    for block in () if page.rotation else page.get_text("dict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]:
        for line in block["lines"]:
            for before, span in pairwise(line["spans"]):
                figures, word = span["text"].strip(), before["text"].split(" ")[-1]
                if word and _is_raised(span) and not _is_raised(before) and _FIGURES.fullmatch(figures):
                    x0, y0, x1, y1 = span["bbox"]
                    found.append(Exponent(((x0 + x1) / 2, (y0 + y1) / 2), word + figures, word + raised(word, figures)))
    return found


def raised_in(text: str, box: Box | None, exponents: Sequence[Exponent]) -> str:
    """A text with those figures raised that stand so within its box."""
    if box is None:
        return text
    for one in exponents:
        if box[0] < one.middle[0] < box[2] and box[1] < one.middle[1] < box[3]:
            text = text.replace(one.flat, one.meant, 1)
    return text


def _is_raised(span: dict[str, Any]) -> bool:
    return bool(span["flags"] & pymupdf.TEXT_FONT_SUPERSCRIPT)
