"""Lists of works cited, and of links: by the heading that they stand below, or by what their entries have."""

import re
from collections.abc import Sequence

_NAME = "References"
_HEADING = re.compile(
    r"(?:[\dIVX]+\W+)?(?:references|bibliography|literature cited|works cited|références(?: bibliographiques)?"
    r"|bibliographie|literatur(?:verzeichnis)?|referencias|bibliografía|bibliografia|referências|riferimenti)",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"external links|further reading|see also|liens externes|voir aussi|pour en savoir plus|weblinks|einzelnachweise"
    r"|siehe auch|enlaces externos|véase también|ligações externas|ver também|collegamenti esterni|altri progetti",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d[a-z]?\b")
_WORDS_PER_YEAR = 50  # at most, below such a heading: an entry is some 25 words and holds a year

# Without one: where a work is found, and a year that stands for itself, `(2004)`, `, 2004.`. What a text cites in passing,
# `(Peters et al., 2018)`, has no place. Of 549 chunks below such a heading 85 % have as much, and of 45 others that were
# read 44 were parts of lists whose heading was lost.
_PLACE = re.compile(
    r"https?://|\bwww\.\w|\b(?:doi|arXiv|ISBN|ISSN|Retrieved|Archived|Accessed|Proceedings of|Transactions on|Journal of)\b"
    r"|\bIn Proc|\bUniversity Press\b|\bConference on\b|\bpp?\. ?\d|\b[Vv]ol\. ?\d|\bpages \d+[–-]\d|\b\d+\(\d+\)[:,]"
)
_DATED = re.compile(
    r"\((?:[^()\d]{0,20}(?:\d\d?[a-z]*,? )?)?(?:1[89]|20)\d\d[a-z]?\)|(?<=[.,;] )(?:1[89]|20)\d\d[a-z]?[.,;]"
)
_WORDS_PER_PLACE, _WORDS_PER_DATE, _WORDS_PER_SIGN = 50, 100, 20  # at most
_FEWEST = 4  # signs


def named(section: Sequence[str]) -> str:
    """What to call a list of works cited: by its own heading, if that says so."""
    return section[-1] if section and _is_heading(section[-1]) else _NAME


def is_works_cited(section: Sequence[str], text: str) -> bool:
    """Whether a text below these headings lists works; one that follows a list without a heading of its own does not."""
    words = len(text.split())
    if section and _is_heading(section[-1]):
        return len(_YEAR.findall(text)) * _WORDS_PER_YEAR >= words
    places = len(_PLACE.findall(text))
    if places * _WORDS_PER_PLACE < words or not places:
        return False
    if section and _LINKS.fullmatch(section[-1].strip(" .:")):
        return True
    dates = len(_DATED.findall(text))
    signs = places + dates
    return dates * _WORDS_PER_DATE >= words and signs * _WORDS_PER_SIGN >= words and signs >= _FEWEST


def _is_heading(title: str) -> bool:
    return _HEADING.fullmatch(title.strip(" .:")) is not None
