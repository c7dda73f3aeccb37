"""Progress bars on a terminal's stderr; nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ragcli.collection.ingest import Progress


@contextmanager
def questions_progress(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Shows the questions asked, of all; None when nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("asking", total=None)
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
            rate = f"{progress.pages / (bars.tasks[0].elapsed or 1):.0f} pages/s"
            name = Path(progress.path).name[:40]
            bars.update(task, total=progress.of_files, completed=progress.files, description=name, rate=rate)

        yield update
