"""An index of an earlier form is brought up to date when it is opened; one of a later form is refused."""

import sqlite3
from pathlib import Path

import pytest

from ragcli.errors import StoreError, UsageError
from ragcli.storage.schema import VERSION, prepare

FIRST_PAGES = (
    "CREATE TABLE pages (document_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, number INTEGER, place TEXT,"
    " method TEXT NOT NULL, characters INTEGER NOT NULL, tables INTEGER NOT NULL, equations INTEGER NOT NULL,"
    " images INTEGER NOT NULL, problem TEXT, width REAL NOT NULL, height REAL NOT NULL, blocks BLOB NOT NULL)"
)
FIRST_LEXICAL = (
    'CREATE VIRTUAL TABLE lexical USING fts5 (title, section, body, tokenize = "unicode61 remove_diacritics 0")'
)


def columns(connection: sqlite3.Connection) -> list[str]:
    return [row[1] for row in connection.execute("PRAGMA table_info (pages)")]


def take_back(connection: sqlite3.Connection) -> None:
    """What form 10 has added."""
    connection.execute("ALTER TABLE documents DROP COLUMN own")
    connection.execute("ALTER TABLE files DROP COLUMN said")


def test_the_first_form_gets_what_is_new() -> None:
    new, old = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
    prepare(new, create=True, collection="law")
    others = "SELECT sql FROM sqlite_master WHERE sql LIKE '%TABLE%' AND name IN ('settings', 'documents', 'files', 'chunks')"
    for (made,) in new.execute(others).fetchall():
        old.execute(made)
    take_back(old)
    old.execute(FIRST_PAGES)
    old.execute(FIRST_LEXICAL)
    old.execute("INSERT INTO lexical (rowid, title, section, body) VALUES (7, 'leas', 'rent', 'paid quarter')")
    old.execute("INSERT INTO pages VALUES (1, 0, 1, NULL, 'text', 9, 0, 0, 0, NULL, 1, 1, x'')")
    old.execute("PRAGMA user_version = 1")
    prepare(old, create=False, collection="law")
    assert old.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert set(columns(old)) == set(columns(new))
    assert old.execute("SELECT table_score, second_pass FROM pages").fetchall() == [(0.0, None)]
    assert old.execute("SELECT rowid, body, around FROM lexical WHERE lexical MATCH 'rent'").fetchall() == [
        (7, "paid quarter", None)
    ]
    prepare(old, create=False, collection="law")  # nothing more to do
    new.close()
    old.close()


def test_words_that_were_not_stemmed_are_now() -> None:
    old = sqlite3.connect(":memory:", isolation_level=None)
    prepare(old, create=True, collection="umowy")
    take_back(old)
    old.execute("INSERT INTO documents VALUES (1, 'x', 'text', 'Umowa', NULL, NULL, 'pl', 1, '', '', '{}', '[]')")
    old.execute(
        "INSERT INTO chunks VALUES (1, 1, 0, 'text', 'pl', NULL, NULL, '[\"Czynsz\"]', '[]', '[]', 1, 'Zawarto umowę.', 1)"
    )
    old.execute("INSERT INTO lexical (rowid, title, section, body) VALUES (1, 'umowa', 'czynsz', 'zawarto umowe')")
    old.execute("DROP INDEX chunks_language")
    old.execute("PRAGMA user_version = 5")
    prepare(old, create=False, collection="umowy")
    (body,) = old.execute("SELECT body FROM lexical WHERE lexical MATCH 'umow'").fetchone()
    assert "umowe" not in body
    old.close()


def test_letters_that_were_joined_are_two_now() -> None:
    old = sqlite3.connect(":memory:", isolation_level=None)
    prepare(old, create=True, collection="guides")
    take_back(old)
    old.execute(
        "INSERT INTO lexical (rowid, title, section, body) VALUES (1, 'œuvr', 'vœu', 'cæcum œuvr'), (2, 'a', 'b', 'c')"
    )
    old.execute("PRAGMA user_version = 7")
    prepare(old, create=False, collection="guides")
    assert old.execute("SELECT rowid, title, section, body FROM lexical WHERE lexical MATCH 'oeuvr'").fetchall() == [
        (1, "oeuvr", "voeu", "caecum oeuvr")
    ]
    old.close()


def test_vowels_that_parted_words_are_in_them_now(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "catalog.sqlite", isolation_level=None)
    prepare(old, create=True, collection="lekh")
    for statement in ("DROP TABLE lexical", FIRST_LEXICAL.replace("body", "body, around")):
        old.execute(statement)
    old.execute("INSERT INTO documents VALUES (1, 'x', 'text', NULL, NULL, NULL, 'hi', 1, '', '', '{}', '[]', NULL)")
    texts = {1: ("hi", "पहला अध्यक्ष"), 2: ("pl", "Łódź"), 3: ("th", "ภาษาไทย"), 4: ("en", "a lease")}
    for number, (language, text) in texts.items():
        chunk = (number, number, language, text, number)
        old.execute("INSERT INTO chunks VALUES (?, 1, ?, 'text', ?, NULL, NULL, '[]', '[]', '[]', 1, ?, ?)", chunk)
        old.execute("INSERT INTO lexical (rowid, body, around) VALUES (?, ?, 'leas')", (number, f"old{number}"))
    old.execute("PRAGMA user_version = 10")
    prepare(old, create=False, collection="lekh")

    def holding(match: str) -> list[int]:
        rows = old.execute("SELECT rowid FROM lexical WHERE lexical MATCH ? ORDER BY rowid", (match,))
        return [row[0] for row in rows]

    assert [holding(one) for one in ('"अध्यक्ष"', '"अध"', '"lodz"', '"าไท"', '"ไท"')] == [[1], [], [2], [3], []]
    assert holding("old4") == [4]  # has no such letters, and is as it was
    assert holding("around : leas") == [1, 2, 3, 4]
    assert old.execute("SELECT doc FROM lexical_vocabulary WHERE term = 'leas'").fetchone() == (4,)
    assert old.execute("PRAGMA freelist_count").fetchone() == (0,)  # what the earlier index took is given back
    old.close()


def test_a_later_form_is_refused() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StoreError, match="update"):
        prepare(connection, create=False, collection="law")
    connection.close()


@pytest.mark.parametrize("how", ["mode=ro", "immutable=1"])
def test_an_older_form_that_can_not_be_written_is_for_its_owner_to_bring_up_to_date(tmp_path: Path, how: str) -> None:
    file = tmp_path / "catalog.sqlite"
    old = sqlite3.connect(file, isolation_level=None)
    prepare(old, create=True, collection="law")
    take_back(old)
    old.execute("PRAGMA user_version = 9")
    old.close()
    reading = sqlite3.connect(f"{file.as_uri()}?{how}", uri=True, isolation_level=None)
    with pytest.raises(
        UsageError, match=r"is of an older release.*; whoever may write it gives once: rag status -c law"
    ):
        prepare(reading, create=False, collection="law")
    reading.close()
