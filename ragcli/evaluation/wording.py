"""From a statement and what is asked of it to the question that a person would put, by the grammar of English and French."""

import re
from collections.abc import Set
from dataclasses import dataclass

from ragcli.retrieval.question.periods import ENGLISH_MONTHS, FRENCH_MONTHS
from ragcli.storage.terms import content_terms

MONTH = rf"(?:{'|'.join(ENGLISH_MONTHS + FRENCH_MONTHS)})"
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_PERCENT = re.compile(r"\s?(?:%|per ?cent\b|pour cent\b)")
_WORD = re.compile(r" ([^\W\d_]+)(?![\w-])")
_SCALE = re.compile(r"hundred|thousand|[mb]illion|trillion|mille|millions|milliards")
_MOST_WORDS = 3  # of what is counted
# Before a number: it counts what was named before, or is an end of a range.
_BOUND = re.compile(
    r"(?:the|these|those|its|their|his|her|first|last|next|other|than|least|most|between|from|and|or|to|an?|no"
    r"|l['’]article|articles?|chapitre|titre|alinéa|annexe|tableau|figure|numéro|n[°o]|page|section|note|version|level|niveau"
    r"|les|des|ces|ses|leurs|aux|du|au|premi[eè]re?s|derni[eè]re?s|autres|entre|ou|et|une?|d['’])",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"about|approximately|nearly|around|some|roughly|almost|only|over|environ|quelque|presque|près de")
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds"}
_EUROS = re.compile(r"\s?((?:millions?|milliards?)\s)?(?:d['’])?(?:€|euros?\b)")
_ON = re.compile(rf"\b(?:in|on) (?:the year )?((?:{MONTH} (?:\d\d?,? )?|\d\d? {MONTH} )?)$", re.IGNORECASE)
_SINCE = re.compile(r"\b(since|until|before|after) $")
_EN = re.compile(r"\b(?:en|depuis|avant|après|dès|jusqu['’]en) $", re.IGNORECASE)
_LE = re.compile(rf"\ble (\d\d?(?:er)? {MONTH} )$", re.IGNORECASE)
_AUXILIARY = re.compile(r"(?:is|are|was|were|has|have|had|can|will|must|may|should|could|would|shall)\b")
_INNER = re.compile(
    r"\b(?:that|which|who|whose|whom|where|when|if|as|because|while|there|and|or)\b|[,;:()]", re.IGNORECASE
)
_DETERMINER = re.compile(
    r"an?|the|no|its|their|some|more|at|as"
)  # `has a mayor`; else a participle follows: `has seen`
_HAVE = {"has": "does", "have": "do", "had": "did"}
_SECOND_NOUN = re.compile(
    r"\b(?!(?:of|at|by|in|on|to|for|from|with|under|over|and)\b)\w+ (?:the|an?|its)\b", re.IGNORECASE
)
# Of verbs: the auxiliary of their tense, and how many letters the plain form may lack; `-ied` becomes `-y`.
_ENDINGS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("ied", "did", ()),
    ("ed", "did", (1, 2, 3)),
    ("s", "does", (1, 2)),
)
_LONGEST_SUBJECT = 10  # words
_PREPOSITION = re.compile(
    r"as|at|by|for|in|on|with|to|from|within|after|before|under|through|over|into|per|since|until|during|across|among|against|without|via"
)
_OF = re.compile(rf" of(?: (?!(?:{_PREPOSITION.pattern})\b)[\w’'-]+){{1,6}}")  # goes with what is counted
_SOMEBODY = re.compile(r"\b(?:he|she|they|him|them|ils?|elles?|lui)\b", re.IGNORECASE)  # named in another sentence
# A sentence whose own statement only follows.
_SUBORDINATE = re.compile(
    r"(?:When|If|As|While|After|Before|Since|Although|Though|Because|Unless|Until|Whether|Where|Once|Despite|Given"
    r"|Quand|Lorsqu|Si\b|S['’]|Comme|Alors|Bien qu|Afin|Puisqu|Tandis|Quoiqu|Après|Avant|Pour|Malgré|Sauf)"
)
_ENUMERATED = re.compile(
    r"(?:\s?%)?(?: [^\W\d]+){0,3}\s(?:et|ou|à|and|or|to|–|-)\s*[$€£]?\d"
)  # `in 2015 and 2016`, `8 cows and 12 pigs`
_PLURAL = re.compile(r".*[sx]|.{1,3}|people|children|women|feet|staff|hertz")  # or a unit
_VOWEL = re.compile(r"[aeiouyhâàéèêëîïôûœ]", re.IGNORECASE)
# What follows is another clause.
_CUT = re.compile(
    r"[,;:(–—]|\s(?:which|who|where|when|while|whereas|because|but|qui|dont|mais|puisque|tandis)\b|\s(?:and|or|et|ou)\b(?!\s*\d)"
)
_BOTH = re.compile(r"\b(?:between|both|either|entre|soit)\b")
_GOES_ON = re.compile(
    r",? (?:which|who|while|whereas|because|but|and|or|qui|dont|mais|et|ou|soit|puisque|tandis|ce qui)\b|[(;:–—]"
)


@dataclass(frozen=True, slots=True)
class Worded:
    """A question and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stands in the place of `statement[start:end]`, and at the beginning of a question in that of `[start:front_end]`."""

    start: int
    end: int
    words: str
    front: str
    front_end: int
    answer: str


def plain_forms(text: str) -> frozenset[str]:
    """The verbs of an English text in their plain form, as they stand behind `to` or an auxiliary."""
    return frozenset(re.findall(r"\b(?:to|will|can|may|must|should|could|would|not) ([a-z]{2,})\b", text))


def question_for(
    statement: str, start: int, end: int, language: str | None, plain: Set[str], small: Set[str]
) -> Worded | None:
    """The question whose answer is `statement[start:end]`, a number or a name; None where no rule makes a good one.

    What follows the answer in another clause is left out.

    Args:
        plain: English verbs in their plain form, which a question needs (`did it measure`).
        small: words that the documents write small, unless they begin a sentence.
    """
    statement = statement.rstrip(".")
    before, after = statement[:start], statement[end:]
    if _SUBORDINATE.match(statement) or _SOMEBODY.search(statement) or "respective" in statement:
        return None
    is_inside = before.count("(") > before.count(")")
    if is_inside or (start and before[-1] not in " \u00a0$€£") or _ENUMERATED.match(after):
        return None
    rule = {"en": _english, "fr": _french}.get(language or "")
    asked = rule(statement, start, end) if rule else None
    if asked is None:
        return None
    if asked.start == 0 and asked.words.lower().startswith(("how", "what", "combien", "quel ", "qui")):
        tail = _clause(statement[asked.end :])
        question = asked.words + tail if len(tail.split()) > 2 and not tail.startswith(",") else None
    elif language == "fr":
        question = _where_it_stands(statement, asked, small)
    else:
        question = _moved(statement, asked, plain, small)
    return Worded(_ended(question, language), asked.answer) if question else None


def _english(statement: str, start: int, end: int) -> _Asked | None:
    before, after, said = statement[:start], statement[end:], statement[start:end]
    if not said[0].isdigit():
        if not before.endswith(" by ") or _goes_on(after):
            return None
        return _Asked(start - 3, end, "by whom", "by whom", end, said)
    if _YEAR.fullmatch(said):
        if on := _ON.search(before):
            return _Asked(on.start(), end, "when", "when", end, on[1] + said)
        if since := _SINCE.search(before):
            return _Asked(since.start(), end, f"{since[1]} when", f"{since[1]} when", end, said)
        return None
    if before and (sign := _CURRENCY.get(before[-1])):
        scale = _WORD.match(after)
        by = f"{scale[1]} " if scale and _SCALE.fullmatch(scale[1]) else ""
        end += len(by)
        return None if _goes_on(statement[end:]) else _counted(statement, start - 1, end, f"how many {by}{sign}", end)
    if share := _PERCENT.match(after):
        return _counted(statement, start, end + share.end(), "what percentage", end + share.end())
    counted = _things(after, "en")
    return _counted(statement, start, end, "how many", end + len(counted)) if counted and said != "1" else None


def _french(statement: str, start: int, end: int) -> _Asked | None:
    before, after, said = statement[:start], statement[end:], statement[start:end]
    if not said[0].isdigit():
        return _Asked(start, end, "qui", "", end, said) if before.endswith(" par ") and not _goes_on(after) else None
    if _YEAR.fullmatch(said):
        if on := _LE.search(before):
            return _Asked(on.start(), end, "à quelle date", "", end, on[1] + said)
        return _Asked(start, end, "quelle année", "", end, said) if _EN.search(before) else None
    if share := _PERCENT.match(after):
        return _counted(statement, start, end + share.end(), "quel pourcentage", end)
    if euros := _EUROS.match(after):
        scale = f"de {euros[1]}" if euros[1] else ""
        return _counted(statement, start, end + euros.end(), f"combien {scale}d’euros", end)
    counted = _things(after, "fr").strip()
    if not counted or re.match(r"h(?:eures?)?\b", counted) or said == "1":
        return None
    if counted == "ans":
        return _counted(statement, start, end + len(" ans"), "combien d’années", end)
    return _counted(statement, start, end + 1, "combien d’" if _VOWEL.match(counted) else "combien de ", end)


def _counted(statement: str, start: int, end: int, words: str, front_end: int) -> _Asked | None:
    answer = re.search(r"\d+(?:[.,\s]\d+)*", statement[start:])
    *earlier, last = statement[:start].split() or [""]
    if earlier and last[:1].isupper():  # `Rule 10`, `September 24`
        return None
    if _ABOUT.fullmatch(last.lower()):
        start -= len(last) + 1
    if last and not _ABOUT.fullmatch(last.lower()) and (_BOUND.fullmatch(last) or last[-1] in "([,;:–—-/=<>±+"):
        return None
    return _Asked(start, end, words, words + statement[end:front_end], front_end, answer[0] if answer else "")


def _things(after: str, language: str) -> str:
    """What is counted, behind its number: ` new steps`; nothing where that is no word, or a date."""
    found = ""
    while len(found.split()) < _MOST_WORDS and (word := _WORD.match(after[len(found) :])):
        said = word[1]
        if not said.islower() or _PREPOSITION.fullmatch(said) or not content_terms(said, language):
            break
        if found and re.search(r"(?:ed|ing|ly|ée?s?)$", said):
            break
        found += word[0]
    first, last = (found.split() or [""])[0], (found.split() or [""])[-1]
    is_counted = _PLURAL.fullmatch(last if language == "en" else first) and not _SCALE.fullmatch(last)
    return found if is_counted and not re.match(rf" {MONTH}\b", after) else ""


def _goes_on(after: str) -> bool:
    """Whether a name or a sum is only the first part of what is meant: `Skarn county`, `$3 million loss`."""
    return (word := _WORD.match(after)) is not None and bool(content_terms(word[1], "en"))


def _clause(text: str) -> str:
    cut = _CUT.search(text)
    return text[: cut.start()] if cut and not _BOTH.search(text[: cut.start()]) else text


def _where_it_stands(statement: str, asked: _Asked, small: Set[str]) -> str | None:
    """French asks without moving a word: `Les agents ont suivi combien de jours ?`; what begins a sentence it moves."""
    before, after = statement[: asked.start], statement[asked.end :]
    if before in ("", "En ") and after.startswith(", "):
        said = _lower(_clause(after[2:]), small)
        return (
            f"{before}{asked.words} est-ce qu{'’' if _VOWEL.match(said) else 'e '}{said}"
            if len(said.split()) > 2
            else None
        )
    said = _clause(after)
    is_apart = re.search(r"[,;:]", before) or not (said == after or (said and _GOES_ON.match(after[len(said) :])))
    return None if is_apart or len(before.split()) < 3 else before + asked.words + said


def _moved(statement: str, asked: _Asked, plain: Set[str], small: Set[str]) -> str | None:
    """English moves what is asked for, and the verb, to the front: `How many steps does the ladder have?`"""
    front, tail = asked.front, _clause(statement[asked.front_end :].removeprefix(","))
    said = statement[: asked.start].split()
    if not said:  # `In 1998 the ladder was restored`
        said, tail = tail.split(), ""
    if (parts := _at_verb(said, plain)) is None or any(map(_AUXILIARY.fullmatch, tail.split())):
        return None
    subject, verb, between = parts
    if of := _OF.match(tail):
        front, tail = front + of[0], tail[of.end() :]
    if between and _PREPOSITION.fullmatch(between[-1]):
        front, between = f"{between[-1]} {front}", between[:-1]
    elif between and between[-1] == "of":
        return None
    return f"{front} {verb} {_lower(' '.join(subject), small)} {' '.join(between)} {tail}"


def _at_verb(words: list[str], plain: Set[str]) -> tuple[list[str], str, list[str]] | None:
    """The subject of a statement, the verb that a question has before it, and what it has behind; None for an odd one."""
    if _INNER.search(" ".join(words)):
        return None
    at = next((at for at, word in enumerate(words) if _AUXILIARY.fullmatch(word)), None)
    if at is None:  # no other word may be a verb: `the stations kept by the union` have another
        verbs = [(place, found) for place, word in enumerate(words) if place and (found := _plain_form(word, plain))]
        if len(verbs) != 1:
            return None
        [(at, (auxiliary, verb))] = verbs
        behind = [verb, *words[at + 1 :]]
    else:
        auxiliary, behind = words[at], words[at + 1 :]
        if auxiliary in _HAVE and (not behind or _DETERMINER.fullmatch(behind[0])):
            auxiliary, behind = _HAVE[auxiliary], ["have", *behind]
    subject = words[:at]
    if _SECOND_NOUN.search(" ".join(subject)):
        return None
    if not 0 < len(subject) <= _LONGEST_SUBJECT or _PREPOSITION.fullmatch(subject[0].lower()):
        return None
    if subject[0].endswith("ing"):
        return None
    return (subject, auxiliary, behind) if content_terms(subject[-1], "en") else None


def _plain_form(word: str, plain: Set[str]) -> tuple[str, str] | None:
    """`measured` as (did, measure), `spends` as (does, spend); None for what is no such verb in the documents."""
    for ending, auxiliary, cuts in _ENDINGS:
        if word.endswith(ending) and word.islower():
            forms = [word[:-cut] for cut in cuts] or [f"{word[:-3]}y"]
            known = next((form for form in forms if form in plain), None)
            return (auxiliary, known) if known else None
    return None


def _lower(text: str, small: Set[str]) -> str:
    """Its first letter small where its first word is no name, nor the first word of one: `Professional Visualization`."""
    found = re.match(r"([^\W\d_]*)(?: (\w))?", text)
    first, next_letter = (found[1].lower(), found[2] or "") if found else ("", "")
    is_small = first in ("a", "an", "the") or (first in small and not next_letter.isupper())
    return text[:1].lower() + text[1:] if is_small else text


def _ended(text: str, language: str | None) -> str:
    text = " ".join(text.split())
    return f"{text[0].upper()}{text[1:]}{' ?' if language == 'fr' else '?'}"
