"""Words that run together, since their font is set so tight that MuPDF takes the white between them for none.

So do all of Korean that draws no spaces: behind letters of the Far East MuPDF sees none, whatever the white.

And the reverse: capitals that are spaced out, which come as `EI N LEI TU N G`, and headings as `D e l i b e r a`; and
words that come as `signifi cant`, since old InDesigns set a space behind a ligature, and then go back over it; and stops
that come as `points .`, since their font maps the one sign to a space and a stop.
"""

import re
import statistics
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ragcli.reading.mupdf.content import Content
from ragcli.reading.normalise import SET_APART

_LONG = 18  # letters: compounds may be as long, but have no gaps within
_RUN = re.compile(rf"[^\W\d_]{{{_LONG},}}")
_FROM, _TO = 0.1, 0.25  # of the size: a gap that is a space; MuPDF sees wider ones itself
_SPACED_OUT = 6  # letters and more
_SMALL = 0.7  # of the letters of a heading: a row of signs or of variables is none
_COLUMN = 0.5  # of the size: letters that are further apart stand in columns
_SOME = 0.3  # of a page's text, above which letters apart are how a scanner wrote its layer, words and all
_PIECE = 2.6  # letters, fewer than which pieces of a spaced-out text have
_BETWEEN = 0.06  # of the size: white between letters that no font sets by itself
_WORD_SPACE = 0.15  # of the size, that words are further apart than their letters
_OTHER_FONT = 0.12  # of the size: what letters of another font are further away than those that they end a word with
_LIGATURE_APART = re.compile(r"(?<=f[il]) (?=[a-zß-öø-ÿ])")
# Not before `.2`, which is a figure by itself.
_STOP_APART = re.compile(r"(?<=[\w)\]%”’\"']) (?=[.,](?:\s|$))|(?<=\d) (?=[.,]\d)|(?<=\b[A-Z]) (?=\.[A-Z]\b)")
_STOPS_APART = (" .", " ,")  # a look that costs nothing, before the pattern's
_TOUCHING = 0.05  # of the size: letters without room for a space between them
_LATIN = "\u0370"  # scripts beyond may have no spaces
_KOREAN = re.compile("[\uac00-\ud7a3]")  # has spaces


def runs_together(text: str) -> bool:
    """Whether a text holds what may be several words without a space."""
    words = [word for word in text.split() if len(word) >= _LONG]  # a page has few
    runs = [found[0] for found in _RUN.finditer(" ".join(words))]
    return any(max(run) < _LATIN or _KOREAN.search(run) for run in runs)


def with_spaces(content: Content, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put spaces where letters stand apart, into texts that run together, and others without any of their font.

    Letters of one word touch. A gap is measured against the usual one of its piece: spaced-out letters stay one word.

    Args:
        content: the page's that the blocks are of.
        blocks: its text; changed in place.
    """
    spans = _spans(blocks)
    tight = [runs_together(span["text"]) for span in spans]
    fonts = {span["font"] for span, is_tight in zip(spans, tight, strict=True) if is_tight and _has_none(span["text"])}
    if any(tight):
        for span, is_tight, letters in zip(spans, tight, _spans(content.letters()), strict=True):
            if is_tight or (span["font"] in fonts and _has_none(span["text"])):
                span["text"] = _spaced(letters["chars"], span["size"])
    for line, its in zip(_lines(blocks), _lines(content.letters()), strict=True):
        for (before, span), (last, letters) in zip(pairwise(line["spans"]), pairwise(its["spans"]), strict=True):
            _part(before, span, _gap(last["chars"][-1], letters["chars"][0]))
    return blocks


def _part(before: Mapping[str, Any], span: dict[str, Any], gap: float) -> None:
    """Put a space before a span of another font where it stands apart: names within a sentence are set in others."""
    if (
        before["font"] != span["font"]
        and before["text"][-1:].isalpha()
        and span["text"][:1].isalpha()
        and gap > _OTHER_FONT * max(before["size"], span["size"])
    ):
        span["text"] = f" {span['text']}"


def has_unseen_spaces(text: str) -> bool:
    """Whether a text may hold a word that a space behind its ligature parts, or a stop that one before it sets apart.

    Few words end in `fi` or `fl`, and few writers set a space before a stop.
    """
    if any(one in text for one in _STOPS_APART) and _STOP_APART.search(text):
        return True
    return _LIGATURE_APART.search(text) is not None


def without_unseen_spaces(content: Content, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take the spaces out of such texts for which there is no room between the letters beside them.

    Of one sign that stands for a space and a stop the stop has no width.

    Args:
        content: the page's that the blocks are of.
        blocks: its text; changed in place.
    """
    for span, letters in zip(_spans(blocks), _spans(content.letters()), strict=True):
        text, drawn = span["text"], letters["chars"]
        if len(text) != len(drawn):
            continue
        unseen = [
            at
            for found in _LIGATURE_APART.finditer(text)
            if _gap(drawn[(at := found.start()) - 1], drawn[at + 1]) < _TOUCHING * span["size"]
        ]
        unseen += [at for found in _STOP_APART.finditer(text) if not _width(drawn[(at := found.start()) + 1])]
        for at in sorted(unseen, reverse=True):
            text = text[:at] + text[at + 1 :]
        span["text"] = text
    return blocks


def without_spaces_before_stops(content: Content, texts: Sequence[str]) -> list[str]:
    """Texts of a page that were read elsewhere, without such spaces where the page sets its stops so."""
    if not any(_STOP_APART.search(text) for text in texts):
        return list(texts)
    signs = (
        (span["text"], letters["chars"])
        for span, letters in zip(_spans(content.text()), _spans(content.letters()), strict=True)
    )
    has_any = any(not _width(drawn[found.end()]) for text, drawn in signs for found in _STOP_APART.finditer(text))
    return [_STOP_APART.sub("", text) for text in texts] if has_any else list(texts)


def is_spaced_out(text: str) -> bool:
    """Whether a text may be capitals that stand apart, cut into pieces of one to three, or letters, each by itself."""
    if not text.isupper():
        return _is_single(text)
    pieces = text.split()
    letters = sum(map(len, pieces))
    return (
        len(pieces) > 2
        and _SPACED_OUT <= letters < _PIECE * len(pieces) < _PIECE * letters
        and "".join(pieces).isalpha()
    )


def _is_single(text: str) -> bool:
    if not text[1:2] == text[3:4] == " ":
        return False
    pieces = text.split()
    return (
        len(pieces) >= _SPACED_OUT
        and max(map(len, pieces)) == 1
        and sum(map(str.islower, pieces)) > _SMALL * len(pieces)
        and pieces != sorted(pieces)
    )


def with_words(content: Content, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take the spaces out of the words of spaced-out lines.

    Their letters all stand apart, and their words further: of capitals that is measured over the lines of a block, which
    a piece of two letters shows to be spaced out; of letters that a writer set apart with spaces, in each line.

    Args:
        content: the page's that the blocks are of.
        blocks: its text; changed in place.
    """
    exact = content.letters()
    singles = []
    for block, its in zip(blocks, exact, strict=True):
        if is_spaced_out(said := " ".join([span["text"] for span in _spans([block])])) and said.isupper():
            _close_up_block(block, its)
            continue
        for line, its_line in zip(block.get("lines", ()), its.get("lines", ()), strict=True):
            if _is_single("".join([span["text"] for span in line["spans"]])):
                singles.append((line, _letters(its_line)))
    if sum(len(letters) for _, letters in singles) < _SOME * sum(len(span["text"]) for span in _spans(blocks)):
        for line, letters in singles:
            seen = [letter for letter in letters if not letter["c"].isspace()]
            between = statistics.median(map(_gap, seen, seen[1:]))
            if between < _COLUMN * line["spans"][0]["size"]:
                _close_up(line, letters, between)
    return blocks


def _close_up_block(block: Mapping[str, Any], exact: Mapping[str, Any]) -> None:
    lines = list(map(_letters, exact["lines"]))
    within = [
        _gap(before, after)
        for line in lines
        for before, after in pairwise(line)
        if not (before["c"] + after["c"]).count(" ")
    ]
    between = statistics.median(within) if within else 0.0
    if between >= _BETWEEN * block["lines"][0]["spans"][0]["size"]:
        for line, letters in zip(block["lines"], lines, strict=True):
            _close_up(line, letters, between)


def _close_up(line: dict[str, Any], letters: Sequence[Mapping[str, Any]], between: float) -> None:
    """Write a line's letters with spaces only where they stand further apart than is usual between them."""
    seen = [letter for letter in letters if not letter["c"].isspace()]
    text = seen[0]["c"] if seen else ""
    for before, after in pairwise(seen):
        is_apart = _gap(before, after) > between + _WORD_SPACE * line["spans"][0]["size"]
        text += f" {after['c']}" if is_apart else after["c"]
    line["spans"] = [{**line["spans"][0], "text": text, "bbox": line["bbox"]}]


def _letters(line: Mapping[str, Any]) -> list[Any]:
    return [letter for span in line["spans"] for letter in span["chars"]]


def _gap(before: Mapping[str, Any], after: Mapping[str, Any]) -> float:
    white: float = after["bbox"][0] - before["bbox"][2]
    return white


def _width(letter: Mapping[str, Any]) -> float:
    width: float = letter["bbox"][2] - letter["bbox"][0]
    return width


def _lines(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [line for block in blocks for line in block.get("lines", ())]


def _spans(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [span for line in _lines(blocks) for span in line["spans"]]


def _has_none(text: str) -> bool:
    return not any(map(str.isspace, text))


def _spaced(letters: Sequence[Mapping[str, Any]], size: float) -> str:
    gaps = list(map(_gap, letters, letters[1:]))
    usual = statistics.median(gaps) if gaps else 0.0
    for at, letter in enumerate(letters[1:-1]):
        # An accent stands over the middle of its letter, which begins before it.
        if SET_APART.match(letter["c"]):
            gaps[at] = min(gaps[at], _gap(letters[at], letters[at + 2]))
    text = letters[0]["c"] if letters else ""
    for letter, gap in zip(letters[1:], gaps, strict=True):
        is_unseen = _KOREAN.match(text[-1:]) or gap - usual < _TO * size
        text += f" {letter['c']}" if _FROM * size < gap - usual and is_unseen else letter["c"]
    return text
