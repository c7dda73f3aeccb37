"""The fast path of BERT-shaped models on a CPU: one question by numpy, a corpus by OpenVINO, both from the mapped weights."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ragcli.embedding.bert_numpy import embed_ids
from ragcli.embedding.bert_weights import load_bert
from ragcli.embedding.model_files import ModelFiles
from ragcli.embedding.protocol import Vectors, embedded_once
from ragcli.embedding.tokenizer import ModelTokenizer
from ragcli.embedding.unigram import UnigramVocabulary

_FEW_CHARACTERS = 6000  # up to which numpy is the faster way, cold


class BertEmbedder:
    """Fulfils `Embedder` for files whose `is_bert_shaped()` holds."""

    def __init__(self, files: ModelFiles, batch_tokens: int = 2048) -> None:
        self.name, self.max_tokens = files.name, files.max_tokens
        self.dimension = int(files.config["hidden_size"])
        self._files, self._batch_tokens = files, batch_tokens
        self._weights = load_bert(files)

    @cached_property
    def _tokenizer(self) -> ModelTokenizer:
        return ModelTokenizer(self._files)

    @cached_property
    def _compiled(self) -> Any:
        from ragcli.embedding.bert_openvino import build_graph, compile_for_cpu

        return compile_for_cpu(build_graph(self._weights, self._files.pooling))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._tokenizer.count([self._files.document_prompt + text for text in texts])

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        prompted = [self._files.document_prompt + text for text in texts]
        if "_compiled" not in self.__dict__ and sum(map(len, texts)) <= _FEW_CHARACTERS:
            return self._embed_few(prompted)
        from ragcli.embedding.bert_openvino import look_up

        ids = self._tokenizer.ids(prompted)
        rows = np.empty((len(ids), self.dimension), np.float32)
        for batch in batches([len(text) for text in ids], self._batch_tokens):
            width = max(len(ids[at]) for at in batch)
            padded, mask = np.zeros((len(batch), width), np.int32), np.zeros((len(batch), width), np.float32)
            for row, at in enumerate(batch):
                padded[row, : len(ids[at])] = ids[at]
                mask[row, : len(ids[at])] = 1
            rows[batch] = self._compiled([look_up(self._weights, padded), mask])[0]
        return rows

    @embedded_once
    def embed_question(self, text: str) -> Vectors:
        row: Vectors = self._embed_few([self._files.question_prompt + text])[0]
        return row

    def _embed_few(self, prompted: Sequence[str]) -> Vectors:
        """Without any runtime: to import and compile one takes longer than some dozen sentences do in numpy."""
        if not prompted:
            return np.empty((0, self.dimension), np.float32)
        return embed_ids(self._weights, [self._few_ids(text) for text in prompted], self._files.pooling)

    def _few_ids(self, text: str) -> list[int]:
        if self._vocabulary is not None:
            ids = self._vocabulary.ids(text)
            if ids is not None and len(ids) <= self.max_tokens:
                return ids
        return self._tokenizer.ids([text])[0]

    @cached_property
    def _vocabulary(self) -> UnigramVocabulary | None:
        return UnigramVocabulary(self._files.vocabulary) if self._files.vocabulary.is_file() else None


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Group texts of like length: each batch, padded to its longest, holds at most `budget` tokens, or one text alone.

    Longest first, so that the peak of memory comes at once and not after an hour.
    """
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: -lengths[at]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch
