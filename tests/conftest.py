"""What all tests share: one home with the converted model, and a home of its own for each test."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from ragcli.embedding.models import MULTILINGUAL, find_model

# A busy machine is no failing property. On CI the examples are the same at each run; people meet new ones.
settings.register_profile("people", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "people")


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds multilingual-e5-small, converted once for the whole run."""
    home = tmp_path_factory.mktemp("models")
    find_model(MULTILINGUAL, home)
    return home


@pytest.fixture
def home(tmp_path: Path, model_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty RAG_HOME with the models at hand; no setting of the machine reaches the test."""
    folder = tmp_path / "rag-home"
    folder.mkdir()
    (folder / "models").symlink_to(model_home / "models")
    for name in list(os.environ):
        if name.startswith("RAG_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("RAG_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of small texts, two languages, no PDF: fast to read."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "bridge.txt").write_text(
        "The Halden bridge was opened in 1931. It is 212 metres long.\n", encoding="utf-8"
    )
    (folder / "ferry.txt").write_text("The ferry to Skarn sails at 7:40. A ticket costs 58 crowns.\n", encoding="utf-8")
    (folder / "pont.txt").write_text(
        "Le pont de Halden a été inauguré en 1931 par le ministre. Les économies réalisées ont atteint douze pour cent.\n",
        encoding="utf-8",
    )
    return folder
