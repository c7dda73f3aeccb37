"""Which collections a question is for: judged by the best passage of each, and by what its owner says it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.answering.terms import terms
from ragcli.collection import Collection
from ragcli.collection.several import each_found

WITHIN = 0.75  # of the best collection's strength: those that a route takes
_DESCRIPTION = 0.2  # of a collection's strength, when its description holds all words of the question
_LOOKED_AT = 5  # passages of each collection that a route judges by


@dataclass(frozen=True, slots=True)
class Route:
    """A collection, how well it fits the question (0 to about 1), whether it is searched, and why."""

    collection: str
    strength: float
    is_taken: bool
    why: str


def route(collections: Sequence[Collection], question: str, where: Sequence[str] = ()) -> list[Route]:
    """Judge each collection by its best passage and its description; the strongest first.

    Raises: as `query`.
    """
    judged: list[tuple[float, str, Collection]] = []
    for collection in collections:
        found, wrong = each_found([collection], question, _LOOKED_AT, where)
        if wrong and len(collections) == 1:
            raise wrong[0]
        hits = found[0] if found else []
        asked = terms(question, hits[0].language if hits else None)
        described = terms(collection.description or "", hits[0].language if hits else None)
        share = len(asked & described) / len(asked) if asked else 0.0
        best = hits[0].score if hits else 0.0
        covers = max((hit.covers or 0.0 for hit in hits), default=0.0)
        why = f"best passage {best:.2f}, words covered {min(1.0, covers):.0%}"
        why += f", description {share:.0%}" if collection.description else ""
        judged.append((best + _DESCRIPTION * share, why, collection))
    judged.sort(key=lambda one: (-one[0], one[2].name))
    strongest = judged[0][0] if judged else 0.0
    return [
        Route(collection.name, round(strength, 3), strength > 0 and strength >= WITHIN * strongest, why)
        for strength, why, collection in judged
    ]
