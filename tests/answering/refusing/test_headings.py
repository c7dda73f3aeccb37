"""A sentence that says nothing of whose it is is of what its heading names, and of nobody beside it."""

from collections.abc import Iterator

import pytest

from ragcli.answering.quoting.quotes import rank
from ragcli.answering.refusing.headings import by_headings
from ragcli.collection import Collection
from tests.answering.conftest import written

DOCUMENTS = {
    "radio.md": "# Station manual of the Halvorsen club\n\n## Rules for every mode\n\nThe output power must not exceed 50 watts."
    " The log is sent in by the end of the month.\n\n## FT8\n\nEach transmission lasts 15 seconds. Eight tones are used, and"
    " the bandwidth is 50 hertz.\n\n## JT9\n\nThe keying rate is 1.736 baud. A message takes a full minute, and the receiver"
    " is ready when the next one starts.\n\n## WSPR\n\nA beacon sends callsign, locator and power. Whereas FT8 corrects"
    " errors with a code of 174 bits, this mode uses a convolutional code.\n",
    "kettles.md": "# Kettles\n\n## Solstice\n\nThe body is made of borosilicate glass. The heating element draws 2200 watts. The"
    " limescale filter is to be changed every six months.\n\n## Equinox\n\nThe keep-warm function holds the water at 80 degrees"
    " for half an hour. Unlike the Solstice it stays cool.\n\n## Shipping\n\nParcels leave our store within two working"
    " days. Above 60 euros there is no charge.\n\n## Returns\n\nGoods can be sent back within thirty days.\n",
    "kuchen.md": "# Backbuch\n\n## Für alle Kuchen\n\nDer Ofen wird zwanzig Minuten lang vorgeheizt.\n\n## Apfelkuchen\n\nDie"
    " Äpfel werden in Spalten geschnitten. Die Backzeit beträgt 50 Minuten.\n\n## Pflaumenkuchen\n\nDer Hefeteig geht 45"
    " Minuten an einem warmen Ort. Auf das Blech kommen 1,5 Kilogramm Früchte.\n",
    "statut.md": "# Statut du personnel\n\n## Règles pour les cadres\n\nLe préavis de démission est de trois mois. Le télétravail"
    " est possible deux jours par semaine.\n\n## Règles pour les employés\n\nLa prime de panier s'élève à 6,40 euros par jour"
    " travaillé. Les vestiaires sont ouverts à partir de six heures.\n",
    "medicine.md": "# Household medicine\n\n## Syrup\n\n### Dose\n\nAdults take two spoons a day.\n\n### Storage\n\nThe bottle is"
    " kept in the dark.\n\n## Drops\n\n### Dose\n\nAdults take ten of them in a glass of water.\n\n### Side effects\n\nTiredness"
    " lasts for about four hours.\n",
}


@pytest.fixture(scope="module")
def sections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with written(DOCUMENTS, tmp_path_factory) as collection:
        yield collection


@pytest.mark.parametrize(
    "question",
    [
        "What is the keying rate of FT8?",
        "How many watts does the heating element of the Equinox draw?",
        "Wie lange ist die Backzeit des Pflaumenkuchens?",
        "À combien s'élève la prime de panier des cadres ?",
        "How long does the tiredness from the syrup last?",
    ],
)
def test_what_stands_below_a_heading_beside_the_one_asked_for_is_no_answer(sections: Collection, question: str) -> None:
    assert not sections.ask(question).found


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What is the keying rate of JT9?", "1.736"),
        ("How many bits has the error-correcting code of FT8?", "174 bits"),
        ("Which output power must not be exceeded in JT9?", "50 watts"),
        ("How many watts does the heating element of the Solstice draw?", "2200"),
        ("Within how many working days do parcels with the Solstice leave the store?", "two working days"),
        ("Wie lange ist die Backzeit des Apfelkuchens?", "50 Minuten"),
        ("Wie lange wird der Ofen für den Pflaumenkuchen vorgeheizt?", "zwanzig Minuten"),
        ("À combien s'élève la prime de panier des employés ?", "6,40"),
        ("How many drops do adults take in a glass of water?", "ten"),
    ],
)
def test_what_names_it_or_holds_for_all_answers(sections: Collection, question: str, says: str) -> None:
    answer = sections.ask(question)
    assert answer.found
    assert says in answer.sentences[0].text


def test_what_tells_as_much_of_the_one_that_is_asked_for_comes_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "# Modes\n\n## FT8\n\nA transmission lasts 15 seconds.\n\n## JT9\n\nA transmission lasts 60 seconds.\n"
    question = "How long does a transmission last in JT9?"
    with written({"modes.md": text}, tmp_path_factory) as collection:
        hits = collection.query(question, merge=False).hits
        ranking = rank(question, hits, collection.embedder(), "en")
    said = [one.source.unit.text for one in ranking.candidates]
    right, other = (next(at for at, one in enumerate(said) if length in one) for length in ("60", "15"))
    mended = by_headings(ranking.ordered([other, right]))
    assert mended is not None
    assert [one.source.unit.text for one in mended.candidates] == [said[right], said[other]]
    assert mended.cosines.tolist() == ranking.cosines[[right, other]].tolist()
