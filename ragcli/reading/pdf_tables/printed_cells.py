"""Tables without lines of spreadsheets that were printed: each cell is drawn as one piece, and pieces tell the columns.

The table finder sees words and white, and takes two columns for one where less white than between words parts them, or
a head that stands to the left and figures that stand to the right for two.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ragcli.reading.boxes import around
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.normalise import clean, raised
from ragcli.reading.pdf_tables.money import CLOSES, OPENS
from ragcli.reading.tables.cells import Cell
from ragcli.reading.text_layer.row import RAISED
from ragcli.records import Box

_FLAGS = pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES | pymupdf.TEXT_INHIBIT_SPACES
_APART = 0.12  # of the letters' size, from which two letters belong to two pieces
_SPACE = 0.45  # at most, of white that may stand for a space
_WORD_APART = 0.45  # heights of a line, up to which white parts words
_BORDERS = 4  # of columns that stand as close as words
_INTO = 4.0  # points by which a line of text reaches into both columns that it runs through
_LEADING = 0.5  # heights of a line, up to which white parts lines of one text
_GAP = re.compile(r"\s{2,}")  # by which spaces part columns
_ROWS = 3  # in which two columns stand that the finder took for one
_WORDS = 1.0  # heights of a line, up to which white within a ruled column parts words
_TALL = 5.0  # points of an upright line between columns
_TOUCHING = 2.0  # points by which a head reaches into the column beside its own
_BEHIND = 4.0  # points by which the sign of a share may stand behind its figure, or reach into its blank
_SMALL = 0.85  # of the height of what a figure is raised at
_OVERHANG = 2.0  # points by which a letter may reach over such a line
_Span = tuple[float, float]  # from left to right
_Range = tuple[int, int]  # the first and the last of columns


@dataclass(frozen=True, slots=True)
class Piece:
    """What was drawn at once: the text of a cell, or a line of it."""

    text: str
    box: Box


def pieces_of(page: Any, lines: Sequence[Box] = ()) -> list[Piece]:
    """The pieces of a pymupdf.Page that is not turned; none where spaces are not written but left, as TeX does.

    Args:
        lines: of the page, see `rulings`: spreadsheets begin a cell where the one before it ends, at the line between them.
    """
    pieces: list[Piece] = []
    spaces = 0
    upright = sorted(line for line in lines if line[3] - line[1] > _TALL)
    left_white: set[int] = set()  # where letters stand after white that may be for a space: in prose, all over the page
    for block in page.get_text("rawdict", flags=_FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            if line["dir"] != (1.0, 0.0):
                continue
            for span in line["spans"]:
                signs = signs_of(span["font"])
                for letter in span["chars"]:
                    sign = spelt_out(letter["c"], signs) if signs else letter["c"]
                    x0, y0, x1, y1 = letter["bbox"]
                    last = pieces[-1].box if pieces else None
                    white = x0 - last[2] if last and abs(last[3] - y1) < 0.3 * span["size"] else None
                    is_near = white is not None and -1.0 < white < _APART * span["size"]
                    if is_near and not _are_parted(pieces[-1].box, letter["bbox"], upright):
                        pieces[-1] = Piece(pieces[-1].text + sign, around(pieces[-1].box, letter["bbox"]))
                    else:
                        if white is not None and 0 < white < _SPACE * span["size"]:
                            left_white.add(round(x0))
                        pieces.append(Piece(sign, (x0, y0, x1, y1)))
                    spaces += letter["c"] == " "
    if len(left_white) > spaces + _BORDERS:
        return []
    return [piece for piece in pieces if piece.text.strip()]


def lines_of_words(page: Any) -> list[Piece]:
    """What is written without wide white on each line of a page that leaves white for spaces, as TeX does."""
    said: list[Piece] = []
    for left, top, right, bottom, word, *_ in page.get_text("words"):
        last = said[-1].box if said else None
        if last and abs(last[3] - bottom) < 0.3 * (bottom - top) and 0 < left - last[2] < _WORD_APART * (bottom - top):
            said[-1] = Piece(f"{said[-1].text} {word}", around(last, (left, top, right, bottom)))
        else:
            said.append(Piece(word, (left, top, right, bottom)))
    return said


def _are_parted(piece: Box, letter: Box, upright: Sequence[Box]) -> bool:
    """Whether an upright line runs between a piece and the letter behind it; the lines are sorted."""
    height, stop = (letter[1] + letter[3]) / 2, (letter[0] + letter[2]) / 2
    for line in upright[bisect_left(upright, piece[2] - _OVERHANG, key=lambda line: line[0]) :]:
        if line[0] >= stop:
            return False
        if line[1] < height < line[3]:
            return True
    return False


def by_pieces(
    cells: Sequence[Cell], heads: int, pieces: Sequence[Piece], ruled: Sequence[_Span] = ()
) -> list[Cell] | None:
    """The cells of a table in the columns that its pieces stand in; None where the finder has those, or they don't tell.

    Args:
        cells: as the finder has them, with their boxes.
        heads: how many of its rows are heads.
        pieces: those that stand in the table.
        ruled: the columns, where lines part them.
    """
    tops = {cell.row: cell.box[1] for cell in cells if cell.box}
    if not pieces or len(tops) < heads + _ROWS or any(cell.rows > 1 for cell in cells):
        return None
    rows: dict[int, list[Piece]] = {row: [] for row in sorted(tops)}
    for piece in with_figures(pieces):
        middle = (piece.box[1] + piece.box[3]) / 2
        rows[max((row for row in tops if tops[row] <= middle), default=min(tops))].append(piece)
    drawn_in = _spans(piece for row in rows if row >= heads for piece in rows[row])
    columns = list(ruled) or _with_heads(drawn_in, rows.get(heads - 1, []))
    if not columns:
        return None
    placed = {row: _in_columns(members, columns) for row, members in rows.items()}
    white = _WORDS if ruled else 0.0
    if any(_are_side_by_side(several, white) for row in placed.values() for several in row.values()):
        return None
    bottoms = {cell.row: cell.box[3] for cell in cells if cell.box}
    drawn = [
        Cell(
            row,
            first,
            1,
            last - first + 1,
            _text(several),
            (columns[first][0], tops[row], columns[last][1], bottoms[row]),
        )
        for row, members in placed.items()
        for (first, last), several in sorted(members.items())
    ]
    is_known = len(columns) == max(cell.column + cell.columns for cell in cells) and not _are_other(cells, drawn, heads)
    return None if is_known else drawn


def with_runs(cells: Sequence[Cell], heads: int, pieces: Sequence[Piece]) -> list[Cell]:
    """The cells with those of a row as one through which a line of text runs, and with it the lines that go on below.

    The finder cuts what is written over several columns of a form between words, and puts together what stands below each
    other. Where lines run over a border in every second row, the columns stand as close as words, and all is left.

    Args:
        heads: how many of its rows are heads, which are left.
        pieces: those that stand in the table.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text and cell.box and cell.row >= heads and cell.rows == 1:
            rows.setdefault(cell.row, []).append(cell)
    kept = {(cell.row, cell.column): cell for cell in cells}
    for run in _runs(rows, pieces):
        if (run[0].row, run[0].column) not in kept:  # it went on with the one above
            continue
        members = list(run)
        while _goes_on(run, members, below := rows.get(members[-1].row + 1, []), pieces):
            members += below
        said = [piece for piece in pieces if any(_is_in(piece, cell) for cell in members)]
        if _letters(piece.text for piece in said) == _letters(cell.text for cell in members):
            for cell in members:
                del kept[cell.row, cell.column]
            columns = run[-1].column + run[-1].columns - run[0].column
            box = around(*map(_box, (members[0], run[-1], members[-1])))
            kept[run[0].row, run[0].column] = replace(run[0], columns=columns, text=_text(said), box=box)
    return list(kept.values())


def _runs(rows: Mapping[int, Sequence[Cell]], pieces: Sequence[Piece]) -> list[list[Cell]]:
    """The cells beside each other where all that stands in the right one runs into it from the left one."""
    pairs = [pair for members in rows.values() for pair in pairwise(members)]
    within = [[piece for piece in pieces if _is_in(piece, other)] for _, other in pairs]
    crossed = [
        pair
        for pair, found in zip(pairs, within, strict=True)
        if found and all(_runs_over(piece, *pair) for piece in found)
    ]
    beside, often = (Counter(other.column for _, other in each) for each in (pairs, crossed))
    runs: list[list[Cell]] = []
    for one, other in crossed:
        if 2 * often[other.column] >= beside[other.column]:
            continue
        if runs and runs[-1][-1] is one:
            runs[-1].append(other)
        else:
            runs.append([one, other])
    return runs


def _runs_over(piece: Piece, one: Cell, other: Cell) -> bool:
    left, _, right, _ = piece.box
    reaches = left < _box(one)[2] - _INTO and right > _box(other)[0] + _INTO
    return reaches and _is_in(piece, one) and not _GAP.search(piece.text.strip())


def _goes_on(run: Sequence[Cell], members: Sequence[Cell], below: Sequence[Cell], pieces: Sequence[Piece]) -> bool:
    """Whether the next row holds but the next line of a run: no label, and no more white than between lines."""
    if not below or below[0].column != run[0].column or below[-1].column > run[-1].column:
        return False
    upper = [piece.box for piece in pieces if any(_is_in(piece, cell) for cell in members)]
    lower = [piece.box for piece in pieces if any(_is_in(piece, cell) for cell in below)]
    if not upper or not lower:
        return False
    white = min(box[1] for box in lower) - max(box[3] for box in upper)
    return white < _LEADING * (lower[0][3] - lower[0][1])


def _is_in(piece: Piece, cell: Cell) -> bool:
    left, top, right, bottom = piece.box
    x0, y0, x1, y1 = _box(cell)
    return y0 <= (top + bottom) / 2 < y1 and left < x1 - 1 and right > x0 + 1


def _box(cell: Cell) -> Box:
    return cell.box or (0.0, 0.0, 0.0, 0.0)


def letters_of(cells: Iterable[Cell]) -> list[str]:
    """All that cells say, sorted: the same where they only stand in other places."""
    return _letters(cell.text for cell in cells)


def _letters(texts: Iterable[str]) -> list[str]:
    return sorted("".join(clean("".join(texts)).split()))


def with_figures(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with each sign of money or of a share and its figure as one, and raised figures with what they are raised at."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and (text := _as_one(last, piece)):
            joined[-1] = Piece(text, around(last.box, piece.box))
        else:
            joined.append(piece)
    return joined


def _as_one(last: Piece, piece: Piece) -> str | None:
    """What two pieces say that follow each other in one cell; None where they need not be of one."""
    white = piece.box[0] - last.box[2]
    if abs(last.box[3] - piece.box[3]) < 1:
        if OPENS.fullmatch(last.text.strip()) and white > -1:
            return f"{last.text} {piece.text}"
        if CLOSES.fullmatch(piece.text.strip()) and last.text.rstrip()[-1:].isdigit() and abs(white) < _BEHIND:
            return last.text + piece.text
    height = last.box[3] - last.box[1]
    is_small = piece.box[3] - piece.box[1] < _SMALL * height and piece.box[3] < last.box[3] - 1 and abs(white) < 1
    return last.text + raised(last.text, piece.text) if is_small and RAISED.fullmatch(piece.text) else None


def _spans(pieces: Iterable[Piece]) -> list[_Span]:
    """What pieces cover from side to side, those that overlap as one."""
    spans: list[_Span] = []
    for left, right in sorted((piece.box[0], piece.box[2]) for piece in pieces):
        if spans and left < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], right)
        else:
            spans.append((left, right))
    return spans


def _with_heads(columns: list[_Span], heads: Sequence[Piece]) -> list[_Span]:
    """Columns that reach out to their heads: a word may stand left of all figures below it, or right of all words."""
    reached = list(columns)
    free = len(columns)  # columns from here on have their heads
    for left, right in sorted(((piece.box[0], piece.box[2]) for piece in heads), reverse=True):
        over = [n for n, span in enumerate(columns) if left < span[1] and right > span[0]]
        following = next((n for n, span in enumerate(columns) if span[0] >= right), len(columns))
        column = over[0] if over else following if following < free else following - 1
        if not 0 <= column < free:
            return columns
        free = column
        if len(over) < 2:
            reached[column] = min(reached[column][0], left), max(reached[column][1], right)
    return reached if all(one[1] <= other[0] for one, other in pairwise(reached)) else columns


def _in_columns(pieces: Sequence[Piece], columns: Sequence[_Span]) -> dict[_Range, list[Piece]]:
    """The pieces of a row by the first and the last column over which they stand; those that share one are together."""
    placed: dict[_Range, list[Piece]] = {}
    for piece in pieces:
        over = _over(piece.box, columns, _TOUCHING) or _over(piece.box, columns, 0.0)
        nearest = min(range(len(columns)), key=lambda n: abs(sum(columns[n]) - piece.box[0] - piece.box[2]))
        first, last = (over[0], over[-1]) if over else (nearest, nearest)
        several = [piece]
        for known in [known for known in placed if known[0] <= last and first <= known[1]]:
            first, last = min(first, known[0]), max(last, known[1])
            several = placed.pop(known) + several
        placed[first, last] = several
    return placed


def _over(box: Box, columns: Sequence[_Span], reach: float) -> list[int]:
    """The columns that a piece stands in by more than so many points."""
    return [n for n, (left, right) in enumerate(columns) if box[0] < right - reach and box[2] > left + reach]


def _are_side_by_side(pieces: Sequence[Piece], white: float) -> bool:
    """Whether two stand on one line with more white between them, in heights of it."""
    return any(
        one.box[1] < other.box[3] - 1
        and other.box[1] < one.box[3] - 1
        and (not white or max(one.box[0] - other.box[2], other.box[0] - one.box[2]) > white * (one.box[3] - one.box[1]))
        for one, other in pairwise(sorted(pieces, key=lambda piece: piece.box[0]))
    )


def _are_other(found: Sequence[Cell], drawn: Sequence[Cell], heads: int) -> bool:
    """Whether the finder has other cells than were drawn: in the last row of heads, or in several rows."""
    told, known = _texts_by_row(found), _texts_by_row(drawn)
    rows = [row for row in known if told.get(row) != known[row]]
    return heads - 1 in rows or len(rows) >= _ROWS


def _texts_by_row(cells: Sequence[Cell]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text:
            texts.setdefault(cell.row, []).append("".join(cell.text.split()))
    return texts


def _text(pieces: Sequence[Piece]) -> str:
    ordered = sorted(pieces, key=lambda piece: (piece.box[3], piece.box[0]))
    return " ".join(clean(" ".join(piece.text for piece in ordered)).split())
