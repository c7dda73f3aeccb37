"""Values of a table's columns that a question names, word for word or in another form of the word."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragcli.chunking.rows import FigureRow
from ragcli.retrieval.rows.figures import without_footnote
from ragcli.storage.terms import content_terms, fold

_INFLECTED = 2  # letters at the end, by which two forms of a word differ at most: `aktiv`, `aktiven`, not `activities`
ASKED_IN = ("en", "fr", "de", "es", "it", "pt", "nl")
_PARTED = re.compile(r"[,;/|+&\n]")  # the values of a cell that has several
_PIECE = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[A-Z]")  # that is a value: `class A`; not the first word of a question
_TOKEN = re.compile(r"[^\s?!,;:()«»\"“”]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A term of a question, the word that it is of, folded, and where that stands."""

    term: str
    said: str
    start: int
    end: int


def words_of(question: str, language: str | None) -> Iterator[Word]:
    """The words of a question that say something, in whichever language it is asked."""
    for found in _TOKEN.finditer(question):
        if _LETTER.fullmatch(found[0]) and found.start():
            yield Word(fold(found[0]), fold(found[0]), found.start(), found.end())
        elif all(content_terms(found[0], one) for one in (*ASKED_IN, language)):
            for term, said in _pieces(found[0], language):
                yield Word(term, said, found.start(), found.end())


def terms_of_heads(rows: Sequence[FigureRow], language: str | None) -> list[set[str]]:
    """For each column of a table the terms of its head."""
    return [set(content_terms(head, language)) for head in rows[0].heads]


def terms_above(rows: Sequence[FigureRow], said: str, language: str | None) -> set[str]:
    """The terms of what speaks of a table: the lines above it, and what is `said` beside."""
    return set(content_terms(f"{' '.join(rows[0].above)} {said}", language))


def _pieces(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    """The terms of a text, each with the word that it is of."""
    for word in _PIECE.findall(fold(text)):
        for term in content_terms(word, language):
            yield term, word


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a column that a question names."""

    column: int
    start: int  # its first word among those of the question
    length: int
    is_headed: bool  # the question says the head of its column, too
    rows: frozenset[int]

    @property
    def place(self) -> frozenset[int]:
        return frozenset(range(self.start, self.start + self.length))


def named_values(
    rows: Sequence[FigureRow], heads: Sequence[set[str]], words: Sequence[Word], said: str, language: str | None
) -> tuple[dict[int, list[frozenset[int]]], set[int]] | None:
    """By column, for each of its values that the question names, the rows that have it; and the words that name them.

    A number needs the head of its column beside it, a letter right before it. What heads say is no value, `Other assets`
    below `Assets`. Of values that share words the longest is meant, and of the columns that have it the one whose head the
    question names. None where several have it, or where other rows may have it, too: one of several values in a cell, or said
    once for the rows below.
    Nor where titles say it: `closed contracts` may be those of a list, and those that are `closed` in another.
    """
    asked = {word.term for word in words}
    told = set(content_terms("".join(rows[0].above[-1:]), language)).union(*heads)
    titles = set(content_terms(said, language))
    found: list[_Value] = []
    for column in range(-1, len(heads)):
        cells = [without_footnote(row.label if column < 0 else row.cells[column]) for row in rows]
        is_headed = column >= 0 and bool(heads[column] & asked)
        spellings: defaultdict[tuple[str, ...], defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for at, cell in enumerate(cells):
            spellings[_terms_of(cell, language)][fold(cell)].add(at)
        for value, spelt in spellings.items():
            if not value or told.issuperset(value) or (not is_headed and all(term.isdigit() for term in value)):
                continue
            start = place_of(value, [word.term for word in words])
            if start is not None and _LETTER.fullmatch(value[0].upper()):
                start = start if start and column >= 0 and words[start - 1].term in heads[column] else None
            those = _spelt(spelt, words[start : start + len(value)], language) if start is not None else frozenset()
            if start is not None and those:
                found.append(_Value(column, start, len(value), is_headed, those))
    named: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
    used: set[int] = set()
    for one in sorted(found, key=lambda one: (one.length, one.is_headed, len(one.rows), -one.column), reverse=True):
        if one.place & used:
            continue
        others = (other for other in found if (other.place, other.is_headed) == (one.place, one.is_headed))
        is_title = not one.is_headed and titles.issuperset(words[at].term for at in one.place)
        if is_title or any(other.rows != one.rows for other in others) or _is_elsewhere(rows, one, language):
            return None
        named[one.column].append(one.rows)
        used |= one.place
    return dict(named), used


def _terms_of(cell: str, language: str | None) -> tuple[str, ...]:
    """The terms of a cell, which may be a letter: `Class: A`."""
    return (fold(cell),) if _LETTER.fullmatch(cell) else tuple(content_terms(cell, language))


def _spelt(spelt: Mapping[str, set[int]], words: Sequence[Word], language: str | None) -> frozenset[int]:
    """The rows of those spellings of a value that the question has, or else of those that are forms of its words.

    `-5` and `5` have the same terms, and so have `Lyon` and `Lyon-Est`, as the French read it.
    """
    asked = [word.said for word in words]
    whole = {tuple(_PIECE.findall(one)): one for one in spelt}
    if len(spelt) > 1 and tuple(asked) in whole:
        exact = {one for one in spelt if tuple(_PIECE.findall(one)) == tuple(asked)}
        return frozenset().union(*(spelt[one] for one in exact)) if len(exact) == 1 else frozenset()
    alike = [
        those
        for one, those in spelt.items()
        if all(_is_form(said, word) for (_, said), word in zip(_pieces(one, language), asked, strict=False))
    ]
    return frozenset().union(*alike)


def _is_form(one: str, other: str) -> bool:
    """Whether two words differ in their ends alone."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return max(len(one), len(other)) - same <= _INFLECTED or not (one + other).isascii()


def _is_elsewhere(rows: Sequence[FigureRow], value: _Value, language: str | None) -> bool:
    """Whether rows without a value may have it all the same: `Lyon, Paris`, or no more than a blank below it."""
    if value.column < 0:
        return False
    cells = [row.cells[value.column] for row in rows]
    own = set(content_terms(cells[min(value.rows)], language))
    for at, cell in enumerate(cells):
        parts = _PARTED.split(cell)
        if at not in value.rows and len(parts) > 1 and any(set(content_terms(part, language)) == own for part in parts):
            return True
    is_repeated = any(one == other and one for one, other in pairwise(cells))
    return not is_repeated and any(at + 1 < len(cells) and not cells[at + 1] for at in value.rows)


def place_of(value: Sequence[str], terms: Sequence[str]) -> int | None:
    """Where the terms of a value follow each other in those of a question."""
    return next((at for at in range(len(terms)) if tuple(terms[at : at + len(value)]) == tuple(value)), None)
