"""What a question wants of the rows of a table: that they have a value, more than a number, a date.

Where it is in doubt nothing is wanted: rows that are too many or too few tell a wrong number.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ragcli.chunking.rows import FigureRow
from ragcli.retrieval.question.periods import YEAR, dates_in, in_short
from ragcli.retrieval.rows.figures import columns_of_figures, figure, figures_of, is_scaled, is_uniform
from ragcli.retrieval.rows.named_values import (
    ASKED_IN,
    Word,
    named_values,
    place_of,
    terms_above,
    terms_of_heads,
    words_of,
)
from ragcli.retrieval.rows.yes_no import DENIAL, denied_at, is_stated, is_yes, of_yes_and_no
from ragcli.storage.terms import content_terms, fold, unaccented

_DATED = 0.7  # of the rows of a column of dates that have one, at least
# What wants the others, or what lies between two numbers.
OTHERWISE = re.compile(
    r"\b(?:between|entre|zwischen|tussen|tra|fra)\s+[$€£]?\d|\d\s*(?:to|a|bis|al|ate|tot|[-–])\s*[$€£]?\d"
    r"|\b(?:not|\w+n't|(?:have|has|had|with|are|were) no|without|except|neither|nor|pas|sans|sauf|hormis|aucune?s?"
    r"|nicht|ohne|ausser|keine?\w*|no (?:es|est|son|tien|usa|llev)\w*|sin|salvo|excepto|non|senza|tranne|nao|sem|exceto"
    r"|niet|zonder|behalve|geen)\b"
    r"|\b(?:others?|but|besides|apart|rather|instead|exclu\w+|except\w*|autres?|hors|hormis|andere[nrs]?|sonst\w*|abgesehen"
    r"|otr[oa]s?|aparte|altr[eio]|outr[oa]s?|most|mostly)\b"
    # than another row has
    r"|\b(?:than|dan)\b(?!\s*[$€£]?\d)|\b(?:mehr|weniger|\w+er) als\b(?!\s*\d)"
    r"|\b(?:plus|moins) \w+ qu[e']|\b(?:mas|menos) \w+ que\b|\b(?:piu|meno) \w+ (?:di|del\w*|che)\b(?!\s*\d)",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or|ou|oder|oppure|ofwel)\b", re.IGNORECASE)
_SAME_UNITS: Mapping[str, str] = {
    "euro": "€", "euros": "€", "eur": "€", "dollar": "$", "dollars": "$", "usd": "$", "pounds": "£", "gbp": "£",
    "percent": "%", "prozent": "%", "procent": "%",
}  # fmt: skip
# How a question compares with the number behind: by more or less, the number itself in or not.
_COMPARISONS: tuple[tuple[str, str], ...] = (
    (
        ">=",
        r"at least|since|no less than|au moins|depuis|mindestens|seit|al menos|desde|almeno|pelo menos|minstens|sinds"
        r"|a partir d[eu]",
    ),
    (
        "<=",
        r"at most|up to|until|no more than|au plus|jusqu'(?:a|en)|hochstens|bis(?: zu)?|como maximo|hasta|al massimo|fino al?"
        r"|no maximo|ate|hoogstens|tot",
    ),
    (
        ">",
        r"(?:more|greater|higher|larger|longer|heavier|older|newer|later|taller|deeper) than|over|above|after|exceed\w*"
        r"|plus d[e']"
        r"|superieure?s? a|au[- ]dessus de|apres|depass\w+|(?:mehr|hoher|grosser|langer) als|uber|nach|mas de|superior(?:es)? a"
        r"|por encima de|despues de|piu di|superior[ei] a|sopra|oltre|dopo(?: il)?|mais de|acima de|depois de"
        r"|(?:meer|hoger|groter|langer) dan|boven|na",
    ),
    (
        "<",
        r"(?:less|fewer|lower|smaller|shorter|lighter|younger|earlier) than|under|below|before|moins d[e']|inferieure?s? a"
        r"|au[- ]dessous de|avant|(?:weniger|niedriger|kleiner|kurzer) als|unter|vor|menos de|inferior(?:es)? a|por debajo de"
        r"|antes de|meno di|inferior[ei] a|sotto|prima del?|abaixo de|(?:minder|lager|kleiner|korter) dan|onder|voor",
    ),
)
_COMPARED = re.compile(
    rf"\b(?:{'|'.join(f'({words})' for _, words in _COMPARISONS)})\s*(?:the |l[ae] |un |une |a |an )?"
    r"(?P<money>[$€£¥]\s?)?(?P<number>\d[\d.,]*(?:[ \u00a0\u202f]\d{3})*)(?![\d.,]*[-/:]?\d)"
    r"(?:\s?(?P<unit>[^\W\d_]{1,12}|[%€$£¥°]+))?",
    re.IGNORECASE,
)
_NEAR_DATE = re.compile(
    rf"\b(?:{'|'.join(words for _, words in _COMPARISONS)})\b"
    r"|\b(?:from|by|ab|dal|des|end|beginning|ende|fin|debut|early|late|mid|starting|onwards?)\b(?=\D{0,12}\d)",
    re.IGNORECASE,
)
_AGED = re.compile(r"older|younger", re.IGNORECASE)  # than 2010, and not than 30
_TESTS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a question wants of rows."""

    rows: tuple[frozenset[int], ...]  # that have it, by what is wanted
    columns: frozenset[int]  # that tell
    words: tuple[Word, ...]  # that say nothing of it
    silent: tuple[tuple[int, int], ...]  # places in the question of what no row says
    is_figured: bool  # by a number or a date: one row may be all of them
    is_dated: bool  # by a date, of whose column the question says nothing

    def such(self, rows: Sequence[FigureRow]) -> list[FigureRow]:
        """Those of all rows that have whatever is wanted."""
        return [row for at, row in enumerate(rows) if all(at in those for those in self.rows)]


def having_values(
    rows: Sequence[FigureRow], question: str, said: str, language: str | None
) -> tuple[list[FigureRow], str] | None:
    """The rows of one table that are such as a question wants, all rows where it names no value; and its words for them.

    None where it wants others, or what they are to be is in doubt.
    """
    heads = terms_of_heads(rows, language)
    wanted = conditions_of(rows, heads, question, said, language)
    if wanted is None or OTHERWISE.search(unaccented(question)):
        return None
    about = terms_above(rows, said, language).union(*heads)
    if any(YEAR.fullmatch(word.term) and word.term not in about for word in wanted.words):
        return None
    left = {(word.start, word.end) for word in wanted.words}
    named = " ".join(
        question[word.start : word.end] for word in words_of(question, language) if (word.start, word.end) not in left
    )
    return wanted.such(rows), named


def conditions_of(
    rows: Sequence[FigureRow], heads: Sequence[set[str]], question: str, said: str, language: str | None
) -> Conditions | None:
    """What a question wants of the rows of one table; None where that is in doubt."""
    words = list(words_of(question, language))
    conditions: list[frozenset[int]] = []
    columns: set[int] = set()
    silent: list[tuple[int, int]] = []
    is_dated = False
    read = unaccented(question)
    if compared := _comparison(question):
        within = _compared(rows, heads, {word.term for word in words}, compared, said, language)
        if within is None:
            return None
        columns.add(within[0])
        conditions.append(within[1])
        silent.append(compared.span())
        words = [word for word in words if word.end <= compared.start() or compared.end() <= word.start]
    elif dated := _dated(rows, heads, question, words, said, language):
        column, of_it, of_date = dated
        if of_it is None or _NEAR_DATE.search(read):
            return None
        is_dated = not heads[column] & {word.term for word in words}
        columns.add(column)
        conditions.append(of_it)
        words = [word for at, word in enumerate(words) if at not in of_date]
    elif set(filter(str.isdigit, in_short(question))) - _periods(f"{' '.join(rows[0].heads)} {said}"):
        return None  # a month that no head says, and that may be no word: `May`
    is_figured = bool(conditions)
    named = named_values(rows, heads, words, said, language)
    if named is None:
        return None
    by_column, used = named
    flags = _flagged(rows, question, [word for at, word in enumerate(words) if at not in used], language)
    if flags is None:
        return None
    by_column |= {column: [those] for column, (those, _) in flags.items()}
    of_flags = [word for _, place in flags.values() for word in place]
    used = used.union(
        at for at, word in enumerate(words) if word in of_flags or (flags and DENIAL.fullmatch(word.said))
    )
    conditions += [frozenset().union(*values) for values in by_column.values()]
    if len(conditions) > 1 and _OR.search(read):
        return None
    left = tuple(word for at, word in enumerate(words) if at not in used)
    return Conditions(
        tuple(conditions), frozenset(columns.union(by_column) - {-1}), left, tuple(silent), is_figured, is_dated
    )


def _flagged(
    rows: Sequence[FigureRow], question: str, words: Sequence[Word], language: str | None
) -> dict[int, tuple[frozenset[int], Sequence[Word]]] | None:
    """By column of yes and no, whose head the question has, the rows that say so, or deny it with the question; and the words.

    None where the question denies anything else, or a blank may be a no.
    """
    found: dict[int, tuple[frozenset[int], Sequence[Word]]] = {}
    is_denied = DENIAL.search(unaccented(question)) is not None
    for column in of_yes_and_no(rows):
        head = content_terms(rows[0].heads[column], language)
        start = place_of(head, [word.term for word in words]) if head else None
        if start is None:
            continue
        told = [is_yes(row.cells[column]) if column < len(row.cells) else None for row in rows]
        denies = denied_at(question, words[start].start)
        if (denies and None in told) or not {True, False}.issubset(told) or not is_stated(question):
            return None
        is_denied = is_denied and not denies
        those = frozenset(at for at, one in enumerate(told) if one is (not denies))
        found[column] = those, words[start : start + len(head)]
    return None if is_denied else found


def _comparison(question: str) -> re.Match[str] | None:
    read = unaccented(question)
    return _COMPARED.search(read) if len(read) == len(question) else None  # else its places would be others


def _compared(
    rows: Sequence[FigureRow],
    heads: Sequence[set[str]],
    asked: set[str],
    compared: re.Match[str],
    said: str,
    language: str | None,
) -> tuple[int, frozenset[int]] | None:
    """The column and its rows that have more, or less, than the number that a question names; None where no one is meant.

    Which is told by its head, or by the unit in it or in its cells. Years are compared with what has one year in each cell,
    and need no head where one column has.
    """
    sign = next(sign for at, (sign, _) in enumerate(_COMPARISONS, start=1) if compared[at])
    written, unit = compared["number"].rstrip(".,"), (compared["money"] or compared["unit"] or "").strip()
    unit = _SAME_UNITS.get(unit.lower(), unit)
    is_round = re.search(r"[.,]000$", written) is not None
    limit = figure(written, None if "," in written else "de" if is_round else language)
    if limit is None or (unit and is_scaled(unit)):
        return None
    is_year = YEAR.fullmatch(written) is not None and not unit
    if is_year and (aged := _AGED.match(compared[0])):
        sign = "<" if aged[0].lower() == "older" else ">"
    if is_year:
        years = {at: _years(rows, at) for at in range(len(heads))}
        columns = {at: found for at, found in years.items() if len(found) == len(rows)}
    else:
        columns = {at: figures_of(rows, at, language) for at in columns_of_figures(rows, language)}
    headed = {at: found for at, found in columns.items() if heads[at] & asked}
    measured = {at: found for at, found in columns.items() if unit and _has_unit(rows, at, unit)}
    meant = (
        {at: headed[at] for at in headed.keys() & measured.keys()} or headed or measured or (columns if is_year else {})
    )
    if len(meant) != 1:
        return None
    ((column, found),) = meant.items()
    is_foreign = all(content_terms(unit, one) for one in ASKED_IN) or not any(map(str.isalpha, unit))
    is_foreign = is_foreign and column not in measured and not heads[column].intersection(content_terms(unit, language))
    if (unit and is_foreign) or (not is_year and not is_uniform(rows, column, language)):
        return None
    if any(map(is_scaled, (rows[0].heads[column], *rows[0].above, said))):
        return None
    return column, frozenset(at for at, value in found.items() if _TESTS[sign](value, limit))


def _dated(
    rows: Sequence[FigureRow],
    heads: Sequence[set[str]],
    question: str,
    words: Sequence[Word],
    said: str,
    language: str | None,
) -> tuple[int, frozenset[int] | None, frozenset[int]] | None:
    """The column and its rows of the year, the month or the day that a question names, and the words that name it.

    None where no one column is meant, which is told by its head, or by being the only one of dates; or where the year is that
    of the table. None for the rows where a cell is a time from one year to another, or a date that is not read.
    """
    named = {period: said for period, said in in_short(question).items() if period.isdigit()}
    years = set(YEAR.findall(question))
    if len(years) != 1 or (not named and years.intersection(YEAR.findall(said))):
        return None
    period = max(named, key=len, default=next(iter(years)))
    of_period = {*named.get(period, ()), *years}
    periods = {
        at: [_periods(row.cells[at]) if at < len(row.cells) else set() for row in rows] for at in range(len(heads))
    }
    of_dates = {at: found for at, found in periods.items() if sum(map(bool, found)) >= _DATED * len(rows)}
    asked = {word.term for word in words}
    meant = {at: found for at, found in of_dates.items() if heads[at] & asked - years} or of_dates
    if len(meant) != 1:
        return None
    ((column, found),) = meant.items()
    for row, own in zip(rows, found, strict=True):
        lengths = {len(one) for one in own}
        is_read = max(lengths, default=0) >= len(period) or not own & years
        if (any(map(str.isdigit, row.cells[column])) and not own) or not is_read:
            return column, None, frozenset()
        if sum(len(one) == len("2024") for one in own) > 1:
            return column, None, frozenset()
    of_it = frozenset(at for at, own in enumerate(found) if period in own)
    spelt = [{fold(word.said), fold(question[word.start : word.end])} for word in words]
    return column, of_it, frozenset(at for at, ways in enumerate(spelt) if ways & of_period)


def _periods(cell: str) -> set[str]:
    """The years, months and days of a cell: `2024`, `202403`, `20240312`."""
    return {*YEAR.findall(cell), *dates_in(fold(cell)), *(one for one in in_short(cell) if one.isdigit())}


def _years(rows: Sequence[FigureRow], column: int) -> dict[int, Decimal]:
    found = {at: YEAR.findall(row.cells[column]) for at, row in enumerate(rows) if column < len(row.cells)}
    return {at: Decimal(years[0]) for at, years in found.items() if len(years) == 1}


def _has_unit(rows: Sequence[FigureRow], column: int, unit: str) -> bool:
    """Whether the head of a column, or most of its cells, say a unit: `Altitude (m)`, `12 kg`."""
    said = re.compile(rf"(?<![^\W\d_]){re.escape(unit)}(?![^\W\d_])")
    cells = [row.cells[column] for row in rows if column < len(row.cells)]
    return said.search(rows[0].heads[column]) is not None or 2 * sum(map(bool, map(said.search, cells))) > len(cells)
