"""How fast a language model reads and writes on this machine: measured, and remembered for `--budget`."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ragcli.answering.llm.generator import Generator, Message, Sampling
from ragcli.disk import write_whole
from ragcli.records import Answer

_FILLER = "The harbour of the old town is deep, and ferries call there twice a day in summer. "
_PROMPT_SENTENCES = 24
_WRITTEN = 32
_TELLING_PROMPT, _TELLING_TEXT = 100, 8  # tokens from which an answer tells how fast its model is
_OLD = 0.5  # weight of what was known before against a new measurement: the machine is not always as busy


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens per second."""

    prompt: float
    generation: float


def measure(generator: Generator, sentences: int = _PROMPT_SENTENCES, written: int = _WRITTEN) -> Speed:
    """Read a prompt of so many sentences, about 18 tokens each, and write; takes seconds.

    Raises: ModelError when the model fails.
    """
    generator.count_tokens("")  # loaded before the clock runs
    messages = [Message("user", f"{os.getpid()} {_FILLER * sentences}\n\nTell a story about this town.")]
    prompt_tokens = generator.count_prompt(messages)
    start = time.perf_counter()
    pieces: Iterator[str] = generator.stream(messages, Sampling(max_tokens=written))
    text = next(pieces, "")
    first = time.perf_counter()
    text += "".join(pieces)
    ended = time.perf_counter()
    said = max(1, generator.usage.get("completion_tokens") or generator.count_tokens(text))
    return Speed(prompt_tokens / max(1e-6, first - start), said / max(1e-6, ended - first))


def of_answer(made: Answer) -> Speed | None:
    """The speed at which an answer was made; None when it is too short to tell, or part of its prompt was read before."""
    first, whole = made.seconds.get("first_text", 0.0), made.seconds.get("generate", 0.0)
    prompt, written = made.usage.get("prompt_tokens", 0), made.usage.get("completion_tokens", 0)
    if made.usage.get("cached_tokens") or prompt < _TELLING_PROMPT or written < _TELLING_TEXT or not 0 < first < whole:
        return None
    return Speed(prompt / first, written / (whole - first))


def remembered(home: Path, model: str) -> Speed | None:
    """What earlier answers and `rag doctor` measured; None when nothing was."""
    kept = _all(home).get(model)
    return Speed(**kept) if kept else None


def remember(home: Path, model: str, new: Speed) -> None:
    """Keep a measurement, averaged with what was known."""
    known = _all(home)
    if old := known.get(model):
        new = Speed(
            old["prompt"] * _OLD + new.prompt * (1 - _OLD), old["generation"] * _OLD + new.generation * (1 - _OLD)
        )
    known[model] = asdict(new)
    with suppress(OSError):  # a full disk, or a home that can't be written, costs no answer
        write_whole(_file(home), json.dumps(known, indent=2) + "\n")


def _file(home: Path) -> Path:
    return home / "probes" / "speed.json"


def _all(home: Path) -> dict[str, dict[str, float]]:
    try:
        found = json.loads(_file(home).read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # absent, or cut short: measured anew
    return found if isinstance(found, dict) else {}
