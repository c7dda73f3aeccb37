"""Documents that a question names: by words of their paths, which their passages need not repeat.

Ten annual reports in a folder are told apart by company and year, and hardly a passage of them holds both.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath

from ragcli.retrieval.codes import beginning, codes, is_coded
from ragcli.retrieval.filters import Filter
from ragcli.retrieval.fusion import Fused
from ragcli.retrieval.lexical import Lexical, search_lexical, share_of_chunks
from ragcli.retrieval.names import names_of
from ragcli.retrieval.syntax import Query, without_references
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms, fold, terms

# Of the best score, for a passage of a document that has all words of names in the question. On 33 questions over 20
# filings of companies, of which 20 had the right document first, and 14 the right page among five: 0.1 20 and 14, 0.25 23
# and 15, 0.5 27 and 17, 1 28 and 18.
NAMED_BONUS = 0.5
_MOST = 0.5  # of what a question says of names, more than which a document has that it is about
_SURE = 6.0  # of words of names, that leaves no doubt: of a company in one of eight passages of twenty reports
# Titles are searched as words already, and a hundred paragraphs of one article share theirs: raised by it as well, they
# cost 250 training questions of piaf_fr .017 of nDCG@10, and of squad .006.
_PART = re.compile(r"[^\W\d_]+|\d+")
_RUN = re.compile(r"[^\W_]+")
_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_YEAR_GLUED = re.compile(r"(?<=[^\W\d_])(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """The documents that a question names: how much of what it says of names each has, in (0, 1], and in which words."""

    shares: Mapping[int, float] = field(default_factory=dict)
    words: Mapping[int, frozenset[str]] = field(default_factory=dict)  # folded

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

    def without_names(self, question: str) -> str:
        """The question without the words in which it names those."""
        words = self.said
        return " ".join(word for word in question.split() if not words & _words(fold(word)))


def prefer_named(catalog: Catalog, named: Named, ranked: list[Fused]) -> list[Fused]:
    """The candidates with those of documents that the question names ahead; scores stay within their range."""
    if not named.shares or not ranked:
        return ranked
    document_of = _documents_of(catalog, (one.chunk_id for one in ranked))
    bonus = NAMED_BONUS * max(one.score for one in ranked)
    raised = [
        Fused(one.chunk_id, (one.score + bonus * named.shares.get(document_of[one.chunk_id], 0.0)) / (1 + NAMED_BONUS))
        for one in ranked
    ]
    return sorted(raised, key=lambda one: (-one.score, one.chunk_id))


def compared(catalog: Catalog, question: str, ranked: Sequence[Fused]) -> list[frozenset[int]]:
    """For each code of a question that compares several, `DS1302 or DS1307`, the candidates of the documents named by it.

    The passages of one alone would take all places: each is asked for.
    """
    asked = codes(question)
    if len(asked) < 2:
        return []
    document_of = _documents_of(catalog, (one.chunk_id for one in ranked))
    named = [_coded(catalog, code) for code in asked]
    return [frozenset(one for one, number in document_of.items() if number in those) for those in named if those]


def within_named(catalog: Catalog, named: Named, chunk_ids: frozenset[int]) -> frozenset[int]:
    """Those of the chunks that stand in the documents that are named best, if any does: each of ten has a section 4.2."""
    if not named.best or not chunk_ids:
        return chunk_ids
    documents = _documents_of(catalog, chunk_ids)
    return frozenset(one for one in chunk_ids if documents[one] in named.best) or chunk_ids


def _documents_of(catalog: Catalog, chunk_ids: Iterable[int]) -> dict[int, int]:
    ids = json.dumps(list(chunk_ids))
    rows = catalog.sql.execute(
        "SELECT id, document_id FROM chunks WHERE id IN (SELECT value FROM json_each(?))", (ids,)
    )
    return dict(rows.fetchall())


def _coded(catalog: Catalog, code: str) -> frozenset[int]:
    """The documents that a code names, by the name of a file."""
    named = names_of(catalog).holding([beginning(code)])
    found = (one.document_id for one in named if is_coded(code, PurePath(one.path).name))
    return frozenset(number for number in found if number is not None)


def search_named(catalog: Catalog, query: Query, named: Named, found: Lexical, k: int, where: Filter | None) -> Lexical:
    """What lexical search found, as if each passage of the documents that are named best held the words of their names.

    Else the passages that repeat the name come first, whatever they say: of a company's report its list of subsidiaries.
    """
    rest = named.without_names(query.text)
    if not named.best or not content_terms(rest, None):
        return found
    languages = catalog.document_languages() or [None]
    own = search_lexical(catalog.sql, replace(query, text=rest), languages, k, named.within(where))
    left_out = sum(word.idf for word in found.words) - sum(word.idf for word in own.words)
    scores = dict(found.ranking)
    for chunk_id, score in own.ranking:
        scores[chunk_id] = max(scores.get(chunk_id, 0.0), score + left_out)
    ranking = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
    raised = ranking[0][1] / found.ranking[0][1] if found.ranking and found.ranking[0][1] else 1.0
    return replace(found, ranking=ranking, coverage=found.coverage * raised)


def named(catalog: Catalog, question: str) -> Named:
    """The documents that a question names.

    A word counts by how few documents have it in their names, and by how few passages hold it: what all have tells nothing,
    the word `report` is said of anything, and one word that many passages hold leaves doubt. Names glue words together, and
    so do questions: `BESTBUY_2023_10K` is named by `Best Buy` and by `FY2023`.
    """
    words = content_terms(without_references(question), None)  # the 2 of `section 4.2` names no `2n2222.pdf`
    made_of: dict[str, tuple[str, ...]] = {word: (word,) for word in [*words, *_YEAR_GLUED.findall(question)]}
    made_of |= {one + other: (one, other) for one, other in pairwise(words)}
    names: dict[int, set[str]] = {}
    for name in names_of(catalog).holding(made_of):
        if name.document_id is not None:
            names.setdefault(name.document_id, set()).update(_words(name.folded))
    (documents,) = catalog.sql.execute("SELECT count(*) FROM documents").fetchone()
    held = {document_id: name & made_of.keys() for document_id, name in names.items()}
    having = Counter(word for found in held.values() for word in found)
    languages = catalog.document_languages() or [None]
    weights: dict[str, float] = {}
    for word, count in having.items():
        held_by = [
            max(
                share_of_chunks(catalog.sql, [term for language in languages for term in terms(part, language)]),
                default=0,
            )
            for part in made_of[word]
        ]
        rarity = -math.log(max(min(held_by), 1 / catalog.count_chunks()))
        if (weight := math.log(documents / count) * rarity) > 0:
            weights[word] = weight
    total = max(sum(weights.values()), _SURE)
    telling = {document_id: found & weights.keys() for document_id, found in held.items()}
    shares = {
        document_id: sum(weights[word] for word in found) / total for document_id, found in telling.items() if found
    }
    parts = {word: frozenset([word, *made_of[word]]) for word in weights}
    said = {number: frozenset().union(*(parts[word] for word in telling[number])) for number in shares}
    # A code leaves no doubt, however often it is said; of several one is named as well as the other.
    for code in codes(question):
        for number in _coded(catalog, code):
            shares[number] = 1.0
            said[number] = said.get(number, frozenset()) | {fold(code)}
    return Named(shares, said)


def named_in(question: str, names: Iterable[str]) -> frozenset[str]:
    """The words of a question, folded, that names of documents hold, alone or two in one."""
    held = frozenset().union(*(_words(fold(name)) for name in names))
    words = content_terms(question, None)
    glued = {word for pair in pairwise(words) if "".join(pair) in held for word in pair}
    return held.intersection(words) | glued


def _words(folded: str) -> set[str]:
    days = [found["year"] for found in _DAY.finditer(folded)]
    return {*_RUN.findall(folded), *_PART.findall(folded), *days}
