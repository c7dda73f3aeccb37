"""Pages of plain text: form feeds part them, and the lines that head and foot each of them are no text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_FEWEST = 3
_MOST_LINES = 90  # of a page; a form feed may part the sections of a file that nobody prints
_AT_EDGE = 2  # lines that head or foot a page
_SHARE = 0.5  # of the pages, from which on a line at their edge is said by each
_DIGITS = re.compile(r"\d+")


def pages_of(source: str) -> list[str]:
    """The text of each page, without running heads and feet; the whole text alone where it has no pages."""
    pages = [part.split("\n") for part in source.split("\f")]
    while pages and not _shown(pages[-1]):
        pages.pop()
    if len(pages) < _FEWEST or max(map(len, pages)) > _MOST_LINES:
        return [source]
    seen = Counter(key for page in pages for key in {key for _, key in _edges(page)})
    running = {key for key, count in seen.items() if count >= max(_FEWEST, _SHARE * len(pages))}
    return ["\n".join(_without(page, {at for at, key in _edges(page) if key in running})) for page in pages]


def _shown(lines: Sequence[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.strip()]


def _edges(lines: Sequence[str]) -> Iterator[tuple[int, tuple[bool, str]]]:
    """The places of the first and the last lines, each with what it says but for its numbers, and at which edge."""
    shown = _shown(lines)
    for is_foot, places in ((False, shown[:_AT_EDGE]), (True, shown[-_AT_EDGE:])):
        for at in places:
            yield at, (is_foot, _DIGITS.sub("0", " ".join(lines[at].split())))


def _without(lines: Sequence[str], dropped: set[int]) -> list[str]:
    return [line for at, line in enumerate(lines) if at not in dropped]
