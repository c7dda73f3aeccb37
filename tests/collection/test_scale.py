"""What must not grow with the collection: the statements of a question, of an ingest with little to do, of a commit."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.collection import ingest as ingesting
from ragcli.collection.files import put_failure
from ragcli.reading.walk import File
from ragcli.records import Failure
from ragcli.settings import Embedding, Reading, Settings
from ragcli.storage import catalog as storing

SETTINGS = Settings(reading=Reading(jobs=1), embedding=Embedding(model="all-MiniLM-L6-v2"))
HOPPING = "Which ferry sails to the town of the Halden bridge?"


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that SQLite is asked, as it comes."""
    asked: list[str] = []
    connect = storing._connect

    def traced(path: Path, create: bool) -> sqlite3.Connection:
        connection = connect(path, create)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(storing, "_connect", traced)
    return asked


@pytest.fixture
def towns(home: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "towns"
    folder.mkdir()
    for n in range(30):
        text = f"# Town {n}\n\nThe bridge of Arle {n} leads to Skarn {n}. The ferry of Orm {n} sails at {n} in the morning.\n"
        (folder / f"town-{n}.md").write_text(text, encoding="utf-8")
    return folder


def having(statements: list[str], part: str) -> int:
    return sum(part in statement for statement in statements)


def test_a_filter_is_applied_once_a_question(towns: Path, statements: list[str]) -> None:
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([towns], meta={"part": 1})
        collection.query(HOPPING)
        statements.clear()
        collection.query(HOPPING, where=["part=1"])
    assert having(statements, "SELECT id FROM selected") > 3  # dense, lexical, names of second hops
    assert having(statements, "v.value = 1") == 1


def test_a_question_counts_nothing_and_reads_the_names_of_files_once(towns: Path, statements: list[str]) -> None:
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([towns])
        statements.clear()
        for question in ("Where is the bridge of Arle 7?", "Is TSOP17 or LM317 in town-3?"):
            collection.query(question)
            collection.named_nowhere(question)
        names = [one for one in statements if one.startswith("SELECT path, document_id FROM files")]
        assert len(names) == 1
        assert (
            having(statements, "count(*) FROM chunks WHERE")
            == having(statements, "FROM files WHERE document_id IS")
            == 0
        )
        with Collection.open(settings=SETTINGS) as other:
            other.remove([str(towns / "town-3.md")])
        assert not [hit for hit in collection.query("town-3 ferry").hits if "town-3.md" in hit.path]
        names = [one for one in statements if one.startswith("SELECT path, document_id FROM files")]
        assert len(names) == 2


def test_an_ingest_with_nothing_to_do_reads_no_pages(towns: Path, statements: list[str]) -> None:
    """They hold all text: to go through those of 100,000 documents took longer than the walk."""
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([towns])
        statements.clear()
        collection.ingest([towns])
        sql = collection.catalog().sql
        asked = [one for one in statements if "pages" in one]
        plans = [row[3] for one in asked for row in sql.execute(f"EXPLAIN QUERY PLAN {one}").fetchall()]
    assert asked
    assert not [step for step in plans if step.startswith(("SCAN p", "SCAN c")) and "INDEX" not in step]


def test_files_that_fail_are_not_each_held_against_all_documents(towns: Path, statements: list[str]) -> None:
    seen = []
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([towns])
        for broken in (1, 5):
            for n in range(broken):
                (towns / f"{broken}-{n}.pdf").write_bytes(b"%PDF-1.7 cut short " + str((broken, n)).encode())
            statements.clear()
            assert len(collection.ingest([towns]).failed) == (1 if broken == 1 else 6)
            seen.append(having(statements, "NOT IN (SELECT document_id FROM files"))
    assert seen[0] == seen[1]


def test_what_a_file_said_before_it_failed_stays_only_where_another_path_has_it(towns: Path) -> None:
    shutil.copy(towns / "town-3.md", towns / "copy-of-3.md")
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([towns])
        catalog, before = collection.catalog(), collection.count_chunks()
        for path, left in (("town-3.md", before), ("copy-of-3.md", before - 1)):
            with catalog.transaction():
                put_failure(catalog, File(towns / path, towns, 1, 1), None, Failure(path, "unreadable", "it is torn"))
            assert collection.count_chunks() == catalog.count("chunks") == left
        assert collection.verify() == []


def test_the_languages_are_not_counted_at_each_commit(
    towns: Path, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "_FLUSH_CHARACTERS", 0)
    monkeypatch.setattr(ingesting, "_FIRST_DOCUMENTS", 1)
    with Collection.open(settings=SETTINGS) as collection:
        collection.ingest([towns])
        assert having(statements, "INSERT OR REPLACE INTO segments") == 31  # a commit for each file, and the merge
        assert having(statements, "GROUP BY language") < 22  # and the fewer the larger it is
        assert collection.status().languages == collection.catalog().languages()


def test_common_terms_are_counted_where_the_collection_has_grown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_MANY", 10)
    catalog = storing.Catalog(tmp_path, create=True)
    assert catalog.are_common_terms_old()
    for chunks, is_old in ((1000, True), (1040, False), (1060, True), (960, False), (940, True)):
        catalog.set("chunks", 1000)
        catalog.count_common_terms()
        catalog.set("chunks", chunks)
        assert catalog.are_common_terms_old() == (is_old and chunks != 1000)
    catalog.set("chunks", 99)
    catalog.count_common_terms()
    assert catalog.are_common_terms_old()  # of few it takes no time
    catalog.close()
