"""Pages of blocks become chunks: `chunk` picks the configured method."""

from collections.abc import Callable, Sequence

from ragcli.records import Chunk, Document
from ragcli.settings import Chunking


def chunk(
    document: Document, settings: Chunking, count_tokens: Callable[[Sequence[str]], list[int]], model_limit: int
) -> list[Chunk]:
    """Cut a document; no chunk is longer than the embedding model reads, whatever the settings ask for."""
    if settings.method == "recursive":
        from ragcli.chunking.recursive import chunk_recursively

        return chunk_recursively(document, count_tokens, settings.chunk_size, settings.chunk_overlap)
    from ragcli.chunking.structure import chunk_by_structure

    return chunk_by_structure(document, count_tokens, min(settings.max_tokens, model_limit))
