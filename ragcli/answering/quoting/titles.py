"""Titles within a passage: of a part, of the document at the foot of a page; they say what is below them, and answer nothing."""

import re
from collections.abc import Sequence

from ragcli.answering.sources import ASKS, ENDS, Source
from ragcli.reading.tables.markdown import table_cells
from ragcli.records import Hit
from ragcli.retrieval.question.periods import YEAR
from ragcli.retrieval.question.syntax import is_part_title

LONGEST_HEADING = 80  # characters
_LABEL = 3  # words
OWN_NUMBER = re.compile(
    r"^\W*(?:[^\W\d_]+\.? )?(?:\d+(?:\.\d+)*|[IVX]+)[.):]?\s*[–—-]?\s+"
)  # `4 Allotments`, `Résolution 5 – …`
_LABELLED = re.compile(r"(?:[^\W\d_]+\.? )?(?:\d+(?:\.\d+)*|[IVX]+)[.):]?")
_PAGE = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|p)\b\W*)?(?:\d+(?:\W*(?:of|sur|von|de|di|van)?\W*\d+)?)?\W*", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[A-Za-z]|[IVX]+)[.)]\s+")
_PERIOD = re.compile(
    r"\b(?:end(?:ed|ing)?|as of|months?|years?|quarters?|millions?|thousands?|exercices?|mois|années?|trimestres?|milliers?)\b",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# `Le présent avenant entre en vigueur …`; not `This Policy pays …`, which every sentence of a policy may say.
_OF_ITSELF = re.compile(
    r"\b(?:l[ea]s?|du|des|aux?|il|la|del(?:la)?|el|al|[oa]|d[oa]|n[oa]) pr[ée]sente?s? \w|\bvorliegende[mnrs]? \w"
    r"|\bthe present (?:agreement|amendment|contract|policy|regulation|act|law|procedure|directive)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\W_]+")
_TELLS = re.compile(r"[\d:=]")  # `Power: 38 W` is none
_CODE = re.compile(r"\b[^\W\d_]+-?\d[\w-]*")  # `FT8` tells no figure


def is_heading(everything: Sequence[Source], at: int, hits: Sequence[Hit]) -> bool:
    """Whether a unit is a paragraph that ends no sentence, right above one that does, or a list: a heading within a passage.

    `Turnover: 14 million` is none, nor is another line with a figure, unless that is the heading's own number.
    """
    unit, text = everything[at].unit, hits[everything[at].hit].text
    if unit.kind != "sentence" or len(unit.text) >= LONGEST_HEADING or ENDS.search(unit.text):
        return False
    is_last = at + 1 == len(everything) or everything[at + 1].hit != everything[at].hit
    following = None if is_last else everything[at + 1].unit
    if following is None or (
        following.kind != "item" and (following.kind != "sentence" or not ENDS.search(following.text))
    ):
        return False
    stands_apart = not text[: unit.start].rstrip(" ") or text[: unit.start].rstrip(" ").endswith("\n\n")
    said = YEAR.sub("", _CODE.sub("", OWN_NUMBER.sub("", unit.text)))  # `Budget for 2023`
    return stands_apart and text[unit.end : following.start].count("\n") > 1 and not _TELLS.search(said)


def label_of(text: str) -> str:
    """What stands before a colon, in three words at most: `Subject: Bonus for all`; else nothing."""
    label, colon, _ = text.partition(":")
    return label if colon and len(label.split()) <= _LABEL else ""


def titles_above(everything: Sequence[Source], hits: Sequence[Hit], heading: Sequence[bool]) -> list[str]:
    """For each sentence the title that it stands below: a passage may hold several short parts."""
    found: list[str] = []
    for at, source in enumerate(everything):
        if heading[at] or is_part_title(source.unit.text):
            found.append(source.unit.text)
        else:
            found.append(found[-1] if source.ordinal else " ".join(hits[source.hit].section[-1:]))
    return found


def paths_above(everything: Sequence[Source], hits: Sequence[Hit]) -> list[tuple[str, ...]]:
    """For each sentence all headings that it stands below, from the highest: those of its chunk, or one within that."""
    found: list[tuple[str, ...]] = []
    for at, source in enumerate(everything):
        path = found[-1] if source.ordinal else hits[source.hit].section
        if source.ordinal and is_heading(everything, at, hits) and source.unit.text not in path:
            path = (*path[:-1], source.unit.text)
        found.append(path)
    return found


def is_of_its_document(text: str) -> bool:
    """Whether a sentence speaks of the document that it stands in: it is about what that is called."""
    return _OF_ITSELF.search(text) is not None


def names_of(hit: Hit) -> str:
    """What the document of a passage is called: by its file, and its title."""
    return f"{words_of_file(hit)} {hit.title or ''}"


def words_of_file(hit: Hit) -> str:
    """The name of a passage's file in words: `BESTBUY_2023_10K.pdf` as `BESTBUY 2023 10K`."""
    return _PARTS.sub(" ", hit.file_stem)


def is_running_title(text: str, title: str | None) -> bool:
    """Whether a line is the title of its document with the number of a page: of one page nobody sees that it runs."""
    if not title or title not in text or ENDS.search(title):  # a sentence may have been taken for the title
        return False
    return _PAGE.fullmatch(text.replace(title, "", 1)) is not None


def is_of_section(text: str, section: Sequence[str]) -> bool:
    """Whether a line repeats a heading that its passage stands below, and is no sentence but, in a FAQ, a question.

    So does a piece of one that a stop cuts: `Strategy 2.2.2.` and `Local Capacity` of `Strategy 2.2.2. Local Capacity`.
    """
    if text in section:
        return is_like_title(OWN_NUMBER.sub("", text)) or ASKS.search(text) is not None
    is_piece = any(heading.startswith(f"{text} ") or heading.endswith(f" {text}") for heading in section)
    return is_piece and (_LABELLED.fullmatch(text) is not None or is_like_title(text))


def is_head_row(text: str) -> bool:
    """Whether a row of a table is one of its head, which has years and no figures: `| Three Months Ended | 2023 | 2022 |`."""
    label, *cells = table_cells(text)
    values = list(filter(None, cells))
    is_of_years = len(values) > 1 and all(YEAR.fullmatch(value) for value in values)
    return is_of_years and (not label or _PERIOD.search(label) is not None)


def is_like_title(text: str) -> bool:
    """Whether a line is no sentence, or `D. Written Like This.`, and tells no figure."""
    said = _NUMBERED.sub("", text)
    words = _LONG_WORD.findall(said)
    is_capitalised = bool(words) and all(word[0].isupper() for word in words)
    return (is_capitalised or not ENDS.search(said)) and not _TELLS.search(said)
