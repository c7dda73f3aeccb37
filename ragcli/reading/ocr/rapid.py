"""OCR by rapidocr: PP-OCR models out of its own wheel, on onnxruntime. Slower than tesseract, and needs no program.

Its direction classifier stays off: it turns good lines upside down, and with it up to a third of a page is wrong.
"""

import importlib.metadata
import logging
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ragcli.errors import ReadError
from ragcli.reading.ocr.engine import NEEDS_TESSERACT, Line, Picture, Word
from ragcli.reading.ocr.order import in_columns

_LETTERS = 0.78  # of the height of a box: what a font calls its size; the rest is the detector's margin
_BELOW = 0.24  # of the height of a box: what lies below the baseline
# The model has the letters of Latin, Greek, Chinese and Japanese.
_UNREADABLE = frozenset(
    ("ar", "be", "bg", "bn", "fa", "gu", "he", "hi", "hy", "ka", "kk", "km", "kn", "ko", "ky", "lo", "mk", "ml", "mn",
     "mr", "my", "ne", "pa", "ru", "si", "sr", "ta", "te", "th", "uk", "ur", "yi")
)  # fmt: skip


class Rapid:
    """One model for all that is written in Latin letters, loaded once; a page at a time."""

    is_parallel = False
    sure = 0.85  # upside down it is 0.7, in letters that it lacks up to 0.78, upright 0.95 and badly blurred 0.8
    beyond = NEEDS_TESSERACT
    slope = 1.0  # it takes each line as it runs

    def __init__(self, threads: int) -> None:
        """Load the models (2 s, 0.8 to 1.2 GB while it works)."""
        import rapidocr

        self.name = f"rapidocr {importlib.metadata.version('rapidocr')}"
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        models = Path(rapidocr.__file__).parent / "models"
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.return_word_box": True,
                "Global.text_score": 0.0,  # what is unsure is judged with the rest of the page
                "Global.log_level": "error",
                # By path, since by name it would look on a hub for what it misses.
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def lacks(self, language: str) -> str | None:
        return f"a model for '{language}': rapidocr has none here, tesseract may" if language in _UNREADABLE else None

    def languages_for(self, language: str | None) -> tuple[str, ...]:
        return ()  # it has one model for all

    def languages_seen(self, picture: Picture, languages: Sequence[str], seconds: float) -> tuple[str, ...]:
        return ()  # nor does it tell what it cannot read

    def recognise(self, picture: Picture, languages: Sequence[str], seconds: float) -> list[Line]:
        try:
            found = self._engine(picture.grey)
        except Exception as error:  # onnxruntime's and OpenCV's, of many kinds: they cost this page
            said = str(error).strip().split("\n")[-1][:200]
            raise ReadError(f"rapidocr failed ({said})", "try tesseract", "crash") from error
        if found.boxes is None:
            return []
        lines = [
            _line(quad.tolist(), text, float(score), words)
            for quad, text, score, words in zip(found.boxes, found.txts, found.scores, found.word_results, strict=True)
        ]
        return in_columns(lines)


def _line(quad: list[list[float]], text: str, score: float, pieces: Any) -> Line:
    """A box of the detector, whose corners run from the top left clockwise, as a line of words."""
    (left, top), (right, top_right), _, (bottom_left, bottom) = quad
    height = math.hypot(left - bottom_left, top - bottom)
    slope = (top_right - top) / max(right - left, 1.0)
    words = tuple(_words(text, score, pieces)) or (
        Word(text, (left, min(top, top_right), right, max(bottom, quad[2][1])), score),
    )
    return Line(words, _LETTERS * height, bottom - _BELOW * height, slope, 0)


def _words(text: str, score: float, pieces: Any) -> list[Word]:
    """The words of a line by its spaces; a piece of the recogniser may be a part of a word (`l'`, `25%`)."""
    words: list[Word] = []
    boxes = [(str(piece[0]), [tuple(point) for point in piece[2]]) for piece in pieces or ()]
    for word in text.split():
        rest, corners = word, []
        while boxes and rest and rest.startswith(boxes[0][0]):
            piece, quad = boxes.pop(0)
            rest = rest[len(piece) :]
            corners += quad
        if rest or not corners:
            return []  # its pieces do not add up: the line stays whole
        across, down = zip(*corners, strict=True)
        words.append(Word(word, (float(min(across)), float(min(down)), float(max(across)), float(max(down))), score))
    return words
