"""Words that run together, since their font is set so tight that MuPDF takes the white between them for none."""

import re
import statistics
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ragcli.reading.pdf_content import Content

_LONG = 18  # letters: compounds may be as long, but have no gaps within
_RUN = re.compile(rf"[^\W\d_]{{{_LONG},}}")
_FROM, _TO = 0.1, 0.25  # of the size: a gap that is a space; MuPDF sees wider ones itself
_LATIN = "\u0370"  # scripts beyond may have no spaces


def runs_together(text: str) -> bool:
    """Whether a text holds what may be several words without a space."""
    words = [word for word in text.split() if len(word) >= _LONG]  # a page has few
    return any(max(found[0]) < _LATIN for found in _RUN.finditer(" ".join(words)))


def with_spaces(content: Content, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put spaces where letters stand apart, into texts without any, of a font of which some text runs together.

    Letters of one word touch. A gap is measured against the usual one of its piece: spaced-out letters stay one word.

    Args:
        content: the page's that the blocks are of.
        blocks: its text; changed in place.
    """
    fonts = {span["font"] for span in _spans(blocks) if _has_none(span["text"]) and runs_together(span["text"])}
    if fonts:
        exact = _spans(content.letters())
        for span, letters in zip(_spans(blocks), exact, strict=True):
            if span["font"] in fonts and _has_none(span["text"]):
                span["text"] = _spaced(letters["chars"], span["size"])
    return blocks


def _spans(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [span for block in blocks for line in block.get("lines", ()) for span in line["spans"]]


def _has_none(text: str) -> bool:
    return not any(map(str.isspace, text))


def _spaced(letters: Sequence[Mapping[str, Any]], size: float) -> str:
    gaps = [after["bbox"][0] - before["bbox"][2] for before, after in pairwise(letters)]
    usual = statistics.median(gaps) if gaps else 0.0
    text = letters[0]["c"] if letters else ""
    for letter, gap in zip(letters[1:], gaps, strict=True):
        text += f" {letter['c']}" if _FROM * size < gap - usual < _TO * size else letter["c"]
    return text
