"""Tesseract's hOCR becomes lines; and the command itself, where it is installed."""

import shutil

import numpy as np
import pytest

from ragcli.errors import ReadError
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.engine import Line, Picture, Word
from ragcli.reading.ocr.tesseract import Tesseract, lines_of

HOCR = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><title></title></head><body>
<div class='ocr_page' title='image "p.pnm"; bbox 0 0 1654 2339; ppageno 0'>
 <div class='ocr_carea' title="bbox 100 183 799 300"><p class='ocr_par' lang='fra' title="bbox 100 183 799 300">
  <span class='ocr_line' title="bbox 100 183 799 230; baseline -0.01 -4; x_size 50.4; x_descenders 5; x_ascenders 10">
   <span class='ocrx_word' title='bbox 100 183 521 230; x_wconf 90'>HYDROM\xc3\x88TRES</span>
   <span class='ocrx_word' title='bbox 537 188 799 227; x_wconf 80'>R&amp;D</span>
  </span>
  <span class='ocr_line' title="bbox 100 250 200 280; baseline 0 0"><span class='ocrx_word' title='bbox 1 2 3 4'> </span></span>
 </p></div>
 <div class='ocr_carea' title="bbox 0 0 9 9"><p class='ocr_par' title="bbox 0 0 9 9">
  <span class='ocr_header' title="bbox 100 400 200 420"><span class='ocrx_word' title='bbox 100 400 200 420'>a\x01b</span></span>
 </p></div>
</div></body></html>"""


def test_lines_words_boxes_and_baselines() -> None:
    first, second = lines_of(HOCR)
    assert first == Line(
        (Word("HYDROMÈTRES", (100, 183, 521, 230), 0.9), Word("R&D", (537, 188, 799, 227), 0.8)), 50.4, 226, -0.01, 0
    )
    assert second == Line((Word("ab", (100, 400, 200, 420), 0.0),), 20, 420, 0, 1)


def test_what_is_no_hocr() -> None:
    with pytest.raises(ReadError, match="tesseract's answer"):
        lines_of(b"<html>")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_languages() -> None:
    engine = Tesseract()
    assert engine.name.startswith("tesseract ")
    assert engine.lacks("en") is None
    assert engine.languages_for("en") == ("en",)
    assert "apt install tesseract-ocr-" in (engine.lacks("yi") or "apt install tesseract-ocr-yid")
    assert engine.lacks("xx") is not None
    assert engine.languages_for(None)[0] == engine.languages_for("xx")[0] == "en"


@pytest.fixture
def tesseract() -> Tesseract:
    if shutil.which("tesseract") is None or "osd" not in Tesseract().installed:
        pytest.skip("tesseract is not installed with what tells scripts")
    return Tesseract()


RUSSIAN = "Плотина у мельницы построена в 1912 году и с тех пор не перестраивалась. Вода поднимается весной. "
ENGLISH = "The weir at the mill was built in 1912 and has not been altered since then. The water rises in spring. "


def drawn(text: str, turn: int = 0) -> Picture:
    page = pymupdf.open().new_page()
    page.insert_htmlbox((60, 60, 540, 780), f'<p style="font-size:12px">{text * 12}</p>')
    pixels = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]
    return Picture(np.ascontiguousarray(np.rot90(grey, turn)), 200)


def test_the_script_of_a_page(tesseract: Tesseract) -> None:
    russian, english = drawn(RUSSIAN), drawn(ENGLISH)
    (seen,) = tesseract.languages_seen(russian, ("en", "fr"), 30)
    assert seen in ("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn")  # the first that is installed
    assert tesseract.languages_seen(russian, ("uk",), 30) == ()
    assert tesseract.languages_seen(english, ("en", "fr"), 30) == ()
    assert tesseract.languages_seen(english, ("ru",), 30) == tesseract.languages_for(None)


def test_what_is_too_little_or_lies_askew_tells_no_script(tesseract: Tesseract) -> None:
    assert tesseract.languages_seen(Picture(np.full((400, 300), 255, np.uint8), 100), ("en",), 30) == ()
    assert tesseract.languages_seen(drawn(RUSSIAN, turn=1), ("en",), 30) == ()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_it_is_ended_when_it_takes_too_long() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (2000, 2000), dtype=np.uint8)
    with pytest.raises(ReadError, match=r"longer than 0\.01 s"):
        Tesseract().recognise(Picture(noise, 200), ("en",), 0.01)
