"""Embedding models behind an OpenAI-compatible endpoint."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ragcli.embedding.model_files import known_prompts
from ragcli.embedding.protocol import Likeness, Vectors, read_once
from ragcli.endpoint import Endpoint, RejectedError, estimated_tokens
from ragcli.errors import ModelError, UsageError
from ragcli.settings import Embedding

_TEXTS_AT_ONCE = 64  # what a server of few accepts less of is found out by asking
_SPECIAL_TOKENS = 2  # that a model sets around each text


class ServiceEmbedder:
    """Fulfils `Embedder`. What it embeds is sent to the endpoint.

    Token counts are estimates on the safe side.
    Raises: UsageError when no model is named.
    """

    def __init__(self, settings: Embedding) -> None:
        if settings.base_url is None or settings.model == "auto":
            raise UsageError("embedding.base_url needs the name of a model there", "set embedding.model")
        self.endpoint = Endpoint(settings.base_url, settings.api_key_variable, setting="embedding.base_url")
        self.name, self.max_tokens = settings.model, settings.max_tokens
        self.prompts = known_prompts(self.name)
        self._at_once = _TEXTS_AT_ONCE

    @cached_property
    def dimension(self) -> int:
        """Of the vectors; asks the server when nothing was embedded yet."""
        return int(self._embed(["dimension"]).shape[1])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        prompt = self.prompts.get("document", "")
        return [estimated_tokens(prompt + text) + _SPECIAL_TOKENS for text in texts]

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        prompt = self.prompts.get("document", "")
        rows: list[Vectors] = []
        start = 0
        while start < len(texts):
            some = [prompt + text for text in texts[start : start + self._at_once]]
            try:
                rows.append(self._embed(some))
            except RejectedError:  # some servers take 32 texts at once, or 10, or so many tokens
                if len(some) == 1:
                    raise
                self._at_once = len(some) // 2
                continue
            start += len(some)
        return np.concatenate(rows) if rows else np.empty((0, self.dimension), np.float32)

    def likeness(self, question: str, texts: Sequence[str]) -> list[Likeness]:
        cosines = self.embed_documents(texts) @ self.embed_question(question)
        return [Likeness(cosine, None) for cosine in cosines.tolist()]

    @read_once
    def embed_question(self, text: str) -> Vectors:
        row: Vectors = self._embed([self.prompts.get("query", "") + text])[0]
        return row

    def _embed(self, texts: list[str]) -> Vectors:
        """Raises: ModelError when the server does not give one vector of one length per text."""
        body = {"model": self.name, "input": texts, "encoding_format": "float"}
        data = self.endpoint.post("embeddings", body).get("data") or []
        try:
            in_order = sorted(data, key=lambda one: one.get("index") or 0)  # without one they come in order
            with np.errstate(over="ignore"):  # what 32 bits do not hold is infinite, and refused below
                rows = np.array([one["embedding"] for one in in_order], np.float32)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            why = self.endpoint.shown(str(error))
            raise ModelError(f"{self.endpoint.host} answers no vectors ({why})", "see embedding.base_url") from error
        lengths = np.linalg.norm(rows, axis=-1, keepdims=True) if rows.ndim == 2 else np.zeros(1)
        if rows.ndim != 2 or len(rows) != len(texts) or not np.all(np.isfinite(rows)) or not np.all(lengths > 0):
            raise ModelError(f"{self.endpoint.host} gives no vector for each text", "see embedding.base_url")
        if rows.shape[1] != self.__dict__.setdefault("dimension", rows.shape[1]):
            raise ModelError(f"{self.endpoint.host} changed the length of its vectors", "see embedding.model")
        unit: Vectors = rows / lengths
        return unit
