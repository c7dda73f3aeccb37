"""Which pages of a PDF may hold a table, in the first pass: it must cost next to nothing."""

import re
from collections.abc import Iterator, Sequence

from ragcli.reading.mupdf.content import Line
from ragcli.reading.tables.cells import is_figure

_CAPTION = re.compile(r"(?:table|tab\.|tableau|tabelle) ?(?:n° ?)?(?:[A-Z]?\.?\d|[IVX]+\b)", re.IGNORECASE)
_SHORT = 28  # characters of a cell; a line of prose in a column is longer
_LONG = 60  # of one of two pieces on a line: it is prose beside prose
_BAND = 3.0  # points within which baselines are one line; those of OCR are what they were on a level page


def table_score(lines: Sequence[Line]) -> float:
    """How likely a page holds a table, in [0, 1); 0: not worth a look.

    Counted are lines of several short pieces, of three and more, of two figures; a caption `Table 3` weighs five lines.

    Args:
        lines: of the page; MuPDF cuts them at wide gaps, so that a cell is a line of its own.
    """
    pieces: list[tuple[float, str]] = []
    captions = 0
    for line, text in lines:
        text = text.strip()
        if text:
            across = line["dir"][0] > 0.5 or line["dir"][0] < -0.5
            pieces.append((line["spans"][0]["origin"][across], text))
            captions += text[0] in "Tt" and _CAPTION.match(text) is not None
    several = three = figures = 0
    for band in _bands(pieces):
        if len(band) > 1:
            short = sum(len(piece) <= _SHORT for piece in band)
            several += short > 0 and (len(band) > 2 or max(map(len, band)) <= _LONG)
            three += short > 2
            figures += sum(map(is_figure, band)) > 1
    is_announced = several > 0 and captions > 0
    if several < 3 and figures < 2 and not is_announced:
        return 0.0
    weight = several / 2 + three + figures + 5 * is_announced
    return round(weight / (weight + 10), 3)


def _bands(pieces: list[tuple[float, str]]) -> Iterator[list[str]]:
    """The texts of each line across the page, from their baselines."""
    band: list[str] = []
    first = 0.0
    for base, text in sorted(pieces):
        if band and base - first > _BAND:
            yield band
            band = []
        if not band:
            first = base
        band.append(text)
    yield band
