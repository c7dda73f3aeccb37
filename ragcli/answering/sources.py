"""The sentences of the found passages, as sources of an answer."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ragcli.chunking.rows import FigureRow, figure_rows
from ragcli.chunking.sentences import Unit, split
from ragcli.letters import ASKING, ENDED
from ragcli.records import Block, Hit
from ragcli.retrieval.question.syntax import is_part_title
from ragcli.retrieval.rows.reasons import may_tell
from ragcli.retrieval.rows.yes_no import says_the_contrary
from ragcli.storage.terms import terms

# (document id, page, place) -> the blocks of that page.
PageBlocks = Callable[[int, int | None, str | None], Sequence[Block]]

# Of a sentence; Thai and Lao have no sign for it, and what may be one is taken for one.
ENDS = re.compile(rf"{ENDED}$|[\u0e01-\u0eff]$")
ASKS = re.compile(rf"[{ASKING}][\"”»’)\]]*$")
_LONGEST_QUESTION = 200  # characters
_MOST_JOINED = 400  # characters of a sentence with what is displayed within it
_FEWEST_WORDS = 5  # of what may go on below: a title has fewer, or is known


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence, list item or table row of a passage."""

    unit: Unit
    hit: int  # index of its passage
    ordinal: int  # of the sentence in its passage, from 0
    language: str | None = None  # of its passage, ISO 639-1
    row: FigureRow | None = None  # of a row of a table: what its page says of it
    section: tuple[str, ...] = ()  # the headings above its passage

    @property
    def readable(self) -> str:
        """A row with title and unit of its table and the heads of its columns, anything else as it stands."""
        return self.unit.readable if self.row is None else self.row.readable

    @property
    def told(self) -> str:
        """Its text; of a label and what it is with the title of their table, which says whose they are."""
        return self.row.readable if self.row and self.row.is_labelled else self.unit.text

    @property
    def spelt_out(self) -> str:
        """Its text; of a row each head with its cell, `Class A`."""
        return self.unit.text if self.row is None else self.readable.replace(": ", " ")

    @property
    def is_of_figures(self) -> bool:
        """Whether it is a row that says nothing beside its label but figures, amounts and days."""
        return self.row is not None and not may_tell(self.row.cells)

    def is_contrary(self, question: str) -> bool:
        """Whether it is a row that says no where yes is asked for, `Which boats are insured?`, or yes where no is."""
        return self.row is not None and says_the_contrary(self.row, question, self.language)


def sources(hits: Sequence[Hit]) -> list[Source]:
    """All sentences of all passages, in order."""
    return [
        Source(unit, at, ordinal, hit.language, section=hit.section)
        for at, hit in enumerate(hits)
        for ordinal, unit in enumerate(split(hit.text, hit.language))
    ]


def sources_with_rows(hits: Sequence[Hit], page_blocks: PageBlocks | None) -> list[Source]:
    """The same, with each row of a table by itself, and what its page says above it: a passage may begin below the heads."""
    found: list[Source] = []
    for at, hit in enumerate(hits):
        rows = list(figure_rows(hit.text))
        if rows:
            known = _rows_of_pages(hit, page_blocks)
            rows = [_entitled(_explained(row, hit.text, known), hit) for row in rows]
        units = _with_ends(hit, _cut(hit.text, split(hit.text, hit.language), rows))
        units = _with_answers(hit.text, units)
        found += [Source(unit, at, ordinal, hit.language, row) for ordinal, (unit, row) in enumerate(units)]
    return found


def _cut(text: str, units: Sequence[Unit], rows: Sequence[FigureRow]) -> Iterator[tuple[Unit, FigureRow | None]]:
    """The units of a text with what a row takes of them a unit of its own."""
    waiting = list(rows)
    at = 0
    for unit in units:
        at = max(at, unit.start)
        while waiting and waiting[0].start < unit.end:
            row = waiting.pop(0)
            yield from _part(text, unit, at, row.start)
            written = text[row.start : row.end]
            yield replace(unit, text=written, start=row.start, end=row.end, kind="row", heads=row.heads), row
            at = row.end
        yield from _part(text, unit, at, unit.end)


def _with_ends(hit: Hit, units: Iterable[tuple[Unit, FigureRow | None]]) -> Iterator[tuple[Unit, FigureRow | None]]:
    """The units, a sentence that goes on below a gap in one: `To hold a package, run`, `apt-mark hold NAME`, `as root.`

    What ends without a stop above small letters goes on there, in a command that is displayed, or behind a figure.
    """
    begun: Unit | None = None
    for unit, row in units:
        if begun and _goes_on_in(unit, begun):
            begun = replace(begun, text=hit.text[begun.start : unit.end], end=unit.end)
            continue
        if begun:
            yield begun, None
        begun = unit if _may_go_on(unit, hit) else None
        if not begun:
            yield unit, row
    if begun:
        yield begun, None


def _goes_on_in(unit: Unit, begun: Unit) -> bool:
    is_open = not ENDS.search(begun.text)
    return is_open and unit.kind == "sentence" and unit.text[0].islower() and unit.end - begun.start <= _MOST_JOINED


def _may_go_on(unit: Unit, hit: Hit) -> bool:
    is_open = unit.kind == "sentence" and unit.text[0].isupper() and not ENDS.search(unit.text)
    is_title = unit.text in hit.section or is_part_title(unit.text)
    return is_open and not is_title and len(unit.text.split()) >= _FEWEST_WORDS


def _with_answers(text: str, units: Iterator[tuple[Unit, FigureRow | None]]) -> Iterator[tuple[Unit, FigureRow | None]]:
    """The units, each question on a line of its own with the sentence below, which answers it: of a FAQ, an interview.

    What follows `Yes.` is of the answer.
    """
    question: Unit | None = None
    for unit, row in units:
        answers = unit.kind == "sentence" and not ASKS.search(unit.text)
        if question and answers and (ASKS.search(question.text) is None or "\n" in text[question.end : unit.start]):
            whole = replace(question, text=text[question.start : unit.end], end=unit.end)
            question = whole if _says_yes_or_no(unit.text) else None
            if question is None:
                yield whole, row
            continue
        if question:
            yield question, None
        asks = unit.kind == "sentence" and ASKS.search(unit.text) and len(unit.text) <= _LONGEST_QUESTION
        question = unit if asks and not unit.text[0].islower() else None  # nor the end of one over two lines
        if not question:
            yield unit, row
    if question:
        yield question, None


def _says_yes_or_no(answer: str) -> bool:
    """Whether an answer is a single word, which the next sentence explains; a Chinese sentence has no space, and many terms."""
    return len(answer.split()) == 1 and len(terms(answer, None)) <= 2


def _part(text: str, unit: Unit, start: int, end: int) -> Iterator[tuple[Unit, None]]:
    part = text[start : max(start, end)]
    if kept := part.strip():
        start += len(part) - len(part.lstrip())
        yield replace(unit, text=kept, start=start, end=start + len(kept)), None


def _rows_of_pages(hit: Hit, page_blocks: PageBlocks | None) -> dict[str, list[FigureRow]]:
    known: defaultdict[str, list[FigureRow]] = defaultdict(list)
    if page_blocks is None:
        return known
    for number in hit.pages or (hit.page,):
        text = "\n\n".join(block.text for block in page_blocks(hit.document_id, number, hit.place))
        for row in figure_rows(text):
            known[_written(text, row)].append(row)
    return known


def _explained(row: FigureRow, text: str, known: dict[str, list[FigureRow]]) -> FigureRow:
    """The row with heads and title as its pages have them, unless two rows that read the same are told apart by those."""
    there = known.get(_written(text, row), [])
    if len({(one.heads, one.above) for one in there}) != 1:
        return row
    return replace(row, heads=there[0].heads, group=there[0].group, above=there[0].above)


def _entitled(row: FigureRow, hit: Hit) -> FigureRow:
    """A label and what it is with the heading that they stand below, where no title stands above their table: whose they are."""
    return replace(row, above=hit.section[-1:]) if row.is_labelled and not row.above else row


def _written(text: str, row: FigureRow) -> str:
    return " ".join(text[row.start : row.end].split())
