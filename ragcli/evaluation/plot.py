"""An evaluation as a picture: one bar a measure, with its interval."""

from pathlib import Path

from ragcli.errors import ModelError, UsageError
from ragcli.evaluation.run import Evaluation


def plot(run: Evaluation, file: Path) -> None:
    """Write a PNG. Raises: ModelError when matplotlib is not installed; UsageError when the file can't be written."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ModelError("--plot needs matplotlib", "install it: pip install 'ragcli[eval]'") from error
    names = list(run.measures)
    means = [run.measures[name].mean for name in names]
    around = [
        [run.measures[name].mean - run.measures[name].low for name in names],
        [run.measures[name].high - run.measures[name].mean for name in names],
    ]
    figure = Figure(figsize=(8, 0.9 + 0.34 * len(names)), layout="constrained")
    axes = figure.subplots()
    axes.barh(names, means, xerr=around, color="#4878a8", ecolor="#222222", capsize=2.5, height=0.66)
    axes.invert_yaxis()  # read from the top, as the table
    axes.set_xlim(0, 1)
    for at, name in enumerate(names):
        axes.text(1.01, at, f"{means[at]:.3f}   n = {run.measures[name].n}", va="center", fontsize=8, color="#333333")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(f"{run.collection}: {run.questions} questions, mean and 95 % interval", loc="left", fontsize=10)
    try:
        FigureCanvasAgg(figure)
        figure.savefig(file, format="png")
    except OSError as error:
        raise UsageError(f"{file} can't be written ({error.strerror})", "name another file") from error
