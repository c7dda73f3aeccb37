"""The number by which a question counts what it asks for: `the four levels`, `quels sont les trois types`.

Whoever lists them need not count them, so that no answer can be missed by it. A number of a measure (`the three years`)
is not such, nor one that is part of a name (`the Three Gorges`).
"""

import re

from ragcli.answering.wording.words import MEASURES
from ragcli.retrieval.question.numerals import ENGLISH_NUMBERS, FRENCH_NUMBERS
from ragcli.retrieval.question.question_words import QUESTION_WORDS

_OTHERS = (one["numbers"] for one in QUESTION_WORDS.values() if "numbers" in one)
_NUMBERS = "|".join((*ENGLISH_NUMBERS[1:], *FRENCH_NUMBERS[1:], *_OTHERS))
_BEFORE = (
    r"(?:the|these|those|all|its|their|our|your|my|his|her|what|which|whose|are|were|name|list|give"
    r"|les|ces|des|ses|leurs|nos|vos|mes|tous|quels|quelles|sont|étaient|cite[rz]?|nomme[rz]?|donne[rz]?"
    r"|die|den|der|diese[nr]?|alle|ihre[nr]?|seine[nr]?|unsere[nr]?|welche[nr]?|sind|waren|nenne"
    r"|los|las|estos|estas|sus|nuestr[oa]s|cuáles|qué|son|eran"
    r"|i|gli|le|quest[ei]|suoi|sue|quali|sono|erano|os|as|estes|estas|seus|suas|quais|são|eram|de|deze|hun|onze|welke|zijn)"
)
_MEASURES = "|".join(sorted(filter(str.isalpha, MEASURES)))
_TIMES = "|".join(one["units"] for one in QUESTION_WORDS.values() if "units" in one)
_UNIT = rf"{_MEASURES}|{_TIMES}|hundred|thousands?|[bm]illions?|[bm]illiards?|pages?|times?|fois|quarters?|trimestres?"
_MANY = r"(?:[^\W\d_]{3,}\s+)?[^\W\d_]{2,}[sxnieao]\b"  # `types`, `main types`; of `the two bedroom flat` there is one
_TALLY = re.compile(
    rf"(?P<before>(?i:\b{_BEFORE}))\s+(?P<number>{_NUMBERS}|[2-9]|1[0-2])(?=\s+(?!(?i:{_UNIT})\b){_MANY})"
)


def without_tally(question: str) -> str:
    """A question without the number that counts what it asks for."""
    return _TALLY.sub(r"\g<before>", question)


def tallied(question: str) -> frozenset[int]:
    """Where such numbers begin."""
    return frozenset(found.start("number") for found in _TALLY.finditer(question))
