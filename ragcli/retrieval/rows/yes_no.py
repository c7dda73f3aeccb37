"""Columns of yes and no, whose heads a question says of the rows that it wants: `Which samples were not compliant?`"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ragcli.chunking.rows import FigureRow
from ragcli.storage.terms import content_terms, fold, unaccented

_APART = 40  # characters from one word of a head to the next
_YES = frozenset(["yes", "oui", "ja", "si", "sim", "true", "vrai", "wahr", "y", "x", "✓", "✔", "☑", "☒", "■"])
_NO = frozenset(["no", "non", "nein", "nao", "nee", "false", "faux", "falsch", "n", "☐", "□", "✗", "✘"])
DENIAL = re.compile(r"\b(?:not|pas|nicht|niet|no|non|nao|\w+n't)\b", re.IGNORECASE)
# Whatever must be so, or may, need not be.
_MODAL = re.compile(
    r"\b(?:must|should|shall|can|could|may|might|will|would|doi(?:t|vent)|devr\w+|peu(?:t|vent)|pourr\w+|faut|muss(?:en)?|soll(?:en)?"
    r"|konnen|durfen|werden|deben?|pueden?|devono?|possono?|devem?|podem?|moeten?|mogen|kunnen|zullen)\b",
    re.IGNORECASE,
)
# Right before what is denied: `are not compliant`, `ne sont pas assurés`, `no están asegurados`.
_DENIED = re.compile(
    r"(?:\bnot|n't|\bpas|\bnicht|\bniet)(?: (?:yet|an?|encore|noch|nog|des?|un|une))?\s*$"
    r"|\b(?:no|non|nao)(?: (?:an?|est[ae]n?|son|sono|est[ao]o|sao))?\s*$",
    re.IGNORECASE,
)


def is_yes(cell: str) -> bool | None:
    """Whether a cell says yes; None where it says neither yes nor no."""
    said = fold(cell).strip(" .*")
    return True if said in _YES else False if said in _NO else None


def of_yes_and_no(rows: Sequence[FigureRow]) -> list[int]:
    """The columns that say yes or no, and nothing else."""
    columns: list[int] = []
    for at in range(len(rows[0].heads)):
        cells = [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at].strip()]
        if cells and all(is_yes(cell) is not None for cell in cells):
            columns.append(at)
    return columns


def without_denial(read: str) -> str:
    """An unaccented question without its first word that denies something, if it denies anything."""
    return DENIAL.sub(" ", read, count=1)


def is_stated(question: str) -> bool:
    """Whether a question wants to know what is so, and not what must be, or may."""
    return _MODAL.search(unaccented(question)) is None


def denied_at(question: str, start: int) -> bool:
    """Whether what a question says at `start` is denied by the words right before."""
    return _DENIED.search(unaccented(question[max(0, start - _APART) : start])) is not None


def says_the_contrary(row: FigureRow, question: str, language: str | None) -> bool:
    """Whether a row says no where a question says yes of the very head, `Insured`, or yes where it denies it."""
    told = ((head, is_yes(cell)) for head, cell in zip(row.heads, row.cells, strict=False))
    return any(said in _denials(head, question, language) for head, said in told if said is not None)


@lru_cache(maxsize=64)  # each row of a table asks
def _denials(head: str, question: str, language: str | None) -> frozenset[bool]:
    """Whether a question denies a head, wherever it has its words, one behind the other."""
    own = content_terms(head, language)
    words = [
        (found.start(), term)
        for found in re.finditer(r"[^\W_]+", question)
        for term in content_terms(found[0], language)
    ]
    places = (words[at : at + len(own)] for at in range(len(words) - len(own) + 1 if own else 0))
    return frozenset(
        denied_at(question, there[0][0])
        for there in places
        if [term for _, term in there] == own and _follow_closely(there)
    )


def _follow_closely(words: Sequence[tuple[int, str]]) -> bool:
    return all(later - earlier < _APART for (earlier, _), (later, _) in pairwise(words))
