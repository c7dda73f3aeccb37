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
