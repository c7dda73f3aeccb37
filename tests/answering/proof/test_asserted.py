"""What of a generated text must be proved."""

from ragcli.answering.proof.asserted import Reading, asserted


def readings(text: str) -> list[tuple[Reading, ...]]:
    return [told for _, told in asserted(text, "en")]


def test_a_row_asserts_its_cells_under_their_heads_and_the_heads_alone_nothing() -> None:
    table = "| Item | 2022 | |\n|---|:-:|---|\n| Radar | 4,620 | new |\n\nThat is all."
    assert readings(table) == [(Reading("Item: Radar; 2022: 4,620; new"),), (Reading("That is all."),)]
    assert readings("| Item | 2022 |\n|---|---|") == []
    assert readings("| Radar | 4,620 |") == [(Reading("Radar; 4,620"),)]


def test_an_item_is_read_with_its_mark_and_without() -> None:
    assert readings("1. The tower is old.") == [(Reading("1. The tower is old."), Reading("The tower is old.", "1. "))]


def test_what_a_colon_announces_is_asserted_below_its_line() -> None:
    covered = Reading("Covered are:"), Reading("Covered are:\n- theft"), Reading("Covered are:\ntheft", "- ")
    assert readings("Covered are:\n- theft") == [covered[:1], covered[1:]]
    assert readings("Covered is this.\n- theft") == [
        (Reading("Covered is this."),),
        (Reading("- theft"), Reading("theft", "- ")),
    ]


def test_what_leans_on_a_line_may_be_proved_with_it() -> None:
    assert readings("Ms Berg: It is old. It is tall.")[1] == (
        Reading("It is tall."),
        Reading("Ms Berg: It is old.\nIt is tall."),
    )
