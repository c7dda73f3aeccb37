"""The pictures of Word files, presentations and books: those that are shown, in the order in which they are."""

import zipfile
import zlib
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragcli.errors import ReadError
from ragcli.reading.archive import damage_told, open_archive
from ragcli.reading.captions import is_figure_caption
from ragcli.reading.images.pdf import MIN_SIZE, ON_EACH_PAGE, Form, Picture, Place, failure, sha256_of
from ragcli.reading.images.pixels import file_of
from ragcli.reading.office.ooxml import COMPATIBLE, read_mended
from ragcli.reading.text import meant, paragraph
from ragcli.records import Box, Failure

_POINT = 12700  # of a presentation's units
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BREAKS = (ValueError, KeyError, AttributeError, NotImplementedError, EOFError, OSError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture where a document shows it."""

    data: bytes | Exception  # why it could not be had
    page: int | None = None  # a slide; documents without pages have none
    box: Box | None = None  # on the slide, in points
    caption: str | None = None


def office_images(
    path: Path, pages: Container[int] | None = None, min_size: int = MIN_SIZE, form: Form = "auto"
) -> Iterator[Picture | Failure]:
    """Yield each different picture that a document shows, in the order of its first place.

    JPEG and PNG stay as they are, else PNG without loss. Left out as decoration, unless a caption claims it: what is
    smaller than `min_size` pixels, of one colour, or on half of the slides and at least three. Headers, footers and the
    masters of slides are not looked at; a picture that is only linked is not in the file.

    Args:
        path: one of SUFFIXES.
        pages: of slides; the others have none, and give nothing when it is given.
    Raises: ReadError when the file cannot be opened.
    """
    shown = list(_READERS[path.suffix.lower()](path))
    slides = len({one.page for one in shown})
    alike: dict[bytes, list[Shown]] = {}
    for one in shown:
        if isinstance(one.data, bytes):
            alike.setdefault(one.data, []).append(one)
        elif pages is None or one.page in pages:
            yield failure(path, one.page, one.data)
    for data, places_of in alike.items():
        on_all = len({one.page for one in places_of}) > max(2, ON_EACH_PAGE * slides)
        found = [one for one in places_of if pages is None or one.page in pages]
        if not found:
            continue
        try:
            file = file_of(data, form)
        except Exception as error:  # of one picture
            yield failure(path, found[0].page, error)
            continue
        is_small = min(file.width, file.height) < min_size
        if min_size and (is_small or (not any(one.caption for one in found) and (on_all or file.is_blank))):
            continue
        places = tuple(Place(one.page, one.box, one.caption) for one in found)
        yield Picture("image", 0, sha256_of(file.data), file.data, file.extension, file.width, file.height, places)


def _docx(path: Path) -> Iterator[Shown]:
    import docx

    from ragcli.reading.office.docx import IMAGES, NOT_READ
    from ragcli.reading.office.docx_styles import W, styles_of

    open_archive(path, "a Word file").close()
    with damage_told(path, "Word file", "Word"):
        document, repaired = read_mended(path, docx.Document)
        styles = styles_of(document)
        parts: list[str | tuple[Any, str]] = []  # texts of paragraphs, and pictures with what they are said to show
        captions: set[int] = set()
        for node in document.element.body.iter(W + "p"):
            pictures = list(_inside(node, IMAGES, {*NOT_READ, COMPATIBLE + "Fallback", W + "txbxContent"}))
            parts += [(one, _described(one)) for one in pictures]
            text = paragraph("".join(each.text or "" for each in node.iter(W + "t")))
            named = node.find(f"{W}pPr/{W}pStyle")
            style = styles.get(named.get(W + "val") if named is not None else "")
            if text:
                if (style is not None and style.kind == "caption") or is_figure_caption(text):
                    captions.add(len(parts))
                parts.append(text)
    captioned: dict[int, str] = {}  # as `text.with_figures` gives them
    for at in sorted(captions):
        beside = [
            n for n in (at - 1, at + 1) if 0 <= n < len(parts) and not isinstance(parts[n], str) and n not in captioned
        ]
        captioned |= {n: str(parts[at]) for n in beside[:1]}
    for at, part in enumerate(parts):
        if isinstance(part, str):
            continue
        node, described = part
        relation = node.get(_RELATION + "embed") or node.get(_RELATION + "id")
        if relation in document.part.related_parts:
            yield Shown(document.part.related_parts[relation].blob, caption=captioned.get(at) or described or None)
    yield from (Shown(UserWarning(warning)) for warning in repaired)


def _inside(node: Any, tags: Container[str], closed: Container[str]) -> Iterator[Any]:
    """The nodes below of these tags, but for what lies within `closed` ones."""
    for child in node:
        if child.tag in closed:
            continue
        if child.tag in tags:
            yield child
        yield from _inside(child, tags, closed)


def _described(picture: Any) -> str:
    """What the writer said that a picture shows."""
    frame = next((node for node in picture.iterancestors() if node.find(_DRAWN) is not None), None)
    return meant(frame.find(_DRAWN).get("descr", "")) if frame is not None else ""


def _pptx(path: Path) -> Iterator[Shown]:
    import pptx

    from ragcli.reading.office.pptx import slides_of

    open_archive(path, "a presentation").close()
    with damage_told(path, "presentation", "PowerPoint"):
        slides, repaired = read_mended(path, lambda file: slides_of(pptx.Presentation(file)))
    for number in range(1, len(slides) + 1):
        try:
            yield from _on_slide(slides[number - 1], number)
        except _BREAKS as error:  # of one slide
            yield Shown(error, number)
    yield from (Shown(UserWarning(warning)) for warning in repaired)


def _on_slide(slide: Any, number: int) -> Iterator[Shown]:
    texts = [(_box(shape), paragraph(shape.text_frame.text)) for shape in slide.shapes if shape.has_text_frame]
    captions = [(box, text) for box, text in texts if box and is_figure_caption(text)]
    for shape, box in _pictured(slide.shapes):
        below = (text for its, text in captions if box and its[1] >= box[3] - 9 and its[0] < box[2] and its[2] > box[0])
        described = meant(shape._element._nvXxPr.cNvPr.get("descr", ""))
        try:
            data: bytes | Exception = shape.image.blob
        except _BREAKS as error:
            data = error
        yield Shown(data, number, box, next(below, None) or described or None)


def _pictured(shapes: Any, box: Box | None = None) -> Iterator[tuple[Any, Box | None]]:
    """Pictures and where they are; one in a group is where the group is."""
    from pptx.shapes.picture import Picture

    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _pictured(shape.shapes, box or _box(shape))
        elif isinstance(shape, Picture) and not _is_linked(shape):
            yield shape, box or _box(shape)


def _is_linked(shape: Any) -> bool:
    return not shape._element.xpath(".//a:blip/@r:embed")


def _box(shape: Any) -> Box | None:
    if None in (shape.left, shape.top, shape.width, shape.height):
        return None
    left, top, width, height = (side / _POINT for side in (shape.left, shape.top, shape.width, shape.height))
    return left, top, left + width, top + height


def _epub(path: Path) -> Iterator[Shown]:
    import posixpath

    from ragcli.reading.markup.elements import parse
    from ragcli.reading.markup.epub import Book, resolved
    from ragcli.reading.markup.html import decode_page

    with open_archive(path, "an EPUB") as archive:
        with damage_told(path, "book", "the program that made it"):
            book = Book(archive)
        if book.is_encrypted:
            raise ReadError(f"{path}: its text is encrypted (DRM)", "get a copy without protection", "encrypted")
        for place in dict.fromkeys(book.spine):
            try:
                body = parse(decode_page(archive.read(place), path)[0], is_xml=True).body
            except (*_BREAKS, ReadError):
                continue  # ingest names the chapter
            for node in body.css("img, image") if body else ():
                link = (
                    node.attributes.get("src") or node.attributes.get("xlink:href") or node.attributes.get("href") or ""
                )
                if "://" in link or link.startswith("data:") or not link:
                    continue
                try:
                    data: bytes | Exception = archive.read(resolved(posixpath.dirname(place), link))
                except _BREAKS as error:
                    data = error
                yield Shown(data, caption=_figcaption(node) or meant(node.attributes.get("alt") or "") or None)


def _figcaption(node: Any) -> str:
    figure = node.parent
    while figure is not None and figure.tag not in ("figure", "body"):
        figure = figure.parent
    said = figure.css_first("figcaption") if figure is not None and figure.tag == "figure" else None
    return paragraph(said.text()) if said else ""


_READERS: Mapping[str, Callable[[Path], Iterator[Shown]]] = {".docx": _docx, ".pptx": _pptx, ".epub": _epub}
SUFFIXES = frozenset(_READERS)
