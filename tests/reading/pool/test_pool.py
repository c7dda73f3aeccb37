"""The worker pool against a reader that hangs, crashes and eats memory, in real processes."""

import dataclasses
import inspect
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ragcli.errors import ModelError, ReadError
from ragcli.reading.pool.pool import Result, read_files
from ragcli.reading.pool.worker import FILES_PER_WORKER
from ragcli.records import Document, Failure
from ragcli.settings import Reading

HERE = Path(__file__).parent
QUICK = Reading(timeout=30.0)


@pytest.fixture(autouse=True)
def _hostile_readers_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)


def files(folder: Path, *texts: str) -> list[Path]:
    paths = [folder / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return paths


def read(paths: list[Path], settings: Reading = QUICK, jobs: int = 2) -> list[Result]:
    results = list(read_files(paths, settings, jobs, reader="hostile_readers:read"))
    assert [path for path, _ in results] == paths
    return [result for _, result in results]


def text(result: Result) -> str:
    assert isinstance(result, Document)
    return result.pages[0].blocks[0].text


def children(of: int | None = None) -> set[int]:
    """Child processes, zombies included."""
    return {child.pid for child in psutil.Process(of).children()}


def test_nothing_to_read_starts_nothing() -> None:
    assert read([]) == []


def test_results_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = files(tmp_path, "nap", *map(str, range(20)))
    assert list(map(text, read(paths))) == [path.read_text() for path in paths]


@pytest.mark.parametrize(
    ("text_of_file", "kind", "said"),
    [
        ("exit", "crash", "exit status 7"),
        ("segfault", "crash", "SIGSEGV"),
        ("eat", "memory", "256 MB"),
        ("refuse", "encrypted", "no thanks; ask another"),
        ("stumble", "unreadable", "ValueError: two lines"),
    ],
)
def test_a_failure_costs_its_own_file_only(tmp_path: Path, text_of_file: str, kind: str, said: str) -> None:
    settings = dataclasses.replace(QUICK, memory_mb=256)
    paths = files(tmp_path, "before", text_of_file, "after")
    before, failed, after = read(paths, settings, jobs=1)
    assert (text(before), text(after)) == ("before", "after")
    assert isinstance(failed, Failure)
    assert (failed.path, failed.kind) == (str(paths[1]), kind)
    assert said in failed.reason


def test_a_hang_is_killed_at_its_time(tmp_path: Path) -> None:
    start = time.monotonic()
    results = read(files(tmp_path, "hang", "hang in C", "good"), Reading(timeout=0.5))
    assert [getattr(result, "kind", None) for result in results] == ["timeout", "timeout", None]
    assert time.monotonic() - start < 20
    assert not children()


def pages(result: Result) -> list[str | None]:
    """The text of each page, or why it has none."""
    assert isinstance(result, Document)
    return [page.problem or page.blocks[0].text for page in result.pages]


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("page segfault", "the process that read it crashed (SIGSEGV)"),
        ("page hang", "the page was not read within 0.5 s"),
        ("page OCR hang", "the page was not read within 1.5 s"),
        ("page killed", "out of memory: the system killed the process that read it"),
    ],
)
def test_a_deadly_page_costs_itself_only(tmp_path: Path, deed: str, reason: str) -> None:
    settings = Reading(timeout=30.0, page_timeout=0.5)
    (result,) = read(files(tmp_path, f"page one\n{deed}\npage three"), settings)
    assert pages(result) == ["page one", reason, "page three"]
    assert not children()


def test_after_some_deadly_pages_the_rest_is_given_up(tmp_path: Path) -> None:
    deeds = ["page 1", "page segfault", "page 3", "page segfault", "page 5", "page segfault", "page 7", "page segfault"]
    (result,) = read(files(tmp_path, "\n".join(deeds)))
    crashed = "the process that read it crashed (SIGSEGV)"
    assert pages(result) == ["page 1", crashed, "page 3", crashed, "page 5", crashed, crashed, crashed]


def test_what_was_read_before_the_file_was_too_late_is_kept(tmp_path: Path) -> None:
    (result,) = read(files(tmp_path, "page 1\npage 2\n" + "page nap\n" * 20), Reading(timeout=2.0))
    read_pages = pages(result)
    assert read_pages[:3] == ["page 1", "page 2", "page nap"]
    assert read_pages[-1] == "the file was not read within 2 s"
    assert len(read_pages) == 22


def test_the_time_of_ocr_is_not_the_files(tmp_path: Path) -> None:
    (result,) = read(files(tmp_path, "page OCR nap\n" * 6), Reading(timeout=1.0))
    assert pages(result) == ["page OCR nap"] * 6


@pytest.mark.parametrize("deeds", ["page segfault", "page 1\npage stumble at the end"])
def test_a_file_of_which_nothing_is_left_has_failed(tmp_path: Path, deeds: str) -> None:
    (result,) = read(files(tmp_path, deeds))
    assert isinstance(result, Failure)
    assert (result.kind, result.page) == ("crash", None)


def test_cores_are_shared_among_files(tmp_path: Path) -> None:
    alone = int(text(read(files(tmp_path, "threads"))[0]))
    together = [int(text(result)) for result in read(files(tmp_path, *["threads"] * 8), jobs=64)]
    assert alone == len(os.sched_getaffinity(0))
    assert min(together) == max(1, alone // 8)


def test_a_file_that_vanished_is_missing(tmp_path: Path) -> None:
    (result,) = read([tmp_path / "gone.txt"])
    assert isinstance(result, Failure)
    assert (result.kind, result.reason) == ("missing", "no such file or directory")


def test_what_a_library_prints_is_no_answer(tmp_path: Path) -> None:
    assert list(map(text, read(files(tmp_path, "print", "good"), jobs=1))) == ["print", "good"]


def test_a_missing_model_is_not_blamed_on_a_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="a model is missing"):
        read(files(tmp_path, "good", "model"))
    assert not children()


def test_a_worker_that_can_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not start"):
        list(read_files(files(tmp_path, "good"), QUICK, 1, reader="no_such_module:read"))
    assert not children()


def test_workers_are_replaced(tmp_path: Path) -> None:
    pids = list(map(text, read(files(tmp_path, *["pid"] * (FILES_PER_WORKER + 1)), jobs=1)))
    assert len(set(pids[:-1])) == 1
    assert pids[-1] != pids[0]


def test_no_more_workers_than_files(tmp_path: Path) -> None:
    results = read_files(files(tmp_path, "nap"), QUICK, 8, reader="hostile_readers:read")
    next(results)
    assert len(children()) == 1
    results.close()


def test_results_that_wait_take_bounded_memory(tmp_path: Path) -> None:
    begun: list[Path] = []
    paths = files(tmp_path, "hang", *["large"] * 40)
    results = read_files(paths, Reading(timeout=5.0), 2, on_start=begun.append, reader="hostile_readers:read")
    next(results)
    assert 20 < len(begun) < 30  # 22 times 3 MB
    assert sum(isinstance(result, Document) for _, result in results) == 40


def test_paths_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        for path in files(tmp_path, *["good"] * 600):
            taken += 1
            yield path

    results = read_files(endless(), QUICK, 1, reader="hostile_readers:read")
    next(results)
    assert taken == 256
    results.close()
    assert not children()


def test_closing_ends_the_workers(tmp_path: Path) -> None:
    results = read_files(files(tmp_path, "good", "hang in C", "hang in C"), QUICK, 2, reader="hostile_readers:read")
    next(results)
    results.close()
    assert not children()


def test_a_lock_that_ctrl_c_left_taken_keeps_nobody_waiting(tmp_path: Path) -> None:
    results = read_files(files(tmp_path, "good", "hang in C", "hang in C"), QUICK, 2, reader="hostile_readers:read")
    next(results)
    inspect.getgeneratorlocals(results)["pool"].changed.acquire()
    results.close()
    assert not children()


PARENT = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs, and these tests in one, ignore it
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from ragcli.reading.pool.pool import read_files
from ragcli.settings import Reading

paths = [Path(name) for name in sys.argv[2:]]
for path, result in read_files(paths, Reading(), 2, reader="hostile_readers:read"):
    print(result.pages[0].blocks[0].text, flush=True)
"""


@pytest.mark.parametrize("deadly", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_die_with_their_parent(tmp_path: Path, deadly: signal.Signals) -> None:
    paths = files(tmp_path, "pid", "pid", "hang in C", "hang in C")
    command = [sys.executable, "-c", PARENT, str(HERE), *map(str, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
        assert parent.stdout
        parent.stdout.readline(), parent.stdout.readline()
        pids = children(parent.pid)
        assert len(pids) == 2
        parent.send_signal(deadly)
        parent.wait(10)
    deadline = time.monotonic() + 10
    while alive := [pid for pid in pids if is_alive(pid)]:
        assert time.monotonic() < deadline, f"still there after the parent: {alive}"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Zombies, which nobody may reap in a container, count as dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_current_folder_is_not_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pickle.py", "struct.py", "resource.py"):
        (tmp_path / name).write_text("raise SystemExit('imported from the current folder')")
    monkeypatch.chdir(tmp_path)
    assert text(read(files(tmp_path, "good"))[0]) == "good"


def test_the_registry_reads_by_default(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Titre\n\nLe rapport de la commission n'a pas été accepté.")
    (tmp_path / "b.docx").write_text("no Word file")
    (tmp_path / "c.xyz").touch()
    results = [result for _, result in read_files(sorted(tmp_path.iterdir()), QUICK, 0)]
    assert isinstance(results[0], Document)
    assert (results[0].title, results[0].language) == ("Titre", "fr")
    assert [(result.kind, result.reason[:6]) for result in results if isinstance(result, Failure)] == [
        ("damaged", "it is "),
        ("unsupported", ".xyz i"),
    ]
