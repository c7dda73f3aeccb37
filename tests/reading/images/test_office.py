"""Pictures out of Word files, presentations and books: what is shown, with its caption, and no page made up."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from docx.shared import Inches
from PIL import Image
from pptx.util import Pt

from ragcli.errors import ReadError
from ragcli.reading.images.folder import Wanted, extract_images
from ragcli.reading.images.office import office_images
from ragcli.reading.images.pdf import Picture
from ragcli.reading.registry import read
from ragcli.records import Failure
from ragcli.settings import Reading
from tests.reading.images.test_folder import rows
from tests.reading.picture_files import as_jpeg, photograph


def as_file(image: Image.Image, form: str) -> bytes:
    data = io.BytesIO()
    image.save(data, form)
    return data.getvalue()


PHOTO = as_jpeg(photograph())
CHART = as_file(photograph("L", 90, 50), "PNG")
EMF = b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60)


def pictures(path: Path, **options: Any) -> list[Picture]:
    return [one for one in office_images(path, **options) if isinstance(one, Picture)]


def word(tmp_path: Path, build: Any) -> Path:
    document = docx.Document()
    build(document)
    document.save(str(tmp_path / "report.docx"))
    return tmp_path / "report.docx"


def add(document: Any, data: bytes) -> Any:
    document.add_picture(io.BytesIO(data), width=Inches(1))
    return document.paragraphs[-1]


def test_pictures_of_a_word_file_with_their_captions(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        document.add_paragraph("The mill stood by the weir.")
        add(document, PHOTO)
        document.add_paragraph("Seen from the bank", style="Caption")
        document.add_paragraph("Figure 2 – Levels by month")
        add(document, CHART)
        document.add_paragraph("And so it went.")
        add(document, PHOTO)._p.xpath(".//wp:docPr")[0].set("descr", "The mill in June")

    path = word(tmp_path, build)
    photo, chart = pictures(path)
    assert (photo.data, photo.extension, photo.width) == (PHOTO, "jpeg", 64)
    assert [(place.page, place.box, place.caption) for place in photo.places] == [
        (None, None, "Seen from the bank"),
        (None, None, "The mill in June"),
    ]
    assert (chart.data, chart.places[0].caption) == (CHART, "Figure 2 – Levels by month")
    figures = [block.text for page in read(path, Reading()).pages for block in page.blocks if block.kind == "figure"]
    assert figures == ["Seen from the bank", "Figure 2 – Levels by month"]


def test_captions_above_belong_to_what_is_below(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        for number, data in enumerate((PHOTO, CHART), start=1):
            document.add_paragraph(f"Figure {number}: shown below")
            add(document, data)

    found = [(one.data, one.places[0].caption) for one in pictures(word(tmp_path, build))]
    assert found == [(PHOTO, "Figure 1: shown below"), (CHART, "Figure 2: shown below")]


def test_what_is_not_shown_or_small_or_blank_is_left_out(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        shown = add(document, as_file(photograph("RGB", 20, 20), "PNG"))
        add(document, as_file(Image.new("RGB", (80, 80), "navy"), "PNG"))
        add(document, CHART)._p.getparent().remove(document.paragraphs[-1]._p)  # still in the package
        assert shown is not None

    path = word(tmp_path, build)
    assert pictures(path) == []
    assert len(pictures(path, min_size=0)) == 2


def test_other_formats_become_png_and_what_is_not_read_costs_itself(tmp_path: Path) -> None:
    bitmap = as_file(photograph("RGB"), "BMP")

    def build(document: Any) -> None:
        add(document, bitmap)
        part = add(document, CHART)._p.xpath(".//a:blip/@r:embed")[0]
        document.part.related_parts[part]._blob = EMF

    first, failed = office_images(word(tmp_path, build))
    assert isinstance(first, Picture)
    assert first.extension == "png"
    assert Image.open(io.BytesIO(first.data)).convert("RGB").tobytes() == photograph("RGB").tobytes()
    assert isinstance(failed, Failure)
    assert failed.reason == "a picture: EMF is not read"


def test_webp_is_decoded_and_svg_drawn(tmp_path: Path) -> None:
    data = io.BytesIO()
    photograph("RGB").save(data, "WEBP", lossless=True)
    drawing = (
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="90" height="72">'
        b'<rect x="9" y="9" width="36" height="36" fill="#c00000"/></svg>'
    )
    images = '<img src="../photo.bin"/><img src="../drawing.bin"/><img src="../page.bin"/>'
    made = book(tmp_path, images, photo=data.getvalue(), drawing=drawing, page=b"<html><body>no picture</body></html>")
    photo, drawn, failed = office_images(made)
    assert isinstance(photo, Picture)
    assert isinstance(drawn, Picture)
    assert isinstance(failed, Failure)
    assert Image.open(io.BytesIO(photo.data)).convert("RGB").tobytes() == photograph("RGB").tobytes()
    assert (drawn.extension, drawn.width, drawn.height) == ("png", 250, 200)  # at 200 dots an inch
    shown = Image.open(io.BytesIO(drawn.data)).convert("RGB")
    assert (shown.getpixel((50, 50)), shown.getpixel((200, 150))) == ((192, 0, 0), (255, 255, 255))


def test_pictures_of_slides_have_slide_and_box(tmp_path: Path) -> None:
    show = pptx.Presentation()
    for number in range(4):
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_picture(io.BytesIO(CHART), Pt(600), Pt(10), Pt(40), Pt(20))  # on each of them: a logo
        if number == 2:
            slide.shapes.add_picture(io.BytesIO(PHOTO), Pt(100), Pt(100), Pt(200), Pt(150))
            slide.shapes.add_textbox(Pt(100), Pt(255), Pt(200), Pt(20)).text_frame.text = "Figure 1: The weir"
    show.save(str(tmp_path / "talk.pptx"))
    (photo,) = pictures(tmp_path / "talk.pptx")
    (place,) = photo.places
    assert (place.page, place.caption, photo.data) == (3, "Figure 1: The weir", PHOTO)
    assert place.box == pytest.approx((100, 100, 300, 250), abs=0.1)
    assert pictures(tmp_path / "talk.pptx", pages={1}) == []


def book(tmp_path: Path, chapter: str, **files: bytes) -> Path:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="OPS/b.opf"/></container>')
        package = '<manifest><item id="a" href="text/a.xhtml"/></manifest><spine><itemref idref="a"/></spine>'
        archive.writestr("OPS/b.opf", f"<package>{package}</package>")
        archive.writestr("OPS/text/a.xhtml", f"<html><body>{chapter}</body></html>")
        for name, data in files.items():
            archive.writestr(f"OPS/{name}.bin", data)
    return path


def test_pictures_of_a_book(tmp_path: Path) -> None:
    chapter = (
        '<h1>One</h1><figure><img src="../photo.bin" alt="x"/><figcaption>The old weir</figcaption></figure>'
        '<p><img src="../chart.bin" alt="Levels by month"/><img src="http://example.org/far.png"/>'
        '<img src="../none.bin"/></p>'
    )
    path = book(tmp_path, chapter, photo=PHOTO, chart=CHART, never=PHOTO)
    found = list(office_images(path))
    assert [one.reason[:10] for one in found if isinstance(one, Failure)] == ["a picture:"]
    assert [(one.data, one.places[0].caption) for one in found if isinstance(one, Picture)] == [
        (PHOTO, "The old weir"),
        (CHART, "Levels by month"),
    ]


def test_the_folder_holds_pictures_of_all_formats_once(tmp_path: Path) -> None:
    paths = [word(tmp_path, lambda document: add(document, PHOTO)), book(tmp_path, '<img src="../p.bin"/>', p=PHOTO)]
    damaged = tmp_path / "damaged.docx"
    damaged.write_bytes(paths[0].read_bytes()[:400])
    report = extract_images([*paths, damaged], Wanted(jobs=1, out=tmp_path / "out"))
    assert (report.pictures, report.places) == (1, 2)
    assert [(row["page"], row["box"], row["xref"]) for row in rows(tmp_path / "out")] == [(None, None, 0)] * 2
    assert [failure.kind for failure in report.failed] == ["truncated"]
    with pytest.raises(ReadError, match="cut short"):
        list(office_images(damaged))
