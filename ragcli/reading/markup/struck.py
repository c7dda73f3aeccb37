"""What is struck out on a page, `~~five~~ six`: it is no longer said, and whoever reads it without the line is told wrong."""

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

_STRUCK = "s, strike, del, [style*='line-through']"
_MOST = 0.5  # of a page's letters: more is a tag that nobody closed


def without_struck(body: LexborNode) -> int:
    """Remove what is struck out. Returns: how many such texts."""
    whole = len(body.text())
    found = [node for node in outermost(body.css(_STRUCK)) if node.text().strip()]
    if sum(len(node.text()) for node in found) > _MOST * whole:
        return 0
    remove(found)
    return len(found)


def remove(nodes: Iterable[LexborNode]) -> None:
    """Remove nodes from the page; those within others go with them, and must not be touched again."""
    for node in outermost(nodes):
        node.decompose()


def outermost(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """Those of the nodes that stand in none of the others, each once."""
    chosen = {node.mem_id: node for node in nodes}
    return [node for node in chosen.values() if not any(one.mem_id in chosen for one in above(node))]


def above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that a node stands in, innermost first."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent
