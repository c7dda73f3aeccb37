"""How far a model that declares no language is trusted, by a probe of the languages at hand."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.collection.model import UNKNOWN_LANGUAGE_WEIGHT, trust_in_model
from ragcli.embedding.models import ENGLISH, MULTILINGUAL, find_model
from ragcli.retrieval.across import Trust
from ragcli.retrieval.search import DENSE_WEIGHT
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


ENGLISH_QUESTION, FRENCH_QUESTION = (
    "In which year was the bridge opened?",
    "En quelle année le pont a-t-il été inauguré ?",
)


def probed(collection: Collection) -> dict[str, float]:
    with closing(Catalog(collection.folder)) as catalog:
        found: dict[str, float] = catalog.setting("model").get("probed", {})
        return found


def trust(collection: Collection, question: str) -> Trust:
    with closing(Catalog(collection.folder)) as catalog:
        return trust_in_model(catalog, question, None)


def test_a_language_is_probed_when_it_comes_and_weighs_what_it_is_known(settings: Settings, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "bridge.txt").write_text("The Halden bridge was opened in 1931 by the minister. It is 212 metres long.\n")
    with Collection.open("some", settings=settings) as collection:
        collection.ingest([texts])
        assert probed(collection) == {"en": 1.0}
        assert trust(collection, ENGLISH_QUESTION) == Trust(DENSE_WEIGHT)
        (texts / "pont.txt").write_text(FRENCH, encoding="utf-8")
        report = collection.ingest([texts])
        shares = probed(collection)
        assert set(shares) == {"en", "fr"}
        assert any("is in 'fr', which model does not know" in note for note in report.notes)
        assert trust(collection, ENGLISH_QUESTION) == Trust(DENSE_WEIGHT)
        assert trust(collection, FRENCH_QUESTION) == Trust(DENSE_WEIGHT * UNKNOWN_LANGUAGE_WEIGHT)
        assert DENSE_WEIGHT * UNKNOWN_LANGUAGE_WEIGHT < trust(collection, "1931").weight < DENSE_WEIGHT
        collection.index(rebuild=True)
        assert probed(collection) == shares


def test_the_model_is_chosen_by_documents_from_all_over_the_folder(home: Path, tmp_path: Path) -> None:
    """Two manuals in English come first by name, and are most of the text; the other forty documents are French."""
    texts = tmp_path / "texts"
    texts.mkdir()
    line = "The bridge is closed in winter, and whoever wants to cross asks the keeper of the lock in the village.\n\n"
    for name in ("LICENSE.txt", "MANUAL.txt"):
        (texts / name).write_text(f"{name}\n\n{line * 300}")
    for number in range(40):
        (texts / f"article-{number}.txt").write_text(f"Article {number}\n\n{FRENCH}", encoding="utf-8")
    with Collection.open("some", home=home) as collection:
        report = collection.ingest([texts])
    assert report.notes == (f"embedding model: {MULTILINGUAL} (the documents are not all in English (fr))",)


def test_a_passage_in_another_language_is_not_buried_under_words_that_it_cannot_share(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "texts").mkdir()
    for name, text in {
        "flood": "During the flood 214 people left their homes. They came back after three days.",
        "taxe": "Les personnes qui ont une maison près de la rive paient une taxe pour la digue.",
        "printemps": "La crue du printemps a quitté son lit et a duré trois jours, sans dégâts.",
        "gardien": "Pendant la saison, la maison du gardien est ouverte aux personnes du village.",
        "musée": "La maison de la crue est un musée. Des personnes y racontent la rivière.",
        "service": "Pendant la crue, les personnes du service ont lu les échelles toutes les heures.",
        "travaux": "Les personnes âgées ont leur maison de repos pendant la durée des travaux.",
    }.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    question = "Combien de personnes ont quitté leur maison pendant la crue ?"
    with Collection.open("both", settings=replace(Settings(), embedding=Embedding(model=MULTILINGUAL))) as collection:
        collection.ingest([tmp_path / "texts"])
        assert trust(collection, question) == Trust(DENSE_WEIGHT, frozenset({"en"}))
        assert "flood.txt" in [Path(hit.path).name for hit in collection.query(question, 2).hits]


BILINGUAL = """# Agreement / Contrat

The Supplier maintains the six lifts of the station building. Maintenance is carried out at night, because the lifts are
needed by day. Each lift is inspected four times a year by a technician, who records the result in the log book. Spare
parts are invoiced separately at cost, and late payments bear interest from the due date on.

# Contrat

Le Prestataire entretient les six ascenseurs de la gare. L'entretien a lieu la nuit, car les ascenseurs servent le jour.
Chaque ascenseur est contrôlé quatre fois par an par un technicien, qui consigne le résultat dans le registre. Les pièces
détachées sont facturées séparément, et les retards de paiement portent intérêt à compter de l'échéance.
"""


def test_each_half_of_a_bilingual_document_is_in_its_own_language(home: Path, tmp_path: Path) -> None:
    (tmp_path / "contract.md").write_text(BILINGUAL, encoding="utf-8")
    with Collection.open("law", home=home) as collection:
        report = collection.ingest([tmp_path / "contract.md"])
        assert any(MULTILINGUAL in note for note in report.notes)
        for question, language in (
            ("Why is maintenance carried out at night?", "en"),
            ("Pourquoi l'entretien a-t-il lieu la nuit ?", "fr"),
        ):
            assert collection.query(question).hits[0].language == language
    with closing(Catalog(collection.folder)) as catalog:
        assert set(catalog.document_languages()) == {"en", "fr"}
        assert min(catalog.languages().values()) > 0.3


@pytest.mark.parametrize("declares", [True, False])
def test_a_question_in_a_language_that_the_model_does_not_know_is_told_so(
    declares: bool, home: Path, settings: Settings, tmp_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "leave.md").write_text("# Leave\n\nEvery employee has 25 days of paid leave per year.\n")
    model = ENGLISH if declares else settings.embedding.model  # one whose name says nothing is probed
    own = replace(Settings(), embedding=Embedding(model=model))
    with Collection.open("some", settings=own) as collection:
        collection.ingest([texts])
        made = collection.ask("Combien de jours de congé payé les salariés ont-ils par an ?")
        said = [line for line in made.warnings if line.startswith("the question is in")]
        assert not made.found
        assert [line.split(",")[0] for line in said] == ["the question is in 'fr'"]
        assert said[0].endswith(f"rag index --rebuild --model {MULTILINGUAL} -c some")
        for question in ("What is the price of a bicycle in Nairobi?", "Voltaire"):
            unknown = collection.ask(question)
            assert not unknown.found
            assert not any("the question is in" in line for line in unknown.warnings)
    with Collection.open("some", settings=replace(Settings(), embedding=Embedding(model=MULTILINGUAL))) as collection:
        collection.index(rebuild=True)
        assert not any("the question is in" in line for line in collection.ask("Qui a peint ce tableau ?").warnings)
