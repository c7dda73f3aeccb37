"""The rows of a table that are such as a question wants them, all of them: `Which stations are on the Brunec?`

Each of these rows answers, and none of them alone. What they have in common is a value of a column, word for word in the
question; what the rest of it speaks of are the heads, or the title, but for a verb that links the two: `Which stations use
a Bullo 7?`.
"""

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ragcli.chunking.rows import FigureRow
from ragcli.retrieval.figures import columns_of_figures, figure, figures_of, is_listed
from ragcli.retrieval.periods import YEAR, dates_in, in_short
from ragcli.storage.stop_words import STOP_WORDS
from ragcli.storage.terms import content_terms, fold, unaccented

_LONGEST = 400  # characters of a question that names values, and nothing else
_DATED = 0.7  # of the rows of a column of dates that have one, at least
_FEWEST = 2  # rows that are such; fewer are no selection

# Questions are read without accents.
_ASKS_MANY = re.compile(
    # `Which station lies …` asks for one: beside an adjective a verb tells.
    r"\b(?:what|which) (?!(?:is|was|does|has)\b)\w{2,}(?<![sui])s\b"
    r"|\b(?:what|which) (?:\w+ ){1,2}\w{2,}(?<![sui])s (?:are|were|have|had|do|did|can|will|must)\b"
    r"|\b(?:list|name|give me) (?:all|the)\b|\bquel(?:le)?s\b|\b(?:liste|cite|nomme)[rz]?\b|\bquali\b|\bquais\b"
    r"|\bwelche \w+(?:n|er|e|s) (?:sind|haben|liegen|stehen|werden|wurden)\b|\b(?:que|cuales) \w+s\b|\bwelke \w+(?:en|s)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:how many|combien (?:y a-t-il |il y a )?d[eu']|wie ?viele|cuant[oa]s|quant[ie]|quant[oa]s|hoeveel)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:total\w*|sum|somme|gesamt\w*|summe|suma|somma|soma|totaal)\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:average|mean|moyenn?e?|durchschnitt\w*|promedio|media|gemiddeld\w*)\b", re.IGNORECASE)
# What wants the others, or what lies between two numbers.
_OTHERWISE = re.compile(
    r"\b(?:between|entre|zwischen|tussen|tra|fra)\s+[$€£]?\d|\d\s*(?:to|a|bis|al|ate|tot|[-–])\s*[$€£]?\d"
    r"|\b(?:not|\w+n't|(?:have|has|had|with|are|were) no|without|except|neither|nor|pas|sans|sauf|hormis|aucune?s?"
    r"|nicht|ohne|ausser|keine?\w*|no (?:es|est|son|tien|usa|llev)\w*|sin|salvo|excepto|non|senza|tranne|nao|sem|exceto"
    r"|niet|zonder|behalve|geen)\b",
    re.IGNORECASE,
)
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
    r"(?P<money>[$€£¥]\s?)?(?P<number>\d[\d.,]*(?:[ \u00a0\u202f]\d{3})*)(?:\s?(?P<unit>[^\W\d_]{1,12}|[%€$£¥°]+))?",
    re.IGNORECASE,
)
_AGED = re.compile(r"older|younger", re.IGNORECASE)  # than 2010, and not than 30
_TESTS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
# Verbs that only ask, or say no more than that a row has the value; of others no row tells: `Which stations were flooded?`.
_LINKS = re.compile(
    r"list|name|give|liste[rz]?|cite[rz]?|nomme[rz]?|nenne"
    r"|us(?:e[sd]?|ing)|utili[sz]\w+|equip\w+|instal\w+|locat\w+|situ\w+|belong\w*|appart\w+|l(?:ie|ies|ying)|put|ma?de|placed?"
    r"|contain\w*|compris\w*|includ\w*|get|receive|work\w*|operat\w*|run|live|offer\w*|come"
    r"|ete|mise?s?|passee?s?|dat\w+|possed\w+|compren\w+|travaill\w+|trouvent|viennent|dispos\w+|porte\w*|places?"
    r"|lieg\w+|stehen|gehor\w+|(?:be)?nutz\w+|verwend\w+|arbeit\w+|befind\w+|ausgestattet|haben|besitz\w+"
    r"|usan?|usano|estan|tienen|pertene\w+|trabaj\w+|ubicad\w+|encuentran|trovano|hanno|lavor\w+|estao|tem|ficam|pertenc\w+"
    r"|gebruik\w+|ligg\w+|hebben|horen|werken|staan",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s?!,;:()«»\"“”]+")


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that are such."""

    rows: tuple[FigureRow, ...]
    asked: str  # what they are to be as rows say it: without the verb that no row has
    computed: str = ""  # the sum or the mean of a column over them, where it is asked for


@dataclass(frozen=True, slots=True)
class _Word:
    """A term of a question, and where the word stands that it is of."""

    term: str
    start: int
    end: int


def asks_for_many(question: str) -> bool:
    """Whether `question` wants all that are such: `Which stations are on the Orle?`."""
    return _ASKS_MANY.search(unaccented(question.replace("’", "'"))) is not None


def asks_how_many(question: str) -> bool:
    """Whether `question` wants the number of those that are such."""
    return _COUNTS.search(unaccented(question.replace("’", "'"))) is not None


def selects(question: str) -> bool:
    """Whether `question` may be one for rows that are such, or for how many they are."""
    if len(question) > _LONGEST:
        return False
    read = unaccented(question.replace("’", "'"))
    is_for_rows = asks_for_many(question) or asks_how_many(question) or _TOTAL.search(read) or _MEAN.search(read)
    return bool(is_for_rows) and not _OTHERWISE.search(read)


def such_rows(rows: Sequence[FigureRow], question: str, said: str, language: str | None) -> Selection | None:
    """The rows of one table that have the values which `question` names; None where it names none, or asks for more.

    Args:
        rows: all of it, below the same heads.
        said: what speaks of the table beside it: titles, the name of its document.
        language: of the document.
    """
    rows = [row for row in rows if is_listed(row, language)] or rows
    words = list(_words(question, language))
    heads = [set(content_terms(head, language)) for head in rows[0].heads]
    conditions: list[set[int]] = []
    silent: list[tuple[int, int]] = []  # what no row says of itself
    dated = None
    if compared := _comparison(question):
        within = _compared(rows, heads, {word.term for word in words}, compared, language)
        if within is None:
            return None
        conditions.append(within)
        silent.append(compared.span())
        words = [word for word in words if word.end <= compared.start() or compared.end() <= word.start]
    elif dated := _dated(rows, heads, question, words):
        conditions.append(dated[0])
        words = [word for at, word in enumerate(words) if at not in dated[1]]
    named, used = _named(rows, heads, words, language)
    conditions += [set().union(*values) for values in named.values()]
    such = [row for at, row in enumerate(rows) if all(at in those for those in conditions)]
    if not conditions or not (1 if compared or dated else _FEWEST) <= len(such) < len(rows):
        return None
    if (counts := _COUNTS.search(unaccented(question))) and words:
        counted = next((word.term for word in words if word.start >= counts.start()), "")
        if any(counted in heads[at] for at in columns_of_figures(rows, language)):  # a column of days tells how many
            return None
    others = [word for at, word in enumerate(words) if at not in used]
    links = {(word.start, word.end) for word in others if _is_link(unaccented(question[word.start : word.end]))}
    rest = [word for word in others if (word.start, word.end) not in links]
    about = set(content_terms(f"{' '.join(rows[0].above)} {said}", language)).union(*heads)
    if not rest or any(word.term not in about for word in rest):
        return None
    computed = _computed(such, heads, question, {word.term for word in others}, language)
    if computed is None:
        return None
    asked = question
    for start, end in sorted([*silent, *links], reverse=True):
        asked = f"{asked[:start]}{asked[end:]}"
    return Selection(tuple(such), asked, computed)


def _is_link(word: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in (_LINKS, _TOTAL, _MEAN))


def _computed(
    rows: Sequence[FigureRow], heads: Sequence[set[str]], question: str, asked: set[str], language: str | None
) -> str | None:
    """The sum or the mean of the column that a question names, over these rows; "" where it asks for neither, None where no
    one column is named."""
    read = unaccented(question)
    is_mean = _MEAN.search(read) is not None
    if not (is_mean or _TOTAL.search(read)) or asks_how_many(question):
        return ""
    columns = [at for at in columns_of_figures(rows, language) if heads[at] & asked]
    if len(columns) != 1:
        return None
    figures = figures_of(rows, columns[0], language).values()
    total = sum(figures, Decimal())
    said = f"{round(total / len(figures), 2) if is_mean else total.normalize():,f}"
    return f"{'mean' if is_mean else 'sum'} of {rows[0].heads[columns[0]]} over {len(figures)} rows: {said}"


def having_values(rows: Sequence[FigureRow], question: str, language: str | None) -> tuple[list[FigureRow], str]:
    """The rows of one table that have all the values which a question names, all rows where it names none; and its words
    for them."""
    heads = [set(content_terms(head, language)) for head in rows[0].heads]
    words = list(_words(question, language))
    named, used = _named(rows, heads, words, language)
    said = " ".join(question[words[at].start : words[at].end] for at in sorted(used))
    return [
        row for at, row in enumerate(rows) if all(any(at in those for those in values) for values in named.values())
    ], said


def _comparison(question: str) -> re.Match[str] | None:
    read = unaccented(question)
    return _COMPARED.search(read) if len(read) == len(question) else None  # else its places would be others


def _words(question: str, language: str | None) -> Iterator[_Word]:
    """The words of a question that say something, in whichever language it is asked."""
    for found in _TOKEN.finditer(question):
        if all(content_terms(found[0], one) for one in (*STOP_WORDS, None)):
            for term in content_terms(found[0], language):
                yield _Word(term, found.start(), found.end())


def _compared(
    rows: Sequence[FigureRow],
    heads: Sequence[set[str]],
    asked: set[str],
    compared: re.Match[str],
    language: str | None,
) -> set[int] | None:
    """The rows that have more, or less, than the number that a question names; None where no one column is meant.

    Which is told by its head, or by the unit in it or in its cells. Years are compared with what has one year in each cell,
    and need no head where one column has.
    """
    sign = next(sign for at, (sign, _) in enumerate(_COMPARISONS, start=1) if compared[at])
    written, unit = compared["number"].rstrip(".,"), (compared["money"] or compared["unit"] or "").strip()
    limit = figure(written, None if "," in written else language)
    if limit is None:
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
    ((_, found),) = meant.items()
    return {at for at, value in found.items() if _TESTS[sign](value, limit)}


def _dated(
    rows: Sequence[FigureRow], heads: Sequence[set[str]], question: str, words: Sequence[_Word]
) -> tuple[set[int], set[int]] | None:
    """The rows of the year, the month or the day that a question names, and the words that name it; None where no one
    column is meant, which is told by its head, or by being the only one of dates."""
    named = {period: said for period, said in in_short(question).items() if period.isdigit()}
    years = set(YEAR.findall(question))
    if len(years) != 1:
        return None
    period = max(named, key=len, default=next(iter(years)))
    said = {*named.get(period, ()), *years}
    periods = {
        at: [_periods(row.cells[at]) if at < len(row.cells) else set() for row in rows] for at in range(len(heads))
    }
    of_dates = {at: found for at, found in periods.items() if sum(map(bool, found)) >= _DATED * len(rows)}
    asked = {word.term for word in words}
    meant = {at: found for at, found in of_dates.items() if heads[at] & asked} or of_dates
    if len(meant) != 1:
        return None
    ((_, found),) = meant.items()
    of_it = {at for at, own in enumerate(found) if period in own}
    return of_it, {at for at, word in enumerate(words) if fold(question[word.start : word.end]) in said}


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


def _named(
    rows: Sequence[FigureRow], heads: Sequence[set[str]], words: Sequence[_Word], language: str | None
) -> tuple[dict[int, list[set[int]]], set[int]]:
    """By column, for each of its values that the question names, the rows that have it; and the words that name them.

    A number needs the head of its column beside it; what heads say is no value, `Other assets` below `Assets`. Of values that
    share words the longest is meant, and of the columns that have it the one whose head the question names, or else most of
    whose rows have it.
    """
    terms, asked = [word.term for word in words], {word.term for word in words}
    told = set(content_terms("".join(rows[0].above[-1:]), language)).union(*heads)
    found: list[tuple[int, bool, int, int, int, set[int]]] = []
    for column in range(-1, len(heads)):
        of_values: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for at, row in enumerate(rows):
            cell = row.label if column < 0 else row.cells[column]
            of_values[tuple(content_terms(cell, language))].add(at)
        is_headed = column >= 0 and bool(heads[column] & asked)
        for value, those in of_values.items():
            if value and not told.issuperset(value) and (is_headed or not all(term.isdigit() for term in value)):
                start = _place(value, terms)
                if start is not None:
                    found.append((len(value), is_headed, len(those), -column, start, those))
    named: defaultdict[int, list[set[int]]] = defaultdict(list)
    used: set[int] = set()
    for length, _, _, column, start, those in sorted(found, key=lambda one: one[:4], reverse=True):
        places = set(range(start, start + length))
        if not places & used:
            named[-column].append(those)
            used |= places
    return dict(named), used


def _place(value: Sequence[str], terms: Sequence[str]) -> int | None:
    """Where the terms of a value follow each other in those of a question."""
    return next((at for at in range(len(terms)) if tuple(terms[at : at + len(value)]) == tuple(value)), None)
