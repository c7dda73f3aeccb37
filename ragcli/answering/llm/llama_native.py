"""Loading llama.cpp safely: its environment, its logs, and processors on which its build would crash."""

import contextlib
import hashlib
import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psutil

from ragcli.disk import write_whole
from ragcli.errors import ModelError
from ragcli.threads import allowed_cores, spin_briefly

_PORTABLE = (
    'CMAKE_ARGS="-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF" pip install --no-cache-dir --force-reinstall llama-cpp-python'
)
_PROBE_SECONDS = 300.0

log: deque[str] = deque(maxlen=400)  # llama.cpp's last lines: shown only when something fails
_kept: list[Any] = []  # C code holds these callbacks: they must not be collected


def import_llama() -> Any:
    """The module `llama_cpp`. Raises: ModelError when the extra is missing or its library does not load."""
    spin_briefly()
    try:
        import llama_cpp
    except ModuleNotFoundError as error:
        remedy = "install it: pip install 'ragcli[llama]'"
        raise ModelError("generating answers needs llama-cpp-python, which is not installed", remedy) from error
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelError(f"llama-cpp-python does not load ({error})", f"build it again: {_PORTABLE}") from error
    return llama_cpp


def keep_log(llama_cpp: Any) -> None:
    """Send llama.cpp's messages to `log`. `Llama()` installs its own printer: call this again after it."""
    if not _kept:
        _kept.append(
            llama_cpp.llama_log_callback(lambda level, text, user: log.append(text.decode("utf-8", "replace")))
        )
    llama_cpp.llama_log_set(_kept[0], None)


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Keep what C code writes to file descriptor 2 in `log`."""
    sys.stderr.flush()
    try:
        saved = os.dup(2)
    except OSError:  # closed by whoever started us: nothing to protect
        yield
        return
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)
            kept.seek(0)
            log.extend(kept.read().decode("utf-8", "replace").splitlines(keepends=True))


@contextlib.contextmanager
def model_defaults(
    llama_cpp: Any, *, extra_buffers: bool, goes_on: Callable[[], bool] = lambda: True
) -> Iterator[None]:
    """Let `Llama()` keep weights out of the AMX and repack buffers, and load while `goes_on`: it has no arguments for them."""
    module = llama_cpp.llama_cpp
    original = module.llama_model_default_params
    progress = module.llama_progress_callback(lambda done, data: goes_on())

    def changed() -> Any:
        params = original()
        params.use_extra_bufts = extra_buffers
        params.progress_callback = progress
        return params

    module.llama_model_default_params = changed
    try:
        yield
    finally:
        module.llama_model_default_params = original


@cache
def processor_flags() -> frozenset[str]:
    """What the processor can, as Linux names it; empty elsewhere."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return frozenset()
    line = next((line for line in text.splitlines() if line.startswith(("flags", "Features"))), "")
    return frozenset(line.partition(":")[2].split())


def usable_cores() -> int:
    """Physical cores that this process may run on: a second thread on a core only waits for the first.

    No more than OMP_NUM_THREADS says, where it is set: whoever runs several programs at once shares the cores out so.
    """
    allowed = allowed_cores()
    said = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(psutil.cpu_count(logical=False) or 1, allowed, int(said) if said.isdecimal() else allowed))


def choose_extra_buffers(model: Path, home: Path | None) -> bool:
    """Whether weights may go to llama.cpp's fastest buffers here, found out once in a child process and remembered.

    With AMX some builds crash in the first computation, others die of an instruction that the processor lacks. The
    child dies in our place.

    Args:
        model: the GGUF file to try with; one that is known to be whole.
        home: below it the result is kept, by the library's version and the processor; None: not kept.
    Raises: ModelError when this build crashes in any way.
    """
    library = Path(str(importlib.metadata.distribution("llama-cpp-python").locate_file("llama_cpp")))
    built = max((file.stat().st_mtime_ns for file in (library / "lib").glob("*")), default=0)
    facts = [importlib.metadata.version("llama-cpp-python"), built, sorted(processor_flags())]
    key = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
    kept = home / "probes" / f"llama-{key}.json" if home is not None else None
    if kept is not None and kept.is_file():
        with contextlib.suppress(ValueError, KeyError, TypeError):  # cut short by a full disk or a kill
            return bool(json.loads(kept.read_text("utf-8"))["extra_buffers"])
    died = ""
    for extra_buffers in (False,) if "amx_int8" in processor_flags() else (True, False):
        died = _dies(model, extra_buffers)
        if not died:
            if kept is not None:
                with contextlib.suppress(OSError):  # it is tried again each time
                    write_whole(kept, json.dumps({"extra_buffers": extra_buffers}))
            return extra_buffers
    raise ModelError(f"llama-cpp-python crashes on this processor ({died})", f"build it again, portable: {_PORTABLE}")


def _dies(model: Path, extra_buffers: bool) -> str:
    """How a child that evaluates a few tokens ends; empty when well."""
    command = [sys.executable, "-m", "ragcli.answering.llm.llama_probe", str(model), str(int(extra_buffers))]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"no answer within {_PROBE_SECONDS:.0f} s"
    if done.returncode < 0:
        return f"signal {-done.returncode}"
    if done.returncode:
        log.extend(done.stderr.decode("utf-8", "replace").splitlines(keepends=True))
        return f"exit code {done.returncode}"
    return ""
