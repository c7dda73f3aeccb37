"""A page as a picture: the marks lie on what was read, however the page is turned or cropped."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.errors import ReadError
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.drawing import DPI, draw_page
from ragcli.reading.pdf.read import read_pdf
from ragcli.records import Box
from ragcli.settings import Reading


def marked(png: bytes) -> tuple[int, int, int, int]:
    """The box of all pixels that are neither white nor grey."""
    pixels: Any = pymupdf.Pixmap(png)
    spots = [
        (x, y)
        for y in range(0, pixels.height, 2)
        for x in range(0, pixels.width, 2)
        if pixels.pixel(x, y)[2] < pixels.pixel(x, y)[0] - 40
    ]
    return min(x for x, _ in spots), min(y for _, y in spots), max(x for x, _ in spots), max(y for _, y in spots)


def saved(document: Any, folder: Path) -> tuple[Path, Box]:
    """The file, and the box of its only block."""
    path = folder / "a.pdf"
    document.save(path)
    (block,) = read_pdf(path, Reading()).pages[0].blocks
    assert block.bbox is not None
    return path, block.bbox


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_the_mark_lies_on_the_text(tmp_path: Path, rotation: int, cropped: bool) -> None:
    document = pymupdf.open()
    page = document.new_page(width=300, height=400)
    page.insert_text((100, 150), "The mill stands on the bank of the Tressaune.", fontsize=8)
    if cropped:
        page.set_cropbox(pymupdf.Rect(40, 60, 290, 380))
    page.set_rotation(rotation)
    path, box = saved(document, tmp_path)
    with pymupdf.open(path) as opened:
        seen = pymupdf.Rect(box) * opened[0].rotation_matrix
        ink = opened[0].get_pixmap()
    found = marked(draw_page(path, 1, [box]))
    zoom = DPI / 72
    assert found == pytest.approx([edge * zoom for edge in seen], abs=3 * zoom)
    assert (ink.width, ink.height) == ((300, 400) if not cropped else (250, 320))[:: -1 if rotation % 180 else 1]


@pytest.mark.parametrize("rotation", [0, 90])
def test_of_a_paragraph_only_the_quote_is_marked(tmp_path: Path, rotation: int) -> None:
    document = pymupdf.open()
    page = document.new_page(width=300, height=400)
    page.insert_text((40, 100), "The mill stands here. It has a water-", fontsize=8)
    page.insert_text((40, 110), "wheel of oak. Nobody lives in it.", fontsize=8)
    page.set_cropbox(pymupdf.Rect(20, 30, 290, 380))
    page.set_rotation(rotation)
    path, box = saved(document, tmp_path)
    with pymupdf.open(path) as opened:
        lines = opened[0].search_for("It has a water-") + opened[0].search_for("wheel of oak.")
        both = (lines[0] | lines[-1]) * opened[0].rotation_matrix
    zoom = DPI / 72
    found = marked(draw_page(path, 1, [box], quote="It has a water-wheel of oak."))
    assert found == pytest.approx([edge * zoom for edge in both], abs=4 * zoom)
    assert marked(draw_page(path, 1, [box], quote="It has no wheel.")) == marked(draw_page(path, 1, [box]))


def test_content_that_leaves_the_page_turned_over_does_not_move_the_mark(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=200, height=200)
    contents = document.get_new_xref()
    document.update_object(contents, "<<>>")
    document.update_stream(contents, b"q 5 0 0 -5 70 70 cm", new=True)  # never restored
    document.xref_set_key(page.xref, "Contents", f"{contents} 0 R")
    path = tmp_path / "a.pdf"
    document.save(path)
    assert marked(draw_page(path, 1, [(20, 20, 80, 40)])) == pytest.approx([36, 36, 144, 72], abs=6)


def test_a_page_that_is_gone_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = pymupdf.open()
    document.new_page()
    document.save(path)
    with pytest.raises(ReadError, match="1 pages now"):
        draw_page(path, 2)


def test_a_poster_is_drawn_coarser(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = pymupdf.open()
    document.new_page(width=14000, height=7000)
    document.save(path)
    pixels: Any = pymupdf.Pixmap(draw_page(path, 1))
    assert (pixels.width, pixels.height) == (4000, 2000)


def test_a_locked_file_is_drawn_with_its_password(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "secret")
    document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="mill", owner_pw="weir")
    with pytest.raises(ReadError, match="locked"):
        draw_page(path, 1)
    assert draw_page(path, 1, [(70, 60, 120, 80)], ["wrong", "mill"]).startswith(b"\x89PNG")
