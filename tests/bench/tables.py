"""Figures as Markdown tables, and a sample of times as a median with its spread."""

from collections.abc import Sequence
from statistics import median


def markdown(header: Sequence[str], rows: Sequence[Sequence[object]], names: int = 1) -> str:
    """Return a Markdown table, padded so that it reads on a terminal too; figures, after `names` columns, to the right.

    Raises: ValueError when a row has more or fewer cells than the header.
    """
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(3, *(len(cell) for cell in column)) for column in zip(*cells, strict=True)]
    rule = ["-" * width if n < names else "-" * (width - 1) + ":" for n, width in enumerate(widths)]
    return "\n".join(line(row, widths, names) for row in (cells[0], rule, *cells[1:]))


def line(row: Sequence[str], widths: Sequence[int], names: int) -> str:
    """Return one row of a table, padded to the widths of its columns."""
    cells = zip(row, widths, strict=True)
    padded = [f"{cell:<{width}}" if n < names else f"{cell:>{width}}" for n, (cell, width) in enumerate(cells)]
    return f"| {' | '.join(padded)} |"


def spread(sample: Sequence[float], digits: int = 2) -> str:
    """Return `median (least to most)` of a sample, in its own unit."""
    return f"{median(sample):.{digits}f} ({min(sample):.{digits}f} to {max(sample):.{digits}f})"
