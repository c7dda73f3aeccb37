"""Questions that want to know what something is, and the sentences that say it.

The patterns here are English and French, and serve where no language is known; `asking` has those of other languages.
"""

import re
from functools import lru_cache

from ragcli.retrieval.question.asking import Defining, plain, speech

_WORD = r"(?!(?:of|for|in|on|at|to|by|with|from|about|as|that|which|who|the|an?)\b)[\w-]+"  # of a name
_WANTS = re.compile(
    rf"^\s*what(?:'s| is| are) (?:an? )?(?:{_WORD} ){{0,2}}{_WORD}\s*\?*$"
    rf"|^\s*what(?:'s| is| are) (?:an? (?:{_WORD} ){{3}}{_WORD}|the (?-i:(?:[A-Z][\w-]* )*[A-Z])[\w-]*)\s*\?*$"
    r"|\b(?:what (?:does|do) .+ (?:mean|stand for)|what is (?:meant by|.+ short for))\b"
    r"|\b(?:qu'est[- ]ce qu|que signifie|que veut dire|c'est quoi)|^\s*define\b"
    r"|^\s*que sont (?:les |des )?(?:[\w'-]+ ){0,2}[\w'-]+\s*\?*$",
    re.IGNORECASE,
)
_THING = re.compile(
    r"^\s*what (?:does|do) (?:an? |the )?(.+?) (?:mean|stand for)\b"
    r"|^\s*what is (?:an? |the )?(.+?) short for\b"
    r"|^\s*(?:what is meant by|define) (?:an? |the )?(.+?)\s*\?*\s*$"
    r"|^\s*what(?:'s| is| are) (?:an? |the )?(.+?)\s*\?*\s*$"
    r"|^\s*qu'est[- ]ce qu(?:e c'est qu(?:e |')|e |')(?:le |la |les |l'|une? |des )?(.+?)\s*\?*\s*$"
    r"|^\s*(?:que (?:signifie|veut dire|sont)|c'est quoi) (?:le |la |les |l'|une? |des )?(.+?)\s*\?*\s*$",
    re.IGNORECASE,
)
_MEANS = (
    r"(?:means?|refers? to|stands? for|denotes?|describes?|(?:forms?|defines?) (?:the|our|which|what)"
    r"|désigne(?:nt)?|signifie(?:nt)?)"
)
_IS = r"(?:is|are|was|were|est|sont|était|étaient)"
# After it comes what the thing is: `is a`, not `is established by law`.
_IS_SOMETHING = (
    r"(?:(?:is|are|was|were) (?:an?|the|any|one|that|what|when|where|how)\b"
    r"|(?:est|sont|était|étaient) (?:(?:une?|des?|l[ae]s?|celui|celles?|ceux|ce|toute?s?|lorsque|quand)\b|l'))"
)
ENGLISH_AND_FRENCH = Defining(
    thing=_THING,
    articles="an?|the|le|la|les|une?|des",
    verbs=rf"{_IS}|{_MEANS}",
    says_what=rf"{_IS_SOMETHING}|{_MEANS}\b",
    understood=r"on entend par (?:\w+ )?SAID",
)
# words that an abbreviation passes over
_BETWEEN = r"\W+(?:(?:and|of|for|the|in|on|to|de|des|du|la|le|les|et|à|pour)\W+)*"


def defined(question: str, language: str | None = None) -> str | None:
    """What a question wants the definition of, None when it wants none."""
    question = plain(question)
    own = speech(language)
    if own is None:
        found = _THING.search(question) if _WANTS.search(question) else None
    else:
        read = own.read(question)
        found = own.defining.thing.search(read) if own.asked(read) == "definition" else None
    return next((question[slice(*span)] for span in found.regs[1:] if span[0] >= 0), None) if found else None


def defines(sentence: str, thing: str, language: str | None = None) -> bool:
    """Whether a sentence says of the thing itself what it is, at its beginning: `LVM, the volume manager, is …`.

    An abbreviation is also told by the words that it stands for, wherever they come: `Logical Volume Manager (LVM)`.
    """
    sentence = sentence.replace("’", "'")
    return any(pattern.search(sentence) for pattern in _patterns(thing, language)[:2])


def holds_definition(text: str, thing: str, language: str | None = None) -> bool:
    """Whether one of the sentences of a text says of the thing what it is, in the form that a definition has.

    Stricter than `defines`: among a hundred passages many begin `The usufruct is …`.
    """
    text = text.replace("’", "'")
    return any(pattern.search(text) for pattern in _patterns(thing, language)[1:])


def spells_out(text: str, abbreviation: str) -> bool:
    """Whether a text has words that an abbreviation may stand for: `Règlement professionnel du notariat` for `RPN`."""
    first, others = abbreviation[0], abbreviation[1:]
    words = _BETWEEN.join([rf"\b{first}[\w'-]*", *(rf"\b(?i:{letter})[\w'-]*" for letter in others)])
    return bool(re.search(words, text.replace("’", "'")))


@lru_cache(maxsize=8)
def _patterns(thing: str, language: str | None) -> tuple[re.Pattern[str], ...]:
    """For a sentence, for either, for a text."""
    own = speech(language)
    by = own.defining if own else ENGLISH_AND_FRENCH
    said = re.escape(thing.replace("’", "'")).replace(r"\ ", r"\s+")
    named = rf"(?:(?:{by.articles})\s+|l')?[\"“«'*_]*\s?{said}s?[\"”»'*_]*"
    aside = r"(?:\s*\([^()]*\)|,[^,.;]{1,80},|\s+(?:or|ou|oder|of|o)\s+[^\W\d_]+)?"
    written_out = rf"[^.;:!?]{{2,80}}\s\({said}s?\)\s+(?:{by.verbs})\b"  # `The logical volume manager (LVM) is …`
    understood = by.understood.replace("SAID", said)
    either = "(?!)"
    if thing.isupper() and thing.isalpha():
        words = _BETWEEN.join(rf"\b{letter}[\w'-]*" for letter in thing)
        either = rf"{words}\W*\({thing}s?\)|\b{thing}\W*[(=:–—]\W*{words}"
    begins = rf"{written_out}|{named}{aside}(?:\s+(?:{by.verbs})\b|\s*[:—–]\s)|{understood}"
    start = r"(?:\A|(?<=[.!?;]\s)|(?<=\n))\W{0,3}"
    return (
        re.compile(rf"\A\W*(?:{begins})", re.IGNORECASE),
        re.compile(either, re.IGNORECASE),
        re.compile(rf"{start}(?:{named}{aside}\s+(?:{by.says_what})|{understood})", re.IGNORECASE),
    )
