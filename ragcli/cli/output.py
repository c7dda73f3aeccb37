"""How all is printed: stdout is data, stderr is talk; colour and links on a terminal only."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, TextIO

from ragcli.errors import RagError
from ragcli.records import Failure
from ragcli.shown import address, shown_path

_NAME = 32  # characters up to which what is one word is never broken: it is to be copied
_FOLDED = 8  # characters of a column of texts: in a narrower one they could not be read


def print_json(value: Any, file: TextIO | None = None) -> None:
    """One line of JSON: of a record, its fields."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    print(json.dumps(plain, ensure_ascii=False, default=_plain), file=file)


def error_as_json(error: RagError) -> dict[str, Any]:
    """What `--json` prints of a command that failed: what stderr says, under the names that scripts rely on."""
    return {"error": error.what, "next_step": error.next_step, "exit_code": error.exit_code}


def save_json(value: Any, file: Path) -> None:
    """Write what `print_json` prints. Raises: UsageError when the file can't be written."""
    from ragcli.errors import writing

    with writing(file), file.open("w", encoding="utf-8") as out:
        print_json(value, out)


def check_target(file: Path, source: Path | None = None) -> None:
    """Look, before minutes of work, whether their result could be written.

    Raises: UsageError when the folder is missing or is no folder, or when `file` is the `source` that the work reads.
    """
    from ragcli.errors import UsageError, unwritable

    if source is not None and file.exists() and source.exists() and file.samefile(source):
        raise UsageError(f"{file} is what would be read, and writing would destroy it", "name another file")
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise unwritable(file, "it is a folder" if file.is_dir() else f"there is no folder {file.parent}")


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def say(*lines: str, quiet: bool = False) -> None:
    """Talk to the person, on stderr."""
    if not quiet:
        for line in lines:
            print(line, file=sys.stderr)


def is_styled(no_color: bool) -> bool:
    """Whether stdout takes colours and links."""
    return sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say_failure(failure: Failure, last: int | None = None) -> None:
    """Name a file, a page of it, or its pages up to `last`, and why it could not be read."""
    pages = f" p.{failure.page}" + (f"-{last}" if last not in (None, failure.page) else "") if failure.page else ""
    say(f"  {shown_path(failure.path)}{pages}: {failure.reason} ({failure.kind})")


def say_warnings(warnings: Sequence[str], quiet: bool = False) -> None:
    """Warnings, in which paths are absolute, with those below the current folder as `shown_path` has them."""
    say(*(warning.replace(f"{Path.cwd()}/", "") for warning in warnings), quiet=quiet)


def link(text: str, path: str, page: int | None, styled: bool) -> str:
    """An OSC-8 hyperlink on a terminal that shows styles."""
    if not styled:
        return text
    return f"\033]8;;{address(path, page)}\033\\{text}\033]8;;\033\\"


def print_table(head: Sequence[str], rows: Sequence[Sequence[Any]], no_color: bool) -> None:
    """Aligned columns on a terminal, tab-separated values in a pipe.

    Nothing is cut: a long text goes on below, and on a terminal too narrow for that each cell has a line with its name.
    """
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in cells:
            print("\t".join(row))
        return
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(no_color=not is_styled(no_color))
    table = Table(box=None, header_style="bold" if is_styled(no_color) else "")
    least = 0  # columns of the terminal
    for at, name in enumerate(head):
        is_number = all(isinstance(row[at], int | None) for row in rows)
        longest = max(map(cell_len, [name, *(row[at] for row in cells)]))
        is_whole = is_number or (longest <= _NAME and not any(" " in row[at] for row in cells))
        least += (longest if is_whole else min(longest, _FOLDED)) + 2
        table.add_column(name, overflow="fold", no_wrap=is_whole)
    for row in cells:  # as Text, for `[red].pdf` is a name and no markup
        table.add_row(*map(Text, row))
    if least <= console.width:
        console.print(table)
        return
    for row in cells:
        named = zip(head, row, strict=True)
        print(*(f"{name}: {cell}" if name else cell for name, cell in named if cell), sep="\n", end="\n\n")


def print_columns(head: Sequence[str], rows: Sequence[Sequence[str]], no_color: bool) -> None:
    """A table on a terminal; in a pipe the same columns in plain text, for people to read there too."""
    if sys.stdout.isatty():
        print_table(head, rows, no_color)
        return
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    for row in [head, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def bold(text: str, styled: bool) -> str:
    """Bold where styles are shown."""
    return f"\033[1m{text}\033[0m" if styled else text


def dim(text: str, styled: bool) -> str:
    """Faint where styles are shown."""
    return f"\033[2m{text}\033[0m" if styled and text else text
