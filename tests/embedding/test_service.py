"""Embeddings from an endpoint, and a collection that remembers where its vectors came from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ragcli.collection import Collection
from ragcli.embedding.service import ServiceEmbedder
from ragcli.errors import ModelError, StoreError, UsageError
from ragcli.settings import Embedding, Settings
from tests.conftest import Server


def settings(server: Server) -> Embedding:
    return Embedding(base_url=server.url, model="letters")


def test_vectors_come_in_order_of_the_texts_and_have_length_one(server: Server) -> None:
    server.embeds = True
    embedder = ServiceEmbedder(settings(server))
    texts = [f"text number {n} " + "abc" * n for n in range(130)]
    rows = embedder.embed_documents(texts)
    assert rows.shape == (130, embedder.dimension)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert np.allclose(rows[77], embedder.embed_question(texts[77]))
    assert [len(body["input"]) for _, _, body in server.requests] == [64, 64, 2, 1]
    assert embedder.embed_documents([]).shape == (0, embedder.dimension)
    assert [one.cosine for one in embedder.likeness("b", texts[:3])] == pytest.approx(
        rows[:3] @ embedder.embed_question("b")
    )
    assert embedder.likeness("b", ["c"])[0].maxsim is None  # a service shows no tokens


def test_prompts_of_the_models_card_are_put_before(server: Server) -> None:
    server.embeds = True
    embedder = ServiceEmbedder(replace(settings(server), model="intfloat/multilingual-e5-large"))
    embedder.embed_documents(["a"])
    embedder.embed_question("b")
    assert [body["input"] for _, _, body in server.requests] == [["passage: a"], ["query: b"]]


def test_a_question_is_sent_once(server: Server) -> None:
    server.embeds = True
    embedder = ServiceEmbedder(settings(server))
    first, again, other = (embedder.embed_question(text) for text in ("b", "b", "c"))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert [body["input"] for _, _, body in server.requests] == [["b"], ["c"]]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": [{"index": 0}]},
        {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
        {"data": [{"embedding": [1e300, 1.0]}]},
    ],
)
def test_what_is_no_vector_is_an_error(server: Server, body: object) -> None:
    server.says(body)
    with pytest.raises(ModelError, match="no vector"):
        ServiceEmbedder(settings(server)).embed_documents(["a"])


def test_a_server_that_takes_fewer_texts_at_once_gets_fewer(server: Server) -> None:
    server.says({"error": "batch size 5 > maximum allowed batch size 2", "error_type": "Validation"}, 422)
    server.says({"error": {"message": "Too many tokens overall, split into more batches."}}, 400)
    server.says({"data": [{"embedding": [1.0, 2.0]}]})  # without an index
    embedder = ServiceEmbedder(settings(server))
    assert embedder.embed_documents(["a", "b", "c", "d", "e"]).shape == (5, 2)
    assert [len(body["input"]) for _, _, body in server.requests] == [5, 2, 1, 1, 1, 1, 1]
    server.answers.clear()
    server.says({"error": "input is too large to process"}, 400)
    with pytest.raises(ModelError, match=r"too large to process; lower embedding\.max_tokens"):
        embedder.embed_documents(["a", "b"])
    server.answers.clear()
    server.says({"data": [{"embedding": "A" * 5000}]})
    with pytest.raises(ModelError, match="answers no vectors") as caught:
        embedder.embed_documents(["a"])
    assert len(str(caught.value)) < 500  # though the library's error holds all of it


def test_a_model_must_be_named() -> None:
    with pytest.raises(UsageError, match=r"embedding\.model"):
        ServiceEmbedder(Embedding(base_url="http://localhost:1/v1"))


def test_a_collection_remembers_the_service(server: Server, home: Path, documents: Path) -> None:
    server.embeds = True
    configured = Settings(embedding=settings(server))
    with Collection.open("far", settings=configured) as opened:
        report = opened.ingest([documents])
        assert f"at {server.url[7:-3]}" in report.notes[0]
        assert len(opened.query("Where does the ferry sail?").hits) == 3
        opened.index(rebuild=True)
    asked = len(server.requests)
    with Collection.open("far", settings=replace(configured, offline=True)) as offline:
        assert offline.ingest([documents]).unchanged == 3
        assert offline.query("ferry", mode="lexical").hits
        for refused in (
            lambda: offline.query("ferry"),
            lambda: offline.index(rebuild=True),
            lambda: offline.ask("ferry"),
        ):
            with pytest.raises(UsageError, match="--offline: text would be embedded at"):
                refused()
        (documents / "new.txt").write_text("The new mill grinds barley.")
        with pytest.raises(UsageError, match="--offline"):
            offline.ingest([documents])
    assert len(server.requests) == asked
    (documents / "new.txt").unlink()
    with Collection.open("far") as local, pytest.raises(StoreError, match=r"set embedding\.base_url"):
        local.query("ferry")
    with Collection.open("near") as near:
        near.ingest([documents])
    with (
        Collection.open("near", settings=configured) as wrong,
        pytest.raises(StoreError, match=r"--rebuild -c near"),
    ):
        wrong.query("ferry")
