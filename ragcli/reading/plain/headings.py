"""Headings of plain text that nothing underlines: lines that stand alone and are numbered, named, in capitals, or hang out.

Rather one too few than one too many: a list whose items stand apart looks much the same.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from ragcli.reading.heading_words import KNOWN, NAMED

_LONGEST = 80  # characters
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<dot>[.)]?)\s+(?=[^\W\d_\s]|[\"“«('`])")
_OF = re.compile(r"\s+(?:of|de|du|des|von|del|della)\b")  # `Part two of the report` begins a sentence
_CELLS = re.compile(r"\S(?: {3,}|\t|\s*\.{4,}|(?: \.){3,})\s*\S")  # of a table of contents, of a page's head or foot
_ENDS = (".", ",", ";", ":", "…", "!")
_FEWEST = 2  # of a kind: one numbered line alone may be anything
_ITEMS = 0.4  # share of a kind, right behind which the next of them stands: more are the items of a list
_IN_ORDER = 0.8  # share of the numbers that follow the one before
_FEWEST_IN_CAPITALS = 3  # right above what is further in
_FEWEST_UNPARTED = 5  # headings that no blank line sets apart: fewer may be anything

Number = tuple[int, ...]


def headings(pieces: Sequence[Sequence[str]]) -> dict[int, int]:
    """The levels, from 1, of the pieces that are headings, by their places; a piece is the lines between blank lines."""
    alone = {
        at: lines[0].strip()
        for at, lines in enumerate(pieces[:-1])
        if len(lines) == 1 and len(lines[0].strip()) <= _LONGEST and not _CELLS.search(lines[0].strip())
    }
    numbers = {at: number for at, text in alone.items() if (number := _number(text))}
    titled = {at for at, text in alone.items() if at not in numbers and _is_title(text)}
    hanging = {at for at in alone if at not in numbers and _hangs_out(pieces, at)}
    last = {" ".join(alone[at].split()): at for at in numbers}  # titles stand a first time in the contents
    numbers = {at: numbers[at] for at in sorted(last.values())}
    followed = {at for at, number in numbers.items() if len(numbers.get(at + 1, ())) in range(1, len(number) + 1)}
    if not _are_in_order(list(numbers.values())) or len(followed) > _ITEMS * len(numbers):
        numbers = {}
    if sum(at + 1 in titled for at in titled) > _ITEMS * len(titled):
        titled = set()
    if numbers:  # among numbered ones capitals are a title above them all, or no heading: a code, a command
        titled = {at for at in titled if at < min(numbers) or _is_named(alone[at])}
    below = int(any(at < min(numbers, default=0) for at in titled - hanging))
    found = {at: len(number) + below for at, number in numbers.items()}
    return dict.fromkeys(hanging, 1) | dict.fromkeys(titled, 1) | found


def set_apart(pieces: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pieces, cut around headings that no blank line sets apart.

    Numbered ones, as in text that was copied out of a PDF, where there are many in their order: 1.1, 1.2, 2.1. A 2 alone may be
    anything, but for one right above 2.1. And those of manual pages: in capitals at the margin, above what is further in.
    """
    hanging = {(piece, 0) for piece, lines in enumerate(pieces) if _hangs_in_capitals(lines)}
    if len(hanging) >= _FEWEST_IN_CAPITALS:
        pieces = list(_cut(pieces, hanging))
    lines = [(piece, at) for piece, of_piece in enumerate(pieces) for at in range(len(of_piece))]
    numbered = [
        number if _may_begin(pieces[piece], at) and (number := _number(pieces[piece][at].strip())) else ()
        for piece, at in lines
    ]
    after = [*numbered[1:], ()]
    deep = [at for at, one in enumerate(numbered) if len(one) > 1 and len(after[at]) not in range(1, len(one) + 1)]
    titles = [at - 1 for at in deep if at and len(numbered[at - 1]) == 1 and numbered[at] == (*numbered[at - 1], 1)]
    alone = sorted({*deep, *titles})
    if len(alone) < _FEWEST_UNPARTED or not _are_in_order([numbered[at] for at in alone]):
        return [list(piece) for piece in pieces]
    return list(_cut(pieces, {lines[at] for at in alone}))


def _hangs_in_capitals(lines: Sequence[str]) -> bool:
    first, *below = lines
    return (
        bool(below)
        and not first[:1].isspace()
        and len(first.strip()) <= _LONGEST
        and not _CELLS.search(first.strip())
        and _is_in_capitals(first.strip())
        and all(line[:1].isspace() for line in below)
    )


def _may_begin(piece: Sequence[str], at: int) -> bool:
    """Whether what stands above a line is at its end, and the line is not the first of a sentence that goes on below."""
    if at + 1 < len(piece) and piece[at + 1][:1].islower():
        return False
    above = piece[at - 1].strip() if at else ""
    return len(piece[at].strip()) <= _LONGEST and (
        above.endswith((".", "!", "?", ":", ";")) or len(above) < _LONGEST / 2
    )


def _cut(pieces: Sequence[Sequence[str]], alone: Set[tuple[int, int]]) -> Iterator[list[str]]:
    for piece, lines in enumerate(pieces):
        part: list[str] = []
        for at, line in enumerate(lines):
            if (piece, at) in alone:
                yield from filter(None, (part, [line]))
                part = []
            else:
                part.append(line)
        if part:
            yield part


def _number(text: str) -> Number | None:
    """The number before a title: `2.`, `2.1`, `2.1.`; None where there is none, or the rest is a sentence."""
    found = _NUMBER.match(text)
    if found is None or not (found["dot"] == "." or "." in found["number"]):
        return None
    rest = text[found.end() :]
    if rest.endswith(_ENDS[1:]) or (rest.endswith(".") and len(rest.split()) > 6):
        return None
    return tuple(map(int, found["number"].split(".")))


def _is_title(text: str) -> bool:
    return _is_named(text) or text.strip(" .:").casefold() in KNOWN or _is_in_capitals(text)


def _is_named(text: str) -> bool:
    named = NAMED.match(text)
    return named is not None and not _OF.match(text, named.end())


def _is_in_capitals(text: str) -> bool:
    if "_" in text:
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters) and not text.endswith(_ENDS[1:])


def _hangs_out(pieces: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a line begins at the margin, and what is below it further in, as in RFCs and manuals."""
    line, below = pieces[at][0], pieces[at + 1]
    text = line.strip()
    return (
        line[:1].isalpha()
        and line[0].isupper()
        and not text.isupper()
        and len(text) < 0.75 * _LONGEST
        and not text.endswith(_ENDS)
        and ": " not in text
        and len(below) > 1
        and all(one[:1].isspace() for one in below)
    )


def _are_in_order(numbers: Sequence[Number]) -> bool:
    """Whether most numbers are the next one of those before: 1, 1.1, 1.2, 2; or 1.2, 2.1, where chapters part them."""
    if len(numbers) < _FEWEST or numbers[0][0] > 1:
        return False
    return sum(after in _following(before) for before, after in pairwise(numbers)) >= _IN_ORDER * (len(numbers) - 1)


def _following(number: Number) -> Iterator[Number]:
    yield (*number, 1)
    yield (*number, 0)
    for depth in range(len(number)):
        yield (*number[:depth], number[depth] + 1)
    if len(number) > 1:
        yield number[0] + 1, 1
