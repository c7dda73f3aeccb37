"""The constants are what the probes measure; an unknown model is measured once."""

from pathlib import Path

import pytest

from ragcli.answering.scale import Scale, measure, scale_of
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
