"""The sentences beside a chunk are its neighbours' own, within a section, and stand in no text that is shown."""

from ragcli.chunking.around import with_neighbours
from ragcli.records import Chunk

ONE = Chunk("Otters live here. They were counted in May.", "", section=("Otters",), language="en")
TWO = Chunk("Forty were found. Ten were young.", "", section=("Otters",), language="en")
THREE = Chunk("None were hurt.", "", section=("Otters",), language="en")


def test_the_sentence_before_and_the_one_behind() -> None:
    made = with_neighbours([ONE, TWO, THREE])
    assert [chunk.around for chunk in made] == [
        "Forty were found.",
        "They were counted in May. None were hurt.",
        "Ten were young.",
    ]
    assert [chunk.text for chunk in made] == [ONE.text, TWO.text, THREE.text]


def test_nothing_from_another_section_nor_from_a_table() -> None:
    other = Chunk("Beavers build.", "", section=("Beavers",))
    table = Chunk("| a | b |", "", kind="table", section=("Otters",))
    assert {chunk.around for chunk in with_neighbours([ONE, other])} == {""}
    assert {chunk.around for chunk in with_neighbours([ONE, table])} == {""}


def test_of_an_endless_sentence_what_is_near() -> None:
    endless = Chunk("first " + "word " * 200 + "last", "", section=("Otters",))
    _, beside, _ = with_neighbours([endless, ONE, endless])
    assert "last first" in beside.around
    assert len(beside.around) < 700
