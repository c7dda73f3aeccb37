"""A slip of the pen is searched as the word that was meant, and said so; a word that is one is left alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ragcli.collection import Collection, together
from tests.conftest import begun, ingested

TEXTS = {
    "gauge.txt": "The settling time of the gauge is one minute. Its frequency is read at each setting of the clock.",
    "clock.txt": "The settling time of the clock is one hour. Its frequency is set by a crystal; each setting is kept.",
}


@pytest.fixture(scope="module")
def first(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingested(first_home, tmp_path_factory.mktemp("texts"), TEXTS)


@pytest.fixture
def opened(first: Path, home: Path) -> Iterator[Collection]:
    with begun(first, home) as collection:
        yield collection


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("What is the setling time of the gauge?", "What is the settling time of the gauge?"),
        ("frequancy of the clcok", "frequency of the clock"),
        ("What is the settling time of the gauge?", None),
        ("What did Mr Setling say of the gauge?", None),  # a name
        ("Setling: what does he say of the gauge?", None),  # it may be one
        ('What is the "setling" time of the gauge?', None),  # as it is typed
        ("What is the budget of the gauge?", None),  # a word, though no passage has it
        ("Where is the clockt?", None),  # another form of one
        ("Where is the clockk?", "Where is the clock?"),
    ],
)
def test_what_is_understood(opened: Collection, typed: str, understood: str | None) -> None:
    assert opened.query(typed).understood == understood


def test_an_answer_is_to_the_question_that_was_meant(opened: Collection) -> None:
    made = opened.ask("What is the setling time of the gauge?")
    assert (made.question, made.found) == ("What is the setling time of the gauge?", True)
    assert made.sentences[0].text == "The settling time of the gauge is one minute."
    assert made.warnings[0] == "no passage has 'setling': searched for 'settling'"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("Ada Brook, chief executive officer, said that the clock runs well.", True),
        ("Ada Brook, chief keeper, and Ida Mill, executive officer, said that it runs well.", False),  # not in a row
    ],
)
def test_an_abbreviation_is_searched_by_its_words(opened: Collection, tmp_path: Path, more: str, found: bool) -> None:
    (tmp_path / "people.txt").write_text(more, encoding="utf-8")
    opened.ingest([tmp_path / "people.txt"])
    assert opened.query("Who is the CEO?").understood == ("Who is the chief executive officer?" if found else None)
    made = opened.ask("Who is the CEO?")
    assert made.found == found
    assert ("no passage has 'CEO': searched for 'chief executive officer'" in made.warnings) == found


def test_an_abbreviation_that_a_passage_has_stays(opened: Collection, tmp_path: Path) -> None:
    (tmp_path / "both.txt").write_text("The chief executive officer is the CEO.", encoding="utf-8")
    opened.ingest([tmp_path / "both.txt"])
    assert opened.query("Who is the CEO?").understood is None


def test_a_word_of_another_language_is_no_slip(opened: Collection) -> None:
    assert opened.query("Quelle est la fréquense de la pendule ?").understood is None


def test_a_word_of_any_collection_is_no_slip(opened: Collection, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text(
        "A setling is a young tree that was just planted, says the forester.", encoding="utf-8"
    )
    with Collection.open("trees") as trees:
        trees.ingest([tmp_path / "names.txt"])
        assert together.query([opened, trees], "What is the setling time?").understood is None
        found = together.query([opened, trees], "What is the frequancy of the gauge?")
        assert found.understood == "What is the frequency of the gauge?"
        assert found.warnings == ("no passage has 'frequancy': searched for 'frequency'",)


def test_a_word_that_only_asks_is_no_slip(home: Path, tmp_path: Path) -> None:
    said = "El molino es antiguo. La cuenta del molino se abre en enero, y los vecinos llevan su cuenta {}."
    for name in ("mensual", "anual", "semanal"):
        (tmp_path / f"{name}.txt").write_text(said.format(name), encoding="utf-8")
    with Collection.open("molinos") as molinos:
        molinos.ingest([tmp_path])
        assert molinos.query("¿Cuánto cuesta el molino?").understood is None
        assert (
            molinos.query("¿Dónde se abre la cuemta del molino?").understood == "¿Dónde se abre la cuenta del molino?"
        )


def test_a_word_that_asks_beside_another_is_no_slip(home: Path, tmp_path: Path) -> None:
    for name in ("molen", "brug", "sluis"):
        (tmp_path / f"{name}.txt").write_text(f"De duur van het werk aan de {name} is lang, en de kosten zijn hoog.")
    with Collection.open("werken") as werken:
        werken.ingest([tmp_path])
        assert werken.query("Hoe lang duurt het werk?").understood is None


def test_of_a_name_that_is_nowhere_the_one_that_is_nearest_is_told(opened: Collection) -> None:
    found = opened.query("What did Mr Setling say of the gauge?")
    assert (found.understood, found.warnings) == (None, ("no passage has 'Setling': is 'Settling' meant?",))
    assert opened.query("What did Mr Sattler say of the gauge?").warnings == ()  # like none
    assert opened.query("What did Mr Setting say of the gauge?").warnings == ()  # passages have the word
