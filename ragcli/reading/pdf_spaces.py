"""Words that run together, since their font is set so tight that MuPDF takes the white between them for none.

So do all of Korean that draws no spaces: behind letters of the Far East MuPDF sees none, whatever the white.

And the reverse: capitals that are spaced out, which come as `EI N LEI TU N G`.
"""

import re
import statistics
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ragcli.reading.pdf_content import Content

_LONG = 18  # letters: compounds may be as long, but have no gaps within
_RUN = re.compile(rf"[^\W\d_]{{{_LONG},}}")
_FROM, _TO = 0.1, 0.25  # of the size: a gap that is a space; MuPDF sees wider ones itself
_SPACED_OUT = 6  # capitals and more
_PIECE = 2.6  # letters, fewer than which pieces of a spaced-out text have
_BETWEEN = 0.06  # of the size: white between letters that no font sets by itself
_WORD_SPACE = 0.15  # of the size, that words are further apart than their letters
_LATIN = "\u0370"  # scripts beyond may have no spaces
_KOREAN = re.compile("[\uac00-\ud7a3]")  # has spaces


def runs_together(text: str) -> bool:
    """Whether a text holds what may be several words without a space."""
    words = [word for word in text.split() if len(word) >= _LONG]  # a page has few
    runs = [found[0] for found in _RUN.finditer(" ".join(words))]
    return any(max(run) < _LATIN or _KOREAN.search(run) for run in runs)


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


def is_spaced_out(text: str) -> bool:
    """Whether a text may be capitals that stand apart, cut into pieces of one to three."""
    if not text.isupper():
        return False
    pieces = text.split()
    letters = sum(map(len, pieces))
    return (
        len(pieces) > 2
        and _SPACED_OUT <= letters < _PIECE * len(pieces) < _PIECE * letters
        and "".join(pieces).isalpha()
    )


def with_words(content: Content, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take the spaces out of the words of spaced-out lines.

    Their letters all stand apart, and their words further: that is measured over the lines of a block, which a piece of
    two letters shows to be spaced out.

    Args:
        content: the page's that the blocks are of.
        blocks: its text; changed in place.
    """
    suspects = [
        (block, exact)
        for block, exact in zip(blocks, content.letters(), strict=True)
        if is_spaced_out(" ".join([span["text"] for span in _spans([block])]))
    ]
    for block, exact in suspects:
        lines = [[letter for span in line["spans"] for letter in span["chars"]] for line in exact["lines"]]
        within = [
            after["bbox"][0] - before["bbox"][2]
            for line in lines
            for before, after in pairwise(line)
            if not (before["c"] + after["c"]).count(" ")
        ]
        size = block["lines"][0]["spans"][0]["size"]
        between = statistics.median(within) if within else 0.0
        if between < _BETWEEN * size:
            continue
        for line, letters in zip(block["lines"], lines, strict=True):
            seen = [letter for letter in letters if not letter["c"].isspace()]
            text = seen[0]["c"] if seen else ""
            for before, after in pairwise(seen):
                is_apart = after["bbox"][0] - before["bbox"][2] > between + _WORD_SPACE * size
                text += f" {after['c']}" if is_apart else after["c"]
            line["spans"] = [{**line["spans"][0], "text": text, "bbox": line["bbox"]}]
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
        is_unseen = _KOREAN.match(text[-1:]) or gap - usual < _TO * size
        text += f" {letter['c']}" if _FROM * size < gap - usual and is_unseen else letter["c"]
    return text
