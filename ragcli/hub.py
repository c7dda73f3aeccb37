"""Download models by name from a hub that speaks Hugging Face's protocol: resumable, and checked before they are used."""

import fnmatch
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ragcli.disk import sha256_of, write_whole
from ragcli.errors import ModelError, UsageError

if TYPE_CHECKING:
    import httpx

_RECORD = ".pulled.json"  # beside the files: where they came from, and the sum of each
# What a sentence-transformers model needs; other formats of the same weights are left alone.
_NEEDED = ("*.json", "*.txt", "*.model", "model.safetensors", "*/config.json")
_UNNEEDED = ("onnx/*", "openvino/*", "*.onnx*", "data_config.json", "train_*")
_PIECE = 2**20

OnBytes = Callable[[str, int, int], None]  # file, bytes there, bytes of the whole file


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository. Large ones are known by their SHA-256, small ones by their git hash."""

    repository: str
    path: str
    size: int
    sha256: str | None
    git_hash: str | None


class Hub:
    """One hub. Its address and a key come from HF_ENDPOINT and HF_TOKEN, as for the hub's own tools."""

    def __init__(self, url: str | None = None) -> None:
        self.url = (url or os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")

    def pull(self, name: str, folder: Path, revision: str = "main", on_bytes: OnBytes | None = None) -> list[Path]:
        """Download `owner/repository` (an embedding model) or `owner/repository/file.gguf` below `folder`.

        What is there already and has the right sum is kept; a partial download goes on where it stopped.
        Raises: UsageError for a name of another form, or where the file of another model has the same name; ModelError when
            the hub is away, knows no such model or file, or what came is not what the hub names.
        """
        repository, wanted = _parts(name)
        with self._client() as client:
            files = self._listed(client, repository, revision)
            chosen = _chosen(files, wanted, name)
            target = folder if wanted else folder / repository.rpartition("/")[2]
            pulled = [target / (Path(file.path).name if wanted else file.path) for file in chosen]
            sources = _record(target)["source"]
            for file, path in zip(chosen, pulled, strict=True):
                if not path.is_file() or _differs(path, file):
                    source = sources.get(path.relative_to(target).as_posix(), "")
                    if path.is_file() and not source.rpartition("@")[0].endswith(f"/{repository}"):
                        raise UsageError(f"{path} is there, from elsewhere, and another", "move it away first")
                    self._file(client, revision, file, path, on_bytes)
        _remember(target, f"{self.url}/{repository}@{revision}", pulled)
        return pulled

    def _client(self) -> "httpx.Client":
        import httpx

        token = os.environ.get("HF_TOKEN", "").strip()
        headers = {"Authorization": f"Bearer {token}"} if token else {}  # httpx drops it when redirected elsewhere
        return httpx.Client(timeout=httpx.Timeout(60.0, connect=15.0), follow_redirects=True, headers=headers)

    def _listed(self, client: "httpx.Client", repository: str, revision: str) -> list[RemoteFile]:
        url: str | None = f"{self.url}/api/models/{repository}/tree/{revision}?recursive=true"
        files: list[RemoteFile] = []
        while url:
            response = self._get(client, url, repository)
            try:
                files += [
                    RemoteFile(repository, one["path"], one["size"], (one.get("lfs") or {}).get("oid"), one.get("oid"))
                    for one in response.json()
                    if one.get("type") == "file"
                ]
            except (ValueError, KeyError, TypeError, AttributeError) as error:  # the page of a proxy, or a login
                raise ModelError(
                    f"{self.url} answers with no list of files", "check HF_ENDPOINT, and the network for a login"
                ) from error
            url = response.links.get("next", {}).get("url")
        return files

    def _get(self, client: "httpx.Client", url: str, repository: str) -> "httpx.Response":
        import httpx

        try:
            response = client.get(url)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise ModelError(f"{self.url} does not answer ({error})", "check the network, or HF_ENDPOINT") from error
        if response.status_code in (401, 403, 404):
            raise ModelError(
                f"{self.url} knows no model {repository}, or not for you (HTTP {response.status_code})",
                "check the name; a gated model needs HF_TOKEN",
            )
        if response.status_code != 200:
            raise ModelError(f"{self.url} answers HTTP {response.status_code}", "try again later")
        return response

    def _file(
        self, client: "httpx.Client", revision: str, file: RemoteFile, target: Path, on_bytes: OnBytes | None
    ) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(target.name + ".part")
        self._download(client, f"{self.url}/{file.repository}/resolve/{revision}/{file.path}", partial, file, on_bytes)
        if wrong := _differs(partial, file):
            partial.unlink()
            raise ModelError(f"{file.path} of {file.repository} came damaged ({wrong})", "pull it again")
        partial.replace(target)

    def _download(
        self, client: "httpx.Client", url: str, partial: Path, file: RemoteFile, on_bytes: OnBytes | None
    ) -> None:
        import httpx

        if _size(partial) > file.size:
            partial.unlink()
        there = _size(partial)
        if there == file.size and there:
            return
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
        try:
            with client.stream("GET", url, headers=headers) as response:
                is_stale = response.status_code == 416 and there > 0  # the file there is another by now
                if not is_stale:
                    self._check(response.status_code, file.path)
                    _receive(response, partial, file, on_bytes)
        except httpx.RequestError as error:
            raise _broken(file, partial, str(error)) from error
        if is_stale:
            partial.unlink()
            self._download(client, url, partial, file, on_bytes)
        elif _size(partial) < file.size:  # a server that names no length can end early without a word
            raise _broken(file, partial, "the server ended it")

    def _check(self, status: int, path: str) -> None:
        if status in (401, 403):  # a gated model shows its list of files to everybody
            raise ModelError(
                f"{self.url} does not give {path} to you (HTTP {status})",
                "accept the model's terms on its page, and set HF_TOKEN",
            )
        if status not in (200, 206):
            raise ModelError(f"{self.url} answers HTTP {status} for {path}", "try again later")


def _broken(file: RemoteFile, partial: Path, why: str) -> ModelError:
    done = f"{_size(partial):,} of {file.size:,} bytes"
    return ModelError(f"the download of {file.path} broke off at {done} ({why})", "go on with the same command")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _receive(response: "httpx.Response", partial: Path, file: RemoteFile, on_bytes: OnBytes | None) -> None:
    """Add what comes to a partial file; begin it anew where the server sends all of it."""
    with partial.open("ab" if response.status_code == 206 else "wb") as out:
        for piece in response.iter_bytes(_PIECE):
            out.write(piece)
            if on_bytes is not None:
                on_bytes(file.path, out.tell(), file.size)


def known_sums(folder: Path) -> dict[str, str]:
    """SHA-256 of each file that was pulled into `folder`, by name."""
    return _record(folder)["sha256"]


def _parts(name: str) -> tuple[str, str | None]:
    parts = name.split("/")
    if len(parts) < 2 or any(part in ("", ".", "..") for part in parts):
        raise UsageError(f"'{name}' names no model of a hub", "write owner/repository or owner/repository/file.gguf")
    return "/".join(parts[:2]), "/".join(parts[2:]) or None


def _chosen(files: Sequence[RemoteFile], wanted: str | None, name: str) -> list[RemoteFile]:
    if wanted is not None:
        found = [file for file in files if file.path == wanted]
        if not found:
            shown = ", ".join(file.path for file in files if file.path.endswith(".gguf")) or "no GGUF file"
            raise ModelError(f"there is no file {name}; the repository has {shown}", "name one of them")
        return found
    if not any(file.path == "config.json" for file in files):
        guesses = ", ".join(f"{name}/{file.path}" for file in files if file.path.endswith(".gguf"))
        raise ModelError(
            f"{name} is no sentence-transformers model", f"pull one file: {guesses}" if guesses else "choose another"
        )
    return [
        file
        for file in files
        if _matches(file.path, _NEEDED) and not _matches(file.path, _UNNEEDED) and _is_safe(file.path)
    ]


def _matches(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def _is_safe(path: str) -> bool:
    """Whether a file of that name stays below its folder."""
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path


def _differs(path: Path, file: RemoteFile) -> str | None:
    """How a file differs from what the hub names; None when it does not."""
    size = path.stat().st_size
    if size != file.size:
        return f"{size:,} of {file.size:,} bytes"
    if file.sha256:
        return None if sha256_of(path) == file.sha256 else "another SHA-256"
    if file.git_hash:
        content = path.read_bytes()
        own = hashlib.sha1(b"blob %d\0" % size + content, usedforsecurity=False).hexdigest()
        return None if own == file.git_hash else "another hash"
    return None


def _remember(folder: Path, source: str, files: Sequence[Path]) -> None:
    kept = _record(folder)
    for file in files:
        name = file.relative_to(folder).as_posix()
        kept["source"][name] = source
        kept["sha256"][name] = sha256_of(file)
    write_whole(folder / _RECORD, json.dumps(kept, indent=2) + "\n")


def _record(folder: Path) -> dict[str, dict[str, str]]:
    record = folder / _RECORD
    kept: dict[str, dict[str, str]] = json.loads(record.read_text("utf-8")) if record.is_file() else {}
    return {"source": {}, "sha256": {}} | kept


def pulled_folders(folder: Path) -> Iterator[Path]:
    """The models folder and those in it that hold pulled files."""
    for record in sorted(folder.rglob(_RECORD)) if folder.is_dir() else ():
        yield record.parent
