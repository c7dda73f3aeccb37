"""Look at what is stored: how much, a document's ledger, a page's blocks, a passage, and its page as a picture."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragcli.collection import unread
from ragcli.collection.files import as_spelt
from ragcli.errors import ReadError, UsageError
from ragcli.records import Block, Box, Hit
from ragcli.retrieval.fetch import fetch
from ragcli.retrieval.fusion import Fused
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import fold

_LISTED = (
    "path", "type", "title", "author", "date", "lang", "meta", "kind", "reason", "pages", "pages_unread", "chunks", "id",
    "warnings",
)  # fmt: skip
_LEDGER = ("page", "place", "method", "characters", "tables", "equations", "images", "problem", "fallback")


@dataclass(frozen=True, slots=True)
class Status:
    """What a collection holds. Bytes are those on disk."""

    name: str
    documents: int
    pages: int
    pages_unread: int
    files_unread: int
    chunks: int
    segments: int
    bytes: int
    model: str | None
    languages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage, with each block that it was made of."""

    hit: Hit
    boxes: tuple[tuple[int, Box], ...]  # (page, box)

    def boxes_on(self, page: int) -> tuple[Box, ...]:
        return tuple(box for number, box in self.boxes if number == page)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, slide, section or sheet as it was read."""

    number: int | None  # of a page or slide, from 1
    place: str | None  # where there are no pages
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as PNG."""

    png: bytes
    reread: str | None  # the command to give where the file is no longer the one that was read: it may show anything


def status(catalog: Catalog, collection: str) -> Status:
    """What a collection holds."""
    return Status(
        name=collection,
        documents=catalog.count("documents"),
        pages=catalog.count("pages"),
        pages_unread=catalog.count("pages", "problem IS NOT NULL"),
        files_unread=catalog.count("files", "kind IS NOT NULL"),
        chunks=catalog.count_chunks(),
        segments=catalog.count("segments"),
        bytes=sum(path.stat().st_size for path in catalog.folder.rglob("*") if path.is_file()),
        model=(catalog.setting("model") or {}).get("name"),
        languages=catalog.setting("languages") or {},
    )


def documents(catalog: Catalog) -> list[dict[str, Any]]:
    """Each file with what is known of it, sorted by path."""
    rows = catalog.sql.execute(
        "SELECT f.path, d.type, d.title, d.author, d.date, d.language, d.meta, f.kind, f.reason,"
        " (SELECT count(*) FROM pages WHERE document_id = d.id),"
        " (SELECT count(*) FROM pages WHERE document_id = d.id AND problem IS NOT NULL),"
        " (SELECT count(*) FROM chunks WHERE document_id = d.id), f.document_id, d.warnings"
        " FROM files f LEFT JOIN documents d ON d.id = f.document_id ORDER BY f.path"
    )
    return [
        dict(zip(_LISTED, row, strict=True))
        | {"meta": json.loads(row[6] or "{}"), "warnings": json.loads(row[-1] or "[]")}
        for row in rows
    ]


def ledger(catalog: Catalog, path: str, collection: str) -> list[dict[str, Any]]:
    """One row per page. Raises: UsageError when no such file is in the collection, ReadError when it could not be read."""
    rows = catalog.sql.execute(
        "SELECT number, place, method, characters, tables, equations, images, problem, fallback, second_pass FROM pages"
        " WHERE document_id = ? ORDER BY ordinal",
        (_document(catalog, path, collection),),
    )
    return [
        dict(zip(_LEDGER, values, strict=True)) | {"second_pass": json.loads(passed) if passed else None}
        for *values, passed in rows
    ]


def warnings(catalog: Catalog, path: str) -> list[str]:
    """What was said of a file when it was read: that it is damaged, holds hidden text, …"""
    return unread.warnings(catalog, as_spelt(catalog, path))


def page(catalog: Catalog, path: str, wanted: str, collection: str) -> ReadPage:
    """One page or slide, by its number, or one section or sheet, by what the ledger calls it: of `Fees!A1:C9` also by `Fees`.

    Raises: UsageError when there is none.
    """
    document_id = _document(catalog, path, collection)
    rows = catalog.sql.execute(
        "SELECT number, place FROM pages WHERE document_id = ? ORDER BY ordinal", (document_id,)
    ).fetchall()
    number = int(wanted) if wanted.isdecimal() else None
    if number is not None and (number, None) in rows:
        return ReadPage(number, None, tuple(catalog.blocks(document_id, number, None)))
    slide = f"slide {number}"
    if (None, slide) in rows:
        return ReadPage(number, slide, tuple(catalog.blocks(document_id, None, slide)))
    places = list(dict.fromkeys(place for _, place in rows if place is not None))
    found = [place for place in places if fold(wanted) in (fold(place), fold(place.rpartition("!")[0]))]
    found = [wanted] if wanted in found else found
    if not found:
        lacks = f"has no pages, and no section or sheet '{wanted}'" if places else f"has no page {wanted}"
        raise UsageError(f"{path} {lacks}", f"see: {_command('show', path, collection)}")
    blocks = (block for place in found for block in catalog.blocks(document_id, None, place))
    return ReadPage(None, found[0] if len(found) == 1 else wanted, tuple(blocks))


def passage(catalog: Catalog, chunk_id: int, collection: str) -> Passage:
    """A passage by its number, as `query` names it. Raises: UsageError when there is none (numbers change on ingest)."""
    row = catalog.sql.execute("SELECT boxes FROM chunks WHERE id = ?", (chunk_id,)).fetchone()
    if row is None:
        raise UsageError(f"there is no passage {chunk_id} in collection '{collection}'", "ask again: rag query …")
    (hit,) = fetch(catalog, [Fused(chunk_id, 0.0)])
    return Passage(hit, tuple((number, tuple(box)) for number, box in json.loads(row[0])))


def draw(
    catalog: Catalog,
    path: str,
    number: int | None,
    boxes: tuple[Box, ...],
    passwords: tuple[str, ...] = (),
    quote: str | None = None,
) -> Drawing:
    """A page as it looks, the boxes marked, or of them only the words of `quote`.

    Raises: UsageError when the document has no pages; ReadError when its file is gone or cannot be drawn.
    """
    collection = catalog.folder.name
    _document(catalog, path, collection)
    path = as_spelt(catalog, path)
    row = catalog.sql.execute(
        "SELECT type, size, mtime_ns FROM files JOIN documents ON documents.id = document_id WHERE path = ?", (path,)
    ).fetchone()
    if number is None or row[0] != "pdf":
        see = f"see what was read of it: {_command('show', path, collection)}"
        raise UsageError(f"{path} has no pages that could be drawn ({row[0]})", see)
    from ragcli.reading.pdf.drawing import draw_page
    from ragcli.reading.walk import located

    try:
        file = located(path)
        now = file.stat()
    except OSError as error:
        forget = f"forget it: {_command('remove', path, collection)}"
        raise ReadError(f"{path}: {error.strerror}", forget, "missing") from None
    is_stale = (now.st_size, now.st_mtime_ns) != row[1:]
    reread = _command("ingest", path, collection) if is_stale else None
    try:
        return Drawing(draw_page(file, number, boxes, passwords, quote), reread)
    except ReadError as error:
        raise ReadError(error.what, f"read it again: {reread}" if reread else error.next_step, error.kind) from None


def _command(name: str, path: str, collection: str) -> str:
    """A command about one file, as a shell takes it."""
    return f"rag {name} {shlex.quote(path)} -c {collection}"


def _document(catalog: Catalog, path: str, collection: str) -> int:
    row = catalog.sql.execute(
        "SELECT document_id, kind, reason FROM files WHERE path = ?", (as_spelt(catalog, path),)
    ).fetchone()
    if row is None:
        end = f"/{Path(path).name}"
        alike = catalog.sql.execute("SELECT path FROM files WHERE substr(path, -length(?1)) = ?1", (end,)).fetchall()
        see = (
            f"is it: {_command('show', alike[0][0], collection)}"
            if len(alike) == 1
            else f"see: rag list -c {collection}"
        )
        raise UsageError(f"{path} is not in collection '{collection}'", see)
    document_id, kind, reason = row
    if document_id is None:
        raise ReadError(f"{path}: {reason}", f"then: {_command('ingest', path, collection)}", kind)
    return int(document_id)
