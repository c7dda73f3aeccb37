"""Evaluations as pictures: one bar a measure with its interval; of two runs, what changed in each."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ragcli.counted import counted
from ragcli.errors import ModelError, writing
from ragcli.evaluation.compare import Compared
from ragcli.evaluation.run import Evaluation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BLUE, _GREY, _BLACK = "#4878a8", "#999999", "#222222"


def plot(run: Evaluation, file: Path) -> None:
    """Write a PNG. Raises: ModelError when matplotlib is not installed; UsageError when the file can't be written."""
    names, found = list(run.measures), list(run.measures.values())
    title = f"{run.collection}: {counted(run.questions, 'question')}, mean and 95 % interval"
    figure, axes = _rows([f"{one.mean:.3f}   n = {one.n}" for one in found], title)
    means = [one.mean for one in found]
    around = [[one.mean - one.low for one in found], [one.high - one.mean for one in found]]
    axes.barh(names, means, xerr=around, color=_BLUE, ecolor=_BLACK, capsize=2.5, height=0.66)
    axes.set_xlim(0, 1)
    _write(figure, file)


def plot_compared(rows: Sequence[Compared], file: Path) -> None:
    """Write a PNG of what the second run changed; grey where that may be chance. Raises: as `plot`."""
    beside = [f"{row.a:.3f} to {row.b:.3f}   n = {row.difference.n}" for row in rows]
    figure, axes = _rows(beside, "B less A, mean and 95 % interval; grey: may be chance")
    for row in rows:
        change = row.difference
        color = _GREY if change.low <= 0 <= change.high else _BLUE
        around = [[change.mean - change.low], [change.high - change.mean]]
        axes.errorbar([change.mean], [row.measure], xerr=around, fmt="o", color=color, capsize=2.5)
    axes.axvline(0, color=_BLACK, linewidth=0.8)
    _write(figure, file)


def _rows(beside: Sequence[str], title: str) -> "tuple[Figure, Axes]":
    """A row for each of the texts that stand at the right, read from the top as a table is."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ModelError("--plot needs matplotlib", "install it: pip install 'ragcli[eval]'") from error
    figure = Figure(figsize=(8, 0.9 + 0.34 * len(beside)), layout="constrained")
    axes = figure.subplots()
    axes.set_ylim(len(beside) - 0.5, -0.5)
    for at, text in enumerate(beside):
        axes.text(1.01, at, text, va="center", fontsize=8, color=_BLACK, transform=axes.get_yaxis_transform())
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(title, loc="left", fontsize=10)
    return figure, axes


def _write(figure: "Figure", file: Path) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    with writing(file):
        figure.savefig(file, format="png")
