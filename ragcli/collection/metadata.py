"""What people say of documents: in a sidecar beside one, or for all of an ingest by `--meta`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ragcli.collection.files import KnownFile
from ragcli.errors import ReadError
from ragcli.reading.sidecar import read_sidecar
from ragcli.reading.walk import File, display
from ragcli.records import Failure, Value
from ragcli.storage.catalog import Catalog

_OWN_FIELDS = ("title", "author", "date", "language")  # metadata that takes the place of what the file itself says


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one document; `own` takes the place of its title, author, date or language."""

    meta: dict[str, Value]
    own: dict[str, Any]
    failures: tuple[Failure, ...] = ()  # a sidecar that can't be read: it costs the metadata only


def said_of(file: File, of_all: Mapping[str, Value]) -> Said:
    """The sidecar's metadata and those `of_all` documents, which win."""
    meta: dict[str, Value] = {}
    failures: tuple[Failure, ...] = ()
    if file.sidecar is not None:
        try:
            meta = read_sidecar(file.sidecar)
        except ReadError as error:
            failures = (Failure(display(file.sidecar), error.kind, error.what),)
    meta |= of_all
    own = {key: str(meta.pop(key)) for key in _OWN_FIELDS if key in meta}
    return Said(meta, own, failures)


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
        if not of_all and file.sidecar_mtime_ns == one.sidecar_mtime_ns:
            continue
        said = said_of(one, of_all)
        failures += said.failures
        catalog.update_metadata(file.document_id, said.meta, said.own)
        update = "UPDATE files SET sidecar_mtime_ns = ? WHERE path = ?"
        catalog.sql.execute(update, (one.sidecar_mtime_ns, one.shown))
    return failures
