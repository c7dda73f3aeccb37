"""How places are shown: a path as short as it can be, a page or a section, and of a citation how far to trust it."""

import re
from pathlib import Path

from ragcli.records import Citation, place_name

_LOGIN = re.compile(r"(?<=://)\S*@")


def shown_path(path: str) -> str:
    """Relative when it lies below the current folder: that is what can be read, clicked and typed."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def shown_url(url: str) -> str:
    """Without the name and the password that it may hold."""
    return _LOGIN.sub("***@", url)


def place_of(path: str, page: int | None, place: str | None) -> str:
    """Where something stands, its path as `shown_path` has it."""
    return place_name(shown_path(path), page, place)


def address(path: str, page: int | None) -> str:
    """What a link to a page of a file names; readers of PDFs open it there."""
    target = Path(path).as_uri() if Path(path).is_absolute() else path.replace(" ", "%20")
    return f"{target}#page={page}" if page else target


def cited(citation: Citation) -> str:
    """The place of a citation, and that it was corrected when the quote stands on another page than was thought."""
    place = place_of(citation.path, citation.page, citation.place)
    corrected = "page corrected" if citation.match == "elsewhere" else None
    read = "read by OCR" if citation.method == "ocr" else None
    return ", ".join(part for part in (place, corrected, citation.figure, read) if part)
