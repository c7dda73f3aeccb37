"""Two runs over the same questions: what changed, and is it more than chance?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragcli.errors import UsageError
from ragcli.evaluation.run import ordered
from ragcli.evaluation.statistics import Difference, difference


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure of two runs, over the questions that both have it for."""

    measure: str
    a: float
    b: float
    difference: Difference


def compare(a: Path, b: Path) -> list[Compared]:
    """Compare what `rag eval --json` wrote of two runs. Raises: UsageError when they have nothing in common."""
    first, second = _read(a), _read(b)
    rows = []
    for name in ordered(list(dict.fromkeys(name for values in first.values() for name in values))):
        shared = [one for one in first if one in second and name in first[one] and name in second[one]]
        if shared:
            before, after = ([run[one][name] for one in shared] for run in (first, second))
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
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} is no saved evaluation", f"make it: rag eval QUESTIONS.jsonl --json > {path}"
        ) from error


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
