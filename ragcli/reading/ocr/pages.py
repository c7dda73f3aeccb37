"""Recognise pages of a PDF: draw them, let the engine read, and give its lines the shape of MuPDF's own text."""

import hashlib
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any

from ragcli.disk import sha256_of
from ragcli.errors import ReadError
from ragcli.reading.language import detect
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.normalise import spaced
from ragcli.reading.ocr.engine import Engine, Line, Picture, Word
from ragcli.reading.ocr.recognition import ANY_PAGE, Cache, Recognition, cache_key, recognise
from ragcli.reading.ocr.slope import slope_of

DPI = 200  # 150 reads clean print as well, 100 loses accents
_PIXELS = 24_000_000  # at most: a poster would take gigabytes
_CELL = 1.8  # sizes of white between words, from which they are cells of a table's row
_ALIKE = 0.15  # lines whose size differs less from the page's usual one are of the same size: boxes are not exact
_BARS = frozenset(("|", "||", "¦"))
_ASIDE = 12.0  # pixels by which one ruling may be left or right in another line
_RULED = 3  # lines in which it must have been taken for a letter
_DROPPED = 0.3  # mean confidence of a line, below which it is no text


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as an engine read it."""

    number: int  # from 1
    blocks: list[dict[str, Any]]  # as `Page.get_text("dict")` has them, in points of the unrotated page
    confidence: float = 0.0  # mean over its letters, in [0, 1]
    problem: str | None = None  # why it was not read


def recognise_pages(
    document: Any,
    path: Path,
    numbers: Iterable[int],
    engine: Engine,
    language: str | None,
    cache: Cache,
    threads: int,
    seconds: float,
    on_page: Callable[[int], None],
) -> Iterator[Recognised]:
    """Recognise pages, as many at a time as the engine and `threads` allow; yield them in their order.

    Args:
        document: the open pymupdf.Document of the file at `path`.
        numbers: of the pages, from 1.
        language: of the text (ISO 639-1); when None, that of the first pages that were read is taken for the rest.
        seconds: for one attempt at one page.
        on_page: told a page's number before it is drawn.
    """
    sha256 = sha256_of(path)
    rest = iter(numbers)
    with ThreadPoolExecutor(threads if engine.is_parallel else 1) as pool:

        def read(batch: Sequence[int], languages: Sequence[str]) -> list[Recognition | ReadError]:
            names, pictures = [], []
            for number in batch:
                on_page(number)
                page = document.load_page(number - 1)
                dpi = _dpi(page)
                of_page = [cache_key(sha256, number, dpi, engine, languages)]
                kept_or_drawn = cache.get(of_page[0]) or _draw(page, dpi)
                if isinstance(kept_or_drawn, Picture):  # the file may have changed, and this page not
                    grey = kept_or_drawn.grey
                    drawn = hashlib.sha256(repr(grey.shape).encode() + grey.tobytes()).hexdigest()
                    of_page.append(cache_key(drawn, ANY_PAGE, dpi, engine, languages))
                    kept_or_drawn = cache.get(of_page[1]) or kept_or_drawn
                names.append(of_page)
                pictures.append(kept_or_drawn)
            tried = pool.map(lambda each: _tried(each, engine, languages, seconds), pictures)
            for of_page, each in zip(names, results := list(tried), strict=True):
                if isinstance(each, Recognition):
                    for name in of_page:
                        cache.put(name, each)
            return results

        while batch := list(islice(rest, threads if engine.is_parallel else 1)):
            languages = engine.languages_for(language)
            results = read(batch, languages)
            if language is None:
                language = detect("\n".join(each.text for each in results if isinstance(each, Recognition)))
                if language and language not in languages and engine.languages_for(language) != languages:
                    results = read(batch, engine.languages_for(language))
            for number, result in zip(batch, results, strict=True):
                yield _recognised(document.load_page(number - 1), number, result)


def _tried(
    picture: Picture | Recognition, engine: Engine, languages: Sequence[str], seconds: float
) -> Recognition | ReadError:
    if isinstance(picture, Recognition):
        return picture
    try:
        return recognise(picture, engine, languages, seconds)
    except ReadError as error:  # it costs this page
        return error


def _dpi(page: Any) -> int:
    """The resolution to draw a page with: a scan's own where that is lower, since more shows no more."""
    width, height = page.rect.width, page.rect.height
    dpi = float(DPI)
    for image in page.get_image_info():
        left, top, right, bottom = image["bbox"]
        if (right - left) * (bottom - top) > 0.5 * width * height:
            own = 72 * max(image["width"], image["height"]) / max(right - left, bottom - top, 1.0)
            dpi = min(dpi, max(own, 72 * 1700 / max(width, height, 1.0)))  # a letter's width of 12 pixels, about
    return max(1, int(min(dpi, 72 * (_PIXELS / max(width * height, 1.0)) ** 0.5)))


def _draw(page: Any, dpi: int) -> Picture:
    import numpy as np

    drawn = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)  # with what is stuck on it: stamps, signatures
    grey = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)[:, : drawn.width]
    return Picture(grey, dpi)


def _recognised(page: Any, number: int, result: Recognition | ReadError) -> Recognised:
    if isinstance(result, ReadError):
        return Recognised(number, [], problem=str(result))
    to_page = _to_page(page, result)
    lines = without_rulings([line for line in result.lines if _confidence(line) >= _DROPPED])
    if not lines:
        return Recognised(number, [])
    scale = abs(to_page.a) + abs(to_page.b)
    usual = statistics.median([line.size for line in lines for _ in line.words])
    slope = slope_of(lines)
    blocks: dict[int, list[dict[str, Any]]] = {}
    for line in lines:
        size = usual if abs(line.size / usual - 1) < _ALIKE else line.size
        blocks.setdefault(line.block, []).extend(_mupdf_lines(line, size, slope, scale, to_page))
    return Recognised(number, [{"lines": each} for each in blocks.values()], result.confidence)


def without_rulings(lines: Sequence[Line]) -> list[Line]:
    """Cut lines where an engine took the ruling between two cells for a letter: `|` at one place in three lines or more."""
    bars = [(word.box[0] + word.box[2]) / 2 for line in lines for word in line.words if word.text in _BARS]
    rulings = [x for x in bars if sum(abs(x - other) < _ASIDE for other in bars) >= _RULED]
    if not rulings:
        return list(lines)
    cut: list[Line] = []
    for line in lines:
        pieces: list[list[Word]] = [[]]
        for word in line.words:
            middle = (word.box[0] + word.box[2]) / 2
            if word.text in _BARS and any(abs(x - middle) < _ASIDE for x in rulings):
                pieces.append([])
            else:
                pieces[-1].append(word)
        for words in filter(None, pieces):
            right = words[0].box[0] - line.words[0].box[0]
            cut.append(line._replace(words=tuple(words), base=line.base + line.slope * right))
    return cut


def _confidence(line: Line) -> float:
    return sum(word.confidence for word in line.words) / len(line.words)


def _to_page(page: Any, recognition: Recognition) -> Any:
    """The matrix from the pixels of the turned picture to the points of the unrotated page."""
    width, height = recognition.width, recognition.height
    back = (
        pymupdf.Matrix(1, 0, 0, 1, 0, 0),
        pymupdf.Matrix(0, -1, 1, 0, 0, width),
        pymupdf.Matrix(-1, 0, 0, -1, width, height),
        pymupdf.Matrix(0, 1, -1, 0, height, 0),
    )[recognition.turn]
    drawn_width = height if recognition.turn % 2 else width
    scale = page.rect.width / drawn_width
    return back * pymupdf.Matrix(scale, scale) * page.derotation_matrix


def _mupdf_lines(line: Line, size: float, slope: float, scale: float, to_page: Any) -> Iterator[dict[str, Any]]:
    """A line, cut where cells of a table stand apart, its baseline as it were on a level page."""
    start = 0
    for end in range(1, len(line.words) + 1):
        if end < len(line.words) and line.words[end].box[0] - line.words[end - 1].box[2] < _CELL * size:
            continue
        words = line.words[start:end]
        start = end
        lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
        box = pymupdf.Rect(min(lefts), min(tops), max(rights), max(bottoms)) * to_page
        base = line.base - slope * line.words[0].box[0]
        span = {
            "text": reduce(spaced, (word.text for word in words)),
            "words": [(word.text, tuple(pymupdf.Rect(word.box) * to_page)) for word in words],
            "size": round(2 * size * scale) / 2,
            "font": "",
            "flags": 0,
            "bbox": tuple(box),
            "origin": tuple(pymupdf.Point(min(lefts), base) * to_page),
            "ascender": 0.8,
            "descender": -0.2,
        }
        direction = (float(round(to_page.a / scale)), float(round(to_page.b / scale)))
        yield {"spans": [span], "bbox": tuple(box), "dir": direction}
