"""The sentences beside a chunk: lexical search finds it by their words too.

A cut parts what a question names from what it asks for. Chunks that overlap would be embedded and kept twice in part, and a
reader would meet a sentence twice; here the chunks stay disjoint and only their words overlap.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ragcli.chunking.sentences import split
from ragcli.records import Chunk

_MOST = 300  # characters of a sentence, of which the nearer ones are taken: a list without full stops is one sentence


def with_neighbours(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks of a document in their order, each with the sentence before and behind it in its own section's text."""
    units = [split(one.text, one.language) if one.kind == "text" else [] for one in chunks]
    said: list[list[str]] = [[] for _ in chunks]
    for (at, first), (_, second) in pairwise(enumerate(chunks)):
        if units[at] and units[at + 1] and (first.section, first.place) == (second.section, second.place):
            said[at].append(units[at + 1][0].text[:_MOST])
            said[at + 1].append(units[at][-1].text[-_MOST:])
    return [replace(chunk, around=" ".join(beside)) for chunk, beside in zip(chunks, said, strict=True)]
