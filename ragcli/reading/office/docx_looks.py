"""Headings of Word files that are set in bold, and marked in no other way: what a writer sees as one, and styles do not tell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile
from typing import Any, NamedTuple

from ragcli.reading.captions import CAPTION
from ragcli.reading.office.docx_styles import W, value_at
from ragcli.records import Block

_LONGEST = 100  # characters
_FEWEST = 2  # one bold line alone may be anything, unless the text begins with it
_SHARE = 0.4  # of the paragraphs: where more are bold, that marks none
_DEEPEST = 3
_TITLE = 1.3  # times as large as other text
_PROSE = 200  # characters, from which on a paragraph stands below the title
_HEX = re.compile(r"[\dA-Fa-f]{1,8}")
_USUAL = 22.0  # half points, where not even the styles name a size: 11 points

Looks = tuple[bool, float]  # bold or not, and the size in half points


class LooksOfStyles(NamedTuple):
    """What paragraphs and runs look like by their styles: what a style leaves open is None."""

    styles: Mapping[str, tuple[bool | None, float | None]]
    default: str
    usual: float
    tables: Mapping[str, frozenset[str]]  # by style: what of a table it sets apart, `firstRow`, `firstCol`

    def of(self, paragraph: Any) -> Looks | None:
        """How the letters of a paragraph look: bold where all are, as large as the largest; None where there is none."""
        own = value_at(paragraph, f"{W}pPr/{W}pStyle") or self.default
        seen = [self._of_run(run, own) for run in paragraph.iter(f"{W}r") if _has_letters(run)]
        return (all(bold for bold, _ in seen), max(size for _, size in seen)) if seen else None

    def of_cell(self, cell: Any) -> tuple[Looks, str]:
        """How its first paragraph looks, and what it is shaded with."""
        looks = next((looks for paragraph in cell.iter(f"{W}p") if (looks := self.of(paragraph))), (False, self.usual))
        shade = cell.find(f"{W}tcPr/{W}shd")
        fill = "" if shade is None else (shade.get(f"{W}fill") or "").lower()
        return looks, "" if fill in ("auto", "ffffff") else fill

    def set_apart(self, table: Any) -> tuple[bool, bool]:
        """Whether the style of a table sets its first row, and its first column, apart."""
        style = self.tables.get(value_at(table, f"{W}tblPr/{W}tblStyle") or "", frozenset())
        shown = table.find(f"{W}tblPr/{W}tblLook")
        if shown is None:
            return False, False
        said = shown.get(f"{W}val") or ""
        bits = int(said, 16) if _HEX.fullmatch(said) else 0
        row, column = (
            shown.get(f"{W}{name}", str(int(bits & bit > 0))) in ("1", "true", "on")
            for name, bit in (("firstRow", 0x20), ("firstColumn", 0x80))
        )
        return row and "firstRow" in style, column and "firstCol" in style

    def _of_run(self, run: Any, style: str) -> Looks:
        bold, size = _said(run)
        for each in (value_at(run, f"{W}rPr/{W}rStyle") or "", style):
            its_bold, its_size = self.styles.get(each, (None, None))
            bold, size = its_bold if bold is None else bold, size or its_size
        return bool(bold), size or self.usual


def looks_of(document: Any) -> LooksOfStyles:
    """The looks of the styles of a document, by their ids."""
    root = document.styles.element
    nodes = {node.get(f"{W}styleId"): node for node in root.iter(f"{W}style")}
    styles = {}
    for style_id, node in nodes.items():
        chain = [node]
        while len(chain) < 12 and (base := nodes.get(value_at(chain[-1], f"{W}basedOn"))) is not None:
            chain.append(base)
        said = [_said(each) for each in chain]
        bold = next((bold for bold, _ in said if bold is not None), None)
        styles[style_id] = (bold, next((size for _, size in said if size), None))
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault")
    return LooksOfStyles(
        styles,
        next((key for key, node in nodes.items() if _is_default(node)), ""),
        (None if defaults is None else _said(defaults)[1]) or _USUAL,
        {
            key: frozenset(part.get(f"{W}type") or "" for part in node.iter(f"{W}tblStylePr"))
            for key, node in nodes.items()
        },
    )


def with_bold_headings(parts: Sequence[Block | None], seen: Iterable[tuple[Block, Looks]]) -> list[Block | None]:
    """Make headings of short bold paragraphs with text below them, where a document has no other; the larger the higher.

    Args:
        seen: the blocks that paragraphs became, those in `parts` and others, and how each looks.
    """
    looks = {id(block): its_looks for block, its_looks in seen}  # alike may be two that look otherwise
    texts = [at for at, part in enumerate(parts) if part and part.kind in ("text", "list")]
    if any(part and part.kind == "heading" for part in parts):
        return list(parts)
    found = {at: size for at, size in _bold(parts, looks) if at != texts[-1]}
    if len(found) > _SHARE * len(texts) or (len(found) < _FEWEST and texts[:1] != list(found)):
        return list(parts)
    sizes = sorted(set(found.values()), reverse=True)
    made = list(parts)
    for at, size in found.items():
        if (part := parts[at]) is not None:
            made[at] = replace(part, kind="heading", level=min(sizes.index(size) + 1, _DEEPEST))
    return made


def large_title(parts: Sequence[Block | None], seen: Iterable[tuple[Block, Looks]], usual: float) -> str:
    """The title that a writer only set in larger letters than all else, above the headings; "" where there is none.

    Args:
        seen: the blocks that headings and other paragraphs became, and how each looks.
        usual: the size of letters that nothing is said of.
    """
    sizes = {id(block): size for block, (_, size) in seen}
    shown = [(part, sizes.get(id(part), 0)) for part in parts if part]
    largest = max((size for _, size in shown), default=0)
    above = takewhile(lambda each: each[0].kind != "heading" and len(each[0].text) <= _PROSE, shown)
    below = dropwhile(lambda each: each[1] < largest, above)
    lines = [part.text for part, _ in takewhile(lambda each: each[1] == largest, below)]
    title = " ".join(lines)
    is_all = 0 < sum(size == largest for _, size in shown) == len(lines) and shown[-1][1] < largest
    return title if largest >= _TITLE * usual and is_all and len(title) <= _LONGEST and _may_head(title) else ""


def _bold(parts: Sequence[Block | None], looks: Mapping[int, Looks]) -> Iterator[tuple[int, float]]:
    for at, part in enumerate(parts):
        if part is None or part.kind != "text" or len(part.text) > _LONGEST or id(part) not in looks:
            continue
        bold, size = looks[id(part)]
        if bold and _may_head(part.text):
            yield at, size


def _may_head(text: str) -> bool:
    """Whether words could be a heading or a title: no sentence, no figure, no caption."""
    return sum(map(str.isalpha, text)) > 2 and not text.endswith((".", ",", ";")) and not CAPTION.match(text)


def _said(node: Any) -> tuple[bool | None, float | None]:
    """Whether a run or a style says that it is bold, and of which size."""
    switch, size = node.find(f"{W}rPr/{W}b"), value_at(node, f"{W}rPr/{W}sz") or ""
    bold = None if switch is None else switch.get(f"{W}val") not in ("0", "false", "off")
    return bold, float(size) if size.isdecimal() else None


def _has_letters(run: Any) -> bool:
    return any((text.text or "").strip() for text in run.iter(f"{W}t"))


def _is_default(style: Any) -> bool:
    return style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph"
