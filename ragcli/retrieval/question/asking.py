"""How other languages than English and French ask, and how their sentences answer: patterns of their words."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ragcli.retrieval.question.question_words import QUESTION_WORDS
from ragcli.storage.terms import unaccented

Asked = Literal["date", "duration", "frequency", "number", "person", "place", "reason", "definition"]
Questions = tuple[tuple[Asked, Callable[[str], object]], ...]

NEVER = re.compile(r"(?!)")
_UNSPACED = ("ja", "zh", "ko")  # no space parts what asks from what is asked about
# Not the `#1627` of an issue, nor a link's text, a file's address, a sum, a share. `reps 1627` is written like `Act 1998`.
YEAR_SAID = r"(?<![\d#$€£])(?<![a-z]/)(?:1\d{3}|20\d{2})(?!\d|\]\(|[.,]\d|\s?[%€$£°])"
_TIME = r"\b\d{1,2}[:.]\d{2}\b"
_ORDER: tuple[Asked, ...] = ("date", "duration", "frequency", "number", "reason", "definition", "place", "person")


@dataclass(frozen=True, slots=True)
class Defining:
    """How a language asks for a definition, and gives one; `understood` has SAID for the thing."""

    thing: re.Pattern[str]  # what is to be defined, in its groups
    articles: str
    verbs: str  # "is", "means"
    says_what: str  # the same, with what follows in a definition: "is a", and not "is closed"
    understood: str  # "by … one understands"


@dataclass(frozen=True, slots=True)
class Speech:
    """What one language is searched for. Patterns of things have the thing in their groups."""

    questions: Questions  # by kind, the first that matches counts
    price: re.Pattern[str]  # in a question for a number that is a sum of money
    of_prices: re.Pattern[str]  # the words of such a question that any sum answers
    share: re.Pattern[str]  # in one for a number that is none, whoever pays: a percentage, a rate
    counted: re.Pattern[str]  # up to two words after "how many"
    number_then: re.Pattern[str]  # up to three words after a number
    defining: Defining
    answers: Mapping[Asked, re.Pattern[str]]  # what a sentence holds that answers
    place_before: frozenset[str] = frozenset()  # prepositions of places
    spelled: re.Pattern[str] = NEVER  # numbers that are written as words
    goes_on: re.Pattern[str] = NEVER  # the beginning of a question that is one of a conversation
    points_back: re.Pattern[str] = NEVER  # words that stand for what was said before
    asking: re.Pattern[str] = NEVER  # what only asks, and need stand in no answer: `how old`, `what time`
    read: Callable[[str], str] = str  # a question, letter for letter as the patterns of questions have it

    def asked(self, question: str) -> Asked | None:
        """The kind of thing that a question asks for, None when its words do not tell."""
        return next((kind for kind, asks in self.questions if asks(question)), None)

    def asks_by(self, word: str) -> bool:
        """Whether a word alone asks for something: `cuánto`, or for a sum: `cuesta`."""
        return self.asked(word) is not None or any(
            one.fullmatch(word) for one in (self.price, self.of_prices, self.share)
        )


def plain(question: str) -> str:
    """A question as the patterns have it: accents on their letters, typewriter's apostrophes."""
    return unicodedata.normalize("NFC", question.replace("’", "'"))


def typed(question: str) -> str:
    """The same without accents, as many are typed: `quelle annee`."""
    return unaccented(plain(question))


LANGUAGES = tuple(QUESTION_WORDS)
NOUNS_ARE_CAPITAL = ("de", "lb")  # there a capital makes no name
# Folded; what is counted are the things: `wie viele Arten von Ventilen`.
_KINDS_OF = r"(?:(?:arten|typen|sorten|tipos|tipi|clases|especies|soorten|rodzajow|видов) (?:von |de |di |d'|van )?)?"


@cache
def speech(language: str | None) -> Speech | None:
    """What is known of a language; None of English, French, and those that are not in the table."""
    found = QUESTION_WORDS.get(language or "")
    if found is None:
        return None
    is_spaced = language not in _UNSPACED
    edge = r"\b" if is_spaced else ""
    read = unaccented if is_spaced else str  # questions are typed without accents: `cuando`, `que es`

    def pattern(name: str, as_typed: Callable[[str], str] = str) -> re.Pattern[str]:
        words = as_typed(found.get(name, ""))
        return re.compile(rf"{edge}(?:{words}){edge}", re.IGNORECASE) if words else NEVER

    articles, is_, means = (found.get(name, "") for name in ("articles", "is", "means"))
    article = rf"(?:(?:{articles})\s+|l'|un')?" if articles else ""
    thing = found.get("thing") or rf"^\W*(?:{is_}|{means})\s+{article}(.+?)\s*[?;]*\s*$"
    definition = found.get("thing") or rf"^\W*(?:(?:{is_})\s+{article}(?:\S+ ){{0,2}}\S+\s*[?;]*$|(?:{means})\b)"
    verbs, numbers = found.get("verbs", "(?!)"), found.get("numbers", "(?!)")
    definitions = found.get("definitions") or rf"\b(?:{verbs})\s+(?:{articles})\b" if articles else rf"\b(?:{verbs})\b"
    asking: dict[Asked, Callable[[str], object]] = {kind: pattern(kind, read).search for kind in _ORDER}
    reckoned = rf"(?:{found['within']})\s(?:[\w-]+\s){{1,4}}(?:{found['units']})" if "within" in found else ""
    dates = "|".join(filter(None, [found.get("dates"), found.get("weekdays"), reckoned]))
    asking["definition"] = re.compile(read(definition), re.IGNORECASE).search
    return Speech(
        questions=tuple((kind, asking[kind]) for kind in _ORDER),
        price=pattern("price", read),
        of_prices=pattern("of_prices", read),
        share=pattern("share", read),
        counted=_after_how_many(read(found["counts"])) if "counts" in found else NEVER,
        number_then=after_number(numbers),
        defining=Defining(
            re.compile(read(thing), re.IGNORECASE),
            articles,
            verbs,
            rf"(?:{verbs})\s+(?:{articles})" if articles else verbs,
            found.get("understood", "(?!)"),
        ),
        answers={
            "date": re.compile(rf"{YEAR_SAID}|{_TIME}|{edge}(?:{dates}){edge}", re.IGNORECASE),
            **({"duration": _lasting(found)} if "units" in found else {}),
            "frequency": pattern("frequencies"),
            "reason": pattern("reasons"),
            "definition": re.compile(definitions, re.IGNORECASE),
        },
        place_before=frozenset(found.get("place_before", "").split()),
        spelled=pattern("numbers"),
        goes_on=re.compile(rf"^\W*(?:{found['goes_on']}){edge}", re.IGNORECASE),
        points_back=pattern("points_back"),
        asking=_either(pattern("date", read), pattern("frequency", read), pattern("degrees", read)),
        read=read,
    )  # fmt: skip


def _lasting(found: Mapping[str, str]) -> re.Pattern[str]:
    """So many units of time, `zwei Wochen`, or a word that says both: `zweiwöchig`."""
    some = rf"(?:\d|\b(?:{found['amounts']})\b)[\w-]{{0,40}}\)?[\s-]+(?:\w+\s+)?(?:{found['units']})\b"
    return re.compile(rf"{some}|\b(?:{found['lasting']})\b", re.IGNORECASE)


def _either(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile("|".join(one.pattern for one in patterns), re.IGNORECASE)


def _after_how_many(counts: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{counts})\s+{_KINDS_OF}(\w+)(?:\s+(\w+))?", re.IGNORECASE)


def after_number(numbers: str) -> re.Pattern[str]:
    """Up to three words behind a number in figures, or in one of these words, alternatives of a regular expression."""
    return re.compile(
        rf"(?:\b\d[\d.,\u00a0\u202f ]{{0,40}}|\b(?:{numbers})\s)((?:[^\W\d][\w'’-]*\s+){{0,2}}[^\W\d][\w'’-]*)",
        re.IGNORECASE,
    )
