"""A sentence that the next one takes back is quoted with it: `Dogs are admitted. This no longer applies.`"""

from collections.abc import Sequence
from dataclasses import replace

from ragcli.answering.proof.denials import takes_back
from ragcli.answering.sources import Source

_MOST = 400  # characters of both


def with_retraction(source: Source, everything: Sequence[Source]) -> Source:
    """A sentence with the one behind it in its paragraph, should that say that it is not so, or not always."""
    ends = [(one.hit, one.unit.end) for one in everything[:-1]]
    if source.unit.kind != "sentence" or (source.hit, source.unit.end) not in ends:
        return source
    after = ends.index((source.hit, source.unit.end)) + 1
    unit, behind = source.unit, everything[after].unit
    is_beside = everything[after].hit == source.hit and behind.kind == "sentence" and behind.start - unit.end <= 1
    if not is_beside or behind.end - unit.start > _MOST or not takes_back(behind.text):
        return source
    return replace(source, unit=replace(unit, text=f"{unit.text} {behind.text}", end=behind.end))
