"""A sentence with all that a proof must find again: its words as they are written, and the marks between them.

Ranking reads words alone. To a proof "Monday–Friday" is not "Monday, Friday", AA+ not AA-, ☒ not ☐, (1,234) not 1,234, "No, pets"
not "No pets". So every character between two words counts but those that are mere typography.
"""

import re
from dataclasses import dataclass

from ragcli.answering.proof.normalise import normalise
from ragcli.answering.si import is_unit, same_unit
from ragcli.answering.words import Word, same, words
from ragcli.answering.written import same_number

# White space, quotation marks, bullets, signs of a trade mark, a second dash.
_TYPOGRAPHY = re.compile(r"[\s'\"•®©¶]|(?<=-)-")
_FEET = re.compile(r"['\"]+")  # behind a number they are a unit
_PAUSE = re.compile(r"[.!?;。؟][.!?;。؟\s]*")
_BARS = re.compile(r"\|[\s|]*")
_ENDS = re.compile(r"[.,:|]+$")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_EMPHASIS = re.compile(r"(?<![\w*`])(\*{1,3}|`+)(?=\S)(.+?)(?<=\S)\1(?![\w*`])", re.DOTALL)  # _ stands in names
_HEADING = re.compile(r"\s*#{1,6}\s+")
_COORDINATORS = frozenset(("and", "or", "nor", "et", "ou", "ni", "und", "oder"))  # with or without a comma before them
_ARTICLES = {
    "en": frozenset(("a", "an", "the")),
    "fr": frozenset(("le", "la", "les", "l", "un", "une")),
    "it": frozenset(("la", "le", "l", "un")),
    "es": frozenset(("la", "un")),
}
_ACRONYM = 2  # letters
_ANY = _ARTICLES["en"] | _ARTICLES["fr"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a text in order; before words[i] stands marks[i], behind the last one marks[-1]."""

    words: tuple[Word, ...]
    written: tuple[str, ...]  # each word as it stands
    marks: tuple[str, ...]
    articles: frozenset[int]  # indices of those that may be left out
    language: str | None
    is_shouted: bool  # all in capitals


def phrase(text: str, language: str | None = None) -> Phrase:
    """Read `text`; what Markdown has for emphasis and headings goes."""
    text = _EMPHASIS.sub(r"\2", _HEADING.sub("", text) if _HEADING.match(text) else text)
    found = words(text)
    starts, ends = [word.start for word in found], [word.end for word in found]
    gaps = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    marks = [_mark(gap, at > 0 and found[at - 1].number) for at, gap in enumerate(gaps)]
    marks[0] = marks[0].lstrip(",|\n")
    marks[-1] = _ENDS.sub("", marks[-1]).rstrip("\n")
    written = tuple(_plain(text[start:end]) for start, end in zip(starts, ends, strict=True))
    is_shouted = text.isupper()
    articles = frozenset(
        at
        for at, word in enumerate(found)
        if word.key in (_ARTICLES.get(language, ()) if language else _ANY)
        and not (word.name or (at and found[at - 1].number))
        and (is_shouted or not _is_name(written[at]))
        and (_APOSTROPHE.match(gaps[at + 1]) if word.key == "l" else gaps[at + 1].isspace())
    )
    return Phrase(tuple(found), written, tuple(marks), articles, language, is_shouted)


def _plain(word: str) -> str:
    return word if word.isascii() and word.isalnum() else normalise(word, fold_case=False).text


def _is_name(written: str) -> bool:
    """UN, LA, and the A of grades and classes, which is none only where a sentence begins; and there it may stay."""
    return written.isupper() and written != "L"


def _mark(gap: str, after_number: bool) -> str:
    """What stands between two words, as far as it says something; where lines part and nothing else, that."""
    if not gap.strip():
        return "\n" if "\n" in gap else ""
    plain = normalise(gap, fold_case=False).text
    feet = found[0] if after_number and (found := _FEET.match(plain)) else ""
    return feet + _TYPOGRAPHY.sub("", _PAUSE.sub(".", _BARS.sub("|", plain)))


def same_mark(said: str, there: str, before: Word | None = None) -> bool:
    """Whether two marks before a word, or at the end, say the same.

    The cells of a row may be told by any pause, as may a heading and the line below it.
    """
    if there == "|":
        return said in (":", ".", ",", "|", "\n")
    said, there = said.replace("\n", ""), there.replace("\n", "")
    if before is not None and before.key in _COORDINATORS:
        said, there = said.removesuffix(","), there.removesuffix(",")
    return said == there


def same_word(said: Phrase, at: int, there: Phrase, place: int, loses_accents: bool) -> bool:
    """Whether said.words[at] says what there.words[place] does, with its case where that tells two words apart."""
    one, two = said.words[at], there.words[place]
    written = said.written[at], there.written[place]
    if one.number and two.number:
        return same_number(one, two, written, there.language)
    if not same(one, two) or not (loses_accents or one.key == two.key):
        return False
    if (at in said.articles) != (place in there.articles):
        return False
    if written[0] == written[1]:
        return True
    is_beside = (place > 0 and there.words[place - 1].number) or there.marks[place][-1:] in tuple("/·⋅([")
    if is_beside or (len(written[0]) > 1 and is_unit(written[0])):
        return same_unit(*written)
    # "to us" and "to US", "it" and "IT": longer words in capitals are mostly emphasis.
    return not (_is_acronym(written[0], said) and not written[1].isupper()) and not (
        _is_acronym(written[1], there) and not written[0].isupper()
    )


def _is_acronym(written: str, among: Phrase) -> bool:
    return len(written) == _ACRONYM and written.isupper() and not among.is_shouted
