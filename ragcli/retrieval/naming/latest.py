"""Of a series of reports the newest, where a question asks for the latest: each of ten has a row `Gross margin`.

A series are files whose paths differ in their dates alone, `2023 Q3 AAPL.pdf` and `2022 Q4 AAPL.pdf`, or in their
versions: `leave-v1.0.md` and `leave-v2.0.md`.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from ragcli.retrieval.naming.codes import GROUPS
from ragcli.retrieval.naming.documents import paths_of
from ragcli.retrieval.question.periods import DAY, MONTH, YEAR
from ragcli.storage.catalog import Catalog
from ragcli.storage.terms import fold

_ASKS = re.compile(
    r"\b(?:latest|newest|most (?:recent|up[- ]to[- ]date|current)"
    r"|(?<=\ble )derniers?|(?<=\bla )dernière|(?<=\bles )derni(?:er|ère)s|(?<=\b[dc]es )derni(?:er|ère)s|(?<=\b[ad]u )dernier"
    r"|(?<=\bl[ea] )plus récente?|(?<=\bles )plus récente?s"
    r"|neu(?:e?st|est)e[mnrs]?|jüngste[mnrs]?|aktuellste[mnrs]?"
    r"|letzte[mnrs]?(?= (?:bericht|fassung|quartal|stand|version|\w+bericht))"
    r"|más recientes?|últim[oa]s?|mais recentes?|ultim[oaei]|più recent[ei]|(?:meest )?recentste|nieuwste|laatste"
    r"|najnowsz\w+|ostatni\w*|последн\w+|новейш\w+|τελευταί\w+|πιο πρόσφατ\w+)\b"
    r"(?! (?:years|months|weeks|days|ann[ée]es|mois|semaines|jours|jahre|monate|wochen|tagen?|años|meses|semanas|días|dias|anos"
    r"|anni|mesi|settimane|giorni|jaren|maanden|weken|dagen|lata?|lat|miesi\w+|tygodni\w*|dni|лет|год\w*|месяц\w*|недел\w*|дн\w+"
    r"|χρόνια|έτη|μήνες)\b)"
    # Of rules in force; not of `current assets`, nor what flows.
    r"|\bcurrently\b|(?<=\bthe )current (?=(?!assets?|liabilit|ratio|accounts?|portion|maturit|limit|consumption|draw|rating"
    r"|densit|gain|sourc|sink|supply|flow|through|in|of|is)\w)|\b(?:actuellement|derzeit(?:ige[nrsm]?)?|actualmente|vigentes?"
    r"|in vigore|attualmente|atualmente)\b"
    r"|最新的?|最近的|最新の|최신|최근(?! 몇)",
    re.IGNORECASE,
)
_OF_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = "#"
_VERSION = frozenset(("v", "ver", "version", "rev", "revision", "versao", "versione"))

Date = tuple[int, ...]  # the year, then what is smaller, as far as a path says it; or the version


def asks_for_latest(question: str) -> bool:
    """Whether a question is for the latest of several: not for `the last years`, nor for a year that it names."""
    return _ASKS.search(question) is not None and not _OF_A_YEAR.search(question)


def without_latest(question: str) -> str:
    """The question as any report of a series would be asked it."""
    return " ".join(_ASKS.sub(" ", question).split())


def dated(path: str) -> tuple[str, Date] | None:
    """The series of a file, and its date or version within it; None where its path has neither.

    A number of a series that is no date, the 10 of `10-K`, is the same in all of its dates.
    """
    parts: list[str | int] = []
    for found in GROUPS.finditer(fold(path)):
        word = found[0]
        if day := DAY.fullmatch(word):
            parts += map(int, day.groups())
        elif word.isdecimal():
            parts.append(int(word) if len(word) <= 4 else word)  # a longer one is a number of a document
        else:
            parts.append(MONTH.get(word, word))
    numbers = [part for part in parts if isinstance(part, int)]
    year = next((at for at, number in enumerate(numbers) if YEAR.fullmatch(str(number))), None)
    if year is None:
        return _version(parts)
    series = " ".join(part if isinstance(part, str) else _NUMBER for part in parts)
    return series, (numbers[year], *numbers[year + 1 :], *reversed(numbers[:year]))


def _version(parts: Sequence[str | int]) -> tuple[str, Date] | None:
    """The same of a file without a year, by what stands behind `v`, or `version`; other numbers are of its name."""
    at = next((at for at, part in enumerate(parts) if part in _VERSION), len(parts))
    behind = takewhile(lambda part: isinstance(part, int), parts[at + 1 :])
    numbers = tuple(part for part in behind if isinstance(part, int))
    if not numbers:
        return None
    rest = (*parts[: at + 1], _NUMBER, *parts[at + 1 + len(numbers) :])
    return " ".join(map(str, rest)), numbers


def superseded(paths: Iterable[str]) -> frozenset[str]:
    """Those of the files of which another is newer."""
    known = {path: found for path in paths if (found := dated(path))}
    newest: dict[str, Date] = {}
    for series, date in known.values():
        newest[series] = max(date, newest.get(series, date))
    return frozenset(path for path, (series, date) in known.items() if date < newest[series])


def older(catalog: Catalog, question: str, chunk_ids: Iterable[int]) -> frozenset[int]:
    """Those of the chunks that stand in a report of which another's is newer; none where no latest one is asked for."""
    if not asks_for_latest(question):
        return frozenset()
    path_of = paths_of(catalog, chunk_ids)
    outdated = superseded(path_of.values())
    return frozenset(chunk_id for chunk_id, path in path_of.items() if path in outdated)
