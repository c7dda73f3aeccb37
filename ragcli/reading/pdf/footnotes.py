"""Footnotes of a page: small letters at its foot, behind a mark that stands in the text above."""

import re
from collections.abc import Sequence

from ragcli.reading.normalise import raised, unraised
from ragcli.reading.pdf.paragraphs import SMALL, STUCK, Draft
from ragcli.reading.pdf.typography import Typography
from ragcli.reading.text_layer.row import Row

_MARKS = "*∗†‡¹²³"
_WORD = re.compile(r"[^\W\d_]{3}")  # the label of an axis is raised, too: `10³`
_NUMBERED = re.compile(r"(\d{1,3})[.)]? ")


def mark_footnotes(drafts: Sequence[Draft], usual: Typography, height: float) -> None:
    """Set the kind of a page's footnotes. All are small, and begin in its lower half.

    The mark is raised; or a number of the line's own size, as in French, that stands raised in the text; or it is stuck to
    its note, and nothing but such follows below: then it is raised here and there.

    Args:
        height: of the page as it is read, in points.
    """
    small = [
        draft
        for draft in drafts
        if draft.kind in ("text", "list")
        and draft.region is None
        and (first := draft.rows[0]).upright
        and first.size < SMALL * usual.size
        and first.top > 0.5 * height
        and _WORD.search(first.text)
    ]
    referred: set[str] | None = None
    for draft in small:
        first = draft.rows[0]
        if first.raised or first.text[0] in _MARKS:
            draft.kind = "footnote"
        elif found := _NUMBERED.match(first.text):
            if referred is None:
                referred = set(
                    unraised(row.text for draft in drafts for row in draft.rows if row.size >= SMALL * usual.size)
                )
            if found[1] in referred:
                draft.kind = "footnote"
        elif (found := STUCK.match(first.text)) and not any(_is_below(other, draft, usual) for other in drafts):
            draft.kind = "footnote"
            first.text = f"{raised('', found[1])} {first.text[found.end() :]}"
            _raise_mark(found[1], [row for other in drafts for row in other.rows if row.size >= SMALL * usual.size])


def _raise_mark(number: str, rows: Sequence[Row]) -> None:
    """Raise the mark of a note that is stuck to it, where one place alone can be it: `the river.3 Then`."""
    mark = re.compile(rf"(?<=[^\W\d_])([.,;:!?»”’)]{{0,2}}){number}(?=[\s,.;:)]|$)")
    places = [(row, found) for row in rows if number in row.text for found in mark.finditer(row.text)]
    if len(places) == 1:
        row, found = places[0]
        before = row.text[: found.end(1)]
        row.text = before + raised(before, number) + row.text[found.end() :]


def _is_below(other: Draft, draft: Draft, usual: Typography) -> bool:
    """Whether text in larger letters stands below a note in its column."""
    row, note = other.rows[0], draft.rows[0]
    return row.size >= SMALL * usual.size and row.top > note.top and row.left < note.right and row.right > note.left
