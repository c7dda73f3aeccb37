"""Reranking as a shell sees it: chosen by name, explained, refused in one line."""

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import rag
from tests.retrieval.tiny_cross_encoders import make_cross_encoder


@pytest.mark.slow
def test_a_cross_encoder_is_used_by_name_and_explained(
    filled: Path, home: Path, model_home: Path, tmp_path: Path
) -> None:
    models = home / "models"
    models.unlink()
    models.mkdir()
    for each in (model_home / "models").iterdir():
        (models / each.name).symlink_to(each)
    make_cross_encoder("bert", tmp_path, model_home).rename(models / "tiny-bert")
    used = rag("models", "use", "tiny-bert")
    assert used.stdout.startswith("rerank.model: tiny-bert"), used.stderr
    listed = {one["name"]: one for one in json.loads(rag("models", "list", "--json").stdout)["models"]}
    assert (listed["tiny-bert"]["kind"], listed["tiny-bert"]["in_use"]) == ("reranking", True)
    hits = json.loads(rag("query", "When does the ferry sail?", "--json").stdout)["hits"]
    assert len(hits) == 3
    assert all(0 < hit["scores"]["rerank"] < 1 for hit in hits)
    assert sorted(hit["ranks"]["rerank"] for hit in hits) == [1, 2, 3]
    explained = rag("query", "When does the ferry sail?", "--explain")
    assert "rerank 0." in explained.stdout
    assert "fused 0." in explained.stdout
    plain = rag("query", "When does the ferry sail?", "--json", env={"RAG_RERANK_MODEL": "null"})
    assert json.loads(plain.stdout)["hits"][0]["scores"]["rerank"] is None


def test_a_missing_model_is_one_line_and_exit_code_5(filled: Path) -> None:
    done = rag("query", "ferry", env={"RAG_RERANK_MODEL": "cross-encoder/ms-marco-MiniLM-L6-v2"})
    assert (done.returncode, done.stdout) == (5, "")
    assert "get it: rag models pull cross-encoder/ms-marco-MiniLM-L6-v2" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_found_rag_yaml_may_not_choose_a_reranker_untrusted(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "rag.yaml").write_text("rerank:\n  model: anything\n")
    refused = rag("query", "ferry")
    assert refused.returncode == 2
    assert "rag config trust" in refused.stderr
