"""marker's process: asked in time, ended with all that it started, and never the reason that a file is lost.

The true marker runs where RAG_MARKER_PYTHON names an interpreter that has it, over stand-ins for its model servers.
"""

import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from ragcli.errors import ModelError, ReadError, UsageError
from ragcli.reading.extractors.extractor import Premises
from ragcli.reading.extractors.marker import Marker, find_version
from ragcli.reading.extractors.marker_process import RUN
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.settings import Marker as Settings
from ragcli.settings import Reading

HERE = Path(__file__).parent
TRUE_MARKER = os.environ.get("RAG_MARKER_PYTHON")


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)
        documents: Any = importlib.import_module("marker_documents")
    made: Path = documents.make_python(tmp_path_factory.mktemp("python"))
    return made


@pytest.fixture(autouse=True)
def _what_the_tests_share_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    (tmp_path / "weights").mkdir()
    return tmp_path / "weights"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "report.pdf", "one", "two", "three")


@pytest.fixture
def settings(python: Path, weights: Path) -> Settings:
    return Settings(python=str(python), layout_checkpoint=str(weights))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Marker]]:
    started: list[Marker] = []

    def make(settings: Settings, offline: bool = True) -> Marker:
        started.append(Marker(Premises(Reading(marker=settings), tmp_path / "marker", offline)))
        return started[-1]

    yield make
    for each in started:
        each.close()


def write_pdf(path: Path, *texts: str) -> Path:
    document = pymupdf.open()
    for text in texts:
        document.new_page().insert_text((72, 100), text)
    document.save(path)
    return path


def says(pdf: Path, *texts: str, **orders: object) -> None:
    made: Any = importlib.import_module("marker_documents")
    box = (72, 90, 300, 104)
    pages = (made.page(n, made.block("Text", f"<p>{text}</p>", box, n)) for n, text in enumerate(texts))
    made.says(pdf, *pages, **orders)


def living(of: Marker) -> list[int]:
    """Every process that was started for it and lives, whoever its parent is now."""
    assert of.process is not None
    return [
        each.pid
        for each in psutil.process_iter(["environ", "status"])
        if (each.info["environ"] or {}).get(RUN) == of.process.token and each.info["status"] != psutil.STATUS_ZOMBIE
    ]


def test_pages_are_read_by_number_and_nothing_lives_on(
    start: Callable[..., Marker], settings: Settings, pdf: Path
) -> None:
    says(pdf, "one", "two", "three")
    marker = start(settings)
    assert marker.process is None  # nothing is started before it is needed
    pages = marker.read(pdf, [2, 3])
    assert {number: page.blocks[0].text for number, page in pages.items()} == {2: "two", 3: "three"}
    assert (pages[2].width, pages[2].blocks[0].bbox) == (612.0, (72, 90, 300, 104))
    assert len(living(marker)) == 2  # marker, and its layout server
    assert marker.read(pdf, [1])[1].blocks[0].text == "one"
    marker.close()
    assert living(marker) == []


def test_it_gets_a_home_of_its_own_and_no_network(
    start: Callable[..., Marker], settings: Settings, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAG_API_KEY", "secret")
    says(pdf, "one")
    marker = start(settings)
    marker.read(pdf, [1])
    seen = json.loads((marker.folder / "seen.json").read_text())
    assert seen["environment"]["HOME"] == seen["folder"] == str(marker.folder)
    assert (marker.folder.stat().st_mode & 0o777) == 0o700
    assert seen["environment"]["HF_HUB_OFFLINE"] == "1"
    assert Path(seen["environment"]["FONT_PATH"]).is_file()
    assert "secret" not in seen["environment"].values()
    assert (seen["config"]["use_llm"], seen["config"]["disable_ocr"]) == (False, True)
    assert seen["config"]["page_range"] == [0]


def test_start_page_and_max_pages_are_counted_from_1(
    start: Callable[..., Marker], settings: Settings, pdf: Path
) -> None:
    says(pdf, "one", "two", "three")
    assert list(start(replace(settings, start_page=2, max_pages=1)).read(pdf, [1, 2, 3])) == [2]
    assert start(replace(settings, max_pages=1)).identity != start(replace(settings, max_pages=2)).identity
    idle = start(replace(settings, start_page=4))
    assert idle.read(pdf, [1, 2, 3]) == {}
    assert idle.process is None


@pytest.mark.parametrize(
    "order", [{"hangs": True}, {"hangs": True, "detaches": True}, {"crashes": True, "detaches": True}]
)
def test_a_file_that_it_hangs_or_dies_at_leaves_no_process(
    start: Callable[..., Marker], settings: Settings, pdf: Path, order: dict[str, bool]
) -> None:
    says(pdf, "one", **order)
    marker = start(replace(settings, page_timeout=2.0))
    with pytest.raises(ReadError) as raised:
        marker.read(pdf, [1])
    assert raised.value.kind == ("timeout" if "hangs" in order else "crash")
    assert living(marker) == []
    says(pdf, "one")
    assert marker.read(pdf, [1])[1].blocks[0].text == "one"  # the next file finds a new one


def test_an_error_of_markers_is_told_and_costs_no_process(
    start: Callable[..., Marker], settings: Settings, pdf: Path
) -> None:
    says(pdf, raises="Invalid page range\nand more")
    marker = start(settings)
    with pytest.raises(ReadError, match="ValueError: Invalid page range"):
        marker.read(pdf, [1])
    says(pdf, "one")
    before = living(marker)
    marker.read(pdf, [1])
    assert living(marker) == before


def test_weights_that_do_not_load_are_told_with_the_servers_own_words(
    start: Callable[..., Marker], settings: Settings, pdf: Path, weights: Path
) -> None:
    (weights / "broken").touch()
    marker = start(settings)
    with pytest.raises(ModelError, match="fast-layout server ended: the weights are broken"):
        marker.read(pdf, [1])
    assert marker.process is None


def test_a_server_that_is_not_there_is_told(start: Callable[..., Marker], settings: Settings, pdf: Path) -> None:
    away = replace(settings, layout_checkpoint=None, layout_url="http://127.0.0.1:9/v1")
    with pytest.raises(ModelError, match="marker does not start"):
        start(away).read(pdf, [1])


def test_it_dies_with_its_parent(settings: Settings, pdf: Path, tmp_path: Path) -> None:
    says(pdf, "one", hangs=True)
    script = (
        "import pickle, sys\nfrom pathlib import Path\nfrom ragcli.reading.extractors.marker import Marker\n"
        "from ragcli.reading.extractors.extractor import Premises\nfrom ragcli.settings import Reading\n"
        "pdf, folder, settings = pickle.load(sys.stdin.buffer)\n"
        "marker = Marker(Premises(Reading(marker=settings), folder, True))\n"
        "marker.process = marker._start()\nprint(marker.process.token, flush=True)\nmarker.read(pdf, [1])\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdin
    assert parent.stdout
    with parent, parent.stdin, parent.stdout:
        pickle.dump((pdf, tmp_path / "marker", settings), parent.stdin)
        parent.stdin.flush()
        token = parent.stdout.readline().decode().strip()

        def alive() -> list[psutil.Process]:
            return [
                each
                for each in psutil.process_iter(["environ", "status"])
                if (each.info["environ"] or {}).get(RUN) == token and each.info["status"] != psutil.STATUS_ZOMBIE
            ]

        assert len(alive()) == 2
        parent.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + 20
        while alive() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert alive() == []


def test_settings_that_can_not_work_are_one_line(tmp_path: Path, python: Path, weights: Path) -> None:
    def refuse(error: type[Exception], match: str, offline: bool = False, **changes: object) -> None:
        settings = replace(Settings(python=str(python), layout_checkpoint=str(weights)), **changes)  # type: ignore[arg-type]
        with pytest.raises(error, match=match):
            Marker(Premises(Reading(marker=settings), tmp_path, offline))

    refuse(UsageError, "no layout model.*layout_checkpoint", layout_checkpoint=None)
    refuse(UsageError, "is no folder", layout_checkpoint=str(tmp_path / "nowhere"))
    refuse(UsageError, "balanced.*vlm_url", mode="balanced")
    refuse(UsageError, "no ocr_error model", vlm_url="http://127.0.0.1:1/v1")
    refuse(UsageError, "--offline.*example.org", True, layout_url="http://example.org/v1")
    refuse(ModelError, "is no program.*pip install", python=str(tmp_path / "no-python"))
    Marker(Premises(Reading(marker=Settings(python=str(python), layout_url="http://127.0.0.1:1/v1")), tmp_path, True))


def test_weights_are_fetched_only_when_named_so_and_never_offline(
    start: Callable[..., Marker], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # as the command sets it for all else
    named = replace(settings, layout_checkpoint="hf://datalab-to/surya_layout2")
    fetching, offline, local = start(named, False), start(named, True), start(settings, False)
    assert [each._environment()["HF_HUB_OFFLINE"] for each in (fetching, offline, local)] == ["0", "1", "1"]
    assert fetching.sends == "marker fetches hf://datalab-to/surya_layout2 where it is not here yet"
    assert (offline.sends, local.sends) == (None, None)


def test_the_version_is_that_of_the_interpreter_that_is_named(python: Path, tmp_path: Path) -> None:
    assert find_version(str(python)) == "2.0.0"
    bare = tmp_path / "bare"
    venv.create(bare, symlinks=True)
    with pytest.raises(ModelError, match=r"has no marker-pdf.*reading.marker.python.*ragcli\[marker\]"):
        find_version(str(bare / "bin" / "python"))


# ---- the true marker


@pytest.mark.slow
@pytest.mark.skipif(not TRUE_MARKER, reason="RAG_MARKER_PYTHON names no interpreter that has marker-pdf")
def test_the_true_marker_reads_columns_headings_tables_and_formulas(
    start: Callable[..., Marker], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Any = importlib.import_module("marker_services")
    path = HERE.parents[2] / "sample_docs" / "limnar-radar-paper.pdf"
    with made.serving(path) as services:
        settings = Settings(
            python=TRUE_MARKER, layout_url=f"{services.url}/layout/v1", ocr_error_url=f"{services.url}/ocr_error/v1",
            vlm_url=f"{services.url}/vlm/v1",
        )  # fmt: skip
        marker = start(settings)
        pages = marker.read(path, [2, 3])  # a range that does not start at the first page
        assert list(pages) == [2, 3]
        blocks = [block for page in pages.values() for block in page.blocks]
        assert {"heading", "text"} <= {block.kind for block in blocks}
        assert all(block.bbox for block in blocks)
        assert all(block.latex == services.formula for block in blocks if block.kind == "equation")
        assert {"/layout/v1/v1/infer", "/ocr_error/v1/v1/infer"} <= set(services.requests)
    assert living(marker)
    marker.close()
    assert living(marker) == []
