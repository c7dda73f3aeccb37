"""The second pass: tables, equations and the order of pages that are searchable already, likeliest first, in a budget."""

import dataclasses
import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ragcli.collection.extractors import open_extraction, reads_formulas
from ragcli.collection.ingest import Progress
from ragcli.collection.stored import embed_documents, stored_document
from ragcli.embedding.protocol import Embedder
from ragcli.reading.pool import read_files
from ragcli.reading.tasks import Look, Reread
from ragcli.reading.work import Work
from ragcli.records import Block, Box, Failure, Page, Report, SecondPass
from ragcli.settings import Settings
from ragcli.storage.catalog import Catalog

if TYPE_CHECKING:
    from ragcli.reading.extraction import Extraction

_TIERS = 4  # of likelihood: within one, pages go by document, so that each is read anew and embedded few times
_PAGES_AT_ONCE = 60  # looked at before their documents are committed
_FAINT = 0.001  # the score of a page that is looked at for the sake of the one before
DONE = "done"
Kind = Literal["table", "equation", "order"]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page that no second pass has looked at for tables, for equations, or for its order."""

    document_id: int
    number: int
    kind: Kind
    likelihood: float
    is_ocr: bool = False
    language: str | None = None  # of the document


def deepen(
    catalog: Catalog,
    settings: Settings,
    load_embedder: Callable[[], Embedder],
    budget: float | None,
    on_progress: Callable[[int, int], None] | None = None,
    work: Work = Work(),
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
    waiting = len({(page.document_id, page.number) for page in run.waiting()})
    told = tuple(f"{path}: formulas without marker: {reason}" for path, reason in run.without_marker.items())
    return SecondPass(len(run.pages), run.tables, run.equations, run.ordered, waiting, tuple(run.failed), seconds, told)


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
    (chunks,) = catalog.sql.execute("SELECT count(*) FROM chunks").fetchone()
    seconds = {**report.seconds, "second_pass": done.seconds}
    seconds["total"] = round(seconds["total"] + done.seconds, 3)
    told = (*report.notes, *notes(done, name))
    return dataclasses.replace(report, chunks=chunks, seconds=seconds, second_pass=done, notes=told)


def notes(done: SecondPass, collection: str) -> tuple[str, ...]:
    """What people are told."""
    failed = tuple(
        f"{failure.path}{f' p.{failure.page}' if failure.page else ''}: no search for tables and equations,"
        f" {failure.reason}; its text is searchable"
        for failure in done.failed
    )
    counted = f"{done.tables} tables and {done.equations} equations on {done.pages} pages in {done.seconds:.0f} s"
    counted += f", {done.ordered} of them put in order" if done.ordered else ""
    left = f"; {done.waiting} pages wait, go on with: rag index -c {collection}" if done.waiting else ""
    return (*failed, *done.notes, f"second pass: {counted}{left}")


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
        self.outcomes: dict[_Waiting, str] = {}  # other than done
        self.locked: set[int] = set()  # documents that no password opens

    def until(self, deadline: float) -> None:
        """Look at pages until the deadline, on the clock of `time.perf_counter`, or until none is left."""
        while time.perf_counter() < deadline and (looks := self._looks()):
            self._round(looks, deadline)

    def waiting(self) -> list[_Waiting]:
        """Pages that rag read itself, likeliest first; equations before all tables, for a page takes 1/20 of the time.

        Recognised pages are read anew by OCR, from its cache: not when OCR is switched off by now.
        """
        reading = self.settings.reading
        rows = self.catalog.sql.execute(
            "SELECT p.document_id, p.number, p.table_score, p.equation_score, p.order_doubt, p.second_pass,"
            " p.method, d.language"
            " FROM pages p JOIN documents d ON d.id = p.document_id"
            " WHERE d.type = 'pdf' AND p.method IN ('text', 'ocr')"
        )
        pages = []
        for document_id, number, table_score, equation_score, doubt, passed, method, language in rows:
            is_ocr = method == "ocr"
            if is_ocr and reading.ocr == "never":
                continue
            outcomes = json.loads(passed or "{}")
            tables = reading.tables == "all" or (reading.tables == "auto" and table_score > 0)
            if reading.equations != "off" and equation_score > 0 and "equation" not in outcomes:
                pages.append(_Waiting(document_id, number, "equation", 1.0))
            if doubt and not is_ocr and "order" not in outcomes:
                pages.append(_Waiting(document_id, number, "order", 1.0))
            if tables and "table" not in outcomes:
                pages.append(_Waiting(document_id, number, "table", table_score, is_ocr, language))
        return sorted(pages, key=lambda page: (-int(_TIERS * page.likelihood), page.document_id, page.number))

    def _looks(self) -> dict[Look, _Waiting]:
        """Pages to look at whose file is there."""
        looks = {}
        for each in self.waiting():
            path = None if each.document_id in self.locked else self._path(each.document_id)
            if path:
                looks[Look(path, each.number, each.kind, each.is_ocr, each.language)] = each
        return looks

    def _path(self, document_id: int) -> Path | None:
        """A file that still holds the document's bytes, by its size and time."""
        rows = self.catalog.sql.execute("SELECT path, size, mtime_ns FROM files WHERE document_id = ?", (document_id,))
        for path, size, mtime_ns in rows.fetchall():
            try:
                status = Path(path).stat()
            except OSError:
                continue
            if (status.st_size, status.st_mtime_ns) == (size, mtime_ns):
                return Path(path)
        return None

    def _round(self, looks: Mapping[Look, _Waiting], deadline: float) -> None:
        found: dict[_Waiting, tuple[Block, ...]] = {}
        reading = self.settings.reading
        limited = dataclasses.replace(reading, timeout=min(reading.page_timeout, reading.timeout))
        reader = "ragcli.reading.second_pass:look"
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
                if len(found) >= _PAGES_AT_ONCE:
                    self._store(self._with_latex(found, deadline))
                    found.clear()
        self._store(self._with_latex(found, deadline))

    def _with_latex(
        self, found: Mapping[_Waiting, tuple[Block, ...]], deadline: float
    ) -> Mapping[_Waiting, tuple[Block, ...]]:
        """What was found with marker's LaTeX for its formulas; pages for which the time is over are left out, and wait."""
        if self.extraction is None:
            return found
        from ragcli.reading.extraction import with_latex

        read: dict[_Waiting, tuple[Block, ...]] = {}
        for page, blocks in found.items():
            path = self._path(page.document_id) if page.kind == "equation" and blocks else None
            if path is None:
                read[page] = blocks
            elif time.perf_counter() < deadline:
                own, sha256 = self._page(page)
                others, failure = self.extraction.pages(path, sha256, [page.number])
                other = others.get(page.number)
                read[page] = with_latex(blocks, own, other) if other else blocks
                if failure:
                    self.without_marker.setdefault(path, failure)
                    self.outcomes[page] = f"done without marker: {failure}"
            else:
                self.pages.discard((page.document_id, page.number))
        return read

    def _page(self, page: _Waiting) -> tuple[Page, str]:
        """The page's size, and its document's hash."""
        row = self.catalog.sql.execute(
            "SELECT p.width, p.height, d.sha256 FROM pages p JOIN documents d ON d.id = p.document_id"
            " WHERE p.document_id = ? AND p.number = ?",
            (page.document_id, page.number),
        ).fetchone()
        return Page(page.number, (), width=row[0], height=row[1]), row[2]

    def _fail(self, pages: Iterable[_Waiting], failure: Failure) -> None:
        with self.catalog.transaction():
            for page in pages:
                self.failed.append(dataclasses.replace(failure, page=page.number))
                self._set(page, f"{failure.kind}: {failure.reason}")

    def _set(self, page: _Waiting, outcome: str) -> None:
        where = (page.document_id, page.number)
        select = "SELECT second_pass FROM pages WHERE document_id = ? AND number = ?"
        outcomes = json.loads(self.catalog.sql.execute(select, where).fetchone()[0] or "{}") | {page.kind: outcome}
        update = "UPDATE pages SET second_pass = ? WHERE document_id = ? AND number = ?"
        self.catalog.sql.execute(update, (json.dumps(outcomes, ensure_ascii=False), *where))

    # ---- storing

    def _store(self, found: Mapping[_Waiting, tuple[Block, ...]]) -> None:
        """Read the documents anew around what was found on their pages, cut, embed what is new, and commit."""
        changed = dict(self._read_anew(found))
        embedder = self.load_embedder() if changed else None
        with self.catalog.transaction():
            for document_id, pages in changed.items():
                self._count(document_id, -1)
                self.catalog.remove_chunks(document_id)
                for page in pages:
                    self.catalog.replace_blocks(document_id, page)
                    if page.blocks and page.blocks[-1].kind == "table":
                        self._look_behind(document_id, page)
                self._count(document_id, 1)
            if embedder:
                embed_documents(self.catalog, self.settings, embedder, list(changed))
            for looked, blocks in found.items():
                if looked.document_id in changed or not blocks:
                    self._set(looked, self.outcomes.get(looked, DONE))
                    if looked.kind == "order" and blocks:
                        self._set_layout(looked, blocks)

    def _set_layout(self, page: _Waiting, regions: Sequence[Block]) -> None:
        update = "UPDATE pages SET layout = ? WHERE document_id = ? AND number = ?"
        boxes = json.dumps([region.bbox for region in regions])
        self.catalog.sql.execute(update, (boxes, page.document_id, page.number))
        self.ordered += 1

    def _count(self, document_id: int, sign: int) -> None:
        sums = "SELECT sum(tables), sum(equations) FROM pages WHERE document_id = ?"
        tables, equations = self.catalog.sql.execute(sums, (document_id,)).fetchone()
        self.tables += sign * tables
        self.equations += sign * equations

    def _look_behind(self, document_id: int, page: Page) -> None:
        """Where a page ends with a table, its last rows may be all that the next page has: too few to be noticed."""
        self.catalog.sql.execute(
            "UPDATE pages SET table_score = ? WHERE document_id = ? AND number = ? + 1 AND table_score = 0",
            (_FAINT, document_id, page.number),
        )

    def _read_anew(self, found: Mapping[_Waiting, tuple[Block, ...]]) -> Iterator[tuple[int, tuple[Page, ...]]]:
        """The documents on whose pages anything was found, each with the pages that hold tables or equations now."""
        looked: defaultdict[int, list[_Waiting]] = defaultdict(list)
        for page in found:
            looked[page.document_id].append(page)
        tasks: dict[Reread, int] = {}
        for document_id, pages in looked.items():
            path = self._path(document_id) if any(found[page] for page in pages) else None
            if path:
                regions, layouts = self._found_before(document_id), self._layouts(document_id)
                for page in pages:
                    if page.kind == "order":
                        layouts[page.number] = [region.bbox for region in found[page] if region.bbox]
                        continue
                    both = (*regions.get(page.number, ()), *found[page])
                    regions[page.number] = tuple(
                        sorted(both, key=lambda block: block.kind, reverse=True)
                    )  # tables first
                tasks[Reread(path, regions, layouts, self._has_ocr(document_id, regions))] = document_id
        if not tasks:
            return
        reader = "ragcli.reading.second_pass:reread"
        for task, outcome in read_files(tasks, self.settings.reading, 1, reader=reader, work=self.work):
            if isinstance(outcome, Failure):
                self._fail(looked[tasks[task]], outcome)
            else:
                yield tasks[task], outcome.pages

    def _has_ocr(self, document_id: int, numbers: Iterable[int]) -> bool:
        rows = self.catalog.sql.execute(
            "SELECT number FROM pages WHERE document_id = ? AND method = 'ocr'", (document_id,)
        )
        return not {number for (number,) in rows}.isdisjoint(numbers)

    def _layouts(self, document_id: int) -> dict[int, list[Box]]:
        """The regions in reading order of the pages where an earlier look found them."""
        rows = self.catalog.sql.execute(
            "SELECT number, layout FROM pages WHERE document_id = ? AND layout IS NOT NULL", (document_id,)
        )
        return {number: [(x0, y0, x1, y1) for x0, y0, x1, y1 in json.loads(layout)] for number, layout in rows}

    def _found_before(self, document_id: int) -> dict[int, tuple[Block, ...]]:
        """The tables and equations that stand in the catalog: one may go on over a page that is looked at now."""
        return {
            page.number: regions
            for page in stored_document(self.catalog, document_id).pages
            if page.number
            and page.method in ("text", "ocr")  # what an extractor read stays as it is
            and (regions := tuple(block for block in page.blocks if block.kind in ("table", "equation")))
        }
