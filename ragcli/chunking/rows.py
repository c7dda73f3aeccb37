"""Rows of figures in a text, with what a reader needs to understand one: its own head, the heads of its columns, the unit.

A table is Markdown once the second pass has seen it. Until then, and where it sees none, it stands as it is printed: lines
that end in figures, below a line of years, below a title and a line that says `in millions`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ragcli.reading.tables.markdown import is_table_rule, table_cells

_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))+(?:,\d+)?|\d(?:[\d.,]*\d)?)"
_FIGURE = rf"(?:[(\-−–+]?(?:[$€£¥]\s*)?[(\-−–]?{_NUMBER}(?:[ \u00a0\u202f]?[%€])?\)?(?:[ \u00a0\u202f]?%)?|[—–-]{{1,2}}[ ]?%?)"
_FIGURES = re.compile(rf"(?<!\S)(?P<all>(?:[$€£¥]\s*)?{_FIGURE}(?:\s+(?:[$€£¥]\s*)?{_FIGURE})*)[ \t]*$")
_EACH = re.compile(rf"(?:[$€£¥]\s*)?{_FIGURE}(?!\S)")
_ENDS = re.compile(r"[\d)%€$£¥—–-][ \t]*$")  # of a line that may be a row: most end in a letter
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR = r"(?<!\d)(?<!\d,)(?:19|20)\d\d(?![\d.,]\d|\d)"
# `2019`, `FY 2019`, `Q4 2019`, `December 31, 2019`, `31 décembre 2019`, `31.12.2019`
_PERIOD = re.compile(
    rf"(?:(?:\d{{1,2}}(?:er)?[./ ]\s?)?(?:\d{{1,2}}[./]|[^\W\d_]{{3,9}}\.?\s(?:\d{{1,2}},\s*)?)|(?:FY|[QTS][1-4])\s?)?{_YEAR}"
)
_ANY_YEAR = re.compile(_YEAR)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_GAP = re.compile(r"\s{2,}|\t|(?:\s?\.){3,}\s*")
_LEADERS = re.compile(r"(?:\s?[._…]){3,}\s*$")
_UNIT = re.compile(
    r"thousand|million|billion|millier|milliard|tausend|\b(?:mio|mrd|tsd)\b|[kKM]€|[$€£¥] ?\(?in\b", re.IGNORECASE
)
_TITLE = 120  # characters, up to which a line may be a title, a unit, the label of a group
_PROSE = 8  # words, from which a line with a full stop is a sentence
_ABOVE = 3  # lines above the heads that are shown with a row


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of a table, as it stands at `text[start:end]`."""

    start: int
    end: int
    label: str  # its own head
    cells: tuple[str, ...]  # without the label
    heads: tuple[str, ...]  # of the cells; () where they could not be told
    group: str  # the label of the rows that it is one of: `Earnings per share:`
    # Title and unit of the table, from the top down; with the heads where those are not told apart, and that of the labels.
    above: tuple[str, ...]
    is_stubbed: bool = False  # that of the labels is the last above

    @property
    def is_labelled(self) -> bool:
        """Whether it is a label and what it is, in a table of two columns without heads."""
        return self.heads == ("",) and bool(self.label)

    @property
    def readable(self) -> str:
        """`title (in millions): group label; 2019: 11,588; 2018: 10,073`; of a form `Make: Piper; Seats: 4; Owner: –`."""
        is_nameless = self.is_stubbed and not (self.label or self.group)  # `Total` in the second column
        title = ", ".join(line.rstrip(" ,;:") for line in self.above[: -1 if is_nameless else None]).replace(".,", ".")
        parts = [f"{self.group.rstrip(' :')}: {self.label}" if self.group else self.label]
        for head, cell in zip_longest(self.heads, self.cells, fillvalue=""):
            if not head and parts[-1].endswith(":"):
                parts[-1] += f" {cell or '–'}"
            elif self.is_labelled:
                parts[-1] += f": {cell}"
            elif cell:
                parts.append(f"{head}: {cell}" if head else cell)
        said = "; ".join(part for part in parts if part)
        apart = " " if title.endswith(".") else ", " if is_nameless else ": "
        return f"{title}{apart}{said}" if title else said


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space around it, whose place its text keeps: there it parts columns."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, found: re.Match[str]) -> "_Line":
        text = found[0]
        start = found.start() + len(text) - len(text.lstrip())
        return cls(start, start + len(text.strip()), text)


def figure_rows(text: str) -> Iterator[FigureRow]:
    """The rows of all tables in a text, in order: those of Markdown, and lines that end in figures.

    A line of figures is given heads only where as many stand above it, in its own table; a sentence, or a new title, ends
    what heads were known.
    """
    lines = [_Line.of(found) for found in re.finditer(r"[^\n]+", text) if found[0].strip()]
    above: list[str] = []  # lines without figures since the last sentence or row
    table = _Table()
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.text.lstrip().startswith("|"):
            last = at
            while last + 1 < len(lines) and lines[last + 1].text.lstrip().startswith("|"):
                if last > at and last + 2 < len(lines) and is_table_rule(lines[last + 2].text.strip()):
                    break  # the head of another table
                last += 1
            yield from _of_markdown(lines[at : last + 1], _title_of(above))
            above, table, at = [], _Table(), last + 1
            continue
        at += 1
        written = " ".join(line.text.split())
        if periods := _periods(line.text):
            table = table.headed(periods, line.text, above)
            above = []
        elif (row := _row(line, lines[at - 2] if above and at > 1 else None)) is not None:
            if row.label and table.bare:
                table = table.begun(above, _columns(above, lines[at - 2].text if at > 1 else "", len(row.cells)))
                yield table.holding(row, "")
            elif row.label:
                # Of the line above a row only that one is known to be spoken of: where a group ends is not written.
                yield table.holding(row, above[-1] if above and above[-1] != row.label else "")
                table = replace(table, has_rows=True)
            above = []
        elif _is_sentence(written) or len(written) > _TITLE:
            above, table = [], _Table()
        elif _WORD.search(written):
            if table.has_rows and _begins(line.text):
                table = _Table()
            above.append(written)
            if len(above) > _ABOVE:  # no table has so many labels without a figure
                table = _Table()
        # else a page's number, or a figure that lost its row


def _title_of(above: Sequence[str]) -> tuple[str, ...]:
    """The last lines above a table: as many as are a title, beside a unit, not those of an address above that."""
    title: list[str] = []
    for line in reversed(above[-_ABOVE:]):
        if title and sum(len(one) for one in (line, *title) if not _UNIT.search(one)) > _TITLE:
            break
        title.insert(0, line)
    return tuple(title)


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of the table that the next row belongs to."""

    above: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # the cells of the line of heads, of which some may be no periods
    written: str = ""  # the line of heads
    has_rows: bool = False

    @property
    def bare(self) -> bool:
        return not (self.periods or self.has_rows)

    def headed(self, periods: Sequence[str], written: str, above: Sequence[str]) -> "_Table":
        alone = len(periods) == 1 and not self.has_rows and bool(self.periods) and not above
        if alone and _is_alone(written):  # heads below each other: `December 1, 2017`, `December 2, 2016`
            return _Table(self.above, (*self.periods, *periods), (), f"{self.written} {' '.join(written.split())}")
        columns = _cells(written)
        # The first may say what all are: `Fiscal years ended`.
        columns = columns[1:] if columns and not _PERIOD.search(columns[0]) else columns
        first = _PERIOD.search(written)
        before = " ".join(written[: first.start()].split()) if first else ""
        title = (*_title_of(above), before) if _WORD.search(before) else _title_of(above)
        return _Table(title, tuple(periods), tuple(columns), " ".join(written.split())[len(before) :].strip())

    def begun(self, above: Sequence[str], columns: Sequence[str]) -> "_Table":
        title = above[:-1] if columns else above
        return _Table(_title_of(title), (), tuple(columns), has_rows=True)

    def holding(self, row: FigureRow, group: str) -> FigureRow:
        heads = next((each for each in (self.periods, self.columns) if len(each) == len(row.cells)), ())
        # `Maturing in 2023: $316`, no figure of 2022.
        if self.periods and any(_BARE_YEAR.fullmatch(cell) for cell in row.cells):
            heads = ()
        unread = () if heads or not self.written else (self.written,)
        return replace(row, heads=heads, group=group, above=(*self.above, *unread))


def _periods(line: str) -> tuple[str, ...]:
    """The years or dates of a line that is nothing but heads, maybe behind what all of them are; else nothing."""
    if len(line) > _TITLE or not _ANY_YEAR.search(line) or line.rstrip().endswith((".", ";")):
        return ()
    found = _PERIOD.findall(line)
    rest = _PERIOD.sub("", line)
    if not found or re.search(r"\d", re.sub(r"\(\d\)|\b[QTS][1-4]\b", "", rest)):
        return ()
    # `Fiscal 2017 Results Compared With Fiscal 2016` heads no columns.
    if any(_WORD.search(between) for cell in _GAP.split(line) for between in _PERIOD.split(cell)[1:-1]):
        return ()
    return tuple(" ".join(one.split()) for one in found) if len(found) > 1 or _is_alone(line) else ()


def _is_alone(line: str) -> bool:
    return not _WORD.search(_PERIOD.sub("", line))


def _row(line: _Line, before: _Line | None) -> FigureRow | None:
    """A line that ends in figures; its label may stand on the line before. Without a label where there is none."""
    found = _FIGURES.search(line.text) if _ENDS.search(line.text) else None
    if found is None:
        return None
    cells = tuple(" ".join(one.split()) for one in _EACH.findall(found["all"]))
    written = line.text[: found.start()]
    label = " ".join(_LEADERS.sub("", written).split()).rstrip(" $€£¥")
    # A sentence may end in a year, or a number: one figure must stand apart.
    if label and len(cells) == 1 and not re.search(r"(?:\s{2,}|\t|(?:\s?\.){3,}\s*)$", written):
        return None
    start, end = line.start, line.end
    if not _WORD.search(label):
        if label or before is None or len(cells) < 2:  # a page's number
            return FigureRow(start, end, "", cells, (), "", ())
        start, label = before.start, " ".join(before.text.split())
    if len(label) > _TITLE or _is_sentence(label):
        return None
    return FigureRow(start, end, label, cells, (), "", ())


def _columns(above: Sequence[str], line: str, count: int) -> tuple[str, ...]:
    """The heads of columns that are no years: the line right above, where a gap parts as many of them as there are figures."""
    cells = _cells(line)
    if not above or " ".join(line.split()) != above[-1] or len(cells) not in (count, count + 1) or len(cells) < 2:
        return ()
    return tuple(cells[-count:])


def _cells(line: str) -> list[str]:
    return [cell for cell in _GAP.split(line.strip()) if cell]


def _begins(line: str) -> bool:
    """Whether a line without figures below rows is of another table: it says a unit, or heads several columns."""
    return _UNIT.search(line) is not None or len(_cells(line)) > 1


def _is_sentence(line: str) -> bool:
    return line.endswith((".", "!", "?")) and len(line.split()) >= _PROSE


def _of_markdown(lines: Sequence[_Line], above: tuple[str, ...]) -> Iterator[FigureRow]:
    is_headed = len(lines) > 1 and is_table_rule(lines[1].text.strip())
    heads = table_cells(lines[0].text)[1:] if is_headed else ()
    stub = table_cells(lines[0].text)[0] if is_headed else ""
    title = (*above, stub) if stub else above
    rows = [table_cells(line.text) for line in (lines[2:] if is_headed else lines)]
    labels = Counter(label for label, *cells in rows if any(cells))
    is_form = heads == ("",) and 2 * sum(label.endswith(":") for label in labels) > len(labels)
    group = last = before = ""
    for line, (label, *cells) in zip(lines[2:] if is_headed else lines, rows, strict=True):
        if not any(cells) and not (is_form and label.endswith(":")):  # there it is a field that was not filled in
            group = last = label
            continue
        if labels[label] > 1:  # `Services` below `Gross margin:`, and again below `Gross margin percentage:`
            group = last
        label = label or (before if heads == ("",) else "")  # what it is goes on
        own = heads if len(heads) == len(cells) else ()
        yield FigureRow(line.start, line.end, label, tuple(cells), own, group, title, bool(stub))
        group, before = "", label
