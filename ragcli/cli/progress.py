"""Progress bars on a terminal's stderr; nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ragcli.collection.ingest import Progress


def pages_a_second(pages: int, seconds: float) -> str:
    """`214 pages/s`, `1.6 pages/s`: whole from ten on."""
    rate = pages / seconds
    return f"{rate:.0f} pages/s" if rate >= 10 else f"{rate:.1f} pages/s"


@contextmanager
def counted_progress(doing: str, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Shows how much is done, of all; None when nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(doing, total=None)
        yield lambda done, of: bars.update(task, total=of, completed=done)


@contextmanager
def files_progress(quiet: bool) -> "Iterator[Callable[[Progress], None] | None]":
    """Shows the files read, of all, and the pages per second; None when nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Bars(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("reading", total=None, rate="")

        def update(progress: "Progress") -> None:
            rate = pages_a_second(progress.pages, bars.tasks[0].elapsed or 1)
            name = Path(progress.path).name[:40]
            bars.update(task, total=progress.of_files, completed=progress.files, description=name, rate=rate)

        yield update
