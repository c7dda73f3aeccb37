"""Prove that a collection is whole: every table, every segment, and that they agree."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from shlex import quote

import numpy as np

from ragcli.errors import StoreError
from ragcli.records import place_name
from ragcli.storage.catalog import Catalog, unpack_blocks
from ragcli.storage.segments import map_segment, verify_segment


def problems(catalog: Catalog, dimension: int) -> list[str]:
    """Return one line per fault; empty when the index is whole."""
    found = [row[0] for row in catalog.sql.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"a row of {row[0]} points nowhere" for row in catalog.sql.execute("PRAGMA foreign_key_check")]
    try:
        _check_lexical(catalog.sql)
    except sqlite3.DatabaseError as error:
        if not error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            raise  # locked, it was not looked at
        found.append(f"the lexical index is damaged ({error})")
    (unmatched,) = catalog.sql.execute(
        "SELECT count(*) FROM chunks WHERE id NOT IN (SELECT rowid FROM lexical)"
    ).fetchone()
    if unmatched:
        found.append(f"{unmatched} chunks are missing from the lexical index")
    if catalog.count("chunks") != catalog.count_chunks():
        found.append(f"{catalog.count_chunks()} chunks were counted, and {catalog.count('chunks')} are there")
    found += _damaged_pages(catalog)
    folder = catalog.folder / "segments"
    stored: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    for segment in catalog.segments():
        fault = verify_segment(folder, segment)
        if fault:
            found.append(fault)
        else:
            stored.append(np.asarray(map_segment(folder, segment, dimension)[0]))
    ids = np.concatenate(stored) if stored else np.empty(0, np.int64)
    if len(np.unique(ids)) < len(ids):
        found.append("a vector stands in two segments")
    wanted = np.array([row[0] for row in catalog.sql.execute("SELECT DISTINCT vector_id FROM chunks")], np.int64)
    missing = np.setdiff1d(wanted, ids)
    if len(missing) and len(stored) == len(catalog.segments()):
        found.append(f"{len(missing)} chunks have no vector")
    return found


def _damaged_pages(catalog: Catalog) -> Iterator[str]:
    """A line per stored page that can't be read back; what is packed has a checksum."""
    for document_id, place, number, packed in catalog.sql.execute(
        "SELECT document_id, place, number, blocks FROM pages"
    ):
        try:
            unpack_blocks(packed)
        except StoreError:
            paths = catalog.sql.execute("SELECT min(path) FROM files WHERE document_id = ?", (document_id,))
            path = paths.fetchone()[0]
            yield (
                f"{place_name(path, number, place)} is damaged; to read it again:"
                f" rag ingest --force {quote(path)} -c {catalog.folder.name}"
            )


def _check_lexical(sql: sqlite3.Connection) -> None:
    """Raises: sqlite3.DatabaseError when the lexical index is damaged, or another process holds it.

    To FTS5 its check is an INSERT: where nothing can be written, a copy in a temporary file of SQLite's own is checked.
    """
    check = "INSERT INTO lexical (lexical) VALUES ('integrity-check')"
    try:
        sql.execute(check)
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
            raise
        with closing(sqlite3.connect("")) as copy:
            sql.backup(copy)
            copy.execute(check)
