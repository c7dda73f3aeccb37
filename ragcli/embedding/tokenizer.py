"""The embedding model's own tokenizer, with the model's own length instead of the file's."""

from collections.abc import Sequence
from typing import Any

from ragcli.embedding.model_files import ModelFiles


class ModelTokenizer:
    """Token ids as the model reads them (special tokens included), and counts without any cut."""

    def __init__(self, files: ModelFiles) -> None:
        from tokenizers import Tokenizer

        self._counting: Any = Tokenizer.from_file(str(files.tokenizer))
        self._counting.no_padding()
        self._counting.no_truncation()
        self.max_tokens = files.max_tokens

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(encoding.ids) for encoding in self._counting.encode_batch_fast(list(texts))]

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids cut at the model's limit as the reference cuts them: from the end, the closing special token kept."""
        encoded = [encoding.ids for encoding in self._counting.encode_batch_fast(list(texts))]
        return [ids if len(ids) <= self.max_tokens else ids[: self.max_tokens - 1] + ids[-1:] for ids in encoded]
