"""Headings that a document names itself: those of its outline, and its title."""

from collections.abc import Mapping, Sequence

from ragcli.reading.normalise import letters_and_figures
from ragcli.reading.pdf.headings import is_entry, without_number
from ragcli.reading.pdf.typography import Typography
from ragcli.reading.text_layer.row import Row

Outline = Sequence[tuple[int, str, int]]  # level, title, page from 1: what Document.get_toc returns


def mark_outline(pages: Mapping[int, Sequence[Row]], outline: Outline) -> int:
    """Set `Row.level` on the rows that the outline names, on its page or the ones beside it.

    A title may run over three rows, and may lack its number on one of both sides.

    Returns: how many entries were found.
    """
    keys: dict[int, list[str]] = {}
    found = 0
    for level, title, page in outline:
        wanted = letters_and_figures(title)
        bare = letters_and_figures(without_number(title))
        if len(bare) < 2 or len(wanted) > 300:
            continue
        for number in (page, page + 1, page - 1):
            if number not in keys:
                keys[number] = [letters_and_figures(row.text) for row in pages.get(number, ())]
            span = _find(keys[number], pages.get(number, ()), wanted, bare)
            if span is not None:
                found += 1
                for row in pages[number][span[0] : span[1]]:
                    row.level, row.heading = level, found
                break
    return found


def _find(keys: Sequence[str], rows: Sequence[Row], wanted: str, bare: str) -> tuple[int, int] | None:
    for start, key in enumerate(keys):
        if not key or rows[start].level or rows[start].cells > 1 or is_entry(rows[start].text):
            continue
        own = key
        for end in range(start + 1, min(start + 4, len(keys)) + 1):
            if own in (wanted, bare) or (
                own.endswith(bare) and own[: -len(bare)].isalnum() and _is_number(own[: -len(bare)])
            ):
                return start, end
            if (
                end == len(keys)
                or is_entry(rows[end].text)
                or not (wanted.startswith(own) or bare.startswith(own) or bare[:12] in own)
                or len(own) > len(wanted)
            ):
                break
            own += keys[end]
    return None


def _is_number(key: str) -> bool:
    return (
        len(key) <= 6
        and (key.isdigit() or all(letter in "ivxl" for letter in key) or len(key) == 1 or key[1:].isdigit())
    ) or (key.startswith(("chapter", "chapitre", "appendix", "annexe", "section", "part")) and len(key) < 12)


def mark_title(rows: Sequence[Row], title: str, usual: Typography) -> None:
    """Make the document's title a heading of level 1 where page 1 shows it in larger letters than the body's."""
    key = letters_and_figures(title)
    larger = [row for row in rows if row.size > 1.08 * usual.size]
    span = _find([letters_and_figures(row.text) for row in larger], larger, key, key) if key else None
    for row in larger[slice(*span)] if span else ():
        row.level, row.heading = 1, -1
