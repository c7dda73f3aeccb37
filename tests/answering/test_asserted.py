"""What of a generated text must be proved."""

from ragcli.answering.asserted import asserted


def readings(text: str) -> list[str]:
    return [told for _, told in asserted(text, "en")]


def test_a_row_asserts_its_cells_under_their_heads_and_the_heads_alone_nothing() -> None:
    table = "| Item | 2022 | |\n|---|:-:|---|\n| Radar | 4,620 | new |\n\nThat is all."
    assert readings(table) == ["Item: Radar; 2022: 4,620; new", "That is all."]
    assert readings("| Item | 2022 |\n|---|---|") == []
    assert readings("| Radar | 4,620 |") == ["Radar; 4,620"]
