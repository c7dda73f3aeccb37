"""A sentence with all that a proof must find again: its words as they are written, and the marks between them.

Ranking reads words alone. To a proof "Monday–Friday" is not "Monday, Friday", AA+ not AA-, ☒ not ☐, (1,234) not 1,234, "No, pets"
not "No pets". So every character between two words counts but those that are mere typography.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from ragcli.answering.wording.normalise import normalise
from ragcli.answering.wording.si import is_unit, same_unit
from ragcli.answering.wording.words import BEGINS, Word, same, words
from ragcli.answering.wording.written import same_number
from ragcli.letters import STOPS
from ragcli.retrieval.question.asking import NOUNS_ARE_CAPITAL

# White space, quotation marks, bullets, signs of a trade mark, a second dash.
_TYPOGRAPHY = re.compile(r"[\s'\"•®©¶]|(?<=[-–])[-–]")
_DASH = re.compile(r"\s[-‐‑–—]+\s|—|--")
_FEET = re.compile(r"['\"]+")  # behind a number they are a unit
_PAUSE = re.compile(rf"[{STOPS};][{STOPS};\s]*")
_BARS = re.compile(r"\|[\s|]*")
_ENDS = re.compile(r"[.,:|]+$")
_EMPHASIS = re.compile(r"(?<![\w*`])(\*{1,3}|`+)(?=\S)(.+?)(?<=\S)\1(?![\w*`])", re.DOTALL)  # _ stands in names
_LEFT_EMPHASIS = re.compile(
    r"\*{2,3}(?=[^\s*])(?!.*\*)", re.DOTALL
)  # of a bold sentence, whose end is cut off behind its stop
_HEADING = re.compile(r"\s*#{1,6}\s+")
# With or without a comma before them. But "and" binds before "or": "A or B and C" is not "A or B, and C".
CHOICES = frozenset(("or", "ou", "oder"))
COORDINATORS = CHOICES | frozenset(("and", "nor", "et", "ni", "und"))
_RANGES = COORDINATORS | frozenset(("to", "à", "a", "bis", "y", "e", "o"))
# The one place where an article says nothing. Elsewhere it does: "few" is not "a few", "the doctors" are not all doctors, "le
# plus lent" is not "plus lent", "la poste" is no "poste", and "il la vend" not "il le vend".
_SEASON = re.compile(r"\b(in|during)\sthe\s(?=(?:winter|summer|autumn)\b)", re.IGNORECASE)
_ACRONYM = 4  # letters; longer words in capitals are mostly emphasis
_QUOTATION = re.compile(r"[\"“”„«»][^\"“”„«»]+(?:[\"“”„«»]\W*)?|['‘][^'‘\s](?:[^‘’']|['’](?=\w))+['’]\W*")
_DOUBLE = re.compile(r"[\"“”„«»]")
_SCALED = re.compile(r"[^\W\d_]")
# A dollar may be of Canada, and a ¥ of China: what the page leaves open a claim may not say. Nor is a pound of tea one of money.
_CURRENCIES = {"usd": ("usd",), "gbp": ("gbp",), "jpy": ("jpy", "yen"), "yen": ("jpy", "yen")}


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a text in order; before words[i] stands marks[i], behind the last one marks[-1]."""

    words: tuple[Word, ...]
    written: tuple[str, ...]  # each word as it stands
    marks: tuple[str, ...]
    language: str | None
    is_shouted: bool  # all in capitals
    is_title: bool = False  # no sentence, each of whose longer words has a capital
    is_quotation: bool = False  # as a whole, so that it is what somebody said
    quoted: frozenset[int] = frozenset()  # the gaps between words in which a quotation begins or ends


def phrase(text: str, language: str | None = None) -> Phrase:
    """Read `text`; what Markdown has for emphasis and headings goes."""
    text = _EMPHASIS.sub(r"\2", _HEADING.sub("", text) if _HEADING.match(text) else text)
    text = _LEFT_EMPHASIS.sub("", text) if text.startswith("**") else text
    text = _SEASON.sub(r"\1 ", text)
    found = words(text)
    starts, ends = [word.start for word in found], [word.end for word in found]
    gaps = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    numbers = [False, *(word.number for word in found), False]
    marks = [_mark(gap, *beside) for gap, beside in zip(gaps, pairwise(numbers), strict=True)]
    marks[0] = marks[0].lstrip(",|\n")
    marks[-1] = _ENDS.sub("", marks[-1]).rstrip("\n")
    written = tuple(_plain(text[start:end]) for start, end in zip(starts, ends, strict=True))
    is_quotation = _QUOTATION.fullmatch(text.strip()) is not None
    # Behind a number it may be inches.
    quoted = frozenset(at for at, gap in enumerate(gaps) if _DOUBLE.search(gap) and not numbers[at])
    return Phrase(
        tuple(found), written, tuple(marks), language, text.isupper(), _is_title(text, written), is_quotation, quoted
    )


def _is_title(text: str, written: tuple[str, ...]) -> bool:
    long = [word for word in written if len(word) >= _ACRONYM and word.isalpha()]
    return len(long) > 1 and not text.endswith(".") and all(word[0].isupper() for word in long)


def _plain(word: str) -> str:
    return word if word.isascii() and word.isalnum() else normalise(word, fold_case=False).text


def _mark(gap: str, after_number: bool, before_number: bool) -> str:
    """What stands between two words, as far as it says something; where lines part and nothing else, that."""
    if not gap.strip():
        return "\n" if "\n" in gap else ""
    plain = normalise(gap, fold_case=False).text
    feet = found[0] if after_number and (found := _FEET.match(plain)) else ""
    if not after_number and not before_number and _DASH.search(gap):
        plain = plain.replace("-", "–")  # parts, where a hyphen joins: "a man-eating shark"
    return feet + _TYPOGRAPHY.sub("", _PAUSE.sub(".", _BARS.sub("|", plain)))


def same_mark(said: str, there: str, before: Word | None = None, *, offers: bool = False) -> bool:
    """Whether two marks before a word, or at the end, say the same.

    The cells of a row may be told by any pause, as may a heading and the line below it.

    Args:
        offers: an "or" stands before, from which the comma would part an "and".
    """
    if there == "|":
        return said in (":", ".", ",", "|", "\n")
    said, there = said.replace("\n", ""), there.replace("\n", "")
    if before is not None and before.key in (CHOICES if offers else COORDINATORS):
        said, there = said.removesuffix(","), there.removesuffix(",")
    return said == there


def same_word(said: Phrase, at: int, there: Phrase, place: int, loses_accents: bool) -> bool:
    """Whether said.words[at] says what there.words[place] does, with its case where that tells two words apart."""
    one, two = said.words[at], there.words[place]
    written = said.written[at], there.written[place]
    if one.number and two.number:
        if written[0] != written[1] and _SCALED.search(written[1]) and _shares_scale(there, place):
            return False
        return same_number(one, two, written, there.language)
    if not same(one, two) or not (loses_accents or one.key == two.key):
        return False
    if written[0] == written[1]:
        return True
    if not _same_letters(*written) or not _same_currency(*written):
        return False
    is_beside = (place > 0 and there.words[place - 1].number) or there.marks[place][-1:] in tuple("/·⋅([")
    if (is_beside and max(map(len, written)) <= _ACRONYM) or (len(written[0]) > 1 and is_unit(written[0])):
        return same_unit(*written)
    # "Ihnen" is no "ihnen"; where a sentence begins, both are written alike.
    if there.language in NOUNS_ARE_CAPITAL and at and place and not (said.is_shouted or there.is_shouted):
        return written[0][:1].isupper() == written[1][:1].isupper()
    # "march" and "March", "bush" and "Bush".
    if _is_inside(said, at) and _is_inside(there, place) and not (said.is_title or there.is_title):
        one_rises, two_rises = map(_is_capitalised, written)
        if one_rises != two_rises and any(map(str.islower, written)):
            return False
    # "to us" and "to US", "who" and "WHO", "a grade" and "A grade".
    return not (_is_acronym(said, at) and not written[1].isupper()) and not (
        _is_acronym(there, place) and not written[0].isupper()
    )


def _shares_scale(among: Phrase, at: int) -> bool:
    """Whether a scale counts a number before it, too: "4 and 5 million", "2-3 million"."""
    before = among.words[max(0, at - 2) : at]
    return (
        any(word.number for word in before)
        and among.marks[at] in ("", "-")
        and all(word.number or word.key in _RANGES for word in before[-1:])
    )


def _is_inside(among: Phrase, at: int) -> bool:
    """Whether no sentence, quotation or cell begins with the word, whose case then says something."""
    return at > 0 and not BEGINS.search(among.words[at].before)


def _is_capitalised(written: str) -> bool:
    return written[:1].isupper() and not written.isupper()


def _same_letters(said: str, there: str) -> bool:
    """Not so "Maßen" and "Massen", unless capitals, which have no ß, leave it open."""
    return ("ß" in said) == ("ß" in there) or said.isupper() or there.isupper()


def _same_currency(said: str, there: str) -> bool:
    """Whether a claim says no more of a currency than the page; a sign before its number is written nowhere here."""
    one, two = said.casefold(), there.casefold()
    if one in ("", "£") and two == "pounds":
        return False
    return two in _CURRENCIES.get(one, (two,))


def _is_acronym(among: Phrase, at: int) -> bool:
    """Whether a word is one, or a letter that is a name; the single capital that begins a sentence is none."""
    written = among.written[at]
    return len(written) <= _ACRONYM and written.isupper() and not among.is_shouted and (at > 0 or len(written) > 1)
