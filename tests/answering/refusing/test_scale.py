"""The constants are what the probes measure; an unknown model is measured once."""

from pathlib import Path

import pytest

from ragcli.answering.refusing.scale import Scale, measure, scale_across, scale_of
from ragcli.embedding.models import ENGLISH, MULTILINGUAL, find_model, load_embedder
from ragcli.settings import Embedding


@pytest.mark.slow
@pytest.mark.parametrize("name", [ENGLISH, MULTILINGUAL])
def test_the_constants_are_what_the_probes_measure(name: str, model_home: Path) -> None:
    embedder = load_embedder(find_model(name, model_home), Embedding())
    known, measured = scale_of(embedder), measure(embedder)
    assert known.unrelated == pytest.approx(measured.unrelated, abs=0.01)
    assert known.answering == pytest.approx(measured.answering, abs=0.01)


def test_unrelated_is_nought_and_an_answer_one() -> None:
    scale = Scale(0.7, 0.9)
    assert scale(0.7) == 0
    assert scale(0.9) == pytest.approx(1)


@pytest.mark.slow
def test_what_a_cosine_is_worth_differs_by_the_pair_of_languages(model_home: Path) -> None:
    embedder = load_embedder(find_model(MULTILINGUAL, model_home), Embedding())
    to_french, to_english = scale_across(embedder, "en", "fr"), scale_across(embedder, "fr", "en")
    assert to_french.answering > to_french.unrelated > to_english.unrelated
    related = embedder.embed_documents(["Le pont a été fermé parce que le gel l'avait abîmé."])
    unrelated = embedder.embed_documents(["Le basilic aime le soleil."])
    question = embedder.embed_question("Why was the bridge closed?")
    assert to_french(float(unrelated[0] @ question)) < 0.5 < to_french(float(related[0] @ question))
    assert scale_across(embedder, "en", "sw") == scale_of(embedder)  # of which nothing was asked
    english = load_embedder(find_model(ENGLISH, model_home), Embedding())
    assert scale_across(english, "fr", "en") == scale_of(english)  # it knows no French
