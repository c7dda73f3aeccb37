"""Where a second pass read better than the first: its tables and equations take the place of the rows that they hold."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ragcli.reading.boxes import around, share_inside
from ragcli.reading.captions import CAPTION
from ragcli.reading.fonts.glyph_names import BULLET, UNKNOWN
from ragcli.reading.normalise import SOFT_HYPHEN
from ragcli.reading.pdf.paragraphs import Draft, paragraphs
from ragcli.reading.pdf.typography import Typography, on_page
from ragcli.reading.tables.markdown import as_cell
from ragcli.reading.tables.pages import continued
from ragcli.reading.text_layer.forms import TICKS
from ragcli.reading.text_layer.row import Row
from ragcli.records import Block, Box, Page

_INSIDE = 0.6  # share of a row's box within a region, from which the row belongs to it
_HELD = 0.9  # share of the words of its rows that a region must hold: it may not lose what the first pass read

_SIGNS = f"°±≤≥µμΩ\u2126{UNKNOWN}"  # without which a value is another one
_LARGER = 1.15  # times the usual size of a table's letters: a title's
_SAME_LINE = 0.4  # sizes between the baselines of one line
_HIGHER = 6.0  # points by which a table that goes on in the next column begins above where it began
_LINE = 60  # characters of a caption that was taken for text
_NOWHERE = (0.0, 0.0, 0.0, 0.0)  # of a region without a place


def with_regions(rows: Sequence[Row], usual: Typography, found: Sequence[Block]) -> list[Draft]:
    """The drafts of a page, with `found` where the first of their rows stood.

    A region without a row is left out, for its place is unknown; and so is one that does not hold the words of its rows.
    """
    usual = on_page(rows, usual)
    owner: list[int | None] = [None] * len(rows)
    kept: dict[int, Block] = {}
    beside: dict[int, list[int]] = {}  # by the first of tables that stand side by side the others
    for numbers in _side_by_side(found, rows):
        first = numbers[0]
        boxes = [found[number].bbox or _NOWHERE for number in numbers]
        inside = [n for n, row in enumerate(rows) if owner[n] is None and _stands_in(row, boxes)]
        block = replace(found[first], text="\n".join(found[number].text for number in numbers))
        if not inside or not _holds(block, [rows[n] for n in inside]):
            continue
        kept |= {number: found[number] for number in numbers}
        if len(numbers) > 1:
            beside[first] = numbers[1:]
        elif block.kind == "table" and (below := _without_title(block, [rows[n] for n in inside])):
            kept[first], inside = below, inside[1:]
        for n in inside:
            owner[n] = first
    drafts: list[Draft] = []
    placed: dict[int, Draft] = {}
    for number, group in groupby(range(len(rows)), key=lambda n: owner[n]):
        members = [rows[n] for n in group]
        if number is None:
            drafts += paragraphs(members, usual)
        elif number in placed:
            placed[number].rows += members
        else:
            whole = [
                Draft(members, kept[n].kind, tabular=True, region=kept[n]) for n in (number, *beside.get(number, ()))
            ]
            placed[number] = whole[0]
            drafts += whole
    return drafts


def _side_by_side(found: Sequence[Block], rows: Sequence[Row]) -> list[list[int]]:
    """The numbers of the regions, those together from the left that stand side by side and have rows in common."""
    groups: list[list[int]] = []
    for number, block in enumerate(found):
        beside = [group for group in groups if any(_have_in_common(found[group[-1]], block, row) for row in rows)]
        if beside:
            beside[0].append(number)
        else:
            groups.append([number])
    return [sorted(group, key=lambda n: (found[n].bbox or _NOWHERE)[0]) for group in groups]


def _have_in_common(one: Block, other: Block, row: Row) -> bool:
    """Whether a row is one of two tables, and of neither alone."""
    if one.bbox is None or other.bbox is None or one.kind != "table" or other.kind != "table":
        return False
    shares = share_inside(row.box, one.bbox), share_inside(row.box, other.bbox)
    return 0 < min(shares) <= max(shares) <= _INSIDE < share_inside(row.box, around(one.bbox, other.bbox))


def _stands_in(row: Row, boxes: Sequence[Box]) -> bool:
    shares = [share_inside(row.box, box) for box in boxes]
    return max(shares) > _INSIDE or (
        sum(share > 0 for share in shares) > 1 and share_inside(row.box, around(*boxes)) > _INSIDE
    )


def _without_title(table: Block, rows: Sequence[Row]) -> Block | None:
    """The table without its first row, where that is a line in larger letters, cut into cells; else None."""
    title, lines = rows[0], table.text.split("\n")
    sizes = sorted(row.size for row in rows)
    if len(lines) < 4 or title.cells > 1 or title.size < _LARGER * sizes[len(sizes) // 2] or table.bbox is None:
        return None
    at = 0 if lines[0].strip("| ") else 2  # a form has no head
    if "".join(lines[at].replace("|", "").split()) != "".join(title.text.replace("|", "").split()):
        return None
    x0, _, x1, y1 = table.bbox
    return replace(table, text="\n".join([lines[2 - at], lines[1], *lines[3:]]), bbox=(x0, title.box[3], x1, y1))


def _holds(block: Block, rows: Sequence[Row]) -> bool:
    """Whether a region holds the words of its rows; of a formula's, where the passes set indices apart, the long ones.

    Compared without white space, piece by piece: the finder joins what the first pass kept apart, and back.
    """
    letters = "".join(block.text.split())
    texts = [BULLET.sub("", row.text.replace(SOFT_HYPHEN, "")) for row in rows]
    words = [
        word.removesuffix("-")  # of a word that the region has whole
        for text in texts
        for word in (as_cell(text) if block.kind == "table" else text).split()
        if word.strip(".")  # the leaders before a figure are no word of it
    ]
    if any(word in TICKS and word not in letters for word in words):
        return False
    if any(sum(text.count(sign) for text in texts) > letters.count(sign) for sign in _SIGNS):
        return False
    if block.kind == "equation":
        words = [word for word in words if word.isalpha() and len(word) > 3]
    return sum(word in letters for word in words) >= _HELD * len(words)


def headed_apart(drafts: Iterable[Draft]) -> Iterator[Box]:
    """The boxes of the tables whose first line is set in other letters than most of the others."""
    for draft in drafts:
        if draft.region is None or draft.region.kind != "table" or draft.region.bbox is None:
            continue
        base = draft.rows[0].base
        first = {_letters(row) for row in draft.rows if abs(row.base - base) < _SAME_LINE * row.size}
        others = Counter(_letters(row) for row in draft.rows if abs(row.base - base) >= _SAME_LINE * row.size)
        if others and others.most_common(1)[0][0] not in first:
            yield draft.region.bbox


def _letters(row: Row) -> tuple[bool, bool, int]:
    return row.bold, row.italic, round(row.size)


def join_tables(pages: Sequence[Page], set_apart: Collection[tuple[int | None, Box]] = ()) -> list[Page]:
    """Mark the tables that go on from the page before, or from the column: the last thing there, the first here.

    Notes at the foot of a page are beside the text; and a table goes on below a caption with the number of the one before.

    Args:
        set_apart: the tables, by page and box, of which the first row is set otherwise than the others.
    """
    joined: list[Page] = []
    before: tuple[int, Block] | None = None  # the table that ends what was walked, and its page
    has_head, caption, named = False, "", ""  # whether its head is set apart; its caption, and the last since
    for at, page in enumerate(pages):
        blocks = list(page.blocks)
        for n, block in enumerate(blocks):
            if block.kind == "table":
                own = (page.number, block.bbox) in set_apart
                table = _further(before, at, block, (has_head, own)) if before and named in ("", caption) else None
                if table:
                    blocks[n] = table
                else:
                    has_head, caption = own, named
                before, named = (at, blocks[n]), ""
            elif label := _label(block):
                named = label
            elif block.kind != "footnote":
                before, named = None, ""
        joined.append(replace(page, blocks=tuple(blocks)))
    return joined


def _further(before: tuple[int, Block], at: int, block: Block, is_set_apart: tuple[bool, bool]) -> Block | None:
    """The table as the continuation of that before it, on the same page or the one before."""
    number, table = before
    first = table if number + 1 == at else _in_next_column(table, block) if number == at else None
    return continued(first, block, is_set_apart) if first else None


def _label(block: Block) -> str:
    """What a caption, or a line like one, begins with: `Table 3` of `Table 3 (continued)`."""
    found = CAPTION.match(block.text)
    if found is None or (block.kind != "caption" and len(block.text) > _LINE):
        return ""
    return block.text[: found.start("rest")].casefold()


def _in_next_column(table: Block, below: Block) -> Block | None:
    """A table as if it stood in the column to the right, in which another begins further up; None where none does."""
    if table.bbox is None or below.bbox is None:
        return None
    left, top, right, bottom = table.bbox
    if below.bbox[0] < right or below.bbox[1] > top - _HIGHER:
        return None
    aside = below.bbox[0] - left
    return replace(table, bbox=(left + aside, top, right + aside, bottom))
