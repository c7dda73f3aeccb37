"""Running headers, footers and page numbers: what stands at the same place on page after page, and says nothing there."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ragcli.reading.pdf_lines import CELL, Row

ZONE = 0.12  # share of the page's height, at the top and at the bottom
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:page|p\.|seite|-|–|—|\[|\|)?\s*(\d{1,4}|[ivxlc]{1,6}|[A-Z]-?\d{1,3})\s*(?:(?:/|of|sur|de|von|\|)\s*\d{1,4})?\s*(?:-|–|—|\]|\|)?",
    re.IGNORECASE,
)
_TOLERANCE = 4.0  # points between the baselines of one running header


def remove_furniture(pages: Sequence[list[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """Return the pages without their running headers, footers and page numbers.

    A row goes when its text, digits masked, stands on the same height of at least 3 pages, or of half of the pages of a shorter
    document; odd and even pages may differ. A row on page 1 goes only like any other, so that a title, which stands there once
    or in larger letters, stays. Page numbers go when they count with the pages.

    Args:
        pages: rows of each page, in any order.
        heights: of the pages, in points; 0 leaves a page alone.
    """
    needed = min(3, max(2, (len(pages) + 1) // 2))
    if len(pages) < 2:
        return [list(rows) for rows in pages]
    zoned = [_zones(rows, height) for rows, height in zip(pages, heights, strict=True)]
    seen: defaultdict[tuple[str, str], list[tuple[int, float, float]]] = defaultdict(
        list
    )  # page, distance from the edge, size
    offsets: defaultdict[tuple[str, int], set[int]] = defaultdict(set)  # page number minus position
    for number, zone in enumerate(zoned):
        for edge, distance, row in zone:
            for cell in row.text.split(CELL):
                seen[edge, _masked(cell)].append((number, distance, row.size))
                value = _counted(cell)
                if value is not None:
                    offsets[edge, value - number].add(number)
    return [
        _without(rows, zone, number, seen, offsets, needed)
        for number, (rows, zone) in enumerate(zip(pages, zoned, strict=True))
    ]


def _zones(rows: Sequence[Row], height: float) -> list[tuple[str, float, Row]]:
    """The outermost rows: at most four at the top and four at the bottom, with their distance from that edge."""
    if height <= 0:
        return []
    top = sorted((row.box[3], id(row), row) for row in rows if row.upright and row.box[3] < ZONE * height)[:4]
    bottom = sorted(
        (height - row.box[1], id(row), row) for row in rows if row.upright and row.box[1] > (1 - ZONE) * height
    )[:4]
    return [("top", distance, row) for distance, _, row in top] + [
        ("bottom", distance, row) for distance, _, row in bottom
    ]


def _masked(text: str) -> str:
    return _DIGITS.sub("#", text.lower()).strip()


def _counted(text: str) -> int | None:
    """The number that a page's number shows, roman ones too."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1]
    if digits.isdigit():
        return int(digits)
    return _roman(digits) if digits.isalpha() else int(re.sub(r"\D", "", digits))


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text.lower()]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _without(
    rows: Sequence[Row],
    zone: Sequence[tuple[str, float, Row]],
    page: int,
    seen: dict[tuple[str, str], list[tuple[int, float, float]]],
    offsets: dict[tuple[str, int], set[int]],
    needed: int,
) -> list[Row]:
    dropped: set[int] = set()
    for edge, distance, row in zone:
        repeated = numbers = 0
        cells = row.text.split(CELL)
        for cell in cells:
            value = _counted(cell)
            if value is not None and len(offsets[edge, value - page]) >= 2:
                numbers += 1
                continue
            alike = {
                other
                for other, there, size in seen[edge, _masked(cell)]
                if abs(there - distance) < _TOLERANCE and row.size < 1.1 * size + 0.1
            }
            repeated += len(alike) >= needed
        # One cell that repeats carries the others: `LOGIC   2. Quantifiers   17`, where the section changes.
        if repeated + numbers == len(cells) or (
            repeated and repeated + numbers >= len(cells) - 1 and len(row.text) < 120
        ):
            dropped.add(id(row))
    return [row for row in rows if id(row) not in dropped]
