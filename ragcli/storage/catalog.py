"""The catalog: one SQLite file that holds everything but the vectors, and whose transaction commits them too."""

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Any
from unicodedata import normalize

import numpy as np

from ragcli.errors import ReadError, StoreError, UsageError
from ragcli.records import Block, Chunk, Document, Page
from ragcli.storage.schema import LEXICAL, prepare
from ragcli.storage.segments import Ids, Segment
from ragcli.storage.terms import fold, terms

_MANY = 5000  # chunks: to rank by a word that as many hold takes some milliseconds
_DRIFT = 0.05  # share of the chunks; to count all terms of a million takes seconds, and one new file changes none


class Catalog:
    """An open catalog. Readers see the generation that was committed when their transaction began."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        self.folder = folder
        path = folder / "catalog.sqlite"
        if not create and not path.is_file():
            raise StoreError(f"there is no collection at {folder}", "make it: rag ingest PATH")
        try:
            self.sql = _connect(path, create)
            prepare(self.sql, create, folder.name)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise StoreError(
                    f"{path} is damaged ({error})",
                    f"make it anew: rm -r {quote(str(folder))} && rag ingest PATH -c {folder.name}",
                ) from error
            if error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
                raise UsageError(
                    f"{path} can't be opened ({error})", f"get the right to read and write {folder}, or set RAG_HOME"
                ) from error
            raise
        self.sql.create_function("nfc", 1, partial(normalize, "NFC"), deterministic=True)
        self.sql.create_function("fold", 1, _folded, deterministic=True)
        self._own_writes = 0

    def close(self) -> None:
        self.sql.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is committed at once, or nothing is."""
        self.sql.execute("BEGIN IMMEDIATE")
        self._own_writes += 1
        try:
            yield
        except BaseException:
            if self.sql.in_transaction:  # a full disk has ended it already
                self.sql.execute("ROLLBACK")
            raise
        self.sql.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the same generation."""
        self.sql.execute("BEGIN")
        try:
            yield
        finally:
            self.sql.execute("COMMIT")

    def generation(self) -> tuple[int, int]:
        """Another after each commit, of this connection and of any other."""
        return self.sql.execute("PRAGMA data_version").fetchone()[0], self._own_writes

    # ---- settings

    def setting(self, key: str) -> Any:
        """What `set` has kept under a key; None when nothing was."""
        row = self.sql.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return None if row is None else json.loads(row[0])

    def set(self, key: str, value: Any) -> None:
        self.sql.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, json.dumps(value)))

    def count(self, table: str, where: str = "true") -> int:
        """How many rows of a table fulfil an SQL condition."""
        (rows,) = self.sql.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
        return int(rows)

    # ---- documents

    def document_of(self, sha256: str) -> int | None:
        """The id of the document with these bytes; None when there is none."""
        row = self.sql.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else int(row[0])

    def add_document(self, document: Document, sha256: str, size: int, modified: str) -> int:
        """Insert a document with its ledger; its chunks follow by `add_chunks`."""
        cursor = self.sql.execute(
            "INSERT INTO documents (sha256, type, title, author, date, language, bytes, added, modified, meta, warnings)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                sha256, document.type, document.title, document.author, document.date, document.language, size,
                datetime.now(UTC).isoformat(timespec="seconds"), modified, json.dumps(dict(document.meta)),
                json.dumps(document.warnings),
            ),
        )  # fmt: skip
        document_id = int(cursor.lastrowid or 0)
        self.sql.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, NULL)",
            (
                (
                    document_id, ordinal, page.number, page.place, page.method, page.characters, page.count("table"),
                    page.count("equation"), page.images, page.problem, page.width, page.height, _pack_blocks(page.blocks),
                    page.table_score, page.equation_score, page.fallback, page.order_doubt,
                )
                for ordinal, page in enumerate(document.pages)
            ),
        )  # fmt: skip
        return document_id

    def replace_blocks(self, document_id: int, page: Page) -> None:
        """Put what a second pass read in the place of a page's blocks; the chunks are the caller's to replace."""
        self.sql.execute(
            "UPDATE pages SET blocks = ?, characters = ?, tables = ?, equations = ?"
            " WHERE document_id = ? AND number = ?",
            (
                _pack_blocks(page.blocks), page.characters, page.count("table"), page.count("equation"),
                document_id, page.number,
            ),
        )  # fmt: skip

    def remove_document(self, document_id: int) -> None:
        self.remove_chunks(document_id)
        self.sql.execute("DELETE FROM pages WHERE document_id = ?", (document_id,))
        self.sql.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def remove_orphans(self) -> None:
        """Remove documents that no file holds any more."""
        orphans = self.sql.execute(
            "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM files WHERE document_id IS NOT NULL)"
        ).fetchall()
        for (document_id,) in orphans:
            self.remove_document(document_id)

    def blocks(self, document_id: int, page: int | None, place: str | None) -> list[Block]:
        """The blocks of one page (by number) or, where there are no numbers, of one place."""
        rows = self.sql.execute(
            "SELECT blocks FROM pages WHERE document_id = ? AND number IS ? AND (number IS NOT NULL OR place IS ?)"
            " ORDER BY ordinal",
            (document_id, page, place),
        )
        return [block for (packed,) in rows for block in unpack_blocks(packed)]

    # ---- chunks and vectors

    def known_vectors(self, hashes: Sequence[bytes]) -> dict[bytes, int]:
        """The vector ids of those texts that have one, by the hash of the text."""
        return dict(rows_in(self.sql, "SELECT hash, id FROM vectors WHERE hash", hashes))

    def add_vectors(self, hashes: Sequence[bytes]) -> Ids:
        """Give each hash a vector id, ascending and never given before (a dead id may still lie in a segment)."""
        first = (self.setting("last_vector") or 0) + 1
        ids = np.arange(first, first + len(hashes), dtype=np.int64)
        self.sql.executemany("INSERT INTO vectors VALUES (?, ?)", zip(ids.tolist(), hashes, strict=True))
        self.set("last_vector", first + len(hashes) - 1)
        return ids

    def count_chunks(self) -> int:
        """How many chunks there are."""
        return chunks_in(self.sql)

    def add_chunks(self, document_id: int, chunks: Sequence[Chunk], vector_ids: Sequence[int]) -> None:
        for ordinal, (chunk, vector_id) in enumerate(zip(chunks, vector_ids, strict=True)):
            cursor = self.sql.execute(
                "INSERT INTO chunks (document_id, ordinal, kind, language, page, place, section, pages, boxes, tokens, text,"
                " vector_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document_id, ordinal, chunk.kind, chunk.language, chunk.pages[0] if chunk.pages else None, chunk.place,
                    json.dumps(chunk.section, ensure_ascii=False), json.dumps(chunk.pages), json.dumps(chunk.boxes),
                    chunk.tokens, chunk.text, vector_id,
                ),
            )  # fmt: skip
            texts = (chunk.title or "", " ".join(chunk.section), chunk.text, chunk.around)
            words = (" ".join(terms(text, chunk.language)) for text in texts)
            self.sql.execute(
                "INSERT INTO lexical (rowid, title, section, body, around) VALUES (?, ?, ?, ?, ?)",
                (cursor.lastrowid, *words),
            )
        self.sql.executemany("DELETE FROM dead_vectors WHERE id = ?", {(vector_id,) for vector_id in vector_ids})
        self.set("chunks", self.count_chunks() + len(chunks))

    def remove_chunks(self, document_id: int) -> None:
        """Remove a document's chunks; vectors that no other chunk uses are dead from here on."""
        mine = "SELECT id FROM chunks WHERE document_id = ?"
        self.sql.execute(f"DELETE FROM lexical WHERE rowid IN ({mine})", (document_id,))
        vectors = self.sql.execute(
            "SELECT DISTINCT vector_id FROM chunks WHERE document_id = ?", (document_id,)
        ).fetchall()
        gone = self.sql.execute("DELETE FROM chunks WHERE document_id = ?", (document_id,)).rowcount
        self.set("chunks", self.count_chunks() - gone)
        self.sql.executemany(
            "INSERT OR IGNORE INTO dead_vectors SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM chunks WHERE vector_id = ?1)",
            vectors,
        )

    def remove_all_chunks(self) -> None:
        """Remove the chunks of all documents, and all vectors; a damaged lexical index is made anew."""
        self.sql.execute("DROP TABLE lexical_vocabulary")
        self.sql.execute("DROP TABLE lexical")
        for statement in LEXICAL:
            self.sql.execute(statement)
        for table in ("chunks", "dead_vectors", "vectors", "segments"):
            self.sql.execute(f"DELETE FROM {table}")
        self.set("chunks", 0)

    def dead_vectors(self) -> Ids:
        """Ids that no chunk uses, ascending; their rows lie in a segment until a merge."""
        return np.array([row[0] for row in self.sql.execute("SELECT id FROM dead_vectors ORDER BY id")], np.int64)

    def segments(self) -> list[Segment]:
        return [Segment(*row) for row in self.sql.execute("SELECT name, rows, sha256 FROM segments ORDER BY name")]

    def add_segment(self, segment: Segment) -> None:
        self.sql.execute(
            "INSERT OR REPLACE INTO segments VALUES (?, ?, ?)", (segment.name, segment.rows, segment.sha256)
        )

    def drop_segment(self, segment: Segment) -> None:
        self.sql.execute("DELETE FROM segments WHERE name = ?", (segment.name,))

    def are_common_terms_old(self) -> bool:
        """Whether there are so many more chunks, or fewer, than when `count_common_terms` last went through all terms."""
        counted = self.setting("common_terms_of") or 0
        return abs(self.count_chunks() - counted) > _DRIFT * counted or counted < 10 * _MANY

    def count_common_terms(self) -> None:
        """List the terms that stand in more than a tenth of the chunks, and in many: a search leaves them out beside others.

        Ranking by a word that is everywhere changes little and costs most: 125 ms against 1.2 ms on 100,000 chunks. But a
        folder of reports has `liabilities` and `net income` in a fifth of its chunks, and is asked for just those.
        """
        self.set("common_terms_of", self.count_chunks())
        fewest = max(self.count_chunks() // 10, _MANY)
        self.sql.execute("DELETE FROM common_terms")
        self.sql.execute("INSERT INTO common_terms SELECT term FROM lexical_vocabulary WHERE doc > ?", (fewest,))

    def document_languages(self) -> list[str | None]:
        """The languages that documents are in, or parts of them; None among them where one was not recognised.

        None alone where there is no document.
        """
        return languages_in(self.sql) or [None]

    def languages(self) -> dict[str, float]:
        """The share of each language among the tokens of the chunks."""
        rows = self.sql.execute(
            "SELECT language, sum(tokens) FROM chunks WHERE language IS NOT NULL GROUP BY language"
        ).fetchall()
        total = sum(count for _, count in rows) or 1
        return {language: count / total for language, count in rows}


def chunks_in(sql: sqlite3.Connection) -> int:
    """As `Catalog.count_chunks`. The number is kept: SQLite would walk through a million to count them."""
    row = sql.execute("SELECT value FROM settings WHERE key = 'chunks'").fetchone()
    return 0 if row is None else int(row[0])


def languages_in(sql: sqlite3.Connection) -> list[str | None]:
    """As `Catalog.document_languages`, empty without documents; by one step in the index for each, not for each document.

    The parts are read from the shares, which are kept: to ask all chunks takes longer.
    """
    rows = sql.execute(
        "WITH RECURSIVE each (language) AS (SELECT min(language) FROM documents UNION ALL"
        " SELECT (SELECT min(d.language) FROM documents d WHERE d.language > each.language) FROM each"
        " WHERE each.language IS NOT NULL)"
        " SELECT language FROM each WHERE language IS NOT NULL"
        " UNION SELECT NULL WHERE EXISTS (SELECT 1 FROM documents WHERE language IS NULL)"
        " UNION SELECT key FROM json_each((SELECT value FROM settings WHERE key = 'languages'))"
    )
    return [row[0] for row in rows]


def rows_in(sql: sqlite3.Connection, select: str, values: Sequence[Any], before: Sequence[Any] = ()) -> Iterator[Any]:
    """The rows of a SELECT that ends in a column, where that is one of any number of values: SQLite takes some hundreds."""
    for start in range(0, len(values), 500):
        part = values[start : start + 500]
        yield from sql.execute(f"{select} IN ({','.join('?' * len(part))})", (*before, *part))


def _folded(text: object) -> str | None:
    """For comparisons of whole values: what is typed with a straight apostrophe is found with the printed one."""
    return None if text is None else fold(str(text)).replace("’", "'")


def _connect(path: Path, create: bool) -> sqlite3.Connection:
    """A connection to the file; where nothing can be written beside it, also for want of room, one that only reads.

    Readers of a log (WAL) share a file of their own, so without the right to write they need one that is there already;
    without a log the file is taken for one that does not change.
    """
    log = path.with_name(f"{path.name}-wal")
    has_log = log.is_file() and log.stat().st_size > 0
    if os.access(path.parent, os.W_OK) and (os.access(path, os.W_OK) or not path.exists()):
        sql = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            sql.execute("PRAGMA journal_mode = WAL")
            sql.execute("PRAGMA synchronous = FULL")  # NORMAL may lose the last commits when the power goes
            sql.execute("PRAGMA foreign_keys = ON")
        except sqlite3.OperationalError as error:
            sql.close()
            if not error.sqlite_errorname.startswith(("SQLITE_IOERR", "SQLITE_FULL")):
                raise
            if has_log or create:
                what = f"{path} can't be opened ({error})"
                raise ReadError(what, "make room on its disk, then give the same command again") from error
        else:
            return sql
    how = "mode=ro" if has_log else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=30)


def _pack_blocks(blocks: Sequence[Block]) -> bytes:
    """A page's blocks as they are stored: JSON, compressed."""
    rows = [[block.kind, block.level, block.bbox, block.text, *_more(block)] for block in blocks]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _more(block: Block) -> list[dict[str, Any]]:
    """What few blocks have, by name."""
    more = {name: value for name in ("continues", "latex", "label") if (value := getattr(block, name))}
    return [more] if more else []


def unpack_blocks(packed: bytes) -> list[Block]:
    """What `_pack_blocks` has packed. Raises: StoreError when it was altered since."""
    try:
        rows = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    except (zlib.error, ValueError) as error:
        raise StoreError(f"a stored page is damaged ({error})", "see which one: rag index --verify") from error
    return [
        Block(text, kind, tuple(bbox) if bbox else None, level, **(more[0] if more else {}))
        for kind, level, bbox, text, *more in rows
    ]
