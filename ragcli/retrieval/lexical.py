"""BM25 over the catalog's FTS5 index."""

import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ragcli.retrieval.filters import Filter, and_among
from ragcli.retrieval.question.syntax import Query, entitles, identifiers, may_be_bare, number_of, spellings
from ragcli.storage.catalog import chunks_in, languages_in
from ragcli.storage.terms import content_terms, fold, short_words, terms

# How much a word counts in title, section path, body, and the sentences around it. On training questions no other weights
# of the first three were better: English (250 of squad) is level from 0.3 to 2, French (250 of piaf_fr) within 0.003 of
# nDCG@10. With the sentences around at 0, 0.25, 0.5, 1, of long texts (222 questions) 0.80, 0.84, 0.86, 0.88 of what answers
# is among the first five passages of 128 tokens, 0.89, -, 0.92, 0.92 among those of 256.
FIELD_WEIGHTS = (1.0, 1.0, 1.0, 1.0)
_RAREST = 1 / 3000  # added to a share: a term that is nowhere weighs no more in a collection that is larger still
_UNSEEN = 0.5  # passages that a word which none holds is counted for
# For each term of `storage.terms`, the share of the collection's passages that hold it, 0 to 1.
ShareOfChunks = Callable[[Sequence[str]], Sequence[float]]
_Place = TypeVar("_Place")  # of a passage: in a collection, or among several
_OWN = "{title section body}"  # the fields of what a passage says itself
RARE = 10  # passages that may hold a name, number or identifier for it to single them out
_FEW = 10  # passages in which a word may stand without being common, however small the collection
_NAME = re.compile(r"(?<=\s)[^\W\d_]*[A-ZÀ-Þ][\w-]+|\b[A-Z]{2,}\b")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WITH_DIGIT = re.compile(r"\w*\d\w*(?:[-.,/]\w+)*|\w+(?:[-./]\w*\d\w*)+")


@dataclass(frozen=True, slots=True)
class Lexical:
    """What the lexical index found.

    `coverage` is the best score over that of an average passage with every word of the question once: below 1 the words
    are not all there, and their passages deserve less trust. `exact` are the few passages that hold a phrase, name,
    number or identifier of the question, the rarest first. `preferred` hold all phrases, or without phrases an identifier.
    """

    ranking: list[tuple[int, float]]
    coverage: float
    exact: list[frozenset[int]]
    preferred: frozenset[int]
    words: tuple["Word", ...] = ()  # of the question


def search_lexical(
    sql: sqlite3.Connection, query: Query, languages: Sequence[str | None], k: int, where: Filter | None = None
) -> Lexical:
    """Return the k best (chunk id, BM25 score), best first; any word of the question may match.

    The question is stemmed in each of the languages, one at least, that the collection holds, since it may be put in one
    and answered in another. A phrase, and an identifier of several parts, is a word of its own beside those that it is made
    of: each part of 4.2.1 stands in many passages, all in a row in one.
    """
    words = _words(sql, query.text, languages)
    wanted = list(dict.fromkeys(term for word in words for term in word.rare)) or list(
        dict.fromkeys(term for word in words for term in word.terms)
    )
    phrases = [alternatives for phrase in query.phrases if (alternatives := phrase_of(phrase, languages))]
    prefixes = [_prefix(prefix, languages) for prefix in query.prefixes]
    marks = _marks(sql, query, languages, words)
    holding, found = list(marks.phrases.values()), {one: rows for one, rows in marks.identifiers.items() if rows}
    if query.only_operators and (phrases or prefixes):
        match = " AND ".join(f"({one})" for one in [*phrases, *prefixes])
    else:
        whole = [*phrases, *(spelled(written, languages) for written in found)]
        whole += [in_titles(written) for written in found if may_be_bare(written)]
        match = " OR ".join(filter(None, [any_of(wanted), *prefixes, *whole, _joined(query.text, languages)]))
    if not match:
        return Lexical([], 0.0, [], frozenset())
    match = without(match, excluded_match(query, languages))
    condition, parameters = and_among("rowid", where)
    rows = sql.execute(
        f"SELECT rowid, -bm25(lexical, {', '.join(map(str, FIELD_WEIGHTS))}) AS score FROM lexical"
        f" WHERE lexical MATCH ? {condition} ORDER BY score DESC, rowid LIMIT ?",
        (match, *parameters, k),
    )
    ranking = [(int(chunk_id), float(score)) for chunk_id, score in rows]
    chunks = chunks_in(sql)
    whole_idf = sum(_idf(chunks, len(rows)) for rows in (*holding, *found.values()) if rows)
    attainable = sum(word.idf for word in words) + whole_idf
    # Of a few passages a word that stands in half of them weighs nothing, and may be all that was asked for.
    nothing_weighs = 1.0 if chunks <= _FEW else 0.0
    coverage = (ranking[0][1] / attainable if attainable else nothing_weighs) if ranking else 0.0
    identified = [rows for rows in found.values() if len(rows) <= RARE]
    return Lexical(
        ranking, coverage, _rarest_first(marks.phrases, marks.named),
        frozenset.intersection(*holding) if holding else frozenset().union(*identified), tuple(words),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a question says that few passages hold, as it is written, each with the passages that hold it themselves."""

    phrases: dict[str, frozenset[int]]
    identifiers: dict[str, frozenset[int]]
    words: dict[str, frozenset[int]]  # names and numbers, but for those that are common

    @property
    def named(self) -> dict[str, frozenset[int]]:
        return self.identifiers | self.words


def _marks(sql: sqlite3.Connection, query: Query, languages: Sequence[str | None], words: Sequence["Word"]) -> _Marks:
    phrases = {one: _rows(sql, match) for one in query.phrases if (match := phrase_of(one, languages))}
    found = {
        one: _rows(sql, spelled(one, languages)) | _titled(sql, one)
        for one in identifiers(query.text)
        if len(terms(one, None)) > 1 or one.isalnum()  # `§ 5` is a 5 to the index
    }
    parts = {term for written, rows in found.items() if rows for term in terms(written, None)}
    # A chunk lends its first and last sentence to the chunks beside it: a word of one may be counted in three.
    named = {
        word.written: _rows(sql, held(any_of(word.rare)))
        for word in words
        if word.is_mark and word.passages <= 3 * RARE and not parts.intersection(word.terms)
    }
    return _Marks(phrases, found, named)


def _rarest_first(
    phrases: Mapping[str, frozenset[_Place]], named: Mapping[str, frozenset[_Place]]
) -> list[frozenset[_Place]]:
    """Those that some hold, of names, numbers and identifiers those that are rare."""
    rare = (holding for holding in named.values() if 0 < len(holding) <= RARE)
    return [*filter(len, phrases.values()), *sorted(rare, key=len)]


def exact_over(sqls: Sequence[sqlite3.Connection], query: Query) -> list[frozenset[tuple[int, int]]]:
    """As `Lexical.exact`, over the passages of all collections: each is (the collection's place in `sqls`, chunk id).

    What is common in one of them singles out nothing in another.
    """
    spoken = [languages_in(sql) or [None] for sql in sqls]
    each = [
        _marks(sql, query, languages, _words(sql, query.text, languages))
        for sql, languages in zip(sqls, spoken, strict=True)
    ]

    def over_all(marks: Sequence[Mapping[str, frozenset[int]]]) -> dict[str, frozenset[tuple[int, int]]]:
        in_all = [one for one in marks[0] if all(one in other for other in marks)]
        return {one: frozenset((at, row) for at, rows in enumerate(marks) for row in rows[one]) for one in in_all}

    return _rarest_first(over_all([one.phrases for one in each]), over_all([one.named for one in each]))


def _joined(question: str, languages: Sequence[str | None]) -> str:
    """The words of a question that have a hyphen, without it: a line that ended there may have taken it from a document."""
    written = [one.replace("-", "") for one in _HYPHENATED.findall(question)]
    return any_of(dict.fromkeys(term for one in written for language in languages for term in terms(one, language)))


def weigh(sqls: Sequence[sqlite3.Connection], question: str, by_subject: bool) -> dict[frozenset[str], float]:
    """The words of a question, each as all terms that it is stemmed to, with its weight over the passages of all collections.

    A collection's own weights say what is rare in it: in one of ten passages the subject of all ten weighs next to nothing,
    and a word that it lacks most. Words that no passage holds are one, without terms.

    Args:
        by_subject: the words that only ask weigh together no more than all others. `What` is rare in papers, and would
            outweigh `BERT`; between passages it may, for it tells English ones from French ones (nDCG@10 of 53 training
            questions of squad over 20 texts beside piaf_fr: 0.876 instead of 0.879).
    """
    languages = {language for sql in sqls for language in languages_in(sql)} or {None}
    counts = [chunks_in(sql) for sql in sqls]

    def holding(term: str) -> int:
        each = zip(sqls, counts, strict=True)
        # What is common in a large collection stands in a tenth of it and more: to count where costs more than the search.
        return sum(chunks // 10 if _common(sql, [term]) else count_holding(sql, term) for sql, chunks in each)

    forms = zip(*(terms(question, language) for language in languages), strict=True)
    weights: defaultdict[frozenset[str], float] = defaultdict(float)
    for word in dict.fromkeys(map(frozenset, forms)):
        passages = max(map(holding, word))
        weights[word if passages else frozenset()] += _idf(sum(counts), passages)
    telling = {term for language in languages for term in content_terms(question, language)} if by_subject else set()
    asking = {word: weight for word, weight in weights.items() if telling and word and word.isdisjoint(telling)}
    most = (sum(weights.values()) - sum(asking.values())) / (sum(asking.values()) or 1.0)
    return weights | {word: weight * min(1.0, most) for word, weight in asking.items()}


def share_held(text: str, language: str | None, weights: Mapping[frozenset[str], float]) -> float:
    """Of the weight of a question's words, what those have that stand in a text."""
    held = frozenset(terms(text, language))
    return sum(weight for word, weight in weights.items() if word & held) / (sum(weights.values()) or 1.0)


def share_of_chunks(sql: sqlite3.Connection, of_question: Sequence[str]) -> list[float]:
    """For each term, as `terms` makes them, the share of all passages that hold it."""
    chunks = chunks_in(sql)
    return [count_holding(sql, term) / (chunks or 1) for term in of_question]


def rarity(share: float) -> float:
    """How much a term tells passages apart, by the share of those that hold it: 8 for one that is nowhere, 0 for all."""
    return -math.log(share + _RAREST)


def smoothed(shares: Sequence[float], chunks: int) -> list[float]:
    """Shares of so many passages, smoothed: a word that none of them holds counts as held by half of one.

    Else whoever has one document is refused for every word that he does not share with it. Nothing changes from 1,500
    passages on.
    """
    least = max(_UNSEEN / max(chunks, 1) - _RAREST, 0.0)
    return [max(share, least) for share in shares]


def excluded_match(query: Query, languages: Sequence[str | None]) -> str:
    """The FTS5 expression of what passages must not hold; empty when nothing is excluded."""
    return " OR ".join(alternatives for one in query.excluded if (alternatives := phrase_of(one, languages)))


def without(match: str, excluded: str) -> str:
    """The FTS5 expression of what matches one and not the other, which may be empty."""
    return f"({match}) NOT ({excluded})" if excluded else match


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the question, as it is stemmed in each language."""

    written: str  # folded
    terms: tuple[str, ...]
    # Those that are searched for: words that only ask are not, nor the commonest of a large collection.
    rare: tuple[str, ...]
    idf: float  # 0 when it is not searched for
    passages: int  # that hold the rarest of them
    is_mark: bool  # a name, a number, an identifier


def _words(sql: sqlite3.Connection, question: str, languages: Sequence[str | None]) -> list[Word]:
    by_language = [terms(question, language) for language in languages]
    marks = {
        term for written in [*_NAME.findall(question), *_WITH_DIGIT.findall(question)] for term in terms(written, None)
    }
    plain = terms(question, None)
    alone = set(short_words(question))
    telling = {term for language in languages for term in content_terms(question, language)}
    every = {term for each in by_language for term in each}
    common = _common(sql, list(every))
    chunks = chunks_in(sql)
    found: dict[tuple[str, ...], Word] = {}
    for bare, *variants in zip(plain, *by_language, strict=True):
        of_word = (_runs_with(sql, bare) if bare in alone else ()) or tuple(dict.fromkeys(variants))
        if of_word not in found:
            counts = {term: count_holding(sql, term) for term in of_word if term not in common}
            there = [count for count in counts.values() if count] or [0]
            only_asks = bool(telling) and bare not in marks and not telling.intersection(variants)
            if only_asks:  # what few passages of a report hold would outweigh all that is asked for: `What`, `How`
                counts = {}
            is_left_out = len(counts) < len(of_word)
            idf = 0.0 if is_left_out else _idf(chunks, max(there))
            is_common = is_left_out or max(there) > max(chunks / 10, _FEW)
            found[of_word] = Word(bare, of_word, tuple(counts), idf, min(there), bare in marks and not is_common)
    return list(found.values())


def _runs_with(sql: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """The terms of a script without spaces that hold a short word: to people it is one, and the index knows longer runs."""
    rows = sql.execute("SELECT term FROM lexical_vocabulary WHERE length(term) <= 3 AND instr(term, ?)", (word,))
    return tuple(row[0] for row in rows)


def _common(sql: sqlite3.Connection, of_question: Sequence[str]) -> set[str]:
    """Those of the terms that a search leaves out, since they stand in so many passages of a large collection."""
    marks = ",".join("?" * len(of_question))
    return {row[0] for row in sql.execute(f"SELECT term FROM common_terms WHERE term IN ({marks})", of_question)}


def _idf(chunks: int, holding: int) -> float:
    """The weight that FTS5 gives to what stands in so many of the passages; 0 where it is less than nothing."""
    return max(0.0, math.log((chunks - holding + 0.5) / (holding + 0.5)))


def count_holding(sql: sqlite3.Connection, term: str) -> int:
    """How many passages hold a term, as `terms` makes it."""
    row = sql.execute("SELECT doc FROM lexical_vocabulary WHERE term = ?", (term,)).fetchone()
    return 0 if row is None else int(row[0])


def phrase_of(phrase: str, languages: Sequence[str | None]) -> str:
    """The words in a row, in any of the languages; empty for a phrase without words."""
    alternatives = {" ".join(terms(phrase, language)) for language in languages} - {""}
    return held(any_of(sorted(alternatives)))


def spelled(identifier: str, languages: Sequence[str | None]) -> str:
    """An identifier, in any of its spellings."""
    return " OR ".join(f"({phrase_of(one, languages)})" for one in spellings(identifier))


def any_of(phrases: Iterable[str]) -> str:
    """The FTS5 expression for one of these terms, or of terms in a row; empty for none."""
    return " OR ".join(f'"{phrase}"' for phrase in phrases)


def held(match: str) -> str:
    """The FTS5 expression for what a passage itself says, without the sentences beside it; empty for nothing."""
    return f"{_OWN} : ({match})" if match else ""


def texts_with(sql: sqlite3.Connection, match: str, most: int) -> list[str]:
    """The texts of up to `most` passages that say it themselves."""
    rows = sql.execute(
        "SELECT text FROM chunks WHERE id IN (SELECT rowid FROM lexical WHERE lexical MATCH ? LIMIT ?)",
        (held(match), most),
    )
    return [text for (text,) in rows]


def in_titles(part: str) -> str:
    """The FTS5 expression for the number of a part in the titles above a passage."""
    return f'{{section}} : "{" ".join(terms(number_of(part), None))}"'


def _titled(sql: sqlite3.Connection, identifier: str) -> frozenset[int]:
    """The passages of a part that is called by its number alone, `4.2 Reading` for `section 4.2`."""
    if not may_be_bare(identifier):
        return frozenset()
    rows = sql.execute(
        "SELECT id, section FROM chunks WHERE id IN (SELECT rowid FROM lexical WHERE lexical MATCH ?)",
        (in_titles(identifier),),
    )
    return frozenset(row[0] for row in rows if any(entitles(identifier, title) for title in json.loads(row[1])))


def _prefix(prefix: str, languages: Sequence[str | None]) -> str:
    """Words that begin so, as they are or once stemmed: the index knows `running` as `run`."""
    stems = {term for language in languages for term in terms(prefix, language)}
    return held(" OR ".join([f'"{fold(prefix)}"*', *(f'"{stem}"' for stem in sorted(stems - {fold(prefix)}))]))


def _rows(sql: sqlite3.Connection, match: str) -> frozenset[int]:
    return frozenset(row[0] for row in sql.execute("SELECT rowid FROM lexical WHERE lexical MATCH ?", (match,)))
