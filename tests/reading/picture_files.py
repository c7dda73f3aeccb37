"""PDFs that hold one image in every way a PDF can, made byte by byte."""

import io
import struct
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

SIDE = 64


def photograph(mode: str = "RGB", width: int = SIDE, height: int = SIDE) -> Image.Image:
    """A picture that looks different in each of its corners."""
    image = Image.new("RGB", (width, height))
    for x in range(width):
        for y in range(height):
            image.putpixel((x, y), (x * 255 // width, y * 255 // height, 40))
    image.paste((250, 250, 250), (4, 6, width // 2, height // 4))
    return image.convert(mode)


def drawing(width: int = SIDE, height: int = SIDE) -> Image.Image:
    """Black on white, one bit: an L, lying on its side for no mirror."""
    image = Image.new("1", (width, height), 1)
    image.paste(0, (8, 8, 16, height - 8))
    image.paste(0, (8, height - 20, width - 12, height - 8))
    return image


def as_jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=90)
    return data.getvalue()


def as_jpx(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG2000", irreversible=False)
    return data.getvalue()


def as_group4(image: Image.Image) -> bytes:
    """The CCITT data out of a TIFF of one strip."""
    data = io.BytesIO()
    image.save(data, "TIFF", compression="group4", strip_size=1 << 20)
    data.seek(0)
    tags = Image.open(data).tag_v2  # type: ignore[attr-defined]
    start, length = tags[273][0], tags[279][0]
    return data.getvalue()[start : start + length]


def as_jbig2(image: Image.Image) -> bytes:
    """A page and one generic region, whose MMR coding is Group 4."""
    width, height = image.size
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + as_group4(image)
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body
        for number, (kind, body) in enumerate([(48, page), (38, region)])
    )


class Made:
    """A PDF of pages of 200 by 200 points that is being made."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()

    def image(self, data: bytes, **keys: Any) -> Any:
        """An image object; keys as in the specification, values as pikepdf takes them."""
        stream = self.pdf.make_stream(data)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        for key, value in ({"Width": SIDE, "Height": SIDE, "BitsPerComponent": 8} | keys).items():
            stream[f"/{key}"] = value
        return stream

    def raw(self, image: Image.Image, **keys: Any) -> Any:
        """An image whose samples are stored as they are."""
        space = {"RGB": "DeviceRGB", "L": "DeviceGray", "CMYK": "DeviceCMYK", "1": "DeviceGray", "P": ""}[image.mode]
        size: dict[str, Any] = {
            "Width": image.width,
            "Height": image.height,
            "BitsPerComponent": 1 if image.mode == "1" else 8,
        }
        if space:
            size["ColorSpace"] = pikepdf.Name(f"/{space}")
        return self.image(image.tobytes(), **(size | keys))

    def page(self, content: bytes, rotate: int = 0, **objects: Any) -> None:
        self.pdf.add_blank_page(page_size=(200, 200))
        page = self.pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(**objects))
        page.Contents = self.pdf.make_stream(content)
        if rotate:
            page.Rotate = rotate

    def form(self, content: bytes, **objects: Any) -> Any:
        stream = self.pdf.make_stream(content)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stream.BBox = [0, 0, 200, 200]
        stream.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(**objects))
        return stream

    def save(self, folder: Path, name: str = "a.pdf") -> Path:
        self.pdf.save(folder / name)
        return folder / name
