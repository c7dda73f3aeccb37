"""The sentences of the found passages, as sources of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from ragcli.chunking.sentences import Unit, split
from ragcli.records import Hit


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence, list item or table row of a passage."""

    unit: Unit
    hit: int  # index of its passage
    ordinal: int  # of the sentence in its passage, from 0
    language: str | None = None  # of its passage, ISO 639-1


def sources(hits: Sequence[Hit]) -> list[Source]:
    """All sentences of all passages, in order."""
    return [
        Source(unit, at, ordinal, hit.language)
        for at, hit in enumerate(hits)
        for ordinal, unit in enumerate(split(hit.text, hit.language))
    ]
