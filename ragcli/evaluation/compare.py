"""Two runs over the same questions: what changed, and is it more than chance?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragcli.errors import UsageError, said_of
from ragcli.evaluation.run import ordered
from ragcli.evaluation.statistics import Difference, difference


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure of two runs, over the questions that both were asked and that it applies to."""

    measure: str
    a: float
    b: float
    difference: Difference


def compare(a: Path, b: Path) -> list[Compared]:
    """Compare what `rag eval --save` wrote of two runs. Raises: UsageError when they have nothing in common."""
    first, second = _read(a), _read(b)
    shared = [one for one in first if one in second]
    rows = []
    for name in ordered(list(dict.fromkeys(name for one in shared for name in (*first[one], *second[one])))):
        before, after = ([run[one].get(name) for one in shared] for run in (first, second))
        # Not in a run at all: other -k, no answers asked for, or no refusal to be precise about.
        if any(value is not None for value in before) and any(value is not None for value in after):
            rows.append(Compared(name, _mean(before), _mean(after), difference(before, after)))
    if not rows:
        raise UsageError(
            f"{a} and {b} have no measure of a question in common",
            "evaluate both with the same questions and the same -k",
        )
    return rows


def _read(path: Path) -> dict[tuple[str, str], dict[str, float]]:
    try:
        run: Any = json.loads(path.read_text(encoding="utf-8"))
        return {(one["id"], one["question"]): one["values"] for one in run["by_question"]}
    except OSError as error:
        raise UsageError(
            f"{path} can't be read ({said_of(error)})", f"make it: rag eval QUESTIONS.jsonl --save {path}"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        # It may be the questions themselves, which are not to be saved over.
        raise UsageError(
            f"{path} is no saved evaluation", "make one: rag eval QUESTIONS.jsonl --save RUN.json"
        ) from error


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known)
