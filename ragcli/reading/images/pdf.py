"""The pictures of a PDF: what is painted on its pages, not what its resources list (half of that is never seen)."""

import hashlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ragcli.reading.images.painted import Images, Painted
from ragcli.reading.images.pixels import figure_file, is_blank, picture_file
from ragcli.reading.mupdf.content import Content
from ragcli.reading.normalise import Vocabulary, clean
from ragcli.reading.pdf.figures import PageView, claimed_figures, graphics_of, may_claim
from ragcli.reading.pdf.paragraphs import Draft, paragraphs
from ragcli.reading.pdf.read import open_pdf
from ragcli.reading.pdf.typography import on_page, typography
from ragcli.reading.text_layer.lines import page_rows
from ragcli.reading.text_layer.row import Row
from ragcli.records import Box, Failure

MIN_SIZE = 32  # pixels
_MIN_PAINTED = 10.0  # points: bullets, icons and rules are painted smaller
_THINNEST = 30.0  # times as long as wide: a rule
ON_EACH_PAGE = 0.5  # of the pages, and at least three: a logo, a background

Kind = Literal["image", "figure"]
Form = Literal["auto", "png", "jpeg"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture is painted, and the caption that claims it there."""

    page: int | None  # from 1, of slides too; None in a document without pages
    box: Box | None  # on the unrotated page
    caption: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and each place where it is painted."""

    kind: Kind  # figure: a drawing, or several pictures, drawn as one since one caption claims them
    xref: int  # 0: inline, made by a form, put together, or drawn
    sha256: str  # of data
    data: bytes
    extension: str  # jpeg or png
    width: int  # pixels
    height: int
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Sheet:
    """A page: its pictures, and what tells which captions claim them."""

    number: int
    rows: list[Row]
    painted: list[Painted]
    graphics: list[Box]
    width: float
    height: float
    drafts: list[Draft] = field(default_factory=list)
    figures: list[tuple[Box, str]] = field(default_factory=list)  # region, caption

    def caption_of(self, box: Box) -> str | None:
        """The caption of the figure that a box lies in."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return next((said for (x0, y0, x1, y1), said in self.figures if x0 <= x <= x1 and y0 <= y <= y1), None)


def painted_images(
    path: Path,
    pages: Container[int] | None = None,
    min_size: int = MIN_SIZE,
    form: Form = "auto",
    passwords: Iterable[str] = (),
) -> Iterator[Picture | Failure]:
    """Yield each different picture that is painted on the pages, in the order of its first place; then the figures.

    The bytes are the file's own where they are a JPEG that shows what the page shows; else a lossless PNG, with masks
    as its transparency, CMYK turned into RGB, turned as on the page, and strips put together. A figure is drawn when
    its caption claims more than one picture. What fails is yielded as a Failure and costs that picture, or page, only.

    Left out as decoration, unless a caption claims it: what is smaller than `min_size` pixels or painted smaller than
    10 points in one direction, more than 30 times as long as wide, of one single colour, or on half of the pages and
    at least three. Clips do not cut a picture: it is saved whole.

    Args:
        pages: numbers from 1; None for all.
        min_size: pixels; 0 keeps decoration too.
    Raises: ReadError when the file cannot be opened.
    """
    with open_pdf(path, *passwords) as document:
        sheets: list[_Sheet] = []
        images = Images(document)
        for number in range(1, document.page_count + 1):
            if pages is None or number in pages:
                try:
                    sheets.append(_look(document, number, images))
                except Exception as error:  # of one page
                    yield failure(path, number, error)
        _find_captions(sheets)
        yield from _pictures(document, path, sheets, min_size, form)
        yield from _figures(document, path, sheets, form)


def _look(document: Any, number: int, images: Images) -> _Sheet:
    page = document.load_page(number - 1)
    width, height = page.rect.width, page.rect.height
    if page.rotation in (90, 270):
        width, height = height, width
    content = Content(page)
    rows = page_rows(content.text(), width, height)
    graphics = graphics_of(content) if may_claim(rows) else []
    return _Sheet(number, rows, images.painted_on(number), graphics, width, height)


def _find_captions(sheets: list[_Sheet]) -> None:
    """Set the figures of each page, as `ingest` sees them too."""
    usual = typography(sheet.rows for sheet in sheets)
    words = Vocabulary()
    words.learn(row.text for sheet in sheets for row in sheet.rows)
    with_graphics = [sheet for sheet in sheets if sheet.graphics]
    for sheet in with_graphics:
        sheet.drafts = paragraphs(sheet.rows, on_page(sheet.rows, usual))
    views = [PageView(sheet.drafts, sheet.graphics, sheet.width, sheet.height) for sheet in with_graphics]
    for sheet, found in zip(with_graphics, claimed_figures(views), strict=True):
        sheet.figures = [(region, sheet.drafts[number].text(words)) for number, region in found.items()]


def _pictures(
    document: Any, path: Path, sheets: list[_Sheet], min_size: int, form: Form
) -> Iterator[Picture | Failure]:
    alike: dict[object, list[tuple[Painted, Place]]] = {}
    for sheet in sheets:
        for picture in sheet.painted:
            place = Place(sheet.number, picture.box, sheet.caption_of(picture.box))
            alike.setdefault(picture.key, []).append((picture, place))
    for found in alike.values():
        picture, places = found[0][0], tuple(place for _, place in found)
        try:
            if min_size and not _has_content(document, picture, places, min_size, len(sheets)):
                continue
            data, extension = picture_file(document, picture, form)
        except Exception as error:  # of one picture
            yield failure(path, places[0].page, error)
            continue
        xref = picture.parts[0].xref if len(picture.parts) == 1 else 0
        yield Picture("image", xref, sha256_of(data), data, extension, *picture.size, places)


def _has_content(document: Any, picture: Painted, places: tuple[Place, ...], min_size: int, pages: int) -> bool:
    """Tell a picture from decoration."""
    if min(picture.size) < min_size:
        return False
    if any(place.caption for place in places):
        return True
    sides = [(x1 - x0, y1 - y0) for x0, y0, x1, y1 in (place.box for place in places if place.box)]
    if max(map(min, sides)) < _MIN_PAINTED or all(max(side) > _THINNEST * min(side) for side in sides):
        return False
    if len({place.page for place in places}) > max(2, ON_EACH_PAGE * pages):
        return False
    return not is_blank(document, picture)


def _figures(document: Any, path: Path, sheets: list[_Sheet], form: Form) -> Iterator[Picture | Failure]:
    for sheet in sheets:
        for region, caption in sheet.figures:
            if any(_is_all_of(picture.box, region) for picture in sheet.painted):
                continue  # it is saved as itself
            try:
                data, extension, width, height = figure_file(document, sheet.number, region, form)
            except Exception as error:  # of one figure
                yield failure(path, sheet.number, error)
                continue
            place = Place(sheet.number, region, caption)
            yield Picture("figure", 0, sha256_of(data), data, extension, width, height, (place,))


def _is_all_of(box: Box, region: Box) -> bool:
    """Tell whether a picture is the whole of a figure, but for a few points of frame."""
    edges = zip(box, region, strict=True)
    return all(abs(a - b) < 6.0 for a, b in edges)


def failure(path: Path, page: int | None, error: Exception) -> Failure:
    """That one picture, or one page, could not be had; a warning is of the whole file."""
    said = clean(str(error)) or type(error).__name__
    return Failure(str(path), "unreadable", said if isinstance(error, Warning) else f"a picture: {said}", page)


def sha256_of(data: bytes) -> str:
    """The name of a picture: the digest of its file."""
    return hashlib.sha256(data).hexdigest()
