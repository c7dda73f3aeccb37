"""The part of a passage that shows why it was found."""

import re
from itertools import chain

from ragcli.letters import WORD
from ragcli.reading.tables.markdown import is_table_rule, table_cells
from ragcli.retrieval.question.syntax import identifiers, phrases
from ragcli.storage.terms import terms

_WORD = re.compile(WORD)
_ROWS = 4  # of a table, beside its head
_WIDTH = 24  # characters of a cell


def snippet(text: str, question: str, language: str | None, width: int = 320) -> tuple[str, list[tuple[int, int]]]:
    """Return a piece of about `width` characters with most words of the question, and where in it they stand.

    A piece with a phrase or identifier of the question, as it is written there, comes before any with more words.
    White space is collapsed, cuts are marked with `…`, words are compared as the lexical index compares them.
    """
    flat = " ".join(text.split())
    wanted = set(terms(question, language))
    words = (match for match in _WORD.finditer(flat) if len(match[0]) > 2 or match[0].isdigit())  # not "de", "of"
    found = [match.span() for match in words if wanted & set(terms(match[0], language))]
    written = [
        re.compile(rf"(?<!\w){re.escape(one)}(?!\w)", re.IGNORECASE)
        for one in phrases(question) + identifiers(question)
    ]
    whole = [match.span() for match in chain.from_iterable(one.finditer(flat) for one in written)]
    start = 0
    if len(flat) > width and (found or whole):

        def distinct(first: int) -> tuple[int, int]:
            inside = (
                {flat[a:b].lower() for a, b in some if first <= a and b <= first + width} for some in (whole, found)
            )
            exact, words = map(len, inside)
            return exact, words

        best = max((a for a, _ in whole or found), key=lambda a: (distinct(max(0, a - 40)), -a))
        start = max(0, min(best - 40, len(flat) - width))
        start = flat.find(" ", start) + 1 if start else 0
    end = len(flat) if len(flat) - start <= width else flat.rfind(" ", start, start + width)
    end = end if end > start else start + width
    before, after = "… " if start else "", " …" if end < len(flat) else ""
    spans = [(a - start + len(before), b - start + len(before)) for a, b in found if a >= start and b <= end]
    return f"{before}{flat[start:end]}{after}", spans


def table_lines(text: str, question: str, language: str | None) -> list[str]:
    """A Markdown table's head and the rows with most words of the question, in their order, columns aligned.

    Columns of figures are aligned to the right; long cells are cut, heads from the left, where they say what all columns
    share. Empty when `text` holds no table.
    """
    lines = text.split("\n")
    rule = next((number for number, line in enumerate(lines) if is_table_rule(line)), 0)
    if not rule:
        return []
    wanted = set(terms(question, language))
    body = [line for line in lines[rule + 1 :] if line.startswith("|")]
    hits = [len(wanted & set(terms(line, language))) for line in body]
    best = sorted(sorted(range(len(body)), key=lambda number: -hits[number])[:_ROWS])
    head = [cell if len(cell) <= _WIDTH else "…" + cell[1 - _WIDTH :] for cell in table_cells(lines[rule - 1])]
    grid = [head]
    for number in best:
        cells = table_cells(body[number])
        grid.append([cell if len(cell) <= _WIDTH else cell[: _WIDTH - 1] + "…" for cell in cells])
    columns = list(zip(*(row for row in grid if len(row) == len(grid[0])), strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [
        all(not cell or cell.strip("-–—") == "" or cell[-1] in "0123456789%)" for cell in column[1:])
        for column in columns
    ]
    shown = []
    for row in zip(*columns, strict=True):
        laid_out = (
            cell.rjust(w) if to_right else cell.ljust(w) for cell, w, to_right in zip(row, widths, right, strict=True)
        )
        shown.append("  ".join(laid_out).rstrip())
    if len(best) < len(body):
        shown.append(f"({len(body) - len(best)} more rows)")
    return [line for line in shown if line.strip()]
