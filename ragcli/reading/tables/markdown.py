"""Tables as Markdown: how they are written, and what was written taken apart again."""

import re
from collections.abc import Iterable, Sequence

_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of rows as long as its head, which Markdown demands: that of a table without one is of empty cells."""
    return "\n".join([_line(head), "|" + " --- |" * len(head), *map(_line, rows)])


def as_cell(text: str) -> str:
    """A text as a cell holds it: a bar of its own is written `\\|`."""
    return text.replace("|", "\\|")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(as_cell, cells))} |"


def is_table_rule(line: str) -> bool:
    """Whether a line is the one below the head of a table: `|---|---|`."""
    return _RULE.fullmatch(line) is not None


def table_cells(line: str) -> tuple[str, ...]:
    """The cells of one line of a table; `\\|` is a bar inside a cell."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.replace("\\|", "|").strip() for cell in _BAR.split(inner))
