"""Pictures that are painted: each looks like what the page shows, has its own bytes where it can, and comes once."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from ragcli.errors import ReadError
from ragcli.reading.images.pdf import Picture, painted_images
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Failure
from tests.reading.picture_files import Made, as_group4, as_jbig2, as_jpeg, as_jpx, drawing, photograph

Name = pikepdf.Name
PAINT = b"q 100 0 0 100 40 60 cm /I Do Q"


def pictures(path: Path, **options: Any) -> list[Picture]:
    found = list(painted_images(path, **options))
    assert not [failure for failure in found if isinstance(failure, Failure)]
    return [picture for picture in found if isinstance(picture, Picture)]


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def difference(path: Path, picture: Picture) -> float:
    """How far, of 255 on average, the picture on white is from what the page shows at its place."""
    place = picture.places[0]
    with pymupdf.open(path) as document:
        page = document[(place.page or 1) - 1]
        clip = pymupdf.Rect(place.box) * page.rotation_matrix
        zoom = pymupdf.Matrix(picture.width / clip.width, picture.height / clip.height)
        seen = page.get_pixmap(matrix=zoom, clip=clip)
    shown = Image.frombytes("RGB", (seen.width, seen.height), seen.samples).resize((picture.width, picture.height))
    paper = Image.new("RGBA", (picture.width, picture.height), "white")
    paper.alpha_composite(opened(picture).convert("RGBA"))
    return max(ImageStat.Stat(ImageChops.difference(shown, paper.convert("RGB"))).mean)


def made_of(image: Any, made: Made, tmp_path: Path, content: bytes = PAINT, rotate: int = 0) -> tuple[Path, Picture]:
    made.page(content, rotate, I=image)
    path = made.save(tmp_path)
    (picture,) = pictures(path)
    return path, picture


def test_a_jpeg_keeps_its_own_bytes(tmp_path: Path) -> None:
    made, data = Made(), as_jpeg(photograph())
    path, picture = made_of(made.image(data, Filter=Name.DCTDecode, ColorSpace=Name.DeviceRGB), made, tmp_path)
    assert picture.data == data
    assert picture.sha256 == hashlib.sha256(data).hexdigest()
    assert (picture.extension, picture.width, picture.height, picture.kind) == ("jpeg", 64, 64, "image")
    assert picture.places[0].page == 1
    assert picture.places[0].box == pytest.approx((40, 40, 140, 140))
    assert difference(path, picture) < 4


@pytest.mark.parametrize("how", ["Decode", "Separation", "CMYK", "Mask", "turned", "mirrored", "cut short"])
def test_a_jpeg_that_shows_something_else_is_made_anew(tmp_path: Path, how: str) -> None:
    made, content = Made(), PAINT
    keys: dict[str, Any] = {"Filter": Name.DCTDecode, "ColorSpace": Name.DeviceRGB}
    data = as_jpeg(photograph())
    if how == "Decode":
        keys["Decode"] = [1, 0, 1, 0, 1, 0]
    elif how == "Separation":
        data = as_jpeg(photograph("L"))
        tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
        keys["ColorSpace"] = pikepdf.Array([Name.Separation, Name("/Vermilion"), Name.DeviceCMYK, tint])
    elif how == "CMYK":
        data = as_jpeg(photograph("CMYK"))
        keys |= {"ColorSpace": Name.DeviceCMYK, "Decode": [1, 0, 1, 0, 1, 0, 1, 0]}  # as Adobe's are stored
    elif how == "Mask":
        stencil = made.raw(drawing(), ImageMask=True)
        del stencil.ColorSpace
        keys["Mask"] = stencil
    elif how == "cut short":
        data = data[:-40]
    elif how == "turned":
        content = b"q 0 100 -100 0 140 60 cm /I Do Q"
    else:
        content = b"q -100 0 0 100 140 60 cm /I Do Q"
    path, picture = made_of(made.image(data, **keys), made, tmp_path, content)
    assert picture.extension == "png"
    assert picture.data != data
    assert difference(path, picture) < 4


@pytest.mark.parametrize("form", ["raw", "grey", "indexed", "jpx", "ccitt", "jbig2", "cmyk"])
def test_every_coding_comes_out_as_it_looks(tmp_path: Path, form: str) -> None:
    made = Made()
    indexed = photograph().quantize(16)
    palette = bytes(indexed.getpalette() or [])[:48]
    bits = {"BitsPerComponent": 1, "ColorSpace": Name.DeviceGray}
    image = {
        "raw": lambda: made.raw(photograph()),
        "grey": lambda: made.raw(photograph("L")),
        "cmyk": lambda: made.raw(photograph("CMYK")),
        "indexed": lambda: made.raw(indexed, ColorSpace=pikepdf.Array([Name.Indexed, Name.DeviceRGB, 15, palette])),
        "jpx": lambda: made.image(as_jpx(photograph()), Filter=Name.JPXDecode),
        "ccitt": lambda: made.image(
            as_group4(drawing()), Filter=Name.CCITTFaxDecode,
            DecodeParms=pikepdf.Dictionary(K=-1, Columns=64, Rows=64, BlackIs1=False), **bits,
        ),
        "jbig2": lambda: made.image(as_jbig2(drawing()), Filter=Name.JBIG2Decode, **bits),
    }[form]()  # fmt: skip
    path, picture = made_of(image, made, tmp_path)
    assert (picture.extension, picture.width, picture.height) == ("png", 64, 64)
    assert difference(path, picture) < 4
    if form in ("raw", "grey", "jpx"):
        wanted = photograph("L" if form == "grey" else "RGB")
        assert opened(picture).tobytes() == wanted.tobytes()  # without loss


def test_a_soft_mask_becomes_transparency(tmp_path: Path) -> None:
    made = Made()
    alpha = photograph("L")
    path, picture = made_of(made.raw(photograph(), SMask=made.raw(alpha)), made, tmp_path)
    assert opened(picture).mode == "RGBA"
    assert opened(picture).getchannel("A").tobytes() == alpha.tobytes()
    assert opened(picture).convert("RGB").tobytes() == photograph().tobytes()  # not dimmed by its own alpha
    assert difference(path, picture) < 4


def test_pictures_that_differ_in_their_masks_alone_stay_apart(tmp_path: Path) -> None:
    """Icons are often all black: what they show is in their masks."""
    made, black = Made(), Image.new("RGB", (64, 64))
    left, right = (made.raw(black, SMask=made.raw(photograph("L").rotate(turn))) for turn in (0, 90))
    stencil = made.raw(drawing(), ImageMask=True)
    del stencil.ColorSpace
    content = b" ".join(
        b"q 50 0 0 50 %d 100 cm /%s Do Q" % (x, name) for x, name in ((0, b"A"), (70, b"B"), (140, b"C"))
    )
    made.page(content, A=left, B=right, C=made.raw(black, Mask=stencil))
    path = made.save(tmp_path)
    found = pictures(path)
    assert [round(picture.places[0].box[0]) for picture in found if picture.places[0].box] == [0, 70, 140]
    assert all(difference(path, picture) < 4 for picture in found)


def test_the_same_samples_in_other_colours_are_another_picture(tmp_path: Path) -> None:
    made = Made()
    red = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0], N=1)
    spot = pikepdf.Array([Name.Separation, Name.Red, Name.DeviceRGB, red])
    grey, tint = made.raw(photograph("L")), made.raw(photograph("L"), ColorSpace=spot)
    made.page(b"q 50 0 0 50 0 100 cm /A Do Q q 50 0 0 50 70 100 cm /B Do Q", A=grey, B=tint)
    path = made.save(tmp_path)
    found = pictures(path)
    assert len(found) == 2
    assert all(difference(path, picture) < 4 for picture in found)


def test_a_colour_key_becomes_transparency(tmp_path: Path) -> None:
    made = Made()
    path, picture = made_of(made.raw(photograph(), Mask=[245, 255, 245, 255, 245, 255]), made, tmp_path)
    assert opened(picture).getpixel((10, 10))[3] == 0  # type: ignore[index]
    assert difference(path, picture) < 4


def test_a_stencil_is_black_on_nothing(tmp_path: Path) -> None:
    made = Made()
    image = made.raw(drawing(), ImageMask=True)
    del image.ColorSpace
    path, picture = made_of(image, made, tmp_path, b"q 0 g " + PAINT + b" Q")
    assert opened(picture).mode == "LA"
    assert difference(path, picture) < 4


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_turns_its_pictures(tmp_path: Path, rotate: int) -> None:
    made = Made()
    path, picture = made_of(made.raw(photograph(width=64, height=48)), made, tmp_path, rotate=rotate)
    assert (picture.width, picture.height) == ((48, 64) if rotate != 180 else (64, 48))
    assert difference(path, picture) < 4


def test_an_inline_picture_and_one_within_forms(tmp_path: Path) -> None:
    made = Made()
    grey = photograph("L").tobytes()
    made.page(b"q 90 0 0 90 50 50 cm BI /W 64 /H 64 /BPC 8 /CS /G ID " + grey + b"\nEI Q")
    inner = made.form(b"q 80 0 0 80 0 0 cm /I Do Q", I=made.raw(photograph()))
    outer = made.form(b"q 1 0 0 1 20 30 cm /F Do Q", F=inner)
    made.page(b"/G Do", G=outer)
    path = made.save(tmp_path)
    inline, within = pictures(path)
    assert inline.xref == 0
    assert opened(inline).tobytes() == grey
    assert within.places[0].box == pytest.approx((20, 90, 100, 170))
    assert all(difference(path, picture) < 4 for picture in (inline, within))


def test_strips_and_tiles_are_put_together(tmp_path: Path) -> None:
    """Six strips, the last one lower, and four tiles; two photographs that only touch at a corner stay two."""
    made = Made()
    whole = photograph(width=60, height=70)
    strips = {f"S{n}": made.raw(whole.crop((0, 12 * n, 60, min(12 * n + 12, 70)))) for n in range(6)}
    content = b" ".join(
        b"q 60 0 0 %d 20 %d cm /S%d Do Q" % (min(12, 70 - 12 * n), 190 - min(12 * n + 12, 70), n) for n in range(6)
    )
    made.page(content, **strips)
    tiled = photograph(width=80, height=80)
    tiles = {f"T{n}": made.raw(tiled.crop((x, y, x + 40, y + 40))) for n, (x, y) in enumerate(
        [(0, 0), (40, 0), (0, 40), (40, 40)])}  # fmt: skip
    corners = [(20, 140), (60, 140), (20, 100), (60, 100)]
    made.page(b" ".join(b"q 40 0 0 40 %d %d cm /T%d Do Q" % (x, y, n) for n, (x, y) in enumerate(corners)), **tiles)
    made.page(b"q 40 0 0 40 20 140 cm /A Do Q q 40 0 0 40 60 100 cm /B Do Q",
              A=made.raw(photograph(width=40, height=40)), B=made.raw(photograph("L", 40, 40)))  # fmt: skip
    path = made.save(tmp_path)
    first, second, third, fourth = pictures(path)
    assert opened(first).tobytes() == whole.tobytes()
    assert opened(second).tobytes() == tiled.tobytes()
    assert (first.xref, second.xref) == (0, 0)
    assert third.xref
    assert fourth.xref
    assert all(difference(path, picture) < 4 for picture in (first, second))


def test_the_same_picture_comes_once_with_its_places(tmp_path: Path) -> None:
    made = Made()
    image, other = made.raw(photograph()), made.raw(photograph("L"))
    made.page(PAINT, I=image)
    made.page(PAINT + b" q 50 0 0 50 0 0 cm /I Do Q", I=made.raw(photograph()))  # a copy
    made.page(PAINT, I=other)
    for _ in range(3):
        made.page(b"")
    first, second = pictures(made.save(tmp_path))
    assert [place.page for place in first.places] == [1, 2, 2]
    assert [place.page for place in second.places] == [3]


def test_what_is_not_to_be_seen_is_no_picture(tmp_path: Path) -> None:
    made = Made()
    made.page(b"q Q", I=made.raw(photograph()))  # listed only
    made.page(b"q 100 0 0 100 400 400 cm /I Do Q", I=made.raw(photograph("L")))  # beside the page
    assert pictures(made.save(tmp_path)) == []


def test_decoration_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    made = Made()
    logo = made.raw(photograph("L", 50, 40))
    odd = {
        "small": made.raw(photograph(width=20)), "icon": made.raw(photograph(width=99)),
        "rule": made.raw(photograph(width=640, height=40)), "blank": made.raw(Image.new("RGB", (64, 64), "navy")),
    }  # fmt: skip
    sizes = {"small": b"100 0 0 100", "icon": b"9 0 0 9", "rule": b"180 0 0 5", "blank": b"100 0 0 100"}
    for name, image in odd.items():
        made.page(b"q 50 0 0 40 0 0 cm /L Do Q q " + sizes[name] + b" 20 50 cm /I Do Q", I=image, L=logo)
    made.page(PAINT, I=made.raw(photograph()))
    path = made.save(tmp_path)
    (kept,) = pictures(path)
    assert kept.places[0].page == 5
    assert len(pictures(path, min_size=0)) == 6
    assert len(pictures(path, min_size=0)[0].places) == 4
    assert pictures(path, pages={2}) != []  # alone, the logo is on one page only


def test_captions_are_linked_and_drawings_drawn(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((100, 90), "Table 1: Not about the picture.")
    page.insert_image((100, 100, 200, 200), stream=as_jpeg(photograph()))
    page.insert_text((100, 215), "Figure 1: The mill.")
    page.insert_image((100, 400, 200, 500), stream=as_jpeg(photograph("L")))
    for n in range(20):
        page.draw_circle((320 + 8 * n, 620 + 3 * (n * n % 11)), 6, fill=(0.1, 0.4, 0.6))
    page.insert_text((300, 680), "Figure 2: Stones in the river.")
    path = tmp_path / "a.pdf"
    document.save(path)
    mill, other, stones = pictures(path)
    assert (mill.places[0].caption, mill.kind) == ("Figure 1: The mill.", "image")
    assert (other.places[0].caption, other.kind) == (None, "image")
    assert (stones.places[0].caption, stones.kind, stones.xref) == ("Figure 2: Stones in the river.", "figure", 0)
    assert stones.width > 400
    assert opened(stones).getpixel((20, stones.height // 2)) is not None


def test_forms_of_file(tmp_path: Path) -> None:
    made = Made()
    made.page(PAINT, I=made.raw(photograph(), SMask=made.raw(photograph("L"))))
    path = made.save(tmp_path)
    (picture,) = pictures(path, form="jpeg")
    assert (picture.extension, opened(picture).format, opened(picture).mode) == ("jpeg", "JPEG", "RGB")
    assert difference(path, picture) < 6


def test_a_picture_that_fails_costs_that_picture_only(tmp_path: Path) -> None:
    made = Made()
    broken = made.image(b"no jpeg at all", Filter=Name.DCTDecode, ColorSpace=Name.DeviceRGB)
    made.page(b"q 90 0 0 90 0 0 cm /B Do Q " + PAINT, B=broken, I=made.raw(photograph()))
    kept = [found for found in painted_images(made.save(tmp_path)) if isinstance(found, Picture)]
    assert [picture.places[0].box for picture in kept] == [pytest.approx((40, 40, 140, 140))]


def test_a_file_that_cannot_be_opened_raises(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        list(painted_images(empty))
