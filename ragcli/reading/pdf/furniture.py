"""Running headers, footers and page numbers: what stands at one place on page after page, and says nothing there."""

import re
import statistics
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ragcli.reading.normalise import letters, letters_and_figures
from ragcli.reading.pdf.headings import is_entry
from ragcli.reading.text_layer.lines import CELL
from ragcli.reading.text_layer.row import Row

_ZONE = 0.15  # share of the page's height, at the top and at the bottom
_DENSITY = (
    0.35  # share of the pages from its first to its last that a running header stands on; odd and even pages may differ
)
_MOST = 0.4  # share of all pages (alternating headers have half of them), from which on it may touch the text
_WITHIN = 0.5  # share of the pages with a text at their edge that have it in their midst too, from which on it is body
_TOLERANCE = 4.0  # points between the heights of one running header
_LINES = 8  # numbered lines on a page, from which on the numbers are taken for line numbers
_SENTENCE = 40  # characters of a line of prose
_FEWEST_TITLES = 4  # pages that show a section's title on one height
_TITLES = 0.6  # share of what stands there
_LONGEST_TITLE = 120  # characters, with that of the chapter
_CUT_SHORT = 8  # letters of such a title
_FIFTHS = 3  # the same, where each fifth line has one
_PART = re.compile(r"^(?:chapter|chapitre|kapitel|section|abschnitt|appendix|annexe|anhang|part|partie|teil)(?=.{4})")
_TITLE_PARTS = re.compile(r"…\s*|\s+(?=\d+\.\d)")  # `3. Choosing a … 3.2. Which of the …`
_DIGITS = re.compile(r"\d{1,6}")
_NUMBER = re.compile(
    r"(?:page|p\.|seite|[-–—\[|])?\s*(\d{1,4}|[ivxlc]{1,6}|[A-Z]-?\d{1,3})"
    r"\s*(?:(?:/|of|sur|de|von|\|)\s*\d{1,4})?\s*[-–—\]|]?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Edge:
    """An outer row of a page: how far its inner side is from the page's edge, and what speaks against it."""

    row: Row
    side: str  # top or bottom
    distance: float
    in_zone: bool = True
    may_count: bool = True  # its number may be a page's, though it stands with words
    repeats: bool = False
    on_most: bool = False
    said: str = ""  # its letters and figures, but those that count with the pages


@dataclass(slots=True)
class _Seen:
    """Where a text stands: page, distance and size of its letters."""

    places: list[tuple[int, float, float]] = field(default_factory=list)

    def pages_like(self, edge: _Edge, afloat: bool) -> list[int]:
        """The pages where it stands in letters that are no smaller, and, unless it floats, on the same height."""
        size = edge.row.size
        return sorted(
            {
                page
                for page, there, its in self.places
                if (afloat or abs(there - edge.distance) < _TOLERANCE) and size < 1.1 * its + 0.1
            }
        )


def remove_furniture(pages: Sequence[list[Row]], heights: Sequence[float], size: float) -> list[list[Row]]:
    """Return the pages without their running headers, footers and page numbers.

    A row goes when its text stands on the same height of at least 3 pages, or of half of the pages of a shorter document,
    and on many of those between the first and the last. A number in it may count with the pages, and then its height is
    free (a page that was a web page has its footer after the text); any other difference makes it another text, but for
    what stands beside the number of the page: `2 Chapter 1. The mill`. Only outermost rows go, and only with some space
    to the text, or from most pages: the head of a long table is neither. Page 1 is no exception: a title, which stands
    there once or larger, stays. What the text does not say too stays once, for it could not be found any more: the header
    of a part on the first page of that part, whose only title it may be; a letterhead on its first page; a footer on its
    last. So do the titles of the sections that a page begins or ends in, where most pages show one on the same height. The
    numbers of lines, in the left margin, go as well; and what climbs the margin of most pages stays on the first alone.

    Args:
        pages: rows of each page.
        heights: of the pages as their text stands on them, in points; a page of height 0 is left alone.
        size: of the body's letters, in points; larger words with a number (`Exercise 3`) are headings.
    """
    count = len(pages)
    pages = _without_climbing([_without_line_numbers(rows) for rows in pages])
    if count < 2:
        return pages
    edges = [list(_edges(rows, height)) for rows, height in zip(pages, heights, strict=True)]
    for edge in (edge for outer in edges for edge in outer):
        edge.may_count = edge.row.size < 1.05 * size + 0.1 and not edge.row.bold
    seen: defaultdict[tuple[str, str, int | None], _Seen] = defaultdict(_Seen)
    for number, outer in enumerate(edges):
        for edge in outer:
            for cell in edge.row.text.split(CELL):
                for key in _keys(cell, number):
                    seen[edge.side, *key].places.append((number, edge.distance, edge.row.size))
    body = _texts_within(edges, pages)
    for number, outer in enumerate(edges):
        for edge in outer:
            if edge.row.text not in body:
                _judge(edge, number, count, seen)
    titles = _running_titles([[edge for edge in outer if edge.row.text not in body] for outer in edges], pages)
    dropped: list[_Edge] = []
    for rows, outer in zip(pages, edges, strict=True):
        for edge in outer:
            edge.repeats = edge.repeats or id(edge.row) in titles
        for side in ("top", "bottom"):
            dropped += _without_sentences(list(_dropped([edge for edge in outer if edge.side == side], rows)), rows)
    gone = {id(edge.row) for edge in dropped}
    kept = [row for rows in pages for row in rows if id(row) not in gone]
    unsure = [edge for edge in dropped if id(edge.row) not in titles]
    gone -= _first_of_parts(unsure, kept) | _said_once(unsure, kept)
    bodies = [[row for row in rows if id(row) not in gone] for rows in pages]
    emptied = sum(bool(rows) and not body for rows, body in zip(pages, bodies, strict=True))
    # Where it would leave most pages bare it is their content: forms and slides with one line at the top.
    return pages if 2 * emptied > count else bodies


def _without_line_numbers(rows: list[Row]) -> list[Row]:
    """Drop the numbers that drafts and pleadings have left of their lines: below each other, and counting.

    Those of each fifth line may be few. Where the text ends before the page does, numbers go on beside nothing.
    """
    numbers = [row for row in rows if row.text.isdecimal() and len(row.text) < 5 and row.upright]
    if len(numbers) < _FIFTHS:
        return rows
    right = statistics.median_low([row.right for row in numbers])
    left = statistics.median_low([row.left for row in numbers])
    at_right = [row for row in numbers if abs(row.right - right) < 4]
    at_left = [row for row in numbers if abs(row.left - left) < 4]
    numbers = sorted(at_right if len(at_right) >= len(at_left) else at_left, key=lambda row: row.base)
    edge = max(row.right for row in numbers)
    steps = Counter(int(below.text) - int(row.text) for row, below in pairwise(numbers))
    step, counting = max(steps.items(), key=lambda each: each[1], default=(0, 0))
    lines = sorted(row.base for row in rows if edge < row.left < edge + 60 and not row.text.isdecimal())
    if step not in (1, 5) or counting < 0.9 * (len(numbers) - 1) or len(lines) < 3:
        return rows
    within = [row for row in numbers if lines[0] - 4 < row.base < lines[-1] + 4]
    beside = sum(any(abs(line - row.base) < 4 for line in lines) for row in within)
    if step == 5:  # with lines between that have no number
        is_many = len(numbers) >= _FIFTHS and len(lines) > 3 * len(within)
    else:
        is_many = len(numbers) >= _LINES
    if not is_many or len(within) < 3 or beside < 0.7 * len(within):
        return rows
    gone = {id(row) for row in numbers}
    return [row for row in rows if id(row) not in gone]


def _without_climbing(pages: list[list[Row]]) -> list[list[Row]]:
    """Drop what runs across the text on one place of most pages, `Downloaded from …`, but for the first time."""
    places: defaultdict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for rows in pages:
        on_page = {(row.text, round(row.box[0] / 4), round(row.box[1] / 4)): row for row in rows if not row.upright}
        for place, row in on_page.items():
            places[place].append(row)
    needed = max(3, _MOST * len(pages))
    gone = {id(row) for rows in places.values() if len(rows) >= needed for row in rows[1:]}
    return [[row for row in rows if id(row) not in gone] for rows in pages] if gone else pages


def _edges(rows: Sequence[Row], height: float) -> Iterator[_Edge]:
    """The outermost rows, at most five at the top and five at the bottom, from the edge inwards.

    The lowest row of a page counts however high it stands, and a number alone that is the highest however low.
    """
    if height <= 0:
        return
    upright = [row for row in rows if row.upright]
    top = [_Edge(row, "top", row.bottom) for row in upright if row.bottom < _ZONE * height]
    bottom = [_Edge(row, "bottom", height - row.top) for row in upright if row.top > (1 - _ZONE) * height]
    if not top and upright:
        highest = min(upright, key=lambda row: row.top)
        if _counted(highest.text) is not None:  # `Exercise 3` may count with the pages, too
            top = [_Edge(highest, "top", highest.bottom, in_zone=False)]
    if not bottom and upright:
        lowest = max(upright, key=lambda row: row.bottom)
        bottom = [_Edge(lowest, "bottom", height - lowest.top, in_zone=False)]
    for outer in (top, bottom):
        yield from sorted(outer, key=lambda edge: edge.distance)[:5]


def _texts_within(edges: Sequence[Sequence[_Edge]], pages: Sequence[Sequence[Row]]) -> set[str]:
    """The texts at the edges of pages, but for numbers, that most of these pages hold further inwards as well."""
    at_edge: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for outer, rows in zip(edges, pages, strict=True):
        own = {id(edge.row) for edge in outer}
        texts = {edge.row.text for edge in outer if _counted(edge.row.text) is None}
        at_edge.update(texts)
        within.update(texts & {row.text for row in rows if id(row) not in own})
    # Once, it may be the title of a section, at the head of its only page.
    return {text for text, times in within.items() if times > 1 and times >= _WITHIN * at_edge[text]}


def _keys(cell: str, page: int) -> Iterator[tuple[str, int | None]]:
    """The cell's text; then for each number in it the text without it, and how far it is ahead of the page."""
    text = cell.strip().casefold()
    yield text, None
    for found in _DIGITS.finditer(text):
        yield f"{text[: found.start()]}#{text[found.end() :]}", int(found[0]) - page
    if text.isalpha() and (value := _counted(text)) is not None:
        yield "#", value - page


def _counted(text: str) -> int | None:
    """The number that a lone page number shows, roman ones too."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    shown = found[1]
    return _roman(shown) if shown.isalpha() else int(re.sub(r"\D", "", shown))


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text.lower()]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _judge(edge: _Edge, page: int, count: int, seen: dict[tuple[str, str, int | None], _Seen]) -> None:
    """Tell whether each cell of a row repeats, and whether it does so on most pages."""
    needed = min(3, max(2, (count + 1) // 2))
    cells = edge.row.text.split(CELL)
    repeating = 0
    most = True
    counts_pages = False
    said: list[str] = []
    for cell in cells:
        best, repeated = 0, ""
        is_number = _counted(cell) is not None
        for key in _keys(cell, page):
            is_pages = is_number and key[1] is not None  # a number alone that counts with them
            # Words, and a number that counts pages; or which page of how many it is, beside a date.
            counts = key[1] is not None and (sum(map(str.isalpha, key[0])) > 2 or key[0].endswith(f"#/{count}"))
            if not (is_pages or (edge.may_count if counts else edge.in_zone)):
                continue
            alike = seen[edge.side, *key].pages_like(edge, counts)
            dense = len(alike) >= _DENSITY * (alike[-1] - alike[0] + 1) if alike else False
            if len(alike) >= (2 if is_pages else needed) and (dense or (is_pages and len(alike) > 2)):
                times = count if is_pages else len(alike)
                counts_pages = counts_pages or (is_pages and len(alike) > 2)
                best, repeated = max((best, repeated), (times, "" if is_number else key[0]), key=lambda each: each[0])
        repeating += best > 0
        said.append(repeated)
        most = most and best >= _MOST * count
    # `LOGIC   2. Quantifiers   17`: one cell may change from section to section where the others are on most pages.
    # Beside the number of the page may stand what no other page has.
    edge.repeats = repeating == len(cells) or (counts_pages and len(cells) == 2)
    edge.on_most = edge.repeats and most
    edge.said = letters_and_figures("".join(said))


def _running_titles(edges: Sequence[Sequence[_Edge]], pages: Sequence[Sequence[Row]]) -> set[int]:
    """The outermost rows, on one height of most pages, that say what lines of the text say, perhaps cut short (`…`)."""
    titles: set[int] = set()
    for side in ("top", "bottom"):
        first = [edge for outer in edges if (edge := next((one for one in outer if one.side == side), None))]
        heights = Counter(round(edge.distance) for edge in first)
        height, _ = max(heights.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        outermost = [edge for edge in first if edge.in_zone and abs(edge.distance - height) < _TOLERANCE]
        short = [edge for edge in outermost if len(edge.row.text) <= _LONGEST_TITLE]
        is_many = len(outermost) >= max(_FEWEST_TITLES, _MOST * len(edges)) and len(short) >= _TITLES * len(outermost)
        if not is_many or all(edge.repeats for edge in short):
            continue  # before all rows are looked at, which takes longer
        own = {id(edge.row) for edge in outermost}
        lines = [row.text for rows in pages for row in rows if id(row) not in own]
        said = _lines_said([letters(line) for line in lines if not is_entry(line)])  # contents name the headings, too
        ordered = sorted(said) if any("…" in edge.row.text for edge in outermost) else ()
        found = [
            edge.row for edge in outermost if all(_is_said(cell, said, ordered) for cell in edge.row.text.split(CELL))
        ]
        if len(found) >= _TITLES * len(outermost):  # else it is where the text begins
            (usual, _), *_ = Counter(map(_style, found)).most_common(1)
            titles |= {id(row) for row in found if _style(row) == usual}
    return titles


def _style(row: Row) -> tuple[int, bool]:
    """Not whether it is slanted: `…` in a slanted header may not be."""
    return round(row.size), row.bold


def _is_said(cell: str, said: Container[str], ordered: Sequence[str]) -> bool:
    """Whether a cell is the number of a page, or the whole of a line, or the beginning of each where it is cut short."""
    if _counted(cell) is not None or letters(cell) in said:
        return True
    return "…" in cell and all(
        piece in said or (len(piece) >= _CUT_SHORT and _begins_one(piece, ordered))
        for piece in map(letters, _TITLE_PARTS.split(cell))
        if piece
    )


def _begins_one(piece: str, ordered: Sequence[str]) -> bool:
    at = bisect(ordered, piece)
    return at < len(ordered) and ordered[at].startswith(piece)


def _first_of_parts(dropped: Sequence[_Edge], kept: Sequence[Row]) -> set[int]:
    """The rows that name a part of the document and whose words stand nowhere else, on their first page."""
    parts = [(edge.row, _words(edge.row)) for edge in dropped if not edge.on_most]
    said = _lines_said([letters(row.text) for row in kept]) if any(words for _, words in parts) else set()
    first: set[int] = set()
    for row, words in parts:
        if not words <= said:
            said |= words
            first.add(id(row))
    return first


def _words(row: Row) -> set[str]:
    """What the cells of a row say, but for numbers and the like."""
    words = (_PART.sub("", letters(cell)) for cell in row.text.split(CELL))
    return {word for word in words if len(word) > 3}


def _lines_said(lines: Sequence[str]) -> set[str]:
    """Each line, and each two and three that follow each other: `Chapter 1` above its title is one line of a header."""
    return {*lines, *map("".join, pairwise(lines)), *map("".join, zip(lines, lines[1:], lines[2:], strict=False))}


def _said_once(dropped: Sequence[_Edge], kept: Sequence[Row]) -> set[int]:
    """The rows of most pages that say what stands nowhere else, once each, where they part no sentence."""
    tops = [edge for edge in dropped if edge.on_most and edge.side == "top"]
    bottoms = [edge for edge in dropped if edge.on_most and edge.side == "bottom"]
    candidates: dict[str, Row] = {}
    for edge in (*tops, *reversed(bottoms)):
        if len(edge.said) > 3:
            candidates.setdefault(edge.said, edge.row)
    said = "".join(letters_and_figures(row.text) for row in kept) if candidates else ""
    return {id(row) for words, row in candidates.items() if words not in said}


def _dropped(outer: Sequence[_Edge], rows: Sequence[Row]) -> Iterator[_Edge]:
    """The rows of one side that go."""
    candidates = {id(edge.row) for edge in outer if edge.repeats}
    outermost = True
    for edge in outer:
        if not edge.repeats:
            outermost = False
        elif edge.on_most or (outermost and _space(edge, rows, candidates) > 0.9 * edge.row.size):
            yield edge
        else:
            outermost = False


def _without_sentences(dropped: list[_Edge], rows: Sequence[Row]) -> list[_Edge]:
    """The rows to drop, without those of a paragraph that goes on in the text: letters to many begin alike."""
    gone = {id(edge.row) for edge in dropped}
    torn = {
        above.block
        for above, below in pairwise(rows if dropped else ())
        if (id(above) in gone) != (id(below) in gone)
        and above.block == below.block
        and above.text[-1] not in ".!?:"
        and len(above.text) > _SENTENCE < len(below.text)
        and abs(above.size - below.size) < 0.5
    }
    return [edge for edge in dropped if edge.row.block not in torn]


def _space(edge: _Edge, rows: Sequence[Row], candidates: set[int]) -> float:
    """Points from a row to the text inwards of it."""
    outer = edge.row
    inwards = [row for row in rows if id(row) not in candidates and row.upright]
    if edge.side == "top":
        return min((row.top - outer.bottom for row in inwards if row.top >= outer.top - 1), default=1000.0)
    return min((outer.top - row.bottom for row in inwards if row.bottom <= outer.bottom + 1), default=1000.0)
