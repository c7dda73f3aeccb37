"""The chapters in one file of a book: cut where its table of contents leads to, and not where a program cut the files.

Many books hold several chapters in a file, and those of Project Gutenberg go on in the middle of one with the next file.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from ragcli.reading.markup.elements import Parts, parts_of
from ragcli.records import Block

_MARK = re.compile("\ufdd0(\\d+)\ufdd0")  # what no text has: Unicode keeps it for a program's own use
_LONGEST_LEAD = 40  # characters


class Entry(NamedTuple):
    """An entry of a table of contents that leads into a file."""

    title: str
    anchor: str  # "" for the file itself
    depth: int


def chapters_of(body: LexborNode, entries: Sequence[Entry], before: str | None) -> list[tuple[str | None, Parts]]:
    """The chapters of a file with their titles, None where none is known: its highest entries begin them.

    Args:
        before: the title of the chapter that the file goes on with, where it begins with none of its own.
    """
    top = min((entry.depth for entry in entries), default=0)
    chapters = [entry for entry in entries if entry.depth == top]
    begun = {at for at, entry in enumerate(chapters) if entry.anchor and _mark(body, entry.anchor, at)}
    found: list[tuple[str | None, Parts]] = [(None, [])]
    reached = set[int]()
    for part in parts_of(body):
        marks = [int(mark) for mark in _MARK.findall(part.text)] if part else []
        if part is not None and marks:
            if _says_much(found[-1][1]):
                found.append((None, []))
            found[-1] = (chapters[marks[-1]].title, found[-1][1])
            reached.update(marks)
            part = _without_marks(part)
            if not part.text:
                continue
        found[-1][1].append(part)
    if found[0][0] is None:
        whole = next((entry.title for at, entry in enumerate(chapters) if at not in begun & reached), None)
        found[0] = (whole or (before if chapters else None), found[0][1])
    return found


def _says_much(parts: Parts) -> bool:
    """Whether parts are text of their own: no ornament, number or name of a part above the title of a chapter."""
    return sum(len(part.text) for part in parts if part and part.kind != "heading") > _LONGEST_LEAD


def _mark(body: LexborNode, anchor: str, number: int) -> bool:
    """Put a mark before the element that an entry leads to; False where there is none."""
    if '"' in anchor or "\\" in anchor:
        return False
    node = body.css_first(f'[id="{anchor}"], a[name="{anchor}"]')
    if node is None or node.tag == "body":
        return False
    node.insert_before(f"\ufdd0{number}\ufdd0")
    return True


def _without_marks(part: Block) -> Block:
    return replace(part, text=_MARK.sub("", part.text).strip())
