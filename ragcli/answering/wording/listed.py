"""The marks of lists, told from numbers that say something: "2. Mai ist Feiertag" is no second item."""

import re
from collections.abc import Sequence

from ragcli.chunking.sentences import Unit, list_mark
from ragcli.letters import STOPS

# A number with a full stop counts nothing but items in these; in German, Czech or Finnish it is an ordinal.
_PLAIN = frozenset(("en", "fr", "es", "it", "pt", "nl", "ro", "ca"))
_NUMBER = re.compile(r"(\d+)\.?([.°º])")  # 20° may be an angle, too
_SENTENCE = re.compile(rf"[{STOPS}][\"”»’)\]*]*$")
# "It is not known whether", "Which of these is true?", "Do you agree with these statements?"
_LEFT_OPEN = re.compile(
    r"\b(?:that|which|whom|whether|if|unless|when|because|of|by|with|the|an?|and|or|que|si|quand|de|du|des|par|avec|l(?:equel|aquelle|esquel(?:le)?s)|le|la|les|une?|et|ou"
    r"|dass|wonach|ob|wenn|falls|weil|von|mit|der|die|das|den|dem|und|oder|cuando|por|con|el|los|las|cual|y|o|che|quale|se|di|da|il|gli|e)$"
    r"|\b(?:which (?:one )?of|l(?:equel|aquelle|esquel(?:le)?s) de|welche[rs]? (?:der|dieser|von|hiervon)|cuál(?:es)? de"
    r"|qual[ei] (?:di|de[il]|delle|tra)|agree|d['’]accord|de acuerdo|d['’]accordo|stimmen sie)\b.*\?$",
    re.IGNORECASE,
)


def marks(units: Sequence[Unit], language: str | None) -> list[str]:
    """What each unit in order begins with that surely is the mark of a list; "" where it is none."""
    found = [list_mark(unit.text) if unit.kind == "item" else "" for unit in units]
    return [
        mark if mark and _is_mark(mark, unit.text[len(mark) :], _around(found, at), language) else ""
        for at, (unit, mark) in enumerate(zip(units, found, strict=True))
    ]


def disagree(one: str, other: str) -> bool:
    """Whether both marks count, and not to the same: a clause 4 is not proved by a clause 3."""
    counts = [re.sub(r"\W", "", mark) for mark in (one, other)]
    return all(counts) and counts[0] != counts[1]


def introductions(units: Sequence[Unit]) -> list[int | None]:
    """For each unit the index of the line above the list that it is an item of, without which it may say the opposite.

    "Not covered are:" above "Theft of cables", or a heading. None of what is no item, and of an item that is a sentence and not
    announced by a colon. Below an item that announces a list of its own, and where no line stands above the list, the item's own
    index: what it says is not known.
    """
    found: list[int | None] = []
    above: int | None = None
    is_nested = False
    for at, unit in enumerate(units):
        if unit.kind != "item":
            above, is_nested = at, False
            found.append(None)
            continue
        is_announced = is_nested or (above is not None and announces(units[above]))
        is_whole = _SENTENCE.search(unit.text) is not None and not is_announced
        found.append(None if is_whole else at if above is None else above)
        if announces(unit):
            above, is_nested = None, True
    return found


def announces(unit: Unit) -> bool:
    """Whether a list is to follow."""
    return unit.text.endswith((":", "：")) or is_left_open(unit)


def is_left_open(unit: Unit) -> bool:
    """Whether the sentence goes on below: it ends with what begins a clause, or asks which of those below it is."""
    return unit.kind != "row" and _LEFT_OPEN.search(unit.text) is not None


def joined(one: str, two: str) -> str:
    """Two units that follow each other; behind a heading a claim may pause as it likes, as between the cells of a row."""
    return f"{one} |\n{two}" if one[-1:].isalnum() else f"{one}\n{two}" if one else two


def _around(found: Sequence[str], at: int) -> list[str]:
    """The nearest marks on both sides: an item may have several sentences."""
    before, behind = [mark for mark in found[:at] if mark], [mark for mark in found[at + 1 :] if mark]
    return [mark.strip() for mark in (*before[-1:], *behind[:1])]


def _is_mark(mark: str, behind: str, around: Sequence[str], language: str | None) -> bool:
    mark = mark.strip()
    if mark == "□":  # a box without a tick
        return False
    if number := _NUMBER.fullmatch(mark):
        follows = (mark.replace(number[1], str(int(number[1]) + step)) for step in (-1, 1))
        return (number[2] == "." and language in _PLAIN) or any(one in around for one in follows)
    return not (mark in ("-", "–", "—") and behind[:1].isdigit()) or mark in around  # nor is "- 5 °C"
