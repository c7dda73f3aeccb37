"""How Word numbers its lists and headings: `3.`, `b)`, `Article IV`, `2.1`, counted as Word counts them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE

from ragcli.reading.office.docx_styles import W

PLACE = re.compile(r"%([1-9])")  # in a level's text: the number of that level
BULLET = "-"
_DEPTHS = tuple("012345678")  # that Word knows
_LARGEST = 32_767  # number that Word counts to
_ROMAN = [("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10),
         ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)]  # fmt: skip


class Level(NamedTuple):
    """A depth of a list."""

    form: str  # bullet, decimal, lowerLetter, …
    text: str  # `%1.%2)`
    start: int


class Lists:
    """The lists of a document, and how far each has counted."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._abstract: dict[str, str] = {}  # of each list the numbering that it shares with others
        self._restarts: dict[str, dict[int, int]] = {}  # where a list begins anew when it is first used
        self._counters: defaultdict[str, list[int]] = defaultdict(list)
        try:
            root = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            return
        shared = {node.get(f"{W}abstractNumId"): node for node in root.findall(f"{W}abstractNum")}
        for node in root.findall(f"{W}num"):
            number, name = node.get(f"{W}numId"), _value(node, "abstractNumId") or ""
            self._abstract[number] = name
            if name in shared:
                self._levels |= {(number, depth): level for depth, level in _levels(shared[name]).items()}
            self._restarts[number] = {}
            for override in node.findall(f"{W}lvlOverride"):
                self._levels |= {(number, depth): level for depth, level in _levels(override).items()}
                start, depth = _value(override, "startOverride") or "", override.get(f"{W}ilvl") or ""
                if depth in _DEPTHS and (first := _counted(start)) is not None:
                    self._restarts[number][int(depth)] = first

    def mark(self, number: str, depth: int) -> str:
        """Count one item further and return its mark; `-` for a bullet, "" for an item without mark.

        Args:
            number: of the list (numId).
            depth: from 0.
        """
        if number not in self._abstract:
            return ""
        counts = self._counters[self._abstract[number]]
        for at, start in self._restarts.pop(number, {}).items():
            if at <= depth:
                counts += [1] * (at - len(counts)) + [0] * (len(counts) <= at)
                counts[at] = start - (at == depth)
        counts[depth + 1 :] = []
        for at in range(len(counts), depth + 1):  # a level that is skipped counts as begun
            counts.append(self._level(number, at).start - (at == depth))
        level = self._level(number, depth)
        counts[depth] += 1
        if level.form == "bullet":
            return BULLET
        if level.form == "none":
            return ""

        def counted(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            return _written(counts[at] if at < len(counts) else 1, self._level(number, at).form)

        return PLACE.sub(counted, level.text).strip()

    def _level(self, number: str, depth: int) -> Level:
        return self._levels.get((number, depth), Level("bullet", "", 1))


def _levels(node: Any) -> Mapping[int, Level]:
    levels = {}
    for level in node.findall(f"{W}lvl"):
        if level.get(f"{W}ilvl") not in _DEPTHS:
            continue
        depth = int(level.get(f"{W}ilvl"))
        start = _counted(_value(level, "start") or "")
        text = _value(level, "lvlText")
        levels[depth] = Level(
            _value(level, "numFmt") or "decimal",
            f"%{depth + 1}." if text is None else text,
            1 if start is None else start,
        )
    return levels


def _counted(text: str) -> int | None:
    """A number that a list may begin with; of an attack none, for in letters or Roman it would fill the memory."""
    return int(text) if text.isdecimal() and len(text) < 6 and int(text) <= _LARGEST else None


def _written(number: int, form: str) -> str:
    """A number in one of Word's forms; those of other scripts as digits."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # z, aa, bb: as Word goes on
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and number > 0:
        written = ""
        for sign, value in _ROMAN:
            written += sign * (number // value)
            number %= value
        return written if form == "lowerRoman" else written.upper()
    if form == "decimalZero":
        return f"{number:02}"
    return str(number)


def _value(node: Any, name: str) -> str | None:
    found = node.find(W + name)
    value: str | None = found.get(f"{W}val") if found is not None else None
    return value
