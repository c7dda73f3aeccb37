"""Cut a passage into the units that can be quoted: sentences, list items, table rows; each with its offsets.

sentencex finds the boundaries; it splits after some abbreviations, initials and figure numbers, so `_belongs_to_next`
joins pieces again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import sentencex

from ragcli.chunking.abbreviations import SOMETIMES_OPEN, abbreviations
from ragcli.letters import ENDED
from ragcli.reading.tables.markdown import is_table_rule, table_cells

MAX_ITEM = 300  # characters: a longer list item is cut into its sentences

# Where sentences end with a danda, a full stop is of an abbreviation: `राजेन्द्र के. पचौरी`.
_DANDA, _BEFORE_DANDA = "।", re.compile(r"[\u0900-\u0dff]\.\s*$")
# Thai and Lao end no sentence with a sign, but part clauses by a space, as they part names and figures from the rest.
_CLAUSE = re.compile("(?<=[\u0e01-\u0eff]) +(?=[\u0e01-\u0eff])")
_OF_CLAUSES = 120  # characters of what is quoted as a sentence there, at least: some 25 words

_MAX_UNPARTED = 400  # characters of a sentence of several lines: reading has undone those that mean nothing
_FEWEST_BREAKS = 3

Kind = Literal["sentence", "item", "row"]

# As laws number in French, Spanish and Portuguese, too: `1° L'avertissement`, `II – Abandono`, but not `8° N`.
_LIST_MARK = re.compile(
    r"[ \t]*(?:[-*•‣◦▪▫⁃●■□▶►➢➤❖–—]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\d{1,2}\.?[°º][.)]?(?![ \t]+[A-Z]\b(?!['’]))"
    r"|[IVXL]{1,6}[ \t]?[–—-])[ \t]+(?=\S)"
)
_TABLE_LINE = re.compile(r"[ \t]*\|.*\|[ \t]*")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]")
_LAST_WORD = re.compile(r"([^\s(\[{\"“«'’]+)\.[)\]]?\s*$")
_QUANTITY = re.compile(r"\d[ \u00a0\u202f]?[A-Za-zµΩ°%]{1,3}\.[)\]]?\s*$")
_LETTERED = re.compile(r"\b(?i:annexe|figure|tableau|partie|section|groupe|classe|type|vitamine) [A-Z]\.\s*$")
_INITIAL = re.compile(r"(?:[A-ZÀ-Þ]\.-?)*[A-ZÀ-Þ]")
# What no name begins with, so that the letter before is no initial: "X reduces to Y. There are". Not He, Le, An, So.
_OPENING = re.compile(
    r"(?:The|There|This|These|Those|It|Its|They|In|If|For|From|When|While|Since|Thus|Then|However|Of|As|By|With|Because"
    r"|Although|Moreover|Therefore|Hence|Il|Elle|Ils|Elles|Cette|Ces|Dans|Pour|Quand|Comme|Mais|Donc|Cependant)\b"
)
# Numbers with a full stop that stand before a capital: "am 3. Mai", "w latach 80. XX wieku".
_ORDINALS = {
    "de": re.compile(r"\b(?:[Dd](?:er|ie|as|en|em|es)|[AaIi]m|[Zz]u[mr]|[Vv]om|[Bb]eim|[Aa]b|[Bb]is) \d{1,2}\.\s*$"),
    "pl": re.compile(r"\b[Ll]at(?:a|ach)?(?: \d0\. i)? \d0\.\s*$"),
}
_ROMAN = re.compile(r"[IVXLC]+\b")
# A name in capitals with a full stop in it: CONFIG.SYS.
_BEFORE_STOP, _AFTER_STOP = re.compile(r"(?:^|[\W_])[A-Z][A-Z0-9_-]*\.$"), re.compile(r"[A-Z0-9]{2,4}(?!\w)")
_BEFORE_INITIAL, _AFTER_INITIAL = (
    re.compile(r"-[A-Z]\.$"),
    re.compile(r"[A-Z]\."),
)  # non-U.|S., which it takes for a word's
_NO_STOP = re.compile(r"(?:^|\s)\.$")
_TERMINATED = re.compile(rf"{ENDED}\s*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """One quotable piece: `text == passage[start:end]`, without outer white space."""

    text: str
    start: int
    end: int
    kind: Kind = "sentence"
    heads: tuple[str, ...] = ()  # of a table row: the column heads

    @property
    def readable(self) -> str:
        """A table row as "head: cell; head: cell", of two columns without heads "label: cell", anything else as it stands."""
        if self.kind != "row":
            return re.sub(r"\s+", " ", self.text)
        cells = table_cells(self.text)
        if self.heads == ("", "") and all(cells):
            return f"{cells[0].removesuffix(':')}: {cells[1]}"
        if len(cells) != len(self.heads):
            return "; ".join(cell for cell in cells if cell)
        return "; ".join(
            f"{head}: {cell}" if head else cell for head, cell in zip(self.heads, cells, strict=True) if cell
        )


def list_mark(item: str) -> str:
    """What a list item begins with: "1. ", "- "; nothing where it has none."""
    found = _LIST_MARK.match(item)
    return found[0] if found else ""


def split(passage: str, language: str | None = None) -> list[Unit]:
    """Cut `passage` into units, in order. Only white space and table rules are left out.

    A blank line, a list mark, a table row and a short unfinished line (a heading) end what came before.
    """
    units: list[Unit] = []
    for start, end, kind, heads in _pieces(passage):
        if kind == "row" or (kind == "item" and end - start <= MAX_ITEM):
            units.append(Unit(passage[start:end], start, end, kind, heads))
        else:
            units += [Unit(passage[a:b], a, b, kind) for a, b in _sentences(passage, start, end, language)]
    return units


def _pieces(passage: str) -> Iterator[tuple[int, int, Kind, tuple[str, ...]]]:
    """Paragraphs, items and rows as (start, end, kind, heads), outer white space cut off."""
    heads: tuple[str, ...] = ()
    in_table = False
    pending: tuple[int, int, Kind] | None = None
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", passage)]
    for at, (start, end) in enumerate(lines):
        line = passage[start:end]
        if not line.strip():
            continue
        blank_before = at > 0 and passage[lines[at - 1][1] : start].count("\n") > 1
        if _TABLE_LINE.fullmatch(line):
            if pending:
                yield *_trimmed(passage, pending[0], pending[1]), pending[2], ()
                pending = None
            if is_table_rule(line):
                continue
            following = passage[slice(*lines[at + 1])] if at + 1 < len(lines) else ""
            is_head = is_table_rule(following)
            if is_head or not in_table:
                heads = table_cells(line) if is_head else ()
            in_table = True
            yield *_trimmed(passage, start, end), "row", () if is_head else heads
            continue
        in_table = False
        is_item = bool(_LIST_MARK.match(line))
        if pending and (blank_before or is_item or _is_heading(passage, pending, lines[at - 1], line)):
            yield *_trimmed(passage, pending[0], pending[1]), pending[2], ()
            pending = None
        pending = (pending[0], end, pending[2]) if pending else (start, end, "item" if is_item else "sentence")
    if pending:
        yield *_trimmed(passage, pending[0], pending[1]), pending[2], ()


def _is_heading(passage: str, pending: tuple[int, int, Kind], last_line: tuple[int, int], following: str) -> bool:
    """Whether the last line stands alone: marked as a heading, or unfinished and short beside the line that follows."""
    line = passage[slice(*last_line)].strip()
    if line.startswith("#"):
        return True
    first = following.lstrip()[:1]
    is_short = len(line) < 0.6 * len(following.strip()) and len(line) < 80
    return (
        is_short
        and not _TERMINATED.search(line)
        and not line.endswith((",", "-"))
        and first.isupper()
        and pending[0] == last_line[0]
    )


def _trimmed(passage: str, start: int, end: int) -> tuple[int, int]:
    piece = passage[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _sentences(passage: str, start: int, end: int, language: str | None) -> Iterator[tuple[int, int]]:
    # A line break inside a paragraph is white space to us, to sentencex it may end a sentence; and at an initial before
    # a no-break space and a stop ("8° N .") it panics, for such a space is more than one byte.
    paragraph = re.sub(r"\s", " ", passage[start:end])
    marked = len(list_mark(paragraph))  # what begins with `(1)` it takes for one sentence
    bounds = [
        (marked + int(b["start_index"]), marked + int(b["end_index"]))
        for b in sentencex.get_sentence_boundaries(language or "en", paragraph[marked:])
    ]
    begin = 0
    for at, (_, stop) in enumerate(bounds):
        following = paragraph[bounds[at + 1][0] :] if at + 1 < len(bounds) else ""
        is_abbreviated = _DANDA in paragraph and _BEFORE_DANDA.search(paragraph, begin, stop)
        if following.strip() and (is_abbreviated or _belongs_to_next(paragraph[begin:stop], following, language)):
            continue
        for a, b in _clauses(paragraph, begin, stop):
            yield from _lines(passage, start + a, start + b)
        begin = stop


def _clauses(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, outer white space cut off; of a script that does not end them a clause or several short ones."""
    begin = start
    for space in _CLAUSE.finditer(paragraph, start, end):
        if min(space.start() - begin, end - space.end()) >= _OF_CLAUSES:
            yield _trimmed(paragraph, begin, space.start())
            begin = space.end()
    yield _trimmed(paragraph, begin, end)


def _lines(passage: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence; or its lines, where it is the output of a command or a listing, which no full stop parts."""
    breaks = [at for at in range(start, end) if passage[at] == "\n"] if end - start > _MAX_UNPARTED else []
    if len(breaks) < _FEWEST_BREAKS:
        breaks = []
    for a, b in pairwise([start, *breaks, end]):
        a, b = _trimmed(passage, a, b)
        if a < b:
            yield a, b


def _belongs_to_next(piece: str, following: str, language: str | None) -> bool:
    """Whether a boundary after `piece` is false."""
    following = following.lstrip()
    first = following.lstrip("\"“«'’([ \u00a0")[:1]
    if first.islower() or following[:1] in ",;:)]/":  # dpkg -i ..|/*.deb
        return True
    if following.startswith("-") and not piece[-1:].isspace():  # c.|-à-d.
        return True
    if _NO_STOP.search(piece) and first.isalnum():  # as .|OFX
        return True
    if _BEFORE_STOP.search(piece) and _AFTER_STOP.match(following) and not piece[-1:].isspace():
        return True
    if _BEFORE_INITIAL.search(piece) and _AFTER_INITIAL.match(following):
        return True
    if _ENUMERATOR.fullmatch(piece.strip()) or (following.startswith("と") and piece.rstrip()[-1:] in "」』"):
        return True
    if language in _ORDINALS and _ORDINALS[language].search(piece):
        return True
    # "draws 1.1 W. The", "à l'annexe A. Elle": a unit, a letter that counts, no initial and no abbreviation.
    if (_QUANTITY.search(piece) or _LETTERED.search(piece)) and first.isupper():
        return False
    last = _LAST_WORD.search(piece)
    if last is None:
        return False
    word = last[1].lstrip("-–—/")
    lower = word.casefold()
    known = abbreviations(language)
    if lower in known.numbered and (first.isdigit() or _ROMAN.match(following)):
        return True
    if lower in SOMETIMES_OPEN:
        return first.isdigit() or not first.isalnum()
    if _INITIAL.fullmatch(word):
        return not _OPENING.match(following)
    return word in known.titles or lower in known.always_open
