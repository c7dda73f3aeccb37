"""What every embedding model offers to the rest."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_Model = TypeVar("_Model")


def embedded_once(embed: Callable[[_Model, str], Vectors]) -> Callable[[_Model, str], Vectors]:
    """`embed_question` that keeps its last vector: a question is asked of the passages, and then of their sentences."""

    @wraps(embed)
    def embed_question(model: _Model, text: str) -> Vectors:
        last = vars(model).get("_last_question")
        if last is None or last[0] != text:
            last = vars(model)["_last_question"] = text, embed(model, text)
        vector: Vectors = last[1]
        return vector

    return embed_question


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
