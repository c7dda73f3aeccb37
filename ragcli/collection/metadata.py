"""What people say of documents: in a sidecar beside one, or for all of an ingest by `--meta`."""

import json
from collections.abc import Iterable, Mapping

from ragcli.collection.files import KnownFile
from ragcli.errors import ReadError
from ragcli.reading.metadata import TAKEN
from ragcli.reading.sidecar import read_sidecar
from ragcli.reading.walk import File, display
from ragcli.records import Failure, Value
from ragcli.storage.catalog import Catalog

_FIELDS = ("title", "author", "date", "language")  # that may be said of a document, in the place of what it says itself


def update_metadata(
    catalog: Catalog, files: Iterable[File], known: Mapping[str, KnownFile], of_all: Mapping[str, Value]
) -> list[Failure]:
    """Renew what is said of files that are not read again, where a sidecar has changed or something is said of all.

    Needs an open transaction. Returns: the sidecars that can't be read.
    """
    failures: list[Failure] = []
    for one in files:
        file = known.get(one.shown)
        if file is None or file.document_id is None:
            continue
        if of_all or file.sidecar_mtime_ns != one.sidecar_mtime_ns:
            failures += attach(catalog, one, of_all)
    return failures


def attach(catalog: Catalog, file: File, of_all: Mapping[str, Value]) -> list[Failure]:
    """Keep what the sidecar of a file says now, and what is said of all; its document then has both beside its own.

    What was said before of all stays: an ingest from cron does not repeat it. Needs an open transaction.

    Returns: the sidecar, where it can't be read, which costs the metadata only (what it said before stays), and where it
    gives a value to a field that is read from the document. It is looked at again, and named, until it is mended.
    """
    found = catalog.sql.execute("SELECT document_id, said FROM files WHERE path = ?", (file.shown,)).fetchone()
    if found is None or not (file.sidecar or of_all or found[1]):
        return []
    failed: list[tuple[str, str]] = []  # kind, reason
    in_sidecar, before = json.loads(found[1] or "[{}, {}]")
    try:
        in_sidecar = read_sidecar(file.sidecar) if file.sidecar else {}
    except ReadError as error:
        failed.append((error.kind, error.what))
    failed += [
        ("taken", f"each document has a field {key} of its own; call it otherwise: my_{key}: …")
        for key in sorted(TAKEN & in_sidecar.keys())
    ]
    said = json.dumps([in_sidecar, before | dict(of_all)])
    update = "UPDATE files SET said = ?, sidecar_mtime_ns = ? WHERE path = ?"
    catalog.sql.execute(update, (said, None if failed else file.sidecar_mtime_ns, file.shown))
    if found[0] is not None:
        _join(catalog, found[0])
    return [Failure(display(file.sidecar or file.path), kind, reason) for kind, reason in failed]


def rejoin(catalog: Catalog, document_ids: Iterable[int]) -> None:
    """Let documents that have lost a path forget what was said of it."""
    for document_id in document_ids:
        if catalog.sql.execute("SELECT 1 FROM documents WHERE id = ? AND own NOTNULL", (document_id,)).fetchone():
            _join(catalog, document_id)


def _join(catalog: Catalog, document_id: int) -> None:
    """Make the metadata of a document: what it says itself, then its sidecars, then what was said of all, which wins."""
    columns = ", ".join((*_FIELDS, "meta"))
    row = catalog.sql.execute(f"SELECT own, {columns} FROM documents WHERE id = ?", (document_id,)).fetchone()
    own = json.loads(row[0]) if row[0] else dict(zip(_FIELDS, row[1:-1], strict=True)) | {"meta": json.loads(row[-1])}
    rows = catalog.sql.execute("SELECT said FROM files WHERE document_id = ? AND said IS NOT NULL", (document_id,))
    said = [json.loads(text) for (text,) in rows]
    meta: dict[str, Value] = dict(own["meta"])
    for one in (*(sidecar for sidecar, _ in said), *(of_all for _, of_all in said)):
        meta |= one
    fields = [str(meta.pop(field)) if field in meta else own[field] for field in _FIELDS]
    catalog.sql.execute(
        f"UPDATE documents SET (own, {columns}) = (?, ?, ?, ?, ?, ?) WHERE id = ?",
        (json.dumps(own), *fields, json.dumps(meta), document_id),
    )
