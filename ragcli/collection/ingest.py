"""Bring a collection up to date with the files on disk: only what is new or changed is read, cut and embedded."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ragcli.chunking import chunk
from ragcli.collection.model import check_probes, language_warning, record_model, recorded_model, refresh_stamp
from ragcli.embedding.protocol import Embedder
from ragcli.errors import ReadError
from ragcli.reading.pool import read_files
from ragcli.reading.sidecar import read_sidecar
from ragcli.reading.walk import Found, Walk, display
from ragcli.records import Chunk, Document, Failure, Report, Value
from ragcli.settings import Settings
from ragcli.storage.catalog import Catalog
from ragcli.storage.merge import merge, sweep
from ragcli.storage.segments import write_segment

_FLUSH_CHUNKS = (
    512  # that are embedded and committed together: long enough to sort by length, short enough to lose little
)
_OWN_FIELDS = ("title", "author", "date", "language")  # metadata that takes the place of what the file itself says
_FIRST_DOCUMENTS, _FIRST_CHARACTERS = 20, 400_000  # that are read before `embedding.model: auto` decides


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: files done of those to read, and pages read."""

    files: int
    of_files: int
    pages: int
    path: str


@dataclass(slots=True)
class _Read:
    found: Found
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
    ) -> None:
        self.catalog, self.name, self.settings, self.home = catalog, name, settings, home
        self.meta, self.on_progress = dict(meta), on_progress
        self.seconds = dict.fromkeys(("walk", "read", "embed", "commit"), 0.0)
        self.notes: list[str] = []
        self.failed: list[Failure] = []
        self.new = self.updated = self.moved = self.pages = self.bytes = 0
        self.embedder: Embedder | None = None
        self.copies: list[tuple[Found, str]] = []  # further paths of bytes that this run reads once

    def run(self, walked: Walk, roots: Sequence[Path], prune: bool, force: bool) -> Report:
        """Do it all and report."""
        started = time.perf_counter()
        sweep(self.catalog)
        self.notes += walked.notes
        known = self._known_files()
        vanished = self._vanished(known, walked, roots) if prune else {}
        gone = set(vanished)
        self.failed += [failure for failure in walked.failures if failure.path not in gone]
        stale = [one for one in walked.files if force or not _is_unchanged(one, known.get(display(one.path)))]
        unchanged = len(walked.files) - len(stale)
        with _timed(self.seconds, "commit"), self.catalog.transaction():
            if not force:
                stale = self._move(stale, known, vanished)
            self._forget(vanished)
            self._update_metadata(walked.files, known, {display(one.path) for one in stale})
        self._read_and_store(stale, known, force)
        if stale or vanished:
            with _timed(self.seconds, "commit"), self.catalog.transaction():
                self.catalog.remove_orphans()
                self.catalog.set("languages", self.catalog.languages())
                self.catalog.count_common_terms()
                if record := self.catalog.setting("model"):
                    merge(self.catalog, record["dimension"])
        if stale and (warning := language_warning(self.catalog, self.name)):
            self.notes.append(warning)
        self._report_still_failing(walked, stale)
        if self.moved:
            self.notes.append(f"{self.moved} moved or touched, not read again")
        (documents,) = self.catalog.sql.execute("SELECT count(*) FROM documents").fetchone()
        (chunks,) = self.catalog.sql.execute("SELECT count(*) FROM chunks").fetchone()
        self.seconds["total"] = time.perf_counter() - started + self.seconds["walk"]
        return Report(
            self.new, self.updated, unchanged + self.moved, len(vanished) - self._moved_away(vanished), tuple(self.failed),
            documents, self.pages, chunks, self.bytes, {key: round(value, 3) for key, value in self.seconds.items()},
            tuple(self.notes),
        )  # fmt: skip

    # ---- what is known already

    def _known_files(self) -> dict[str, tuple[int, int, int | None, str | None, int | None]]:
        rows = self.catalog.sql.execute("SELECT path, size, mtime_ns, sidecar_mtime_ns, sha256, document_id FROM files")
        return {row[0]: tuple(row[1:]) for row in rows}

    def _vanished(self, known: Mapping[str, object], walked: Walk, roots: Sequence[Path]) -> dict[str, str | None]:
        """Known files below the named folders (or named themselves) that are no longer there: path -> hash.

        A folder that is itself missing may be a disk that is not mounted: what was below it stays.
        """
        seen = {display(one.path) for one in walked.files}
        # What a folder that can't be looked into holds is not known to be gone.
        closed = [failure.path for failure in walked.failures if failure.kind != "missing"]
        folders = [display(root) for root in roots if root.is_dir()]
        absent = {display(root) for root in roots if not root.is_dir()}
        rows = self.catalog.sql.execute("SELECT path, sha256 FROM files").fetchall()
        return {
            path: sha256
            for path, sha256 in rows
            if path not in seen
            and (path in absent or any(_is_below(path, folder) for folder in folders))
            and not any(_is_below(path, c) for c in closed)
        }

    def _move(
        self, stale: list[Found], known: Mapping[str, tuple[object, ...]], vanished: Mapping[str, str | None]
    ) -> list[Found]:
        """Settle files whose bytes are known: touched ones, and new paths with the bytes of a vanished file. Return the rest."""
        sizes = {row[0] for path, row in known.items() if path in vanished}
        hashes = {sha256 for sha256 in vanished.values() if sha256}
        rest = []
        for one in stale:
            before = known.get(display(one.path))
            is_touched = before is not None and before[0] == one.size and before[4] is not None
            if is_touched or (before is None and one.size in sizes):
                try:
                    sha256 = _sha256(one.path)
                except OSError:
                    rest.append(one)
                    continue
                document_id = self.catalog.document_of(sha256)
                same = (is_touched and before is not None and before[3] == sha256) or sha256 in hashes
                if same and document_id is not None:
                    self._link(one, sha256, document_id)
                    self.moved += 1
                    continue
            rest.append(one)
        return rest

    def _moved_away(self, vanished: Mapping[str, str | None]) -> int:
        """Vanished paths whose content lives on under another path are not removed documents."""
        return sum(1 for sha256 in vanished.values() if sha256 and self.catalog.document_of(sha256) is not None)

    def _forget(self, vanished: Mapping[str, object]) -> None:
        self.catalog.sql.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in vanished))
        self.catalog.remove_orphans()

    # ---- reading

    def _read_and_store(self, stale: list[Found], known: Mapping[str, tuple[object, ...]], force: bool) -> None:
        waiting: list[_Read] = []
        for done, (one, sha256, outcome) in enumerate(self._outcomes(stale, force), start=1):
            if isinstance(outcome, Document):
                waiting.append(_Read(one, sha256, outcome))
                self.pages += len(outcome.pages)
                self.bytes += one.size
            if isinstance(outcome, Failure):
                self._store_failure(one, sha256, outcome)
            else:
                self._count(one, known)
            if self.on_progress:
                self.on_progress(Progress(done, len(stale), self.pages, display(one.path)))
            if self._is_due(waiting):
                self._store(waiting)
                waiting = []
        if waiting:
            self._store(waiting)
        self._link_copies(known)

    def _link_copies(self, known: Mapping[str, object]) -> None:
        for one, sha256 in self.copies:
            document_id = self.catalog.document_of(sha256)
            if document_id is None:
                self._store_failure(
                    one, sha256, Failure("", "copy", "the same bytes could not be read under another name")
                )
            else:
                with self.catalog.transaction():
                    self._link(one, sha256, document_id)
                self._count(one, known)

    def _is_due(self, waiting: list[_Read]) -> bool:
        characters = sum(page.characters for read in waiting for page in read.document.pages)
        if self.embedder is None and self.catalog.setting("model") is None:
            return len(waiting) >= _FIRST_DOCUMENTS or characters >= _FIRST_CHARACTERS
        return characters >= _FLUSH_CHUNKS * 800

    def _count(self, one: Found, known: Mapping[str, object]) -> None:
        if display(one.path) in known:
            self.updated += 1
        else:
            self.new += 1

    def _outcomes(self, stale: list[Found], force: bool) -> Iterator[tuple[Found, str, Document | Failure | None]]:
        """Each file with what came of it; None when its bytes are known already and only the path is new."""
        hashed: dict[Path, tuple[Found, str]] = {}
        settled: list[tuple[Found, str, Document | Failure | None]] = []
        reading: set[str] = set()

        def to_read() -> Iterator[Path]:
            for one in stale:
                try:
                    sha256 = _sha256(one.path)
                except OSError as error:
                    failure = Failure(display(one.path), "unreadable", error.strerror or str(error))
                    settled.append((one, "", failure))
                    continue
                document_id = None if force else self.catalog.document_of(sha256)
                if document_id is not None:
                    with self.catalog.transaction():
                        self._link(one, sha256, document_id)
                    settled.append((one, sha256, None))
                elif sha256 in reading:
                    self.copies.append((one, sha256))
                else:
                    reading.add(sha256)
                    hashed[one.path] = (one, sha256)
                    yield one.path

        started = time.perf_counter()
        for path, outcome in read_files(to_read(), self.settings.reading, self.settings.reading.jobs):
            self.seconds["read"] += time.perf_counter() - started
            while settled:
                yield settled.pop(0)
            one, sha256 = hashed.pop(path)
            yield one, sha256, outcome
            started = time.perf_counter()
        self.seconds["read"] += time.perf_counter() - started
        yield from settled

    # ---- storing

    def _store(self, waiting: list[_Read]) -> None:
        """Cut, embed and commit."""
        started = time.perf_counter()
        embedder = self._embedder(waiting)
        hashes: dict[bytes, str] = {}
        for read in waiting:
            read.chunks = chunk(read.document, self.settings.chunking, embedder.count_tokens, embedder.max_tokens)
            hashes.update((text_hash(one.embedded), one.embedded) for one in read.chunks)
        known = self.catalog.known_vectors(list(hashes))
        fresh = [each for each in hashes if each not in known]
        vectors = embedder.embed_documents([hashes[each] for each in fresh])
        self.seconds["embed"] += time.perf_counter() - started
        with _timed(self.seconds, "commit"), self.catalog.transaction():
            ids = self.catalog.add_vectors(fresh)
            if len(fresh):
                self.catalog.add_segment(write_segment(self.catalog.folder / "segments", ids, vectors))
            known.update(zip(fresh, ids.tolist(), strict=True))
            for read in waiting:
                self._store_document(read, known)
            self.catalog.set("languages", self.catalog.languages())

    def _store_document(self, read: _Read, vector_ids: Mapping[bytes, int]) -> None:
        one, document = read.found, read.document
        meta, overrides = self._metadata(one)
        meta = {**document.meta, **meta}
        document = replace(
            document,
            title=overrides.get("title", document.title),
            author=overrides.get("author", document.author),
            date=overrides.get("date", document.date),
            language=overrides.get("language", document.language),
        )
        before = self.catalog.document_of(read.sha256)
        if before is not None:  # read again by --force: the other paths of the same bytes keep their rows
            rows = self.catalog.sql.execute("SELECT path FROM files WHERE document_id = ?", (before,)).fetchall()
            self.catalog.sql.execute("UPDATE files SET document_id = NULL WHERE document_id = ?", (before,))
            self.catalog.remove_document(before)
        else:
            rows = []
        modified = datetime.fromtimestamp(one.mtime_ns / 1e9, UTC).isoformat(timespec="seconds")
        document_id = self.catalog.add_document(document, read.sha256, one.size, modified, meta)
        self.catalog.add_chunks(
            document_id, read.chunks, [vector_ids[text_hash(each.embedded)] for each in read.chunks]
        )
        self._link(one, read.sha256, document_id)
        self.catalog.sql.executemany(
            "UPDATE files SET document_id = ? WHERE path = ?", ((document_id, row[0]) for row in rows)
        )
        self.failed += [
            Failure(display(one.path), "page", page.problem, page.number) for page in document.pages if page.problem
        ]
        self.notes += [f"{display(one.path)}: {warning}" for warning in document.warnings]

    def _embedder(self, waiting: list[_Read]) -> Embedder:
        if self.embedder is None:
            if self.catalog.setting("model") is None:
                languages: dict[str, float] = {}
                for read in waiting:
                    if read.document.language:
                        characters = sum(page.characters for page in read.document.pages)
                        languages[read.document.language] = languages.get(read.document.language, 0) + characters
                total = sum(languages.values()) or 1
                shares = {language: count / total for language, count in languages.items()}
                self.embedder, note = record_model(self.catalog, self.settings.embedding, self.home, shares)
                self.notes.append(note)
            else:
                self.embedder = recorded_model(self.catalog, self.settings.embedding, self.home, self.name)
                check_probes(self.catalog, self.embedder, self.name)
                refresh_stamp(self.catalog, self.settings.embedding, self.home)
        return self.embedder

    def _store_failure(self, one: Found, sha256: str, failure: Failure) -> None:
        self.failed.append(replace(failure, path=display(one.path)))
        with _timed(self.seconds, "commit"), self.catalog.transaction():
            self._file_row(one, sha256 or None, None, failure.kind, failure.reason)
            self.catalog.remove_orphans()

    def _link(self, one: Found, sha256: str, document_id: int) -> None:
        """Let a path point at a document; a document that loses its last path goes, in the same transaction."""
        row = self.catalog.sql.execute("SELECT document_id FROM files WHERE path = ?", (display(one.path),)).fetchone()
        self._file_row(one, sha256, document_id, None, None)
        if row and row[0] is not None and row[0] != document_id:
            (left,) = self.catalog.sql.execute("SELECT count(*) FROM files WHERE document_id = ?", (row[0],)).fetchone()
            if not left:
                self.catalog.remove_document(row[0])

    def _file_row(
        self, one: Found, sha256: str | None, document_id: int | None, kind: str | None, reason: str | None
    ) -> None:
        self.catalog.sql.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (display(one.path), document_id, sha256, one.size, one.mtime_ns, one.sidecar_mtime_ns, kind, reason),
        )

    # ---- metadata

    def _metadata(self, one: Found) -> tuple[dict[str, Value], dict[str, str]]:
        """(metadata of the sidecar and of --meta, which wins; what of it takes the place of the document's own title, …)."""
        meta: dict[str, Value] = {}
        if one.sidecar is not None:
            try:
                meta = read_sidecar(one.sidecar)
            except ReadError as error:  # costs the metadata only
                self.failed.append(Failure(display(one.sidecar), error.kind, error.what))
        meta |= self.meta
        overrides: dict[str, str] = {key: str(meta.pop(key)) for key in _OWN_FIELDS if key in meta}
        return meta, overrides

    def _update_metadata(
        self, files: Sequence[Found], known: Mapping[str, tuple[object, ...]], stale: set[str]
    ) -> None:
        """Metadata of documents that are not read again: a changed sidecar, or --meta."""
        for one in files:
            path = display(one.path)
            row = known.get(path)
            if path in stale or row is None or row[4] is None:
                continue
            if not self.meta and row[2] == one.sidecar_mtime_ns:
                continue
            meta, overrides = self._metadata(one)
            self.catalog.update_metadata(int(str(row[4])), meta, overrides)
            self.catalog.sql.execute(
                "UPDATE files SET sidecar_mtime_ns = ? WHERE path = ?", (one.sidecar_mtime_ns, path)
            )

    def _report_still_failing(self, walked: Walk, stale: Sequence[Found]) -> None:
        """Files that were not read again because they have not changed still could not be read: nothing is lost silently."""
        fresh = {display(one.path) for one in stale}
        names = [display(one.path) for one in walked.files if display(one.path) not in fresh]
        rows = self.catalog.sql.execute(
            "SELECT path, kind, reason, NULL FROM files WHERE kind IS NOT NULL UNION ALL"
            " SELECT f.path, 'page', p.problem, p.number FROM files f JOIN pages p ON p.document_id = f.document_id"
            " WHERE p.problem IS NOT NULL"
        ).fetchall()
        quiet = set(names)
        self.failed += [Failure(path, kind, reason, page) for path, kind, reason, page in rows if path in quiet]


def text_hash(text: str) -> bytes:
    """The identity of a text to embed: the first 16 bytes of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_unchanged(one: Found, row: tuple[int, int, int | None, str | None, int | None] | None) -> bool:
    return row is not None and row[0] == one.size and row[1] == one.mtime_ns


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip("/") + "/")


class _timed:  # noqa: N801  reads as a statement
    """Add the time spent inside to one entry of a table of seconds."""

    def __init__(self, seconds: dict[str, float], key: str) -> None:
        self.seconds, self.key = seconds, key

    def __enter__(self) -> None:
        self.started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.seconds[self.key] += time.perf_counter() - self.started
