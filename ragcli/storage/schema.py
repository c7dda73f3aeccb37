"""The catalog's tables, and the way from one version of them to the next."""

import contextlib
import json
import sqlite3

from ragcli.errors import StoreError, UsageError
from ragcli.storage.terms import terms

VERSION = 11

# What an ingest that has nothing to do asks of the pages, which hold all text: it must not read them all.
WAITS = " OR ".join(
    f"({column} > 0 AND NOT instr(coalesce(second_pass, ''), '\"{kind}\":'))"
    for column, kind in (("table_score", "table"), ("equation_score", "equation"), ("order_doubt", "order"))
)
_PAGE_INDEXES = f"""
CREATE INDEX pages_waiting ON pages (document_id) WHERE {WAITS};
CREATE INDEX pages_problem ON pages (document_id) WHERE problem IS NOT NULL;"""

# Terms come with a space between them, and marks are letters of some: else SQLite would part `ภาษา` at each of its vowels.
_FIELDS = "fts5 (title, section, body, around, tokenize = \"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")"
LEXICAL = (
    f"CREATE VIRTUAL TABLE lexical USING {_FIELDS}",
    "CREATE VIRTUAL TABLE lexical_vocabulary USING fts5vocab (lexical, row)",
)
_TABLES = f"""
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A document is a content: two files with the same bytes are one document at two paths. `own` is null while nobody says
-- anything of it, then JSON: what the file itself says, of what stands in the columns.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, type TEXT NOT NULL, title TEXT, author TEXT, date TEXT,
    language TEXT, bytes INTEGER NOT NULL, added TEXT NOT NULL, modified TEXT NOT NULL,
    meta TEXT NOT NULL DEFAULT '{{}}', warnings TEXT NOT NULL DEFAULT '[]', own TEXT);
CREATE INDEX documents_language ON documents (language);

-- Every file that was looked at; without a document it could not be read, for the reason given. `said` is null or JSON: what
-- its sidecar says, and what ingests said of all they were given.
CREATE TABLE files (
    path TEXT PRIMARY KEY, document_id INTEGER REFERENCES documents (id), sha256 TEXT, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, sidecar_mtime_ns INTEGER, kind TEXT, reason TEXT, said TEXT) WITHOUT ROWID;
CREATE INDEX files_document ON files (document_id);

-- The ledger: what was read of each page, and how. `blocks` is zlib over JSON [[kind, level, bbox, text], ...].
-- The scores say whether a second pass may find tables or equations, `order_doubt` whether it is to look for the order of
-- reading: `layout` then is JSON [bbox, …] of its regions. `second_pass` is null until it looked, then JSON
-- {{"table": "done" or why it failed, "equation": …, "order": …}}.
-- `fallback` says why a configured extractor's reading was not taken.
CREATE TABLE pages (
    document_id INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL, number INTEGER, place TEXT,
    method TEXT NOT NULL, characters INTEGER NOT NULL, tables INTEGER NOT NULL, equations INTEGER NOT NULL,
    images INTEGER NOT NULL, problem TEXT, width REAL NOT NULL, height REAL NOT NULL, blocks BLOB NOT NULL,
    table_score REAL NOT NULL DEFAULT 0, equation_score REAL NOT NULL DEFAULT 0, second_pass TEXT,
    fallback TEXT, order_doubt INTEGER NOT NULL DEFAULT 0, layout TEXT, PRIMARY KEY (document_id, ordinal));
{_PAGE_INDEXES}

CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL, language TEXT, page INTEGER, place TEXT, section TEXT NOT NULL, pages TEXT NOT NULL,
    boxes TEXT NOT NULL, tokens INTEGER NOT NULL, text TEXT NOT NULL, vector_id INTEGER NOT NULL REFERENCES vectors (id));
CREATE INDEX chunks_document ON chunks (document_id, ordinal);
CREATE INDEX chunks_vector ON chunks (vector_id);
CREATE INDEX chunks_language ON chunks (language, tokens);  -- the shares are counted at each commit

-- One vector per distinct text: a changed page embeds only its own chunks anew. A vector no chunk uses is dead until a merge.
CREATE TABLE vectors (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE);
CREATE TABLE dead_vectors (id INTEGER PRIMARY KEY);
CREATE TABLE segments (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;

{";".join(LEXICAL)};
CREATE TABLE common_terms (term TEXT PRIMARY KEY) WITHOUT ROWID;  -- in more than a tenth of the chunks
"""

_UPGRADES = {  # from each version to the next
    1: (
        "ALTER TABLE pages ADD COLUMN table_score REAL NOT NULL DEFAULT 0",
        "ALTER TABLE pages ADD COLUMN equation_score REAL NOT NULL DEFAULT 0",
        "ALTER TABLE pages ADD COLUMN second_pass TEXT",
    ),
    2: ("UPDATE pages SET second_pass = NULL",),  # it knew no kinds yet
    3: ("ALTER TABLE pages ADD COLUMN fallback TEXT",),
    4: (
        "ALTER TABLE pages ADD COLUMN order_doubt INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE pages ADD COLUMN layout TEXT",
    ),
    5: (),  # the words of some languages are stemmed by now: see `_upgrade`
    6: (
        "CREATE INDEX IF NOT EXISTS chunks_language ON chunks (language, tokens)",
        # FTS5 adds no column; `around` stays empty until the chunks are made anew.
        'CREATE VIRTUAL TABLE wider USING fts5 (title, section, body, around, tokenize = "unicode61 remove_diacritics 0")',
        "INSERT INTO wider (rowid, title, section, body) SELECT rowid, title, section, body FROM lexical",
        "DROP TABLE lexical",
        "ALTER TABLE wider RENAME TO lexical",
    ),
    7: tuple(  # since then `œuvre` is folded to `oeuvre`
        f"UPDATE lexical SET {column} = replace(replace({column}, 'œ', 'oe'), 'æ', 'ae')"
        f" WHERE instr({column}, 'œ') OR instr({column}, 'æ')"
        for column in ("title", "section", "body", "around")
    ),
    8: (
        "CREATE INDEX IF NOT EXISTS documents_language ON documents (language)",
        *_PAGE_INDEXES.replace("INDEX", "INDEX IF NOT EXISTS").split(";")[:2],
        "INSERT OR REPLACE INTO settings SELECT 'chunks', count(*) FROM chunks",
    ),
    9: ("ALTER TABLE documents ADD COLUMN own TEXT", "ALTER TABLE files ADD COLUMN said TEXT"),
    10: (  # since then marks are letters, and `ł` is folded to `l`: see `_upgrade`
        f"CREATE VIRTUAL TABLE wider USING {_FIELDS}",
        "INSERT INTO wider (rowid, title, section, body, around) SELECT rowid, title, section, body, around FROM lexical",
        "DROP TABLE lexical",
        "ALTER TABLE wider RENAME TO lexical",
    ),
}
_STEMMED_SINCE_6 = ("cs", "et", "fa", "pl")
_LETTERS_SINCE_11 = "*[đĐðÐħĦıİłŁøØþÞ\u0900-\u109f\u1780-\u17ff]*"


def prepare(connection: sqlite3.Connection, create: bool, collection: str) -> None:
    """Make the tables in an empty file, or bring older ones up to `VERSION`, in one transaction.

    Raises: StoreError when the file was written by a newer release, or is empty and must not be created; UsageError when
    it is older and can't be written.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return
    if version > VERSION:
        what = f"the index of collection '{collection}' has form {version}, this release of rag knows {VERSION}"
        raise StoreError(what, "update rag, or ingest into another collection: rag ingest PATH -c NAME")
    if version:
        try:
            _upgrade(connection)
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
                raise
            what = f"the index of collection '{collection}' is of an older release, and can't be written to be brought up to date"
            raise UsageError(what, f"whoever may write it gives once: rag status -c {collection}") from error
        return
    if not create:
        raise StoreError(f"collection '{collection}' is empty", f"fill it: rag ingest PATH -c {collection}")
    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")


def _upgrade(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()  # again: another process may have been first
    for step in range(version, VERSION):
        for statement in _UPGRADES[step]:
            connection.execute(statement)
    if version < 6:
        _index_anew(connection, "c.language IN (SELECT value FROM json_each(?))", json.dumps(_STEMMED_SINCE_6))
    if version < 11:
        _index_anew(connection, "coalesce(d.title, '') || c.section || c.text GLOB ?", _LETTERS_SINCE_11)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
    if version < 11:  # the lexical index that is gone has left half of the file empty
        with contextlib.suppress(sqlite3.OperationalError):  # where the disk has no room for it, new chunks fill that
            connection.execute("VACUUM")


def _index_anew(connection: sqlite3.Connection, condition: str, parameter: str) -> None:
    """Make the terms of such chunks (`c`, of documents `d`) once more."""
    rows = connection.execute(
        "SELECT c.id, c.language, d.title, c.section, c.text FROM chunks c JOIN documents d ON d.id = c.document_id"
        f" WHERE {condition}",
        (parameter,),
    )
    for chunk_id, language, title, section, text in rows:
        words = (" ".join(terms(one, language)) for one in (title or "", " ".join(json.loads(section)), text))
        connection.execute("UPDATE lexical SET title = ?, section = ?, body = ? WHERE rowid = ?", (*words, chunk_id))
