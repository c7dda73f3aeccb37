"""What every embedding model offers to the rest."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A sentence-embedding model. Questions and documents go through the same weights, each with the model's own prompt."""

    name: str
    max_tokens: (
        int  # what the model reads of a text, prompt and special tokens included; the rest would be cut in silence
    )

    @property
    def dimension(self) -> int:
        """Of the vectors."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a document: prompt and special tokens included, never truncated."""

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dimension), float32, rows of length 1."""

    def embed_question(self, text: str) -> Vectors:
        """The question as shape (dimension,), float32, of length 1."""
