"""Promise 5: kill the writer at any step, and the old generation or the new one is there, whole."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ragcli.collection import Collection

# Ends the process, as kill -9 does, before the n-th step that makes something durable or visible.
KILLED = """
import os, pathlib, sqlite3, sys
steps, target = 0, int(sys.argv[1])
def step():
    global steps
    steps += 1
    if steps == target:
        os._exit(9)
def before(function):
    def wrapped(*arguments, **options):
        step()
        return function(*arguments, **options)
    return wrapped
os.fsync = before(os.fsync)
pathlib.Path.replace = before(pathlib.Path.replace)
pathlib.Path.unlink = before(pathlib.Path.unlink)
from ragcli.storage import catalog
class Connection(sqlite3.Connection):
    def execute(self, sql, *arguments):
        if sql in ("COMMIT", "BEGIN IMMEDIATE"):
            step()
        done = super().execute(sql, *arguments)
        if sql == "COMMIT":
            step()
        return done
connect = sqlite3.connect
catalog.sqlite3.connect = lambda *a, **k: connect(*a, factory=Connection, **k)
from ragcli.collection import Collection
from ragcli.settings import Reading, Settings
with Collection.open(settings=Settings(reading=Reading(jobs=1))) as opened:
    opened.ingest([pathlib.Path(sys.argv[2])])
"""


def run(step: int, folder: Path) -> int:
    command = [sys.executable, "-c", KILLED, str(step), str(folder)]
    return subprocess.run(command, env=os.environ, check=False, capture_output=True).returncode


@pytest.mark.slow
def test_a_kill_before_any_step_leaves_a_whole_index(home: Path, documents: Path) -> None:
    (documents / "pont.txt").unlink()  # English only: the smaller model
    assert run(0, documents) == 0
    survived = 0
    for step in itertools.count(1):
        (documents / "ferry.txt").write_text(f"The ferry now costs {step} crowns.", encoding="utf-8")
        (documents / f"extra{step}.txt").write_text(f"Harbour number {step} is deep.", encoding="utf-8")
        (documents / f"extra{step - 2}.txt").unlink(missing_ok=True)
        code = run(step, documents)
        assert code in (0, 9)
        with Collection.open() as collection:
            assert collection.verify() == []
            ferry = [hit.text for hit in collection.query("What does the ferry cost?").hits if "ferry" in hit.text]
            assert len(ferry) == 1  # the text before the change or the one after it, never both, never none
            assert "1931" in collection.query("When was the Halden bridge opened?", k=1).hits[0].text
        survived += 1
        if code == 0:
            break
    assert survived > 12, "the steps of a commit were not passed through one by one"
