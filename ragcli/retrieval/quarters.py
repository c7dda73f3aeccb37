"""Quarters and halves of a year as names of files write them: `Q3`, `T3`, for `the third quarter`."""

import re

from ragcli.storage.terms import fold

# Folded; English, French, German, Spanish, Italian, Portuguese.
_ORDINALS = (
    r"first|1st|premier|1er|erste[nsmr]?|1\.|primer|primo|primeiro",
    r"second|2nd|deuxieme|2e(?:me)?|zweite[nsmr]?|2\.|segundo|secondo",
    r"third|3rd|troisieme|3e(?:me)?|dritte[nsmr]?|3\.|tercer|terzo|terceiro",
    r"fourth|4th|quatrieme|4e(?:me)?|vierte[nsmr]?|4\.|cuarto|quarto",
)
_PARTS = {"quarter|quartal|quartals": "q", "trimestre": "qt", "half|halbjahr|halbjahrs": "h", "semestre": "hs"}
_WRITTEN = [
    (re.compile(rf"(?<!\w)({ordinal})\s+({part})\b"), tuple(f"{letter}{number}" for letter in letters))
    for number, ordinal in enumerate(_ORDINALS, start=1)
    for part, letters in _PARTS.items()
]
# The first quarter of a fiscal year is any of the calendar's, by which files may be named.
_FISCAL = re.compile(r"\bfiscal|\bexercice\b|\bgeschaftsjahr")


def in_short(question: str) -> dict[str, tuple[str, ...]]:
    """For each quarter, or half, that a question names by words how names of files write it, with those words, folded."""
    folded = fold(question)
    if _FISCAL.search(folded):
        return {}
    return {
        short: tuple(re.findall(r"\w+", " ".join(found.groups())))
        for written, ways in _WRITTEN
        for found in written.finditer(folded)
        for short in ways
    }
