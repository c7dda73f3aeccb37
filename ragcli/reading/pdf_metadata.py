"""What a PDF says of itself: title, author, date and outline, as far as they mean something."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ragcli.reading.normalise import clean
from ragcli.reading.pdf_lines import Row
from ragcli.reading.pdf_paragraphs import typography

_NO_TITLE = re.compile(
    r"untitled|sans titre|unbenannt|title|titre|none|null"
    r"|(?:document|slide|diapositive|page|folie|présentation|presentation) ?\d*"
    r"|microsoft (?:word|powerpoint|excel) ?-.*|powerpoint[ -].*"
    r"|.*\.(?:docx?|odt|rtf|tex|dvi|pdf|indd|pptx?|xlsx?|qxd|txt|html?|ps|eps)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:unknown|anonymous|author|auteur|user|utilisateur|admin\w*|owner|none|null|default|pc|hp|windows user)?",
    re.IGNORECASE,
)
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
    return stated


def _means_something(title: str, path: Path) -> bool:
    if (
        len(title) < 3
        or _NO_TITLE.fullmatch(title)
        or sum(char.isalpha() for char in title) < 0.5 * len(title.replace(" ", ""))
    ):
        return False
    return title.casefold() not in (path.stem.casefold(), path.name.casefold())


def _largest(rows: Sequence[Row], height: float) -> str | None:
    """The largest letters in the upper 60 % of a page, as one line, if they are larger than the rest."""
    upper = [row for row in rows if row.upright and row.top < 0.6 * height and sum(map(str.isalpha, row.text)) > 2]
    if not upper:
        return None
    usual = typography([rows]).size
    size = max(row.size for row in upper)
    if size < 1.1 * usual:
        return None
    start = next(number for number, row in enumerate(rows) if row.size == size and row in upper)
    end = start + 1
    while (
        end < len(rows)
        and abs(rows[end].size - size) < 0.05 * size
        and 0 < rows[end].base - rows[end - 1].base < 2.2 * size
    ):
        end += 1
    while (
        start > 0
        and abs(rows[start - 1].size - size) < 0.05 * size
        and 0 < rows[start].base - rows[start - 1].base < 2.2 * size
    ):
        start -= 1
    printed = " ".join(" ".join(row.text for row in rows[start:end]).split())
    return printed if 3 < len(printed) < 300 else None


def author(metadata: Mapping[str, str]) -> str | None:
    """The stated author, unless that is a program's placeholder."""
    stated = metadata.get("author", "").strip()
    return None if _NO_AUTHOR.fullmatch(stated) else stated


def date(metadata: Mapping[str, str]) -> str | None:
    """The day of creation, as far as it is plausible: 2024-05-17, 2024-05 or 2024."""
    found = _DATE.match(metadata.get("creationDate", "") or "")
    if found is None or not 1980 <= int(found[1]) <= 2100:
        return None
    year, month, day = found[1], found[2], found[3]
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{month}" if day is None or not 1 <= int(day) <= 31 else f"{year}-{month}-{day}"
