"""A cross-encoder over a real collection: its scores are shown, and it buries nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ragcli.collection import Collection, together
from ragcli.errors import ModelError
from ragcli.retrieval.cross_encoder import load_cross_encoder
from ragcli.retrieval.exact import EARLY
from ragcli.retrieval.rerank import BATCH
from ragcli.settings import Rerank, Settings
from tests.retrieval.tiny_cross_encoders import make_cross_encoder

pytestmark = pytest.mark.slow
QUESTION = "How is the worn seal of a pump replaced, as with QX-7741?"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, model_home: Path) -> Path:
    return make_cross_encoder("bert", tmp_path_factory.mktemp("cross-encoder"), model_home)


@pytest.fixture
def pumps(home: Path, tmp_path: Path) -> Iterator[Collection]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(30):
        text = f"Note {number}. The worn seal of a pump is replaced by the workshop on day {number * 7} of the year."
        (folder / f"n{number}.txt").write_text(text, encoding="utf-8")
    (folder / "exact.txt").write_text("QX-7741 left the shop in May.", encoding="utf-8")
    with Collection.open("pumps") as opened:
        opened.ingest([folder])
        yield opened


def reranked(collection: Collection, model: Path, budget_ms: int = 60_000) -> Collection:
    settings = replace(collection.settings, rerank=Rerank(str(model), budget_ms))
    return Collection.open(collection.name, settings=settings)


def test_hits_carry_the_models_own_scores_and_the_ranks_of_each_stage(pumps: Collection, model: Path) -> None:
    before = pumps.query(QUESTION, 10, merge=False)
    assert all(hit.scores["rerank"] is None and "rerank" not in hit.ranks for hit in before.hits)
    with reranked(pumps, model) as collection:
        found = collection.query(QUESTION, 10, merge=False)
    reader = load_cross_encoder(str(model), pumps.home)
    expected = reader.scores(QUESTION, [hit.text for hit in found.hits])  # these texts have no title nor section
    assert [hit.scores["rerank"] for hit in found.hits] == pytest.approx(expected, abs=1e-5)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert [hit.ranks["final"] for hit in found.hits] == [hit.rank for hit in found.hits]
    assert [hit.chunk_id for hit in found.hits] != [hit.chunk_id for hit in before.hits]
    fused = {hit.ranks["fused"]: hit.chunk_id for hit in before.hits}
    assert all(fused.get(hit.ranks["fused"], hit.chunk_id) == hit.chunk_id for hit in found.hits)


def test_an_identifier_comes_early_whatever_the_model_says(pumps: Collection, model: Path) -> None:
    with reranked(pumps, model) as collection:
        first = collection.query(QUESTION, EARLY).hits
    assert "exact.txt" in {Path(hit.path).name for hit in first}


def test_beyond_the_budget_the_order_of_the_fusion_goes_on(pumps: Collection, model: Path) -> None:
    with reranked(pumps, model, budget_ms=1) as collection:
        hits = collection.query(QUESTION, 31, merge=False).hits
    assert sum(hit.scores["rerank"] is not None for hit in hits) == BATCH
    rest = [hit.ranks["fused"] for hit in hits if hit.scores["rerank"] is None]
    assert rest == sorted(rest, key=lambda rank: rank or 0)


def test_the_same_in_every_mode_and_over_several_collections(pumps: Collection, model: Path, documents: Path) -> None:
    with Collection.open("other") as other:
        other.ingest([documents])
    with reranked(pumps, model) as one, reranked(other, model) as two:
        for mode in ("dense", "lexical"):
            assert all(hit.scores["rerank"] is not None for hit in one.query(QUESTION, 5, mode=mode).hits)
        both = together.query([one, two], QUESTION, 5)
    assert {hit.collection for hit in both.hits} <= {"pumps", "other"}
    assert all(hit.scores["rerank"] is not None for hit in both.hits)
    assert [hit.score for hit in both.hits] == sorted((hit.score for hit in both.hits), reverse=True)


def test_an_identifier_of_one_collection_comes_early_among_several(
    pumps: Collection, model: Path, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    (tmp_path / "texts" / "exact.txt").rename(shop / "exact.txt")
    (shop / "seals.txt").write_text("Seals and pumps are sold by the dozen.", encoding="utf-8")
    pumps.ingest([tmp_path / "texts"])
    with Collection.open("shop") as other:
        other.ingest([shop])
    for question in (QUESTION, 'How is the worn seal of a pump replaced, "in May"?'):
        with reranked(pumps, model) as one, reranked(other, model) as two:
            first = together.query([one, two], question, EARLY).hits
        assert "exact.txt" in {Path(hit.path).name for hit in first}, question


def test_an_answer_is_made_from_reranked_passages_and_kept_until_the_model_changes(
    pumps: Collection, model: Path
) -> None:
    with reranked(pumps, model) as collection:
        made = collection.ask(QUESTION)
        assert all(hit.scores["rerank"] is not None for hit in made.hits)
        assert collection.ask(QUESTION).cached
    assert not pumps.ask(QUESTION).cached


def test_a_missing_model_is_said(pumps: Collection) -> None:
    settings = Settings(rerank=Rerank("ms-marco-MiniLM-L6-v2"))
    with (
        Collection.open("pumps", settings=settings) as collection,
        pytest.raises(ModelError, match="get it: rag models pull cross-encoder/ms-marco-MiniLM-L6-v2"),
    ):
        collection.query(QUESTION)
