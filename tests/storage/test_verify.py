"""What `rag index --verify` sees, and that what it advises mends it."""

import sqlite3
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.errors import ReadError, StoreError
from ragcli.settings import Embedding, Reading, Settings
from ragcli.storage.catalog import Catalog

SETTINGS = Settings(reading=Reading(jobs=1), embedding=Embedding(model="all-MiniLM-L6-v2"))


@pytest.fixture
def whole(home: Path, documents: Path) -> Path:
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([documents])
        assert collection.verify() == []
        return collection.folder


def alter(folder: Path, statement: str, *parameters: object) -> None:
    with sqlite3.connect(folder / "catalog.sqlite") as sql:
        assert sql.execute(statement, parameters).rowcount == 1
    sql.close()


def test_a_damaged_lexical_index_is_made_anew_by_a_rebuild(whole: Path) -> None:
    alter(
        whole, "UPDATE lexical_data SET block = zeroblob(length(block)) WHERE id = (SELECT max(id) FROM lexical_data)"
    )
    with Collection.open(settings=SETTINGS) as collection:
        assert [fault[:28] for fault in collection.verify()] == ["the lexical index is damaged"]
        collection.index(rebuild=True)
    with Collection.open(settings=SETTINGS) as collection:
        assert collection.verify() == []
        assert Path(collection.query("ferry ticket", k=1).hits[0].path).name == "ferry.txt"


def test_a_damaged_page_is_named_and_read_again(whole: Path, documents: Path) -> None:
    ferry = str(documents / "ferry.txt")
    of_ferry = "document_id = (SELECT document_id FROM files WHERE path = ?)"
    alter(whole, f"UPDATE pages SET blocks = CAST(substr(blocks, 1, 20) || x'00' AS BLOB) WHERE {of_ferry}", ferry)
    with Collection.open(settings=SETTINGS) as collection:
        (fault,) = collection.verify()
        assert fault == f"{ferry} is damaged; to read it again: rag ingest --force {ferry} -c default"
        with pytest.raises(StoreError, match=r"a stored page is damaged .*; see which one: rag index --verify"):
            collection.index(rebuild=True)
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([documents / "ferry.txt"], force=True)
        assert collection.verify() == []


def test_a_full_disk_ends_a_transaction_and_says_so(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    (pages,) = catalog.sql.execute("PRAGMA page_count").fetchone()
    catalog.sql.execute(f"PRAGMA max_page_count = {pages}")  # SQLite takes it for a full disk
    with pytest.raises(sqlite3.OperationalError, match="database or disk is full"), catalog.transaction():
        catalog.set("long", "x" * 1_000_000)
    assert catalog.setting("long") is None
    catalog.close()


def test_without_room_for_a_log_an_index_is_read_only(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    class NoRoom(sqlite3.Connection):
        """As on a full disk, where the file that readers of a log share can't be made."""

        def execute(self, *arguments: object) -> sqlite3.Cursor:
            if "journal_mode" in str(arguments[0]):
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
                raise error
            return super().execute(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, factory=NoRoom, **named))
    catalog = Catalog(whole)
    assert catalog.count("documents") == 3
    catalog.close()
    with pytest.raises(ReadError, match="make room on its disk"):
        Catalog(whole, create=True)
