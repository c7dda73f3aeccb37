"""Have the pages of a PDF read by an extractor as well, and take its reading of each page that lost nothing.

What rag itself read is there already, from the text layer or by OCR: it is what the extractor's reading is held against,
and what stands where that fails. Models that read whole pages drop lines, loop, or return nothing, without an error.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from ragcli.errors import ModelError, ReadError
from ragcli.reading.boxes import mid_height, share_inside
from ragcli.reading.extractors.cache import ExtractionCache
from ragcli.reading.extractors.extractor import Extractor, Premises, find_extractor
from ragcli.reading.registry import clean_page
from ragcli.records import Block, Box, Document, Page
from ragcli.settings import Reading

LOST = 0.25  # share of a page's words, above which its own reading stands
INVENTED = 0.10  # share of the words read that the own reading lacks, above which that stands
LOST_OF_OCR = 0.5  # where the own reading is by OCR, whose words may themselves be wrong
_STANDING = 0.3  # share of the threes of words of an own block, up to which a good page lacks it
_INSIDE = 0.6  # share of an own block within a formula, from which it is that formula's text
_PAGES_AT_ONCE = 20  # read, kept and, should that fail, lost together
_FAILURES = 3  # files in a row, after which the extractor is not tried again
_SHOWN = 5  # pages that a note names
_LABEL = re.compile(r"\(((?:[A-Z]\.?)?\d{1,3}(?:[.-]\d{1,3}){0,2}[a-z]?)\)\s*$")  # the number of a formula
_MATH = re.compile(r"\$\$.*?\$\$|\$.*?\$", re.DOTALL)
_WORD = re.compile(r"[^\W_]{2,}")
_LONG = 4  # letters of a word that may be found inside another: one reader joins what the other parts


class Extraction:
    """One run's use of an extractor, and what earlier runs kept."""

    def __init__(self, extractor: Extractor, kept: ExtractionCache) -> None:
        self.extractor, self.kept = extractor, kept
        self._failures = 0
        self._given_up = ""

    @classmethod
    def open(cls, name: str, settings: Reading, home: Path, offline: bool) -> Self:
        """Use the extractor of that name. Raises: as `find_extractor`."""
        extractor = find_extractor(name, Premises(settings, home / "extractors" / name, offline))
        return cls(extractor, ExtractionCache(home / "cache" / "extracted"))

    def close(self) -> None:
        self.extractor.close()

    def improve(self, path: Path, sha256: str, document: Document) -> Document:
        """Return the document with the extractor's pages in the place of those that lost too little to matter.

        A page that keeps its own reading says why in `fallback`; a warning sums them up. Files other than PDFs are as
        they were.

        Raises: ModelError when the extractor is not installed: that would befall all files alike.
        """
        own = {page.number: page for page in document.pages if page.number is not None}
        if document.type != "pdf" or not own:
            return document
        read, failure = self.pages(path, sha256, sorted(own))
        pages = []
        for page in document.pages:
            other = read.get(page.number or 0)
            if other is not None:
                page = merged(page, clean_page(other), self.extractor.name)
            elif failure and page.number not in read:
                page = replace(page, fallback=failure)
            pages.append(page)
        return replace(document, pages=tuple(pages), warnings=(*document.warnings, *self._told(pages, failure)))

    def pages(self, path: Path, sha256: str, numbers: Sequence[int]) -> tuple[dict[int, Page], str]:
        """What the extractor reads of these pages, and why it did not go on to the end, or "".

        Raises: ModelError when the extractor is not installed.
        """
        identity = self.extractor.identity
        read: dict[int, Page] = {}
        for start in range(0, len(numbers), _PAGES_AT_ONCE):
            some = numbers[start : start + _PAGES_AT_ONCE]
            pages = self.kept.get(sha256, identity, some)
            if pages is None:
                if self._given_up:
                    return read, self._given_up
                try:
                    pages = dict(self.extractor.read(path, some))
                except ModelError as error:  # it would befall every file
                    self._given_up = str(error)
                    return read, self._given_up
                except ReadError as error:
                    self._failures += 1
                    if self._failures >= _FAILURES:
                        self._given_up = f"not tried again after {_FAILURES} failures, the last: {error}"
                    return read, str(error)
                self._failures = 0
                self.kept.put(sha256, identity, some, pages)
            read |= pages
        return read, ""

    def _told(self, pages: Sequence[Page], failure: str) -> list[str]:
        name, fallen = self.extractor.name, [page for page in pages if page.fallback]
        if not fallen:
            return []
        if failure and all(page.fallback == failure for page in fallen):
            which = "the file was" if len(fallen) == len(pages) else f"{len(fallen)} of {len(pages)} pages were"
            return [f"{which} read without {name}: {failure}"]
        shown = ", ".join(f"p.{page.number} {page.fallback}" for page in fallen[:_SHOWN])
        more = f", and {len(fallen) - _SHOWN} more" if len(fallen) > _SHOWN else ""
        return [f"{len(fallen)} of {len(pages)} pages were read without {name}: {shown}{more}"]


def merged(own: Page, other: Page, name: str) -> Page:
    """The other reading of a page in the frame of the own one; the own one, with the reason, where it can't be trusted.

    It can't when it lost too many words, or has too many that the text layer lacks: a vision model may invent. Blocks of
    the own reading that a good page lacks are put back where they stand: a title that was taken for a running head. What it
    has of a formula is the formula's text, beside the LaTeX. Its headings stay headings, of the level that the outline
    of the whole document gave them.
    """
    if not other.blocks and own.blocks:
        return replace(own, fallback="nothing was read")
    blocks = [_in_frame(block, own, other) for block in other.blocks]
    formulas = {at: block.bbox for at, block in enumerate(blocks) if block.kind == "equation" and block.bbox}
    letters: dict[int, list[str]] = {}
    rest: list[Block] = []
    for block in own.blocks:
        formula = next((at for at, box in formulas.items() if share_inside(block.bbox, box) > _INSIDE), None)
        if formula is None:
            rest.append(block)
        else:
            letters.setdefault(formula, []).append(block.text)
    share = lost_share(rest, other.blocks)
    if share > (LOST_OF_OCR if own.method == "ocr" else LOST):
        return replace(own, fallback=f"{share:.0%} of the words were lost")
    if own.method == "text":
        share = lost_share([_without_math(block) for block in other.blocks if not block.latex], own.blocks)
        if share > INVENTED:
            return replace(own, fallback=f"{share:.0%} of the words read are not in rag's own reading")
    for at, texts in letters.items():
        text = "\n".join(texts)
        label = _LABEL.search(text)
        blocks[at] = replace(blocks[at], text=text, label=label[1] if label else "")
    levels = {_letters(block.text): block.level for block in own.blocks if block.kind == "heading"}
    for at, block in enumerate(blocks):
        if block.kind in ("heading", "text") and (level := levels.get(_letters(block.text))):
            blocks[at] = replace(block, kind="heading", level=level)
    if own.method == "text":
        stands = _Standing(other.blocks)
        for block in rest:
            if not stands.holds(block.text):
                _put_back(blocks, block)
    return replace(
        own, blocks=tuple(blocks), method=name if blocks else own.method, problem=None if blocks else own.problem,
        table_score=0.0, equation_score=0.0, order_doubt=False,
    )  # fmt: skip


def with_latex(regions: Sequence[Block], own: Page, other: Page) -> tuple[Block, ...]:
    """The formulas of a page with the LaTeX that an extractor read at their places, their own where it read none.

    A formula of the extractor that covers more than one region, or of which none is known, changes nothing.
    """
    claims: dict[int, list[str]] = {}
    for block in other.blocks:
        formula = _in_frame(block, own, other)
        if formula.latex and formula.bbox:
            box = formula.bbox
            near = [at for at, one in enumerate(regions) if _overlap(one.bbox, box) > _INSIDE]
            if len(near) == 1 and regions[near[0]].kind == "equation":
                claims.setdefault(near[0], []).append(formula.latex)
    return tuple(
        replace(one, latex=" \\\\ ".join(claims[at])) if at in claims else one for at, one in enumerate(regions)
    )


def lost_share(own: Sequence[Block], other: Sequence[Block]) -> float:
    """The share of the own words that the other blocks lack, in [0, 1].

    Words have two letters or figures at least, and count as often as they stand. Case, the form of accents and the ends
    of lines do not count: a long word that is nowhere a word of its own may stand inside another.
    """
    known = Counter(word for block in other for word in _words(block.text))
    letters = "".join(_letters(block.text) for block in other)
    wanted = Counter(word for block in own for word in _words(block.text))
    missing = sum(
        max(0, count - known[word])
        for word, count in wanted.items()
        if word in known or len(word) < _LONG or word not in letters
    )
    return missing / max(wanted.total(), 1)


def _without_math(block: Block) -> Block:
    return replace(block, text=_MATH.sub(" ", block.text))


class _Standing:
    """The words of a page by threes, as they follow each other: a title's words stand all over its page, but not so."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        words = [word for block in blocks for word in _words(block.text)]
        self.threes = set(zip(words, words[1:], words[2:], strict=False))
        self.letters = "".join(_letters(block.text) for block in blocks)

    def holds(self, text: str) -> bool:
        words = _words(text)
        if len(words) < 3:
            return _letters(text) in self.letters
        threes = list(zip(words, words[1:], words[2:], strict=False))
        return sum(three in self.threes for three in threes) > _STANDING * len(threes)


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", _plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()


def _in_frame(block: Block, own: Page, other: Page) -> Block:
    """The block with its box in the own page's points; without, where the pages differ in shape: one may be turned."""
    if block.bbox is None:
        return block
    if not (own.width and own.height and other.width and other.height):
        return replace(block, bbox=None)
    across, down = own.width / other.width, own.height / other.height
    if abs(across / down - 1) > 0.02:
        return replace(block, bbox=None)
    x0, y0, x1, y1 = block.bbox
    return replace(block, bbox=(round(x0 * across, 2), round(y0 * down, 2), round(x1 * across, 2), round(y1 * down, 2)))


def _put_back(blocks: list[Block], block: Block) -> None:
    """Insert a block before the first of its column that stands below it; at the end when its place is unknown."""
    places = (
        at
        for at, other in enumerate(blocks)
        if block.bbox
        and other.bbox
        and other.bbox[1] >= mid_height(block.bbox)
        and _share_column(block.bbox, other.bbox)
    )
    blocks.insert(next(places, len(blocks)), block)


def _overlap(one: Box | None, other: Box) -> float:
    """What two boxes share, as a share of the smaller."""
    return max(share_inside(one, other), share_inside(other, one))


def _share_column(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0])
