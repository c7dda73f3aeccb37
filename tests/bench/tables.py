"""Figures as Markdown tables, and a sample of times as a median with its spread."""

from collections.abc import Sequence
from statistics import median


def markdown(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table, padded so that it reads on a terminal too; all but the first column to the right."""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(3, *(len(cell) for cell in column)) for column in zip(*cells, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(line(row, widths) for row in (cells[0], rule, *cells[1:]))


def line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Return one row of a table, padded to the widths of its columns."""
    first, *others = zip(row, widths, strict=True)
    return f"| {' | '.join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])} |"


def spread(sample: Sequence[float], digits: int = 2) -> str:
    """Return `median (least to most)` of a sample, in its own unit."""
    return f"{median(sample):.{digits}f} ({min(sample):.{digits}f} to {max(sample):.{digits}f})"
