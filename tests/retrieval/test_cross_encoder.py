"""Cross-encoders by folder and name: the fast way gives the reference's scores, and what is none is refused."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ragcli.embedding.models import ENGLISH, find_model
from ragcli.errors import ModelError
from ragcli.retrieval.cross_encoder import (
    AGREE,
    BertCrossEncoder,
    ReferenceCrossEncoder,
    find_cross_encoder,
    load_cross_encoder,
)
from tests.retrieval.tiny_cross_encoders import SHAPES, make_cross_encoder

QUESTION = "When does the contract end?"
TEXTS = [
    "The contract ends on 31 December 2023.",
    "x",
    "Le ferry part à 7 h 40.",
    "The harbour was dredged in spring, and again in autumn. " * 90,  # is cut
    "",
    "水を飲む。",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, model_home: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("cross-encoders")
    return {shape: make_cross_encoder(shape, folder, model_home) for shape in SHAPES}


def predicted(folder: Path, question: str, texts: Sequence[str]) -> list[float]:
    from sentence_transformers import CrossEncoder

    model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    return [float(score) for score in model.predict([(question, text) for text in texts], show_progress_bar=False)]


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_scores_are_those_of_the_reference(shape: str, made: dict[str, Path], tmp_path: Path) -> None:
    model = load_cross_encoder(str(made[shape]), tmp_path)
    assert isinstance(model, ReferenceCrossEncoder if shape == "distilbert" else BertCrossEncoder)
    assert model.is_probability == (shape != "bert-logits")
    assert (model.name, model.warning) == (made[shape].name, None)
    expected = predicted(made[shape], QUESTION, TEXTS)
    assert max(expected) - min(expected) > 50 * AGREE  # else anything would agree
    assert np.abs(np.array(model.scores(QUESTION, TEXTS)) - expected).max() < AGREE
    long = "contract " * 700  # a question that leaves no room: both are cut
    assert np.abs(np.array(model.scores(long, TEXTS)) - predicted(made[shape], long, TEXTS)).max() < AGREE
    assert model.scores(QUESTION, []) == []


@pytest.mark.slow
@pytest.mark.skipif(Path("/proc/driver/nvidia/version").exists(), reason="needs a machine without a GPU")
def test_a_device_that_is_not_there_is_named(made: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"can't use cuda on this machine; set embedding\.device to cpu"):
        load_cross_encoder(str(made["bert"]), tmp_path, device="cuda")


def test_a_text_scores_the_same_alone_and_among_others(made: dict[str, Path], tmp_path: Path) -> None:
    model = load_cross_encoder(str(made["bert"]), tmp_path)
    assert np.allclose(model.scores(QUESTION, TEXTS), [model.scores(QUESTION, [text])[0] for text in TEXTS], atol=1e-5)


@pytest.mark.slow
def test_after_its_first_use_no_torch_is_imported(made: dict[str, Path], tmp_path: Path) -> None:
    load_cross_encoder(str(made["bert"]), tmp_path)
    code = (
        "import sys; from pathlib import Path; from ragcli.retrieval.cross_encoder import load_cross_encoder;"
        f"m = load_cross_encoder({str(made['bert'])!r}, Path({str(tmp_path)!r})); m.scores('?', ['a', 'b']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.slow
def test_a_fast_way_that_differs_is_not_taken(made: dict[str, Path], tmp_path: Path) -> None:
    """Weights of the same size and time, but a configuration that the fast way would read otherwise."""
    load_cross_encoder(str(made["bert"]), tmp_path)
    (kept,) = (tmp_path / "cache" / "cross-encoders").glob("*.json")
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"difference": 0.25}))
    model = load_cross_encoder(str(made["bert"]), tmp_path)
    assert isinstance(model, ReferenceCrossEncoder)
    assert model.warning == "tiny-bert runs by sentence-transformers: the fast way differs by 0.25"


@pytest.mark.slow
def test_a_name_is_found_in_the_models_folder_and_in_the_hubs_cache(
    made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine").symlink_to(made["bert"])
    for name in ("mine", "cross-encoder/mine", "anyone/mine"):
        assert find_cross_encoder(name, tmp_path).folder == tmp_path / "models" / "mine"
    snapshot = tmp_path / "hub" / "models--cross-encoder--other" / "snapshots" / "abc"
    snapshot.parent.mkdir(parents=True)
    snapshot.symlink_to(made["bert"])
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    for name in ("other", "cross-encoder/other"):
        assert (find_cross_encoder(name, tmp_path).folder, find_cross_encoder(name, tmp_path).name) == (
            snapshot,
            "other",
        )


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("ms-marco-none", "rag models pull cross-encoder/ms-marco-none"),
        ("someone/none", "rag models pull someone/none"),
        ("/no/such/folder", "set rerank.model to the folder of one"),
    ],
)
def test_a_missing_model_names_the_command_that_mends(name: str, remedy: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"there is no cross-encoder {name} on this machine; .*{remedy}"):
        find_cross_encoder(name, tmp_path)


def test_an_embedding_model_is_no_cross_encoder(tmp_path: Path, model_home: Path) -> None:
    """sentence-transformers would give it a head of random weights."""
    with pytest.raises(ModelError, match="no cross-encoder"):
        find_cross_encoder(str(find_model(ENGLISH, model_home).folder), tmp_path)


@pytest.mark.slow
def test_several_classes_are_no_score(tmp_path: Path, model_home: Path) -> None:
    folder = make_cross_encoder("bert", tmp_path, model_home, labels=3)
    with pytest.raises(ModelError, match="sorts into 3 classes"):
        load_cross_encoder(str(folder), tmp_path)
