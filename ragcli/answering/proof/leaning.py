"""Which sentence of a page holds only together with another: a myth, a quotation, what a note or the next page takes back.

A sentence below "Repealed" or before "This is not true." stands on its page letter for letter, and is none of what the page says.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ragcli.answering.proof.denials import denies, disowns, takes_back
from ragcli.answering.proof.supposed import opens_guesses, supposes
from ragcli.answering.wording.listed import announces, introductions, is_left_open
from ragcli.answering.wording.normalise import normalise
from ragcli.chunking.sentences import Unit, list_mark
from ragcli.letters import STOPS

_LONGEST_HEADING = 10  # words
_PARAGRAPH = 2  # characters between two units: a line break parts lines, two part paragraphs
_FLOAT = 4  # units; a figure and its legend may stand within a sentence
_EXAMPLE = 1  # units behind "Example: …" that may be of it; more are often of the text again
_LONGEST_LABEL = 4  # words; "No dogs are allowed: …" is a sentence
_NO_LEVEL = 7  # of a heading without marks, which any other ends

_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lord|Mme|Mlle|Me|Mes|M|MM|Herr|Frau|Hr|Fr|Sr|Sra|Sres|Dott|Avv|Sig|Sig\.ra)\b\.?"
_LABEL = re.compile(rf"((?:{_TITLE}[ \u00a0])?[^\W\d_][^:.!?()]{{0,40}}?)[ \u00a0]?[:：]\s+\S")
# Who speaks in minutes, at a hearing: what is said there is not what the page says. Not a bare name, which is like a title:
# "Star Wars: …".
_SPEAKER = re.compile(
    rf"[QARFPD]|{_TITLE} .*"
    r"|.*\b(?i:claimant|plaintiff|defendant|applicant|respondent|appellant|prosecutor|prosecution|counsel|witness|defen[cs]e"
    r"|chair(?:man|woman|person)?|interviewer|moderator|demandeu(?:r|se)|défendeu(?:r|se)|requérante?|avocate?|procureure?"
    r"|témoin|présidente?|rapporteure?|kläger(?:in)?|beklagte[rn]?|zeug(?:e|in)|anwalt|anwältin|vorsitzende[rn]?|richter(?:in)?"
    r"|demandante|demandad[oa]|abogad[oa]|fiscal|testigo|president[ae]|convenut[oa]|avvocat[oa]|testimone)\b.*"
)
_ENDED = re.compile(rf"[{STOPS}:;][\"”“»’)\]*]*$")
# Not "x is", "iPhone", "de.wikipedia".
_GOES_ON = re.compile(r"(?:[a-zß-öø-ÿ]{2,}|[aeyoàèé])(?![\w’'.(])|[dlnsc]['’][a-zß-öø-ÿ]")
_BREAKS_OFF = re.compile(r"[,–—-]$")
_NOTE = re.compile(r"\[\d{1,3}\]|\*{1,3}|[†‡§]|[¹²³⁴-⁹]+")
# A single quotation mark is also an apostrophe: it opens behind a colon, or curved before a word, and closes where a word ends.
_QUOTE = re.compile(r"[\"“”„«»]|‘(?=\w)|(?<=[:,]\s)'(?=[A-ZÀ-Þ])|(?<=[^\s‘])['’](?!\w)")


def leans_on(units: Sequence[Unit], section: Sequence[str] = ()) -> list[int | None]:
    """For each unit the index of the one without which it may say the opposite; None where it holds alone.

    The line above a list, a heading that denies, a retraction behind it, a note, where a quotation opens, the other half of a
    sentence. It is the unit's own index where what it leans on is not known, or far.

    Args:
        section: the headings that the units stand below.
    """
    found = introductions(units)
    for told in (_below(units, section), _broken(units), _taken_back(units), _noted(units), _quoted(units)):
        found = [one if one is not None else other for one, other in zip(found, told, strict=True)]
    return found


def is_denied(item: str) -> bool:
    """Whether an item begins with a label without which none of its sentences holds: "Myth: Bread is bad. It makes you fat."."""
    label = _label(item)
    return len(label.split()) <= _LONGEST_LABEL and (_is_none_of_its_own(label) or _is_speaker(label))


def _is_speaker(label: str) -> bool:
    return _SPEAKER.fullmatch(label) is not None


def _is_none_of_its_own(line: str) -> bool:
    """Whether a heading or a label says that the page does not say what stands below it, or not as a fact of today."""
    return denies(line) or supposes(line)


def is_second_half(unit: Unit) -> bool:
    """Whether it begins within a sentence."""
    return unit.kind == "sentence" and _GOES_ON.match(unit.text) is not None


def headings_above(units: Sequence[Unit], section: Sequence[str] = ()) -> Iterator[frozenset[str]]:
    """For each unit the headings that it stands below, each as `heading_key` has it; a heading stands below itself.

    Args:
        section: the headings that the units stand below; of the last one only as far as another heading.
    """
    outer = tuple(map(heading_key, section))
    nearest: frozenset[str] = frozenset()
    is_after_heading = False
    for at, unit in enumerate(units):
        begins = is_heading(units, at)
        if begins:
            key = heading_key(unit.text)
            if key not in outer:
                outer = outer[:-1] if len(outer) == len(section) > 1 else outer
            nearest = nearest | {key} if is_after_heading else frozenset((key,))
        is_after_heading = begins
        yield nearest.union(outer)


def heading_key(heading: str) -> str:
    """One spelling for a heading of a page and for that of an answer: "**Fees:**"."""
    return normalise(_plain(heading)).text.rstrip(" :*")


def note_mark(units: Sequence[Unit], at: int) -> str:
    """The mark of a note that units[at] begins with, and that belongs to the unit before: "It costs 5 €.¹ It is old."."""
    is_beside = at > 0 and units[at].start == units[at - 1].end
    found = _NOTE.match(units[at].text) if is_beside else None
    return found[0] if found else ""


def _below(units: Sequence[Unit], section: Sequence[str]) -> Iterator[int | None]:
    """Below headings that deny up to the next one; behind labels and "The following is false." up to the paragraph's end."""
    headings = {_plain(heading) for heading in section}
    is_below, heading, level = any(map(_is_none_of_its_own, section)), None, 0
    line: int | None = None
    for at, unit in enumerate(units):
        if is_heading(units, at):
            depth = len(unit.text) - len(unit.text.lstrip("#")) or _NO_LEVEL
            if _plain(unit.text) not in headings and (heading is None or depth <= level):
                is_below, level = _is_none_of_its_own(_plain(unit.text)), depth
                heading = at if is_below else None
            line = None
            yield None
            continue
        begins = at == 0 or unit.start - units[at - 1].end >= _PARAGRAPH
        if begins and unit.kind == "sentence" and line is not None and (line != at - 1 or _label(units[line].text)):
            line = None
        if (label := _label(unit.text)) and line is not None and (opened := _label(units[line].text)):
            # "Myth: … Fact: …". But who speaks goes on: "A: The cost: it is nine."
            line = line if _is_speaker(opened) and not _is_speaker(label) else None
        if line is not None and at - line > _EXAMPLE and supposes(_label(units[line].text)):
            line = None
        if line is not None:
            yield line
            continue
        plain = unit.text[len(list_mark(unit.text)) :]
        lists = unit.kind == "sentence" and at + 1 < len(units) and units[at + 1].kind == "item"
        if (
            is_denied(unit.text)
            or opens_guesses(plain)
            or disowns(plain, is_open=announces(unit) and (lists or not is_left_open(unit)), lists=lists)
        ):
            line = at
        yield (at if heading is None else heading) if is_below else None


def _plain(heading: str) -> str:
    return heading.strip(" #*")


def _label(text: str) -> str:
    """What stands before the colon of "Myth: Bread is bad."."""
    found = _LABEL.match(text[len(list_mark(text)) :])
    return found[1] if found else ""


def is_heading(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit is a heading: marked as one, or a short line by itself that no stop ends."""
    unit = units[at]
    if unit.text.startswith("#"):
        return True
    if unit.kind != "sentence" or at + 1 == len(units) or len(unit.text.split()) > _LONGEST_HEADING:
        return False
    gaps = [unit.start - units[at - 1].end if at else _PARAGRAPH, units[at + 1].start - unit.end]
    asks = unit.text.endswith("?") and _is_none_of_its_own(unit.text) and min(gaps) >= _PARAGRAPH  # "True or false?"
    is_line = asks or (_is_open(unit) and not is_left_open(unit))
    return is_line and not is_second_half(units[at + 1]) and gaps[1] > 0


def _is_open(unit: Unit) -> bool:
    return unit.kind == "sentence" and not unit.text.startswith("#") and not _ENDED.search(unit.text)


def _broken(units: Sequence[Unit]) -> list[int | None]:
    """Both halves of a sentence that a page break, a figure or a column parts."""
    found: list[int | None] = [
        at if unit.kind == "sentence" and _BREAKS_OFF.search(unit.text) else None for at, unit in enumerate(units)
    ]
    for at, (unit, following) in enumerate(pairwise(units)):
        if unit.kind == following.kind == "sentence" and is_left_open(unit) and not _ENDED.search(unit.text):
            found[at], found[at + 1] = at + 1, at  # "… the report that | Smith had signed"
    opened: int | None = None
    for at, unit in enumerate(units):
        if is_second_half(unit) and (at == 0 or opened is not None):
            found[at] = opened or 0
            if opened is not None:
                found[opened] = at
        if _is_open(unit) and (opened is None or at - opened > 1 or is_second_half(unit)):
            opened = at
        elif opened is not None and (at - opened >= _FLOAT or is_second_half(unit)):
            opened = None
    return found


def _taken_back(units: Sequence[Unit]) -> list[int | None]:
    follows = [unit.kind == "sentence" and _ENDED.search(unit.text) and takes_back(unit.text) for unit in units]
    return [at if is_taken_back else None for at, is_taken_back in enumerate([*follows, False][1:], start=1)]


def _noted(units: Sequence[Unit]) -> Iterator[int | None]:
    """With the note that a mark of the unit, or right behind it, names."""
    notes: dict[str, int] = {}
    for at, unit in enumerate(units):
        if not note_mark(units, at) and (mark := _NOTE.match(unit.text)):
            notes.setdefault(mark[0], at)
    for at, unit in enumerate(units):
        marks = {mark[0] for mark in _NOTE.finditer(unit.text) if mark.start() > 0}
        if at + 1 < len(units):
            marks.add(note_mark(units, at + 1))
        yield min((notes[mark] for mark in marks if notes.get(mark, -1) > at), default=None)


def _quoted(units: Sequence[Unit]) -> Iterator[int | None]:
    """Within a quotation that an earlier sentence of the paragraph opens, and the passage does not close: else it is one unit."""
    opened: int | None = None
    for at, unit in enumerate(units):
        if at and unit.start - units[at - 1].end >= _PARAGRAPH:
            opened = None
        yield opened if opened is None or opened == at - 1 else at
        for quote in _QUOTE.finditer(unit.text):
            if not _opens_quotation(unit.text, quote.start()):
                opened = None
            elif opened is None:
                opened = at


def _opens_quotation(text: str, at: int) -> bool:
    """By the side on which space stands; with space on both, as the French have it, by its form."""
    if text[at] in "‘'’":
        return text[at + 1 : at + 2].isalnum()
    is_after = at == 0 or text[at - 1].isspace() or text[at - 1] in "([-–—"
    is_before = at + 1 == len(text) or text[at + 1].isspace() or text[at + 1] in ".,;:!?)]}"
    return is_after and (not is_before or text[at] in "«„")
