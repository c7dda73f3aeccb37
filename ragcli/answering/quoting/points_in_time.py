"""Points in time that no other answers: `At what time?` wants no year, `In which year?` no hour."""

import re

from ragcli.retrieval.question.asking import YEAR_SAID, typed

# Questions are typed without accents. `What time of the year?` may want a year, and `which year group` wants none.
_ASKS_HOUR = re.compile(
    r"\bwhat time\b(?= (?:do|does|did|is|are|was|were|will|can|may|must|should)\b|\W*$)|\bquelle heure\b"
    r"|\b(?:wie ?viel uhr|uhrzeit|que horas?|che ora|hoe laat)\b",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"\b\d{1,2}:\d{2}\b|\b\d{1,2}(?:[.:]\d{2})? ?(?:h\d{0,2}|heures?|uhr|am|pm|a\.m|p\.m|o'clock|hours|horas?|uur)\b"
    r"|\b\d{4} hours\b|(?<![\d.,])\d{1,2}\.\d{2}(?![\d.,%€$])|\b(?:noon|midday|midnight|midi|minuit|mittags?|mitternacht)\b"
    r"|\b(?:mediod[ií]a|medianoche|mezzogiorno|mezzanotte|meio-dia|meia-noite|\w+ o'clock)\b",
    re.IGNORECASE,
)
_ASKS_YEAR = re.compile(
    r"\b(?:what|which) year\b(?= (?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)\b|\W*$)"
    r"|\b(?:in|since|until|by|of) (?:what|which) year\b(?! (?:group|level)s?\b)|\b(?:en|depuis|de|jusqu'en) quelle annee\b"
    r"|\bin welche[mn] jahr\b|\b(?:en|desde|hasta) que ano\b|\b(?:in|dal|nel) (?:che|quale) anno\b|\b(?:em|desde) que ano\b"
    r"|\bin welk jaar\b",
    re.IGNORECASE,
)
# Of an hour, a day or a month alone nobody knows the year.
YEAR = re.compile(
    rf"(?<!\w){YEAR_SAID}s?\b|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2}}\b|(?<!\w)['’]\d\d\b"
    r"|\b(?:in|en|im|nel|em|year|an|anno) [1-9]\d\d\b(?![.,]\d)|\b\d{1,4} ?(?:BCE?|AD|CE|av\. J|v\. Chr)\b",
    re.IGNORECASE,
)


def point_in_time(question: str) -> re.Pattern[str] | None:
    """What a sentence must hold to answer a question for an hour or a year; None for any other question."""
    read = typed(question)
    return YEAR if _ASKS_YEAR.search(read) else _HOUR if _ASKS_HOUR.search(read) else None
