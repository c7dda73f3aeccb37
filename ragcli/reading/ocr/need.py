"""Whether a page must be recognised: its text layer is missing, tiny for what is painted on it, or garbled."""

import re
from collections.abc import Sequence
from typing import Any

from ragcli.reading.language import detect
from ragcli.reading.mupdf.content import Content
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.records import Box

SCAN = "no text layer: a scan"
TINY = "a scan with little text of its own"
PART = "a picture of text beside its own"
GARBLED = "garbled text layer"
UNNAMED = "letters that its fonts do not name"

# No character, or one that only its font knows; but the pieces of tall brackets, which formulas are full of, are known.
_ODD = re.compile("[\ufffd\ue000-\uf8e5\uf8ff\U000f0000-\U0010ffff]")
_ODD_SHARE = 0.1  # of such characters, above which a page counts as garbled; sound pages have less than 0.01
# Beside letters, or several in a row: of words. Of 2,098 pages those with formulas have 12 at most, a form half of whose
# capitals and figures had no names 110 and more.
_IN_WORDS = re.compile("(?<=[^\\W\\d_]{2})\ufffd+|\ufffd+(?=[^\\W\\d_]{2})|\ufffd{8,}")
_UNNAMED = 20
_APART = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")  # `C o m p a n y`, as some scanners write their layers
_SPACES, _APART_SHARE = 0.28, 0.3  # of the characters; sound pages have 0.15, and none of 1,900 had 0.05 in such runs
_LEAST = 150  # characters in such runs: a heading may be set so
_SAMPLE = 2000  # characters whose letters are looked at
_WORD = re.compile(r"(?<![\\A-Za-zÀ-ÖØ-öø-ſ])[A-Za-zÀ-ÖØ-öø-ſ]{3,}")  # TeX's commands are in no language
_PLAIN_VOWELS = "aeiouy"
_VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿāăąēĕėęěĩīĭįıōŏőœũūŭůűų"
_WORDS = 30  # different ones; fewer say nothing
_VOWEL_SHARE = 0.33  # of the letters; pages of words have 0.35 to 0.46, letters put for others 0.10 to 0.33
_ENOUGH = 50  # characters; a page with fewer is looked at for a picture of text
_LITTLE = 400  # characters; a page with fewer, mostly covered by pictures, is looked at as well
_SOME = 2000  # characters; of a page with fewer the large pictures are looked at, whether they are of text
_LARGE = 0.1  # of the page, from which a picture may show a letter
_LAID_OVER = 0.1  # of a picture, that text lies on: it is a background, or a scan with its text layer
_SIDE = 840  # pixels of the longer side of a page when it is looked at
# Between neighbouring pixels, of 255 and of the page's own contrast: the edge of a letter.
_STEP, _STEP_SHARE = 24.0, 0.3
_ROW = 8  # edges in a row of pixels, from which it crosses letters; a frame has four
_EDGES = 0.0006  # share of such edges outside the text layer, from which a page has something to read
# A line of text, cut into pieces of half an inch, is a few rows of pixels full of edges between rows with nearly none. Of
# 38 pages with charts, diagrams and screenshots none had more than 71 pieces, of plots and photographs 78; the three that
# show pages of text 129 and more, as had 187 of 192 letters on a quarter of a page and more 90.
_DPI, _INCHES = 100, 20  # a longer page is looked at as if it were as long as that
_PIECE = 50  # pixels
_LOWEST, _HIGHEST = 3, 18  # pixels of a line
_FEW, _MANY = 3, 9  # edges in a row of a piece: fewer between lines, as many somewhere within one
_PIECES = 90
# Beside hardly any text a table has enough with 64: of 347 documents two pages are looked at so, and a wrong guess
# costs the OCR of a page that says nothing else.
_PIECES_ALONE = 45
# After OCR: of scans of which it reads stray words 0.46 to 1 of the pieces stay unread, and 35 or more; of those that it
# reads well 0.07 and less, and photographs have no more than four.
_UNREAD, _UNREAD_SHARE = 30, 0.4


def is_garbled(text: str) -> bool:
    """Tell whether much of a text is not text, or its letters stand apart as words of their own.

    A font without a map to Unicode leaves U+FFFD or characters for private use; a font with a wrong map leaves letters
    of which too few are vowels, in a language that nobody knows.
    """
    if not text.isascii() and len(_ODD.findall(text)) > _ODD_SHARE * len(text):
        return True
    if text.count(" ") > _SPACES * len(text):
        runs = _APART.findall(text)
        apart = sum(len(run) for run in runs if run.split() != sorted(run.split()))  # an alphabet is no word
        if apart > max(_APART_SHARE * len(text), _LEAST):
            return True
    words = set(map(str.lower, _WORD.findall(text[:_SAMPLE])))
    letters = "".join(words)
    if len(words) < _WORDS:
        return False
    enough = _VOWEL_SHARE * len(letters)
    if sum(map(letters.count, _PLAIN_VOWELS)) >= enough or sum(map(letters.count, _VOWELS)) >= enough:
        return False  # the plain ones are enough nearly everywhere, and a fifth of the time
    return detect(text) is None


def has_unnamed_letters(text: str) -> bool:
    """Tell whether words of a text, which is not garbled, lack letters that only their font knows."""
    return "\ufffd" in text and sum(map(len, _IN_WORDS.findall(text))) > _UNNAMED


def lacks_text(content: Content, characters: int, images: int, boxes: Sequence[Box], beside: bool = True) -> str | None:
    """Say why a page has less text than it shows, or None.

    Args:
        content: what the page shows.
        characters: of its text layer.
        images: that are painted on it, as far as they are listed.
        boxes: of its text layer, in points of the unrotated page.
        beside: look at the pictures of pages with some text, too: each is decoded, in 20 to 50 ms.
    """
    if characters >= _LITTLE or (characters >= _ENOUGH and not images):
        return PART if beside and images and characters < _SOME and _shows_text(content, boxes) else None
    covered = content.pictured
    if characters and covered < 0.5:
        return PART if _shows_text(content, boxes, _PIECES_ALONE if characters < _ENOUGH else _PIECES) else None
    if not covered and not content.paths:
        return None
    if _edges_outside(content.page, boxes) < _EDGES:
        return None
    return TINY if characters else SCAN


def is_left_unread(page: Any, boxes: Sequence[Box]) -> bool:
    """Tell whether of the lines of text that a page shows many lie outside of `boxes`: those of what was read."""
    unread = _pieces_of_lines(_edges_of_lines(page, boxes))
    return unread >= _UNREAD and unread > _UNREAD_SHARE * _pieces_of_lines(_edges_of_lines(page, ()))


def _shows_text(content: Content, boxes: Sequence[Box], pieces: int = _PIECES) -> bool:
    """Tell whether the large pictures of a page show text that its layer lacks: a quarter of a letter, or more."""
    page = content.page
    whole = page.rect * page.derotation_matrix
    part = pymupdf.Rect()
    for painted in content.pictures:
        picture = pymupdf.Rect(painted) & whole
        laid_over = sum((picture & box).get_area() for box in boxes if picture.intersects(box))
        if picture.get_area() > max(_LARGE * whole.get_area(), laid_over / _LAID_OVER):
            part |= picture
    if part.is_empty:
        return False
    return _pieces_of_lines(_edges_of_lines(page, boxes, part)) >= pieces


def _edges_of_lines(page: Any, boxes: Sequence[Box], part: Any = None) -> Any:
    """The edges of a page, or of a part of it, at the scale at which lines of text are counted."""
    whole = page.rect * page.derotation_matrix
    scale = _DPI / max(72.0, max(whole.width, whole.height) / _INCHES)
    return _edges(page, scale, boxes, part or whole)


def _pieces_of_lines(edges: Any) -> int:
    """How many pieces of lines of text, each half an inch wide, a picture seems to hold."""
    import numpy as np

    height, width = edges.shape
    across = width // _PIECE
    counts = edges[:, : across * _PIECE].reshape(height, across, _PIECE).sum(axis=2)
    pieces = 0
    for column in np.pad(counts, ((1, 1), (0, 0))).T:
        changes = np.flatnonzero(np.diff((column >= _FEW).astype(np.int8))) + 1
        pieces += sum(
            _LOWEST <= end - start <= _HIGHEST and column[start:end].max() >= _MANY
            for start, end in zip(changes[::2], changes[1::2], strict=True)
        )
    return pieces


def _edges_outside(page: Any, boxes: Sequence[Box]) -> float:
    """The share of a page's pixels, drawn small, that are edges as rows of letters have them and not of the text layer."""
    edges = _edges(page, _SIDE / max(page.rect.width, page.rect.height, 1.0), boxes, page.rect * page.derotation_matrix)
    in_row = edges.sum(axis=1)
    return float(in_row[in_row >= _ROW].sum() / max(edges.size, 1))


def _edges(page: Any, scale: float, boxes: Sequence[Box], part: Any) -> Any:
    """Which pixels of a part of a page differ from the next, but for those of the text layer; a row less wide by one."""
    import numpy as np

    drawn = page.get_pixmap(
        matrix=pymupdf.Matrix(scale, scale), clip=part * page.rotation_matrix, colorspace=pymupdf.csGRAY, annots=False
    )
    grey = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)[:, : drawn.width].astype(np.int16)
    dark, light = np.percentile(grey[::2, ::2], (0.5, 99)) if grey.size else (0, 0)
    edges = np.abs(np.diff(grey, axis=1)) > max(_STEP, _STEP_SHARE * (light - dark))
    x, y = drawn.x, drawn.y
    for box in boxes:
        left, top, right, bottom = pymupdf.Rect(box) * page.rotation_matrix * scale - (x, y, x, y)
        edges[max(int(top) - 1, 0) : max(int(bottom) + 2, 0), max(int(left) - 1, 0) : max(int(right) + 2, 0)] = False
    return edges
