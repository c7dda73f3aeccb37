"""Several collections as one, for whoever asks or measures; `together` has how they are searched."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ragcli.answering.generate import Watcher
from ragcli.answering.llm.generator import Generator
from ragcli.collection import Collection
from ragcli.collection.ask import Asked, ask, ask_afresh
from ragcli.collection.look import Drawing
from ragcli.collection.together import query
from ragcli.embedding.models import LANGUAGES
from ragcli.embedding.protocol import Embedder
from ragcli.records import Answer, Block, Box, Citation, Found, Hit
from ragcli.settings import Mode, Order
from ragcli.threads import one_blas_thread

if TYPE_CHECKING:
    from ragcli.evaluation.questions import Question
    from ragcli.evaluation.run import Evaluation


class Several:
    """Fulfils `ask.Askable` for collections under the same settings. `document_id` of its hits means something here alone."""

    def __init__(self, collections: Sequence[Collection], lead: Collection | None = None) -> None:
        """`lead` is the one whose language model and reranker serve all, the first by default: they are loaded once."""
        self._collections = list(collections)
        self._lead = lead or collections[0]
        self.name = ",".join(collection.name for collection in collections)
        self.home, self.settings = collections[0].home, collections[0].settings

    def close(self) -> None:
        for collection in self._collections:
            collection.close()

    def query(
        self,
        question: str,
        k: int | None = None,
        mode: Mode | None = None,
        where: Sequence[str] = (),
        order: Order | None = None,
        merge: bool = True,
    ) -> Found:
        """As `together.query`, of those collections that the question is put to."""
        started = time.perf_counter()
        chosen = self.chosen(question, where)
        with one_blas_thread():
            found = query(chosen._collections, question, k, where, mode, order, merge, self._lead)
        seconds = {**found.seconds, "total": round(time.perf_counter() - started, 4)}
        return replace(found, hits=tuple(map(chosen._numbered, found.hits)), seconds=seconds)

    def ask(
        self,
        question: str,
        where: Sequence[str] = (),
        mode: Mode | None = None,
        k: int | None = None,
        watcher: Watcher | None = None,
        dry_run: bool = False,
    ) -> Answer:
        """As `Collection.ask`."""
        return ask(self, Asked(question, where, mode, k), watcher, dry_run)

    def evaluate(
        self,
        questions: "Sequence[Question]",
        where: Sequence[str] = (),
        with_answers: bool = True,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> "Evaluation":
        """As `Collection.evaluate`."""
        from ragcli.collection.evaluate import evaluate

        def answer(question: str) -> Answer:
            return ask_afresh(self.chosen(question, where), Asked(question, where))

        catalogs = [collection.catalog() for collection in self._collections]
        with one_blas_thread():
            return evaluate(self, catalogs, questions, answer if with_answers else None, where, on_progress)

    def draft_questions(self, n: int) -> list[dict[str, Any]]:
        """As `Collection.draft_questions`, over the documents of all."""
        from ragcli.collection.evaluate import sources
        from ragcli.evaluation.draft import draft_questions

        return draft_questions([one for each in self._collections for one in sources(each.catalog())], n)

    def chosen(self, question: str, where: Sequence[str] = ()) -> "Several":
        """Those of the collections that a question is put to: all."""
        return self

    def embedder(self) -> Embedder:
        """A multilingual one where there is one: it compares the sentences of all."""
        embedders = [collection.embedder() for collection in self._collections]
        return next((one for one in embedders if one.name not in LANGUAGES), embedders[0])

    def generator(self) -> Generator | None:
        return self._lead.generator()

    def rewriter(self) -> Generator:
        return self._lead.rewriter()

    def page_blocks(self, document_id: int, page: int | None, place: str | None) -> list[Block]:
        number, at = divmod(document_id, len(self._collections))
        return self._collections[at].page_blocks(number, page, place)

    def whole_document(self, best: Hit) -> tuple[Hit, ...]:
        number, at = divmod(best.document_id, len(self._collections))
        whole = self._collections[at].whole_document(replace(best, document_id=number))
        return tuple(self._numbered(replace(hit, collection=best.collection)) for hit in whole)

    def count_chunks(self) -> int:
        return sum(collection.count_chunks() for collection in self._collections)

    def share_of_chunks(self, terms: Sequence[str]) -> list[float]:
        counts = [collection.count_chunks() for collection in self._collections]
        shares = [collection.share_of_chunks(terms) for collection in self._collections]
        total = sum(counts) or 1
        return [
            sum(n * share for n, share in zip(counts, each, strict=True)) / total for each in zip(*shares, strict=True)
        ]

    def named_nowhere(self, question: str) -> list[str]:
        first, *others = (collection.named_nowhere(question) for collection in self._collections)
        return [one for one in first if all(one in other for other in others)]

    def doubts(self, question: str, leans_on: Sequence[Citation | Hit]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line for one in self._collections for line in one.doubts(question, leans_on)))

    def searched(self, where: Sequence[str] = ()) -> str:
        each = (f"{one.name}: {one.searched(where).removeprefix('searched: ')}" for one in self._collections)
        return f"searched: {'; '.join(each)}"

    def language_unknown(self, question: str) -> tuple[str, ...]:
        return tuple(line for one in self._collections for line in one.language_unknown(question))

    def generation(self) -> tuple[object, ...]:
        return tuple((one.name, one.generation()) for one in self._collections)

    def draw(self, path: str, page: int | None, boxes: Sequence[Box] = (), *, quote: str | None = None) -> Drawing:
        """A page as PNG, of the first collection that has the file. Raises: as `Collection.draw`."""
        owner = next((one for one in self._collections if one.holds(path)), self._collections[0])
        return owner.draw(path, page, boxes, quote=quote)

    def _numbered(self, hit: Hit) -> Hit:
        """Each collection counts its documents from 1: a number of its own for each of all."""
        at = next(at for at, one in enumerate(self._collections) if one.name == hit.collection)
        return replace(hit, document_id=hit.document_id * len(self._collections) + at)
