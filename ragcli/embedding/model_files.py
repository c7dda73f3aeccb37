"""What a sentence-transformers folder says of its model: how long, pooled how, with which prompts.

Nothing here is guessed from the tokenizer's own truncation or from `max_position_embeddings`: the shipped tokenizer.json of
all-MiniLM-L6-v2 truncates at 128 tokens although the model reads 256, and a fast path that believed it would cut every
long chunk in half without a word.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ragcli.disk import sha256_of
from ragcli.errors import ModelError

Pooling = Literal["mean", "cls", "other"]
# Where a model's own files name no prompts, although its card demands them.
_KNOWN_PROMPTS = {"e5": {"query": "query: ", "document": "passage: "}}

_DECISIVE = (
    "model.safetensors", "pytorch_model.bin", "modules.json", "1_Pooling/config.json", "sentence_bert_config.json",
    "tokenizer.json", "config_sentence_transformers.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's folder and what its files declare."""

    folder: Path
    name: str
    config: dict[str, Any]  # the transformer's config.json
    max_tokens: int  # special tokens included
    pooling: Pooling
    prompts: dict[str, str] = field(default_factory=dict)  # query, document
    modules: tuple[str, ...] = ()  # class names, in order

    @property
    def weights(self) -> Path:
        return self.folder / "model.safetensors"

    @property
    def tokenizer(self) -> Path:
        return self.folder / "tokenizer.json"

    @property
    def vocabulary(self) -> Path:
        """The mapped form of a Unigram vocabulary, which only folders that we converted have."""
        return self.folder / "unigram.bin"

    @property
    def question_prompt(self) -> str:
        return self.prompts.get("query", "")

    @property
    def document_prompt(self) -> str:
        return self.prompts.get("document", self.prompts.get("passage", ""))

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes that the model declares to know; empty when it declares none or all."""
        declared = self.config.get("languages", ())
        return tuple(declared)

    def is_bert_shaped(self) -> bool:
        """Whether our own forward pass computes the same as the reference (absolute positions, exact GELU, mean or cls)."""
        known = {"Transformer", "Pooling", "Normalize"}
        return (
            self.config.get("model_type") in ("bert", "roberta", "xlm-roberta")
            and self.config.get("hidden_act") == "gelu"
            and self.config.get("position_embedding_type", "absolute") == "absolute"
            and not self.config.get("is_decoder", False)
            and self.pooling in ("mean", "cls")
            and set(self.modules) <= known
            and self.weights.is_file()
            and self.tokenizer.is_file()
        )

    def fingerprint(self) -> str:
        """SHA-256 over the files that decide a vector: weights, modules, pooling, length, prompts, tokenizer.

        The runtime and its precision are not part of it: they are checked by the vectors of fixed probe texts instead.
        """
        digest = hashlib.sha256()
        for name in _DECISIVE:
            path = self.folder / name
            if path.is_file():
                digest.update(name.encode() + bytes.fromhex(sha256_of(path)))
        return digest.hexdigest()


def read_model_files(folder: Path, name: str) -> ModelFiles:
    """Read the folder of a sentence-transformers model.

    Raises: ModelError when it is none.
    """
    modules = _json(folder / "modules.json", default=[])
    transformer = folder / next((m["path"] for m in modules if _class(m) == "Transformer"), "")
    config_path = transformer / "config.json"
    if not config_path.is_file():
        raise ModelError(
            f"{folder} is no sentence-transformers model (no config.json)", "name another: embedding.model"
        )
    config: dict[str, Any] = _json(config_path)
    bert = _json(transformer / "sentence_bert_config.json", default={})
    st_config = _json(folder / "config_sentence_transformers.json", default={})
    pooling_path = next((m["path"] for m in modules if _class(m) == "Pooling"), "1_Pooling")
    pooling = _pooling(_json(folder / pooling_path / "config.json", default={"pooling_mode_mean_tokens": True}))
    positions = int(config.get("max_position_embeddings", 512)) - position_offset(config)
    tokenizer_limit = int(_json(transformer / "tokenizer_config.json", default={}).get("model_max_length", positions))
    prompts = {key: text for key, text in (st_config.get("prompts") or {}).items() if text}
    if not prompts:
        prompts = known_prompts(name)
    return ModelFiles(
        folder=transformer,
        name=name,
        config=config,
        max_tokens=int(bert.get("max_seq_length") or min(positions, tokenizer_limit)),
        pooling=pooling,
        prompts=prompts,
        modules=tuple(_class(m) for m in modules) or ("Transformer", "Pooling"),
    )


def known_prompts(name: str) -> dict[str, str]:
    """The prompts (query, document) that the card of a model demands although its files may not name them."""
    return next((known for part, known in _KNOWN_PROMPTS.items() if part in name.lower().split("-")), {})


def position_offset(config: dict[str, Any]) -> int:
    """RoBERTa's first position is padding_idx + 1; BERT's is 0."""
    return int(config.get("pad_token_id", 1)) + 1 if "roberta" in config.get("model_type", "") else 0


def _pooling(config: dict[str, Any]) -> Pooling:
    """The way of pooling, from the flags of older folders or the one word of newer ones."""
    mode = config.get("pooling_mode")
    if mode == "mean" or config.get("pooling_mode_mean_tokens"):
        return "mean"
    return "cls" if mode == "cls" or config.get("pooling_mode_cls_token") else "other"


def _class(module: dict[str, Any]) -> str:
    return str(module["type"]).rsplit(".", 1)[-1]


def _json(path: Path, default: Any = None) -> Any:
    if not path.is_file() and default is not None:
        return default
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} can't be read ({error})", "install the model again") from error
