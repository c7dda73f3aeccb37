"""Whose documents those are that a question names somebody of: they say the name often, the others in passing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ragcli.retrieval.across import question_language
from ragcli.retrieval.lexical import any_of, held, share_of_chunks
from ragcli.retrieval.naming.documents import documents_of
from ragcli.retrieval.naming.named_documents import Named
from ragcli.retrieval.naming.openings import WIDELY, is_written_large, longer, names_said
from ragcli.retrieval.question.asking import NOUNS_ARE_CAPITAL
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import content_terms, fold

# Of the share of passages that hold a name in the document that says it most: one with less is of another.
_HARDLY = 0.2
_OFTEN = 0.05  # share of a document's passages that hold a name, from which it may be of whom the name is
_FEW = 0.5  # of the documents


@dataclass(frozen=True, slots=True)
class Said:
    """A name of a question, and who says it how often."""

    name: str
    match: str  # FTS5, for the passages that say it
    shares: Mapping[int, float]  # of a document's passages, those that say it
    long: frozenset[int]  # those of the documents that are more than an opening

    @property
    def most(self) -> float:
        return max((self.shares[one] for one in self.long or self.shares), default=0.0)


def names_told(catalog: Catalog, question: str, documents: Named) -> list[Said]:
    """The names in a question that passages say, but for those that say nothing since half of all do.

    Args:
        documents: that the question names already; the words in which it does are looked into no more.
    """
    languages = catalog.document_languages()
    found: list[Said] = []
    own = question_language(question, languages)
    words = (word for run in names_said(catalog, question, own) for word in run.split())
    for name in dict.fromkeys(words):
        stems = {stem for language in languages for stem in content_terms(name, language)}
        if fold(name) in documents.said or not stems:
            continue
        if max(share_of_chunks(catalog.sql, sorted(stems))) * catalog.count_chunks() > WIDELY:
            continue
        match = held(any_of(sorted(stems)))
        rows = catalog.sql.execute(
            "SELECT c.document_id, count(*) * 1.0 / (SELECT max(ordinal) + 1 FROM chunks WHERE document_id = c.document_id)"
            " FROM lexical JOIN chunks c ON c.id = lexical.rowid WHERE lexical MATCH ? GROUP BY c.document_id",
            (match,),
        )
        shares: dict[int, float] = dict(rows.fetchall())
        found.append(Said(name, match, shares, longer(catalog, shares)))
    return found


def speak_of(told: Iterable[Said]) -> list[frozenset[int]]:
    """For each name that some documents say often, those documents.

    A document that is hardly more than a passage tells nothing by how often it says a name: once is enough.
    """
    found = []
    for one in told:
        if (most := one.most) >= _OFTEN:  # asked once: it looks at each document
            least = _HARDLY * most
            found.append(frozenset(id for id, share in one.shares.items() if id not in one.long or share >= least))
    return found


def in_passing(catalog: Catalog, question: str, told: Iterable[Said], chunk_ids: Iterable[int]) -> frozenset[int]:
    """Those of the chunks that do not say a name which documents say in passing alone: they are of somebody else.

    What a report has on taxes is not Apple's for Apple being mentioned on another page. A word that documents write in small
    letters as well is no name.
    """
    if question_language(question, catalog.document_languages()) in NOUNS_ARE_CAPITAL:
        return frozenset()
    lacking: set[int] = set()
    for one in told:
        if one.shares and one.long >= one.shares.keys() and one.most < _OFTEN and is_written_large(catalog, one.name):
            rows = catalog.sql.execute("SELECT rowid FROM lexical WHERE lexical MATCH ?", (one.match,))
            lacking.update(set(chunk_ids).difference(chunk_id for (chunk_id,) in rows))
    return frozenset(lacking)


def says(catalog: Catalog, told: Iterable[Said], chunk_id: int) -> bool:
    """Whether a chunk says a name itself that few documents say often: it speaks of whom the question names.

    The page on what to do when `HEY` is attacked is of it, however much else its document is about.
    """
    few = _FEW * catalog.count("documents")
    return any(
        catalog.sql.execute(
            "SELECT 1 FROM lexical WHERE lexical MATCH ? AND rowid = ?", (one.match, chunk_id)
        ).fetchone()
        for one in told
        if any(len(own) <= few for own in speak_of([one]))
    )


def of_others(
    catalog: Catalog, question: str, meant: Sequence[frozenset[int]], chunk_ids: Iterable[int]
) -> frozenset[int]:
    """Those of the chunks that stand in longer documents which speak of none whom the question names.

    None in German, where any noun would be a name, nor by a name that most documents say, or only short ones.

    Args:
        meant: by `speak_of`.
    """
    if not meant or question_language(question, catalog.document_languages()) in NOUNS_ARE_CAPITAL:
        return frozenset()
    document_of = documents_of(catalog, chunk_ids)
    long = longer(catalog, {*document_of.values()}.union(*meant))
    few = [own for those in meant if (own := those & long) and len(own) <= _FEW * catalog.count("documents")]
    others = long.difference(*few) if few else frozenset()
    return frozenset(chunk_id for chunk_id, document_id in document_of.items() if document_id in others)
