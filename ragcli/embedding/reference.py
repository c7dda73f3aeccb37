"""sentence-transformers itself: the reference for every model, and the way on a GPU or where no fast path exists."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ragcli.embedding.maxsim import maxsim
from ragcli.embedding.model_files import ModelFiles
from ragcli.embedding.protocol import Likeness, Vectors, read_once
from ragcli.errors import ModelError


class ReferenceEmbedder:
    """Fulfils `Embedder` for any sentence-transformers model, on any device that torch knows."""

    def __init__(self, files: ModelFiles, device: str = "cpu") -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                f"the model {files.name} needs sentence-transformers ({error})",
                "install it: pip install sentence-transformers",
            ) from error
        prepare(device)
        try:
            self._model: Any = SentenceTransformer(str(files.folder), device=device, local_files_only=True)
        except Exception as error:  # a file that is missing or damaged, each in its own way
            reason = " ".join(str(error).split())[:200]
            raise ModelError(
                f"the model {files.folder} can't be loaded ({reason})", "get it again, or set embedding.model"
            ) from error
        if device != "cpu":
            self._model.half()  # twice as fast on a GPU; the probe vectors tell when a model does not bear it
        self._files = files
        self.name, self.max_tokens = files.name, files.max_tokens
        self.dimension = self.embed_documents([""]).shape[1]  # its own method for that was renamed between releases

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        prompt = self._files.document_prompt
        encoded = self._model.tokenizer([prompt + text for text in texts], truncation=False, verbose=False)["input_ids"]
        return [len(ids) for ids in encoded]

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        rows = self._model.encode(
            self._as_documents(texts), prompt="", normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, np.float32)

    def embed_question(self, text: str) -> Vectors:
        return self._read_question(text)[0]

    def likeness(self, question: str, texts: Sequence[str]) -> list[Likeness]:
        vector, asked = self._read_question(question)
        read = self._read(self._as_documents(texts))
        return [Likeness(float(row @ vector), maxsim(asked, states)) for row, states in read]

    @read_once
    def _read_question(self, text: str) -> tuple[Vectors, Vectors]:
        """The vector of a question, and the states of its own tokens: neither the prompt's nor the special ones."""
        prompt = self._files.question_prompt
        ((vector, states),) = self._read([prompt + text])
        own = states[len(self._model.tokenizer(prompt.rstrip())["input_ids"]) - 1 : -1]
        return vector, own if len(own) else states

    def _as_documents(self, texts: Sequence[str]) -> list[str]:
        return [self._files.document_prompt + text for text in texts]

    def _read(self, texts: list[str]) -> list[tuple[Vectors, Vectors]]:
        """Of each text the unit vector, and the states of its tokens."""
        read = self._model.encode(texts, prompt="", output_value=None, show_progress_bar=False)
        found: list[tuple[Vectors, Vectors]] = []
        for one in read:
            vector, states, mask = (
                one[name].float().cpu().numpy() for name in ("sentence_embedding", "token_embeddings", "attention_mask")
            )
            found.append((vector / np.linalg.norm(vector), states[mask > 0]))
        return found


def prepare(device: str) -> None:
    """Keep transformers' progress bar out of pipes. Raises: ModelError when torch can't use the device."""
    import torch
    from transformers.utils import logging

    log: Any = logging
    log.disable_progress_bar()
    is_there = {"cuda": torch.cuda.is_available, "mps": torch.backends.mps.is_available}
    if device in is_there and not is_there[device]():
        raise ModelError(
            f"torch {torch.__version__} can't use {device} on this machine",
            "set embedding.device to cpu, or install the build of torch for it",
        )
