"""The row of a table that has the most or the least of what a question asks for: `Which station has the highest altitude?`

No row says so of itself. The figures of its column do, once all rows of the table are looked at, and not those alone that
one passage holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.chunking.rows import FigureRow
from ragcli.retrieval.question.asking import typed
from ragcli.retrieval.question.periods import YEAR
from ragcli.retrieval.rows.figures import columns_of_figures, figures_of, is_listed, is_uniform
from ragcli.retrieval.rows.named_values import terms_above, terms_of_heads
from ragcli.storage.terms import content_terms

_FEWEST = 3  # rows with a figure, of which one can be the highest
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
    rf" (?!d[ei] \d)(?:(?P<small>{_SMALL})\b|\w+)"
)
_EXTREME = re.compile(
    rf"\b(?:(?:the )?(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))"
    rf"|the (?:(?P<more>most)|least)(?: expensive| costly)?|{_COMPARED})(?!\w)"
)
# What no column of figures has the most of.
_NO_FIGURE = re.compile(
    r"\b(?:most|plus|mas|piu|mais) (?:of|recent\w*|souvent|tot|tard|often|likely|important\w*|usual)\b"
)
_NUMBER_OF = re.compile(r"(?:the )?(?:most|least|fewest|meisten|wenigsten|meeste|minste)\b")  # without an adjective
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
    (re.compile(r"\b(?:powerful|puissant)"), "power puissance"),
    (re.compile(r"\b(?:larg|big|small|grand|petit)"), "size area surface superficie taille"),
)
_PRICES = "price cost prix tarif coût Preis precio prezzo preço prijs"


@dataclass(frozen=True, slots=True)
class Extreme:
    """What a question wants the most of, or the least."""

    is_most: bool
    question: str  # without the words that say so
    measured: str  # what the adjective measures, in words that a head may have
    is_price: bool
    is_number: bool  # of something, which a head must say: nobody has the most files by what each of them costs
    years: frozenset[str]


def extreme_of(question: str) -> Extreme | None:
    """What a question wants the most or the least of; None where it wants nothing of the kind."""
    read = typed(question.lower())
    found = _EXTREME.search(read)
    if found is None or _NO_FIGURE.search(read) or len(read) != len(question):  # whose places would be others
        return None
    is_most = bool(found["most"] or found["more"] or (found["compared"] in _MORE and not found["small"]))
    is_price = bool(_PRICED.search(found[0]))
    measured = (
        " ".join(words for adjective, words in _MEASURED if adjective.search(found[0])) + is_price * f" {_PRICES}"
    )
    rest = f"{question[: found.start()]} {question[found.end() :]}"
    return Extreme(is_most, rest, measured, is_price, _is_number(found), frozenset(YEAR.findall(question)))


def _is_number(found: re.Match[str]) -> bool:
    """Whether a noun follows, and no adjective: `le plus d'habitants`, `the most files`."""
    if found["compared"] in ("plus", "moins"):
        return re.search(r"\bde?$", found[0]) is not None
    if found["compared"]:
        return not found["small"] and re.search(rf"\b(?:{_LARGE})$", found[0]) is None
    return _NUMBER_OF.fullmatch(found[0]) is not None


def most_of(
    rows: Sequence[FigureRow],
    asked: Extreme,
    said: str,
    language: str | None,
    among: Sequence[FigureRow] | None = None,
    is_whole: bool = True,
) -> list[FigureRow]:
    """The rows of one table that have the most, or the least; none where nothing tells of what.

    Args:
        rows: all of it, below the same heads.
        among: those of them that are asked for; None: all.
        said: what speaks of the table beside it: titles, the name of its document.
        language: of the document.
        is_whole: not only those passages that hold the row which answers, as was found in all of it.
    """
    if share_said(rows, asked, said, language) < _SPOKEN_OF:
        return []
    above = terms_above(rows, said, language)
    rows = [row for row in rows if row.label and is_listed(row, language)]
    columns = columns_of_figures(rows, language) if len(rows) >= (_FEWEST if is_whole else 1) else []
    column = _column(columns, rows, asked, above, language)
    if column is None or not is_uniform(rows, column, language):
        return []
    rows = rows if among is None else [row for row in rows if row in among]
    figures = figures_of(rows, column, language)
    best = (max if asked.is_most else min)(figures.values(), default=None)
    return [rows[at] for at, figure in figures.items() if figure == best]


def share_said(rows: Sequence[FigureRow], asked: Extreme, said: str, language: str | None) -> float:
    """How many of the question's words a table says, above it or in its heads: 0 to 1. Of two the one that says more is meant."""
    wanted = set(content_terms(asked.question, language))
    everything = content_terms(" ".join((*rows[0].above, said, *rows[0].heads)), language)
    return len(wanted.intersection(everything)) / len(wanted) if wanted else 0.0


def _column(
    columns: Sequence[int], rows: Sequence[FigureRow], asked: Extreme, above: set[str], language: str | None
) -> int | None:
    """Which of the columns of figures is meant: that of the measure, and of the year; None where several may be."""
    if not rows:
        return None
    heads = terms_of_heads(rows, language)
    wanted = set(content_terms(asked.question, language))
    dated = [at for at in columns if asked.years.intersection(YEAR.findall(rows[0].heads[at]))]
    dated = [at for at in dated if heads[at] <= asked.years] or dated  # `2022`, and not `Change 2022/23`

    def shared(words: set[str]) -> list[int]:
        most = max((len(heads[at] & words - asked.years) for at in columns), default=0)
        return [at for at in columns if most and len(heads[at] & words - asked.years) == most]

    priced = [
        at
        for at in columns
        if _CURRENCY.search(rows[0].heads[at]) or any(_CURRENCY.search(row.cells[at]) for row in rows)
    ]
    measured = (
        shared(wanted)
        or shared(set(content_terms(asked.measured, language)))
        or (priced if asked.is_price or (len(priced) == 1 and not asked.is_number) else [])
    )
    meant = [at for at in measured if at in dated] or measured or (dated if above & (wanted - asked.years) else [])
    return meant[0] if len(meant) == 1 else None
