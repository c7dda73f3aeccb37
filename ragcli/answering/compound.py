"""The questions that one question asks: `What is the fee, and when is it due?`

No sentence holds the words of all of them, so that the whole is like none, where each alone may be.
"""

import re
from dataclasses import dataclass

from ragcli.answering.followup import points_back
from ragcli.answering.wording.words import words
from ragcli.letters import ASKING
from ragcli.retrieval.question.asking import NOUNS_ARE_CAPITAL


@dataclass(frozen=True, slots=True)
class Joining:
    """How a language joins questions: its patterns."""

    joined: re.Pattern[str]  # before another question
    asks: re.Pattern[str]
    is_open: re.Pattern[str]  # `when` before `and where`


def _joining(joins: str, prepositions: str, asking: str, otherwise: str = "(?!)", after_comma: str = "(?!)") -> Joining:
    """Of words that join, that may precede what asks, that ask, and of what asks without such a word, or so after a comma."""
    asks = rf"(?:(?:{asking})\b|{otherwise})"
    return Joining(
        re.compile(
            rf",?\s+(?:{joins}),?\s+(?=(?:(?:{prepositions})\s+)?{asks})|,\s+(?:{joins})\s+(?=(?:{after_comma})\b)"
        ),
        re.compile(rf"\b{asks}", re.IGNORECASE),
        re.compile(rf"\b(?:{asking})$", re.IGNORECASE),
    )


_LANGUAGES = {
    "en": _joining(
        "and|or",
        "to|in|for|by|at|on|from|with|of|under|about",
        "how|what|why|when|where|who|whom|whose|which",
        # `does it apply`, and not `was exempt`, which goes on with the same question
        r"if so\b|(?:do|does|did|is|are|was|were|has|have|had|can|could|should|will|would|may|might|must)\s+"
        r"(?:it|its|they|their|there|this|that|these|those|he|his|she|her|the|any|you|your|we|i|(?-i:[A-Z]\w+))\b",
        "do|does|can|must|may|should|will",
    ),
    "fr": _joining(
        "et|ou",
        "à|de|en|par|pour|sur|dans|avec",
        "comment|quels?|quelles?|pourquoi|quand|où|qui|que|combien|est-ce|lequel|laquelle|lesquel(?:le)?s|quoi",
        r"qu['’]|\w+-(?:t-)?(?:ils?|elles?|on)\b",
    ),
    "de": _joining(
        "und|oder",
        "in|an|auf|aus|bei|für|mit|von|zu",
        "wie|was|warum|weshalb|wann|wo|wohin|woher|wer|wen|wem|wessen|welche[mnrs]?|wieviele?",
    ),
    "es": _joining("y|e|o|u", "a|de|en|por|para|con", "cómo|qué|cuándo|dónde|quién(?:es)?|cuál(?:es)?|cuánt[oa]s?"),
    "it": _joining("e|o", "a|di|in|per|da|con", "come|che cosa|cosa|perché|quando|dove|chi|quale|quali|quant[oaie]"),
    "pt": _joining("e|ou", "a|de|em|por|para|com", "como|o que|por que|quando|onde|quem|quais|qual|quant[oa]s?"),
    "nl": _joining("en|of", "aan|in|op|met|van|voor|tot", "hoe|wat|waarom|wanneer|waar|wie|welke?|hoeveel"),
}
_AFTER_MARK = re.compile(rf"(?<=[{ASKING}])\s+")
_ELLIPTIC = re.compile(
    r"\W*(?:(?:which|(?:le|la|les)quel(?:le)?s?) (?:do|does|did|is|are|was|were|has|have|a|ont|est|sont)|what about)\b",
    re.IGNORECASE,
)
_FEWEST = 3  # words of a question: `when and where was it signed` is one


def leading(question: str) -> str | None:
    """The first of several questions in one, None where there is one alone.

    Nor where a later one brings a name or a number of its own, `and how does Lyon compare?`: the first is no half of that.
    """
    language, found = _several(question)
    return found[0] if found and not any(_brings(one, found[0], language) for one in found[1:]) else None


def apart(question: str) -> tuple[str, ...]:
    """The questions in one, where each has a name or a number of its own, and none points back: they are asked as well alone.

    Others need what the first speaks of: `When does the lease of Halden end, and what is the rent?`
    """
    language, found = _several(question)
    is_apart = all(
        _brings(one, found[0], language) and not points_back(one, language) and not _ELLIPTIC.match(one)
        for one in found[1:]
    )
    return found if is_apart else ()


def several(question: str) -> tuple[str, ...]:
    """The questions in one, in order; none where it is one alone."""
    return _several(question)[1]


def _several(question: str) -> tuple[str, tuple[str, ...]]:
    """The same with the language whose words join them, "" where it is one alone."""
    for language, joining in _LANGUAGES.items():
        if len(found := tuple(_asked(question.strip(), joining))) > 1:
            return language, found
    return "", ()


def _brings(question: str, first: str, language: str) -> bool:
    """Whether a later question has a name or a number that the first has not."""
    known = {word.key for word in words(first)}
    own = (word for word in words(question) if word.number or (word.name and language not in NOUNS_ARE_CAPITAL))
    return not known.issuperset(word.key for word in own)


def _asked(question: str, joining: Joining) -> list[str]:
    """The questions in one, as they stand there; one alone where a sentence of it does not ask, but may say whereof."""
    found: list[str] = []
    for at, sentence in enumerate(_AFTER_MARK.split(question)):
        if at and not joining.asks.match(sentence):
            return [question]
        begin = 0
        for join in joining.joined.finditer(sentence):
            before, after = sentence[begin : join.start()], sentence[join.end() :]
            is_open = joining.is_open.search(before) or not joining.asks.search(before)
            if not is_open and min(len(before.split()), len(after.split())) >= _FEWEST:
                found.append(before)
                begin = join.end()
        found.append(sentence[begin:])
    return found
