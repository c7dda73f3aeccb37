"""The fast path gives the reference's vectors, reads all that the model reads, and imports no torch."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.embedding.bert import BertEmbedder, batches
from ragcli.embedding.model_files import ModelFiles
from ragcli.embedding.models import ENGLISH, MULTILINGUAL, find_model
from ragcli.embedding.reference import ReferenceEmbedder

TEXTS = [
    "The delivery is late.",
    "Le contrat prend fin le 31 décembre 2023 ; il n'est pas reconduit.",
    "x",
    "A long one. " * 60,
    "水を飲む。",
]


@pytest.fixture(scope="module", params=[ENGLISH, MULTILINGUAL])
def files(request: pytest.FixtureRequest, model_home: Path) -> ModelFiles:
    return find_model(request.param, model_home)


@pytest.fixture(scope="module")
def fast(files: ModelFiles) -> BertEmbedder:
    return BertEmbedder(files)


@pytest.mark.slow
def test_documents_and_questions_equal_the_reference(files: ModelFiles, fast: BertEmbedder) -> None:
    reference = ReferenceEmbedder(files)
    # bf16 on processors that have it stays above 0.9999, float32 above 0.999999; the gate of the project is 0.999.
    assert (reference.embed_documents(TEXTS) * fast.embed_documents(TEXTS)).sum(axis=1).min() > 0.999
    for text in TEXTS:
        assert reference.embed_question(text) @ fast.embed_question(text) > 0.99999
    asked = "When does the contract end?"
    for one, other in zip(reference.likeness(asked, TEXTS), fast.likeness(asked, TEXTS), strict=True):
        assert one.cosine == pytest.approx(other.cosine, abs=0.001)
        assert one.maxsim == pytest.approx(other.maxsim, abs=0.01)


def test_rows_are_unit_vectors_in_the_order_of_the_texts(fast: BertEmbedder) -> None:
    rows = fast.embed_documents(TEXTS)
    assert rows.shape == (len(TEXTS), fast.dimension)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    backwards = fast.embed_documents(TEXTS[::-1])[::-1]
    assert (rows * backwards).sum(axis=1).min() > 0.9999


def test_a_text_is_as_like_alone_as_among_many(files: ModelFiles, fast: BertEmbedder) -> None:
    asked = "Quand le contrat prend-il fin ?"
    among = BertEmbedder(files).likeness(asked, TEXTS * 10)  # by the runtime for many
    for text, found in zip(TEXTS, among, strict=False):
        (alone,) = fast.likeness(asked, [text])
        assert alone.cosine == pytest.approx(found.cosine, abs=0.01)
        assert alone.maxsim == pytest.approx(found.maxsim, abs=0.01)
        assert found.cosine == pytest.approx(fast.embed_documents([text])[0] @ fast.embed_question(asked), abs=0.01)
    assert fast.likeness("?", [TEXTS[0]])[0].maxsim is not None
    assert fast.likeness(asked, []) == []


def test_nothing_is_cut_at_128_tokens(fast: BertEmbedder) -> None:
    """The tokenizer file of all-MiniLM-L6-v2 truncates at 128, the model reads 256: the 200th word must count."""
    start = "word " * 190
    one, other = fast.embed_documents([start + "zebra", start + "contract"])
    assert one @ other < 0.9999
    assert fast.count_tokens([start])[0] > 190
    assert fast.max_tokens >= 256


def test_a_few_words_are_counted_as_many_are(files: ModelFiles) -> None:
    few = ["water", "portée", "", "<s>", "人は"]
    embedder = BertEmbedder(files)
    assert embedder.count_tokens(few) == embedder.count_tokens([*few, "word " * 100])[:-1]


def test_an_empty_text_has_a_vector(fast: BertEmbedder) -> None:
    assert np.isfinite(fast.embed_documents([""])).all()


def test_a_question_needs_no_runtime(model_home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ragcli.embedding.models import *; from ragcli.settings import Embedding;"
        f"e = load_embedder(find_model({MULTILINGUAL!r}, Path({str(model_home)!r})), Embedding(device='cpu'));"
        "e.embed_question('où ?'); e.count_tokens(['water', 'portée']);"  # whether a word is one, or a slip
        "print([m for m in ('torch', 'transformers', 'openvino', 'onnxruntime', 'tokenizers') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@given(st.lists(st.integers(1, 300), max_size=40), st.integers(1, 600))
def test_batches_hold_every_text_once_within_the_budget(lengths: list[int], budget: int) -> None:
    made = list(batches(lengths, budget))
    assert sorted(at for batch in made for at in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or max(lengths[at] for at in batch) * len(batch) <= budget for batch in made)
