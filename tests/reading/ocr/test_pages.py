"""Scanned pages with the engines that are installed: what is on them, where, and which way up."""

import importlib.util
import io
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rapidfuzz import fuzz

from ragcli.errors import ModelError
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr import installed
from ragcli.reading.ocr.engine import Engine, Line, Word
from ragcli.reading.ocr.installed import NO_ENGINE, NO_SCRIPT
from ragcli.reading.ocr.need import SCAN
from ragcli.reading.ocr.pages import without_rulings
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.work import Work
from ragcli.records import Document
from ragcli.settings import Reading

LINES = [
    "L’eau est montée de deux mètres dans la nuit du 7 novembre,",
    "et personne ne dormait dans la ville basse quand elle a passé",
    "le mur. Les sirènes avaient donné l’alerte à onze heures.",
]


def written() -> Any:
    document = pymupdf.open()
    page = document.new_page(width=400, height=220)
    page.insert_text((50, 80), "Compte rendu de la crue", fontsize=20)
    for n, line in enumerate(LINES):
        page.insert_text((50, 120 + 14 * n), line.replace("’", "'"), fontsize=11)
    return document


def scanned(document: Any, turn: int = 0, dpi: int = 150, rotation: int = 0) -> Any:
    """Return a PDF of pictures.

    Args:
        turn: degrees by which the paper lay wrong on the glass, counter-clockwise.
        rotation: that the viewer is told to show the pages with, clockwise.
    """
    scans = pymupdf.open()
    for page in document:
        pixels = page.get_pixmap(matrix=pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(-turn), colorspace=pymupdf.csGRAY)
        width, height = page.rect.width, page.rect.height
        sheet = scans.new_page(width=height if turn % 180 else width, height=width if turn % 180 else height)
        sheet.insert_image(sheet.rect, stream=pixels.tobytes("png"))
        if rotation:
            sheet.set_rotation(rotation)
    return scans


def tesseract() -> Engine:
    from ragcli.reading.ocr.tesseract import Tesseract

    return Tesseract()


def rapid() -> Engine:
    from ragcli.reading.ocr.rapid import Rapid

    return Rapid(2)


ENGINES = [
    pytest.param(
        tesseract,
        marks=pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed"),
        id="tesseract",
    ),
    pytest.param(
        rapid,
        marks=[
            pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="the extra ocr is not installed"),
            pytest.mark.slow,
        ],
        id="rapidocr",
    ),
]


@pytest.fixture(params=ENGINES, scope="module")
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.param()
    return made


def read(document: Any, tmp_path: Path, **options: Any) -> Document:
    path = tmp_path / "scan.pdf"
    document.save(path)
    return read_pdf(path, Reading(**{"language": "fr", **options}), Work(cache=tmp_path / "cache"))


@pytest.mark.parametrize(("turn", "rotation"), [(0, 0), (180, 0), (90, 0), (270, 0), (0, 90), (90, 270)])
def test_a_scan_is_read_whichever_way_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine, turn: int, rotation: int
) -> None:
    if rotation and not engine.is_parallel:
        pytest.skip("slow, and the same for all engines")
    monkeypatch.setattr(installed, "_loaded", [engine])
    (page,) = read(scanned(written(), turn, rotation=rotation), tmp_path).pages
    assert (page.method, page.problem, page.images) == ("ocr", None, 1)
    text = " ".join(block.text for block in page.blocks)
    assert fuzz.ratio(text, "Compte rendu de la crue " + " ".join(LINES)) > 93
    body = page.blocks[-1].bbox
    assert body is not None
    # Where the paragraph stands on the paper, on the unrotated page.
    expected = {0: (50, 110, 360, 151), 180: (40, 69, 350, 110), 90: (110, 40, 151, 350), 270: (69, 50, 110, 360)}[turn]
    assert body == pytest.approx(expected, abs=14)


def test_a_few_rows_on_a_crooked_scan_are_worth_a_look_for_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    monkeypatch.setattr(installed, "_loaded", [engine])
    document = written()
    for y, row in enumerate(("Objet Prix", "Radar 4870", "Remise 1753", "Taxe 5493")):
        for x, text in zip((50, 330), row.split(), strict=True):
            document[0].insert_text((x, 175 + 12 * y), text, fontsize=11)
    pixels = document[0].get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    paper = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    turned = io.BytesIO()
    paper.rotate(1.2, Image.Resampling.BICUBIC, fillcolor=255).save(turned, "PNG")
    scan = pymupdf.open()
    scan.new_page(width=400, height=220).insert_image((0, 0, 400, 220), stream=turned.getvalue())
    (page,) = read(scan, tmp_path).pages
    assert page.table_score > 0
    (level,) = read(scanned(written()), tmp_path).pages
    assert level.table_score == 0


def test_a_scan_in_a_script_that_is_not_installed_has_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as Latin letters it was gibberish, which was searched and chose the embedding model."""
    data = next(Path("/usr/share/tesseract-ocr").glob("*/tessdata/osd.traineddata"), None)
    if data is None:
        pytest.skip("tesseract is not installed with what tells scripts")
    for name in ("osd.traineddata", "eng.traineddata", "configs"):
        (tmp_path / name).symlink_to(data.parent / name)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.setattr(installed, "_loaded", [])
    document = pymupdf.open()
    line = "Плотина у мельницы построена в 1912 году и с тех пор не перестраивалась. Вода поднимается весной. "
    document.new_page().insert_htmlbox((60, 60, 540, 780), f'<p style="font-size:12px">{line * 12}</p>')
    (page,) = read(scanned(document), tmp_path).pages
    assert page.blocks == ()
    assert page.problem == (
        f"{SCAN}; {NO_SCRIPT}; install tesseract's data for 'ru' (Debian: apt install tesseract-ocr-rus)"
    )
    assert not installed.is_there_now(page.problem)
    assert installed.is_there_now(page.problem.replace("'ru'", "'en'"))


def test_a_scan_in_a_script_that_the_models_lack_says_what_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address in Latin letters was all that there seemed to be on a letter in Arabic."""
    pytest.importorskip("rapidocr")
    from ragcli.reading.ocr.rapid import Rapid

    monkeypatch.setattr(installed, "_loaded", [Rapid(2)])
    document = pymupdf.open()
    line = "بني السد بجوار الطاحونة القديمة ولم يتغير منذ ذلك الحين، ويرتفع الماء في الربيع. "
    document.new_page().insert_htmlbox((60, 60, 540, 780), f'<p style="font-size:12px">{line * 12} www.mill.ma</p>')
    (page,) = read(scanned(document), tmp_path).pages
    assert page.problem is not None
    assert page.problem.startswith("OCR reads little of it")
    assert page.problem.endswith("a script that needs tesseract: install it")
    for found in (None, "/usr/bin/tesseract"):
        monkeypatch.setattr("shutil.which", lambda _, found=found: found)
        assert installed.is_there_now(page.problem) == bool(found)


def test_a_page_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not installed.is_installed():
        pytest.skip("there is no OCR engine")
    first = read(scanned(written()), tmp_path)
    assert list((tmp_path / "cache" / "ocr").rglob("*.ocr"))
    loaded = installed.find_engine(1)

    def refuse(*_: Any) -> Any:
        raise AssertionError("recognised a second time")

    monkeypatch.setattr(type(loaded), "recognise", refuse)
    assert read_pdf(tmp_path / "scan.pdf", Reading(language="fr"), Work(cache=tmp_path / "cache")) == first
    with pymupdf.open(tmp_path / "scan.pdf") as changed:
        changed.new_page(0).insert_text((50, 80), "A page of text was put before the scan, which is the same still.")
        _, scan = read(pymupdf.open("pdf", changed.tobytes()), tmp_path).pages
    assert (scan.number, scan.method, scan.blocks) == (2, "ocr", first.pages[0].blocks)


def test_always_recognises_what_has_a_text_layer(tmp_path: Path) -> None:
    if not installed.is_installed():
        pytest.skip("there is no OCR engine")
    assert read(written(), tmp_path).pages[0].method == "text"
    assert read(written(), tmp_path, ocr="always").pages[0].method == "ocr"


def test_a_letter_pasted_into_a_sheet_is_read_in_its_place(tmp_path: Path) -> None:
    if not installed.is_installed():
        pytest.skip("there is no OCR engine")
    letter = pymupdf.open().new_page()
    letter.insert_textbox(
        (50, 50, 550, 800), "\n\n".join(f"Lettre {n}. {' '.join(LINES)}" for n in range(1, 8)), fontsize=14
    )
    document = pymupdf.open()
    sheet = document.new_page()
    sheet.insert_text((60, 60), "Pièce n° 7, reçue en mairie le 12 mars 2021", fontsize=11)
    shown = letter.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY).tobytes("png")
    sheet.insert_image((60, 90, 480, 684), stream=shown, keep_proportion=False)
    sheet.insert_text((60, 790), "Dossier 44-B, feuillet 3", fontsize=11)
    (page,) = read(document, tmp_path).pages
    texts = [block.text for block in page.blocks]
    assert page.method == "ocr"
    assert texts[0] == "Pièce n° 7, reçue en mairie le 12 mars 2021"
    assert texts[-1] == "Dossier 44-B, feuillet 3"
    assert fuzz.partial_ratio("et personne ne dormait dans la ville basse", " ".join(texts[1:-1])) > 90
    assert sum(text.count("Dossier") + text.count("mairie") for text in texts) == 2


def test_without_an_engine_the_page_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "_loaded", [])
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    assert not installed.is_installed()
    (page,) = read(scanned(written()), tmp_path).pages
    assert (page.method, page.problem) == ("none", f"{SCAN}; {NO_ENGINE}")
    with pytest.raises(ModelError, match="tesseract"):
        read(written(), tmp_path, ocr="always")


def test_rulings_that_were_taken_for_letters_part_cells_and_a_lone_bar_stays() -> None:
    def line(at: int, *words: tuple[str, int]) -> Line:
        boxes = [Word(text, (x, at, x + 9 * len(text), at + 20), 0.9) for text, x in words]
        return Line(tuple(boxes), 20.0, at + 18.0, 0.01, 1)

    rows = [line(40 * n, ("Limn", 100), ("|", 200 + n), (f"{n}.25", 220)) for n in range(3)]
    prose = line(200, ("either", 100), ("|", 400), ("or", 420))
    cut = without_rulings([*rows, prose])
    assert [[word.text for word in each.words] for each in cut] == [
        *[[text] for n in range(3) for text in ("Limn", f"{n}.25")],
        ["either", "|", "or"],
    ]
    assert cut[1].base == pytest.approx(18 + 0.01 * 120)
    assert without_rulings(rows[:2]) == rows[:2]
