"""A figure's caption rarely says what the figure shows: the sentences that speak of it do, so they are found with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ragcli.chunking.passages import Passage
from ragcli.chunking.sentences import split

_LABEL = re.compile(
    r"(?P<word>[^\W\d]{3,})\.? ?(?:n° ?)?(?P<number>[A-Z]?\.?\d+(?:[.\-–]\d+)*|[IVX]+\b)", re.IGNORECASE
)
_MENTIONS = 2  # sentences taken into the figure's chunk
_LONGEST = 400  # characters of one


def label_of(caption: str) -> str | None:
    """`Figure 3` of `Figure 3: The mill.`; None when a caption has no number."""
    found = _LABEL.match(caption)
    return found[0] if found else None


def with_mentions(figure: Passage, document: Sequence[Passage], language: str | None) -> Iterator[tuple[str, Passage]]:
    """Yield the caption, then at most two sentences of the text that name the figure, those of its own page first (marked as
    captions: they accompany the figure).

    A mention is by the first three letters of the word and the number: `Fig. 3`, `Figs. 3 and 4` for `Figure 3`.
    """
    yield figure.text, figure
    found = _LABEL.match(figure.text)
    if found is None:
        return
    named = re.compile(
        rf"\b{found['word'][:3]}\w*\.? ?(?:n° ?)?{re.escape(found['number'])}(?![\w.\-–]*\d)", re.IGNORECASE
    )
    sentences = [
        (unit.text, passage)
        for passage in document
        if passage.kind == "text" and passage.is_body and named.search(passage.text)
        for unit in split(passage.text, language)
        if named.search(unit.text) and len(unit.text) <= _LONGEST
    ]
    sentences.sort(key=lambda said: figure.page not in said[1].pages)  # stable: else in reading order
    for text, passage in sentences[:_MENTIONS]:
        yield text, replace(passage, kind="figure", section=figure.section, place=figure.place, is_caption=True)
