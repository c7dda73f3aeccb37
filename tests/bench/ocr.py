"""Which pages are taken for scans, and how well two engines read them.

    python tests/bench/ocr.py need PDF_FOLDER...
    python tests/bench/ocr.py degraded PDF_FOLDER... --engines tesseract rapidocr
    python tests/bench/ocr.py scans TRUTH_FOLDER...

`need` makes of each sampled page what the rule must tell apart: the page itself, blank and framed paper; and scans of
it, scans with a stamp, letters as outlines, fonts without or with a wrong map to Unicode; and a sheet with some lines of
text above a picture of a quarter to 45 % of it: a scan of the page, a photograph, a plot. `degraded` draws pages with a
text layer, spoils the pictures, and compares what is recognised with the layer. `scans` compares with texts that
people wrote down: `NAME.pdf` beside `truth/NAME.txt`, or `truth/NAME_pN.txt` per page.

The measure is kind in one way: blanks and line ends count as one blank. It is unkind in another: the order of columns
counts as letters wrong; `words` (the F1 of the two bags of words) does not see it.
"""

import argparse
import io
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import numpy as np
from matplotlib import get_data_path
from matplotlib.figure import Figure
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein
from tables import markdown

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.engine import Engine
from ragcli.reading.ocr.pages import recognise_pages
from ragcli.reading.ocr.recognition import Cache
from ragcli.reading.pdf.sheet import read_sheet
from ragcli.reading.text_layer.lines import page_rows
from ragcli.reading.work import Work

SHIFT = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    b"1 beginbfrange <00> <FF> <0003> endbfrange endcmap end end"
)
SPOILED: dict[str, dict[str, Any]] = {
    "clean": {},
    "skew 2 degrees": {"skew": 2.0},
    "blur 1.2 px": {"blur": 1.2},
    "noise 25": {"noise": 25.0},
    "JPEG 20": {"jpeg": 20},
    "all, milder": {"skew": 1.0, "blur": 0.8, "noise": 12.0, "jpeg": 35},
}


class Score(NamedTuple):
    """Shares of letters and of words that are wrong, the F1 of the words whatever their order, and seconds a page."""

    cer: float
    wer: float
    words: float
    seconds: float


# ---- pages that are made


def spoiled(page: Any, dpi: int = 150, **how: Any) -> Image.Image:
    """Draw a page and spoil the picture: skew in degrees, blur in pixels, noise as a standard deviation of 255."""
    drawn = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    if skew := how.get("skew"):
        picture = picture.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    if blur := how.get("blur"):
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    if noise := how.get("noise"):
        drawn_noise = np.random.default_rng(0).normal(0, noise, (picture.height, picture.width))
        picture = Image.fromarray(np.clip(np.asarray(picture) * 0.88 + 16 + drawn_noise, 0, 255).astype(np.uint8))
    return picture


def scan_of(page: Any, stamp: str = "", **how: Any) -> Any:
    """A PDF of one page that shows the spoiled picture of another."""
    file = io.BytesIO()
    quality = int(how.get("jpeg", 0))
    spoiled(page, **how).save(file, "JPEG" if quality else "PNG", **({"quality": quality} if quality else {}))
    document = pymupdf.open()
    sheet = document.new_page(width=page.rect.width, height=page.rect.height)
    sheet.insert_image(sheet.rect, stream=file.getvalue())
    if stamp:
        sheet.insert_text((20, 20), stamp, fontsize=8)
    return document


def remapped(document: Any, number: int, cmap: bytes | None) -> Any | None:
    """The page with the maps of its fonts to Unicode dropped, or replaced; None when it has none."""
    copy = pymupdf.open()
    copy.insert_pdf(document, from_page=number, to_page=number)
    found = False
    for xref in range(1, copy.xref_length()):
        if copy.xref_get_key(xref, "ToUnicode")[0] == "xref":
            found, new = True, "null"
            if cmap is not None:
                stream = copy.get_new_xref()
                copy.update_object(stream, "<<>>")
                copy.update_stream(stream, cmap)
                new = f"{stream} 0 R"
            copy.xref_set_key(xref, "ToUnicode", new)
    return pymupdf.open(stream=copy.tobytes(), filetype="pdf") if found else None


def outlined(page: Any) -> Any:
    """A page whose letters are drawn as shapes."""
    drawing = pymupdf.open(stream=page.get_svg_image(text_as_path=True).encode(), filetype="svg")
    return pymupdf.open(stream=drawing.convert_to_pdf(), filetype="pdf")


def framed() -> Any:
    document = pymupdf.open()
    document.new_page().draw_rect((30, 30, 560, 800))
    return document


def beside(page: Any, lines: int, share: float, picture: Image.Image) -> Any:
    """A page of the same size with the first lines of another, and below them a picture that covers a share of it."""
    document = pymupdf.open()
    sheet = document.new_page(width=page.rect.width, height=page.rect.height)
    text = [" ".join(line.split()) for line in page.get_text().splitlines() if len(line) > 20]
    for number, line in enumerate(text[:lines]):
        sheet.insert_text((50, 60 + 13 * number), line[:110], fontsize=9)
    ratio = (share * page.rect.get_area() / (picture.width * picture.height)) ** 0.5
    width, height = min(picture.width * ratio, page.rect.width), picture.height * ratio
    top = page.rect.height - 20 - height
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    sheet.insert_image((10, top, 10 + width, top + height), stream=file.getvalue(), keep_proportion=False)
    return document


def photograph(chance: random.Random) -> Image.Image:
    """A part of the photograph that matplotlib brings."""
    with Image.open(Path(get_data_path(), "sample_data", "grace_hopper.jpg")) as whole:
        left, top = chance.randint(0, 120), chance.randint(0, 120)
        return whole.convert("RGB").crop((left, top, left + 380, top + 400)).resize((1140, 1200))


def plot(chance: random.Random) -> Image.Image:
    """Lines, bars or points with title, ticks, grid and legend."""
    figure = Figure(figsize=(6, chance.uniform(4, 7)), dpi=150)
    axes = figure.subplots(chance.randint(1, 2), chance.randint(1, 2), squeeze=False)
    for ax in axes.flat:
        x = range(chance.randint(5, 40))
        for number in range(chance.randint(1, 4)):
            draw = chance.choice([ax.plot, ax.scatter, ax.bar])
            draw(x, [chance.gauss(number, 1) for _ in x], label=f"measured series {number}")
        ax.set_title("Level and flow at the gauges of the upper valley")
        ax.set_xlabel("day of the month")
        ax.set_ylabel("level above the weir in metres")
        ax.grid(chance.random() < 0.5)
        ax.legend()
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return Image.open(file).convert("RGB")


# ---- the rule


def made_pages(document: Any, number: int, characters: int) -> Iterator[tuple[str, bool, Any]]:
    """(what it is, whether it must be recognised, a PDF of that one page) for one page with a text layer."""
    page = document[number]
    own = pymupdf.open()
    own.insert_pdf(document, from_page=number, to_page=number)
    yield "the page itself", False, own
    empty = pymupdf.open()
    empty.new_page()
    yield "blank page", False, empty
    yield "scan of a blank page", False, scan_of(empty[0], noise=12.0)
    yield "frame", False, framed()
    if characters < 200:
        return
    yield "clean scan", True, scan_of(page)
    yield "poor scan", True, scan_of(page, **SPOILED["all, milder"])
    yield "scan with a stamp", True, scan_of(page, "Received 12 March 2021, file 77-B, page 3 of 9", blur=0.8)
    yield "letters as outlines", True, outlined(page)
    if characters > 1200:
        chance = random.Random(f"{document.name} {number}")
        share, lines = chance.uniform(0.25, 0.45), chance.randint(2, 10)
        for how in ("clean", "skew 2 degrees", "all, milder"):
            yield f"text above a letter, {how}", True, beside(page, lines, share, spoiled(page, 200, **SPOILED[how]))
        yield "text above a photograph", False, beside(page, lines, share, photograph(chance))
        yield "text above a plot", False, beside(page, lines, share, plot(chance))
    if dropped := remapped(document, number, None):
        # Where the font's own encoding says enough, nothing is lost, and nothing has to be recognised.
        intact = len(dropped[0].get_text().split()) > 0 and Levenshtein.normalized_similarity(
            dropped[0].get_text(), page.get_text()
        )
        yield "font without a map", intact < 0.8, dropped
    if shifted := remapped(document, number, SHIFT):
        similar = Levenshtein.normalized_similarity(shifted[0].get_text(), page.get_text())
        yield "font with a wrong map", similar < 0.6, shifted


def measure_need(folders: Sequence[Path], pages: int) -> None:
    """Print what the rule says of each kind of page, its precision and recall."""
    asked: Counter[tuple[str, bool]] = Counter()
    said: Counter[tuple[str, bool]] = Counter()
    for document, number in sampled(folders, pages):
        characters = len(document[number].get_text())
        for name, truth, made in made_pages(document, number, characters):
            asked[name, truth] += 1
            said[name, truth] += read_sheet(made, 1, Work()).need is not None
    rows = [(name, "yes" if truth else "no", asked[name, truth], said[name, truth]) for name, truth in sorted(asked)]
    print(markdown(("page", "must be", "pages", "taken"), rows))
    right = sum(count for (_, truth), count in said.items() if truth)
    wrong = sum(count for (_, truth), count in said.items() if not truth)
    print(f"precision {right / (right + wrong):.3f}, recall {right / sum(n for (_, t), n in asked.items() if t):.3f}")


# ---- the engines


def engines(names: Sequence[str]) -> dict[str, Engine]:
    found: dict[str, Engine] = {}
    if "tesseract" in names:
        from ragcli.reading.ocr.tesseract import Tesseract

        found["tesseract"] = Tesseract()
    if "rapidocr" in names:
        from ragcli.reading.ocr.rapid import Rapid

        found["rapidocr"] = Rapid(1)
    return found


def score(truth: str, document: Any, number: int, engine: Engine, language: str | None) -> Score:
    """Recognise a page as `ingest` does and compare."""
    path = Path(document.name) if document.name else Path(__file__)
    start = time.perf_counter()
    (page,) = recognise_pages(document, path, [number + 1], engine, language, Cache(None), 1, 300.0, lambda _: None)
    seconds = time.perf_counter() - start
    width, height = document[number].rect.width, document[number].rect.height
    read = plain("\n".join(row.text for row in page_rows(page.blocks, width, height)))
    wanted = plain(truth)
    bags = Counter(wanted.split()), Counter(read.split())
    shared = sum((bags[0] & bags[1]).values())
    return Score(
        Levenshtein.distance(wanted, read) / max(len(wanted), 1),
        Levenshtein.distance(wanted.split(), read.split()) / max(len(wanted.split()), 1),
        2 * shared / max(sum(bags[0].values()) + sum(bags[1].values()), 1),
        seconds,
    )


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())


def measure_degraded(folders: Sequence[Path], pages: int, names: Sequence[str], language: str | None) -> None:
    chosen = [
        (document, number)
        for document, number in sampled(folders, 3 * pages)
        if len(document[number].get_text()) > 1500 and covered(document[number]) < 0.05
    ][:pages]
    rows = []
    for how, options in SPOILED.items():
        for name, engine in engines(names).items():
            scores = []
            for document, number in chosen:
                sheet = read_sheet(document, number + 1, Work())
                truth = "\n".join(row.text for row in sheet.rows)
                scores.append(score(truth, scan_of(document[number], **options), 0, engine, language))
            rows.append((how, name, *_means(scores)))
    print(f"{len(chosen)} pages of {', '.join(folder.name for folder in folders)}")
    print(markdown(("picture at 150 dpi", "engine", "CER %", "WER %", "words F1", "s/page"), rows, names=2))


def measure_scans(folders: Sequence[Path], pages: int, names: Sequence[str], language: str | None) -> None:
    rows = []
    for name, engine in engines(names).items():
        for folder in folders:
            for path in sorted(folder.glob("*.pdf")):
                document = pymupdf.open(path)
                scores = []
                for number in range(min(len(document), pages)):
                    truth = folder / "truth" / f"{path.stem}_p{number + 1}.txt"
                    truth = truth if truth.exists() else truth.with_name(f"{path.stem}.txt")
                    if truth.exists():
                        scores.append(score(truth.read_text(encoding="utf-8"), document, number, engine, language))
                if scores:
                    rows.append((path.stem, name, len(scores), *_means(scores)))
    print(markdown(("scan", "engine", "pages", "CER %", "WER %", "words F1", "s/page"), rows, names=2))


def covered(page: Any) -> float:
    """The share of a page that pictures cover."""
    boxes = [pymupdf.Rect(image["bbox"]) for image in page.get_image_info()]
    return float(sum(box.get_area() for box in boxes) / page.rect.get_area())


def _means(scores: Sequence[Score]) -> tuple[str, str, str, str]:
    cer, wer, words, seconds = (mean(column) for column in zip(*scores, strict=True))
    return f"{100 * cer:.2f}", f"{100 * wer:.1f}", f"{words:.3f}", f"{seconds:.1f}"


def sampled(folders: Sequence[Path], pages: int) -> Iterator[tuple[Any, int]]:
    """Pages of the PDFs below the folders: so many of each folder, drawn once and for all."""
    for folder in folders:
        everything = []
        for path in sorted(folder.rglob("*.pdf")):
            document = pymupdf.open(path)
            everything += [(document, number) for number in range(len(document))]
        random.Random(0).shuffle(everything)
        yield from everything[:pages]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("need", "degraded", "scans"))
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=4, help="of each folder; of `scans`, of each file")
    parser.add_argument("--engines", nargs="+", default=["tesseract", "rapidocr"])
    parser.add_argument("--language", help="ISO 639-1; not given: unknown, as for a file of scans alone")
    given = parser.parse_args()
    measures: dict[str, Callable[[], None]] = {
        "need": lambda: measure_need(given.folders, given.pages),
        "degraded": lambda: measure_degraded(given.folders, given.pages, given.engines, given.language),
        "scans": lambda: measure_scans(given.folders, given.pages, given.engines, given.language),
    }
    measures[given.what]()


if __name__ == "__main__":
    main()
