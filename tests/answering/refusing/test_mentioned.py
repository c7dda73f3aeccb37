"""What is only mentioned answers nobody who wants it counted, or named."""

import pytest

from ragcli.answering.quoting.quotes import rank
from ragcli.answering.refusing.mentioned import is_only_mentioned
from ragcli.embedding.protocol import Embedder
from ragcli.records import Hit


def is_refused(embedder: Embedder, question: str, language: str, *texts: str) -> bool:
    hits = [Hit(at, 1 / at, at, f"{at}.txt", text, language=language) for at, text in enumerate(texts, start=1)]
    return is_only_mentioned(rank(question, hits, embedder, language))


@pytest.mark.parametrize(
    ("question", "language", "mentions", "counts"),
    [
        (
            "Combien d'habitants compte la commune ?",
            "fr",
            "La salle coûte 320 euros aux habitants de la commune.",
            "La commune a 2 140 habitants.",
        ),
        (
            "How many members does the club have?",
            "en",
            "Members pay the club 18 euros on 3 May 2021.",
            "It has 214 members.",
        ),
        (
            "¿Cuántas viviendas tiene la finca?",
            "es",
            "Cada una de las viviendas de la finca puede invitar a tres personas.",
            "La finca tiene 48 viviendas.",
        ),
        (
            "Wie viele Mitglieder hat der Verein?",
            "de",
            "Die Mitglieder zahlen dem Verein 18 Euro im Monat.",
            "Der Verein zählt 96 Mitglieder.",
        ),
    ],
)
def test_who_counts_something_is_not_told_by_another_number(
    embedder: Embedder, question: str, language: str, mentions: str, counts: str
) -> None:
    assert is_refused(embedder, question, language, mentions)
    assert not is_refused(embedder, question, language, mentions, counts)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many ferries does the harbour have?", "The harbour has one landing for ferries, which are 12."),
        ("How many balconies does the flat have?", "The flat has a balcony and 3 rooms."),
        (
            "How many members does the board have?",
            "The members of the board are the chair, the treasurer, and the clerk.",
        ),
        ("How many people live in Skarn?", "The people who live in Skarn are 310 fishermen."),
        ("How much do members pay?", "Members pay 18 crowns."),
    ],
)
def test_a_number_may_be_said_otherwise(embedder: Embedder, question: str, text: str) -> None:
    assert not is_refused(embedder, question, "en", text)


@pytest.mark.parametrize(
    ("question", "language", "mentions", "names"),
    [
        (
            "Who is the treasurer of the club?",
            "en",
            "A loss is told to the treasurer of the club the same day.",
            "The treasurer of the club is Ida Voss.",
        ),
        (
            "Qui est le trésorier du club ?",
            "fr",
            "Toute perte est signalée au trésorier du club le jour même.",
            "Le club a élu Luc Morel trésorier.",
        ),
        (
            "Wer ist Bootswart?",
            "de",
            "Schäden sind dem Bootswart am selben Tag zu melden.",
            "Den Bootswart vertritt Frau Ida Voss.",
        ),
    ],
)
def test_who_asks_for_a_name_is_not_told_by_the_role(
    embedder: Embedder, question: str, language: str, mentions: str, names: str
) -> None:
    assert is_refused(embedder, question, language, mentions)
    assert not is_refused(embedder, question, language, mentions, names)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who is the controller of the data?", "The controller of the data is the company that holds it."),
        ("Who is the rent paid to?", "The rent is paid to the landlord."),
        ("Who is the landlord?", "A loss is told to the landlord: the town."),
    ],
)
def test_a_role_may_be_held_by_no_person(embedder: Embedder, question: str, text: str) -> None:
    assert not is_refused(embedder, question, "en", text)
