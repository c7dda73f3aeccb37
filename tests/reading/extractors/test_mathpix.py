"""Mathpix over HTTP, against a server on loopback that answers in the form of its documentation; it itself was not asked."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ragcli.errors import ModelError, ReadError, UsageError
from ragcli.reading.extractors.extractor import Premises
from ragcli.reading.extractors.mathpix import Mathpix
from ragcli.records import Block
from ragcli.settings import Mathpix as Settings
from ragcli.settings import Reading


def line(kind: str, text: str, top: int, column: int = 0, **more: object) -> dict[str, Any]:
    region = {"top_left_x": 100, "top_left_y": top, "width": 1000, "height": 40}
    return {"type": kind, "text": text, "column": column, "region": region, **more}


TABULAR = r"""\begin{tabular}{|l|l|}
\hline Gauge & Level \\
\hline Pegel 1 & 1.25 \\
\hline
\end{tabular}"""
PAGES = [
    {"page": 1, "page_width": 1700, "page_height": 2200, "lines": [
        line("page_info", "Annual report", 20),
        line("title", r"\title{" "\nThe weir at Marrec\n}", 60),
        line("section_header", r"\subsection*{2.1 Levels}", 200),
        line("text", "The level is read twice a day, and the dis-", 260),
        line("text", "charge follows from it where $h > 0$ holds.", 310),
        line("text", "A second paragraph.", 420),
        line("math", "$$\nQ = C h^{1.5}\n$$", 500),
        line("equation_number", "(4)", 500),
        line("table", TABULAR, 600),
        line("text", "a label within a diagram", 700, conversion_output=False),
        line("figure_label", "Figure 1. The weir.", 800),
        line("text", "the other column", 850, column=1),
    ]},
    {"page": 2, "page_width": 1700, "page_height": 2200, "lines": []},
]  # fmt: skip


@dataclass
class Service:
    url: str
    states: list[dict[str, Any]] = field(default_factory=lambda: [{"status": "completed", "num_pages": 2}])
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer("POST", body, {"pdf_id": "2025_11_25_abc"} if served.status == 200 else {"error": "bad key"})

        def do_GET(self) -> None:
            is_state = not self.path.endswith(".json")
            state = served.states.pop(0) if len(served.states) > 1 else served.states[0]
            self.answer("GET", b"", state if is_state else {"pages": PAGES})

        def answer(self, method: str, body: bytes, said: dict[str, Any]) -> None:
            served.requests.append((method, self.path, dict(self.headers), body))
            text = json.dumps(said).encode()
            self.send_response(served.status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *arguments: object) -> None:
            pass

    monkeypatch.setenv("MATHPIX_APP_ID", "an-id")
    monkeypatch.setenv("MATHPIX_APP_KEY", "a-key")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        served = Service(f"http://127.0.0.1:{listening.server_port}/v3")
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield served
        listening.shutdown()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7 of no interest here")
    return tmp_path / "report.pdf"


def make(service: Service, tmp_path: Path, offline: bool = False, page_timeout: float = 30.0) -> Mathpix:
    return Mathpix(Premises(Reading(mathpix=Settings(service.url, page_timeout)), tmp_path, offline))


def test_a_file_is_sent_once_waited_for_and_read_by_page(service: Service, tmp_path: Path, pdf: Path) -> None:
    service.states = [{"status": "split", "num_pages": 2}, {"status": "completed", "num_pages": 2}]
    mathpix = make(service, tmp_path)
    pages = mathpix.read(pdf, [1])
    assert list(mathpix.read(pdf, [2])) == [2]
    assert [(method, path) for method, path, _, _ in service.requests] == [
        ("POST", "/v3/pdf"), ("GET", "/v3/pdf/2025_11_25_abc"), ("GET", "/v3/pdf/2025_11_25_abc"),
        ("GET", "/v3/pdf/2025_11_25_abc.lines.json"),
    ]  # fmt: skip
    _, _, headers, body = service.requests[0]
    assert (headers["app_id"], headers["app_key"]) == ("an-id", "a-key")
    assert "Authorization" not in headers
    assert pdf.read_bytes() in body
    assert b'name="options_json"' in body
    assert (pages[1].width, pages[1].height) == (1700, 2200)
    assert [(block.kind, block.level, block.text) for block in pages[1].blocks] == [
        ("heading", 1, "The weir at Marrec"),
        ("heading", 2, "2.1 Levels"),
        ("text", 0, "The level is read twice a day, and the discharge follows from it where $h > 0$ holds."),
        ("text", 0, "A second paragraph."),
        ("equation", 0, "Q = C h^{1.5}"),
        ("table", 0, "| Gauge | Level |\n| --- | --- |\n| Pegel 1 | 1.25 |"),
        ("caption", 0, "Figure 1. The weir."),
        ("text", 0, "the other column"),
    ]
    assert pages[1].blocks[2].bbox == (100, 260, 1100, 350)
    assert pages[1].blocks[4] == Block("Q = C h^{1.5}", "equation", (100, 500, 1100, 540), latex="Q = C h^{1.5}")


def test_a_file_that_it_can_not_read_and_one_that_takes_too_long_cost_that_file(
    service: Service, tmp_path: Path, pdf: Path
) -> None:
    service.states = [{"status": "error", "error_info": {"message": "PDF is locked"}}]
    with pytest.raises(ReadError, match="PDF is locked"):
        make(service, tmp_path).read(pdf, [1])
    service.states = [{"status": "split"}]
    with pytest.raises(ReadError, match=r"not done within 0\.2 s"):
        make(service, tmp_path, page_timeout=0.1).read(pdf, [1, 2])


def test_a_wrong_key_is_told_with_where_it_belongs(service: Service, tmp_path: Path, pdf: Path) -> None:
    service.status = 401
    with pytest.raises(ModelError, match=r"bad key.*MATHPIX_APP_KEY"):
        make(service, tmp_path).read(pdf, [1])


def test_what_leaves_the_machine_is_said_and_offline_nothing_does(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = service.url.removeprefix("http://").removesuffix("/v3")
    assert make(service, tmp_path).sends == f"to {host}: every PDF that is read, whole"
    assert "a-key" not in make(service, tmp_path).identity
    with pytest.raises(UsageError, match="--offline: whole files would be sent to 127"):
        make(service, tmp_path, offline=True)
    monkeypatch.delenv("MATHPIX_APP_KEY")
    with pytest.raises(UsageError, match="MATHPIX_APP_KEY"):
        make(service, tmp_path)
    assert service.requests == []
