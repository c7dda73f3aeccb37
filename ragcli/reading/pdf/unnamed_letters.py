"""Letters that a font does not name, among others that it names: `�ehicle License Number (if �no�n)`.

They are read off the page's picture, and only they: all other letters are exact, and tell where on a line OCR read them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ragcli.reading.boxes import share_inside
from ragcli.reading.fonts.glyph_names import UNKNOWN
from ragcli.reading.text_layer.row import Row

_MOST = 2  # of OCR's letters that one glyph may be: a ligature, or an `m` read as `rn`
_NAMED = 2  # letters of a text, from which they tell where it stands in what OCR read
_INSIDE = 0.5  # of what OCR read, that stands in a row
_RUN = re.compile(f"{UNKNOWN}+")


def with_letters_read(rows: Sequence[Row], read: Sequence[Row]) -> list[Row]:
    """The rows of a text layer with the letters that OCR reads in the places of those that have no name.

    What does not fit stays as it is; a row without any letter that has a name is what OCR reads there.

    Args:
        read: the rows that OCR makes of the same page.
    """
    return [replace(row, text=_read(row, read)) if UNKNOWN in row.text else row for row in rows]


def _read(row: Row, read: Sequence[Row]) -> str:
    beside = sorted((other for other in read if _is_beside(row, other)), key=lambda other: other.left)
    if any(map(str.isalnum, row.text)):
        return _filled(row.text, " ".join(other.text for other in beside))
    return " ".join(other.text for other in beside if share_inside(other.box, row.box) > _INSIDE) or row.text


def _filled(text: str, said: str) -> str:
    """A text with its letters as OCR read them: all at once, or else each half of it by itself."""
    if UNKNOWN not in text:
        return text
    if whole := _fitting(text, said):
        return whole
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if not spaces:
        return text
    middle = min(spaces, key=lambda at: abs(2 * at - len(text)))
    return f"{_filled(text[:middle], said)} {_filled(text[middle + 1 :], said)}"


def _fitting(text: str, said: str) -> str:
    """A text as it stands in what OCR read; nothing where it does not, or is different at several places."""
    named = _RUN.split(text)
    if sum(map(str.isalnum, "".join(named))) < _NAMED:
        return ""
    parts = [r"\s*".join(re.escape(part) for part in re.split(r"\s+", own)) for own in named]
    for most in (1, _MOST):  # letters for one
        gaps = [rf"(\S{{{len(run) if most == 1 else 1},{most * len(run)}}}?)" for run in _RUN.findall(text)]
        pattern = "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True))
        starts, ends = r"(?<!\w)" if not named[0] else "", r"(?!\w)" if not named[-1] else ""
        found = {match.groups() for match in re.finditer(starts + pattern + ends, said)}
        if len(found) == 1:
            return "".join(own + letters for own, letters in zip(named, (*found.pop(), ""), strict=True))
    return ""


def _is_beside(row: Row, other: Row) -> bool:
    """Whether OCR read the other row at the height of a row, and not left or right of it."""
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = row.box, other.box
    return top < (other_top + other_bottom) / 2 < bottom and other_left < right and left < other_right
