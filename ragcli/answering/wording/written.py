"""Numbers as they are written: 1.500 is one and a half in London and fifteen hundred in Berlin."""

import re
from decimal import Decimal, InvalidOperation

from ragcli.answering.wording.words import SPELLED, Word

_AMBIGUOUS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}([.,])\d{3}(?![.,]?\d)")
# Where a separator before three digits is written for thousands and for nothing else. French has both for either, so have
# the many countries of Spanish; in English a point may have been taken over from a page of others.
_THOUSANDS = {"en": ",", "de": ".", "it": ".", "nl": ".", "da": ".", "id": ".", "pt": ".", "tr": "."}
# A thousand millions in English, a million of them in French and German.
_LONG_SCALE = re.compile(r"(?:b|tr)illi", re.IGNORECASE)
_FACTOR = {
    ".": Decimal(1000),
    ",": Decimal("0.001"),
}  # between a key, which is read as in English, and the other reading


def same_number(one: Word, other: Word, written: tuple[str, str], language: str | None) -> bool:
    """Whether two numbers are one, however a reader of that language may take them.

    The digits must agree, too: section 3.10 is not section 3.1, nor is room 007 room 7. Where a word counts ("twelve", "4.2
    million"), the values must.

    Args:
        written: as they stand.
        language: ISO 639-1, of both.
    """
    if written[0] == written[1]:
        return True
    if language != "en" and any(map(_LONG_SCALE.search, written)):
        return False
    if language is not None and any(
        text.isalpha() and text.casefold() not in SPELLED.get(language, ()) for text in written
    ):
        return False  # a French "four" bakes bread
    digits = [_digits(text) for text in written]
    if None not in digits and digits[0] != digits[1]:
        return False
    values = [_values(word.key, text, language) for word, text in zip((one, other), written, strict=True)]
    return values[0] == values[1] and len(values[0]) == 1


def _digits(written: str) -> str | None:
    """With their sign; None where a word counts."""
    return None if re.search(r"[^\W\d_]", written) else re.sub(r"[^\d+-]", "", written)


def _values(key: str, written: str, language: str | None) -> set[Decimal | str]:
    try:
        value = Decimal(key)
    except InvalidOperation:
        return {key}
    found = _AMBIGUOUS.search(written)
    if found is None:
        return {value}
    other = value * _FACTOR[found[1]]
    if _THOUSANDS.get(language or "") == found[1]:
        return {max(value, other, key=abs)}
    return {value, other}
