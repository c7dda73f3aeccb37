"""What a PDF says of itself: title, author, date and outline, as far as they mean something."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ragcli.reading.heading_words import KNOWN
from ragcli.reading.normalise import clean
from ragcli.reading.pdf.headings import without_number
from ragcli.reading.pdf.typography import typography
from ragcli.reading.stated import NO_TITLE, meant_author
from ragcli.reading.text_layer.row import Row

# What says only of which kind a document is, as thousands are.
_SUM = re.compile(
    r"(?:.*\W)?(?:total|amount|balance|montant|solde|somme|betrag|summe|importe|saldo)\b.*\d[.,]\d\d\s?(?:[€$£]|[A-Z]{3})?",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"form [\w-]{1,6}|(?:preliminary )?(?:product|technical) (?:data|specifications?|information|note)|technical manual"
    r"|(?:preliminary )?data ?sheet|application notes?|users?['’]? ?s?['’]? (?:guide|manual)|annual report|press release"
    r"|note d['’]application|communiqué de presse|rapport annuel|fiche technique|manuel|notice",
    re.IGNORECASE,
)
# A line that ends with a town and its number: above it stands who sends the document, not what it is.
_TOWN = re.compile(r"(?:.*, )?[A-Z][\w. ]+,? (?:[A-Z]\.?[A-Z]\.?|[A-Z]\w+) \d{5}(?:-\d{4})?|\d{4,5} [A-Z][\w’' -]+")
_VOLUME = re.compile(r",? (?:vol(?:ume|\.)? ?)?\d+[ ,.;:]* ?\((?:1[89]|20)\d\d\)", re.IGNORECASE)  # and its year
_AS_LARGE = 0.9  # of the letters of its kind, from which a line may be what a document is called
_PROCEEDINGS = re.compile("proceedings of", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SIGNS = frozenset("[]{}|")
_BROKEN = re.compile(r"(?<=[^\W\d_]{2}-) (?=[^\W\d_])")  # `Haute-` above `Saône`
_FEWEST = 2  # words of a title that is believed before a stated one
_FEW = 0.3  # of the words of a stated title on page 1
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")


def stated_metadata(document: Any) -> Mapping[str, str]:
    """What a PDF says of itself, under MuPDF's names; empty when that is damaged."""
    try:
        found = document.metadata or {}
    except Exception:  # it is a courtesy; the text is what counts
        return {}
    return {key: " ".join(clean(value).split()) for key, value in found.items() if isinstance(value, str)}


def outline(document: Any) -> list[tuple[int, str, int]]:
    """The bookmarks of a PDF: (level 1 to 6, title, page from 1); empty when they are damaged."""
    try:
        return [
            (min(max(level, 1), 6), clean(title), page) for level, title, page, *_ in document.get_toc() if page > 0
        ]
    except Exception:  # loops and bad destinations are common: the letters tell headings too
        return []


def attached(document: Any) -> list[str]:
    """The names of the files that are attached, as all of a portfolio are."""
    try:
        facts = [document.embfile_info(number) for number in range(document.embfile_count())]
        return [clean(one["ufilename"] or one["filename"] or one["name"]) for one in facts]
    except Exception:  # a damaged list of names
        return []


def is_rendered_elsewhere(document: Any) -> bool:
    """Tell whether the pages stand for a form that only some viewers draw (dynamic XFA), and say "Please wait..."."""
    try:
        return bool(document.xref_get_key(document.pdf_catalog(), "NeedsRendering")[1] == "true")
    except Exception:  # a damaged catalog
        return False


def title(metadata: Mapping[str, str], path: Path, first_page: Sequence[Row], height: float) -> str | None:
    """The metadata's title when it means something, else the largest letters near the top of page 1.

    Args:
        first_page: its rows, in reading order.
        height: of page 1, as its text stands on it.
    """
    stated = metadata.get("title", "").strip()
    printed = _largest(first_page, height)
    if not _means_something(stated, path):
        return printed
    if " " not in stated and printed:  # a job's name, unless it stands there
        words = " ".join(row.text for row in first_page).casefold()
        return stated if stated.casefold() in words else printed
    return printed if printed and _is_of_another(stated, printed, first_page) else stated


def _is_of_another(stated: str, printed: str, first_page: Sequence[Row]) -> bool:
    """Tell whether a stated title is a template's or an older document's, or that of the proceedings that a paper is in.

    It has no word in common with what is printed large, and few with the page. What the page prints may be a heading.
    """
    words = _words(stated)
    said = words & _words(" ".join(row.text for row in first_page))
    is_title = (
        len(_words(printed)) >= _FEWEST
        and without_number(printed) == printed
        and printed.casefold() not in KNOWN
        and printed[-1] not in ":.…"
        and _SIGNS.isdisjoint(printed)  # which show that it is garbled, or code
    )
    if not (is_title and words) or words & _words(printed):
        return False
    return len(said) < _FEW * len(words) or _PROCEEDINGS.match(stated) is not None


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _means_something(title: str, path: Path) -> bool:
    if (
        len(title) < 3
        or NO_TITLE.fullmatch(title)
        or sum(char.isalpha() for char in title) < 0.5 * len(title.replace(" ", ""))
    ):
        return False
    if _KIND.fullmatch(title):
        return False
    return title.casefold() not in (path.stem.casefold(), path.name.casefold())


def _largest(rows: Sequence[Row], height: float) -> str | None:
    """The largest letters in the upper 60 % of a page, as one line, if they are larger than the rest.

    Not those of a sender, above an address, nor the name of a journal, which stands there again with the number of its volume,
    nor what a bill comes to; and what says only the kind of the document, or is one word, as the number of a part, goes on
    with the next large letters, or is no title.
    """
    usual = typography([rows]).size
    large = [
        group
        for group in _groups(rows)
        if group[0].size >= 1.1 * usual
        and not _SUM.fullmatch(_joined(group))
        and any(row.upright and row.top < 0.6 * height and sum(map(str.isalpha, row.text)) > 2 for row in group)
    ]
    named = [group for group in large if not _is_sender(group, rows) and not _is_journal(group, rows)] or large
    if not named:
        return None
    first = max(named, key=_size)  # of several as large the one read first
    printed = _joined(first)
    after = named[named.index(first) + 1 :]
    if _KIND.fullmatch(printed):
        other = max(after, key=_size, default=first)
        printed = (
            f"{printed} {_joined(other)}" if other is not first and _size(other) > _AS_LARGE * _size(first) else ""
        )
    elif " " not in printed and after and _is_below(first[-1], after[0][0]) and after[0][0].text[0].isalpha():
        printed = f"{printed} {_joined(after[0])}"
    return printed if 3 < len(printed) < 300 and not NO_TITLE.fullmatch(printed) else None


def _size(group: Sequence[Row]) -> float:
    return max(row.size for row in group)


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of a page, those of one size that follow each other together."""
    groups: list[list[Row]] = []
    for row in rows:
        last = groups[-1][-1] if groups else None
        if last and abs(row.size - last.size) < 0.05 * last.size and _is_below(last, row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_below(row: Row, below: Row) -> bool:
    return 0 < below.base - row.base < 2.2 * row.size


def _is_sender(group: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Tell whether letters name who sends a document: their last line, or the one right below, is an address."""
    at = next(number for number, row in enumerate(rows) if row is group[-1])
    below = [row for row in rows[at + 1 : at + 2] if _is_below(group[-1], row)]
    return any(_TOWN.fullmatch(row.text) for row in (group[-1], *below))


def _is_journal(group: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Tell whether letters name the journal of an article: `Journal of Hydrology 137 (2015) 1–5` stands there as well."""
    name = _joined(group).casefold()
    return any(row.text.casefold().startswith(name) and _VOLUME.match(row.text[len(name) :]) for row in rows)


def _joined(group: Sequence[Row]) -> str:
    return _BROKEN.sub("", " ".join(" ".join(row.text for row in group).split()))


def author(metadata: Mapping[str, str]) -> str | None:
    """The stated author, unless that is a program's placeholder."""
    return meant_author(metadata.get("author", "").strip())


def date(metadata: Mapping[str, str]) -> str | None:
    """The day of creation, as far as it is plausible: 2024-05-17, 2024-05 or 2024."""
    found = _DATE.match(metadata.get("creationDate", "") or "")
    if found is None or not 1980 <= int(found[1]) <= 2100:
        return None
    year, month, day = found[1], found[2], found[3]
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{month}" if day is None or not 1 <= int(day) <= 31 else f"{year}-{month}-{day}"
