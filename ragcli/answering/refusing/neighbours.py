"""What is said of a neighbour: of another year, block or company, in another row, or of nothing that is asked of who is named."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from difflib import get_close_matches

from ragcli.answering.quoting.candidates import Candidate, Ranking
from ragcli.answering.quoting.titles import words_of_file
from ragcli.answering.wording.numbered import is_known_otherwise, numbered
from ragcli.answering.wording.terms import terms, terms_in
from ragcli.answering.wording.words import Word
from ragcli.letters import WORD
from ragcli.reading.tables.markdown import table_cells
from ragcli.records import Hit
from ragcli.retrieval.naming.named_documents import named_in
from ragcli.retrieval.question.asking import NOUNS_ARE_CAPITAL
from ragcli.retrieval.question.definitions import spells_out
from ragcli.retrieval.question.periods import MONTH, YEAR, dates_in, in_short, parts_of_year
from ragcli.retrieval.question.syntax import is_named
from ragcli.retrieval.rows.values import is_of_year
from ragcli.storage.terms import fold

_FEW_ROWS = 2  # beside the best, from which a row is one of many
_STANDS_OUT = 0.5  # standard deviations of the candidates' likeness
_MONTH = len("202209")
# Letters that two forms of a word have in common: `weight` and `weighs`, `driver` and `drives`; the first part of a compound
# has more, `Sulfat` of `Sulfatgehalt`.
_STEM = 4
_NUMBER_OR_LETTER = r"[a-z]?\d{1,3}[a-z]?|[a-z]"
_NUMBER_AND_WORD = re.compile(r"(?<![\w.,])(\d{1,3})[ \u00a0-]([^\W\d_]{3,})(?!\w)")
_LAST_WORD = re.compile(r"[^\W\d_]{3,}\Z")
_AT = re.compile(
    r"(?<!\w)(?P<before>(?i:at|in|near|for|of|à|au|en|de|du|pour|d'))\s?"
    r"(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*)"
)
_SPELT = 0.8  # likeness of a name to a slip of it
_SHORT = 4  # letters of a name that is like too many words: `Peru` is no slip of `per`
# `in the 1990s`, `dans les années 1990`: what began in 1978 may be of them.
_DECADE = re.compile(r"\b(?:années|jahren?|años|anni|anos|jaren) \d{3}0|\b\d{3}0['’]?(?:s|er|ern)\b", re.IGNORECASE)


def is_row_of_another(ranking: Ranking, marks: Sequence[Word]) -> bool:
    """Whether the row that answers has its figures of other years, or in a report of somebody else.

    Forty reports have a row `Net income`: it answers where year and names are those of the question. Years are said by the
    heads, or the quote beside it; names by the row, name and title of its document, or what else was found there.
    """
    wanted, hits, best, quoted = ranking.wanted, ranking.hits, ranking.candidates[0], ranking.candidates[:2]
    years, question = wanted.years, wanted.question
    if (years or wanted.parts) and not any(
        (not years or _is_of_year(one, years, hits) or _is_asked_for(question, years, hits[one.source.hit]))
        and _is_of_part(one, wanted.parts.keys())
        for one in quoted
    ):
        return True
    document = [hit for hit in hits if hit.document_id == hits[best.source.hit].document_id]
    text = " ".join(hit.titled_text for hit in document)
    said = best.said | terms_in(text, document[0].language, wanted.language, frozenset(ranking.weights))
    return any(
        mark.name
        and not terms(mark.key, wanted.language) <= said
        and not spells_out(text, question[mark.start : mark.end])
        for mark in marks
    )


def is_of_another_year(ranking: Ranking, texts: Sequence[str]) -> bool:
    """Whether no passage has the years asked for, nor lie they between those of the best sentence, or of its title.

    Of 1994 may be true what began in 1990 and went on until 2001. Of 271 training questions with a year, English and French,
    no passage had it for 4, and quotes hold the answer of two; with the paragraph or the article removed for 206 of 542.
    """
    best, years = ranking.candidates[0], set(YEAR.findall(_DECADE.sub(" ", ranking.wanted.question)))
    said = YEAR.findall(best.source.readable) or YEAR.findall(best.title)
    if not years or (said and any(min(said) <= year <= max(said) for year in years)):
        return False
    return all(years.isdisjoint(YEAR.findall(text)) for text in texts)


def is_of_another_part(ranking: Ranking) -> bool:
    """Whether the best sentence is of another quarter, or half of a year, than the one asked for, which no passage names."""
    best, asked = ranking.candidates[0], ranking.wanted.parts.keys()
    said = parts_of_year(best.source.readable).keys() if asked else ()
    # The third quarter lies in the second half.
    is_alike = any(one[0] == other[0] for one in said for other in asked)
    return is_alike and all(asked.isdisjoint(parts_of_year(hit.titled_text)) for hit in ranking.hits)


def is_of_another_place(ranking: Ranking) -> bool:
    """Whether the best sentence has another name in the place of one that its passage has nowhere: `at Marrec`, not `at Vauzy`.

    Of 700 answerable training questions, English and French, this was so of one, whose quote was wrong.
    """
    wanted, source = ranking.wanted, ranking.candidates[0].source
    if wanted.language not in ("en", "fr") or source.row is not None:
        return False
    hit = ranking.hits[source.hit]
    said = set(re.findall(WORD, fold(f"{hit.titled_text} {hit.file_stem}")))
    asked = set(re.findall(WORD, fold(wanted.question)))
    others = {before for before, name in _named_at(source.unit.text) if name.isdisjoint(asked)}
    return any(
        before in others
        and said.isdisjoint(name)
        and not any(len(word) > _SHORT and get_close_matches(word, said, 1, _SPELT) for word in name)
        for before, name in _named_at(wanted.question)
    )


def _named_at(text: str) -> Iterator[tuple[str, set[str]]]:
    """The names behind prepositions, with these: the words of each, folded. Months are none."""
    for found in _AT.finditer(text.replace("’", "'")):
        name = {word for word in re.findall(r"\w{3,}", fold(found["name"])) if word not in MONTH}
        if name:
            yield found["before"].lower(), name


def is_any_row(ranking: Ranking) -> bool:
    """Whether the best is a row that nothing tells from others: of `the threshold for radon` each row says the threshold.

    Nothing in words: others with other heads say the same of the question, and not all of it. And nothing in meaning, by the
    model's likeness.
    """
    best, likeness = ranking.candidates[0], ranking.cosines if ranking.maxsims is None else ranking.maxsims
    if best.source.unit.kind != "row" or best.is_value:
        return False
    wanted, hits, own = ranking.wanted, ranking.hits, best.source.hit
    asked = ranking.weights.keys() - wanted.of_kind
    alike = [
        at
        for at, one in enumerate(ranking.candidates)
        if one.source.unit.kind == "row"
        and hits[one.source.hit].document == hits[own].document
        and _label(one) != _label(best)
        and not (one.said ^ best.said) & asked
    ]
    said = best.said | wanted.of_document[own] | terms(best.title, wanted.language)
    if len(alike) < _FEW_ROWS or asked <= said:
        return False
    return float(likeness[0] - max(likeness[at] for at in alike)) <= _STANDS_OUT * float(likeness.std())


def is_of_no_row(ranking: Ranking) -> bool:
    """Whether a row, or a column, is asked for by a number that no other one has: lot 4 of lots 1 to 3, 90 days of 7 and 28.

    A table whose column is called `Lot` has the lots; one with heads that differ in a number alone has those numbers. Elsewhere
    the number may stand for anything.
    """
    row, question = ranking.candidates[0].source.row, fold(ranking.wanted.question)
    if row is None or not row.heads:
        return False
    numbers = {each for group in _numbers_apart(row.heads).values() for each in group}
    for word, own in _numbers_apart(row.heads).items():
        asked = set(re.findall(rf"(?<![\w.,])(\d+)[ \u00a0-]?{re.escape(word)}(?!\w)", question))
        if asked and len(own) > 1 and asked.isdisjoint(numbers):
            return True
    stub = _LAST_WORD.search(fold(row.above[-1])) if row.above else None
    if stub is None:
        return False
    document = ranking.hits[ranking.candidates[0].source.hit].document_id
    labels = {
        fold(one.row.label)
        for one in ranking.sources
        if one.row is not None
        and one.row.label
        and (one.row.heads, one.row.above[-1:]) == (row.heads, row.above[-1:])
        and ranking.hits[one.hit].document_id == document
    }
    named = re.compile(rf"(?<!\w){re.escape(stub[0])}s? (?:n[°º.] ?)?({_NUMBER_OR_LETTER})(?![\w'’-]|[.,:/]\d)")
    asked = {found[1] for found in named.finditer(question)}
    said = {found[1] for hit in ranking.hits for found in named.finditer(fold(hit.titled_text))}
    alike = {label for label in labels if re.fullmatch(_NUMBER_OR_LETTER, label)}
    return len(asked) == 1 and len(alike) > 1 and len(alike) == len(labels) and not asked & (alike | said)


def _numbers_apart(heads: Sequence[str]) -> dict[str, set[str]]:
    """By the word behind them, the numbers in which alone heads differ: of `after 7 days`, `after 28 days`."""
    alike: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for head in map(fold, heads):
        for found in _NUMBER_AND_WORD.finditer(head):
            alike[f"{head[: found.start()]}\n{head[found.end() :]}\n{found[2]}"].add((found[1], found[2]))
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for several in alike.values():
        for number, word in several if len(several) > 1 else ():
            apart[word].add(number)
    return apart


def says_only_whose(ranking: Ranking, said_in: Sequence[frozenset[str]], marks: Sequence[Word]) -> bool:
    """Whether a document has of a question for a thing with a code the names alone: each sheet of a `VX-310` names it.

    Of people and places prose tells in other words than it is asked: of 500 questions over French articles that named
    one 11 would be refused, and of 1,000 whose paragraph or article was missing 12.
    """
    wanted = ranking.wanted
    coded = frozenset().union(*(terms(code, wanted.language) for code in wanted.codes))
    if not coded & ranking.weights.keys():
        return False
    named = coded | wanted.of_document[ranking.candidates[0].source.hit]
    if wanted.language not in NOUNS_ARE_CAPITAL:
        named = named.union(*(terms(mark.key, wanted.language) for mark in marks))
    return _is_in_vain(ranking, said_in, named)


def says_only_which(ranking: Ranking, said_in: Sequence[frozenset[str]]) -> bool:
    """Whether the row of a thing by its number or code, `sample G2-60`, is in a table that says nothing else that is asked for.

    That such a row holds figures tells nothing: all do.
    """
    wanted, source = ranking.wanted, ranking.candidates[0].source
    row = source.row
    if row is None or not row.heads or not any(map(str.isdigit, row.label)) or not is_named(row.label, wanted.question):
        return False
    if ranking.hits[source.hit].language != wanted.language:  # `pompe` is no word of an English list
        return False
    before = re.findall(WORD, fold(wanted.question).partition(fold(row.label))[0])[-1:]  # `the sample G2-60`
    head = row.above[-1:]  # of the labels
    which = terms(" ".join((row.label, *head, *before)), wanted.language)
    return _is_in_vain(ranking, said_in, which | wanted.of_document[source.hit])


def _is_in_vain(ranking: Ranking, said_in: Sequence[frozenset[str]], named: Set[str]) -> bool:
    """Whether the document has nothing of what is asked for beside the names, in no form."""
    wanted, hits = ranking.wanted, ranking.hits
    document = hits[ranking.candidates[0].source.hit].document
    own = [at for at, hit in enumerate(hits) if hit.document == document]
    asked = ranking.weights.keys() - named - wanted.of_kind - wanted.of_prices
    written = {word for at in own for word in re.findall(WORD, fold(hits[at].text))}
    return bool(asked) and not any(
        term in said_in[at]
        or any(
            word.startswith(term[: max(_STEM, len(term) - 2)]) or (len(word) > _STEM and term.startswith(word))
            for word in written
        )
        for term in asked
        for at in own
    )


def is_told_of_another(question: str, ranking: Ranking) -> bool:
    """Whether the passages tell of `block B`, or of a meeting in June, where `block A`, or one in September, is asked for.

    Args:
        question: with all its names, those of documents too.
    """
    asked = numbered(question, asks=True)
    return (bool(asked) and is_known_otherwise(asked, with_names(ranking.hits))) or _is_dated_otherwise(
        question, ranking
    )


def with_names(hits: Sequence[Hit]) -> list[str]:
    """The passages, each with the names of its document: a report does not say on each page whose it is."""
    return [f"{words_of_file(hit)} {hit.titled_text}" for hit in hits]


def _is_dated_otherwise(question: str, ranking: Ranking) -> bool:
    """Whether what is quoted stands in the minutes of June, say, and not a word of September, of which is asked."""
    months = {short: said for short, said in in_short(question).items() if short.isdigit() and len(short) == _MONTH}

    def dates(one: Candidate) -> Set[str]:
        return dates_in(fold(ranking.hits[one.source.hit].file_stem))

    def is_of_them(one: Candidate) -> bool:
        said = fold(f"{one.title} {one.source.readable}")
        return any(short in dates(one) or words[0] in said for short, words in months.items())

    quoted = ranking.candidates[:2]
    return bool(months) and bool(dates(quoted[0])) and not any(map(is_of_them, quoted))


def _is_of_part(one: Candidate, parts: Set[str]) -> bool:
    """Whether a row has a figure of one of these quarters; True where nothing tells."""
    said = parts_of_year(one.source.readable).keys()
    return not parts or not said or bool(parts & said)


def _is_of_year(one: Candidate, years: Set[str], hits: Sequence[Hit]) -> bool:
    if one.source.row is None:
        return not years.isdisjoint(YEAR.findall(one.source.unit.text))
    told = is_of_year(one.source.row, years)
    return not years.isdisjoint(YEAR.findall(hits[one.source.hit].text)) if told is None else told


def _is_asked_for(question: str, years: Set[str], hit: Hit) -> bool:
    """Whether the question names the file by part and year: `2023 Q1.pdf` may be of the quarter that ended in 2022."""
    named = named_in(question, [hit.file_stem])
    return years <= named and any(named.issuperset(said) for said in in_short(question).values())


def _label(one: Candidate) -> str:
    return fold(one.source.row.label if one.source.row else "".join(table_cells(one.source.unit.text)[:1]))
