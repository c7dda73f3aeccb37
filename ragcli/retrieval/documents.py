"""Documents that a question names: by words of their paths and titles, which their passages need not repeat.

Ten annual reports in a folder are told apart by company and year, and hardly a passage of them holds both.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from ragcli.retrieval.fusion import Fused
from ragcli.retrieval.lexical import share_of_chunks
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms, fold, terms

# Of the best score, for a passage of a document that has all words of names in the question. On 33 questions over 20
# filings of companies, of which 20 had the right document first, and 14 the right page among five: 0.1 20 and 14, 0.25 23
# and 15, 0.5 27 and 17, 1 28 and 18.
NAMED_BONUS = 0.5
# Names that may hold one of the words; to take ten thousand of them apart takes a tenth of a second.
_NAMES = """
SELECT document_id, name
FROM (SELECT f.document_id, f.path || ' ' || coalesce(d.title, '') AS name FROM files f JOIN documents d ON d.id = f.document_id)
WHERE name GLOB '*[^ -~]*' OR EXISTS (SELECT 1 FROM json_each(?) WHERE instr(lower(name), value))"""
_PART = re.compile(r"[^\W\d_]+|\d+")
_RUN = re.compile(r"[^\W_]+")
_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_YEAR_GLUED = re.compile(r"(?<=[^\W\d_])(?:19|20)\d\d(?!\d)")


def prefer_named(catalog: Catalog, question: str, ranked: list[Fused]) -> list[Fused]:
    """The candidates with those of documents that the question names ahead; scores stay within their range."""
    shares = named(catalog, question) if ranked else {}
    if not shares:
        return ranked
    ids = json.dumps([one.chunk_id for one in ranked])
    rows = catalog.sql.execute(
        "SELECT id, document_id FROM chunks WHERE id IN (SELECT value FROM json_each(?))", (ids,)
    )
    document_of = dict(rows.fetchall())
    bonus = NAMED_BONUS * max(one.score for one in ranked)
    raised = [
        Fused(one.chunk_id, (one.score + bonus * shares.get(document_of[one.chunk_id], 0.0)) / (1 + NAMED_BONUS))
        for one in ranked
    ]
    return sorted(raised, key=lambda one: (-one.score, one.chunk_id))


def named(catalog: Catalog, question: str) -> Mapping[int, float]:
    """For each document, how much it has of what the question says of the names of documents, in (0, 1].

    A word counts by how few documents have it in their names, and by how few passages hold it: what all have tells
    nothing, and the word `report` is said of anything. Names glue words together, and so do questions:
    `BESTBUY_2023_10K` is named by `Best Buy` and by `FY2023`.
    """
    words = content_terms(question, None)
    made_of: dict[str, tuple[str, ...]] = {word: (word,) for word in [*words, *_YEAR_GLUED.findall(question)]}
    made_of |= {one + other: (one, other) for one, other in pairwise(words)}
    names: dict[int, set[str]] = {}
    for document_id, name in catalog.sql.execute(_NAMES, (json.dumps(list(made_of)),)):
        names.setdefault(document_id, set()).update(_words(name))
    (documents,) = catalog.sql.execute("SELECT count(*) FROM documents").fetchone()
    held = {document_id: name & made_of.keys() for document_id, name in names.items()}
    having = Counter(word for found in held.values() for word in found)
    languages = catalog.document_languages() or [None]
    weights: dict[str, float] = {}
    for word, count in having.items():
        shares = [
            max(share_of_chunks(catalog.sql, [term for language in languages for term in terms(part, language)]))
            for part in made_of[word]
        ]
        rarity = -math.log(min(share for share in shares if share) if any(shares) else 0.5)
        weights[word] = math.log(documents / count) * rarity
    total = sum(weights.values())
    sums = {document_id: sum(weights[word] for word in found) for document_id, found in held.items()}
    return {document_id: one / total for document_id, one in sums.items() if one > 0}


def _words(name: str) -> set[str]:
    folded = fold(name)
    days = [found["year"] for found in _DAY.finditer(folded)]
    return {*_RUN.findall(folded), *_PART.findall(folded), *days}
