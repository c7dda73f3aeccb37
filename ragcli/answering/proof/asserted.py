"""What a generated text asserts, sentence by sentence: that which is shown is that which is proved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ragcli.answering.listed import marks
from ragcli.chunking.sentences import Unit, split

_RULE = re.compile(r"\s*\|[ \t]*:?-+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What must be proved of a sentence."""

    text: str
    mark: str = ""  # of a list, which stood before it


def asserted(text: str, language: str | None) -> Iterator[tuple[Unit, tuple[Reading, ...]]]:
    """Each sentence with the readings of which one must be proved: an item of a list with its mark, or without.

    A row of a table asserts its cells under their heads. The heads alone assert nothing.
    """
    units = split(text, language)
    for unit, mark in zip(units, marks(units, language), strict=True):
        if unit.kind != "row":
            whole = Reading(unit.text)
            yield unit, (whole, Reading(unit.text[len(mark) :], mark)) if mark else (whole,)
        elif not _RULE.match(text, unit.end):
            yield unit, (Reading(unit.readable),)
