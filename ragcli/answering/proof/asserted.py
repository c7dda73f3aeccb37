"""What a generated text asserts, sentence by sentence: that which is shown is that which is proved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ragcli.answering.proof.leaning import heading_key, is_heading, leans_on
from ragcli.answering.wording.listed import announces, introductions, joined, marks
from ragcli.chunking.sentences import Unit, split

_RULE = re.compile(r"\s*\|[ \t]*:?-+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What must be proved of a sentence."""

    text: str
    mark: str = ""  # of a list, which stood before it
    below: str = ""  # the heading that it stands below, as `heading_key` has it


def asserted(text: str, language: str | None) -> Iterator[tuple[Unit, tuple[Reading, ...]]]:
    """Each sentence with the readings of which one must be proved: an item of a list with its mark, or without.

    What a line with a colon announces is asserted below that line, and what leans on another sentence may be with that. A row
    of a table asserts its cells under their heads, which alone assert nothing.
    """
    units = split(text, language)
    beside = zip(units, marks(units, language), introductions(units), leans_on(units), strict=True)
    heading = ""
    for at, (unit, mark, above, other) in enumerate(beside):
        if is_heading(units, at):
            heading = ""
        if unit.kind != "row":
            line = units[above].text if above is not None and announces(units[above]) else ""
            readings = [Reading(joined(line, unit.text), below=heading)]
            if mark:
                readings.append(Reading(joined(line, unit.text[len(mark) :]), mark, heading))
            if above is None and other is not None and other < at:
                readings.append(Reading(joined(units[other].text, unit.text), below=heading))
            yield unit, tuple(readings)
        elif not _RULE.match(text, unit.end):
            yield unit, (Reading(unit.readable, below=heading),)
        if is_heading(units, at):
            heading = heading_key(unit.text)
