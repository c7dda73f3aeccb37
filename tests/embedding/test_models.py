"""Which model a name means."""

import json
from pathlib import Path

import pytest

from ragcli.embedding.model_files import read_model_files
from ragcli.embedding.models import ENGLISH, MULTILINGUAL, choose_model, find_model, load_embedder
from ragcli.embedding.reference import ReferenceEmbedder
from ragcli.errors import ModelError
from ragcli.settings import Embedding


def test_english_alone_takes_minilm() -> None:
    assert choose_model({"en": 1.0})[0] == ENGLISH
    assert choose_model({"en": 0.97, "la": 0.03})[0] == ENGLISH


def test_anything_else_takes_the_multilingual_one() -> None:
    model, why = choose_model({"fr": 0.4, "en": 0.6})
    assert model == MULTILINGUAL
    assert "fr" in why


def test_what_the_files_declare_is_read(model_home: Path) -> None:
    english, other = find_model(ENGLISH, model_home), find_model(MULTILINGUAL, model_home)
    assert (english.max_tokens, english.pooling, english.question_prompt, english.document_prompt) == (
        256,
        "mean",
        "",
        "",
    )
    assert (other.max_tokens, other.pooling, other.question_prompt, other.document_prompt) == (
        512, "mean", "query: ", "passage: ",
    )  # fmt: skip


def test_a_missing_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"not on this machine.*embedding\.model"):
        find_model("no-such-model", tmp_path)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no sentence-transformers model"):
        find_model(str(tmp_path), tmp_path)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Importing from 'sentence_transformers.models':DeprecationWarning")
def test_any_sentence_transformers_model_works_by_path(
    tmp_path: Path, model_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A tiny model of a shape that the fast path does not know, made here, goes through the reference."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import DistilBertConfig, DistilBertModel

    tokenizer = find_model(ENGLISH, model_home).folder
    plain = tmp_path / "plain"
    DistilBertModel(DistilBertConfig(dim=32, hidden_dim=64, n_layers=1, n_heads=2)).save_pretrained(plain)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        (plain / name).write_bytes((tokenizer / name).read_bytes())
    transformer = Transformer(str(plain), max_seq_length=64)
    folder = tmp_path / "tiny"
    SentenceTransformer(modules=[transformer, Pooling(32, pooling_mode="mean")], device="cpu").save(str(folder))

    files = read_model_files(folder, "tiny")
    assert not files.is_bert_shaped()
    capfd.readouterr()
    embedder = load_embedder(files, Embedding(device="cpu"))
    assert isinstance(embedder, ReferenceEmbedder)
    assert embedder.max_tokens == 64
    rows = embedder.embed_documents(["one", "two"])
    assert rows.shape == (2, 32)
    assert rows[0] @ embedder.embed_question("one") > 0.9999
    same, other = embedder.likeness("one", ["one", "two"])
    assert same.cosine == pytest.approx(1, abs=1e-3)
    assert same.maxsim == pytest.approx(1, abs=1e-3)
    assert other.maxsim is not None
    assert "Loading weights" not in capfd.readouterr().err  # progress has no place in a pipe

    (folder / "config.json").write_text("{")
    with pytest.raises(ModelError, match="tiny can't be loaded"):
        ReferenceEmbedder(files)


@pytest.mark.skipif(Path("/proc/driver/nvidia/version").exists(), reason="needs a machine without a GPU")
def test_a_device_that_is_not_there_is_named(model_home: Path) -> None:
    with pytest.raises(ModelError, match=r"can't use cuda on this machine; set embedding\.device to cpu"):
        load_embedder(find_model(ENGLISH, model_home), Embedding(device="cuda"))


def test_prompts_come_from_the_models_own_files(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert", "max_position_embeddings": 128}))
    (tmp_path / "config_sentence_transformers.json").write_text(
        json.dumps({"prompts": {"query": "ask: ", "document": ""}})
    )
    files = read_model_files(tmp_path, "any")
    assert (files.question_prompt, files.document_prompt, files.max_tokens) == ("ask: ", "", 128)
