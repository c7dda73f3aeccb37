"""Parts of a year as names of files write them: `Q3`, `T3` for `the third quarter`, `2022-06-03` for `June 3, 2022`."""

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
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ENGLISH_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
# In short, and in German, Spanish, Italian, Portuguese and Dutch, folded.
_OTHER_MONTHS = (
    "jan januar enero ene gennaio gen janeiro januari janv",
    "feb fev februar febrero febbraio fevereiro februari fevr",
    "mar marz maerz marzo marco maart mrz",
    "apr avr abril abr aprile",
    "mayo maggio mag maio mei",
    "jun juni junio giugno giu junho",
    "jul juil juli julio luglio lug julho",
    "aug agosto ago augustus",
    "sep sept septiembre settembre set setembro",
    "oct oktober okt octubre ottobre ott outubro out",
    "nov noviembre novembro",
    "dec dezember dez diciembre dic dicembre dezembro",
)
MONTH = {
    fold(name): number
    for number, names in enumerate(zip(ENGLISH_MONTHS, FRENCH_MONTHS, _OTHER_MONTHS, strict=True), start=1)
    for name in " ".join(names).split()
}
YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
DAY = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_OF_YEAR = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})\.?\s+(?:(?:of|de|del|do)\s+)?((?:19|20)\d\d)(?!\d)")
_DAY_OF_MONTH = re.compile(
    r"(?<![\d.,])(\d\d?)(?:st|nd|rd|th|er|\.)?\s+(?:(?:of|de)\s+)?([^\W\d_]{3,})\.?,?\s+(?:(?:of|de|del|do)\s+)?((?:19|20)\d\d)(?!\d)"
)
_MONTH_OF_DAY = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)")
# Not of 06-12-2022, which is read in two ways; points are for days before months.
_MONTH_FIRST = re.compile(r"(?<!\d)(?<!\d[\W_])(0[1-9]|1[0-2])[\W_]((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[\W_](0[1-9]|1[0-2])(?![^\W_])|(0[1-9]|1[0-2])(?=(?:0[1-9]|[12]\d|3[01])(?!\d)|(?!\d)))"
)
_DAY_FIRST = re.compile(r"(?<!\d)(?<!\d\.)(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.((?:19|20)\d\d)(?!\d)")
_WHOLE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([\W_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT = re.compile(r"\b[qths][1-4]\b")
_SAID = re.compile(r"\b(?:([qt])([1-4])|([1-4])q|([hs])([12])|([12])h)(?:[ /-]?(?:fy)?[ '’]?(?:19|20)?\d\d)?\b")
# The first quarter of a fiscal year is any of the calendar's, by which files may be named.
_FISCAL = re.compile(r"\bfiscal|\bexercice\b|\bgeschaftsjahr")


def in_short(question: str) -> dict[str, tuple[str, ...]]:
    """For each part of a year that a question names how names of files have it, with its own words for it, folded.

    A month is `202206`, a day `20220603`, as `dates_in` gives them.
    """
    folded = fold(question)
    found: dict[str, tuple[str, ...]] = {
        f"{year}{MONTH[month]:02}": (month, year) for month, year in _OF_YEAR.findall(folded) if month in MONTH
    }
    for day, month, year in [
        *_DAY_OF_MONTH.findall(folded),
        *((day, month, year) for month, day, year in _MONTH_OF_DAY.findall(folded)),
    ]:
        if month in MONTH:
            in_month = f"{year}{MONTH[month]:02}"
            found |= {in_month: (month, year), f"{in_month}{int(day):02}": (day, month, year)}
    if _FISCAL.search(folded):
        return found
    found |= {short: (short,) for short in _SHORT.findall(folded)}
    return found | {
        short: tuple(re.findall(r"\w+", " ".join(part.groups())))
        for written, ways in _WRITTEN
        for part in written.finditer(folded)
        for short in ways
    }


def parts_of_year(text: str) -> dict[str, tuple[str, ...]]:
    """The quarters and halves of a year that a text speaks of, with its words for them, folded: `q4` for `T4`, `4Q24`."""
    folded = fold(text)
    found: dict[str, tuple[str, ...]] = {}
    for one in _SAID.finditer(folded):
        _, quarter, before_q, _, half, before_h = one.groups()
        part = f"q{quarter or before_q}" if quarter or before_q else f"h{half or before_h}"
        found[part] = (*found.get(part, ()), re.split(r"\W", one[0])[0])
    for written, ways in _WRITTEN:
        for one in written.finditer(folded):
            found[ways[0]] = (*found.get(ways[0], ()), *re.findall(r"\w+", " ".join(one.groups())))
    return found


def dates_in(name: str) -> set[str]:
    """The months and days that a folded name of a file has in figures.

    `202206` and `20220612` for `minutes 2022-06-12`, `12.06.2022`, `20220612`; `202206` for `06_2022`.
    """
    days = [
        *(year + month + day for year, _, month, day in _WHOLE_DAY.findall(name)),
        *(year + month + day for day, month, year in _DAY_FIRST.findall(name)),
    ]
    months = [
        *(year + (parted or glued) for year, parted, glued in _YEAR_FIRST.findall(name)),
        *(year + month for month, year in _MONTH_FIRST.findall(name)),
    ]
    return {*days, *(day[:6] for day in days), *months}


def date_named(name: str) -> str | None:
    """The one date that a name of a file has in figures, as ISO 8601: `2022-06-12`, or `2022-06`; None: none, or several."""
    dates = dates_in(fold(name))
    days = {date for date in dates if len(date) == 8} or dates
    if len(days) != 1 or not {date[:6] for date in days} >= {date[:6] for date in dates}:
        return None
    (date,) = days
    return "-".join(filter(None, (date[:4], date[4:6], date[6:])))
