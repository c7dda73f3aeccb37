"""Run marker: this file is started by the interpreter that has marker-pdf and need not have this package.

It takes one JSON object a line on standard input and answers each with one on standard output: first what to start, then
files to read. It starts the model servers that it is told to in its own process group, so that one signal ends all.
"""

import contextlib
import fcntl
import json
import os
import select
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

_POLL = 0.2  # seconds between two looks at a server


def serve(lifeline: int) -> None:
    """Answer until standard input is closed."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    _die_with_parent(lifeline)
    read: Callable[[dict[str, Any]], object] | None = None
    for line in sys.stdin:
        told = json.loads(line)
        try:
            if read is None:
                read = _started(told, lifeline)
                answer: dict[str, object] = {"started": True}
            else:
                answer = {"pages": read(told)}
        except Exception as error:  # marker's, of which there are many
            answer = {"error": _said(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _die_with_parent(lifeline: int) -> None:
    """All of this process group get SIGIO, of which a process dies, when the parent's end of the pipe is closed."""
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:  # it died before this was set
        os._exit(0)


def _said(error: Exception) -> str:
    first = next((line for line in str(error).splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


def _started(told: dict[str, Any], lifeline: int) -> Callable[[dict[str, Any]], object]:
    """Start the servers, import marker meanwhile, and return what reads a file.

    Args:
        told: `servers`: {prefix of marker's settings: [module, checkpoint]}, `urls`: {prefix: address}, `seconds`: to wait
            for the servers, `options`: of marker's converter.
    """
    deadline = time.monotonic() + told["seconds"]
    started = {}
    for prefix, (module, checkpoint) in told["servers"].items():
        os.environ[f"{prefix}_MODEL_CHECKPOINT"] = checkpoint  # the name under which the server is known, too
        started[prefix] = _Server(prefix, module, checkpoint, lifeline)
        os.environ[f"{prefix}_SERVER_URL"] = started[prefix].url
    for prefix, url in told["urls"].items():
        os.environ["SURYA_INFERENCE_URL" if prefix == "SURYA" else f"{prefix}_SERVER_URL"] = url
        os.environ[f"{prefix}_MODEL_CHECKPOINT"] = _model_of(url)  # one of another name is refused
    from marker.converters.pdf import PdfConverter
    from marker.models import create_model_dict

    for server in started.values():
        server.wait(deadline)
    models = create_model_dict()

    def read(job: dict[str, Any]) -> object:
        options = {**told["options"], "page_range": job["page_range"]}
        convert = PdfConverter(
            artifact_dict=dict(models), renderer="marker.renderers.json.JSONRenderer", config=options
        )
        return convert(job["path"]).model_dump(mode="json")["children"]

    return read


def _model_of(url: str) -> str:
    with _open(f"{url.rstrip('/')}/models", 10.0) as response:
        return str(json.load(response)["data"][0]["id"])


def _open(url: str, seconds: float) -> Any:
    no_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return no_proxy.open(url, timeout=seconds)


class _Server:
    """A model server of marker's, on a free port of this machine."""

    def __init__(self, prefix: str, module: str, checkpoint: str, lifeline: int) -> None:
        self.name = prefix.lower().replace("_", "-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.url = f"{self.address}/v1"
        self.log = Path(f"{self.name}.log")
        command = [sys.executable, "-I", "-m", module, "--host", "127.0.0.1", "--port", str(port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--checkpoint", checkpoint],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(lifeline,),  # held by the last that lives: the signal must reach it
            )

    def wait(self, deadline: float) -> None:
        """Wait until it answers. Raises: RuntimeError when it ends, or does not answer in time."""
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the {self.name} server ended: {_last_line(self.log)}")
            with contextlib.suppress(OSError), _open(f"{self.address}/health", 2.0):
                return
            time.sleep(_POLL)
        raise RuntimeError(f"the {self.name} server was not ready in time: {_last_line(self.log)}")


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


if __name__ == "__main__":
    serve(int(sys.argv[1]))
