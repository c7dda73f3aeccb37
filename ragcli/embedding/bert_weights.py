"""The weights of a BERT-shaped model, memory-mapped from its safetensors file under one set of names."""

import json
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragcli.embedding.model_files import ModelFiles, _position_offset
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
class BertWeights:
    """A whole encoder; arrays are views into the mapped file, float32 or float16."""

    words: Array  # (vocabulary, hidden)
    positions: Array  # (positions, hidden), from the position of the first token on
    token_type: Array  # (hidden,)
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
    prefix = next(p for p in ("", "bert.", "roberta.") if f"{p}embeddings.word_embeddings.weight" in tensors)

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
        positions=tensors[f"{prefix}embeddings.position_embeddings.weight"][_position_offset(files.config) :],
        token_type=tensors[f"{prefix}embeddings.token_type_embeddings.weight"][0],
        norm=pair("embeddings.LayerNorm"),
        layers=tuple(layer(at) for at in range(int(files.config["num_hidden_layers"]))),
        heads=int(files.config["num_attention_heads"]),
        epsilon=float(files.config["layer_norm_eps"]),
    )
