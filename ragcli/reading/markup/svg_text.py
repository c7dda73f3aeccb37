"""The words of a drawing within a page: books of a fixed layout set whole pages so, and diagrams their labels."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from ragcli.reading.text import paragraph

_FEWEST = 3  # words: a button or a logo says less
_DEEPEST = 40  # groups within groups: below is no drawing, but somebody's attack


def drawn_text(svg: LexborNode) -> str:
    """What a drawing says, by its texts in their order; "" where that is hardly anything."""
    said = paragraph(" ".join("".join(_lines(text)) for text in _texts(svg)))
    return said if sum(any(map(str.isalpha, word)) for word in said.split()) >= _FEWEST else ""


def _texts(node: LexborNode, depth: int = 0) -> Iterator[LexborNode]:
    for child in node.iter():
        if (child.tag or "").lower() in ("text", "foreignobject"):
            yield child
        elif depth < _DEEPEST:
            yield from _texts(child, depth + 1)


def _lines(text: LexborNode) -> Iterator[str]:
    """The pieces of a text: a word may be in several, but not on two lines."""
    height = text.attributes.get("y")
    for piece in text.iter(include_text=True):
        own = piece.attributes.get("y", height) if piece.tag == "tspan" else height
        if own != height or piece.tag not in ("-text", "tspan") or piece.attributes.get("dy"):
            yield " "
        height = own
        yield piece.text(separator="" if piece.tag == "tspan" else " ")
