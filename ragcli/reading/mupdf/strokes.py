"""What a page draws beside its letters, where it may belong to them: level lines, boxes, and the letters in their places."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ragcli.reading.mupdf.content import OPERAND, two_before

_LINE = re.compile(rb" m\s+%b %b l\s" % (OPERAND, OPERAND))
_BOX = re.compile(rb" re\s")


class Letter(NamedTuple):
    """A letter of a line, in points of the unrotated page."""

    left: float
    right: float
    base: float
    size: float
    sign: str
    place: tuple[int, int]  # its span's number, and its own in that


def letters_of(line: Mapping[str, Any]) -> Iterator[Letter]:
    """The letters of a line of `Content.letters`, with its spaces."""
    for number, span in enumerate(line["spans"]):
        for at, char in enumerate(span["chars"]):
            left, _, right, _ = char["bbox"]
            yield Letter(left, right, char["origin"][1], span["size"], char["c"], (number, at))


def level_lines(operators: bytes) -> Iterator[float]:
    """How long the level lines are that a page draws, in units of its operators.

    Found in a tenth of the time that a look at its drawings takes.
    """
    for found in _LINE.finditer(operators):
        x, y = two_before(operators, found.start())
        if y == float(found[2]):
            yield abs(x - float(found[1]))


def sides_of_boxes(operators: bytes) -> Iterator[tuple[float, float]]:
    """Width and height of the boxes that a page draws, in the same units, either of which may be negative."""
    return (two_before(operators, found.start()) for found in _BOX.finditer(operators))


def made_by(document: Any) -> str:
    """The programs that a pymupdf.Document says it was made by."""
    said = document.metadata or {}
    return f"{said.get('creator')} {said.get('producer')}"
