"""The prompt fits the model's context to the token, and says what it left out."""

import pytest

from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.answering.prompt import build
from ragcli.errors import ModelError
from ragcli.records import Hit

pytestmark = pytest.mark.llama
HITS = [
    Hit(1, 0.9, 11, "b.pdf", "The second part of the harbour rules.", title="Rules", page=2, ordinal=1),
    Hit(2, 0.8, 12, "a.pdf", "The ferry sails at 7:40.", page=5, ordinal=3),
    Hit(3, 0.7, 10, "b.pdf", "The first part of the harbour rules.", title="Rules", page=1, ordinal=0),
]


def test_sources_are_numbered_in_document_order_and_neighbours_joined(smollm: LlamaGenerator) -> None:
    built = build("When does the ferry sail?", HITS, smollm, room=960, language="fr")
    user = built.messages[-1].content
    assert "[1] a.pdf, page 5\nThe ferry sails" in user
    assert "[2] Rules, page 1\nThe first part of the harbour rules.\n\nThe second part" in user
    assert "[3]" not in user
    assert user.endswith("Answer in French.")
    assert built.tokens == smollm.count_prompt(built.messages)
    assert built.warnings == ()


def test_in_the_order_of_the_score(smollm: LlamaGenerator) -> None:
    built = build("?", HITS, smollm, room=960, order="score")
    assert [hit.chunk_id for hit in built.hits] == [11, 12, 10]


def test_the_weakest_source_goes_first(smollm: LlamaGenerator) -> None:
    hits = [Hit(n, 1 / n, n, f"{n}.txt", f"Passage {n}. " * 60, ordinal=n) for n in range(1, 7)]
    built = build("What?", hits, smollm, room=960)
    assert 1 <= len(built.hits) < 6
    assert [hit.rank for hit in built.hits] == list(range(1, len(built.hits) + 1))
    assert built.tokens <= 960
    assert built.warnings == (
        f"{6 - len(built.hits)} of 6 passages did not fit into the 960 tokens that the model has for them",
    )


def test_when_nothing_fits(smollm: LlamaGenerator) -> None:
    with pytest.raises(ModelError, match=r"raise answering\.context_tokens"):
        build("What?", [Hit(1, 1.0, 1, "a.txt", "word " * 1200)], smollm, room=960)
