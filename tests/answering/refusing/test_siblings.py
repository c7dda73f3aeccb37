"""What stands in the place of what is asked for is no answer; what is asked for in other words is one."""

from collections.abc import Iterator

import pytest

from ragcli.collection import Collection
from tests.answering.conftest import written

DOCUMENTS = {
    "benefits.md": "# Benefits\n\n37 people work here. The company pays the whole premium of life insurance. Pet insurance"
    " costs 10 % less for everyone who works here.\n\nOn your 10th anniversary you receive 20 bonus shares. You may take"
    " ten unused days into the next year. Whoever orders more than 10 bicycles gets a discount of 7 %.\n\nThe"
    " kitchen on floor 3 is cleaned by Marlow Services each evening.\n",
    "invoice.md": "# Invoice\n\n| Article | Quantity | Price |\n|---|---|---|\n| Desk lamp Orion | 6 | £31.50 |\n"
    "| Shredder | 1 | £142.00 |\n",
    "post.md": "# Post\n\nThe courier for zone 1 to 3 is Harrow Freight. The courier for zone 8 is Dunmore Parcels.\n",
    "mediatheque.md": "# Médiathèque\n\nLa durée du prêt des livres est de quatre semaines. La salle d'étude compte vingt"
    " places.\n\nLe conseil autorise la démolition du 1069, boulevard de Vernon. Deux logements y seront construits.\n",
    "verein.md": "# Verein\n\nDer Mitgliedsbeitrag beim Alpenclub Salzburg beträgt 48 Euro im Jahr.\n",
}


@pytest.fixture(scope="module")
def siblings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with written(DOCUMENTS, tmp_path_factory) as collection:
        yield collection


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("How many bonus shares do I receive on my 10th anniversary?", "20"),
        ("How many bonus shares do I receive on my 5th anniversary?", None),
        ("Who cleans the kitchen on floor 3?", "Marlow"),
        ("Who cleans the kitchen on floor 4?", None),
        ("How much does a Desk lamp Orion cost?", "31.50"),
        ("How much does a Desk lamp Sirius cost?", None),
        ("How much does a Desk lamp Orrion cost?", "31.50"),
        ("Combien de logements seront construits au 1069, boulevard de Vernon ?", "logements"),
        ("Combien de logements seront construits au 1075, boulevard de Vernon ?", None),
        ("Wie hoch ist der Mitgliedsbeitrag beim Alpenclub Salzburg?", "48 Euro"),
        ("Wie hoch ist der Mitgliedsbeitrag beim Alpenclub Wien?", None),
    ],
)
def test_what_is_told_of_a_sibling_is_no_answer(siblings: Collection, question: str, says: str | None) -> None:
    answer = siblings.ask(question)
    if says is None:
        assert not answer.found
    else:
        assert answer.found
        assert says in answer.sentences[0].text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What discount do I get when I order 12 bicycles?", "more than 10 bicycles"),
        ("How many vacation days may I take into the next year?", "ten unused days"),
        ("Who is the courier for zone 2?", "Harrow Freight"),
        ("Who works on cleaning the kitchen on floor 3?", "Marlow"),
    ],
)
def test_a_quantity_and_what_is_told_in_other_words_are_no_siblings(
    siblings: Collection, question: str, says: str
) -> None:
    answer = siblings.ask(question)
    assert answer.found
    assert says in answer.sentences[0].text
