"""How text that was read is printed: tables with their columns aligned."""

import re
import sys
from collections.abc import Iterable

from ragcli.reading.tables.markdown import as_cell, is_table_rule, table_cells
from ragcli.records import Block

_NUMBER = re.compile(r"[-+−(]?[$€£]?\s?\d[\d\s.,  ]*\s?[%€$)]*")


def print_blocks(blocks: Iterable[Block]) -> None:
    """Print blocks with an empty line between."""
    for at, block in enumerate(blocks):
        if at:
            print()
        if block.kind == "table" and is_table(block.text):
            print_markdown_table(block.text)
        else:
            print(block.text)


def is_table(text: str) -> bool:
    """Tell whether a text is a Markdown table: a head, and a rule below it."""
    lines = text.split("\n")
    return len(lines) > 1 and lines[0].startswith("|") and is_table_rule(lines[1])


def print_markdown_table(text: str) -> None:
    """Align the columns, numbers to the right. A terminal's width wraps cells; in a pipe each row stays one line."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    head, _, *rows = [list(map(as_cell, table_cells(line))) for line in text.split("\n")]
    table = Table(box=box.MARKDOWN, header_style="", pad_edge=True)
    for at, name in enumerate(head):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        is_number = bool(cells) and all(map(_NUMBER.fullmatch, cells))
        table.add_column(Text(name), justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*map(Text, row[: len(head)]))
    width = None if sys.stdout.isatty() else 100_000
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(table)
    # The box has an upper and a lower edge, of spaces.
    print(*(line.rstrip() for line in captured.get().splitlines() if line.strip()), sep="\n")
