"""The pictures of a PDF: what is painted on its pages, not what its resources list (half of that is never seen)."""

import hashlib
import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ragcli.errors import ReadError
from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.normalise import Vocabulary, clean
from ragcli.reading.pdf import TEXT_FLAGS, open_pdf
from ragcli.reading.pdf_lines import page_rows
from ragcli.reading.pdf_paragraphs import paragraphs, typography
from ragcli.records import Box, Failure

_REACH_BELOW, _REACH_ABOVE = 90.0, 60.0  # points between a picture and a caption of its own
_TABLES = ("table", "tableau", "tab.", "tabelle", "listing", "algorithm")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and each place where it is painted; page, box and caption are those of the first place."""

    page: int  # from 1
    bbox: Box
    xref: int  # 0: inline, or made by a form
    sha256: str  # of data
    data: bytes
    extension: str  # jpeg or png
    width: int  # pixels
    height: int
    caption: str | None
    places: tuple[tuple[int, Box], ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What extract_images did."""

    files: int = 0
    pictures: int = 0  # different ones, written
    places: int = 0  # rows of the manifest
    failed: tuple[Failure, ...] = ()


@dataclass(slots=True)
class _Painted:
    """A picture before its bytes are taken."""

    xref: int
    width: int
    height: int
    number: int  # of its block on the first page
    places: list[tuple[int, Box]] = field(default_factory=list)


def painted_images(
    path: Path, pages: Container[int] | None = None, min_size: int = 32, password: str | None = None
) -> Iterator[Picture | Failure]:
    """Yield each different picture that is painted on the pages, in the order of its first place.

    The bytes are the file's own where they are a JPEG or PNG that shows what the page shows; else a lossless PNG, with
    a soft mask as its transparency and CMYK turned into RGB. What fails is yielded as a Failure and costs that picture,
    or page, only.

    Args:
        pages: numbers from 1; None for all.
        min_size: pixels; what is smaller in one direction is taken for decoration and left out.
    Raises: ReadError when the file cannot be opened.
    """
    with open_pdf(path, password) as document:
        painted: dict[object, _Painted] = {}
        digests: dict[int, bytes | None] = {}
        for number in range(1, document.page_count + 1):
            if pages is not None and number not in pages:
                continue
            try:
                _collect(document, number, min_size, painted, digests)
            except Exception as error:  # of one page
                yield _failure(path, number, error)
        for picture in painted.values():
            page, box = picture.places[0]
            try:
                data, extension = _bytes(document, page, picture)
                caption = next((found for place in picture.places[:8] if (found := _caption(document, *place))), None)
            except Exception as error:  # of one picture
                yield _failure(path, page, error)
                continue
            digest = hashlib.sha256(data).hexdigest()
            yield Picture(
                page,
                box,
                picture.xref,
                digest,
                data,
                extension,
                picture.width,
                picture.height,
                caption,
                tuple(picture.places),
            )


def extract_images(
    paths: Iterable[Path],
    out: Path,
    pages: Container[int] | None = None,
    min_size: int = 32,
    password: str | None = None,
) -> Extraction:
    """Write the pictures of PDFs as `out/images/<sha256, 12 digits>.<extension>`, and `out/manifest.jsonl`.

    The manifest has a line for each place of a picture: file, page, kind, box, xref, sha256, image, width, height,
    caption. The same picture is written once, whichever files hold it.

    Returns: what was written, and what could not be read.
    Raises: OSError when `out` cannot be written.
    """
    folder = out / "images"
    folder.mkdir(parents=True, exist_ok=True)
    files = places = 0
    written: set[str] = set()
    failed: list[Failure] = []
    unfinished = out / "manifest.jsonl.part"
    with unfinished.open("w", encoding="utf-8") as manifest:
        for path in paths:
            files += 1
            try:
                for found in painted_images(path, pages, min_size, password):
                    if isinstance(found, Failure):
                        failed.append(found)
                        continue
                    image = f"images/{found.sha256[:12]}.{found.extension}"
                    if found.sha256 not in written:
                        (out / image).write_bytes(found.data)
                        written.add(found.sha256)
                    for page, box in found.places:
                        manifest.write(_line(path, page, box, image, found))
                        places += 1
            except ReadError as error:
                failed.append(Failure(str(path), error.kind, str(error).removeprefix(str(path)).lstrip(": ")))
    unfinished.replace(out / "manifest.jsonl")
    return Extraction(files, len(written), places, tuple(failed))


def _line(path: Path, page: int, box: Box, image: str, picture: Picture) -> str:
    row = {
        "file": str(path),
        "page": page,
        "kind": "image",
        "box": [round(edge, 2) for edge in box],
        "xref": picture.xref,
        "sha256": picture.sha256,
        "image": image,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def _failure(path: Path, page: int, error: Exception) -> Failure:
    return Failure(str(path), "unreadable", f"a picture: {clean(str(error)) or type(error).__name__}", page)


def _collect(
    document: Any, number: int, min_size: int, painted: dict[object, _Painted], digests: dict[int, bytes | None]
) -> None:
    """Add the pictures of a page to `painted`, by their pixels; an image is decoded once, not per page."""
    page = document.load_page(number - 1)
    infos = [info for info in page.get_image_info(hashes=True) if min(info["width"], info["height"]) >= min_size]
    if not infos:
        return
    xrefs: dict[bytes, tuple[int, int]] = {}
    for xref, mask, *_ in page.get_images():
        if xref not in digests:
            try:
                digests[xref] = pymupdf.Pixmap(document, xref).digest
            except Exception:  # listed, undecodable, and perhaps never painted: no failure yet
                digests[xref] = None
        digest = digests[xref]
        if digest is not None:
            xrefs[digest] = (xref, mask)
    for info in infos:
        xref, mask = xrefs.get(info["digest"], (0, 0))
        key = (info["digest"], info["width"], info["height"], mask)
        found = painted.setdefault(key, _Painted(xref, info["width"], info["height"], info["number"]))
        found.places.append((number, tuple(info["bbox"])))


def _bytes(document: Any, page: int, picture: _Painted) -> tuple[bytes, str]:
    """Return the picture as a file, and its extension."""
    if not picture.xref:
        return _inline(document, page, picture)
    raw = document.extract_image(picture.xref)
    mask = raw.get("smask", 0)
    if raw["ext"] in ("jpeg", "png") and not mask and raw["colorspace"] in (1, 3):
        return raw["image"], raw["ext"]
    pixels = pymupdf.Pixmap(document, picture.xref)
    return _png(pixels, pymupdf.Pixmap(document, mask) if mask else None), "png"


def _inline(document: Any, page: int, picture: _Painted) -> tuple[bytes, str]:
    blocks = document.load_page(page - 1).get_text("dict", flags=pymupdf.TEXT_PRESERVE_IMAGES)["blocks"]
    block = next(block for block in blocks if block["type"] == 1 and block["number"] == picture.number)
    mask = block.get("mask")
    if block["ext"] in ("jpeg", "png") and not mask and block["colorspace"] in (1, 3):
        return block["image"], block["ext"]
    return _png(pymupdf.Pixmap(block["image"]), pymupdf.Pixmap(mask) if mask else None), "png"


def _png(pixels: Any, mask: Any | None) -> bytes:
    """Encode pixels without loss: RGB or grey, with the mask as transparency."""
    if pixels.colorspace is None:  # a stencil: what it paints becomes black
        ink = bytes(255 - value for value in pixels.samples)
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, pixels.width, pixels.height, ink, False)
    elif pixels.colorspace.n > 3:
        pixels = pymupdf.Pixmap(pymupdf.csRGB, pixels)
    if mask is not None:
        if pixels.alpha:
            pixels = pymupdf.Pixmap(pixels, 0)
        if (mask.width, mask.height) != (pixels.width, pixels.height):
            mask = pymupdf.Pixmap(mask, pixels.width, pixels.height, None)
        pixels = pymupdf.Pixmap(pixels, mask)
    encoded: bytes = pixels.tobytes("png")
    return encoded


def _caption(document: Any, number: int, box: Box) -> str | None:
    """The nearest caption below the picture, or else above it, in the same column."""
    page = document.load_page(number - 1)
    rows = page_rows(page.get_text("dict", flags=TEXT_FLAGS)["blocks"])
    captions = [draft for draft in paragraphs(rows, typography([rows])) if draft.kind == "caption"]
    words = Vocabulary()
    beside: list[tuple[float, str]] = []
    for draft in captions:
        x0, y0, x1, y1 = draft.box
        text = draft.text(words)
        if text.casefold().startswith(_TABLES) or min(x1, box[2]) <= max(x0, box[0]):
            continue
        below, above = y0 - box[3], box[1] - y1
        if -12.0 < below < _REACH_BELOW:
            beside.append((below, text))
        elif -12.0 < above < _REACH_ABOVE:
            beside.append((above + 1000.0, text))
    return min(beside)[1] if beside else None
