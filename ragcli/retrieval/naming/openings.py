"""Names that a question shares with the opening of a document: of the parties to a contract, a trial, an aircraft.

There a document says what it is about; what follows calls them `the Company` and `the study`, or names nobody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ragcli.retrieval.lexical import held, phrase_of, share_of_chunks, texts_with
from ragcli.retrieval.question.asking import NOUNS_ARE_CAPITAL
from ragcli.retrieval.question.periods import ENGLISH_WEEKDAY
from ragcli.storage.catalog import Catalog, rows_in
from ragcli.storage.terms import content_terms, fold, terms

OPENING = 3  # chunks at the beginning of a document that has more
_SHARE = 4  # of which they are no more than a quarter: a name in the middle of a short form is one of its entries
WIDELY = 20_000  # passages that hold a word which therefore tells no document from another
# `Orle.com`, `N123AB`, and the latter part of `d'Orle`; not the s of `Northwind's`.
_WRITTEN = re.compile(r"(?<![\w-])(?!(?<=['’])[sS]\b)\w[\w&-]*(?:\.\w+)*")
_BESIDE = re.compile(r"[ ,]{1,2}")  # between two words of a name
_OPENS = " \"'“«¿¡"  # what a question may begin with
_WORD = re.compile(r"[^\W\d_]{3,}")
# `the term of a Delegate`, of whom there are many; not `a Northwind agreement`.
_ONE_OF_MANY = re.compile(r"\b(?:an?|une?|un[ao]|uma?) (\w+)(?:\W+(\w+))?", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b{ENGLISH_WEEKDAY}s?\b")
_SHORTEST_MIXED = 5  # letters of a name like `iPhone`: `kHz` is none
_LOOKED_INTO = 50  # passages, that show how a word is written
_MOST = 0.7  # of the words of a question are capitals, from which THEY NAME NOTHING


def names(question: str, language: str | None) -> list[str]:
    """The runs of capitalised words in a question; its first word is one only as part of a run; none of A Question Written So."""
    found: list[str] = []
    written = question.split()
    if sum(word[:1].isupper() for word in written) > _MOST * len(written):
        return found
    runs: list[list[re.Match[str]]] = []
    for word in _WRITTEN.finditer(question):
        is_mixed = len(word[0]) >= _SHORTEST_MIXED and word[0] != word[0].lower()
        if not (word[0][0].isupper() or is_mixed):
            continue
        if runs and _BESIDE.fullmatch(question, runs[-1][-1].end(), word.start()):
            runs[-1].append(word)
        else:
            runs.append([word])
    for run in runs:
        words = [word[0] for word in run]
        is_first = not question[: run[0].start()].strip(_OPENS)
        if is_first and (len(words) == 1 or not content_terms(words[0], language)):
            words = words[1:]
        if content_terms(" ".join(words), language):  # not the I of `Am I`
            found.append(" ".join(words))
    return found


def names_said(catalog: Catalog, question: str, language: str | None) -> list[str]:
    """The `names` of a question; of one typed in small letters what documents always write large.

    Its first word, large in any case, is of a name only where documents have the two in a row, or write it large always:
    `Halvard Mills`, and not `Compare Vision`. Names take no `a`: what the question wants of `a Delegate` is no name.
    """
    of_many = {
        word.lower()
        for word, following in _ONE_OF_MANY.findall(question)
        if not following or not content_terms(following, language)
    }
    return [name for name in _names_said(catalog, question, language) if name.lower() not in of_many]


def _names_said(catalog: Catalog, question: str, language: str | None) -> list[str]:
    if question == question.lower():
        return [
            word for word in _WORD.findall(question) if content_terms(word, None) and is_written_large(catalog, word)
        ]
    question = _WEEKDAY.sub(lambda day: day[0].lower(), question)  # on a Monday something is asked of any document
    found = names(question, language)
    first, *others = found[0].split() if found else [""]
    if not others or not question.lstrip(_OPENS).startswith(first):
        return found
    in_a_row = phrase_of(f"{first} {others[0]}", catalog.document_languages())
    if catalog.sql.execute("SELECT 1 FROM lexical WHERE lexical MATCH ? LIMIT 1", (in_a_row,)).fetchone():
        return found
    return found if is_written_large(catalog, first) else [" ".join(others), *found[1:]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A name of a question that openings have."""

    run: str  # the capitalised words of which it is one, or all
    documents: frozenset[int]
    holding: frozenset[int]  # all documents that have it, wherever


def introduced(catalog: Catalog, question: str, language: str | None) -> dict[str, Opened]:
    """The names of a question, folded, that the opening or the title of a document has; a run that none has word by word."""
    if language in NOUNS_ARE_CAPITAL:
        return {}
    found: dict[str, Opened] = {}
    for run in names_said(catalog, question, language):
        whole = _opened_by(catalog, run, run)
        for name in [run] if whole else run.split():
            if own := whole or _opened_by(catalog, run, name):
                found[fold(name)] = own
    return found


def is_written_large(catalog: Catalog, word: str) -> bool:
    """Whether documents write a word with a capital wherever they say it."""
    texts = texts_with(catalog.sql, phrase_of(word, catalog.document_languages()), _LOOKED_INTO)
    said = [one for text in texts for one in re.findall(rf"\b{re.escape(word)}", text, re.IGNORECASE)]
    return bool(said) and all(one[0].isupper() for one in said)


def longer(catalog: Catalog, document_ids: Iterable[int]) -> frozenset[int]:
    """Those of the documents that have more than an opening; in others each passage says what it is about."""
    reaching = "SELECT document_id FROM chunks WHERE ordinal = ? AND document_id"
    rows = rows_in(catalog.sql, reaching, list(document_ids), (OPENING,))
    return frozenset(document_id for (document_id,) in rows)


def _opened_by(catalog: Catalog, run: str, name: str) -> Opened | None:
    languages = catalog.document_languages()
    stems = [stem for language in languages for stem in terms(name, language)]
    if not content_terms(name, None) or min(share_of_chunks(catalog.sql, stems)) * catalog.count_chunks() > WIDELY:
        return None
    rows = catalog.sql.execute(
        "SELECT c.document_id, min(c.ordinal), (SELECT max(ordinal) + 1 FROM chunks WHERE document_id = c.document_id)"
        " FROM lexical JOIN chunks c ON c.id = lexical.rowid WHERE lexical MATCH ? GROUP BY c.document_id",
        (held(phrase_of(name, languages)),),
    ).fetchall()
    opened = frozenset(
        document_id for document_id, first, count in rows if first < max(1, min(OPENING, count // _SHARE))
    )
    return Opened(run, opened, frozenset(document_id for document_id, _, _ in rows)) if opened else None
