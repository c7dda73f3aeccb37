"""The fast path of BERT-shaped models on a CPU: one question by numpy, a corpus by OpenVINO, both from the mapped weights."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np

from ragcli.embedding.bert_numpy import pooled, token_states
from ragcli.embedding.bert_weights import load_bert
from ragcli.embedding.maxsim import maxsim
from ragcli.embedding.model_files import ModelFiles
from ragcli.embedding.protocol import Likeness, Vectors, read_once
from ragcli.embedding.tokenizer import ModelTokenizer
from ragcli.embedding.unigram import UnigramVocabulary

_FEW_CHARACTERS = 6000  # up to which numpy is the faster way, cold
_A_FEW_WORDS = 100  # characters


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
        prompted = [self._files.document_prompt + text for text in texts]
        if "_tokenizer" not in self.__dict__ and self._vocabulary is not None and sum(map(len, texts)) <= _A_FEW_WORDS:
            # Of a question, which would wait longer for the tokenizer than for all else.
            found = [self._vocabulary.ids(text) for text in prompted]
            if None not in found:
                return [len(ids) for ids in found if ids is not None]
        return self._tokenizer.count(prompted)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        rows = np.empty((len(texts), self.dimension), np.float32)
        for at, row, _ in self._read_documents(texts):
            rows[at] = row
        return rows

    def embed_question(self, text: str) -> Vectors:
        return self._read_question(text)[0]

    def likeness(self, question: str, texts: Sequence[str]) -> list[Likeness]:
        vector, asked = self._read_question(question)
        read = self._read_documents(texts)
        found = {at: Likeness(float(row @ vector), maxsim(asked, states)) for at, row, states in read}
        return [found[at] for at in range(len(texts))]

    @read_once
    def _read_question(self, text: str) -> tuple[Vectors, Vectors]:
        """The vector of a question, and the states of its own tokens: neither the prompt's nor the special ones."""
        prompt = self._files.question_prompt
        (states,) = token_states(self._weights, [self._few_ids(prompt + text)])
        before = len(self._few_ids(prompt.rstrip())) - 1
        own = states[before:-1]
        return pooled(states, self._files.pooling), own if len(own) else states

    def _read_documents(self, texts: Sequence[str]) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Of each text, in any order, its place, its vector and the states of its tokens."""
        prompted = [self._files.document_prompt + text for text in texts]
        if "_compiled" not in self.__dict__ and sum(map(len, texts)) <= _FEW_CHARACTERS:
            # Without any runtime: to import and compile one takes longer than some dozen sentences do in numpy.
            read = token_states(self._weights, [self._few_ids(text) for text in prompted]) if prompted else []
            yield from ((at, pooled(states, self._files.pooling), states) for at, states in enumerate(read))
            return
        from ragcli.embedding.bert_openvino import look_up

        ids = self._tokenizer.ids(prompted)
        for batch in batches([len(text) for text in ids], self._batch_tokens):
            width = max(len(ids[at]) for at in batch)
            padded, mask = np.zeros((len(batch), width), np.int32), np.zeros((len(batch), width), np.float32)
            for row, at in enumerate(batch):
                padded[row, : len(ids[at])] = ids[at]
                mask[row, : len(ids[at])] = 1
            rows, states = self._compiled([look_up(self._weights, padded), mask]).values()
            yield from ((at, rows[row], states[row, : len(ids[at])]) for row, at in enumerate(batch))

    def _few_ids(self, text: str) -> list[int]:
        if self._vocabulary is not None:
            ids = self._vocabulary.ids(text)
            if ids is not None and len(ids) <= self.max_tokens:
                return ids
        return self._tokenizer.ids([text])[0]

    @cached_property
    def _vocabulary(self) -> UnigramVocabulary | None:
        if not self._files.vocabulary.is_file():
            return None
        with suppress(ValueError):  # it only saves time: the tokenizer gives the same
            return UnigramVocabulary(self._files.vocabulary)
        return None


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
