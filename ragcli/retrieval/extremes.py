"""The row of a table that has the most or the least of what a question asks for: `Which station has the highest altitude?`

No row says so of itself. The figures of its column do, once all rows of the table are looked at, and not those alone that
one passage holds.
"""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ragcli.chunking.rows import FigureRow, figure_rows
from ragcli.retrieval.filters import Filter, and_among
from ragcli.retrieval.fusion import Fused, raised
from ragcli.retrieval.periods import YEAR
from ragcli.retrieval.syntax import Query
from ragcli.retrieval.values import SUMS, VALUE_BONUS
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms, unaccented

_LOOKED_INTO = 20  # passages, one of which must hold a row of the table
_FEWEST = 3  # rows with a figure, of which one can be the highest
_FIGURES = 0.7  # of the rows of a column that have one, at least
_SPOKEN_OF = 0.6  # of the question's words, at least, are said by the table, above it, or by its document's title

# Questions are read without accents. The maximum of something is mostly stated, and no row of a table.
_MOST = (
    r"highest|largest|biggest|greatest|longest|tallest|heaviest|deepest|widest|fastest|costliest"
    r"|hochste[nrs]?|gro(?:ss|ß)te[nrs]?|langste[nrs]?|teuerste[nrs]?|schwerste[nrs]?|meisten"
    r"|hoogste|grootste|duurste|zwaarste|meeste|mayor|maggiore?|maior"
)
_LEAST = (
    r"lowest|smallest|shortest|lightest|slowest|cheapest|fewest"
    r"|niedrigste[nrs]?|kleinste[nrs]?|kurzeste[nrs]?|billigste[nrs]?|gunstigste[nrs]?|geringste[nrs]?|wenigsten"
    r"|laagste|kleinste|kortste|goedkoopste|minste|menor|minore?"
)
_SMALL = (  # turns `le plus` into the least
    r"bas(?:se)?s?|faibles?|petite?s?|courte?s?|leger\w*|lente?s?|baj[oa]s?|pequen[oa]s?|cort[oa]s?|barat[oa]s?"
    r"|bass[oaie]|piccol[oaie]|baix[oa]s?|curt[oa]s?"
)
_LARGE = (
    r"alt[oaie]s?|grand[ei]s?|elevad[oa]s?|elevat[oaie]|larg[oa]s?|lung[oahi]+|car[oaie]s?|costos[oaie]s?|pesad[oa]s?"
)
_THE = r"(?:le |la |les |el |los |las |il |lo |i |gli |o |a |os |as )"
_MORE = ("plus", "mas", "piu", "mais")
# Of Latin languages, in some of which the article stands before the noun: `la città più grande`, and not `più grande di`.
_COMPARED = (
    rf"(?:{_THE}|(?=\w+ (?:{_SMALL}|{_LARGE})\b(?! (?:di|que|che)\b)))(?P<compared>{'|'.join(_MORE)}|moins|menos|meno)"
    rf" (?:(?P<small>{_SMALL})\b|\w+)"
)
_EXTREME = re.compile(
    rf"\b(?:(?:the )?(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))"
    rf"|the (?:(?P<more>most)|least)(?: expensive| costly)?|{_COMPARED})(?!\w)"
)
# What no column of figures has the most of.
_NO_FIGURE = re.compile(
    r"\b(?:most|plus|mas|piu|mais) (?:of|recent\w*|souvent|tot|tard|often|likely|important\w*|usual)\b"
)
_PRICED = re.compile(
    r"\b(?:expensive|costl\w+|cheap\w*|chere?s?|couteu\w+|teuer\w*|billig\w*|gunstig\w*|car[oa]s?|barat\w+|duur\w*|goedkoop\w*)\b"
)
_CURRENCY = re.compile(r"[$€£¥]|\b(?:EUR|USD|GBP|CHF)\b")
# What adjectives measure: `Which river is the longest?` names no length.
_MEASURED = (
    (re.compile(r"\b(?:long|short|court)"), "length duration distance longueur durée"),
    (re.compile(r"\b(?:high|tall|low|haut|bas)"), "height altitude elevation hauteur"),
    (re.compile(r"\b(?:heav|light|lourd|leger)"), "weight mass poids masse"),
    (re.compile(r"\b(?:deep|profond)"), "depth profondeur"),
    (re.compile(r"\b(?:fast|slow|rapide|lent)"), "speed vitesse"),
    (re.compile(r"\b(?:larg|big|small|grand|petit)"), "size area surface superficie taille"),
)
_PRICES = "price cost prix tarif coût Preis precio prezzo preço prijs"
# With a unit behind it, and nothing else: an address or a date is no figure.
# What is left over beside those that are named.
_REST = re.compile(
    r"\W*(?:(?:all|les|die) )?(?:others?|autres|sonstige[nrs]?|[üu]brige[nrs]?|andere|otr[oa]s|altr[ie]|outr[oa]s|overige)\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<minus>[-−–(])?[$€£¥\s]*(?P<digits>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d[\d.,]*)(?:\s*[^\s\d,./-]{1,8}){0,2}"
)
_COMMA_DECIMAL = frozenset({"fr", "de", "es", "it", "pt", "nl"})


@dataclass(frozen=True, slots=True)
class Extreme:
    """What a question wants the most of, or the least."""

    is_most: bool
    question: str  # without the words that say so
    measured: str  # what the adjective measures, in words that a head may have
    is_price: bool
    years: frozenset[str]


def extreme_of(question: str) -> Extreme | None:
    """What a question wants the most or the least of; None where it wants nothing of the kind."""
    read = unaccented(question.lower().replace("’", "'"))
    found = _EXTREME.search(read)
    if found is None or _NO_FIGURE.search(read) or len(read) != len(question):  # whose places would be others
        return None
    is_most = bool(found["most"] or found["more"] or (found["compared"] in _MORE and not found["small"]))
    is_price = bool(_PRICED.search(found[0]))
    measured = (
        " ".join(words for adjective, words in _MEASURED if adjective.search(found[0])) + is_price * f" {_PRICES}"
    )
    rest = f"{question[: found.start()]} {question[found.end() :]}"
    return Extreme(is_most, rest, measured, is_price, frozenset(YEAR.findall(question)))


def most_of(rows: Sequence[FigureRow], asked: Extreme, said: str, language: str | None) -> list[FigureRow]:
    """The rows of one table that have the most, or the least; none where nothing tells of what.

    Args:
        rows: all of it, below the same heads.
        said: `spoken_of` it.
        language: of the document.
    """
    if share_said(rows, asked, said, language) < _SPOKEN_OF:
        return []
    heads, above = rows[0].heads, set(content_terms(f"{' '.join(rows[0].above)} {said}", language))
    rows = [
        row
        for row in rows
        if row.label and not SUMS.intersection(content_terms(row.label, language)) and not _REST.fullmatch(row.label)
    ]
    columns = [
        at for at in range(len(heads)) if len(_figures(rows, at, language)) >= max(_FEWEST, _FIGURES * len(rows))
    ]
    column = _column(columns, rows, asked, above, language)
    if column is None:
        return []
    figures = _figures(rows, column, language)
    best = (max if asked.is_most else min)(figures.values())
    return [rows[at] for at, figure in figures.items() if figure == best]


def share_said(rows: Sequence[FigureRow], asked: Extreme, said: str, language: str | None) -> float:
    """How many of the question's words a table says, above it or in its heads: 0 to 1. Of two the one that says more is meant."""
    wanted = set(content_terms(asked.question, language))
    everything = content_terms(" ".join((*rows[0].above, said, *rows[0].heads)), language)
    return len(wanted.intersection(everything)) / len(wanted) if wanted else 0.0


def spoken_of(section: Sequence[str], title: str | None, path: str) -> str:
    """What speaks of a table beside it: the headings, the title and the name of its document."""
    return " ".join((*section, title or "", Path(path).stem))


def prefer_extremes(catalog: Catalog, query: Query, where: Filter | None, ranked: list[Fused]) -> list[Fused]:
    """The candidates with the passage first that holds the row with the most, of the table that tells, and says most of it.

    It need not be one of them; scores stay within their range.
    """
    asked = None if query.only_operators or query.excluded else extreme_of(query.text)
    if asked is None:
        return ranked
    condition, parameters = and_among("c.id", where)
    of = (
        "SELECT c.id, c.document_id, c.section, c.text, d.title, coalesce(c.language, d.language),"
        " (SELECT min(path) FROM files WHERE document_id = d.id) FROM chunks c"
        " JOIN documents d ON d.id = c.document_id WHERE"
    )
    first = [one.chunk_id for one in ranked[:_LOOKED_INTO]]
    found = catalog.sql.execute(f"{of} c.id IN (SELECT value FROM json_each(?))", (json.dumps(first),)).fetchall()
    seen: set[tuple[int, str]] = set()
    most, told = 0.0, ranked
    for _, document_id, section, text, title, language, path in sorted(found, key=lambda row: first.index(row[0])):
        if (document_id, section) in seen or not any(row.heads for row in figure_rows(text)):
            continue
        seen.add((document_id, section))
        tables: defaultdict[tuple[str, ...], list[tuple[int, FigureRow]]] = defaultdict(list)
        for chunk_id, _, _, part, *_ in catalog.sql.execute(
            f"{of} c.document_id = ? AND c.section = ? {condition} ORDER BY c.ordinal",
            (document_id, section, *parameters),
        ):
            for row in figure_rows(part):
                tables[row.heads].append((chunk_id, row))
        said = spoken_of(json.loads(section), title, path)
        for heads, pairs in tables.items():
            rows = [row for _, row in pairs]
            best = most_of(rows, asked, said, language) if heads else []
            holding = {chunk_id for chunk_id, row in pairs if row in best}
            if holding and (share := share_said(rows, asked, said, language)) > most:
                there = {one.chunk_id for one in ranked}
                found_too = [*ranked, *(Fused(chunk_id, 0.0) for chunk_id in holding - there)]
                most, told = share, raised(found_too, dict.fromkeys(holding, 1.0), VALUE_BONUS)
    return told


def _column(
    columns: Sequence[int], rows: Sequence[FigureRow], asked: Extreme, above: set[str], language: str | None
) -> int | None:
    """Which of the columns of figures is meant: that of the measure, and of the year; None where several may be."""
    if not rows:
        return None
    heads = [set(content_terms(head, language)) for head in rows[0].heads]
    wanted = set(content_terms(asked.question, language))
    dated = [at for at in columns if asked.years.intersection(YEAR.findall(rows[0].heads[at]))]
    dated = [at for at in dated if heads[at] <= asked.years] or dated  # `2022`, and not `Change 2022/23`

    def shared(words: set[str]) -> list[int]:
        most = max((len(heads[at] & words - asked.years) for at in columns), default=0)
        return [at for at in columns if most and len(heads[at] & words - asked.years) == most]

    priced = [at for at in columns if any(_CURRENCY.search(row.cells[at]) for row in rows)]
    measured = (
        shared(wanted) or shared(set(content_terms(asked.measured, language))) or (priced if asked.is_price else [])
    )
    meant = [at for at in measured if at in dated] or measured or (dated if above & (wanted - asked.years) else [])
    return meant[0] if len(meant) == 1 else None


def _figures(rows: Sequence[FigureRow], column: int, language: str | None) -> dict[int, Decimal]:
    """The figures of a column, by their rows."""
    read = {at: _figure(row.cells[column], language) for at, row in enumerate(rows) if column < len(row.cells)}
    return {at: figure for at, figure in read.items() if figure is not None}


def _figure(cell: str, language: str | None) -> Decimal | None:
    """The number that a cell is."""
    found = _NUMBER.fullmatch(cell.strip())
    if found is None:
        return None
    digits = re.sub(r"[^\d.,]", "", found["digits"]).rstrip(".,")
    last = max(map(digits.rfind, ".,"))
    thousands = "." if language in _COMMA_DECIMAL else ","
    is_whole = last < 0 or digits.count(digits[last]) > 1 or (digits[last] == thousands and len(digits) == last + 4)
    whole, part = (digits, "") if is_whole else (digits[:last], digits[last + 1 :])
    number = Decimal(f"{re.sub(r'[.,]', '', whole)}.{part or 0}")
    return -number if found["minus"] else number
