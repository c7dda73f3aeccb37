"""What the catalog knows of files on disk: which are unchanged, gone or moved, and which document a path stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import NamedTuple
from unicodedata import normalize

from ragcli.disk import sha256_of
from ragcli.reading.ocr.installed import is_there_now
from ragcli.reading.walk import File, Walk, display, is_below, located
from ragcli.records import Failure
from ragcli.settings import Reading
from ragcli.storage.catalog import Catalog


class KnownFile(NamedTuple):
    """A file as it was when it was last looked at; hash and document are None where it could not be read."""

    size: int
    mtime_ns: int
    sidecar_mtime_ns: int | None
    sha256: str | None
    document_id: int | None


def is_unchanged(known: KnownFile | None, now: File) -> bool:
    """Whether size and time are those of `now`: its bytes are then taken to be the same."""
    return known is not None and (known.size, known.mtime_ns) == (now.size, now.mtime_ns)


def known_files(catalog: Catalog) -> dict[str, KnownFile]:
    """Every file of the collection by its path."""
    rows = catalog.sql.execute("SELECT path, size, mtime_ns, sidecar_mtime_ns, sha256, document_id FROM files")
    return {row[0]: KnownFile(*row[1:]) for row in rows}


def vanished_files(known: Mapping[str, KnownFile], walked: Walk) -> dict[str, str | None]:
    """Known files below the named folders (or named themselves) that are no longer there: path -> hash.

    A folder that is itself missing may be a disk that is not mounted: what was below it stays. So it does where `unmounted`
    has made a failure of the folder.
    """
    seen = {one.shown for one in walked.files}
    # What a folder that can't be looked into holds is not known to be gone.
    closed = [failure.path for failure in walked.failures if failure.kind != "missing"]
    folders = [display(root) for root in walked.named if root.is_dir()]
    absent = {display(root) for root in walked.named if not root.is_dir()}
    return {
        path: file.sha256
        for path, file in known.items()
        if path not in seen
        and (path in absent or any(is_below(path, folder) for folder in folders))
        and not any(is_below(path, c) for c in closed)
    }


def unmounted(mounts: Iterable[str], walked: Walk) -> list[Failure]:
    """The folders, of those on which a disk was mounted, that are empty now because it no longer is."""
    named = [display(root) for root in walked.named]
    return [
        Failure(mount, "unreadable", f"no disk is mounted here now; to forget what it held: rag remove {quote(mount)}")
        for mount in mounts
        if mount not in walked.mounts
        and any(is_below(mount, root) for root in named)
        and not any(is_below(one.shown, mount) for one in walked.files)
    ]


def moved_files(
    catalog: Catalog, stale: Sequence[File], known: Mapping[str, KnownFile], vanished: Mapping[str, str | None]
) -> Iterator[tuple[File, str, int]]:
    """Files whose bytes are known: touched ones, and new paths with the bytes of a vanished file: (file, hash, document).

    Only files whose size leaves it possible are hashed. Link each before the next is asked for: a document that loses its
    last path is no longer there for the next.
    """
    sizes = {file.size for path, file in known.items() if path in vanished}
    hashes = {sha256 for sha256 in vanished.values() if sha256}
    for one in stale:
        before = known.get(one.shown)
        is_touched = before is not None and before.size == one.size and before.document_id is not None
        if is_touched or (before is None and one.size in sizes):
            try:
                sha256 = sha256_of(one.path)
            except OSError:
                continue  # it is named as unreadable when it is read
            document_id = catalog.document_of(sha256)
            same = (is_touched and before is not None and before.sha256 == sha256) or sha256 in hashes
            if same and document_id is not None:
                yield one, sha256, document_id


def unchanged_file(catalog: Catalog, document_id: int) -> Path | None:
    """A file that still holds the document's bytes, by its size and time."""
    rows = catalog.sql.execute("SELECT path, size, mtime_ns FROM files WHERE document_id = ?", (document_id,))
    for path, size, mtime_ns in rows.fetchall():
        try:
            file = located(path)
            status = file.stat()
        except OSError:
            continue  # it is gone, or closed: another path may hold the same bytes
        if (status.st_size, status.st_mtime_ns) == (size, mtime_ns):
            return file
    return None


def forget(catalog: Catalog, paths: Iterable[str]) -> None:
    """Drop files, and the documents that have no path left. Needs an open transaction, as all below."""
    catalog.sql.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in paths))
    catalog.remove_orphans()


def forget_below(catalog: Catalog, roots: Sequence[str]) -> int:
    """Drop the files at and below these places; return how many."""
    known = list(known_files(catalog))
    gone = {path for root in roots for path in _below(known, root)}
    forget(catalog, gone)
    catalog.set("languages", catalog.languages())
    return len(gone)


def _below(paths: Sequence[str], root: str) -> list[str]:
    """The paths at and below a root; where none is spelt so, those that look the same, as in `as_spelt`."""
    same = [path for path in paths if is_below(path, root)]
    return same or [path for path in paths if is_below(normalize("NFC", path), normalize("NFC", root))]


def as_spelt(catalog: Catalog, path: str) -> str:
    """A path as the collection has it: macOS takes accents apart (NFD), keyboards write them in one (NFC)."""
    if path.isascii() or catalog.sql.execute("SELECT 1 FROM files WHERE path = ?", (path,)).fetchone():
        return path
    wanted = normalize("NFC", path)
    return next((each for each in known_files(catalog) if normalize("NFC", each) == wanted), path)


def link(catalog: Catalog, file: File, sha256: str, document_id: int) -> None:
    """Let a path stand for a document; a document that loses its last path goes, in the same transaction."""
    before = _document_at(catalog, file.shown)
    _put(catalog, file, sha256, document_id, None)
    if before is not None and before != document_id:
        _remove_if_orphan(catalog, before)


def put_failure(catalog: Catalog, file: File, sha256: str | None, failure: Failure) -> None:
    """Keep why a file could not be read; what an earlier state of it said no longer answers."""
    before = _document_at(catalog, file.shown)
    _put(catalog, file, sha256, None, failure)
    if before is not None:
        _remove_if_orphan(catalog, before)


def _document_at(catalog: Catalog, path: str) -> int | None:
    """What a path stands for; None where it is new, or could not be read."""
    row: tuple[int | None] | None = catalog.sql.execute(
        "SELECT document_id FROM files WHERE path = ?", (path,)
    ).fetchone()
    return row[0] if row else None


def holds(catalog: Catalog, file: File, sha256: str) -> bool:
    """Whether a path stands for a document that was read of these very bytes."""
    asked = "SELECT 1 FROM files WHERE path = ? AND sha256 = ? AND document_id IS NOT NULL"
    return catalog.sql.execute(asked, (file.shown, sha256)).fetchone() is not None


def _remove_if_orphan(catalog: Catalog, document_id: int) -> None:
    if not catalog.sql.execute("SELECT 1 FROM files WHERE document_id = ?", (document_id,)).fetchone():
        catalog.remove_document(document_id)


def still_failing(catalog: Catalog, paths: Iterable[str]) -> list[Failure]:
    """Why these files, or pages of them, could not be read when they last were: nothing is lost silently."""
    rows = catalog.sql.execute(
        "SELECT path, kind, reason, NULL FROM files WHERE kind IS NOT NULL UNION ALL"
        " SELECT f.path, 'page', p.problem, p.number FROM files f JOIN pages p ON p.document_id = f.document_id"
        " WHERE p.problem IS NOT NULL"
    ).fetchall()
    asked = set(paths)
    return [Failure(path, kind, reason, page) for path, kind, reason, page in rows if path in asked]


def readable_now(catalog: Catalog, passwords: Sequence[str], settings: Reading) -> set[str]:
    """Files that were not read, or only in part, for want of what may be there now: a right, a password, OCR."""
    # What could not even be opened may be readable now: a changed permission does not change a file's time.
    never_opened = catalog.sql.execute("SELECT path FROM files WHERE kind IS NOT NULL AND sha256 IS NULL")
    found = {path for (path,) in never_opened}
    if passwords:
        found.update(path for (path,) in catalog.sql.execute("SELECT path FROM files WHERE kind = 'encrypted'"))
    if settings.ocr != "never":
        rows = catalog.sql.execute(
            "SELECT DISTINCT f.path, p.problem FROM files f JOIN pages p ON p.document_id = f.document_id"
            " WHERE p.problem IS NOT NULL"
        )
        found.update(path for path, problem in rows if is_there_now(problem))
    return found


def _put(catalog: Catalog, file: File, sha256: str | None, document_id: int | None, failure: Failure | None) -> None:
    kind, reason = (failure.kind, failure.reason) if failure else (None, None)
    # What was said of a path stays with it; a path that is new to a document has what was said of its other ones.
    catalog.sql.execute(
        "INSERT INTO files VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
        " (SELECT said FROM files WHERE document_id = ?2 AND said IS NOT NULL))"
        " ON CONFLICT DO UPDATE SET document_id = ?2, sha256 = ?3, size = ?4, mtime_ns = ?5, sidecar_mtime_ns = ?6,"
        " kind = ?7, reason = ?8",
        (file.shown, document_id, sha256, file.size, file.mtime_ns, file.sidecar_mtime_ns, kind, reason),
    )
