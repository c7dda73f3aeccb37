"""The facts in a GGUF file's header, read without loading the model, and the check that the file is whole.

llama.cpp says no more than "failed to load" of a truncated, foreign or damaged file; this says which.
"""

import mmap
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from ragcli.errors import ModelError

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
# Tensor type -> (name, values in a block, bytes of a block).
_TYPES = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 36), 10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176), 14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292),
    16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82), 23: ("IQ4_XS", 256, 136),
    24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4), 27: ("I64", 1, 8), 28: ("F64", 1, 8),
    29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2), 34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17),
}  # fmt: skip
BATCH_TOKENS = 128  # evaluated at once; the compute buffer is as many rows of the vocabulary
_OVERHEAD = 120 * 2**20  # of the library and of activations, measured on models of 0.1 to 1.5 billion parameters
_CHOOSE = "choose one that is here: rag models list; rag models use NAME"
_NEXT_STEP = f"get it again: rag models pull OWNER/REPOSITORY/FILE.gguf; or {_CHOOSE}"


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a GGUF file says of its model."""

    path: Path
    size: int  # bytes of the file
    architecture: str
    name: str
    parameters: int
    quantisation: str  # the type of most of its weights
    context_length: int  # tokens the model was trained to read
    chat_template: str | None
    kv_bytes_per_token: int = 0  # of the key-value cache at 16 bits; 0 where the header does not tell
    vocabulary: int = 0

    def memory_needed(self, context_tokens: int) -> int:
        """Bytes of memory to run with so long a context: weights, key-value cache, buffers.

        Weights that llama.cpp lays out anew are no longer needed as mapped, so that they count once.
        """
        buffer = BATCH_TOKENS * self.vocabulary * 4 + _OVERHEAD
        return self.size + context_tokens * self.kv_bytes_per_token + buffer


def read_facts(path: Path) -> GgufFacts:
    """Read the header of `path`; arrays are skipped (a vocabulary takes seconds as Python objects).

    Raises: ModelError when the file is missing, no GGUF, of another version or byte order, damaged or truncated.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            magic = file.read(8)
            if magic[:4] != b"GGUF":
                raise ModelError(f"{path} is not a GGUF file{_looks_like(magic)}", _CHOOSE)
            with closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as view:
                return _read(path, size, view)
    except FileNotFoundError:
        raise ModelError(f"the model file {path} does not exist", _CHOOSE) from None
    except IsADirectoryError:
        raise ModelError(f"{path} is a folder", _CHOOSE) from None
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read ({error.strerror})", "check its permissions") from error
    except (struct.error, ValueError, IndexError, OverflowError) as error:
        raise ModelError(f"the header of {path} is damaged or cut off", _NEXT_STEP) from error


def _looks_like(magic: bytes) -> str:
    for start, kind in (
        (b"<", "a web page"),
        (b"PK", "a ZIP archive"),
        (b"FUGG", "a big-endian GGUF"),
        (b"ggjt", "an old GGML"),
    ):
        if magic.startswith(start):
            return f" but looks like {kind}"
    return "" if magic.strip(b"\0") else ": it is empty"


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, view: mmap.mmap) -> None:
        self.view, self.at = view, 4

    def take(self, form: str) -> Any:
        (value,) = struct.unpack_from("<" + form, self.view, self.at)
        self.at += struct.calcsize("<" + form)
        return value

    def string(self) -> str:
        length = self.take("Q")
        if length > len(self.view) - self.at:
            raise ValueError("string beyond the end")
        self.at += length
        return self.view[self.at - length : self.at].decode("utf-8", "replace")

    def value(self, kind: int) -> Any:
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            return self.skip_array()
        return self.take(_SCALARS[kind])

    def skip_array(self) -> "_Array":
        kind, count = self.take("I"), self.take("Q")
        if kind in _SCALARS:
            self.at += count * struct.calcsize("<" + _SCALARS[kind])
            return _Array(count)
        unpack, view = struct.Struct("<Q").unpack_from, self.view
        for _ in range(count):
            if kind == _STRING:
                self.at += 8 + unpack(view, self.at)[0]
            else:
                self.value(kind)
        return _Array(count)


@dataclass(frozen=True, slots=True)
class _Array:
    """An array of the header of which only the length is kept."""

    length: int


def _read(path: Path, size: int, view: mmap.mmap) -> GgufFacts:
    cursor = _Cursor(view)
    version = cursor.take("I")
    if version not in (2, 3):
        raise ModelError(f"{path} is a GGUF file of version {version}, which is not known here", "update ragcli")
    tensors, pairs = cursor.take("Q"), cursor.take("Q")
    facts: dict[str, Any] = {}
    for _ in range(pairs):
        key = cursor.string()
        try:
            facts[key] = cursor.value(cursor.take("I"))
        except KeyError as error:
            raise ValueError(f"unknown type of {key}") from error
    weights: Counter[str] = Counter()
    end = 0
    for kind, count, offset in _tensors(cursor, tensors):
        name, block, block_bytes = _TYPES.get(kind, (f"type {kind}", 1, 0))
        weights[name] += count
        end = max(end, offset + -(-count // block) * block_bytes)
    alignment = int(facts.get("general.alignment", 32))
    needed = -(-cursor.at // alignment) * alignment + end
    if needed > size:
        raise ModelError(f"{path} is cut off: {size:,} of {needed:,} bytes", _NEXT_STEP)
    architecture = str(facts.get("general.architecture", ""))
    if facts.get(f"{architecture}.block_count") == 0:
        raise ValueError("a model without layers")  # llama.cpp would end the process
    return GgufFacts(
        path=path,
        size=size,
        architecture=architecture,
        name=str(facts.get("general.name") or path.stem),
        parameters=sum(weights.values()),
        quantisation=weights.most_common(1)[0][0] if weights else "none",
        context_length=int(facts.get(f"{architecture}.context_length") or 0),
        chat_template=facts.get("tokenizer.chat_template"),
        kv_bytes_per_token=_kv_bytes(facts, architecture),
        vocabulary=tokens.length if isinstance(tokens := facts.get("tokenizer.ggml.tokens"), _Array) else 0,
    )


def _kv_bytes(facts: dict[str, Any], architecture: str) -> int:
    """Keys and values of all layers for one token, at 16 bits; an upper bound where heads differ by layer."""

    def number(key: str, default: int) -> int:
        value = facts.get(f"{architecture}.{key}", default)
        return value if isinstance(value, int) else default

    heads = number("attention.head_count", 0)
    width = number("embedding_length", 0) // heads if heads else 0
    keys, values = (number(f"attention.{part}_length", width) for part in ("key", "value"))
    return number("block_count", 0) * number("attention.head_count_kv", heads) * (keys + values) * 2


def _tensors(cursor: _Cursor, count: int) -> Iterator[tuple[int, int, int]]:
    """(type, number of values, offset in the data) of each tensor."""
    for _ in range(count):
        cursor.string()
        shape = [cursor.take("Q") for _ in range(cursor.take("I"))]
        kind, offset = cursor.take("I"), cursor.take("Q")
        yield kind, prod(shape), offset
