"""The course's baseline: a recursive split by characters, blind to structure, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ragcli.reading.language import settled
from ragcli.records import Chunk, Document

_SEPARATORS = ("\n\n", "\n", " ", "")


def chunk_recursively(
    document: Document, count_tokens: Callable[[Sequence[str]], list[int]], size: int, overlap: int
) -> list[Chunk]:
    """Cut each page into pieces of at most `size` characters, neighbours sharing up to `overlap`.

    The method of LangChain's RecursiveCharacterTextSplitter: cut at the coarsest separator that occurs, go on with the next
    finer one inside pieces that are still too long, then merge neighbours up to `size`.
    """
    chunks = [
        Chunk(
            text,
            text,
            pages=(page.number,) if page.number else (),
            place=page.place,
            language=settled(document.language, text),
        )
        for page in document.pages
        for text in split_recursively("\n\n".join(block.text for block in page.blocks), size, overlap)
    ]
    counts = count_tokens([chunk.embedded for chunk in chunks]) if chunks else []
    return [replace(chunk, tokens=count) for chunk, count in zip(chunks, counts, strict=True)]


def split_recursively(text: str, size: int, overlap: int, separators: Sequence[str] = _SEPARATORS) -> list[str]:
    """Return the pieces of `text`, each of 1 to `size` characters, outer white space removed."""
    separator = next((s for s in separators if s in text), "")
    finer = separators[separators.index(separator) + 1 :]
    pieces: list[str] = []
    fitting: list[str] = []
    for part in text.split(separator) if separator else list(text):
        if len(part) <= size:
            fitting.append(part)
        else:
            pieces += _merge(fitting, separator, size, overlap) + split_recursively(part, size, overlap, finer)
            fitting = []
    return pieces + _merge(fitting, separator, size, overlap)


def _merge(parts: Sequence[str], separator: str, size: int, overlap: int) -> list[str]:
    merged: list[str] = []
    window: list[str] = []
    length = 0  # of the window, joined
    for part in parts:
        added = len(part) + (len(separator) if window else 0)
        if window and length + added > size:
            merged.append(separator.join(window))
            while window and (length > overlap or length + len(separator) + len(part) > size):
                length -= len(window.pop(0)) + (len(separator) if window else 0)
            added = len(part) + (len(separator) if window else 0)
        window.append(part)
        length += added
    if window:
        merged.append(separator.join(window))
    return [text.strip() for text in merged if text.strip()]
