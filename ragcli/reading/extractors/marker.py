"""marker-pdf 2 as an extractor: in its own process, since its dependencies hold back those of everything else."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from ragcli.endpoint import Endpoint
from ragcli.errors import ModelError, ReadError, UsageError
from ragcli.reading.extractors.extractor import Premises
from ragcli.reading.extractors.marker_blocks import pages_of
from ragcli.reading.extractors.marker_process import CHILD, MarkerProcess
from ragcli.records import Page
from ragcli.settings import Marker as Settings

INSTALL = (
    "install it in an environment of its own and name its interpreter in reading.marker.python"
    " (python -m venv FOLDER, FOLDER/bin/pip install 'marker-pdf>=2,<3'), or beside rag: pip install 'ragcli[marker]'"
)
_VERSION = "import importlib.metadata as m; print(m.version('marker-pdf'))"
_VERSION_SECONDS = 60.0
_START_SECONDS = 180.0  # to import marker and to load the servers' weights
_FETCH_SECONDS = 3600.0  # where weights may have to be fetched first
# By the prefix of their names in marker's own settings.
_SERVERS = {"FAST_LAYOUT": "surya.fast_layout.server", "OCR_ERROR": "surya.ocr_error.server"}
_FETCHED = ("hf://", "s3://")  # checkpoints that are no folder


class Marker:
    """Starts marker when the first file is read, again after a file that it was killed at."""

    name = "marker"

    def __init__(self, premises: Premises) -> None:
        """Raises: UsageError when the settings lack a model or ask for what --offline forbids; ModelError without marker."""
        self.settings = premises.settings.marker
        if premises.settings.equations == "marker" and self.settings.vlm_url is None:
            what = "reading.equations is marker, whose vision model reads formulas"
            raise UsageError(what, "set reading.marker.vlm_url, or reading.equations to auto")
        self.folder, self.offline = premises.folder, premises.offline
        self.python = find_python(self.settings)
        self.servers, self.urls = find_models(self.settings)
        hosts = sorted({endpoint.host for endpoint in map(Endpoint, self.urls.values()) if endpoint.is_remote})
        if self.offline and hosts:
            what = f"--offline: pictures of pages would be sent to marker's server at {hosts[0]}"
            raise UsageError(what, "leave out --offline, or name a server on this machine")
        self.sends = f"to {', '.join(hosts)}: pictures of the pages of every PDF, and their text" if hosts else None
        if self._fetches():
            named = ", ".join(checkpoint for _, checkpoint in self.servers.values())
            self.sends = "; ".join(filter(None, (self.sends, f"marker fetches {named} where it is not here yet")))
        self.process: MarkerProcess | None = None

    @cached_property
    def identity(self) -> str:
        """See `Extractor.identity`."""
        settings = self.settings
        pages = (settings.start_page, settings.max_pages)
        return repr((self.name, find_version(self.python), settings.mode, pages, self.servers, self.urls))

    def read(self, path: Path, numbers: Sequence[int]) -> Mapping[int, Page]:
        """See `Extractor.read`; pages outside `start_page` and `max_pages` are left out."""
        wanted = [number for number in numbers if self._reads(number)]
        if not wanted:
            return {}
        if self.process is None or self.process.is_over:
            self.process = self._start()
        job = {"path": str(path.resolve()), "page_range": [number - 1 for number in wanted]}  # marker counts from 0
        answer = self.process.ask(job, self.settings.page_timeout * len(wanted))
        return pages_of(answer["pages"])

    def close(self) -> None:
        """End marker and its servers."""
        if self.process is not None:
            self.process.end()

    def _reads(self, number: int) -> bool:
        first, most = self.settings.start_page, self.settings.max_pages
        return number >= first and (most is None or number < first + most)

    def _start(self) -> MarkerProcess:
        process = MarkerProcess(self.python, self.folder, self._environment())
        options = {
            "mode": self.settings.mode,
            # Without a vision model nothing is asked of one: the text layer is kept, formulas included.
            "disable_ocr": "SURYA" not in self.urls,
            "extract_images": False,
            "pdftext_workers": 1,
            "disable_tqdm": True,
            "use_llm": False,  # it would send pages to a service
        }
        seconds = _FETCH_SECONDS if self._fetches() else _START_SECONDS
        told = {"servers": self.servers, "urls": self.urls, "options": options, "seconds": seconds}
        try:
            process.ask(told, seconds)
        except ReadError as error:
            process.end()
            raise ModelError(f"marker does not start: {error.what}", error.next_step) from error
        except BaseException:
            process.end()
            raise
        return process

    def _fetches(self) -> bool:
        return not self.offline and any(checkpoint.startswith(_FETCHED) for _, checkpoint in self.servers.values())

    def _environment(self) -> dict[str, str]:
        """What marker's settings are read from. Its own variables pass through (TORCH_DEVICE, …), all but these."""
        hub = os.environ.get("HF_HOME") or str(Path.home() / ".cache" / "huggingface")  # weights that are there already
        seconds = str(self.settings.page_timeout)
        layout = self.servers.get("FAST_LAYOUT")
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("RAG_", "XDG_", "PYTHON"))},
            "HF_HOME": hub,
            "HF_HUB_OFFLINE": "0" if self._fetches() else "1",
            "TRANSFORMERS_OFFLINE": "0" if self._fetches() else "1",
            # It fetches a font before it reads a page, unless this file exists; it draws nothing with it here.
            "FONT_PATH": str(CHILD),
            **{f"{prefix}_SERVER_AUTOSTART": "false" for prefix in (*_SERVERS, "DETECTOR")},
            "SURYA_INFERENCE_AUTOSTART": "false",
            "SURYA_INFERENCE_BACKEND": "llamacpp",  # its client serves any server; the other one looks for docker
            "SURYA_INFERENCE_TIMEOUT_SECONDS": seconds,
            **({"FAST_ORDER_MODEL_CHECKPOINT": f"{layout[1]}/order"} if layout else {}),
        }


def find_python(settings: Settings) -> str:
    """The interpreter that is to have marker. Raises: ModelError when it is not there."""
    if settings.python is None:
        if importlib.util.find_spec("marker") is None:
            raise ModelError("marker-pdf is not installed", INSTALL)
        return sys.executable
    python = Path(settings.python).expanduser()
    if not os.access(python, os.X_OK) or python.is_dir():
        raise ModelError(f"reading.marker.python: {python} is no program", INSTALL)
    return str(python)


def find_version(python: str) -> str:
    """The version of marker-pdf that an interpreter has. Raises: ModelError when it has none."""
    try:
        done = subprocess.run([python, "-I", "-c", _VERSION], capture_output=True, text=True, timeout=_VERSION_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelError(f"reading.marker.python: {python} does not run ({error})", INSTALL) from error
    if done.returncode:
        raise ModelError(f"{python} has no marker-pdf", INSTALL)
    version = done.stdout.strip()
    if version.split(".")[0] != "2":
        raise ModelError(f"{python} has marker-pdf {version}, rag knows 2", INSTALL)
    return version


def find_models(settings: Settings) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """The servers to start, as {prefix: (module, checkpoint)}, and those that run, as {prefix: URL}.

    Raises: UsageError when a model is missing that the mode needs.
    """
    servers: dict[str, tuple[str, str]] = {}
    urls: dict[str, str] = {}
    wanted = {"FAST_LAYOUT": (settings.layout_url, settings.layout_checkpoint)}
    if settings.vlm_url is not None:
        urls["SURYA"] = settings.vlm_url
        wanted["OCR_ERROR"] = (settings.ocr_error_url, settings.ocr_error_checkpoint)
    elif settings.mode == "balanced":
        raise UsageError("reading.marker.mode is balanced, which needs a vision model", "set reading.marker.vlm_url")
    if settings.mode == "balanced":
        del wanted["FAST_LAYOUT"]  # the vision model finds the layout, too
    for prefix, (url, checkpoint) in wanted.items():
        name = "layout" if prefix == "FAST_LAYOUT" else "ocr_error"
        if url is not None:
            urls[prefix] = url
        elif checkpoint is None:
            what = f"marker has no {name} model (its weights have a licence of their own: read it)"
            raise UsageError(what, f"set reading.marker.{name}_checkpoint to their folder, or {name}_url to its server")
        else:
            servers[prefix] = (_SERVERS[prefix], _checkpoint(checkpoint, f"reading.marker.{name}_checkpoint"))
    return servers, urls


def _checkpoint(named: str, key: str) -> str:
    if named.startswith(_FETCHED):
        return named
    folder = Path(named).expanduser().resolve()
    if not folder.is_dir():
        raise UsageError(f"{key}: {folder} is no folder", "name the folder that holds the weights")
    return str(folder)
