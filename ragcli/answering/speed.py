"""How fast a language model reads and writes on this machine: measured, and remembered for `--budget`."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from ragcli.answering.generator import Generator, Message, Sampling

_FILLER = "The harbour of the old town is deep, and ferries call there twice a day in summer. "
_PROMPT_SENTENCES = 24
_WRITTEN = 32
_OLD = 0.5  # weight of what was known before against a new measurement: the machine is not always as busy


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens per second."""

    prompt: float
    generation: float

    def seconds(self, prompt_tokens: int, completion_tokens: int) -> float:
        """How long an answer of that size takes."""
        return prompt_tokens / self.prompt + completion_tokens / self.generation


def measure(generator: Generator) -> Speed:
    """Read a prompt of some 400 tokens and write 32; takes seconds. Raises: ModelError when the model fails."""
    generator.count_tokens("")  # loaded before the clock runs
    messages = [Message("user", f"{os.getpid()} {_FILLER * _PROMPT_SENTENCES}\n\nTell a story about this town.")]
    prompt_tokens = generator.count_prompt(messages)
    start = time.perf_counter()
    pieces: Iterator[str] = generator.stream(messages, Sampling(max_tokens=_WRITTEN))
    text = next(pieces, "")
    first = time.perf_counter()
    text += "".join(pieces)
    ended = time.perf_counter()
    written = max(1, generator.usage.get("completion_tokens") or generator.count_tokens(text))
    return Speed(prompt_tokens / max(1e-6, first - start), written / max(1e-6, ended - first))


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
    file = _file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    temporary.replace(file)


def _file(home: Path) -> Path:
    return home / "probes" / "speed.json"


def _all(home: Path) -> dict[str, dict[str, float]]:
    try:
        found = json.loads(_file(home).read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # absent, or cut short: measured anew
    return found if isinstance(found, dict) else {}
