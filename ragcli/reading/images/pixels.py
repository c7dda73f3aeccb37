"""The bytes of a picture: the file's own where they show what the page shows, else PNG without loss."""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragcli.reading.images.painted import UPRIGHT, Painted, Part, Turn
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Box

Pixels = NDArray[np.uint8]  # (height, width, channels): grey, grey + alpha, RGB, RGB + alpha

_UNREADABLE = {  # formats of pictures in documents: where their mark begins, and the mark
    "EMF": (40, b" EMF"),
    "WMF": (0, b"\xd7\xcd\xc6\x9a"),
}
_FIGURE_DPI = 200  # of vector figures
_LONGEST = 6000  # pixels of one


def picture_file(document: Any, picture: Painted, form: str) -> tuple[bytes, str]:
    """Return a picture as a file, and its extension.

    Args:
        form: auto: the file's own JPEG, else PNG; png or jpeg: always that.
    """
    if form == "auto" and len(picture.parts) == 1 and (own := _own_jpeg(document, picture.parts[0])):
        return own, "jpeg"
    pixels = _composed(document, picture)
    return _encoded(pixels, form)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it is saved; its size in pixels."""

    data: bytes
    extension: str  # jpeg or png
    width: int
    height: int
    is_blank: bool  # all pixels alike


def file_of(data: bytes, form: str) -> PictureFile:
    """Return a picture that is a file already, in a format that it may be saved in: its own bytes if they are of one.

    SVG is drawn, on white.

    Args:
        form: auto: a JPEG or PNG stays as it is, else PNG; png or jpeg: always that.
    Raises: ValueError when the format is not known here; OSError or pymupdf.mupdf.FzErrorBase when the picture is
        damaged.
    """
    for name, (at, mark) in _UNREADABLE.items():
        if data[at : at + len(mark)] == mark:
            raise ValueError(f"{name} is not read")
    if data[8:12] == b"WEBP":
        data = _webp_as_png(data)
    image = _drawn(data) if _is_svg(data) else pymupdf.Pixmap(data)
    own = "png" if data.startswith(b"\x89PNG") else "jpeg" if data.startswith(b"\xff\xd8") and _is_whole(data) else None
    plain = image.colorspace is not None and image.colorspace.n in (1, 3)
    if own is not None and plain and form in ("auto", own):
        return PictureFile(data, own, image.width, image.height, bool(image.is_unicolor))
    encoded, extension = _encoded(_array(_in_rgb(image)), form)
    return PictureFile(encoded, extension, image.width, image.height, bool(image.is_unicolor))


def _webp_as_png(data: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        written = io.BytesIO()
        image.save(written, "PNG")  # of several pictures the first
    return written.getvalue()


def _is_svg(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and b"<svg" in data


def _drawn(svg: bytes) -> Any:
    with pymupdf.open(stream=svg, filetype="svg") as document:
        sheet = document[0]
        zoom = min(_FIGURE_DPI / 72, _LONGEST / max(sheet.rect.width, sheet.rect.height, 1))
        return sheet.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)


def is_blank(document: Any, picture: Painted) -> bool:
    """Tell whether all its pixels are alike: a spacer, a background."""
    first = None
    for part in picture.parts:
        pixels = _pixels(document, part)
        first = pixels[0, 0] if first is None else first
        if first.shape != pixels[0, 0].shape or bool((pixels != first).any()):
            return False
    return True


def figure_file(document: Any, page: int, region: Box, form: str) -> tuple[bytes, str, int, int]:
    """Draw a region of a page: (bytes, extension, width, height)."""
    sheet = document.load_page(page - 1)
    x0, y0, x1, y1 = region
    clip = pymupdf.Rect(x0 - 3, y0 - 3, x1 + 3, y1 + 3) * sheet.rotation_matrix
    zoom = min(_FIGURE_DPI / 72, _LONGEST / max(clip.width, clip.height, 1))
    drawn = sheet.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), clip=clip, alpha=False)
    if form == "jpeg":
        return drawn.tobytes("jpeg"), "jpeg", drawn.width, drawn.height
    return drawn.tobytes("png"), "png", drawn.width, drawn.height


def _own_jpeg(document: Any, part: Part) -> bytes | None:
    """The JPEG within the file when it shows by itself what the page shows: upright, no mask, grey or RGB as decoded."""
    if part.turn != UPRIGHT:
        return None
    if part.xref:
        raw = document.extract_image(part.xref)
        if raw["ext"] != "jpeg" or part.mask or document.xref_get_key(part.xref, "Mask")[0] == "array":
            return None
        shown = pymupdf.Pixmap(document, part.xref)
        data: bytes = raw["image"]
    else:
        block = _block(document, part)
        if block["ext"] != "jpeg" or block.get("mask"):
            return None
        return block["image"] if block["colorspace"] in (1, 3) and _is_whole(block["image"]) else None
    own = pymupdf.Pixmap(data)
    # Separations and a Decode array make another picture of the same samples.
    plain = shown.colorspace is not None and shown.colorspace.n in (1, 3) and _is_plain(shown.colorspace.name)
    return data if plain and not shown.alpha and own.digest == shown.digest and _is_whole(data) else None


def _is_whole(jpeg: bytes) -> bool:
    """Tell whether a JPEG has its end mark: other programs refuse one that was cut short."""
    return b"\xff\xd9" in jpeg[-64:]


def _is_plain(name: str) -> bool:
    return not any(word in name for word in ("Separation", "DeviceN", "Indexed", "Lab"))


def _composed(document: Any, picture: Painted) -> Pixels:
    """The picture's pixels, its parts put together at their places."""
    if len(picture.parts) == 1:
        return _pixels(document, picture.parts[0])
    loaded = [(_pixels(document, part), part.box) for part in picture.parts]
    channels = max(pixels.shape[2] for pixels, _ in loaded)
    if any(pixels.shape[2] == 2 for pixels, _ in loaded) and channels == 3:
        channels = 4
    x0, y0, x1, y1 = picture.box
    width, height = picture.size
    whole = np.zeros((height, width, channels), np.uint8)
    for pixels, box in loaded:
        # By its first corner: the last row of a strip may be half a pixel off, a gap between strips would show.
        left = min(round((box[0] - x0) / (x1 - x0) * width), width - 1)
        top = min(round((box[1] - y0) / (y1 - y0) * height), height - 1)
        fitted = _widened(pixels, channels)[: height - top, : width - left]
        whole[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return whole


def _widened(pixels: Pixels, channels: int) -> Pixels:
    """Grey to RGB, and an alpha that hides nothing, where a neighbour has them."""
    have = pixels.shape[2]
    if have == channels:
        return pixels
    colour = pixels[:, :, : have - 1] if have in (2, 4) else pixels
    if channels > 2 and colour.shape[2] == 1:
        colour = np.repeat(colour, 3, axis=2)
    if channels in (1, 3):
        return colour
    alpha = pixels[:, :, -1:] if have in (2, 4) else np.full((*pixels.shape[:2], 1), 255, np.uint8)
    return np.concatenate([colour, alpha], axis=2)


def _pixels(document: Any, part: Part) -> Pixels:
    """An image as it lies on the page: decoded, in grey or RGB, its masks as alpha, turned."""
    if part.xref:
        image = pymupdf.Pixmap(document, part.xref)
        mask = _array(pymupdf.Pixmap(document, part.mask)) if part.mask else None
    else:
        block = _block(document, part)
        image = pymupdf.Pixmap(block["image"])
        mask = _array(pymupdf.Pixmap(block["mask"])) if block.get("mask") else None
    pixels = _stencil(image) if image.colorspace is None else _array(_in_rgb(image))
    if mask is not None:
        pixels = _masked(pixels, mask)
    return _turned(pixels, part.turn)


def _block(document: Any, part: Part) -> Any:
    blocks = document.load_page(part.page - 1).get_text("dict", flags=pymupdf.TEXT_PRESERVE_IMAGES)["blocks"]
    return next(block for block in blocks if block["type"] == 1 and block["number"] == part.number)


def _in_rgb(image: Any) -> Any:
    """Grey and RGB as they are, everything else as RGB: CMYK by its profile, separations by their tint."""
    if image.colorspace.n in (1, 3) and _is_plain(image.colorspace.name):
        return image
    return pymupdf.Pixmap(pymupdf.csRGB, image)


def _stencil(image: Any) -> Pixels:
    """What a stencil paints, in black on nothing: its colour is the page's, not its own."""
    alpha = _array(image)[:, :, -1:]
    return np.concatenate([np.zeros_like(alpha), alpha], axis=2)


def _array(image: Any) -> Pixels:
    rows = np.frombuffer(image.samples, np.uint8).reshape(image.height, image.stride)
    pixels: Pixels = rows[:, : image.width * image.n].reshape(image.height, image.width, image.n)
    return pixels


def _masked(pixels: Pixels, mask: Pixels) -> Pixels:
    """Add a mask as alpha. The larger of both sets the size: neither loses a pixel."""
    colour = pixels[:, :, :-1] if pixels.shape[2] in (2, 4) else pixels
    height, width = max(colour.shape[0], mask.shape[0]), max(colour.shape[1], mask.shape[1])
    return np.concatenate([_scaled(colour, width, height), _scaled(mask[:, :, -1:], width, height)], axis=2)


def _scaled(pixels: Pixels, width: int, height: int) -> Pixels:
    """The nearest pixel of each place: no new colour comes up."""
    if pixels.shape[:2] == (height, width):
        return pixels
    rows = np.arange(height) * pixels.shape[0] // height
    columns = np.arange(width) * pixels.shape[1] // width
    scaled: Pixels = pixels[rows[:, None], columns[None, :]]
    return scaled


def _turned(pixels: Pixels, turn: Turn) -> Pixels:
    if turn.transposed:
        pixels = pixels.transpose(1, 0, 2)
    if turn.mirrored_x:
        pixels = pixels[:, ::-1]
    return pixels[::-1] if turn.mirrored_y else pixels


def _encoded(pixels: Pixels, form: str) -> tuple[bytes, str]:
    height, width, channels = pixels.shape
    if form == "jpeg":
        if channels in (2, 4):  # on white paper
            alpha = pixels[:, :, -1:].astype(np.uint16)
            pixels = ((pixels[:, :, :-1] * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
        channels = pixels.shape[2]
    samples = np.ascontiguousarray(pixels)
    if form == "jpeg":
        space = pymupdf.csGRAY if channels == 1 else pymupdf.csRGB
        encoded: bytes = pymupdf.Pixmap(space, width, height, samples.tobytes(), False).tobytes("jpeg", jpg_quality=92)
        return encoded, "jpeg"
    return _png(samples), "png"


def _png(pixels: Pixels) -> bytes:
    """Write a PNG. MuPDF's writer takes colours for multiplied by their alpha, and so changes them."""
    height, width, channels = pixels.shape
    differences = pixels.copy()
    differences[1:] -= pixels[:-1]  # the filter "up": modulo 256, as uint8 is
    rows = np.concatenate([np.full((height, 1), 2, np.uint8), differences.reshape(height, -1)], axis=1)
    colour_type = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    head = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
