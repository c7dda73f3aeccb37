"""Tables of contents: lines that lead to a page number by dots, which say nothing that the headings do not say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ragcli.records import Block, Page

# From the first dot, and without trying fewer: a page of nothing but dots is read once.
_DOTS = r"(?<![.·…_])(?<![.·…_][ \t])(?:[ \t]?[.·…_]){5,}+[ \t]*+"
_SOME = ("..", ". .", "··", "· ·", "…", "__", "_ _")  # a look that costs nothing, before the pattern's
_LEADS = re.compile(rf"{_DOTS}(?:\d{{1,4}}|[ivxlcdm]{{1,8}}|[A-Z]-\d{{1,3}})(?=\s|$)")
_ENTRY = re.compile(r"\S.{1,150}\s(?:\d{1,4}|[ivxlcdm]{1,8})")  # a chapter's line has no dots, as a rule
_NUMBER = re.compile(
    r"^(?:(?:chapter|part|appendix|annex|chapitre|partie|annexe)\s+)?(?:[\dIVXA-Z]+[.\d]*[.:)]?\s+)?", re.IGNORECASE
)
_FEWEST = 5  # lines with dots on a page, from which they are contents and not a price list or a form
_KNOWN = 0.5  # share of the entries that are headings of the document


def mark_contents(pages: Sequence[Page]) -> list[Page]:
    """Give the entries of a table of contents a line each, without their dots; and no second pass to their pages.

    They get a kind of their own, which is not cut into chunks, where half of all, or of a page's, are headings of the
    document as well: a passage of titles comes up for every question about what they name, and answers none. Else they are
    a list, as one of figures or of examples is behind the contents.
    """
    on = {at: entries for at, page in enumerate(pages) if len(entries := list(_entries(page))) >= _FEWEST}
    if not on:
        return list(pages)
    headings = {_title(block.text) for page in pages for block in page.blocks if block.kind == "heading"}
    known = {at: [_title(entry) in headings for entry in entries] for at, entries in on.items()}
    whole = [is_known for entries in known.values() for is_known in entries]

    def marked(at: int, page: Page) -> Page:
        is_known = any(sum(some) >= _KNOWN * len(some) for some in (whole, known[at]))
        return replace(page, blocks=tuple(_marked(page.blocks, is_known)), table_score=0.0)

    return [marked(at, page) if at in on else page for at, page in enumerate(pages)]


def _entries(page: Page) -> Iterator[str]:
    """The lines of a page that lead to a number, without what leads there."""
    for block in page.blocks:
        if block.kind in ("text", "list") and any(dots in block.text for dots in _SOME):
            yield from (part for part in _LEADS.split(block.text)[:-1])


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
