"""The terms that a question and a sentence are compared by, as the lexical index makes them, and what each weighs."""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ragcli.storage import terms as lexical

_COMPOUNDING = ("da", "de", "fi", "hu", "nl", "no", "sv")
_SYLLABLES = ("vi",)  # most words are two, and without its mark one syllable is five words
# So many terms are a word, where they are none: pairs of signs, three letters in a row, syllables and pairs of them.
_TO_A_WORD = {"zh": 2, "ja": 2, "ko": 2, "vi": 4, "th": 5, "lo": 5, "km": 5, "my": 5}
_HEAD, _BEFORE_HEAD = 4, 3  # letters of a stem: `hall` in `lagerhall`
_PARTICLES = frozenset(
    ("ab", "an", "um", "zu", "af", "om", "op")
)  # `haalt ... op` is of `ophalen`, `meldet ... an` of `anmelden`
# What may stand between the parts of one compound and not of another: `opzegtermijn` and `opzeggingstermijn`,
# `Bestellnummer` and `Bestellungsnummer`, `Anmeldfrist` and `Anmeldefrist`.
_LINK = re.compile(r"(?:[bdfgklmnprst]?(?:ing|ung)s?|e?[ns]|er?)")
_PART = 4  # letters of each
# What a verb's forms add to its stem, where stemming leaves it: `sperrt`, `gesperrt` and `sperren`, `keurt` and `keuren`.
_OF_VERBS = {"de": re.compile(r"^ge(?=.{4}.*t$)|(?<=.{4})e?t$"), "nl": re.compile(r"^ge(?=.{4}.*[dt]$)|(?<=.{4})[dt]$")}


def terms(text: str, language: str | None) -> frozenset[str]:
    """The terms of `text`, folded and stemmed, without stop words; where spaces part syllables, also in pairs."""
    found = lexical.content_terms(text, language)
    if language in _SYLLABLES and len(found) > 1:
        return frozenset(found).union(map(" ".join, pairwise(found)))
    return frozenset(found)


def terms_to_a_word(language: str | None) -> int:
    """How many terms a word of a question has: 1, unless spaces part syllables, or nothing."""
    return _TO_A_WORD.get(language or "", 1)


def terms_in(
    text: str, language: str | None, asked_in: str | None, asked: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The terms of a passage's text in its language and in the question's.

    One foreign paragraph can make a page count as foreign, and a text stemmed by another language's rules shares no
    term with the question.

    Args:
        asked: the question's terms. In a language that writes compounds as one word those count as well whose compound
            the text has, or whose head: a `Kündigungsfrist` is a `Frist`, and a `Lagerhalle` a `Halle`. So does one that is
            linked otherwise, and other forms of a verb. In French one whose `qu` is a `c` before other endings: `révoquer`,
            `révocation`.
    """
    own = terms(text, language or asked_in)
    found = own if language in (None, asked_in) else own | terms(text, asked_in)
    if asked_in == "fr":
        return found | {term for term in asked - found if _with_other_c(term) in found}
    if asked_in not in _COMPOUNDING:
        return found
    verbs = _OF_VERBS.get(asked_in)
    bare = {verbs.sub("", one) for one in found} if verbs else found

    def is_said(term: str) -> bool:
        own = verbs.sub("", term) if verbs else term
        return own in bare or any(_is_compound_of(own, one) for one in bare)

    return found | {term for term in asked - found if is_said(term)}


def _with_other_c(stem: str) -> str:
    """The stem of `révocation` for that of `révoquer`, and the other way round; but not `banc` for `banque`."""
    other = f"{stem[:-2]}c" if stem.endswith("qu") else f"{stem[:-1]}qu" if stem.endswith("c") else ""
    return other if min(len(stem), len(other)) > _PART else stem


def _is_compound_of(one: str, other: str) -> bool:
    if one[:_PART] == other[:_PART]:
        return _is_linked_otherwise(*sorted((one, other), key=len))
    return _is_head(one, other) or _is_head(other, one)


def _is_linked_otherwise(short: str, long: str) -> bool:
    """Whether the longer is the shorter with a link between its parts."""
    link = len(long) - len(short)
    if len(short) < 2 * _PART:
        return False
    same = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    # A link may begin with the letter that follows it: there are as many places for it.
    return any(
        short[at:] == long[at + link :] and _LINK.fullmatch(long[at : at + link])
        for at in range(_PART, min(same, len(short) - _PART) + 1)
    )


def _is_head(end: str, compound: str) -> bool:
    if len(end) < _HEAD or not compound.endswith(end):
        return False
    return len(compound) - len(end) >= _BEFORE_HEAD or compound.removesuffix(end) in _PARTICLES


def term_weights(question: str, language: str | None, passages: Sequence[frozenset[str]]) -> dict[str, float]:
    """What each term of the question tells sentences apart: its idf among the terms of the sentences at hand.

    Measured, this beats the idf of the whole collection: a term that all found passages share has said where to look,
    and has done its work.

    Returns: term -> weight above 0; a term that is nowhere weighs most.
    """
    counts = {term: sum(term in one for one in passages) for term in sorted(terms(question, language))}
    return {term: math.log(1 + (len(passages) + 1) / (count + 0.5)) for term, count in counts.items()}


def coverage(weights: Mapping[str, float], found: frozenset[str]) -> float:
    """Share of the question's weight that `found` holds, 0 to 1; 0 for a question of stop words."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in found) / total if total else 0.0
