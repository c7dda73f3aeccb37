"""Whether a page must be recognised: its text layer is missing, tiny for what is painted on it, or garbled."""

import re
from collections.abc import Sequence
from typing import Any

from ragcli.reading.language import detect
from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.reading.pdf_content import Content
from ragcli.records import Box

SCAN = "no text layer: a scan"
TINY = "a scan with little text of its own"
GARBLED = "garbled text layer"

# No character, or one that only its font knows; but the pieces of tall brackets, which formulas are full of, are known.
_ODD = re.compile("[\ufffd\ue000-\uf8e5\uf8ff\U000f0000-\U0010ffff]")
_ODD_SHARE = 0.1  # of such characters, above which a page counts as garbled; sound pages have less than 0.01
_SAMPLE = 2000  # characters whose letters are looked at
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ſ]{3,}")
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿāăąēĕėęěĩīĭįıōŏőœũūŭůűų]", re.IGNORECASE)
_WORDS = 30  # different ones; fewer say nothing
_VOWELS = 0.33  # share of the letters; pages of words have 0.35 to 0.46, letters put for others 0.10 to 0.33
_ENOUGH = 50  # characters; a page with fewer is looked at for a picture of text
_LITTLE = 400  # characters; a page with fewer, mostly covered by pictures, is looked at as well
_SIDE = 840  # pixels of the longer side of a page when it is looked at
_STEP, _STEP_SHARE = (
    24.0,
    0.3,
)  # between neighbouring pixels, of 255 and of the page's own contrast: the edge of a letter
_ROW = 8  # edges in a row of pixels, from which it crosses letters; a frame has four
_EDGES = 0.0006  # share of such edges outside the text layer, from which a page has something to read


def is_garbled(text: str) -> bool:
    """Tell whether much of a text is not text.

    A font without a map to Unicode leaves U+FFFD or characters for private use; a font with a wrong map leaves letters
    of which too few are vowels, in a language that nobody knows.
    """
    if not text.isascii() and len(_ODD.findall(text)) > _ODD_SHARE * len(text):
        return True
    words = {word.lower() for word in _WORD.findall(text[:_SAMPLE])}
    letters = "".join(words)
    if len(words) < _WORDS or len(_VOWEL.findall(letters)) >= _VOWELS * len(letters):
        return False
    return detect(text) is None


def lacks_text(content: Content, characters: int, images: int, boxes: Sequence[Box]) -> str | None:
    """Say why a page has less text than it shows, or None.

    Args:
        content: what the page shows.
        characters: of its text layer.
        images: that are painted on it, as far as they are listed.
        boxes: of its text layer, in points of the unrotated page.
    """
    if characters >= _LITTLE or (characters >= _ENOUGH and not images):
        return None
    covered = content.pictured
    if characters and covered < 0.5:
        return None
    if not covered and not content.paths:
        return None
    if _edges_outside(content.page, boxes) < _EDGES:
        return None
    return TINY if characters else SCAN


def _edges_outside(page: Any, boxes: Sequence[Box]) -> float:
    """The share of a page's pixels, drawn small, that are edges as rows of letters have them and not of the text layer."""
    import numpy as np

    scale = _SIDE / max(page.rect.width, page.rect.height, 1.0)
    drawn = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, annots=False)
    grey = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)[:, : drawn.width].astype(np.int16)
    if min(grey.shape) < 2:
        return 0.0
    dark, light = np.percentile(grey[::2, ::2], (0.5, 99))
    edges = np.abs(np.diff(grey, axis=1)) > max(_STEP, _STEP_SHARE * (light - dark))
    for box in boxes:
        left, top, right, bottom = pymupdf.Rect(box) * page.rotation_matrix * scale
        edges[max(int(top) - 1, 0) : int(bottom) + 2, max(int(left) - 1, 0) : int(right) + 2] = False
    in_row = edges.sum(axis=1)
    return float(in_row[in_row >= _ROW].sum() / edges.size)
