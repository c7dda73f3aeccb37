"""The figures in the columns of a table, as numbers that can be compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ragcli.chunking.rows import FigureRow
from ragcli.storage.terms import fold, terms

_SHARE = 0.7  # of the rows of a column of figures that have one, at least
_NUMBER = re.compile(
    r"(?P<minus>[-−–(])?[$€£¥\s]*(?P<digits>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d[\d.,]*)(?:\s*[^\s\d,./-]{1,8}){0,2}"
)
_DECIMALS = re.compile(r"\d([.,])(?!\d{3}(?!\d))\d+(?![\d.,])")
_MANY = re.compile(r"\..*\.|,.*,")  # several marks of one kind: they part thousands, or it is no number
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
# What is left over beside those that are named.
_REST = re.compile(
    r"\W*(?:(?:all|les|die) )?(?:others?|autres|sonstige[nrs]?|[üu]brige[nrs]?|andere|otr[oa]s|altr[ie]|outr[oa]s|overige)\W*",
    re.IGNORECASE,
)
_COMMA_DECIMAL = frozenset({"fr", "de", "es", "it", "pt", "nl"})
_SUM = re.compile(
    r"(?:sub|sous-?|zwischen|gesamt|end|teil)?-?(?:tota(?:l|le|ux|ls|les|li|is|al)|summen?|suma|somma|soma|somme)|gesamt|insgesamt"
    r"|averages?|durchschnitt|mittelwert|moyenne|promedio|gemiddelde"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FOOTNOTE = re.compile(r"(?:(?<=[\w)])\s?[*†‡]+|(?<=\d)[¹²³⁰⁴-⁹]+)$")
_DIGIT = re.compile(r"\d")
_NO_UNIT = re.compile(r"[\d\s.,()*†‡¹²³⁰⁴-⁹+−–-]")
_SHORT_UNIT = 2  # letters, up to which a unit has no plural
# Of what is written in other units than one: `Sales (in millions)`.
_SCALE = re.compile(
    r"\b(?:hundreds?|thousands?|millions?|billions?|milliers?|milliards?|tausend|millionen|milliarden|miles|mill[oó]n(?:es)?"
    r"|migliaia|milion[ei]|miliard[oi]|mil|milh[aã]o|milh[oõ]es|duizend|miljoen|miljard|mio|mrd|tsd|bn|k)\b"
    r"|[km] ?[€$£]|[€$£] ?[km]\b",
    re.IGNORECASE,
)


def is_listed(row: FigureRow, language: str | None) -> bool:
    """Whether a row is of one of those that its table lists: no sum, no mean, nor what is left over.

    A firm may be called `Total Energies`: where a row says anything in words beside, it is no sum.
    """
    if _REST.fullmatch(row.label):
        return False
    label = row.label or next(filter(None, row.cells), "")
    words = _WORD.findall(fold(label))
    if not any(map(_SUM.fullmatch, words)):
        return True
    is_nothing_else = all(_SUM.fullmatch(word) or word == "grand" for word in words)
    others = (cell for cell in row.cells if cell != label)
    return not is_nothing_else and any(_WORD.search(cell) and figure(cell, language) is None for cell in others)


def columns_of_figures(rows: Sequence[FigureRow], language: str | None) -> list[int]:
    """The columns of a table below the same heads most of whose cells are numbers."""
    columns = range(len(rows[0].heads)) if rows else ()
    return [at for at in columns if len(figures_of(rows, at, language)) >= _SHARE * len(rows)]


def figures_of(rows: Sequence[FigureRow], column: int, language: str | None) -> dict[int, Decimal]:
    """The figures of a column, by their rows."""
    cells = _cells(rows, column)
    mark = _decimal_mark(cells.values())
    read = {at: figure(cell, language, mark) for at, cell in cells.items()}
    return {at: figure for at, figure in read.items() if figure is not None}


def is_uniform(rows: Sequence[FigureRow], column: int, language: str | None) -> bool:
    """Whether the figures of a column can be added and compared: none is unread, `10–20`, and all are of one unit."""
    figures = figures_of(rows, column, language)
    numbers = {at: cell for at, cell in _cells(rows, column).items() if _DIGIT.search(cell)}
    return numbers.keys() == figures.keys() and len(set(_units(numbers.values(), language))) <= 1


def _units(cells: Iterable[str], language: str | None) -> Iterator[str]:
    """What stands beside the numbers of cells, where anything does: `kg`, `€`, `month` for `12 months`."""
    for cell in cells:
        unit = _NO_UNIT.sub("", cell.casefold())
        if unit:
            yield " ".join(terms(unit, language)) if unit.isalpha() and len(unit) > _SHORT_UNIT else unit


def is_scaled(text: str) -> bool:
    """Whether it says that figures are thousands, or millions."""
    return _SCALE.search(text) is not None


def without_footnote(cell: str) -> str:
    """A cell without the mark of a footnote: `12*`, `3¹`."""
    return _FOOTNOTE.sub("", cell.strip())


def figure(cell: str, language: str | None, mark: str | None = None) -> Decimal | None:
    """The number that a cell is; `31.12.2024` is none.

    Args:
        mark: before the decimals, where it is known; else that of the language.
    """
    found = _NUMBER.fullmatch(without_footnote(cell))
    if found is None:
        return None
    digits = re.sub(r"[^\d.,]", "", found["digits"]).rstrip(".,")
    if _MANY.search(digits) and not _THOUSANDS.fullmatch(digits):
        return None
    last = max(map(digits.rfind, ".,"))
    thousands = "," if (mark or ("," if language in _COMMA_DECIMAL else ".")) == "." else "."
    is_whole = last < 0 or digits.count(digits[last]) > 1 or (digits[last] == thousands and len(digits) == last + 4)
    whole, part = (digits, "") if is_whole else (digits[:last], digits[last + 1 :])
    number = Decimal(f"{re.sub(r'[.,]', '', whole)}.{part or 0}")
    return -number if found["minus"] else number


def _cells(rows: Sequence[FigureRow], column: int) -> dict[int, str]:
    return {at: row.cells[column] for at, row in enumerate(rows) if column < len(row.cells)}


def _decimal_mark(cells: Iterable[str]) -> str | None:
    """The mark before decimals where the cells tell: in `44.7` it is the point, whatever the language of the text beside."""
    marks = {found[1] for cell in cells if (found := _DECIMALS.search(cell))}
    return marks.pop() if len(marks) == 1 else None
