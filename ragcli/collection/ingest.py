"""Bring a collection up to date with the files on disk: only what is new or changed is read, cut and embedded."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ragcli.chunking import chunk
from ragcli.clock import Clock
from ragcli.collection.extractors import open_extraction
from ragcli.collection.files import (
    KnownFile,
    forget,
    holds,
    is_unchanged,
    known_files,
    link,
    moved_files,
    put_failure,
    readable_now,
    still_failing,
    unmounted,
    vanished_files,
)
from ragcli.collection.metadata import attach, rejoin, update_metadata
from ragcli.collection.model import (
    check_probes,
    demand_allowed,
    language_shares,
    language_warning,
    probe_languages,
    record_model,
    recorded_model,
    refresh_stamp,
)
from ragcli.collection.vectors import add_chunks, embed, store
from ragcli.disk import sha256_of
from ragcli.embedding.protocol import Embedder
from ragcli.errors import RagError, said_of
from ragcli.reading.extractors.extractor import OWN
from ragcli.reading.pool.pool import read_files
from ragcli.reading.registry import FORMATS, clean
from ragcli.reading.walk import File, Walk
from ragcli.reading.work import Work
from ragcli.records import Chunk, Document, Failure, Report, Value
from ragcli.retrieval.question.periods import date_named
from ragcli.settings import Settings
from ragcli.shown import shown_path
from ragcli.storage.catalog import Catalog
from ragcli.storage.merge import merge, sweep

if TYPE_CHECKING:
    from ragcli.reading.extractors.extraction import Extraction

# What is embedded and committed together: long enough to sort by length, short enough to lose little when it is ended.
_FLUSH_CHARACTERS, _FLUSH_SECONDS = 400_000, 30.0
# What is read before `embedding.model: auto` decides, from all over the files: a folder of French may begin with a README
# and a manual in English.
_FIRST_DOCUMENTS, _FIRST_CHARACTERS = 20, 2_000_000
_GROWN = 1.1  # times as many chunks, from which the languages are counted anew before the end, when they always are


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: files done of those to read, and pages read."""

    files: int
    of_files: int
    pages: int
    path: str


@dataclass(slots=True)
class _Read:
    found: File
    sha256: str
    document: Document
    chunks: list[Chunk] = field(default_factory=list)


class Ingest:
    """One run over one collection, under its writer's lock."""

    def __init__(
        self,
        catalog: Catalog,
        name: str,
        settings: Settings,
        home: Path,
        meta: Mapping[str, Value],
        on_progress: Callable[[Progress], None] | None,
        clock: Clock,
        passwords: Sequence[str] = (),
    ) -> None:
        self.catalog, self.name, self.settings, self.home = catalog, name, settings, home
        self.meta, self.on_progress, self.clock = dict(meta), on_progress, clock
        self.work = Work(cache=home / "cache", passwords=tuple(passwords))
        self.again: set[str] = set()  # paths of files that are read although they have not changed
        self.notes: list[str] = []
        self.failed: list[Failure] = []
        self.new = self.updated = self.moved = self.pages = self.bytes = 0
        self.embedder: Embedder | None = None
        self.known: Mapping[str, KnownFile] = {}
        self.copies: list[tuple[File, str]] = []  # further paths of bytes that this run reads once as this type
        self.unread: dict[tuple[str, str], Failure] = {}  # why bytes could not be read as a type
        self.stored_at = time.monotonic()  # when something was last committed
        self.counted = 0  # chunks there were when the shares of the languages were last counted

    def run(self, walked: Walk, prune: bool, force: bool) -> Report:
        """Do it all and report."""
        started = time.perf_counter()
        sweep(self.catalog)
        self.notes += walked.notes
        mounts = self.catalog.setting("mounts") or []
        if gone_disks := unmounted(mounts, walked):
            walked = replace(walked, failures=(*walked.failures, *gone_disks))
        known = self.known = known_files(self.catalog)
        vanished = vanished_files(known, walked) if prune else {}
        gone = set(vanished)
        self.failed += [failure for failure in walked.failures if failure.path not in gone]
        self.again = readable_now(self.catalog, self.work.passwords, self.settings.reading)
        if force:
            self.again |= {one.shown for one in walked.files}
        stale = [one for one in walked.files if one.shown in self.again or not is_unchanged(known.get(one.shown), one)]
        unchanged = len(walked.files) - len(stale)
        with self.clock.step("commit"), self.catalog.transaction():
            stale = self._link_moved(stale, vanished)
            forget(self.catalog, vanished)
            rejoin(self.catalog, {found for path in vanished if (found := known[path].document_id) is not None})
            fresh = {one.shown for one in stale}
            not_read = [one for one in walked.files if one.shown not in fresh]
            self.failed += update_metadata(self.catalog, not_read, known, self.meta)
            self._compare_extractor(unchanged, force)
            if new_mounts := set(walked.mounts).difference(mounts):
                self.catalog.set("mounts", sorted(new_mounts.union(mounts)))
        with open_extraction(self.settings.reading.extractor, self.settings, self.home) as extraction:
            self._read_and_store(stale, extraction)
        if stale or vanished:
            with self.clock.step("commit"), self.catalog.transaction():
                self.catalog.remove_orphans()
                self.catalog.set("languages", self.catalog.languages())
                if self.embedder is not None:
                    probe_languages(self.catalog, self.embedder)
                if self.catalog.are_common_terms_old():
                    self.catalog.count_common_terms()
                if record := self.catalog.setting("model"):
                    merge(self.catalog, record["dimension"])
        if stale and (warning := language_warning(self.catalog, self.name)):
            self.notes.append(warning)
        failing = still_failing(self.catalog, [one.shown for one in not_read])
        self.failed += failing
        if self.moved:
            self.notes.append(f"{self.moved} moved or touched, not read again")
        seconds = self.clock.seconds
        seconds["total"] = time.perf_counter() - started + seconds["walk"]
        return Report(
            new=self.new,
            updated=self.updated,
            unchanged=unchanged + self.moved - sum(failure.page is None for failure in failing),
            removed=len(vanished) - self._moved_away(vanished),
            failed=tuple(self.failed),
            documents=self.catalog.count("documents"),
            pages=self.pages,
            chunks=self.catalog.count_chunks(),
            bytes=self.bytes,
            seconds={key: round(value, 3) for key, value in seconds.items()},
            notes=tuple(self.notes),
        )

    def _compare_extractor(self, unchanged: int, force: bool) -> None:
        """Say so where unchanged files stay as another extractor than the configured one has read them."""
        chosen, before = self.settings.reading.extractor, self.catalog.setting("extractor")
        if unchanged and not force and (before or OWN) != chosen:
            said = (
                f"{unchanged} unchanged, as {before or OWN} read them; to have {chosen} read them: rag ingest --force"
            )
            self.notes.append(said)
        elif before != chosen:
            self.catalog.set("extractor", chosen)

    def _link_moved(self, stale: list[File], vanished: Mapping[str, str | None]) -> list[File]:
        """Settle the files whose bytes are known already; return the rest."""
        settled = set()
        candidates = [one for one in stale if one.shown not in self.again]
        for one, sha256, document_id in moved_files(self.catalog, candidates, self.known, vanished):
            self._link(one, sha256, document_id)
            settled.add(one.path)
        self.moved = len(settled)
        return [one for one in stale if one.path not in settled]

    def _link(self, one: File, sha256: str, document_id: int) -> None:
        """Let a path stand for a document, with all that is said of it."""
        link(self.catalog, one, sha256, document_id)
        self.failed += attach(self.catalog, one, self.meta)

    def _moved_away(self, vanished: Mapping[str, str | None]) -> int:
        """Vanished paths whose content lives on under another path are not removed documents."""
        return sum(1 for sha256 in vanished.values() if sha256 and self.catalog.document_of(sha256) is not None)

    # ---- reading

    def _read_and_store(self, stale: list[File], extraction: "Extraction | None") -> None:
        if self.catalog.setting("model") is None:
            stale = _spread(stale)
        waiting, characters = list[_Read](), 0
        for done, (one, sha256, outcome) in enumerate(self._outcomes(stale), start=1):
            if isinstance(outcome, Failure):
                self._store_failure(one, sha256, outcome)
            elif outcome is None:
                self._count(one)
            else:
                if extraction is not None:
                    by = f"{one.shown} by {extraction.extractor.name}"
                    self._tell(done - 1, len(stale), by)  # beforehand, for it may take minutes
                    with self.clock.step("read"):
                        outcome = extraction.improve(one.path, sha256, outcome)
                waiting.append(_Read(one, sha256, outcome))
                characters += outcome.characters
                self.pages += len(outcome.pages)
                self.bytes += one.size
            self._tell(done, len(stale), one.shown)
            if self._is_due(len(waiting), characters):
                self._store(waiting)
                waiting, characters = [], 0
        if waiting:
            self._store(waiting)
        self._link_copies()

    def _tell(self, files: int, of_files: int, what: str) -> None:
        if self.on_progress:
            self.on_progress(Progress(files, of_files, self.pages, what))

    def _link_copies(self) -> None:
        for one, sha256 in self.copies:
            document_id = self.catalog.document_of(sha256)
            if (failure := self.unread.get((sha256, _type(one)))) is not None or document_id is None:
                self._store_failure(
                    one, sha256, failure or Failure("", "unreadable", "its bytes changed while it was read")
                )
            else:
                with self.catalog.transaction():
                    self._link(one, sha256, document_id)
                self._count(one)

    def _is_due(self, documents: int, characters: int) -> bool:
        if self.embedder is None and self.catalog.setting("model") is None:
            return documents >= _FIRST_DOCUMENTS or characters >= _FIRST_CHARACTERS
        is_late = documents > 0 and time.monotonic() - self.stored_at > _FLUSH_SECONDS
        return characters >= _FLUSH_CHARACTERS or is_late

    def _count(self, one: File) -> None:
        if one.shown in self.known:
            self.updated += 1
        else:
            self.new += 1

    def _outcomes(self, stale: list[File]) -> Iterator[tuple[File, str, Document | Failure | None]]:
        """Each file with what came of it; None when its bytes are known already and only the path is new."""
        hashed: dict[Path, tuple[File, str]] = {}
        settled: list[tuple[File, str, Document | Failure | None]] = []
        reading: set[tuple[str, str]] = set()

        def to_read() -> Iterator[Path]:
            for one in stale:
                try:
                    sha256 = sha256_of(one.path)
                except OSError as error:
                    failure = Failure(one.shown, "unreadable", said_of(error))
                    settled.append((one, "", failure))
                    continue
                document_id = None if one.shown in self.again else self.catalog.document_of(sha256)
                if (sha256, _type(one)) in reading:
                    self.copies.append((one, sha256))
                elif document_id is not None:
                    with self.catalog.transaction():
                        self._link(one, sha256, document_id)
                    settled.append((one, sha256, None))
                else:  # also what is being read under a wrong suffix, and will fail there
                    reading.add((sha256, _type(one)))
                    hashed[one.path] = (one, sha256)
                    yield one.path

        settings = self.settings.reading
        outcomes = read_files(to_read(), settings, settings.jobs, work=self.work)
        while True:
            with self.clock.step("read"):
                read = next(outcomes, None)
            while settled:
                yield settled.pop(0)
            if read is None:
                return
            path, outcome = read
            yield *hashed.pop(path), outcome

    # ---- storing

    def _store(self, waiting: Sequence[_Read]) -> None:
        """Cut, embed and commit; those by which the model was chosen are more than one commit holds."""
        with self.clock.step("embed"):
            embedder = self._embedder(waiting)
        for portion in _portions(waiting):
            self._store_together(portion, embedder)

    def _cut(self, waiting: Sequence[_Read], embedder: Embedder) -> Iterator[_Read]:
        """The documents with their chunks; one that a library breaks on costs itself alone."""
        for read in waiting:
            try:
                read.chunks = chunk(read.document, self.settings.chunking, embedder.count_tokens, embedder.max_tokens)
            except (RagError, KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # a panic in Rust is no Exception
                reason = f"its text can't be cut into chunks: {type(error).__name__}: {clean(str(error))}"
                self._store_failure(read.found, read.sha256, Failure("", "crash", reason))
            else:
                yield read

    def _store_together(self, waiting: Sequence[_Read], embedder: Embedder) -> None:
        with self.clock.step("embed"):
            waiting = list(self._cut(waiting, embedder))
            chunks = (one for read in waiting for one in read.chunks)
            embedded = embed(self.catalog, embedder, chunks, lenders=self.home)
        with self.clock.step("commit"), self.catalog.transaction():
            vector_ids = store(self.catalog, embedded)
            for read in waiting:
                self._store_document(read, vector_ids)
            # All chunks are gone through for it: done at each commit it would cost the square of their number.
            if self.catalog.count_chunks() > _GROWN * self.counted:
                self.catalog.set("languages", self.catalog.languages())
                self.counted = self.catalog.count_chunks()
        self.stored_at = time.monotonic()

    def _store_document(self, read: _Read, vector_ids: Mapping[bytes, int]) -> None:
        one, document = read.found, read.document
        before = self.catalog.document_of(read.sha256)
        if before is not None:  # read again by --force: the other paths of the same bytes keep their rows
            rows = self.catalog.sql.execute("SELECT path FROM files WHERE document_id = ?", (before,)).fetchall()
            self.catalog.sql.execute("UPDATE files SET document_id = NULL WHERE document_id = ?", (before,))
            self.catalog.remove_document(before)
        else:
            rows = []
        modified = datetime.fromtimestamp(one.mtime_ns / 1e9, UTC).isoformat(timespec="seconds")
        document = replace(document, date=document.date or date_named(one.path.stem))
        document_id = self.catalog.add_document(document, read.sha256, one.size, modified)
        add_chunks(self.catalog, document_id, read.chunks, vector_ids)
        self.catalog.sql.executemany(
            "UPDATE files SET document_id = ? WHERE path = ?", ((document_id, row[0]) for row in rows)
        )
        self._link(one, read.sha256, document_id)
        self._count(one)
        self.failed += [
            Failure(one.shown, "page", page.problem, page.number) for page in document.pages if page.problem
        ]
        self.notes += [f"{shown_path(one.shown)}: {warning}" for warning in document.warnings]

    def _embedder(self, waiting: Sequence[_Read]) -> Embedder:
        if self.embedder is not None:
            return self.embedder
        demand_allowed(self.settings)
        if not (self.catalog.setting("model") and self.catalog.count("segments")):  # or for pages that had no text yet
            shares = language_shares([read.document for read in waiting])
            self.embedder, note = record_model(self.catalog, self.settings.embedding, self.home, shares)
            self.notes.append(note)
        else:
            self.embedder = recorded_model(self.catalog, self.settings.embedding, self.home, self.name)
            check_probes(self.catalog, self.embedder, self.name)
            refresh_stamp(self.catalog, self.settings.embedding, self.home)
        return self.embedder

    def _store_failure(self, one: File, sha256: str, failure: Failure) -> None:
        self.unread[sha256, _type(one)] = failure
        if one.shown in self.again and holds(self.catalog, one, sha256):  # a password that was not given again
            reason = f"{failure.reason}; what was read of it before is kept"
            self.failed.append(replace(failure, path=one.shown, reason=reason))
            return
        self.failed.append(replace(failure, path=one.shown))
        with self.catalog.transaction():
            put_failure(self.catalog, one, sha256 or None, failure)


def _type(one: File) -> str:
    """The format that the suffix names; a file that is named itself may have any."""
    known = FORMATS.get(one.path.suffix.lower())
    return known.type if known else ""


def _spread(files: Sequence[File]) -> list[File]:
    """The files, _FIRST_DOCUMENTS of them first that stand at equal distances from each other."""
    first = {(2 * nth + 1) * len(files) // (2 * _FIRST_DOCUMENTS) for nth in range(_FIRST_DOCUMENTS if files else 0)}
    return [files[at] for at in sorted(first)] + [one for at, one in enumerate(files) if at not in first]


def _portions(waiting: Sequence[_Read]) -> Iterator[Sequence[_Read]]:
    start = characters = 0
    for end, read in enumerate(waiting, start=1):
        characters += read.document.characters
        if characters >= _FLUSH_CHARACTERS or end == len(waiting):
            yield waiting[start:end]
            start, characters = end, 0
