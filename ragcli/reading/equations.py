"""Display equations."""

from collections.abc import Mapping, Sequence
from typing import Any


def equation_score(blocks: Sequence[Mapping[str, Any]]) -> float:
    return 0.0


def find_equations(page: Any, tables: Sequence[Any]) -> list[Any]:
    return []
