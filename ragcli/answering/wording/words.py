"""A sentence as the words that carry its meaning: numbers by value, negations, names, units; articles are free."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ragcli.answering.wording.normalise import normalise
from ragcli.letters import LETTERS, MARKS
from ragcli.retrieval.question.numerals import ENGLISH_NUMBERS, FRENCH_NUMBERS
from ragcli.storage.terms import unaccented


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that a sentence may have or lack without saying another thing: articles, and nothing else. Not "of" and "de"
# ("De plus, elle" is not "De, elle"), nor "that" (it makes a claim a report), nor "des" and "du", which hide a "de".
_FREE = _set("a an the le la les l un une")
# They say how a sentence follows from the one before, and nothing else.
LINKS = _set("however moreover furthermore nevertheless nonetheless cependant toutefois néanmoins pourtant")
SMALL = _set("of and for in on to de du des d et en pour à au aux")  # an acronym may pass over them
UNITS = {
    "percent": "%", "pct": "%", "dollar": "$", "dollars": "$", "usd": "$", "euro": "€", "euros": "€", "eur": "€",
    "pounds": "£", "gbp": "£", "yen": "¥", "jpy": "¥",
}  # fmt: skip
_SCALES = {
    "thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "trillion": 12, "trillions": 12,
    "milliard": 9, "milliards": 9,
}  # fmt: skip
_NO_NUMBERS = _set("one un sept neuf")  # "Sept." is a month, "neuf" also means new
SPELLED = {
    language: {word: value for value, word in enumerate(numbers, start=1) if word not in _NO_NUMBERS}
    for language, numbers in (("en", ENGLISH_NUMBERS), ("fr", FRENCH_NUMBERS))
}
_SPELLED = SPELLED["fr"] | SPELLED["en"]
MEASURES = _set(
    """% $ € £ ¥ ² ³ ½ ¼ ¾ × km m cm mm µm nm kg g mg µg t l ml cl h min s ms years year months month weeks week days
    day hours hour minutes minute seconds second miles mile feet foot inches inch meters metres metre meter
    kilometers kilometres tonnes tons degrees °c °f ° c f mw kw gw w kwh v hz khz mhz ghz
    kb mb gb tb k bn mn st nd rd th er e ème eme s
    ans an mois jours jour heures heure mètres kilomètres tonnes degrés habitants people"""
)
_TOKEN = re.compile(
    r"""(?P<number>(?:(?P<currency>[$€£¥])\s?)?(?P<value>(?:(?<![\w.,)\]])[-+])?(?:
            [1-9]\d{0,2}(?:[ ]\d{3})+(?:,\d+)?(?![\d])
          | [1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d])
          | [1-9]\d{0,2}(?:\.\d{3})+,\d+(?![\d])
          | [1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.])
          | [1-9]\d{0,2}(?:'\d{3})+(?:\.\d+)?(?![\d])
          | \d+(?:\.\d+){2,}
          | \d+[.,]\d+
          | \d+)))
      | (?P<contracted>n't\b)
      | (?P<possessive>'s\b)
      | (?P<word>(?:per\ cent\b|pour\ cent\b)|[^\W\d_]+?(?=n't\b)|(?:[^\W\d_]MARKS*\.){2,}|LETTERS)
      | (?P<sign>[%$€£¥°²³½¼¾<>=≤≥±×])""".replace("LETTERS", LETTERS).replace("MARKS", f"[{MARKS}]"),
    re.VERBOSE | re.IGNORECASE,
)
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
_TO_SCALE = re.compile(r"[ ]*|[-‑]")  # "4 million" and "4-million"; "4- million" has lost or gained something
# What stands before the first word of a sentence, a quotation or a cell.
BEGINS = re.compile(r"[.!?:…\n|«“„\"]|^\s*-\s*$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence. Two words with one `key` say the same."""

    key: str
    start: int  # in the text that was cut
    end: int
    before: str  # what stands between it and the word before
    number: bool = False
    name: bool = False  # capitalised, and not only because a sentence begins

    @property
    def free(self) -> bool:
        return not self.name and self.key in _FREE


def words(text: str) -> list[Word]:
    """The words of `text` in order; a number with its scale ("4.2 million") is one, a unit is the word after it."""
    normal = normalise(text, fold_case=False)
    found: list[Word] = []
    currency: str | None = None
    for token in _TOKEN.finditer(normal.text):
        start, end = normal.raw_span(token.start(), token.end())
        before = re.sub(r"\s", " ", text[found[-1].end : start] if found else text[:start])
        key = _key(token)
        if currency is not None and not (found[-1].number and key in _SCALES):
            found.append(Word(currency, found[-1].end, found[-1].end, ""))  # "$5" reads as "5 dollars"
            currency = None
        if (
            found
            and found[-1].number
            and key in _SCALES
            and _DECIMAL.fullmatch(found[-1].key)
            and _TO_SCALE.fullmatch(before)
        ):
            value = Decimal(found[-1].key).scaleb(_SCALES[key])
            found[-1] = Word(_canonical(value), found[-1].start, end, found[-1].before, number=True)
            continue
        is_number = token.lastgroup == "number" or (token.lastgroup == "word" and key.isdigit())
        currency = currency or token["currency"]
        is_start = not found or BEGINS.search(before) is not None
        is_name = token.lastgroup == "word" and token[0][0].isupper() and not is_start
        if token[0] == "I" and not (found and found[-1].name):  # who asks, and no king
            is_name = False
        found.append(Word(key, start, end, before, number=is_number, name=is_name))
    if currency is not None:
        found.append(Word(currency, found[-1].end, found[-1].end, ""))
    return found


def _key(token: re.Match[str]) -> str:
    if token.lastgroup == "number":
        return _number_key(token["value"])
    lower = token[0].casefold()
    if token.lastgroup != "word":
        return lower
    lower = "%" if lower in ("per cent", "pour cent") else lower.replace(".", "")
    return str(_SPELLED[lower]) if lower in _SPELLED else UNITS.get(lower, lower)


def _number_key(written: str) -> str:
    """The value of a number as one spelling: 1,234.50, 1 234,5 and 1.234,5 are "1234.5"; 3.2.1 stays as it is.

    One point or comma before three digits is ambiguous: a comma is taken for thousands, a point for decimals, as in
    English, so that no number is ever taken for one a thousand times larger. A proof asks more: see `written`.
    """
    sign = "-" if written.startswith("-") else ""
    body = written.lstrip("+-")
    if re.fullmatch(r"\d{1,3}(?: \d{3})+(?:,\d+)?", body):
        plain = body.replace(" ", "").replace(",", ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", body):
        plain = body.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", body):
        plain = body.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:'\d{3})+(?:\.\d+)?", body):
        plain = body.replace("'", "")
    elif re.fullmatch(r"\d+(?:[.,]\d+)?", body):
        plain = body.replace(",", ".")
    else:
        return body
    return sign + _canonical(Decimal(plain))


def _canonical(value: Decimal) -> str:
    plain = format(value, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def same(one: Word, other: Word) -> bool:
    """Whether two words say the same: numbers by value, words letter by letter, up to lost accents.

    Not up to inflection: one factory is not the factories, "kills" is not "killed".
    """
    if one.key == other.key:
        return one.number == other.number
    if one.number or other.number:
        return False
    if one.key[0] != other.key[0] and one.key[0].isascii() and other.key[0].isascii():
        return False  # most pairs end here
    if unaccented(one.key) == unaccented(other.key):
        return one.key.isascii() or other.key.isascii()  # accents lost, not changed
    return False
