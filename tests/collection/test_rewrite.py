"""Questions that a language model rewrites before the search: what is found by it, and what is said of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ragcli.chunking.embedded import without_marks
from ragcli.cli.session import open_collection
from ragcli.collection import Collection, together
from ragcli.collection.query import towards
from ragcli.errors import ModelError, UsageError
from ragcli.settings import Answering, Retrieval, Settings
from tests.cli.test_commands import rag
from tests.conftest import Server, begun, write_documents

QUESTION = "Tell me both: how long is the Halden bridge, and what is a ticket?"


@pytest.fixture(scope="module")
def first(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = write_documents(tmp_path_factory.mktemp("first") / "documents")
    for number in range(30):
        (documents / f"n{number}.txt").write_text(
            f"Note {number} tells both how long and what it is.", encoding="utf-8"
        )
    with Collection.open("default", first_home) as opened:
        opened.ingest([documents])
    return first_home


@pytest.fixture
def filled(first: Path, home: Path) -> Iterator[Collection]:
    with begun(first, home) as opened:
        yield opened


def rewriting(server: Server, how: str, **more: object) -> Collection:
    retrieval = Retrieval(rewrite=how, **more)  # type: ignore[arg-type]
    return Collection.open(settings=Settings(retrieval=retrieval, answering=Answering(base_url=server.url, model="m")))


def test_what_the_parts_find_is_found(filled: Collection, server: Server) -> None:
    server.streams("What does a ticket to Skarn cost?\nHow many metres is the bridge long?")
    with rewriting(server, "decompose", hops=1) as collection:
        found = collection.query(QUESTION, 3)
    assert found.searched == ("What does a ticket to Skarn cost?", "How many metres is the bridge long?")
    assert {"ferry.txt", "bridge.txt"} <= {Path(hit.path).name for hit in found.hits}
    assert all(0 < hit.score <= 1 for hit in found.hits)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_parts_keep_to_what_was_excluded(filled: Collection, server: Server) -> None:
    server.streams("What does a ticket cost?")
    with rewriting(server, "decompose") as collection:
        hits = collection.query("ticket price -ferry", 33).hits
    assert "ferry.txt" not in {Path(hit.path).name for hit in hits}


def test_a_passage_moves_the_vector_of_the_question_and_leaves_its_words(filled: Collection, server: Server) -> None:
    passage = "The ferry to Skarn sails in the morning, and a ticket costs some crowns."
    server.streams(passage)
    with rewriting(server, "hyde", mode="dense") as collection:
        found = collection.query("sea", 33)
        vector = towards(
            collection.embedder().embed_question("sea"), collection.embedder().embed_documents([passage])[0]
        )
    assert found.searched == (passage,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    expected = float(vector @ filled.embedder().embed_documents([without_marks(found.hits[0].text)])[0])
    assert found.hits[0].score == pytest.approx(expected, abs=0.01)
    with rewriting(server, "hyde") as collection:
        asked = len(server.requests)
        assert collection.query("ferry", mode="lexical").searched == ()  # it would change nothing
        assert len(server.requests) == asked


def test_only_phrases_are_not_rewritten_and_by_default_nothing_is(filled: Collection, server: Server) -> None:
    with rewriting(server, "decompose") as collection:
        assert collection.query('"Halden bridge"').searched == ()
    assert filled.query(QUESTION).searched == ()
    assert server.requests == []


def test_a_question_to_several_is_rewritten_once_and_its_parts_are_found_in_any(
    filled: Collection, server: Server, tmp_path: Path
) -> None:
    def names(collections: list[Collection], question: str) -> list[str]:
        return [Path(hit.path).name for hit in together.query(collections, question, 40).hits]

    (tmp_path / "soup.txt").write_text("Leek soup needs a litre of broth.", encoding="utf-8")
    with Collection.open("kitchen") as kitchen:
        kitchen.ingest([tmp_path / "soup.txt"])
        before = names([filled, kitchen], QUESTION)
    server.streams("How much broth does leek soup need?\nHow many metres is the bridge long?")
    with rewriting(server, "decompose") as one, Collection.open("kitchen", settings=one.settings) as other:
        found = together.query([one, other], QUESTION, 40)
        after = [Path(hit.path).name for hit in found.hits]
        assert len(server.requests) == 1
        assert after.index("soup.txt") < before.index("soup.txt")
        assert found.searched == ("How much broth does leek soup need?", "How many metres is the bridge long?")
        assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
        server.streams("What does a ticket to Skarn cost?")
        assert "ferry.txt" not in names([one, other], "Tell me both: how long is it, and what is a price? -ferry")


def test_a_passage_moves_the_vectors_of_a_question_to_several(filled: Collection, server: Server) -> None:
    passage = "The ferry to Skarn sails in the morning, and a ticket costs some crowns."
    server.streams(passage)
    with rewriting(server, "hyde", mode="dense") as collection:
        found = together.query([collection], "sea", 3)
        alone = filled.query("sea", 33, mode="dense").hits
    assert found.searched == (passage,)
    cosines = {hit.path: hit.scores["dense"] for hit in alone}
    assert Path(found.hits[0].path).name == "ferry.txt"
    assert (found.hits[0].scores["dense"] or 0.0) > (cosines[found.hits[0].path] or 0.0) + 0.1


def test_what_leaves_the_machine_is_said_and_can_be_forbidden(
    filled: Collection, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAG_RETRIEVAL_REWRITE", "hyde")
    monkeypatch.setenv("RAG_ANSWERING_MODEL", "m")
    monkeypatch.setenv("RAG_ANSWERING_BASE_URL", "https://models.example/v1")
    for asks in (True, False):
        open_collection(None, asks=asks).close()
        said = capsys.readouterr().err
        assert said == ("to models.example: the question, to be rewritten for the search\n" if asks else "")
    with rewriting(server, "hyde") as collection:
        with pytest.raises(UsageError, match=r"would send the question to [^ ]+, to be rewritten"):
            collection.ask(QUESTION, dry_run=True)
        offline = Collection.open(settings=replace(collection.settings, offline=True))
    with offline, pytest.raises(UsageError, match="--offline"):
        offline.query(QUESTION)


def test_a_model_that_is_missing_is_said(filled: Collection) -> None:
    settings = Settings(retrieval=Retrieval(rewrite="hyde"), answering=Answering(model="none.gguf"))
    with Collection.open(settings=settings) as collection, pytest.raises(ModelError, match=r"none\.gguf"):
        collection.query(QUESTION)


def test_the_command_explains_what_was_searched(filled: Collection, server: Server) -> None:
    server.streams("What does a ticket cost?")
    env = {"RAG_RETRIEVAL_REWRITE": "decompose", "RAG_ANSWERING_BASE_URL": server.url, "RAG_ANSWERING_MODEL": "m"}
    explained = rag("query", QUESTION, "--explain", env=env)
    assert explained.stdout.startswith("searched as well: What does a ticket cost?\n1. "), explained.stderr
    assert "searched" not in rag("query", QUESTION, env=env).stdout
    found = json.loads(rag("query", QUESTION, "--json", env=env).stdout)
    assert found["searched"] == ["What does a ticket cost?"]


@pytest.mark.llama
@pytest.mark.slow
@pytest.mark.parametrize("how", ["decompose", "hyde"])
def test_the_embedded_model_rewrites_where_quotes_answer(filled: Collection, how: str) -> None:
    settings = Settings(retrieval=Retrieval(rewrite=how), answering=Answering(context_tokens=1024, cache=False))  # type: ignore[arg-type]
    found = []
    # A model just loaded repeats itself; one that has read a part of the prompt before may round otherwise.
    for _ in range(2):
        with Collection.open(settings=settings) as collection:
            assert collection.generator() is None  # quotes answer
            found.append(collection.query(QUESTION))
    assert found[0].searched == found[1].searched
    assert [hit.chunk_id for hit in found[0].hits] == [hit.chunk_id for hit in found[1].hits]
