"""Whatever is raised is one line with what to do, and an exit code that says what kind of trouble it is."""

import errno
import sqlite3
from pathlib import Path

import pytest

from ragcli.errors import StoreError, as_rag_error, is_interruption


def sqlite_error(statement: str, *before: str) -> Exception:
    connection = sqlite3.connect(":memory:")
    for one in before:
        connection.execute(one)
    with pytest.raises(sqlite3.Error) as raised:
        connection.execute(statement)
    connection.close()
    return raised.value


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (StoreError("gone", "make it"), 4, "gone; make it"),
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), 3, "/x/y: no space left on device; make room"),
        (OSError(errno.EFBIG, "File too large"), 3, "file too large; make room"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 2, "/x: permission denied; get the right to it"),
        (OSError(errno.EROFS, "Read-only file system", b"/x"), 2, "/x: read-only file system; get the right to it"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/x"), 2, "/x: no such file or directory; "),
        (ZeroDivisionError("division\nby zero"), 70, "ZeroDivisionError: division by zero; this is a fault of rag"),
        (KeyError(), 70, "KeyError; this is a fault of rag"),
    ],
)
def test_what_is_raised_is_explained(error: Exception, code: int, said: str) -> None:
    known = as_rag_error(error)
    assert known.exit_code == code
    assert str(known).startswith(said)
    assert "\n" not in str(known)


def test_errors_of_the_index_are_told_apart(tmp_path: Path) -> None:
    full = sqlite_error("INSERT INTO t VALUES (zeroblob(99999))", "PRAGMA max_page_count = 3", "CREATE TABLE t (b)")
    assert (as_rag_error(full).exit_code, "make room" in str(as_rag_error(full))) == (3, True)
    closed = sqlite_error("CREATE TABLE t (b)", "PRAGMA query_only = 1")
    assert (as_rag_error(closed).exit_code, "can't be written" in str(as_rag_error(closed))) == (2, True)
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 20)
    noise = sqlite3.connect(tmp_path / "noise")
    with pytest.raises(sqlite3.DatabaseError) as raised:
        noise.execute("SELECT * FROM sqlite_master")
    noise.close()
    assert as_rag_error(raised.value).exit_code == 4
    with (
        sqlite3.connect(tmp_path / "a", isolation_level=None) as one,
        sqlite3.connect(tmp_path / "a", timeout=0) as two,
    ):
        one.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as raised:
            two.execute("CREATE TABLE t (b)")
        assert as_rag_error(raised.value).exit_code == 75
    one.close()
    two.close()


def test_a_library_that_ctrl_c_keeps_from_loading_is_an_interruption() -> None:
    stopped = ImportError("initialization failed")
    stopped.__cause__ = KeyboardInterrupt()
    assert is_interruption(stopped)
    assert is_interruption(KeyboardInterrupt())
    assert not is_interruption(ImportError("no module"))
