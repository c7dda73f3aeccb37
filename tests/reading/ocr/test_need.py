"""Which text layers are not enough."""

from typing import Any

import numpy as np
import pytest
from PIL import Image

from ragcli.reading.mupdf.content import Content
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.need import PART, is_garbled, lacks_text

ENGLISH = (
    "The river rose by two metres in the night of 7 November, and nobody in the lower town was asleep when the water came "
    "over the wall. The gauges of the authority had warned at ten, the sirens at eleven; the bridge was closed at midnight "
    "and opened again four days later, when the engineers had seen each of its piers. Eleven houses stood in the water."
)
FRENCH = (
    "L’eau est montée de deux mètres dans la nuit du 7 novembre et personne ne dormait dans la ville basse quand elle a "
    "passé le mur. Les stations du syndicat avaient donné l’alerte à dix heures, les sirènes à onze ; le pont a été fermé "
    "à minuit et rouvert quatre jours plus tard, une fois chacune de ses piles examinée par les ingénieurs."
)
CODE = "for (int i = 0; i < n; ++i) { sum += x[i] * y[i]; } return sqrt(sum / (n - 1)); // std::vector<double>\n" * 6


@pytest.mark.parametrize(
    "text",
    [
        *(
            ENGLISH,
            FRENCH,
            CODE,
            ENGLISH.upper(),
            "",
            "x² + y² = z²  (7)",
            "a b c d e f " + ENGLISH,
            "数学の本です。" * 60,
        ),
        f"{' '.join(map(chr, range(65, 91)))}\n" * 9,  # the letters of a font, each of them shown
        "".join(
            f"≪ \\{a}{b}t" for a in "lgnsrp" for b in ("sqs", "ll", "prec", "ldv", "ggg", "ngt")
        ),  # commands of TeX
    ],
)
def test_sound_text(text: str) -> None:
    assert not is_garbled(text)


def shifted(text: str, by: int) -> str:
    """Each letter moved in the alphabet, as a wrong map of a font does."""
    a = ord("a")
    return "".join(chr((ord(c) - a + by) % 26 + a) if "a" <= c <= "z" else c for c in text.lower())


@pytest.mark.parametrize(
    "text",
    [
        *(shifted(ENGLISH, 3), shifted(FRENCH, 3), shifted(ENGLISH, 7)),
        *(ENGLISH.replace("e", "\ufffd"), "\ue012\ue044" * 9),
        f"{' '.join(ENGLISH.replace(' ', '')[:100])} {ENGLISH[:60]}",  # `C o m p a n y`, as some scanners write it
    ],
)
def test_garbled_text(text: str) -> None:
    assert is_garbled(text)


# ---- a picture beside some text


def letter() -> Any:
    """A page of a letter."""
    page = pymupdf.open().new_page()
    page.insert_textbox((60, 60, 540, 780), f"{ENGLISH}\n\n" * 6, fontsize=11)
    return page


def sheet(shown: bytes, rotation: int = 0, layer: bool = False, lines: int = 3, beside: bool = True) -> str | None:
    """What is said of a page with a few lines of text above a picture that covers a third of it and more.

    Args:
        rotation: that the page is shown with.
        layer: whether the letter's text lies on the picture, as in a scan that was recognised before.
        beside: whether pictures beside some text are looked at.
    """
    page = pymupdf.open().new_page()
    for n in range(lines):
        page.insert_text((60, 60 + 14 * n), (ENGLISH + ENGLISH)[100 * n : 100 * n + 90], fontsize=10)
    box = pymupdf.Rect(50, 250, 545, 600) if rotation else pymupdf.Rect(100, 250, 475, 780)
    page.insert_image(box, stream=shown, keep_proportion=False)
    if layer:
        page.insert_textbox(box, f"{ENGLISH}\n\n" * 4, fontsize=8, render_mode=3)
    page.set_rotation(rotation)
    blocks = page.get_text("dict")["blocks"]
    rows = [line["bbox"] for block in blocks for line in block.get("lines", ())]
    return lacks_text(Content(page), len(page.get_text()), 1, rows, beside)


def png(pixels: "np.ndarray[Any, np.dtype[np.uint8]]") -> bytes:
    return bytes(
        pymupdf.Pixmap(pymupdf.csGRAY, pixels.shape[1], pixels.shape[0], pixels.tobytes(), False).tobytes("png")
    )


def test_a_letter_pasted_into_a_sheet_is_seen() -> None:
    shown = letter().get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    assert sheet(shown.tobytes("png")) == PART
    assert [sheet(shown.tobytes("png"), lines=6, beside=asked) for asked in (True, False)] == [PART, None]
    assert sheet(shown.tobytes("png"), layer=True) is None
    level = Image.frombytes("L", (shown.width, shown.height), shown.samples)
    assert sheet(png(np.asarray(level.rotate(2, fillcolor=255)))) == PART
    assert sheet(png(np.rot90(np.asarray(level))), rotation=90) == PART


def test_a_picture_of_something_else_is_not_read() -> None:
    chance = np.random.default_rng(0)
    noise = chance.integers(0, 255, (900, 640), np.uint8)
    waves = (127 + 120 * np.sin(np.arange(900)[:, None] / 9 + np.arange(640) / 31)).astype(np.uint8)
    bars = np.full((900, 640), 255, np.uint8)
    for n in range(12):
        bars[900 - 60 * n : 880, 50 * n + 20 : 50 * n + 50] = 20 * n
    for pixels in (noise, waves, bars, np.full((900, 640), 255, np.uint8)):
        assert sheet(png(pixels)) is None


def test_what_covers_too_little_is_no_letter() -> None:
    page = pymupdf.open().new_page()
    page.insert_text((60, 60), ENGLISH[:90])
    page.insert_image((60, 100, 180, 250), stream=letter().get_pixmap(dpi=150).tobytes("png"))
    assert lacks_text(Content(page), 90, 1, [(60, 50, 500, 62)]) is None


@pytest.mark.parametrize(("lines", "need"), [(1, None), (0, PART)])
def test_a_table_that_is_a_picture_counts_more_where_nearly_nothing_else_is_said(lines: int, need: str | None) -> None:
    table = pymupdf.open().new_page(width=400, height=300)
    for n in range(13):
        table.insert_text((20, 30 + 20 * n), "the gauge of the mill      4.17 m      4870 EUR", fontsize=9)
    page = pymupdf.open().new_page()
    page.insert_text((60, 60), "Prices of gauges", fontsize=10)
    for n in range(lines):
        page.insert_text((60, 80 + 14 * n), ENGLISH[:90], fontsize=10)
    page.insert_image((60, 250, 460, 550), stream=table.get_pixmap(dpi=150).tobytes("png"))
    rows = [line["bbox"] for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
    assert lacks_text(Content(page), len(page.get_text()), 1, rows) == need
