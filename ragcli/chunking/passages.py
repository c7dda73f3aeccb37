"""A document as passages: paragraphs, tables and lists under their section path, before they are packed into chunks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ragcli.letters import STOPS
from ragcli.records import Block, Box, ChunkKind, Document, Page

_UNFINISHED = re.compile(rf"[^{STOPS}:;»”\"')\]}}]\s*$")
_TAG = re.compile(r"\\tag\*?\{\(?([^{}()]+)\)?\}")
_CONTINUES = re.compile(r"^[a-zà-öø-ÿœ(\[]")
_KINDS: dict[str, ChunkKind] = {"table": "table", "equation": "equation", "figure": "figure"}


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, list, table, caption or heading, with where it stands. It may begin on one page and end on the next."""

    text: str
    kind: ChunkKind
    is_heading: bool
    is_caption: bool
    section: tuple[str, ...]
    page: int | None
    place: str | None
    boxes: tuple[tuple[int, Box], ...]
    continues: bool = False  # a table, from the page before
    label: str = ""  # of an equation: its number

    @property
    def is_body(self) -> bool:
        """Neither heading nor caption."""
        return not (self.is_heading or self.is_caption)

    @property
    def pages(self) -> tuple[int, ...]:
        own = () if self.page is None else (self.page,)
        return tuple(sorted({*own, *(page for page, _ in self.boxes)}))


def passages(document: Document) -> Iterator[Passage]:
    """Walk the blocks in reading order, keep the section path, and join a paragraph that a column or page break cut.

    Joined are two text blocks in a row when the first ends without a closing mark and the second begins in lower case.
    Figures float: they come at the end of their section, so that none parts a text that only flows around it. A footnote
    comes after the paragraph that goes on behind it, on the next page.
    """
    section: list[tuple[int, str]] = []
    waiting: Passage | None = None
    figures: list[Passage] = []
    notes: list[Passage] = []  # below the paragraph that waits
    for page in document.pages:
        for block in page.blocks:
            if block.kind == "contents" or not block.text.strip():
                continue
            if block.kind == "heading":
                level = block.level or 1
                section = [(at, text) for at, text in section if at < level] + [(level, block.text)]
            here = _passage(block, page, tuple(text for _, text in section))
            if here.kind == "figure":
                figures.append(here)
                continue
            if waiting is not None and block.kind == "text" and _is_cut(waiting, here):
                waiting = _join(waiting, here)
                continue
            if waiting is not None and block.kind == "footnote":
                notes.append(here)
                continue
            if waiting is not None:
                yield waiting
                yield from notes
                notes.clear()
                waiting = None
            if here.is_heading:
                yield from figures
                figures.clear()
            if block.kind == "text":
                waiting = here
            else:
                yield here
    if waiting is not None:
        yield waiting
    yield from notes
    yield from figures


def _passage(block: Block, page: Page, section: tuple[str, ...]) -> Passage:
    located = block.bbox is not None and page.number is not None
    return Passage(
        text=f"{block.text.strip()}\n$${block.latex}$$" if block.latex else block.text.strip(),
        kind=_KINDS.get(block.kind, "text"),
        is_heading=block.kind == "heading",
        is_caption=block.kind == "caption",
        section=section,
        page=page.number,
        place=page.place,
        boxes=((page.number, block.bbox),) if located else (),  # type: ignore[arg-type]
        continues=block.continues,
        label=_number(block) if block.kind == "equation" else "",
    )


def _number(equation: Block) -> str:
    """The number of an equation, beside it or in its LaTeX."""
    tag = _TAG.search(f"{equation.text} {equation.latex}")
    return equation.label or (tag[1] if tag else "")


def _is_cut(first: Passage, second: Passage) -> bool:
    return (
        first.section == second.section
        and first.place == second.place
        and bool(_UNFINISHED.search(first.text))
        and bool(_CONTINUES.match(second.text))
        and "\n" not in first.text  # lines that were kept apart are rows, not prose
        and "\n" not in second.text
    )


def _join(first: Passage, second: Passage) -> Passage:
    """`inter-` + `national` becomes one word; a hyphen before a break is nearly always the typesetter's."""
    if re.search(r"\w-$", first.text):
        text = first.text[:-1] + second.text
    else:
        text = f"{first.text} {second.text}"
    return Passage(text, first.kind, False, False, first.section, first.page, first.place, first.boxes + second.boxes)
