"""marker in a process of its own, with the model servers that it needs: asked with a time limit, ended with all it started."""

import contextlib
import json
import os
import select
import signal
import subprocess
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, cast

import psutil

from ragcli.errors import ModelError, ReadError

CHILD = Path(__file__).with_name("marker_child.py")
RUN = "RAG_MARKER_RUN"  # in the environment of all that is started: by it they are found wherever they went
_SWEEPS = 5  # a process may be started while the others are being killed
_END_SECONDS = 10.0


class MarkerProcess:
    """A child process that reads one file after the other."""

    def __init__(self, python: str, folder: Path, environment: Mapping[str, str]) -> None:
        """Start it in a folder of its own, which is its home as well: marker keeps caches and locks there.

        Raises: ModelError when it can't be started.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.token = uuid.uuid4().hex
        self.log = folder / "marker.log"
        lifeline, self.lifeline_end = os.pipe()
        try:
            with self.log.open("wb") as log:
                self.process = subprocess.Popen(
                    [python, "-I", str(CHILD), str(lifeline)],  # -I: no module of the user's folder becomes marker's
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    cwd=folder,  # marker reads settings from a file `local.env` that it looks for upwards
                    env={**environment, "HOME": str(folder), RUN: self.token},
                    pass_fds=(lifeline,),
                    process_group=0,  # to be killed with the servers, and to be out of Ctrl-C's reach
                )
        except OSError as error:
            os.close(self.lifeline_end)
            raise ModelError(f"{python} can't be started ({error.strerror})", "see reading.marker.python") from error
        finally:
            os.close(lifeline)
        self.is_over = False
        self.commands = cast(IO[bytes], self.process.stdin)
        self.answers = cast(IO[bytes], self.process.stdout)
        self._received = bytearray()

    def ask(self, told: Mapping[str, Any], seconds: float) -> Any:
        """Send an object and return the one that is answered.

        Raises: ReadError when the answer is an error, or does not come in time, or the process dies; after the last two it
            is over.
        """
        with contextlib.suppress(BrokenPipeError):  # it is dead: the missing answer says so
            self.commands.write(json.dumps(told).encode() + b"\n")
            self.commands.flush()
        line = self._line(time.monotonic() + seconds)
        if line is None:
            is_late = self.process.poll() is None
            self.end()
            if is_late:
                raise ReadError(f"not done within {seconds:g} s", "see reading.marker.page_timeout", "timeout")
            raise ReadError(f"marker ended ({self._last_words()})", f"see {self.log}", "crash")
        answer = json.loads(line)
        if "error" in answer:
            raise ReadError(str(answer["error"]), f"see {self.log.parent}", "unreadable")
        return answer

    def end(self) -> None:
        """Kill the process and all that it started, also what left its process group. More than once is once."""
        if self.is_over:
            return
        self.is_over = True
        # Before anyone waits for it: until then no other process group can have its number.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        for _ in range(_SWEEPS):
            if not (strays := self._strays()):
                break
            for stray in strays:
                with contextlib.suppress(psutil.Error):
                    stray.kill()
            psutil.wait_procs(strays, _END_SECONDS)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_END_SECONDS)
        os.close(self.lifeline_end)
        for pipe in (self.commands, self.answers):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def _strays(self) -> list[psutil.Process]:
        """What still lives of all that was started, the process itself left out."""
        return [
            each
            for each in psutil.process_iter(["environ"])
            if (each.info["environ"] or {}).get(RUN) == self.token and each.pid != self.process.pid
        ]

    def _line(self, deadline: float) -> bytes | None:
        """The next line of the answers; None when the process closes them, or the time is over."""
        incoming = select.poll()
        incoming.register(self.answers, select.POLLIN)
        while (end := self._received.find(b"\n")) < 0:
            left = deadline - time.monotonic()
            if left <= 0 or not incoming.poll(1000 * left):
                return None
            piece = os.read(self.answers.fileno(), 1 << 20)
            if not piece:
                self.process.wait(_END_SECONDS)
                return None
            self._received += piece
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        return line

    def _last_words(self) -> str:
        lines = self.log.read_text("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), f"status {self.process.returncode}")
