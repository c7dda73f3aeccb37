"""What passages only mention: inhabitants whom nobody counts, a treasurer whom nobody names.

`The hall costs inhabitants 320 euros` has the word and a number, and tells nothing of how many they are.
"""

import re
from collections.abc import Sequence

from ragcli.answering.quoting.candidates import Ranking
from ragcli.answering.quoting.kinds import holds, speech_of, without_dates
from ragcli.answering.sources import Source
from ragcli.answering.wording.terms import terms, terms_in
from ragcli.answering.wording.words import UNITS, words
from ragcli.retrieval.question.asking import plain

_HOW_MANY = re.compile(
    r"\b(?:how many|combien des?|cu[aá]nt[oa]s|quant[ie]|quant[oa]s|wie ?viele|hoeveel)\b|\bcombien d'", re.IGNORECASE
)
# Whatever is told of inhabitants, members or guests is told of people.
_ANYBODY = frozenset(("people", "persons", "personnes", "personas", "personen", "persone", "pessoas", "gens", "leute"))
# What it lists may be counted by the reader; and of a balcony there is one, though not of `A member pays …`, of none none.
_LISTS = re.compile(r":(?:\s|$)|,\D.*,\D", re.DOTALL)
_ONE = re.compile(
    r"(?<=\w\s)(?:an?|one|only|no|une?|un[oa]|seule?|aucune?|k?ein\w*|ning[uú]n\w*|nessun\w*|uma?|nenhum\w*|geen|een)"
    r"\s(?=(\w+(?:\s\w+)?))",
    re.IGNORECASE,
)
_ARTICLE = r"(?:the|our|le|la|notre|der|die|el|il|lo|o|a|de|het)\s|l'"
# Not `Who is the rent paid to?`, nor `Wer ist zuständig?`: a noun, with what it is of.
_WHO_IS = re.compile(
    rf"\W*(?:(?i:(?:who|qui|qui[eé]n|chi|quem|wie)\s(?:is|est|es|[eèé])\s(?:{_ARTICLE}))(?![A-ZÀ-Þ])"
    rf"|(?i:wer\sist\s(?:{_ARTICLE})?)(?=[A-ZÀ-Þ]))"
    r"(?P<role>[\w-]+(?:\s(?!of\b|in\b|at\b|d[aeiou]\w{0,3}\b|v[ao]n\b|[A-ZÀ-Þ])[\w-]+)?)"
    r"(?:\s(?:of|in|at|d[aeiou]\w{0,3}|v[ao]n|im|en|à|au)\b.+|\sd'.+)?\W*"
)
_IS = r"(?:is|est|ist|es|è|é|wird|sera|becomes|devient)"


def is_only_mentioned(ranking: Ranking) -> bool:
    """Whether what is to be counted, or who is to be named, is in the best sentence, and no passage counts or names it."""
    wanted = ranking.wanted
    is_count = wanted.kind == "number" and bool(wanted.things) and _HOW_MANY.search(plain(wanted.question)) is not None
    if is_count and not wanted.is_price and not _ANYBODY & set(wanted.things):
        thing = terms(wanted.things[0], wanted.language) or terms(" ".join(wanted.things), wanted.language)
        return _is_uncounted(ranking, thing)
    named = _WHO_IS.fullmatch(plain(wanted.question)) if wanted.kind == "person" else None
    return named is not None and _is_unnamed(ranking, named["role"])


def _is_uncounted(ranking: Ranking, thing: frozenset[str]) -> bool:
    things = ranking.wanted.things

    def is_left_open(one: Source) -> bool:
        if one.row is not None or one.unit.kind == "row" or _LISTS.search(one.readable):
            return False
        language = one.language or ranking.wanted.language
        if any(thing & terms(after, language) for after in _ONE.findall(one.readable)):
            return False
        return _counts_others(one.readable, things, language)

    mentioning = _mentioning(ranking, thing)
    return bool(mentioning) and all(map(is_left_open, mentioning))


def _counts_others(sentence: str, things: Sequence[str], language: str | None) -> bool:
    """Whether each number of a sentence, if it has any, counts what is none of the things: `320 euros to members` has euros."""
    wanted, own, counting = terms(" ".join(things), language), speech_of(language), without_dates(sentence)
    behind = own.number_then.findall(counting)
    firsts = [one.split()[0].casefold() for one in behind]
    counted_by = [first if first in UNITS else after for first, after in zip(firsts, behind, strict=True)]
    numbers = len(own.spelled.findall(counting)) + sum(word.number for word in words(counting))
    return (
        len(behind) >= numbers
        and all(terms(first, language) for first in firsts)
        and not any(wanted & terms(after, language) for after in counted_by)
    )


def _is_unnamed(ranking: Ranking, role: str) -> bool:
    wanted, sources = ranking.wanted, ranking.sources
    tells = re.compile(
        rf"{re.escape(role)}\w*(?:(?:\s[\w'’-]+){{0,5}}?\s{_IS}\b|\s*[:,(–])|\b{_IS}\s(?:{_ARTICLE})?{re.escape(role)}",
        re.IGNORECASE,
    )

    def is_named(one: Source) -> bool:
        at = sources.index(one)
        return tells.search(one.readable) is not None or any(
            holds("person", each.readable, wanted.question, each.language or wanted.language)
            for each in sources[max(0, at - 1) : at + 2]
        )

    mentioning = _mentioning(ranking, terms(role, wanted.language))
    return bool(mentioning) and not any(map(is_named, mentioning))


def _mentioning(ranking: Ranking, said: frozenset[str]) -> list[Source]:
    """The sentences that say all of this; none where the best is not one of them."""
    asked = ranking.wanted.language
    if not said or not said <= ranking.candidates[0].said:
        return []
    return [one for one in ranking.sources if said <= terms_in(one.readable, one.language, asked, said)]
