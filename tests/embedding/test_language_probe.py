from pathlib import Path

import pytest

from ragcli.embedding.language_probe import KNOWN, PROBED, share_right
from ragcli.embedding.models import ENGLISH, MULTILINGUAL, find_model, load_embedder
from ragcli.settings import Embedding


def test_an_english_model_is_found_to_know_english_alone(model_home: Path) -> None:
    embedder = load_embedder(find_model(ENGLISH, model_home), Embedding())
    assert [share_right(embedder, one) >= KNOWN for one in ("en", "fr", "de", "zh")] == [True, False, False, False]


@pytest.mark.slow
def test_a_multilingual_one_knows_them_all(model_home: Path) -> None:
    embedder = load_embedder(find_model(MULTILINGUAL, model_home), Embedding())
    assert {one for one in PROBED if share_right(embedder, one) < KNOWN} == set()
