"""A figure's caption rarely says what the figure shows: the sentences that speak of it do, so they are found with it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ragcli.chunking.passages import Passage
from ragcli.chunking.sentences import split

_LABEL = re.compile(
    r"(?P<word>[^\W\d]{3,})\.? ?(?:n° ?)?(?P<number>[A-Z]?\.?\d+(?:[.\-–]\d+)*|[IVX]+\b)", re.IGNORECASE
)
_MENTION = re.compile(
    r"\b(?P<word>[^\W\d]{3})[^\W\d]*\.? ?(?:n° ?)?(?:[A-Z]?\.?(?P<digits>\d+)|(?P<roman>[IVX]{1,8})\b)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_MENTIONS = 2  # sentences taken into the figure's chunk
_LONGEST = 400  # characters of one


def label_of(caption: str) -> str | None:
    """`Figure 3` of `Figure 3: The mill.`; None when a caption has no number."""
    found = _LABEL.match(caption)
    return found[0] if found else None


def mentions(document: Sequence[Passage]) -> Mapping[tuple[str, str], Sequence[Passage]]:
    """The text of a document by what it may mention: the first three letters of a word, and the first number behind it.

    Made once: a manual has as many figures as pages, and each would look through all of it.
    """
    found: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in document:
        if passage.kind == "text" and passage.is_body:
            said = {
                (one["word"].lower(), (one["digits"] or one["roman"]).lower())
                for one in _MENTION.finditer(passage.text)
            }
            for each in said:
                found[each].append(passage)
    return found


def with_mentions(
    figure: Passage, mentioned: Mapping[tuple[str, str], Sequence[Passage]], language: str | None
) -> Iterator[tuple[str, Passage]]:
    """Yield the caption, then at most two sentences of the text that name the figure, those of its own page first (marked as
    captions: they accompany the figure).

    A mention is by the first three letters of the word and the number: `Fig. 3`, `Figs. 3 and 4` for `Figure 3`.

    Args:
        mentioned: by `mentions`, of the figure's document.
    """
    yield figure.text, figure
    found = _LABEL.match(figure.text)
    if found is None:
        return
    word, number = found["word"][:3], found["number"]
    named = re.compile(rf"\b{word}\w*\.? ?(?:n° ?)?{re.escape(number)}(?![\w.\-–]*\d)", re.IGNORECASE)
    first = _DIGITS.search(number)
    sentences = [
        (unit.text, passage)
        for passage in mentioned.get((word.lower(), (first[0] if first else number).lower()), ())
        if named.search(passage.text)
        for unit in split(passage.text, language)
        if named.search(unit.text) and len(unit.text) <= _LONGEST
    ]
    sentences.sort(key=lambda said: figure.page not in said[1].pages)  # stable: else in reading order
    for text, passage in sentences[:_MENTIONS]:
        yield text, replace(passage, kind="figure", section=figure.section, place=figure.place, is_caption=True)
