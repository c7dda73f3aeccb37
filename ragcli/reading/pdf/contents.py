"""Tables of contents and indexes: lines that lead by dots to where something is said, and say nothing of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ragcli.records import Block, Page

# From the first dot, and without trying fewer: a page of nothing but dots is read once.
_DOTS = r"(?<![.·…_])(?<![.·…_][ \t])(?:[ \t]?[.·…_]){5,}+[ \t]*+"
_SOME = ("..", ". .", "··", "· ·", "…", "__", "_ _")  # a look that costs nothing, before the pattern's
_PAGES = r"\d{1,4}(?:[ \t]*[,–-][ \t]*\d{1,4}){0,20}"
_LEADS = re.compile(rf"{_DOTS}({_PAGES}|[ivxlcdm]{{1,8}}|[A-Z]-\d{{1,3}})(?=\s|$)")
_ENTRY = re.compile(r"\S.{1,150}\s(?:\d{1,4}|[ivxlcdm]{1,8})")  # a chapter's line has no dots, as a rule
_NUMBER = re.compile(
    r"^(?:(?:chapter|part|appendix|annex|chapitre|partie|annexe)\s+)?(?:[\dIVXA-Z]+[.\d]*[.:)]?\s+)?", re.IGNORECASE
)
_COUNTED = re.compile(r"^(?:[^\W\d]+ )?\d[\d.-]*[:.)]? ")  # Figure 1, Figure 2 stand in the order of their numbers
_FEWEST = 5  # lines with dots on a page, from which they are contents and not a price list or a form
_INDEX = 20  # entries of a page from which, in the order of the alphabet, they are an index
_IN_ORDER = 0.7  # of neighbours: those below an entry have an order of their own
_ON_PAGES = 0.9  # of an index's numbers: those of the document's pages, not prices or telephones
_KNOWN = 0.5  # share of the entries that are headings of the document


def mark_contents(pages: Sequence[Page]) -> list[Page]:
    """Give the entries of a table of contents a line each, without their dots; and no second pass to their pages.

    They get a kind of their own, which is not cut into chunks, where half of all, or of a page's, are headings of the
    document as well: a passage of titles comes up for every question about what they name, and answers none. So do those
    of an index. Else they are a list, as one of figures or of examples is behind the contents.
    """
    leading = {at: entries for at, page in enumerate(pages) if len(entries := list(_entries(page))) >= _FEWEST}
    if not leading:
        return list(pages)
    indexes: set[int] = set()
    for at, entries in leading.items():
        if (len(entries) >= _INDEX or at - 1 in indexes) and _is_index(entries, len(pages)):
            indexes.add(at)
    on = {at: [entry for entry, _ in entries] for at, entries in leading.items()}
    headings = {_title(block.text) for page in pages for block in page.blocks if block.kind == "heading"}
    known = {at: [_title(entry) in headings for entry in entries] for at, entries in on.items()}
    whole = [is_known for entries in known.values() for is_known in entries]

    def marked(at: int, page: Page) -> Page:
        is_known = at in indexes or any(sum(some) >= _KNOWN * len(some) for some in (whole, known[at]))
        return replace(page, blocks=tuple(_marked(page.blocks, is_known)), table_score=0.0)

    return [marked(at, page) if at in on else page for at, page in enumerate(pages)]


def _entries(page: Page) -> Iterator[tuple[str, str]]:
    """The lines of a page that lead to a number, without what leads there; and the number."""
    for block in page.blocks:
        if block.kind in ("text", "list") and any(dots in block.text for dots in _SOME):
            parts = _LEADS.split(block.text)
            yield from zip(parts[:-1:2], parts[1::2], strict=True)


def _is_index(entries: Sequence[tuple[str, str]], pages: int) -> bool:
    """Whether a page's entries stand in the order of the alphabet and lead to pages of the document."""
    names = [_COUNTED.sub("", " ".join(entry.split()).casefold()) for entry, _ in entries]
    told = [int(number) for _, leads in entries for number in re.findall(r"\d+", leads)]
    return sum(one <= two for one, two in pairwise(names)) >= _IN_ORDER * (len(names) - 1) and sum(
        number <= pages for number in told
    ) >= _ON_PAGES * len(told)


def _marked(blocks: Sequence[Block], is_known: bool) -> Iterator[Block]:
    for block in blocks:
        if block.kind not in ("text", "list") or not (_LEADS.search(block.text) or _ENTRY.fullmatch(block.text)):
            yield block
            continue
        lines = (" ".join(line.split()) for line in _LEADS.sub(lambda found: _number(found[0]), block.text).split("\n"))
        yield replace(block, text="\n".join(line for line in lines if line), kind="contents" if is_known else "list")


def _number(leads: str) -> str:
    return f" … {leads.strip(' ._·…')}\n"


def _title(entry: str) -> str:
    """What an entry and its heading have in common: their words, without numbers."""
    return " ".join(_NUMBER.sub("", " ".join(entry.split())).casefold().split())
