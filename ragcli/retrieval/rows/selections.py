"""The rows of a table that are such as a question wants them, all of them: `Which stations are on the Brunec?`

Each of these rows answers, and none of them alone. What they have in common is a value of a column, word for word in the
question; what the rest of it speaks of are the heads, or the title, but for a verb that links the two: `Which stations use
a Bullo 7?`. Where anything is in doubt there is no selection: rows that are too many or too few tell a wrong number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ragcli.chunking.rows import FigureRow
from ragcli.retrieval.question.asking import typed
from ragcli.retrieval.question.periods import YEAR
from ragcli.retrieval.rows.conditions import OTHERWISE, conditions_of
from ragcli.retrieval.rows.figures import columns_of_figures, figures_of, is_listed, is_uniform
from ragcli.retrieval.rows.named_values import Word, terms_above, terms_of_heads
from ragcli.retrieval.rows.yes_no import without_denial
from ragcli.storage.terms import content_terms, unaccented

_LONGEST = 400  # characters of a question that names values, and nothing else
_FEWEST = 2  # rows that are such; fewer are no selection
# Questions are read without accents.
_ASKS_MANY = re.compile(
    # `Which station lies …` asks for one: beside an adjective a verb tells.
    r"\b(?:what|which) (?!(?:is|was|does|has)\b)\w{2,}(?<![sui])s\b"
    r"|\b(?:what|which) \w{3,} (?:are|were|have)\b"
    r"|\b(?:what|which) (?:\w+ ){1,2}\w{2,}(?<![sui])s (?:are|were|have|had|do|did|can|will|must)\b"
    r"|\b(?:list|name|give me) (?:all|the)\b|\bquel(?:le)?s\b|\b(?:liste|cite|nomme)[rz]?\b|\bquali\b|\bquais\b"
    r"|\bwelche (?:\w+ )?\w+(?:n|er|e|s) (?:sind|haben|liegen|stehen|werden|wurden|enden|beginnen)\b"
    r"|\b(?:que|cuales) \w+s\b|\bwelke \w+(?:en|s)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:how many|combien (?:y a-t-il |il y a )?d[eu']|wie ?viele|cuant[oa]s|quant[ie]|quant[oa]s|hoeveel)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:total\w*|sum|somme|gesamt\w*|summe|suma|somma|soma|totaal)\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:average|mean|moyenn?e?|durchschnitt\w*|promedio|media|gemiddeld\w*)\b", re.IGNORECASE)
# A number of them, for each of something.
_FOR_EACH = re.compile(r"\b(?:per|par|pro|je|por|each|every|chaque|jede[nmrs]?|cada|ogni|elke?)\b", re.IGNORECASE)
# Verbs that only ask, or say no more than that a row has the value; of others no row tells: `Which stations were flooded?`.
_LINKS = re.compile(
    r"us(?:e[sd]?|ing)|utilis(?:e|es|ent|ant|ees?)|equip(?:pe[ds]|e[es]?|ees)|installe(?:d|es?|s)?|installiert|located|situe(?:es?|s)"
    r"|situated|belong(?:s|ing)?|appartiennent|l(?:ie|ies|ying)|put|ma?de|placed"
    r"|contain(?:s|ing|ed)?|compris(?:es?|ing)|includ(?:es?|ing|ed)|get|receive[sd]?|work(?:s|ing|ed)?|operat(?:es?|ing|ed)|run"
    r"|live|offer(?:s|ed|ing)?|come"
    r"|ete|mise?s?|passee?s?|dat(?:e|es|ee|ees|ent|ed|iert)|possedent|comprennent|travaillent|trouvent|viennent|disposent"
    r"|portent|placees"
    r"|lieg(?:en|t)|stehen|gehoren|(?:be)?nutz(?:en|t)|verwenden|arbeiten|befinden|ausgestattet|haben|besitzen"
    r"|usan?|usano|estan|tienen|pertenecen|trabajan|ubicad[oa]s|encuentran|trovano|hanno|lavorano|estao|tem|ficam|pertencem"
    r"|gebruiken|liggen|hebben|horen|werken|staan",
    re.IGNORECASE,
)
# What comes before the thing that is asked for, which is no verb: `Which workers …`, `How many places …`.
_LEADS = re.compile(
    r"list|table|sheet|tableau|feuille|tabelle|blatt|tabla|hoja|tabella|foglio|tabela|name|give|liste[rz]?|cite[rz]?"
    r"|nomme[rz]?|nenne|hoch|number|nombre|anzahl|zahl|numero|aantal",
    re.IGNORECASE,
)
# Of the verbs those that tell nothing of a date: whoever worked in 2022 need not have begun then.
_DATED_LINKS = re.compile(r"ma?de|placed?|ete|passee?s?|dat(?:e|es|ee|ees|ent|ed|iert)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that are such."""

    rows: tuple[FigureRow, ...]
    asked: str  # what they are to be as rows say it: without the verb that no row has
    computed: str = ""  # the sum or the mean of a column over them, where it is asked for


def asks_for_many(question: str) -> bool:
    """Whether `question` wants all that are such: `Which stations are on the Orle?`."""
    return _ASKS_MANY.search(typed(question)) is not None


def asks_how_many(question: str) -> bool:
    """Whether `question` wants the number of those that are such."""
    return _COUNTS.search(typed(question)) is not None


def selects(question: str) -> bool:
    """Whether `question` may be one for rows that are such, or for how many they are."""
    if len(question) > _LONGEST:
        return False
    read = typed(question)
    is_for_rows = asks_for_many(question) or asks_how_many(question) or _TOTAL.search(read) or _MEAN.search(read)
    return bool(is_for_rows) and not OTHERWISE.search(without_denial(read))  # which a column may say: `not insured`


def such_rows(
    rows: Sequence[FigureRow], question: str, said: str, language: str | None, is_whole: bool = True
) -> Selection | None:
    """The rows of one table that have the values which `question` names; None where it names none, or asks for more.

    Args:
        rows: all of it, below the same heads.
        said: what speaks of the table beside it: titles, the name of its document.
        language: of the document.
        is_whole: not only those passages that hold such rows, as were found in all of it.
    """
    rows = [row for row in rows if is_listed(row, language)] or rows
    heads = terms_of_heads(rows, language)
    wanted = conditions_of(rows, heads, question, said, language)
    if wanted is None or not wanted.rows:
        return None
    such = wanted.such(rows)
    if not such or (is_whole and not (1 if wanted.is_figured else _FEWEST) <= len(such) < len(rows)):
        return None
    linking = _DATED_LINKS if wanted.is_dated else _LINKS
    links: set[tuple[int, int]] = set()
    rest: list[Word] = []
    for word in wanted.words:
        read = unaccented(question[word.start : word.end])
        if any(one.fullmatch(read) for one in (_LEADS, _TOTAL, _MEAN)) or (rest and linking.fullmatch(read)):
            links.add((word.start, word.end))
        else:
            rest.append(word)
    computed = _computed(such, heads, question, {word.term for word in wanted.words}, language)
    if not rest or computed is None:
        return None
    told, column = computed
    stub = set(content_terms("".join(rows[0].above[-1:]), language))
    about = terms_above(rows, said, language).union(*(heads[at] for at in {*wanted.columns, *column}))
    thing = _thing(rest, question, stub)
    if thing in stub:
        if len({row.label for row in such}) < len(such):
            return None
    elif any(thing in head for head in heads) and not column:
        if not _tells_each(such, rows, [at for at, head in enumerate(heads) if thing in head], language, question):
            return None
        about.add(thing)
    elif not column and stub & {word.term for word in rest}:
        return None  # it is no row: of `hospitals with open wards` each may have several
    if any(word.term not in about for word in rest):
        return None
    asked = question
    for start, end in sorted([*wanted.silent, *links], reverse=True):
        asked = f"{asked[:start]}{asked[end:]}"
    return Selection(tuple(such), asked, told)


def _thing(rest: Sequence[Word], question: str, stub: set[str]) -> str:
    """What is asked for: the first word that a question says of it, behind `how many`; or the noun behind it, `old stations`,
    where that is what the rows are."""
    counts = _COUNTS.search(unaccented(question))
    words = [word for word in rest if counts is None or word.start >= counts.start()] or list(rest)
    thing = words[0]
    for before, word in pairwise(words):
        if not question[before.end : word.start].isspace() or thing.term in stub:
            break
        if word.term in stub:
            thing = word
    return thing.term


def _tells_each(
    such: Sequence[FigureRow], rows: Sequence[FigureRow], columns: Sequence[int], language: str | None, question: str
) -> bool:
    """Whether each row is of one of those that a head names, so that rows are as many as they: not three orders of one
    customer, nor a column of days that tells how many there are."""
    if asks_how_many(question) and set(columns).intersection(columns_of_figures(rows, language)):
        return False
    return any(len({row.cells[at] for row in such if row.cells[at]}) == len(such) for at in columns)


def _computed(
    rows: Sequence[FigureRow], heads: Sequence[set[str]], question: str, asked: set[str], language: str | None
) -> tuple[str, tuple[int, ...]] | None:
    """The sum or the mean of the column that a question names, over these rows, and that column; "" where it asks for
    neither, None where no one column is named that can be added: years are none, nor are shares."""
    read = unaccented(question)
    is_mean = _MEAN.search(read) is not None
    if not (is_mean or _TOTAL.search(read)) or asks_how_many(question):
        return "", ()
    columns = [at for at in columns_of_figures(rows, language) if heads[at] & asked]
    if len(columns) != 1 or _FOR_EACH.search(read) or not is_uniform(rows, columns[0], language):
        return None
    (column,) = columns
    head, cells = rows[0].heads[column], [row.cells[column] for row in rows]
    figures = figures_of(rows, column, language).values()
    if not figures or all(map(YEAR.fullmatch, filter(None, cells))) or _MEAN.search(unaccented(head)):
        return None
    if not is_mean and "%" in " ".join((head, *cells)):
        return None
    total = sum(figures, Decimal())
    number = f"{round(total / len(figures), 2) if is_mean else total.normalize():,f}"
    return f"{'mean' if is_mean else 'sum'} of {head} over {len(figures)} rows: {number}", (column,)
