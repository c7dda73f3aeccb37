"""What every embedding model offers to the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_Model = TypeVar("_Model")
_Read = TypeVar("_Read")


def read_once(read: Callable[[_Model, str], _Read]) -> Callable[[_Model, str], _Read]:
    """A method that reads a question, and keeps the last: one is asked of the passages, and then of their sentences."""

    @wraps(read)
    def read_question(model: _Model, text: str) -> _Read:
        last = vars(model).get("_last_question")
        if last is None or last[0] != text:
            last = vars(model)["_last_question"] = text, read(model, text)
        result: _Read = last[1]
        return result

    return read_question


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a question and a text are, between -1 and 1."""

    cosine: float  # of their vectors
    maxsim: float | None  # of their tokens; None where a model shows none


class Embedder(Protocol):
    """A sentence-embedding model. Questions and documents go through the same weights, each with the model's own prompt."""

    name: str
    # What the model reads of a text, prompt and special tokens included; the rest would be cut in silence.
    max_tokens: int

    @property
    def dimension(self) -> int:
        """Of the vectors."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a document: prompt and special tokens included, never truncated."""

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dimension), float32, rows of length 1."""

    def likeness(self, question: str, texts: Sequence[str]) -> list[Likeness]:
        """A question held against some texts as documents: the sentences of a few passages, not a corpus."""

    def embed_question(self, text: str) -> Vectors:
        """The question as shape (dimension,), float32, of length 1."""
