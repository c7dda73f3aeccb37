"""The Python API: `Collection.open(name)`, then `.ingest(paths)`, `.query(question)`, `.ask(question)`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ragcli.clock import Clock
from ragcli.config import home_folder
from ragcli.errors import StoreError, UsageError
from ragcli.records import Answer, Block, Box, Citation, Found, Hit, Report, Value
from ragcli.settings import Mode, Order, Settings
from ragcli.threads import one_blas_thread

if TYPE_CHECKING:
    from ragcli.answering.generate import Watcher
    from ragcli.answering.llm.generator import Generator
    from ragcli.collection.index import IndexReport
    from ragcli.collection.ingest import Progress
    from ragcli.collection.look import Drawing, Passage, ReadPage, Status
    from ragcli.collection.query import Among
    from ragcli.embedding.protocol import Embedder
    from ragcli.evaluation.questions import Question
    from ragcli.evaluation.run import Evaluation
    from ragcli.reading.walk import Walk
    from ragcli.retrieval.fields import Field
    from ragcli.retrieval.rerank import Reranker
    from ragcli.storage.catalog import Catalog


class Collection:
    """One index on disk: a folder below RAG_HOME/collections."""

    def __init__(self, name: str, home: Path, settings: Settings) -> None:
        self.name, self.home, self.settings = name, home, settings
        self.folder = home / "collections" / name
        self._catalog: Catalog | None = None
        self._embedder: Embedder | None = None
        self._generator: Generator | None = None
        self._rewriter: Generator | None = None
        self._reranker: Reranker | None = None

    @classmethod
    def open(cls, name: str = "default", home: Path | None = None, settings: Settings | None = None) -> Self:
        """Name a collection; it is made by the first `ingest`.

        Raises: UsageError when the name can't be a folder's.
        """
        if not re.fullmatch(r"[\w][\w.-]{0,63}", name):
            raise UsageError(f"'{name}' can't name a collection", "use letters, digits, dots and hyphens")
        return cls(name, home or home_folder(), settings or Settings())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the catalog and of the language models."""
        if self._catalog is not None:
            self._catalog.close()
            self._catalog = None
        for model in (self._generator, self._rewriter):
            if model is not None:
                model.close()
        self._generator = self._rewriter = None

    @property
    def description(self) -> str | None:
        """What the collection is about, in its owner's words."""
        text: str | None = self.catalog().setting("description")
        return text

    def describe(self, text: str) -> None:
        """Say what the collection is about; `--route` reads it."""
        with self._writing(create=False) as catalog, catalog.transaction():
            catalog.set("description", text)

    # ---- writing

    def ingest(
        self,
        paths: Sequence[Path],
        meta: Mapping[str, Value] | None = None,
        prune: bool = True,
        force: bool = False,
        on_progress: "Callable[[Progress], None] | None" = None,
        passwords: Sequence[str] = (),
    ) -> Report:
        """Read what is new or changed at and below `paths`, and drop what was deleted there unless `prune` is False.

        `passwords` are tried on locked files, and kept nowhere. No collection is made for a path below which no file is.

        Raises: BusyError when another process writes; ModelError when the embedding model is missing.
        """
        from ragcli.collection.deepen import after_ingest
        from ragcli.collection.ingest import Ingest

        clock = Clock(dict.fromkeys(("walk", "read", "embed", "commit"), 0.0))
        with clock.step("walk"):
            walked = self.walk(paths)
        if not (walked.files or (self.folder / "catalog.sqlite").is_file()):
            return Report(failed=walked.failures, seconds=clock.told(), notes=walked.notes)
        with self._writing(create=True) as catalog:
            run = Ingest(catalog, self.name, self.settings, self.home, meta or {}, on_progress, clock, passwords)
            report = run.run(walked, prune, force)
            self._embedder = self._embedder or run.embedder
            return after_ingest(
                catalog, self.name, self.settings, report, self._writing_embedder, run.on_progress, run.work
            )

    def sent_elsewhere(self, ingesting: bool = True) -> str | None:
        """What of the documents an `ingest`, or else an `index`, sends away for reading, and where to; None: nothing.

        Raises: UsageError or ModelError when the configured extractor can't be used.
        """
        from ragcli.collection.extractors import sent_elsewhere

        return sent_elsewhere(self.settings, self.home, ingesting)

    def walk(self, paths: Sequence[Path]) -> "Walk":
        """The files that `ingest` would look at."""
        from ragcli.reading.walk import walk

        return walk(paths, self.settings.reading.include, self.settings.reading.exclude)

    def index(self, rebuild: bool = False, on_progress: Callable[[int, int], None] | None = None) -> "IndexReport":
        """Finish the second pass over tables and equations, then merge all segments and drop what is dead.

        `rebuild` cuts and embeds every stored page anew first, with another model or chunking.
        """
        from ragcli.collection.index import index

        with self._writing(create=False) as catalog:
            return index(catalog, self.settings, self.home, rebuild, self._writing_embedder, on_progress)

    def remove(self, paths: Sequence[str]) -> int:
        """Forget the documents at and below `paths` (as `list` shows them); return how many files went.

        Raises: UsageError for an empty path, below which everything would be.
        """
        from ragcli.collection.files import forget_below

        if "" in paths:
            raise UsageError("a path to forget is empty", "name files and folders as `rag list` shows them")
        with self._writing(create=False) as catalog, catalog.transaction():
            return forget_below(catalog, paths)

    # ---- asking

    def query(
        self,
        question: str,
        k: int | None = None,
        mode: Mode | None = None,
        where: Sequence[str] = (),
        order: Order | None = None,
        merge: bool = True,
        among: "Among | None" = None,
    ) -> Found:
        """Return the passages that match best; with `merge` neighbouring chunks are one passage.

        Args:
            among: what is settled for all, when the question is put to several collections: passages are then neither
                reranked nor dropped for a low score, for that is done with those of all.
        Raises: StoreError when there is no index or it is of another embedding model; UsageError for a bad filter;
            ModelError when a reranker is configured and can't be had.
        """
        from ragcli.collection.query import query

        own = self.settings.retrieval
        retrieval = replace(own, k=k or own.k, mode=mode or own.mode, order=order or own.order)
        with one_blas_thread():
            return query(self, question, retrieval, where, merge, among)

    def ask(
        self,
        question: str,
        where: Sequence[str] = (),
        mode: Mode | None = None,
        k: int | None = None,
        watcher: "Watcher | None" = None,
        dry_run: bool = False,
    ) -> Answer:
        """Answer from the documents, each sentence with its proof, or say that the answer is not there.

        Args:
            watcher: is shown the prompt and the pieces of a generated answer as they come, not yet verified.
            dry_run: do all but ask the model; `Answer.prompt` is what it would be given.
        Raises: as `query`; ModelError when a language model is asked for and can't be had; UsageError when it is an
            endpoint and the settings say offline.
        """
        from ragcli.collection.ask import Asked, ask

        return ask(self, Asked(question, where, mode, k), watcher, dry_run)

    def evaluate(
        self,
        questions: "Sequence[Question]",
        where: Sequence[str] = (),
        with_answers: bool = True,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> "Evaluation":
        """Ask all questions, and measure what comes. Raises: as `ask`; ModelError when ir-measures is not installed."""
        from ragcli.collection.ask import Asked, ask_afresh
        from ragcli.collection.evaluate import evaluate

        def ask(question: str) -> Answer:
            return ask_afresh(self, Asked(question, where))  # not a kept answer: its time is measured

        with one_blas_thread():
            return evaluate(self, [self.catalog()], questions, ask if with_answers else None, where, on_progress)

    def draft_questions(self, n: int) -> list[dict[str, Any]]:
        """At most n rows of a questions file, drafted from the documents, for a person to correct."""
        from ragcli.collection.evaluate import sources
        from ragcli.evaluation.draft import draft_questions

        return draft_questions(sources(self.catalog()), n)

    # ---- models

    def embedder(self) -> "Embedder":
        """The embedding model of the collection, loaded by its first use."""
        if self._embedder is None:
            from ragcli.collection.model import demand_allowed, recorded_model

            demand_allowed(self.settings)
            self._embedder = recorded_model(self.catalog(), self.settings.embedding, self.home, self.name)
        return self._embedder

    def generator(self) -> "Generator | None":
        """The language model, loaded by its first use and kept until `close`; None when quotes answer."""
        if self._generator is None:
            from ragcli.answering.llm.models import load_generator

            self._generator = load_generator(self.settings.answering, self.home, self.settings.offline)
        return self._generator

    def rewriter(self) -> "Generator":
        """The language model that rewrites questions: the one that answers, else what style generate would take.

        Raises: ModelError when it can't be had; UsageError when it is an endpoint and the settings say offline.
        """
        from ragcli.answering.llm.models import load_writer

        if (answering := self.generator()) is not None:
            return answering
        if self._rewriter is None:
            self._rewriter = load_writer(self.settings.answering, self.home, self.settings.offline)
        return self._rewriter

    def reranker(self) -> "Reranker | None":
        """The cross-encoder that the settings name, loaded by its first use; None when they name none."""
        name = self.settings.rerank.model
        if self._reranker is None and name is not None:
            from ragcli.retrieval.cross_encoder import load_cross_encoder

            self._reranker = load_cross_encoder(name, self.home, self.settings.embedding.device)
        return self._reranker

    @contextmanager
    def trying(self, embedder: "Embedder") -> "Iterator[None]":
        """Ask with another embedder, which must give the same vectors; `settings` may be changed inside, and come back."""
        settings, own = self.settings, self._embedder
        self._embedder = embedder
        try:
            yield
        finally:
            self.settings, self._embedder = settings, own

    # ---- what answers are made from

    def holds(self, path: str) -> bool:
        """Whether a file is in the collection."""
        return self.catalog().sql.execute("SELECT 1 FROM files WHERE path = ?", (path,)).fetchone() is not None

    def count_chunks(self) -> int:
        """How many passages it holds."""
        return self.catalog().count_chunks()

    def share_of_chunks(self, terms: Sequence[str]) -> list[float]:
        """For each term, as `storage.terms` makes them, the share of all chunks that hold it."""
        from ragcli.retrieval.lexical import share_of_chunks

        return share_of_chunks(self.catalog().sql, terms)

    def named_nowhere(self, question: str) -> list[str]:
        """The numbered parts and codes in a question that no document has: `article 312`, `LM7805`."""
        from ragcli.retrieval.naming.absent import named_nowhere

        return named_nowhere(self.catalog(), question)

    def whole_document(self, best: Hit) -> tuple[Hit, ...]:
        """The passages of the document in which `best` stands, as they follow each other."""
        from ragcli.retrieval.fetch import whole_document

        return whole_document(self.catalog(), best)

    def doubts(self, question: str, leans_on: Sequence[Citation | Hit]) -> tuple[str, ...]:
        """A warning for each of these files of which pages are missing, or hidden text is quoted, or that were not read."""
        from ragcli.collection.unread import doubts

        return doubts(self.catalog(), question, leans_on)

    def searched(self, where: Sequence[str] = ()) -> str:
        """What a question is asked of, in one line."""
        from ragcli.collection.unread import searched

        return searched(self.catalog(), where)

    def language_unknown(self, question: str) -> tuple[str, ...]:
        """A warning when the embedding model does not know the language of a question."""
        from ragcli.collection.model import question_warning

        return question_warning(self.catalog(), question, self.embedder(), self.name)

    def generation(self) -> tuple[object, ...]:
        """Another after each commit, which changes the catalog or its log."""
        from ragcli.answering.kept import stamp

        catalog = self.folder / "catalog.sqlite"
        return stamp(catalog, catalog.with_name("catalog.sqlite-wal"))

    def page_blocks(self, document_id: int, page: int | None, place: str | None) -> list[Block]:
        """The blocks of one page, as they were read."""
        return self.catalog().blocks(document_id, page, place)

    # ---- looking

    def status(self) -> "Status":
        """What it holds, in figures."""
        from ragcli.collection import look

        return look.status(self.catalog(), self.name)

    def documents(self) -> list[dict[str, Any]]:
        """Each file with what is known of it, sorted by path."""
        from ragcli.collection import look

        return look.documents(self.catalog())

    def fields(self) -> "list[Field]":
        """What `where` can filter on."""
        from ragcli.retrieval.fields import fields

        return fields(self.catalog().sql)

    def ledger(self, path: str) -> list[dict[str, Any]]:
        """A document's ledger: one row per page. Raises: UsageError when no such file is in the collection."""
        from ragcli.collection import look

        return look.ledger(self.catalog(), path, self.name)

    def warnings(self, path: str) -> list[str]:
        """What was said of a document when it was read: that it is damaged, holds hidden text, …"""
        from ragcli.collection import look

        return look.warnings(self.catalog(), path)

    def page(self, path: str, page: int | str) -> "ReadPage":
        """A page or slide, or a section or sheet by its name, as it was read. Raises: UsageError when there is none."""
        from ragcli.collection import look

        return look.page(self.catalog(), path, str(page), self.name)

    def passage(self, chunk_id: int) -> "Passage":
        """A stored passage by the `chunk_id` of a hit. Raises: UsageError when there is none."""
        from ragcli.collection import look

        return look.passage(self.catalog(), chunk_id, self.name)

    def draw(
        self,
        path: str,
        page: int | None,
        boxes: Sequence[Box] = (),
        passwords: Sequence[str] = (),
        quote: str | None = None,
    ) -> "Drawing":
        """A page as PNG, the boxes marked on it, or of them only the words of `quote`.

        Raises: UsageError without pages; ReadError when the file is gone.
        """
        from ragcli.collection import look

        return look.draw(self.catalog(), path, page, tuple(boxes), tuple(passwords), quote)

    def verify(self) -> list[str]:
        """One line per fault of the index; empty when it is whole."""
        from ragcli.storage.verify import problems

        catalog = self.catalog()
        return problems(catalog, int((catalog.setting("model") or {"dimension": 0})["dimension"]))

    # ---- the catalog

    @contextmanager
    def _writing(self, create: bool) -> "Iterator[Catalog]":
        from ragcli.storage.catalog import Catalog
        from ragcli.storage.lock import writer_lock
        from ragcli.storage.merge import sweep

        if not create:
            self._demand_it_is_there()
        self.home.mkdir(0o700, parents=True, exist_ok=True)  # its documents may be for nobody else
        with writer_lock(self.folder, self.name):
            self.close()
            self._catalog = catalog = Catalog(self.folder, create)
            try:
                yield catalog
            except BaseException:
                sweep(catalog)  # a segment that no commit names would keep a full disk full
                raise

    def catalog(self) -> "Catalog":
        """The open catalog, to read from. Raises: StoreError when there is no index, or it is damaged."""
        if self._catalog is None:
            from ragcli.storage.catalog import Catalog

            self._demand_it_is_there()
            self._catalog = Catalog(self.folder)
        return self._catalog

    def _demand_it_is_there(self) -> None:
        if not (self.folder / "catalog.sqlite").is_file():
            raise StoreError(f"there is no collection '{self.name}'", f"make it: rag ingest PATH -c {self.name}")

    def _writing_embedder(self) -> "Embedder":
        from ragcli.collection.model import check_probes

        embedder = self.embedder()
        check_probes(self.catalog(), embedder, self.name)
        return embedder


def collections(home: Path | None = None) -> list[str]:
    """The names of all collections below a home."""
    folder = (home or home_folder()) / "collections"
    return sorted(path.parent.name for path in folder.glob("*/catalog.sqlite"))


__all__ = ["Answer", "Collection", "Found", "Hit", "Report", "collections"]
