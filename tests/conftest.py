"""What all tests share: one home with the converted model, and a home of its own for each test."""

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from ragcli.collection import Collection
from ragcli.embedding.models import MULTILINGUAL, find_model
from ragcli.settings import Settings

# A busy machine is no failing property. On CI the examples are the same at each run; people meet new ones.
hypothesis.settings.register_profile("people", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "people")


def pytest_unconfigure() -> None:
    """llama_cpp opens two files when it is imported and leaves them open: Python would complain after the last line."""
    if (llama := sys.modules.get("llama_cpp._utils")) is not None:
        llama.outnull_file.close()
        llama.errnull_file.close()


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds multilingual-e5-small, converted once for the whole run."""
    home = tmp_path_factory.mktemp("models")
    find_model(MULTILINGUAL, home)
    return home


@pytest.fixture
def home(tmp_path: Path, model_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty RAG_HOME with the models at hand; no setting of the machine reaches the test."""
    folder = tmp_path / "rag-home"
    folder.mkdir()
    (folder / "models").symlink_to(model_home / "models")
    for name in list(os.environ):
        if name.startswith("RAG_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("RAG_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture(scope="module")
def first_home(tmp_path_factory: pytest.TempPathFactory, model_home: Path) -> Path:
    """A home of a whole file of tests: what all of them begin with is ingested there once, and `begun` again in each."""
    folder = tmp_path_factory.mktemp("first-home")
    (folder / "models").symlink_to(model_home / "models")
    return folder


def ingested(home: Path, folder: Path, texts: Mapping[str, str], settings: Settings | None = None) -> Path:
    """The home, with texts by file name in its default collection; their files are in the folder."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Collection.open("default", home, settings) as opened:
        opened.ingest([folder])
    return home


def begun(first_home: Path, home: Path, settings: Settings | None = None) -> Collection:
    """The default collection of `first_home`, copied to the home of a test, which may change it."""
    shutil.copytree(first_home / "collections", home / "collections")
    return Collection.open("default", home, settings)


def kept(folder: Path) -> Path:
    """The folder itself, of which a copy is kept beside it."""
    shutil.copytree(folder, folder.with_name("kept"))
    return folder


def as_kept(folder: Path) -> Path:
    """The folder itself, whatever a test did to its files undone."""
    shutil.rmtree(folder)
    return shutil.copytree(folder.with_name("kept"), folder)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of small texts, two languages, no PDF: fast to read."""
    return write_documents(tmp_path / "documents")


def write_documents(folder: Path) -> Path:
    """Make a folder with what `documents` has."""
    folder.mkdir()
    (folder / "bridge.txt").write_text(
        "The Halden bridge was opened in 1931. It is 212 metres long.\n", encoding="utf-8"
    )
    (folder / "ferry.txt").write_text("The ferry to Skarn sails at 7:40. A ticket costs 58 crowns.\n", encoding="utf-8")
    (folder / "pont.txt").write_text(
        "Le pont de Halden a été inauguré en 1931 par le ministre. Les économies réalisées ont atteint douze pour cent.\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def first_filled(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_documents(tmp_path_factory.mktemp("first") / "documents")
    with Collection.open("default", first_home) as opened:
        opened.ingest([folder])
    return kept(folder)


@pytest.fixture
def filled(home: Path, first_home: Path, first_filled: Path) -> Path:
    """A folder as `documents` and the default collection of it, both as they were first made: a test may change them."""
    begun(first_home, home).close()
    return as_kept(first_filled)


@dataclass
class Server:
    """A real HTTP server on loopback that gives the answers it was told to, in order; the last one again and again."""

    url: str
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)  # path, headers, body
    delay: float = 0.0  # seconds before each answer
    embeds: bool = False  # answer /embeddings with vectors made of the texts' letters

    def says(self, body: object, status: int = 200, **headers: str) -> "Server":
        """Add one answer: an object as JSON, or text as it is."""
        text = body if isinstance(body, str) else json.dumps(body)
        kind = "application/json" if not isinstance(body, str) else "text/html"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, {"Content-Type": kind} | named, text.encode()))
        return self

    def streams(self, *events: object, done: bool = True) -> "Server":
        """Add one event stream of chat chunks: a text is a piece, an object an event of its own."""
        lines = [{"choices": [{"delta": {"content": one}}]} if isinstance(one, str) else one for one in events]
        text = "".join(f"data: {json.dumps(line, ensure_ascii=False)}\n\n" for line in lines)
        text += "data: [DONE]\n\n" if done else ""
        self.answers.append((200, {"Content-Type": "text/event-stream"}, text.encode()))
        return self


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.requests.append((self.path, dict(self.headers), body))
            time.sleep(told.delay)
            if told.embeds:
                vectors = [[1.0 + text.lower().count(letter) for letter in "abcdefghinorstu"] for text in body["input"]]
                data = [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)]
                status, headers, content = 200, dict[str, str](), json.dumps({"data": data[::-1]}).encode()
            else:
                status, headers, content = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:  # one that promises more is a connection that breaks
                self.send_header("Content-Length", str(len(content)))
            with suppress(ConnectionError):  # a client that waits no longer has hung up
                self.end_headers()
                self.wfile.write(content)

        def do_GET(self) -> None:
            told.requests.append((self.path, dict(self.headers), None))
            self.send_error(404)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        told = Server(f"http://127.0.0.1:{listening.server_port}/v1")
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()  # seconds until it ends
        yield told
        listening.shutdown()
