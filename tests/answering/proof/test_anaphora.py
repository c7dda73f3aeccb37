"""Which sentences speak of what the one before them named."""

import pytest

from ragcli.answering.proof.anaphora import names_its_text, points_back
from ragcli.answering.proof.checked import checked
from ragcli.answering.proof.citing import Citer
from ragcli.records import Block, Hit


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("It was built in 1889.", "en", True),
        ("Its roof is red.", "en", True),
        ("This town has a port.", "en", True),
        ("It is said that the tower is old.", "en", False),
        ("Italy has a port.", "en", False),
        ("Elle fut bâtie en 1889.", "fr", True),
        ("Il faut payer en mai.", "fr", False),
        ("Sie wurde 1889 gebaut.", "de", True),
        ("Es gibt einen Hafen.", "de", False),
        ("Sie müssen im Mai zahlen.", "de", False),  # who reads
        ("Fue construido en 1889.", "es", True),
        ("Es obligatorio pagar en mayo.", "es", False),
        ("Fu costruito nel 1889.", "it", True),
        ("È vietato fumare.", "it", False),
        ("It was built in 1889.", None, True),
        ("It was built in 1889.", "pl", False),  # not known
        # A link to the sentence before, a time reckoned from it, one of two.
        ("Otherwise, the deposit is kept.", "en", True),
        ("Consequently, the town grew.", "en", True),
        ("In that case, the fee is due.", "en", True),
        ("Two years later, the seal was replaced.", "en", True),
        ("The following year, the railway came.", "en", True),
        ("In 1990 it was raised.", "en", True),
        ("In May 1990, she left the town.", "en", True),
        ("The other keeps the keys.", "en", True),
        ("The first costs 39 euros.", "en", True),
        ("The town was later sold.", "en", False),
        ("The following steps are needed.", "en", False),
        ("The first bridge fell in 1950.", "en", False),
        ("If the tenant leaves, he pays.", "en", False),
        ("When Smith came, he was ill.", "en", False),
        ("The museum says it is open.", "en", False),
        ("In May, the fee rose.", "en", False),
        ("Sinon, le dépôt est gardé.", "fr", True),
        ("Dans ce cas, la taxe est due.", "fr", True),
        ("À la même époque, le port ferma.", "fr", True),
        ("Deux ans plus tard, le joint fut changé.", "fr", True),
        ("En 1990, elle fut relevée.", "fr", True),
        ("En 1990, il faut payer.", "fr", False),
        ("Le maire fut plus tard élu.", "fr", False),
        ("Zwei Jahre später fiel der Turm.", "de", True),
        ("Im Jahr 1990 wurde er gehoben.", "de", True),
        ("Nach dem Krieg wuchs die Stadt.", "de", False),
        ("En ese caso, se paga la tasa.", "es", True),
        ("Después de la guerra, creció el puerto.", "es", False),
        ("L'anno seguente, il porto chiuse.", "it", True),
    ],
)
def test_what_points_back(sentence: str, language: str | None, expected: bool) -> None:
    assert points_back(sentence, language) is expected


def test_a_text_that_names_itself() -> None:
    assert names_its_text("This agreement ends in May.", "en")
    assert names_its_text("Diese Arbeit zeigt es.", "de")
    assert not names_its_text("This tower is old.", "en")
    assert not names_its_text("The agreement ends in May.", "en")


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        ("The bridge is in Lund. It was opened in 1950. It is made of iron.", [True, True, True]),
        ("The bridge is in Lund. It is made of iron.", [True, True]),  # what is skipped speaks of the bridge, too
        ("The bridge is in Lund. It was built in 1889.", [True, False]),
        ("The tower is in Malmo. It is made of iron.", [True, False]),
        ("It is made of iron. Its keeper is old. It was built in 1889.", [True, False, False]),
        ("The bridge is very nice. It was opened in 1950.", [False, False]),
        ("It was built in 1889. The bridge is in Lund.", [True, True]),  # nothing stands before it
        ("The bridge is in Lund. The tower is in Malmo.", [True, True]),
    ],
)
def test_an_it_is_proved_behind_what_it_speaks_of(text: str, proved: list[bool]) -> None:
    page = (
        "The bridge is in Lund. It was opened in 1950. It is made of iron. The tower is in Malmo. It was built in 1889."
    )
    hits = [Hit(1, 1.0, 1, "sights.md", page, language="en")]
    said = checked(text, "", "en", hits, Citer(hits, lambda *_: [Block(page, "text")]))
    assert [one.sentence.proved for one in said] == proved


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        ("The mill was sold in 1840. Two years later, the railway came.", [True, True]),
        ("The canal was dug in 1795. Two years later, the railway came.", [True, False]),
        ("The canal was dug in 1795. Otherwise, the town would be dry.", [True, True]),
        ("The mill was sold in 1840. Otherwise, the town would be dry.", [True, False]),
        ("Two years later, the railway came.", [True]),
    ],
)
def test_what_follows_from_a_sentence_is_not_proved_behind_another(text: str, proved: list[bool]) -> None:
    page = (
        "The mill was sold in 1840. Two years later, the railway came. The canal was dug in 1795. "
        "Otherwise, the town would be dry."
    )
    hits = [Hit(1, 1.0, 1, "town.md", page, language="en")]
    said = checked(text, "", "en", hits, Citer(hits, lambda *_: [Block(page, "text")]))
    assert [one.sentence.proved for one in said] == proved


@pytest.mark.parametrize(
    ("question", "proved"),
    [
        ("May guests smoke on deck?", True),
        ("May guests bring dogs into the cabins?", False),
        ("", True),
    ],
)
def test_a_yes_is_to_the_question_of_its_page(question: str, proved: bool) -> None:
    page = "May guests smoke on deck?\n\nYes, in the bow and at the stern.\n\nThe ferry carries 320 cars."
    hits = [Hit(1, 1.0, 1, "ferry.md", page, language="en")]
    said = checked(
        "Yes, in the bow and at the stern.", question, "en", hits, Citer(hits, lambda *_: [Block(page, "text")])
    )
    assert [one.sentence.proved for one in said] == [proved]
