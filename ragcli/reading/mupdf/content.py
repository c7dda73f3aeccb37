"""What a page of a PDF shows: its text, and when they are asked for its pictures and paths, both from one display list.

To interpret a page costs more than all that is read from it. The text does not come from that list, which leaves out
spaces that are drawn alone; but of a page with a map or a large plot it does, for to interpret that twice is the slowest.
"""

import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Box

# Text with fonts and boxes, and nothing of the images' bytes (which halve the speed); ligatures spelt out. A glyph
# that no map leads to Unicode is U+FFFD: its number in the font, taken for a character, reads `UVEZ` for `study`.
_TEXT = pymupdf.TEXTFLAGS_DICT & ~(
    pymupdf.TEXT_PRESERVE_IMAGES | pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
)
_PATHS = pymupdf.TEXT_COLLECT_VECTORS | pymupdf.TEXT_CLIP | pymupdf.TEXT_INHIBIT_SPACES  # the text is not wanted
_HEAVY = 50_000  # stored bytes; of 1,966 pages 22 have more, and in none of their texts does a space make a difference
_BEFORE = 40  # bytes that hold the last two operands

OPERAND = rb"(-?(?:\d+\.?\d*|\.\d+))"  # a number before an operator of a page

Line = tuple[Mapping[str, Any], str]


class Content:
    """What a page shows; all boxes are in points of the unrotated page."""

    def __init__(self, page: Any) -> None:
        """Take a pymupdf.Page; what MuPDF raises of one that it cannot read, each of the others raises."""
        self.page = page

    @cached_property
    def _text(self) -> Any:
        return self._listed(_TEXT) if self.is_heavy else self.page.get_textpage(flags=_TEXT)

    def text(self) -> list[dict[str, Any]]:
        """The blocks of text as `Page.get_text("dict")` has them."""
        blocks: list[dict[str, Any]] = self._text.extractDICT()["blocks"]
        return blocks

    def numbered(self) -> list[dict[str, Any]]:
        """The same, with each glyph that no map leads to Unicode as the letter of its number in the font."""
        flags = _TEXT | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
        blocks: list[dict[str, Any]] = self.page.get_textpage(flags=flags).extractDICT()["blocks"]
        return blocks

    def letters(self) -> list[dict[str, Any]]:
        """The same blocks with the box of each letter, as `Page.get_text("rawdict")` has them."""
        try:
            blocks: list[dict[str, Any]] = self._text.extractRAWDICT()["blocks"]
        except SystemError:  # of a code that is no character's
            _mark_unknown(self._text)
            blocks = self._text.extractRAWDICT()["blocks"]
        return blocks

    @cached_property
    def _list(self) -> Any:
        rotation = self.page.rotation
        if rotation:
            self.page.set_rotation(0)
        try:
            return self.page.get_displaylist()
        finally:
            if rotation:
                self.page.set_rotation(rotation)

    def _listed(self, flags: int) -> Any:
        return pymupdf.TextPage(self._list.get_textpage(flags))

    @cached_property
    def pictures(self) -> list[Box]:
        """The boxes of all pictures that are painted, in order."""
        return [picture["bbox"] for picture in self._listed(pymupdf.TEXT_PRESERVE_IMAGES).extractIMGINFO()]

    @property
    def pictured(self) -> float:
        """The share of the page that pictures cover; those that overlap count twice."""
        area = max(self.page.rect.width * self.page.rect.height, 1.0)
        return float(sum(abs((right - left) * (bottom - top)) for left, top, right, bottom in self.pictures) / area)

    @cached_property
    def stored_bytes(self) -> int:
        """What draws the page takes in the file: its content and its forms, compressed as they are, without pictures."""
        try:
            streams = [*self.page.get_contents(), *(form[0] for form in self.forms)]
            return sum(len(self.page.parent.xref_stream_raw(xref) or b"") for xref in streams)
        except Exception:  # of a damaged file MuPDF shows what it can all the same
            return 0

    @cached_property
    def forms(self) -> list[tuple[Any, ...]]:
        """The form XObjects of the page, as `Page.get_xobjects` lists them."""
        return list(self.page.get_xobjects())

    @cached_property
    def operators(self) -> bytes:
        """What draws the page, as it is written."""
        return bytes(self.page.read_contents())

    @property
    def is_heavy(self) -> bool:
        """Whether so much draws the page that to interpret it once more is slow."""
        return self.stored_bytes > _HEAVY

    @cached_property
    def drawings(self) -> list[dict[str, Any]]:
        """Paths, clips and groups in order, as `Page.get_cdrawings(extended=True)` has them: exact, and slow where many."""
        return list(self.page.get_cdrawings(extended=True))

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """Of the drawings the paths, be they clipped or not."""
        return [drawing for drawing in self.drawings if drawing["type"] not in ("clip", "group")]

    @cached_property
    def paths(self) -> list[dict[str, Any]]:
        """What is filled and stroked, in order, as far as clips let it show.

        Each has its `bbox` (if `stroked` with room for its longest spikes, several times its width) and `color`.
        """
        blocks = self._listed(_PATHS).extractDICT()["blocks"]
        return [block for block in blocks if block["type"] == pymupdf.mupdf.FZ_STEXT_BLOCK_VECTOR]


def _mark_unknown(text: Any) -> None:
    """Write U+FFFD for what is no character, as `extractDICT` has it.

    MuPDF spells ligatures out, and looks up there signs beside them that it has no spelling for, such as `\ufd3e`.
    """
    for block in text.this:
        for line in block if block.m_internal.type == pymupdf.mupdf.FZ_STEXT_BLOCK_TEXT else ():
            for letter in line:
                if letter.m_internal.c > sys.maxunicode:
                    letter.m_internal.c = ord("\ufffd")


def two_before(operators: bytes, end: int) -> tuple[float, float]:
    """The last two operands before a place in what draws a page; zeros where there are none."""
    try:
        first, second = map(float, operators[max(end - _BEFORE, 0) : end].split()[-2:])
    except ValueError:  # no operands, but letters of a string
        return 0.0, 0.0
    return first, second


def lines_of(blocks: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The lines of blocks as `Page.get_text("dict")` has them, each with its text."""
    return [
        (line, "".join([span["text"] for span in line["spans"]])) for block in blocks for line in block.get("lines", ())
    ]


def lightness(colour: int) -> int:
    """The least of the red, green and blue of a colour of MuPDF's, to 255: white has 255."""
    return min(colour >> 16 & 255, colour >> 8 & 255, colour & 255)
