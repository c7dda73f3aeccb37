"""An ingest with marker, as a user meets it: what it read is in the index, what it lost is not lost, and each page says how."""

import dataclasses
import importlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from ragcli.collection import Collection
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Report
from ragcli.settings import Marker, Reading, Settings

HERE = Path(__file__).parent
PROSE = "The gauge at Marrec was read twice a day until the radar took over in the dry summer of 2019 for good."
BOX = (72, 90, 520, 104)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(HERE.parent / "reading" / "extractors")
    return importlib.import_module("marker_documents")


@pytest.fixture
def settings(made: Any, tmp_path: Path) -> Settings:
    (tmp_path / "weights").mkdir()
    marker = Marker(
        str(made.make_python(tmp_path / "python")), layout_checkpoint=str(tmp_path / "weights"), page_timeout=5
    )
    return Settings(reading=Reading(extractor="marker", jobs=1, marker=marker, second_pass=0.0))


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    document = pymupdf.open()
    for number in range(1, 4):
        document.new_page(width=612, height=792).insert_text((72, 100), f"{PROSE[:-1]}, note {number}.", fontsize=9)
    document.save(tmp_path / "documents" / "report.pdf")
    return tmp_path / "documents" / "report.pdf"


def ingest(pdf: Path, settings: Settings, force: bool = False) -> Report:
    with Collection.open(settings=settings) as collection:
        return collection.ingest([pdf.parent], force=force)


def text(made: Any, number: int, said: str) -> dict[str, Any]:
    page: dict[str, Any] = made.page(number, made.block("Text", f"<p>{said}</p>", BOX, number))
    return page


@pytest.fixture
def half_lost(made: Any, pdf: Path) -> Path:
    """marker reads page 1 with a formula more, loses most of page 2, and finds nothing on page 3."""
    formula = made.block("Equation", '<p><math display="block">Q = C h^{1.5}</math></p>', (72, 300, 520, 330))
    first = made.page(0, made.block("Text", f"<p>{PROSE[:-1]}, note 1.</p>", BOX), formula)
    made.says(pdf, first, text(made, 1, "The gauge"), made.page(2))
    return pdf


def test_each_page_is_marker_s_or_says_why_not(home: Path, half_lost: Path, settings: Settings) -> None:
    report = ingest(half_lost, settings)
    assert report.failed == ()  # nothing is unread
    (note,) = (note for note in report.notes if "without marker" in note)
    assert note.endswith("2 of 3 pages were read without marker: p.2 91% of the words were lost, p.3 nothing was read")
    with Collection.open(settings=settings) as collection:
        rows = collection.ledger(str(half_lost))
        assert [row["method"] for row in rows] == ["marker", "text", "text"]
        assert [row["fallback"] for row in rows] == [None, "91% of the words were lost", "nothing was read"]
        (hit,) = collection.query("Q = C h^{1.5}", where=["kind=equation"]).hits
        assert (hit.page, hit.method) == (1, "marker")
        assert [f"note {n}" in collection.page(str(half_lost), n).blocks[0].text for n in (1, 2, 3)] == [True] * 3
        assert collection.verify() == []
    done = subprocess.run(
        [sys.executable, "-m", "ragcli", "show", str(half_lost)], capture_output=True, text=True, check=True
    )
    assert "91% of the words were lost" in done.stdout


def test_a_second_reading_does_not_run_marker_again(home: Path, half_lost: Path, settings: Settings, made: Any) -> None:
    first = ingest(half_lost, settings)
    made.says(half_lost, hangs=True)
    again = ingest(half_lost, settings, force=True)
    assert (again.updated, again.notes[-1], again.chunks) == (1, first.notes[-1], first.chunks)


def test_another_extractor_leaves_unchanged_files_and_says_so(home: Path, half_lost: Path, settings: Settings) -> None:
    ours = dataclasses.replace(settings, reading=dataclasses.replace(settings.reading, extractor="pymupdf"))
    stays = "1 unchanged, as pymupdf read them; to have marker read them: rag ingest --force"
    runs = [ours, ours, settings, settings]
    assert [stays in ingest(half_lost, chosen).notes for chosen in runs] == [False, False, True, True]
    assert stays not in ingest(half_lost, settings, force=True).notes
    assert stays not in ingest(half_lost, settings).notes


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"hangs": True}, "not done within 6 s"),
        ({"crashes": True}, "marker ended"),
        ({"raises": "Out of memory"}, "ValueError: Out of memory"),
    ],
)
def test_whatever_befalls_marker_the_file_is_read(
    home: Path, pdf: Path, settings: Settings, made: Any, order: dict[str, object], reason: str
) -> None:
    made.says(pdf, **order)
    hasty = dataclasses.replace(
        settings,
        reading=dataclasses.replace(
            settings.reading, marker=dataclasses.replace(settings.reading.marker, page_timeout=2.0)
        ),
    )
    report = ingest(pdf, hasty)
    assert (report.new, report.failed) == (1, ())
    (note,) = (note for note in report.notes if "without marker" in note)
    assert "report.pdf: the file was read without marker: " in note
    assert reason in note
    with Collection.open(settings=settings) as collection:
        assert all(reason in row["fallback"] for row in collection.ledger(str(pdf)))
        assert collection.query("gauge at Marrec").hits


@pytest.fixture
def formula(tmp_path: Path) -> Path:
    """A page with a formula that the rules find."""
    (tmp_path / "documents").mkdir()
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for n, line in enumerate((PROSE, PROSE, "where the letters stand for the discharge, the area and the slope.")):
        page.insert_text((60, 100 + 14 * n + 60 * (n > 1)), line, fontsize=9, fontname="tiro")
    page.insert_text((260, 150), "Q = A × S² ÷ n", fontsize=10, fontname="tiit")
    page.insert_text((510, 150), "(3)", fontsize=10, fontname="tiro")
    document.save(tmp_path / "documents" / "rating.pdf")
    return tmp_path / "documents" / "rating.pdf"


@pytest.mark.parametrize("hangs", [False, True])
def test_equations_by_marker_are_latex_at_the_place_of_the_rule_and_else_the_rule_s(
    home: Path, formula: Path, settings: Settings, made: Any, hangs: bool
) -> None:
    latex = made.block("Equation", r'<p><math display="block">Q = \frac{A S^2}{n}</math></p>', (255, 140, 530, 154))
    made.says(formula, made.page(0, latex), hangs=hangs)
    services: Any = importlib.import_module("marker_services")
    with services.serving() as served:
        vlm, garbled = f"{served.url}/vlm/v1", f"{served.url}/ocr_error/v1"
        marker = dataclasses.replace(settings.reading.marker, vlm_url=vlm, ocr_error_url=garbled, page_timeout=2.0)
        reading = Reading(equations="marker", jobs=1, marker=marker, second_pass=600.0)
        report = ingest(formula, Settings(reading=reading))
    with Collection.open() as collection:
        (hit,) = collection.query("the discharge by the area and the slope", where=["kind=equation"]).hits
        assert hit.text.startswith("Q = A × S² ÷ n (3)\n")  # the letters of the page can be quoted
        assert (r"\frac{A S^2}{n}" in hit.text) is not hangs
        (row,) = collection.ledger(str(formula))
        assert row["method"] == "text"
        if hangs:
            assert row["second_pass"]["equation"].startswith("done without marker: not done within 2 s")
            assert [note for note in report.notes if "rating.pdf: formulas without marker: not done" in note]
        else:
            assert row["second_pass"]["equation"] == "done"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_an_ingest_that_is_ended_ends_marker(
    home: Path, pdf: Path, settings: Settings, made: Any, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    made.says(pdf, hangs=True)
    monkeypatch.setenv("RAG_READING_EXTRACTOR", "marker")
    monkeypatch.setenv("RAG_READING_MARKER_PYTHON", str(settings.reading.marker.python))
    monkeypatch.setenv("RAG_READING_MARKER_LAYOUT_CHECKPOINT", str(settings.reading.marker.layout_checkpoint))
    own = str(home / "extractors" / "marker")

    def living() -> list[int]:
        found = psutil.process_iter(["environ", "status"])
        return [
            each.pid
            for each in found
            if (each.info["environ"] or {}).get("HOME") == own and each.info["status"] != psutil.STATUS_ZOMBIE
        ]

    command = [sys.executable, "-m", "ragcli", "ingest", str(pdf)]
    # An interrupt that the tests themselves ignore would be ignored by what they start.
    heeds = (
        "import os, signal as s, sys; s.signal(s.SIGINT, s.default_int_handler); os.execv(sys.argv[1], sys.argv[1:])"
    )
    with subprocess.Popen([sys.executable, "-c", heeds, *command], stderr=subprocess.DEVNULL) as rag:
        deadline = time.monotonic() + 120
        while not (home / "extractors" / "marker" / "seen.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(living()) == 2
        rag.send_signal(sign)
    assert rag.returncode == {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGKILL: -9}[sign]
    while living() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert living() == []


def test_a_marker_that_is_not_there_ends_the_ingest_with_both_remedies(
    home: Path, pdf: Path, run: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    done = run("ingest", str(pdf), RAG_READING_EXTRACTOR="marker", RAG_READING_MARKER_PYTHON=sys.executable,
               RAG_READING_MARKER_LAYOUT_URL="http://127.0.0.1:9/v1")  # fmt: skip
    assert done.returncode == 5
    assert "has no marker-pdf" in done.stderr
    assert "reading.marker.python" in done.stderr
    assert "ragcli[marker]" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_would_leave_the_machine_is_said_first_and_refused_offline(
    home: Path, pdf: Path, run: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    away = {"RAG_READING_EXTRACTOR": "marker", "RAG_READING_MARKER_PYTHON": sys.executable,
            "RAG_READING_MARKER_LAYOUT_URL": "http://layout.invalid/v1"}  # fmt: skip
    assert run("ingest", str(pdf), **away).stderr.startswith("to layout.invalid: pictures of the pages")
    done = run("ingest", str(pdf), "--offline", **away)
    assert done.returncode == 2
    assert done.stderr.startswith(
        "rag: --offline: pictures of pages would be sent to marker's server at layout.invalid"
    )


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    def command(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return subprocess.run([sys.executable, "-m", "ragcli", *arguments], capture_output=True, text=True)

    return command
