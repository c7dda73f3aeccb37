"""The weights of a BERT-shaped model, memory-mapped from its safetensors file under one set of names."""

import json
import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragcli.embedding.model_files import ModelFiles, position_offset
from ragcli.errors import ModelError

Array = NDArray[Any]
_DTYPES = {"F32": np.float32, "F16": np.float16, "F64": np.float64}


@dataclass(frozen=True, slots=True)
class Layer:
    """One encoder layer; matrices are (out, in), as PyTorch keeps them."""

    query: tuple[Array, Array]
    key: tuple[Array, Array]
    value: tuple[Array, Array]
    attention_out: tuple[Array, Array]
    attention_norm: tuple[Array, Array]
    up: tuple[Array, Array]
    down: tuple[Array, Array]
    out_norm: tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Head:
    """What makes one number of an encoder's first row: a layer with tanh, then a projection (1, hidden)."""

    dense: tuple[Array, Array]
    out: tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class BertWeights:
    """A whole encoder; arrays are views into the mapped file, float32 or float16."""

    words: Array  # (vocabulary, hidden)
    positions: Array  # (positions, hidden), from the position of the first token on
    types: Array  # (segments, hidden): of a text, and of the second one where two are read as a pair
    norm: tuple[Array, Array]
    layers: tuple[Layer, ...]
    heads: int
    epsilon: float


def map_safetensors(path: Path) -> dict[str, Array]:
    """Map every float tensor of a safetensors file without reading it: name -> read-only view.

    Format: 8 bytes little-endian header length, the header as JSON, then the tensors
    (https://github.com/huggingface/safetensors#format).
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        (length,) = struct.unpack_from("<Q", mapped)
        header = json.loads(mapped[8 : 8 + length])
    except (struct.error, ValueError) as error:
        raise ModelError(f"{path} is no safetensors file ({error})", "install the model again") from error
    tensors = {}
    for name, facts in header.items():
        if name != "__metadata__" and facts["dtype"] in _DTYPES:
            start, end = facts["data_offsets"]
            dtype = np.dtype(_DTYPES[facts["dtype"]])
            view = np.frombuffer(mapped, dtype, count=(end - start) // dtype.itemsize, offset=8 + length + start)
            tensors[name] = view.reshape(facts["shape"])
    return tensors


def load_bert(files: ModelFiles) -> BertWeights:
    """Map the weights of a BERT-shaped model (see `ModelFiles.is_bert_shaped`)."""
    tensors = map_safetensors(files.weights)
    prefix = _prefix(tensors)

    def pair(name: str) -> tuple[Array, Array]:
        return tensors[f"{prefix}{name}.weight"], tensors[f"{prefix}{name}.bias"]

    def layer(at: int) -> Layer:
        base = f"encoder.layer.{at}"
        return Layer(
            query=pair(f"{base}.attention.self.query"),
            key=pair(f"{base}.attention.self.key"),
            value=pair(f"{base}.attention.self.value"),
            attention_out=pair(f"{base}.attention.output.dense"),
            attention_norm=pair(f"{base}.attention.output.LayerNorm"),
            up=pair(f"{base}.intermediate.dense"),
            down=pair(f"{base}.output.dense"),
            out_norm=pair(f"{base}.output.LayerNorm"),
        )

    return BertWeights(
        words=tensors[f"{prefix}embeddings.word_embeddings.weight"],
        positions=tensors[f"{prefix}embeddings.position_embeddings.weight"][position_offset(files.config) :],
        types=tensors[f"{prefix}embeddings.token_type_embeddings.weight"],
        norm=pair("embeddings.LayerNorm"),
        layers=tuple(layer(at) for at in range(int(files.config["num_hidden_layers"]))),
        heads=int(files.config["num_attention_heads"]),
        epsilon=float(files.config["layer_norm_eps"]),
    )


def load_head(files: ModelFiles) -> Head | None:
    """Map the head of a cross-encoder with one output; None when the file holds another one, or none."""
    tensors = map_safetensors(files.weights)
    names = (
        (f"{_prefix(tensors)}pooler.dense", "classifier"),
        ("classifier.dense", "classifier.out_proj"),
    )  # BERT, RoBERTa
    for dense, out in names:
        parts = [f"{name}.{part}" for name in (dense, out) for part in ("weight", "bias")]
        if all(part in tensors for part in parts) and tensors[f"{out}.weight"].shape[0] == 1:
            return Head((tensors[parts[0]], tensors[parts[1]]), (tensors[parts[2]], tensors[parts[3]]))
    return None


def _prefix(tensors: Mapping[str, Array]) -> str:
    return next(p for p in ("", "bert.", "roberta.") if f"{p}embeddings.word_embeddings.weight" in tensors)
