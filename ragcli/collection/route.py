"""Which collections a question is for: judged by the best passage of each, and by what its owner says it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ragcli.answering.generate import Watcher
from ragcli.answering.wording.terms import terms
from ragcli.collection import Collection
from ragcli.collection.ask import demand_nothing_is_sent
from ragcli.collection.several import Several
from ragcli.collection.together import each_found
from ragcli.records import Answer
from ragcli.settings import Mode

if TYPE_CHECKING:
    from ragcli.evaluation.questions import Question
    from ragcli.evaluation.run import Evaluation

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


class Routed(Several):
    """Several collections, of which each question is put to those that it is for."""

    def __init__(self, collections: Sequence[Collection], on_routes: Callable[[Sequence[Route]], None]) -> None:
        super().__init__(collections)
        self._on_routes = on_routes

    def ask(
        self,
        question: str,
        where: Sequence[str] = (),
        mode: Mode | None = None,
        k: int | None = None,
        watcher: Watcher | None = None,
        dry_run: bool = False,
    ) -> Answer:
        if dry_run:  # to judge is to search
            demand_nothing_is_sent(self.settings)
        return self.chosen(question, where).ask(question, where, mode, k, watcher, dry_run)

    def evaluate(
        self,
        questions: "Sequence[Question]",
        where: Sequence[str] = (),
        with_answers: bool = True,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> "Evaluation":
        run = super().evaluate(questions, where, with_answers, on_progress)
        return replace(run, settings={**run.settings, "route": True})

    def chosen(self, question: str, where: Sequence[str] = ()) -> Several:
        routes = route(self._collections, question, where)
        self._on_routes(routes)
        chosen = {one.collection for one in routes if one.is_taken}
        return Several([one for one in self._collections if one.name in chosen] or self._collections[:1], self._lead)


def route(collections: Sequence[Collection], question: str, where: Sequence[str] = ()) -> list[Route]:
    """Judge each collection by its best passage and its description; the strongest first.

    Raises: as `query`.
    """
    found, wrong = each_found(collections, question, _LOOKED_AT, where, by_subject=True)
    if not found:
        raise wrong[0]
    judged: list[tuple[float, str, Collection]] = []
    for collection in collections:
        hits = found[collection.name].hits if collection.name in found else ()
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
