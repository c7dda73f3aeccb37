"""Pulling models from a real server on loopback that breaks off, lies, and serves ranges as a hub does."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ragcli.errors import ModelError, UsageError
from ragcli.hub import Hub, known_sums

BIG = bytes(range(256)) * 20_000
FILES = {
    "config.json": b'{"model_type": "bert"}',
    "modules.json": b"[]",
    "model.safetensors": BIG,
    "1_Pooling/config.json": b"{}",
    "onnx/model.onnx": b"not wanted",
    "README.md": b"not wanted",
}


class FakeHub:
    """What a hub has, and how it misbehaves."""

    def __init__(self) -> None:
        self.files = {"you/embedder": FILES, "you/writer": {"w-q4.gguf": b"GGUF" + BIG, "w-q8.gguf": b"GGUF"}}
        self.break_after: int | None = None  # bytes, once
        self.lies = False  # sends other bytes than it names
        self.ranges: list[str | None] = []
        self.list: bytes | None = None  # in place of the list of files
        self.ends_early = False  # without a length, once
        self.status: int | None = None  # of every file; 416 only where a range is asked for, once


@pytest.fixture
def hub() -> Iterator[tuple[Hub, FakeHub]]:
    fake = FakeHub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            parts = path.strip("/").split("/")
            if parts[:2] == ["api", "models"]:
                if fake.list is not None:
                    return self.answer(fake.list)
                files = fake.files.get("/".join(parts[2:4]))
                if files is None:
                    return self.send_error(404)
                names = sorted(files)
                if "cursor" not in query:  # two pages, as for large repositories
                    names, rest = names[:3], names[3:]
                    more = f'<http://{self.headers["Host"]}{self.path}&cursor=1>; rel="next"' if rest else ""
                else:
                    names, more = names[3:], ""
                return self.answer(json.dumps([self.entry(name, files[name]) for name in names]).encode(), link=more)
            content = fake.files["/".join(parts[:2])]["/".join(parts[4:])]
            if fake.lies:
                content = b"x" * len(content)
            asked = self.headers["Range"]
            fake.ranges.append(asked)
            if fake.status is not None and (asked or fake.status != 416):
                return self.answer(b"", fake.status)
            if fake.ends_early:
                fake.ends_early = False
                self.send_response(200)
                self.end_headers()
                self.wfile.write(content[:3_000_000])
                return None
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            return self.answer(content[start:], 206 if start else 200)

        def entry(self, name: str, content: bytes) -> dict[str, object]:
            git = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            lfs = {"lfs": {"oid": hashlib.sha256(content).hexdigest()}} if len(content) > 1000 else {}
            return {"type": "file", "path": name, "size": len(content), "oid": git} | lfs

        def answer(self, content: bytes, status: int = 200, link: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if link:
                self.send_header("Link", link)
            self.end_headers()
            if fake.break_after is not None and len(content) > fake.break_after:
                self.wfile.write(content[: fake.break_after])
                fake.break_after = None
                self.close_connection = True
                return
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield Hub(f"http://127.0.0.1:{listening.server_port}"), fake
        listening.shutdown()


def test_one_file_of_a_repository(hub: tuple[Hub, FakeHub], tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    (path,) = hub[0].pull("you/writer/w-q4.gguf", tmp_path, on_bytes=lambda *step: seen.append(step))
    assert path == tmp_path / "w-q4.gguf"
    assert path.read_bytes() == b"GGUF" + BIG
    assert seen[-1] == ("w-q4.gguf", len(BIG) + 4, len(BIG) + 4)
    assert known_sums(tmp_path) == {"w-q4.gguf": hashlib.sha256(b"GGUF" + BIG).hexdigest()}
    assert not list(tmp_path.glob("*.part"))


def test_an_embedding_model_without_what_it_does_not_need(hub: tuple[Hub, FakeHub], tmp_path: Path) -> None:
    pulled = hub[0].pull("you/embedder", tmp_path)
    names = {path.relative_to(tmp_path / "embedder").as_posix() for path in pulled}
    assert names == {"config.json", "modules.json", "model.safetensors", "1_Pooling/config.json"}
    asked = len(hub[1].ranges)
    hub[0].pull("you/embedder", tmp_path)
    assert len(hub[1].ranges) == asked  # all is there: nothing is downloaded again


def test_a_broken_download_goes_on_where_it_stopped(hub: tuple[Hub, FakeHub], tmp_path: Path) -> None:
    hub[1].break_after = 3_000_000
    with pytest.raises(ModelError, match=r"broke off at 3,\d{3},\d{3} of 5,120,004 bytes|broke off at 2,.*go on with"):
        hub[0].pull("you/writer/w-q4.gguf", tmp_path)
    there = (tmp_path / "w-q4.gguf.part").stat().st_size
    assert 0 < there <= 3_000_000
    (path,) = hub[0].pull("you/writer/w-q4.gguf", tmp_path)
    assert hub[1].ranges == [None, f"bytes={there}-"]
    assert path.read_bytes() == b"GGUF" + BIG


def test_a_server_that_ends_without_a_word_costs_what_is_missing_only(hub: tuple[Hub, FakeHub], tmp_path: Path) -> None:
    hub[1].ends_early = True
    with pytest.raises(ModelError, match=r"broke off at 3,000,000 of 5,120,004 bytes .*go on with the same command"):
        hub[0].pull("you/writer/w-q4.gguf", tmp_path)
    (path,) = hub[0].pull("you/writer/w-q4.gguf", tmp_path)
    assert hub[1].ranges[-1] == "bytes=3000000-"
    assert path.read_bytes() == b"GGUF" + BIG


def test_a_part_that_the_server_does_not_know_is_begun_anew(hub: tuple[Hub, FakeHub], tmp_path: Path) -> None:
    (tmp_path / "w-q4.gguf.part").write_bytes(b"GGUF")
    hub[1].status = 416
    (path,) = hub[0].pull("you/writer/w-q4.gguf", tmp_path)
    assert hub[1].ranges == ["bytes=4-", None]
    assert path.read_bytes() == b"GGUF" + BIG


def test_a_model_of_the_same_name_is_not_replaced(hub: tuple[Hub, FakeHub], tmp_path: Path) -> None:
    hub[0].pull("you/writer/w-q8.gguf", tmp_path)
    hub[1].files["me/writer"] = {"w-q8.gguf": b"GGUF of mine"}
    with pytest.raises(UsageError, match=r"w-q8\.gguf is there, from elsewhere, and another; move it away first"):
        hub[0].pull("me/writer/w-q8.gguf", tmp_path)
    assert (tmp_path / "w-q8.gguf").read_bytes() == b"GGUF"
    hub[1].files["you/writer"]["w-q8.gguf"] = b"GGUF, a newer one"
    hub[0].pull("you/writer/w-q8.gguf", tmp_path)
    assert (tmp_path / "w-q8.gguf").read_bytes() == b"GGUF, a newer one"


def test_a_gated_file_names_the_terms_and_the_key(hub: tuple[Hub, FakeHub], tmp_path: Path) -> None:
    hub[1].status = 403
    with pytest.raises(ModelError, match=r"does not give w-q4.gguf to you \(HTTP 403\); accept .* HF_TOKEN"):
        hub[0].pull("you/writer/w-q4.gguf", tmp_path)


@pytest.mark.parametrize("listed", [b"<html>log in</html>", b'{"error": "away"}', b'[{"type": "file", "path": "a"}]'])
def test_what_is_no_list_of_files_is_said(hub: tuple[Hub, FakeHub], tmp_path: Path, listed: bytes) -> None:
    hub[1].list = listed
    with pytest.raises(ModelError, match="answers with no list of files; check HF_ENDPOINT"):
        hub[0].pull("you/writer/w-q4.gguf", tmp_path)


@pytest.mark.parametrize("name", ["you/writer/w-q4.gguf", "you/embedder"])
def test_what_came_damaged_is_never_kept(hub: tuple[Hub, FakeHub], tmp_path: Path, name: str) -> None:
    hub[1].lies = True
    with pytest.raises(ModelError, match=r"came damaged \(another"):
        hub[0].pull(name, tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("me/none", "knows no model me/none"),
        ("you/writer", "pull one file: you/writer/w-q4.gguf, you/writer/w-q8.gguf"),
        ("you/writer/x.gguf", "the repository has w-q4.gguf, w-q8.gguf"),
    ],
)
def test_what_is_not_there_is_named(hub: tuple[Hub, FakeHub], tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        hub[0].pull(name, tmp_path)


@pytest.mark.parametrize("name", ["embedder", "you/../x", "/x/y", ""])
def test_what_is_no_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="owner/repository"):
        Hub("http://127.0.0.1:9").pull(name, tmp_path)


def test_no_hub(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not answer"):
        Hub("http://127.0.0.1:9").pull("a/b", tmp_path)
    with pytest.raises(ModelError, match="does not answer"):
        Hub("http://[::1").pull("a/b", tmp_path)
