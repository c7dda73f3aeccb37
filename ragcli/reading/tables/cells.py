"""A cell of a table, and what kinds of things cells say."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from ragcli.records import Box

YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[/-]\d\d){0,2}|\d\d?[./]\d\d?[./](?:1[89]|20)?\d\d")  # or a day
QUANTITY = re.compile(r"[-+−(]?[€$£¥₹]? ?\d")
_LEADERS = (". .", "....")
_LABEL = 100  # characters of a cell that spans rows, up to which it names them

Look = Hashable


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid, from row and column 0; it covers `rows` by `columns` places, and on the page as shown its box."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    box: Box | None = None
    look: Look = None  # how it is set: equal where two look alike, None where nobody looked


def in_each_row(text: str) -> str:
    """What a cell that spans rows says in those below its first: its text, so that each row says whose it is.

    A long text is no label of rows; it stands once.
    """
    return text if len(text) <= _LABEL else ""


def without_leaders(text: str) -> str:
    """A cell without the dots that lead from a label to its figure, at either end: `Revenue . . . .` is `Revenue`."""
    return _led(_led(text)[::-1])[::-1]


def _led(text: str) -> str:
    rest = text.lstrip(" .")
    return rest if any(dots in text[: len(text) - len(rest)] for dots in _LEADERS) else text


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, with or without its unit."""
    return len(text) <= 14 and 2 * sum(map(str.isdigit, text)) >= len(text.replace(" ", "")) > 0


def is_data(texts: Iterable[str]) -> bool:
    """Whether cells hold figures other than years, days and numbers of something (`Q3`), which head columns as well."""
    return any(is_figure(text) and not text[0].isalpha() and not YEAR.fullmatch(text.rstrip("*†‡")) for text in texts)


def is_quantity(text: str) -> bool:
    """Whether a cell says how much: a figure, or a text that begins with one, and no year or day."""
    return (is_figure(text) or QUANTITY.match(text) is not None) and not YEAR.fullmatch(text)
