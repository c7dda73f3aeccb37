"""How far a model that declares no language is trusted, by a probe of the languages at hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.collection.model import UNKNOWN_LANGUAGE_WEIGHT, dense_weight
from ragcli.embedding.models import ENGLISH, find_model
from ragcli.settings import Embedding, Settings
from ragcli.storage.catalog import Catalog

FRENCH = (
    "Le pont de Halden a été inauguré en 1931 par le ministre. Les économies réalisées ont atteint douze pour cent.\n"
)


@pytest.fixture
def settings(home: Path, tmp_path: Path) -> Settings:
    """An English model in a folder of a name that says nothing, by a link of another."""
    folder = tmp_path / "some-model"
    folder.symlink_to(find_model(ENGLISH, home).folder)
    return replace(Settings(), embedding=Embedding(model=str(folder)))


def probed(collection: Collection) -> tuple[dict[str, float], float]:
    catalog = Catalog(collection.folder)
    try:
        return catalog.setting("model").get("probed", {}), dense_weight(catalog)
    finally:
        catalog.close()


def test_a_language_is_probed_when_it_comes_and_weighs_what_it_is_known(settings: Settings, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "bridge.txt").write_text("The Halden bridge was opened in 1931 by the minister. It is 212 metres long.\n")
    with Collection.open("some", settings=settings) as collection:
        collection.ingest([texts])
        assert probed(collection) == ({"en": 1.0}, 1.0)
        (texts / "pont.txt").write_text(FRENCH, encoding="utf-8")
        report = collection.ingest([texts])
        shares, weight = probed(collection)
        assert set(shares) == {"en", "fr"}
        assert UNKNOWN_LANGUAGE_WEIGHT < weight < 1.0
        assert any("is in 'fr', which model does not know" in note for note in report.notes)
        collection.index(rebuild=True)
        assert probed(collection) == (shares, weight)
