"""What OCR reads of a page, against what its own text layer says: the better one stands."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.engine import Line, Picture, Word
from ragcli.reading.pdf import recognise as pdf_ocr
from ragcli.reading.pdf.read import read_pdf
from ragcli.records import Page
from ragcli.settings import Reading

SOUND = ["The keeper greased the sluice in May.", "The weir held, and the mill ran on."]


class Reader:
    """An engine that reads these words in whatever it is shown, as surely as it is told."""

    name, is_parallel, sure, slope = "reader", False, 0.7, 1.0
    beyond = "the marks of masons"

    def __init__(self, said: str, confidence: float) -> None:
        self.said, self.confidence = said.split(), confidence
        self.shown: list[Picture] = []

    def lacks(self, language: str) -> str | None:
        return None

    def languages_for(self, language: str | None) -> tuple[str, ...]:
        return ("eng",)

    def languages_seen(self, picture: Picture, languages: Sequence[str], seconds: float) -> tuple[str, ...]:
        return ()

    def recognise(self, picture: Picture, languages: Sequence[str], seconds: float) -> list[Line]:
        self.shown.append(picture)
        words = [
            Word(word, (50.0 + 100 * n, 100.0, 140.0 + 100 * n, 130.0), self.confidence)
            for n, word in enumerate(self.said)
        ]
        return [Line(tuple(words), 30.0, 130.0, 0.0, 0)] if words else []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A page with two sound lines, and one in a font that leads nowhere."""
    document = pymupdf.open()
    page = document.new_page()
    for n, line in enumerate(SOUND):
        page.insert_text((50, 100 + 40 * n), line)
    page.insert_text((50, 200), "Vhqxq ri wkh zhlu", fontname="cour")
    for xref, _, _, name, *_ in page.get_fonts():
        if name == "Courier":
            names = " ".join(f"/zz{number}" for number in range(32, 256))
            document.xref_set_key(xref, "Encoding", f"<</Type/Encoding/Differences[32 {names}]>>")
    document.save(tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


def read(path: Path, engine: Reader, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(pdf_ocr, "find_engine", lambda threads: engine)
    (page,) = read_pdf(path, Reading()).pages
    return page


def said(page: Page) -> str:
    return " ".join(block.text for block in page.blocks)


def test_a_sure_reading_takes_the_place_of_a_garbled_layer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(path, Reader("Seven of the weir", 0.95), monkeypatch)
    assert (page.method, page.problem, said(page)) == ("ocr", None, "Seven of the weir")


def test_of_a_garbled_layer_the_sound_lines_stay_where_ocr_is_unsure(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = read(path, Reader("5even ol tne vvelr", 0.3), monkeypatch)
    assert (page.method, said(page)) == ("text", " ".join(SOUND))
    assert page.problem is not None
    assert "unsure of the rest (30%)" in page.problem


def test_a_garbled_layer_in_which_ocr_finds_nothing_is_a_problem(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(path, Reader("", 0.0), monkeypatch)
    assert (page.blocks, page.problem) == ((), "garbled text layer; OCR found no text")


def test_numbers_that_make_the_words_that_ocr_reads_are_exact(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(path, Reader(f"{SOUND[0]} {SOUND[1]} Vhqxq r1 wkh zhlu", 0.95), monkeypatch)
    assert (page.method, page.problem) == ("text", None)
    assert said(page) == f"{' '.join(SOUND)} Vhqxq ri wkh zhlu"


def test_numbers_that_make_too_few_of_the_words_that_ocr_reads_are_none(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = "seven more words of the keeper which stand on the page and nowhere else"
    assert read(path, Reader(f"{SOUND[0]} {SOUND[1]} {more}", 0.95), monkeypatch).method == "ocr"


def test_what_is_stuck_on_a_page_is_shown_to_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = pymupdf.open().new_page()
    page.draw_rect((60, 60, 400, 400), fill=(1, 1, 1))
    page.add_rect_annot((100, 100, 300, 200)).update(fill_color=(0, 0, 0))
    page.parent.save(tmp_path / "b.pdf")
    engine = Reader("Received", 0.9)
    monkeypatch.setattr(pdf_ocr, "find_engine", lambda threads: engine)
    read_pdf(tmp_path / "b.pdf", Reading(ocr="always"))
    assert (engine.shown[0].grey < 128).mean() > 0.03


def scan(text: str, own: str = "") -> Any:
    """A page that is a picture of lines of text, with a line of its own."""
    drawn = pymupdf.open().new_page()
    drawn.insert_htmlbox((60, 60, 540, 780), f'<p style="font-size:12px">{text}</p>')
    page = pymupdf.open().new_page()
    page.insert_image(page.rect, stream=drawn.get_pixmap(dpi=150).tobytes("png"))
    page.insert_text((60, 820), own)
    return page.parent


@pytest.mark.parametrize("own", ["", "Signed on 3 May 2021"])
@pytest.mark.parametrize("stray", ["", "www"])
def test_a_scan_of_which_ocr_reads_a_stray_word_is_a_problem(
    stray: str, own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan("بني السد بجوار الطاحونة القديمة ولم يتغير منذ ذلك الحين. " * 30, own).save(tmp_path / "scan.pdf")
    page = read(tmp_path / "scan.pdf", Reader(stray, 0.9), monkeypatch)
    assert page.problem == "OCR reads little of it: handwriting, a poor scan, or the marks of masons"


def test_a_page_is_unsure_below_what_its_engine_is_sure_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hebrew, in letters that a model knows, was read with 0.72, and nothing was said."""
    scan("The weir held.").save(tmp_path / "scan.pdf")
    engine = Reader("1J2 n1n 'J2", 0.72)
    assert read(tmp_path / "scan.pdf", engine, monkeypatch).problem is None
    engine.sure = 0.85
    problem = read(tmp_path / "scan.pdf", engine, monkeypatch).problem
    assert problem == "OCR is unsure of it (72%): handwriting, a poor scan, or the marks of masons"


def test_a_photograph_has_nothing_that_ocr_could_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(0)
    coarse = Image.fromarray(chance.integers(0, 255, (60, 45, 3), np.uint8))
    coarse.resize((900, 1200), Image.Resampling.BICUBIC).save(drawn := io.BytesIO(), "PNG")
    page = pymupdf.open().new_page()
    page.insert_image(page.rect, stream=drawn.getvalue())
    page.parent.save(tmp_path / "photograph.pdf")
    page = read(tmp_path / "photograph.pdf", Reader("", 0.0), monkeypatch)
    assert (page.blocks, page.problem) == ((), None)


FORM = "The claim form must name the vehicle and its driver within two days of the accident"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A page of which a font names all letters but e and i."""
    document = pymupdf.open()
    page = document.new_page()
    for n in range(2):
        page.insert_text((50, 80 + 20 * n), FORM, fontname="cour", fontsize=9)
    for n, line in enumerate(SOUND * 3):
        page.insert_text((50, 130 + 14 * n), line, fontname="helv")
    for xref, _, _, name, *_ in page.get_fonts():
        if name == "Courier":
            document.xref_set_key(xref, "Encoding", "<</Type/Encoding/Differences[101/zz1 105/zz2]>>")
    document.save(tmp_path / "form.pdf")
    return tmp_path / "form.pdf"


def test_letters_that_a_font_does_not_name_are_read(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Reader("", 0.9)
    lines = [Line((Word(FORM, (140, top, 1300, top + 35), 0.9),), 25.0, top + 27, 0.0, 0) for top in (195, 250)]
    monkeypatch.setattr(engine, "recognise", lambda *_: lines)
    monkeypatch.setattr(pdf_ocr, "find_engine", lambda threads: engine)
    document = read_pdf(form, Reading())
    (page,) = document.pages
    assert document.warnings == ("letters that its fonts do not name were read by OCR: p.1",)
    assert (page.method, page.problem, said(page).split()) == ("text", None, " ".join([FORM, FORM, *SOUND * 3]).split())


def test_letters_that_nothing_names_are_a_problem(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(form, Reader("", 0.0), monkeypatch)
    assert page.method == "text"
    assert page.problem == "letters that its fonts do not name, and that OCR does not read"
    (page,) = read_pdf(form, Reading(ocr="never")).pages
    assert page.problem == "letters that its fonts do not name; not read, since reading.ocr is never"
    assert SOUND[0] in said(page)
