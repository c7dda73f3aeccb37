"""A second hop by rules, for questions whose answer takes two passages: "the editor of the journal in which … appeared".

A passage of the first search covers some words of the question and brings names of its own. Where such a name leads to
another passage that covers words which the first one leaves open, the two are a chain, and the second is lifted to an early
place. No language model is asked. The idea of EfficientRAG (Zhuang et al., 2024) and HippoRAG (Gutiérrez et al., 2024).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ragcli.retrieval.filters import Filter, and_among
from ragcli.retrieval.fusion import Fused
from ragcli.retrieval.lexical import Word, any_of, held, without
from ragcli.retrieval.question.syntax import in_a_row
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import terms

STARTS = 3  # first passages that a chain may begin at
PLACE = 3  # the first place that is kept for the end of a chain
OPEN = 0.15  # share of the question's weight that a first passage must leave open for `auto` to look further
# By how far to go: the score of a chain from which its end is lifted, and how many ends are at most. Training questions,
# one hop, auto, 2: all gold passages in the first five, hotpotqa (70) 0.614, 0.771, 0.871, 2wiki (100) 0.430, 0.520, 0.760;
# the one of questions that need no more, squad (250) 0.952, 0.952, 0.924, piaf_fr (250) 0.924, 0.924, 0.916, scifact (150)
# 0.720 each. A second end by `auto` costs squad two questions and wins none elsewhere; a score of 0.6 costs one.
REACH: Mapping[str, tuple[float, int]] = {"auto": (0.65, 1), "2": (0.4, 2)}

_NAME = re.compile(  # "Quarterly of Boreal Hydrology" and "Apollo 11", without the year of "in 1987"
    r"[A-ZÀ-Þ][\w’'&.-]*\w(?:\s(?:(?:of|the|de|du|des|la|le|les|and|et|for|in|d’|von|van)\s){0,2}[A-ZÀ-Þ][\w’'&.-]*\w|\s\d[\w.-]*)*"
)
_MOST_NAMES, _MOST_PASSAGES = 15, 25  # of a passage that are looked up; that may hold a name


@dataclass(frozen=True, slots=True)
class Chain:
    """From one chunk over a name to another, with its score, 0 to about 1.5."""

    start: int
    name: str
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Within:
    """What a second search may find: chunks of the filter, without those that hold what was excluded (FTS5)."""

    where: Filter | None = None
    excluded: str = ""


def chains(
    catalog: Catalog,
    words: Sequence[Word],
    ranked: Sequence[Fused],
    nearness: Mapping[int, float],
    only_open: bool,
    within: Within,
) -> list[Chain]:
    """Return chains from the first passages, the best first, one per end.

    Args:
        words: of the question, with their weights.
        nearness: chunk id -> its dense score on [0, 1]; a chunk that is not in it has 0.
        only_open: no chain when a first passage has all words of the question, as far as `OPEN` allows.
    """
    words = [word for word in words if word.passages]  # what no passage holds, no second search finds
    weight = sum(word.idf for word in words)
    if not weight:
        return []
    asked = {term for word in words for term in word.terms}
    languages = catalog.document_languages()
    first = [one.chunk_id for one in ranked[:STARTS]]
    best: dict[int, Chain] = {}
    known: dict[int, frozenset[str]] = {}
    for place, start in enumerate(first):
        text, held = _chunk(catalog, start)
        open_words = [word for word in words if not held.intersection(word.terms)]
        left = sum(word.idf for word in open_words)
        if only_open and left < OPEN * weight:
            return []  # this passage answers the whole question
        for name in _names(text, asked):
            for end, title in _passages_with(catalog, name, languages, within):
                if end == start:
                    continue
                if end not in known:
                    known[end] = _chunk(catalog, end)[1]
                covered = sum(word.idf for word in open_words if known[end].intersection(word.terms))
                is_titled = in_a_row(name) in in_a_row(title)
                score = (
                    covered / max(left, 0.2 * weight) * 0.6
                    + 0.4 * is_titled
                    + 0.4 * nearness.get(end, 0.0)
                    - 0.05 * place
                )
                if end not in best or best[end].score < score:
                    best[end] = Chain(start, name, end, score)
    return sorted(best.values(), key=lambda chain: (-chain.score, chain.end))


def lift_ends(
    ranked: Sequence[Fused], found: Sequence[Chain], good: float, most: int
) -> tuple[list[Fused], list[Chain]]:
    """Bring the ends of the best chains to the places from `PLACE` on; return the order, and the chains that count.

    One that stands before them stays there; one that has such a place already keeps it.
    """
    order = list(ranked)
    taken: list[Chain] = []
    for chain in found:
        if len(taken) == most or chain.score < good:
            break
        at = next((at for at, one in enumerate(order) if one.chunk_id == chain.end), None)
        place = PLACE - 1 + len(taken)
        if at is not None and at < place:
            continue
        taken.append(chain)
        if at == place:
            continue
        if at is not None:
            order.pop(at)
        score = order[place].score if place < len(order) else (order[-1].score if order else 0.0)
        order.insert(place, Fused(chain.end, score))
    return order, taken


def _chunk(catalog: Catalog, chunk_id: int) -> tuple[str, frozenset[str]]:
    text, title, section, body = catalog.sql.execute(
        "SELECT c.text, l.title, l.section, l.body FROM chunks c JOIN lexical l ON l.rowid = c.id WHERE c.id = ?",
        (chunk_id,),
    ).fetchone()
    return text, frozenset(f"{title} {section} {body}".split())


def _names(text: str, asked: set[str]) -> list[str]:
    """Names in a text that say more than the question does, the first ones first."""
    found = dict.fromkeys(match[0] for match in _NAME.finditer(text))
    news = [name for name in found if len(name) > 3 and not asked.issuperset(terms(name, None))]
    return news[:_MOST_NAMES]


def _passages_with(
    catalog: Catalog, name: str, languages: Sequence[str | None], within: Within
) -> list[tuple[int, str]]:
    """(chunk id, title) of the passages that hold a name; none when they are many: it tells nothing then."""
    phrases = {" ".join(terms(name, language)) for language in languages} - {""}
    if not phrases:
        return []
    match = held(any_of(sorted(phrases)))
    condition, parameters = and_among("l.rowid", within.where)
    rows = catalog.sql.execute(
        "SELECT c.id, d.title FROM lexical l JOIN chunks c ON c.id = l.rowid JOIN documents d ON d.id = c.document_id"
        f" WHERE lexical MATCH ? {condition} LIMIT ?",
        (without(match, within.excluded), *parameters, _MOST_PASSAGES + 1),
    ).fetchall()
    return [(int(chunk_id), title or "") for chunk_id, title in rows] if len(rows) <= _MOST_PASSAGES else []
