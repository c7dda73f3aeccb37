"""Documents that a question names: by words of their paths, names in their openings, or a code on their first page.

Ten annual reports in a folder are told apart by company and year, and hardly a passage of them holds both. A contract names
its parties once, and calls them `the Licensee`. Of twenty forms that were filled in, a number on the front tells which is which.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath

from ragcli.retrieval.across import question_language
from ragcli.retrieval.filters import Filter
from ragcli.retrieval.lexical import held, share_of_chunks
from ragcli.retrieval.naming.codes import GROUPS, beginning, codes, is_coded, spelled_code
from ragcli.retrieval.naming.file_names import file_names_of
from ragcli.retrieval.naming.openings import Opened, introduced, longer
from ragcli.retrieval.naming.rest import without
from ragcli.retrieval.question.counting import without_verb
from ragcli.retrieval.question.periods import DAY, YEAR, dates_in, in_short
from ragcli.retrieval.question.syntax import without_references
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms, fold, terms

_MOST = 0.5  # of what a question says of names, more than which a document has that it is about
_MANY = 200  # passages, from which a code is said of too much to name a document
_WIDELY = 0.25  # of the passages hold a word that therefore is no name, though names have it: `Agreement`
_DAY_LONG, _DAY_SHORT = 8, 2  # figures: of `20240103`, and of its `03`, which names nothing beside it
_SURE = 6.0  # of words of names, that leaves no doubt: of a company in one of eight passages of twenty reports
# Titles are searched as words already, and a hundred paragraphs of one article share theirs: raised by it as well, they
# cost 250 training questions of piaf_fr .017 of nDCG@10, and of squad .006.
_RUN = re.compile(r"[^\W_]+")
_YEAR_GLUED = re.compile(r"(?<=[^\W\d_])(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """The documents that a question names: how much of what it says of names each has, in (0, 1], and in which words."""

    shares: Mapping[int, float] = field(default_factory=dict)
    words: Mapping[int, frozenset[str]] = field(default_factory=dict)  # folded
    alone: bool = False  # no other document holds one of the names: what is asked is asked of these

    @property
    def best(self) -> frozenset[int]:
        """Those that have most of it, where that is more than half."""
        most = max(self.shares.values(), default=0.0)
        return frozenset(document_id for document_id, share in self.shares.items() if share == most > _MOST)

    @property
    def said(self) -> frozenset[str]:
        """The words in which the question names those."""
        return frozenset().union(*(self.words[document_id] for document_id in self.best))

    def within(self, where: Filter | None) -> Filter | None:
        """What `where` lets through of those; all of it where there are none."""
        if not self.best:
            return where
        ids = json.dumps(sorted(self.best))
        own = Filter("SELECT id FROM chunks WHERE document_id IN (SELECT value FROM json_each(?))", (ids,))
        if where is None:
            return own
        return Filter(f"{own.chunk_ids} AND id IN ({where.chunk_ids})", (*own.parameters, *where.parameters))

    def rest_of(self, question: str) -> str | None:
        """The question without the words in which it names those; None where it says nothing else, or names none."""
        said = self.said

        def is_name(word: str) -> bool:
            return bool(said & {*_words(fold(word)), *map(fold, codes(word.strip(".,;:?!")))})

        if not any(map(is_name, question.split())):
            return None
        rest = without(question, is_name)
        return rest if content_terms(rest, None) else None


def named(catalog: Catalog, question: str) -> Named:
    """The documents that a question names by their openings, with a name that no other document holds; else by their paths.

    Where others hold it too, a report and an invoice the name of a product, no opening tells of which of them is asked.
    """
    opened = introduced(catalog, question, question_language(question, catalog.document_languages()))
    if opened:
        by_both = _named(catalog, question, opened)
        best, holding = by_both.best, [one.holding for one in opened.values()]
        # A question that names a party to another contract as well is asked of both.
        is_of_others = any(map(best.isdisjoint, holding))
        if not is_of_others and any(those <= best for those in holding) and best == longer(catalog, best):
            return replace(by_both, alone=True)
    return _named(catalog, question, {})


def _named(catalog: Catalog, question: str, opened: Mapping[str, Opened]) -> Named:
    """The documents that a question names.

    A word counts by how few documents have it in their names, and by how few passages hold it: what all have tells nothing,
    the word `report` is said of anything, and one word that many passages hold leaves doubt. Names glue words together, and
    so do questions: `BESTBUY_2023_10K` is named by `Best Buy` and by `FY2023`, `2023 Q3` by `the third quarter of 2023`.

    Args:
        opened: the names that openings have, each as one word.
    """
    short = in_short(question)
    made_of = _may_be_names(question, short)
    names = _named_by_files(catalog, made_of, short)
    for name, one in opened.items():
        made_of[name] = tuple(terms(name, None))
        for document_id in one.documents:
            names.setdefault(document_id, set()).add(name)
    holding = {document_id: found & made_of.keys() for document_id, found in names.items()}
    documents = catalog.count("documents")
    having = Counter(word for found in holding.values() for word in found)
    # What is left of a run of capitals belongs to the name: the `Biopharma` that one opening writes otherwise.
    said_in = {
        word: (word, *made_of[word], *(terms(opened[word].run, None) if word in opened else ())) for word in having
    }
    held_by = _shares_of_chunks(catalog, {part for parts in said_in.values() for part in parts})
    weights: dict[str, float] = {}
    for word, count in having.items():
        rarity = -math.log(max(min(held_by[part] for part in made_of[word]), 1 / catalog.count_chunks()))
        # An opening names even the only document there is.
        if (weight := math.log((documents + (word in opened)) / count) * rarity) > 0:
            weights[word] = weight
    telling = {document_id: found & weights.keys() for document_id, found in holding.items()}
    dates = {word for word in weights if word in short or YEAR.fullmatch(word)}
    shares = {
        document_id: sum(weights[word] for word in found) / _said_of_one(found, weights, dates)
        for document_id, found in telling.items()
        if found
    }
    parts = {word: frozenset(part for part in said_in[word] if held_by[part] < _WIDELY) for word in weights}
    best = Named(shares).best
    # The `Territory` that other contracts have as well is what is asked for.
    naming = {word for word in weights if word not in opened or opened[word].holding <= best}
    said = {number: frozenset().union(*(parts[word] for word in telling[number] & naming)) for number in shares}
    # A code leaves no doubt, however often it is said; of several one is named as well as the other.
    for code in codes(question):
        for number in coded(catalog, code):
            shares[number] = 1.0
            said[number] = said.get(number, frozenset()) | {fold(code)}
    return Named(shares, said)


def _may_be_names(question: str, short: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What of a question names of files may have, each with the words of the question that it is made of.

    Args:
        short: by `in_short`.
    """
    # The 2 of `section 4.2` names no `2n2222.pdf`.
    words = content_terms(without_references(without_verb(question)), None)
    of_days = {word for day, said in short.items() if len(day) == _DAY_LONG for word in said if len(word) <= _DAY_SHORT}
    alone = (word for word in [*words, *_YEAR_GLUED.findall(question)] if word not in of_days)
    return {
        **{word: (word,) for word in alone},
        **{one + other: (one, other) for one, other in pairwise(words)},
        **short,
    }


def _named_by_files(catalog: Catalog, words: Iterable[str], short: Iterable[str]) -> dict[int, set[str]]:
    """For each document of which a file's name has one of the words all words of such names."""
    ends = [one[-2:] for one in short]  # in names that do not even have their figures dates need not be looked for
    names: dict[int, set[str]] = {}
    for file in file_names_of(catalog).holding(words):
        if file.document_id is not None:
            dates = dates_in(file.folded) if any(figures in file.folded for figures in ends) else set()
            names.setdefault(file.document_id, set()).update(_words(file.folded), dates)
    return names


def _said_of_one(found: Set[str], weights: Mapping[str, float], dates: Set[str]) -> float:
    """How much a question says of names: of the minutes of April and of May, neither has the other's date.

    Those of another day of that April lack the day that is asked for. A day leaves no doubt, in however small a collection.
    """
    own = found & dates

    def is_lacking(date: str) -> bool:
        return any(map(date.startswith, own)) and all(len(one) != len(date) for one in own)

    of_others = {date for date in dates - found if not is_lacking(date)} if own else frozenset()
    said = sum(weight for word, weight in weights.items() if word not in of_others)
    return said if any(len(date) == _DAY_LONG for date in own) else max(said, _SURE)


def _shares_of_chunks(catalog: Catalog, words: Iterable[str]) -> dict[str, float]:
    """For each word the share of the passages that hold it, in the language where that is most."""
    languages = catalog.document_languages()
    stems = {word: [term for language in languages for term in terms(word, language)] for word in words}
    return {word: max(share_of_chunks(catalog.sql, own), default=0.0) for word, own in stems.items()}


def coded(catalog: Catalog, code: str) -> frozenset[int]:
    """The documents that a code names: by the name of a file, else the one alone that holds it, on its first page.

    A manual names a code further down, and it is not what the manual is about; a letter may speak of another's invoice.
    """
    found = file_names_of(catalog).holding([beginning(code)])
    numbers = (one.document_id for one in found if is_coded(code, PurePath(one.path).name))
    if named := frozenset(number for number in numbers if number is not None):
        return named
    said = catalog.sql.execute(
        "SELECT document_id, coalesce(page, ordinal + 1), text FROM chunks"
        " WHERE id IN (SELECT rowid FROM lexical WHERE lexical MATCH ? LIMIT ?)",
        (held(spelled_code(code)), _MANY),
    ).fetchall()
    holding = [(number, page) for number, page, text in said if is_coded(code, text)]
    fronts = {number for number, page in holding if page == 1}
    return frozenset(fronts) if len(said) < _MANY and len({number for number, _ in holding}) == 1 else frozenset()


def named_in(question: str, names: Iterable[str]) -> frozenset[str]:
    """The words of a question, folded, that names of documents hold, alone, two in one, or in short."""
    known = frozenset().union(*(_words(fold(name)) | dates_in(fold(name)) for name in names))
    words = content_terms(without_verb(question), None)
    glued = {word for pair in pairwise(words) if "".join(pair) in known for word in pair}
    in_words = {word for short, said in in_short(question).items() if short in known for word in said}
    return known.intersection(words) | glued | in_words


def _words(folded: str) -> set[str]:
    days = [year for year, _, _ in DAY.findall(folded)]
    return {*_RUN.findall(folded), *GROUPS.findall(folded), *days}
