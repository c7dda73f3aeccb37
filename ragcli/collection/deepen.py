"""The second pass: tables, equations and the order of pages that are searchable already, likeliest first, in a budget."""

import dataclasses
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from ragcli.collection.extractors import open_extraction, reads_formulas
from ragcli.collection.files import unchanged_file
from ragcli.collection.ingest import Progress
from ragcli.collection.stored import embed_documents
from ragcli.collection.waiting import (
    Waiting,
    found_before,
    keep_layout,
    keep_outcome,
    layouts_before,
    look_behind,
    page_and_hash,
    tables_and_equations,
    waiting_pages,
)
from ragcli.counted import counted
from ragcli.embedding.protocol import Embedder
from ragcli.reading.pool.pool import read_files
from ragcli.reading.pool.tasks import Look, Reread
from ragcli.reading.work import Work
from ragcli.records import Block, Failure, Page, Report, SecondPass
from ragcli.settings import Settings
from ragcli.storage.catalog import Catalog

if TYPE_CHECKING:
    from ragcli.reading.extractors.extraction import Extraction

_UNCOMMITTED = 60.0  # seconds of looking at pages, before their documents are committed
# Times as long as the last commit took: each reads and cuts whole documents anew, and one of 5,000 pages takes a minute.
_PER_COMMIT = 3.0
DONE = "done"


def deepen(
    catalog: Catalog,
    settings: Settings,
    load_embedder: Callable[[], Embedder],
    budget: float | None,
    on_progress: Callable[[int, int], None] | None,
    work: Work,
) -> SecondPass:
    """Look at the pages that may hold a table or an equation, or are out of order, and replace their documents' chunks.

    Each document is replaced in one transaction; a kill loses what was looked at since the last. Texts that stay are not
    embedded again. A page that fails keeps what the first pass read.

    Args:
        load_embedder: called when the first chunk is cut, not before.
        budget: seconds after which no further page is begun; None: until none is left.
        on_progress: called with the pages done and all that wait.
        work: the passwords of locked files; a file that none opens waits.
    """
    started = time.perf_counter()
    home = catalog.folder.parent.parent
    with open_extraction(reads_formulas(settings), settings, home) as extraction:
        run = _Deepening(catalog, settings, load_embedder, on_progress, work, extraction)
        run.until(math.inf if budget is None else started + budget)
    seconds = round(time.perf_counter() - started, 3)
    waiting = len({(page.document_id, page.number) for page in waiting_pages(catalog, settings.reading)})
    told = tuple(f"{path}: formulas without marker: {reason}" for path, reason in run.without_marker.items())
    tables, equations = max(0, run.tables), max(0, run.equations)  # a table may take in what passed for formulas before
    return SecondPass(len(run.pages), tables, equations, run.ordered, waiting, tuple(run.failed), seconds, told)


def after_ingest(
    catalog: Catalog,
    name: str,
    settings: Settings,
    report: Report,
    load_embedder: Callable[[], Embedder],
    on_progress: Callable[[Progress], None] | None,
    work: Work,
) -> Report:
    """Do as much of the second pass as fits the budget of an ingest, and add it to the ingest's report."""

    def tell(done: int, of_all: int) -> None:
        if on_progress:
            on_progress(Progress(done, of_all, report.pages, "tables and equations"))

    done = deepen(catalog, settings, load_embedder, settings.reading.second_pass, tell, work)
    if not done.pages and not done.waiting:
        return report
    seconds = {**report.seconds, "second_pass": done.seconds}
    seconds["total"] = round(seconds["total"] + done.seconds, 3)
    told = (*report.notes, *notes(done, name))
    return dataclasses.replace(report, chunks=catalog.count_chunks(), seconds=seconds, second_pass=done, notes=told)


def notes(done: SecondPass, collection: str) -> tuple[str, ...]:
    """What people are told."""
    failed = tuple(
        f"{failure.path}{f' p.{failure.page}' if failure.page else ''}: no search for tables and equations,"
        f" {failure.reason}; its text is searchable"
        for failure in done.failed
    )
    found = (
        f"{counted(done.tables, 'table')} and {counted(done.equations, 'equation')} on {counted(done.pages, 'page')}"
    )
    found += f" in {done.seconds:.0f} s" + (f", {done.ordered} of them put in order" if done.ordered else "")
    left = f"; {counted(done.waiting, 'page')} left, go on with: rag index -c {collection}" if done.waiting else ""
    return (*failed, *done.notes, f"second pass: {found}{left}")


class _Deepening:
    """One run over one collection, under its writer's lock."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        load_embedder: Callable[[], Embedder],
        on_progress: Callable[[int, int], None] | None,
        work: Work,
        extraction: "Extraction | None",
    ) -> None:
        self.catalog, self.settings, self.load_embedder = catalog, settings, load_embedder
        self.on_progress, self.work, self.extraction = on_progress, work, extraction
        self.pages: set[tuple[int, int]] = set()  # looked at
        self.tables = self.equations = self.ordered = 0
        self.failed: list[Failure] = []
        self.without_marker: dict[Path, str] = {}  # files whose formulas it did not read, and why
        self.outcomes: dict[Waiting, str] = {}  # other than done
        self.locked: set[int] = set()  # documents that no password opens
        self.committing = 0.0  # seconds that the last commit took

    def until(self, deadline: float) -> None:
        """Look at pages until the deadline, on the clock of `time.perf_counter`, or until none is left."""
        while time.perf_counter() < deadline and (looks := self._looks()):
            self._round(looks, deadline)

    def _looks(self) -> dict[Look, Waiting]:
        """Pages to look at whose file is there."""
        looks = {}
        for each in waiting_pages(self.catalog, self.settings.reading):
            path = None if each.document_id in self.locked else unchanged_file(self.catalog, each.document_id)
            if path:
                looks[Look(path, each.number, each.kind, each.is_ocr, each.language)] = each
        return looks

    def _round(self, looks: Mapping[Look, Waiting], deadline: float) -> None:
        found: dict[Waiting, tuple[Block, ...]] = {}
        reading = self.settings.reading
        limited = dataclasses.replace(reading, timeout=min(reading.page_timeout, reading.timeout))
        reader = "ragcli.reading.pool.second_pass:look"
        committed = time.perf_counter()
        with closing(read_files(looks, limited, reading.jobs, reader=reader, work=self.work)) as outcomes:
            for done, (look, outcome) in enumerate(outcomes, start=1):
                page = looks[look]
                if not isinstance(outcome, Failure):
                    found[page] = outcome.pages[0].blocks
                elif outcome.kind == "encrypted":
                    self.locked.add(page.document_id)
                    continue
                else:
                    self._fail([page], outcome)
                self.pages.add((page.document_id, page.number))
                if self.on_progress:
                    self.on_progress(done, len(looks))
                if time.perf_counter() > deadline:
                    break
                if time.perf_counter() - committed > max(_UNCOMMITTED, _PER_COMMIT * self.committing):
                    self._commit(self._with_latex(found, deadline))
                    found.clear()
                    committed = time.perf_counter()
        self._commit(self._with_latex(found, deadline))

    def _with_latex(
        self, found: Mapping[Waiting, tuple[Block, ...]], deadline: float
    ) -> Mapping[Waiting, tuple[Block, ...]]:
        """What was found with marker's LaTeX for its formulas; pages for which the time is over are left out, and wait."""
        if self.extraction is None:
            return found
        from ragcli.reading.extractors.extraction import with_latex

        read: dict[Waiting, tuple[Block, ...]] = {}
        for page, blocks in found.items():
            path = unchanged_file(self.catalog, page.document_id) if page.kind == "equation" and blocks else None
            if path is None:
                read[page] = blocks
            elif time.perf_counter() < deadline:
                own, sha256 = page_and_hash(self.catalog, page)
                others, failure = self.extraction.pages(path, sha256, [page.number])
                other = others.get(page.number)
                read[page] = with_latex(blocks, own, other) if other else blocks
                if failure:
                    self.without_marker.setdefault(path, failure)
                    self.outcomes[page] = f"done without marker: {failure}"
            else:
                self.pages.discard((page.document_id, page.number))
        return read

    def _fail(self, pages: Iterable[Waiting], failure: Failure) -> None:
        with self.catalog.transaction():
            for page in pages:
                self.failed.append(dataclasses.replace(failure, page=page.number))
                keep_outcome(self.catalog, page, f"{failure.kind}: {failure.reason}")

    # ---- storing

    def _commit(self, found: Mapping[Waiting, tuple[Block, ...]]) -> None:
        began = time.perf_counter()
        self._store(found)
        self.committing = time.perf_counter() - began

    def _store(self, found: Mapping[Waiting, tuple[Block, ...]]) -> None:
        """Read the documents anew around what was found on their pages, cut, embed what is new, and commit."""
        changed = dict(self._read_anew(found))
        embedder = self.load_embedder() if changed else None
        with self.catalog.transaction():
            for document_id, pages in changed.items():
                self._count(document_id, -1)
                self.catalog.remove_chunks(document_id)
                for page in pages:
                    self.catalog.replace_blocks(document_id, page)
                    look_behind(self.catalog, document_id, page)
                self._count(document_id, 1)
            if embedder:
                embed_documents(self.catalog, self.settings, embedder, list(changed))
            for looked, blocks in found.items():
                if looked.document_id in changed or not blocks:
                    keep_outcome(self.catalog, looked, self.outcomes.get(looked, DONE))
                    if looked.kind == "order" and blocks:
                        keep_layout(self.catalog, looked, blocks)
                        self.ordered += 1

    def _count(self, document_id: int, sign: int) -> None:
        tables, equations = tables_and_equations(self.catalog, document_id)
        self.tables += sign * tables
        self.equations += sign * equations

    def _read_anew(self, found: Mapping[Waiting, tuple[Block, ...]]) -> Iterator[tuple[int, tuple[Page, ...]]]:
        """The documents on whose pages anything was found, each with the pages that hold tables or equations now."""
        looked: defaultdict[int, list[Waiting]] = defaultdict(list)
        for page in found:
            looked[page.document_id].append(page)
        tasks: dict[Reread, int] = {}
        for document_id, pages in looked.items():
            path = unchanged_file(self.catalog, document_id) if any(found[page] for page in pages) else None
            if path:
                tasks[self._task(path, document_id, {page: found[page] for page in pages})] = document_id
        if not tasks:
            return
        reader = "ragcli.reading.pool.second_pass:reread"
        for task, outcome in read_files(tasks, self.settings.reading, 1, reader=reader, work=self.work):
            if isinstance(outcome, Failure):
                self._fail(looked[tasks[task]], outcome)
            else:
                yield tasks[task], outcome.pages

    def _task(self, path: Path, document_id: int, found: Mapping[Waiting, tuple[Block, ...]]) -> Reread:
        """What to read anew of a document: around what was found before and what is found now."""
        regions, layouts = found_before(self.catalog, document_id), layouts_before(self.catalog, document_id)
        for page, blocks in found.items():
            if page.kind == "order":
                layouts[page.number] = [region.bbox for region in blocks if region.bbox]
            else:
                both = (*regions.get(page.number, ()), *blocks)
                regions[page.number] = tuple(sorted(both, key=lambda block: block.kind, reverse=True))  # tables first
        return Reread(path, regions, layouts)
