"""Tables of a recognised page: its words are set on an empty page where they stand, and the usual finder looks at that."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf_tables.finder import Table, find_tables

_SMALLEST = 2.0  # points of a letter
_SAME_LINE = 0.4  # sizes between the baselines of one line
_ALIGNED = 0.7  # sizes by which two heads together may miss the columns below them
_APART = 0.3  # sizes by which each of them is then set narrower: with a blank alone between them the finder sees one


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a line that stand together, each with its left and right, upright and in points."""

    words: tuple[tuple[str, float, float], ...]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        return " ".join(word for word, _, _ in self.words)


def find_recognised_tables(blocks: Sequence[Mapping[str, Any]], width: float, height: float) -> list[Table]:
    """Return the tables among what OCR read of a page; lines that run across most others are left out.

    Rulings are not looked at: drawn on the page as well they helped some tables and parted others.

    Args:
        blocks: as `Page.get_text("dict")` has them, in points of the unrotated page.
        width: of that page, like height.
    """
    lines = [line for block in blocks for line in block["lines"]]
    if not lines:
        return []
    upright = _upright(lines, width, height)
    rect = pymupdf.Rect(0, 0, width, height) * upright
    with pymupdf.open() as document:
        page = document.new_page(width=rect.width, height=rect.height)
        writer, font = pymupdf.TextWriter(page.rect), pymupdf.Font("helv")
        direction = _direction(lines)
        spans = [span for line in lines if line["dir"] == direction for span in line["spans"]]
        for piece in _with_heads_apart([_piece(span, upright) for span in spans]):
            wide = (piece.right - piece.left) / max(font.text_length(piece.text, 1), 0.1)  # as wide as on the scan
            size = max(_SMALLEST, min(piece.size, wide))
            writer.append(pymupdf.Point(piece.left, piece.base), piece.text, font=font, fontsize=size)
        writer.write_text(page)
        back = ~upright
        return [replace(table, box=tuple(pymupdf.Rect(table.box) * back)) for table in find_tables(page)]


def _piece(span: Mapping[str, Any], upright: Any) -> _Piece:
    words = [(text, pymupdf.Rect(box) * upright) for text, box in span["words"]]
    box, base = pymupdf.Rect(span["bbox"]) * upright, (pymupdf.Point(span["origin"]) * upright).y
    return _Piece(tuple((text, word.x0, word.x1) for text, word in words), box.x0, box.x1, base, span["size"])


def _with_heads_apart(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Part the heads of two columns that a mere blank keeps apart, for the finder would see one column.

    They are such where two pieces of the line below stand apart, and the words before and after the blank each begin or
    end where one of these does, or have their middle over its. A line of one piece is no row of heads.
    """
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.base):
        if lines and piece.base - lines[-1][0].base < _SAME_LINE * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    apart: list[_Piece] = []
    for line, below in zip(lines, [*lines[1:], []], strict=True):
        for piece in line:
            apart += _parted(piece, below) if len(line) > 1 else [piece]
    return apart


def _parted(piece: _Piece, below: Sequence[_Piece]) -> list[_Piece]:
    best, parts = _ALIGNED * piece.size, [piece]
    for left, right in pairwise(sorted(below, key=lambda each: each.left)):
        for n in range(1, len(piece.words)):
            first = replace(piece, words=piece.words[:n], right=piece.words[n - 1][2])
            second = replace(piece, words=piece.words[n:], left=piece.words[n][1])
            missed = _missed(first, left) + _missed(second, right)
            if missed < best and first.right <= right.left and second.left >= left.right:
                aside = _APART * piece.size
                best = missed
                parts = [replace(first, right=first.right - aside), replace(second, left=second.left + aside)]
    return parts


def _missed(head: _Piece, column: _Piece) -> float:
    """How far a head is from standing at the left, at the right or in the middle of its column."""
    left, right = abs(head.left - column.left), abs(head.right - column.right)
    return min(left, right, abs(head.left + head.right - column.left - column.right) / 2)


def _direction(lines: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """In which most of the text runs."""
    letters: Counter[tuple[float, float]] = Counter()
    for line in lines:
        letters[line["dir"]] += sum(len(span["text"]) for span in line["spans"])
    return max(letters, key=lambda direction: letters[direction])


def _upright(lines: Sequence[Mapping[str, Any]], width: float, height: float) -> Any:
    """The matrix that turns the page so that its text runs to the right, its top left corner at 0, 0."""
    dx, dy = _direction(lines)
    turn = pymupdf.Matrix(dx, -dy, dy, dx, 0, 0)
    corner = (pymupdf.Rect(0, 0, width, height) * turn).top_left
    return turn * pymupdf.Matrix(1, 0, 0, 1, -corner.x, -corner.y)
