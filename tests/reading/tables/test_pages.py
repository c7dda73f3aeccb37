"""Tables that go on: which first row is one of theirs, and which is the head of another table."""

import pytest

from ragcli.reading.tables.pages import continued
from ragcli.records import Block

HEAD = "| Name | Role |\n| --- | --- |"
FIRST = Block(f"{HEAD}\n| Ada | buyer |\n| Bo | clerk |", "table", (50, 500, 300, 700))


def further(text: str) -> Block:
    return Block(text, "table", (50, 50, 300, 200))


def test_a_row_that_says_what_its_column_says_is_no_head() -> None:
    table = continued(FIRST, further("| Cy | clerk |\n| --- | --- |\n| Di | envoy |"))
    assert table is not None
    assert table.text == f"{HEAD}\n| Cy | clerk |\n| Di | envoy |"


def test_a_row_that_is_set_as_the_others_is_no_head() -> None:
    second = further("| Cy | herald |\n| --- | --- |\n| Di | envoy |")
    assert continued(FIRST, second) is None
    table = continued(FIRST, second, (True, False))
    assert table is not None
    assert table.text == f"{HEAD}\n| Cy | herald |\n| Di | envoy |"


@pytest.mark.parametrize(
    "text",
    [
        "| 2021 | 2022 |\n| --- | --- |\n| 4 | 5 |",
        "| clerk | clerk |\n| --- | --- |\n| Di | clerk |",
        "| Town | clerk |\n| --- | --- |\n| Arles | envoy |",
    ],
)
def test_a_row_that_is_set_apart_is_the_head_of_another_table(text: str) -> None:
    assert continued(FIRST, further(text), (True, True)) is None


def test_a_head_that_stands_again_among_its_rows_is_one() -> None:
    assert continued(FIRST, further("| Town | clerk |\n| --- | --- |\n| Pau | no |\n| Town | clerk |")) is None


def test_a_head_that_is_repeated_below_an_empty_one_is_no_row() -> None:
    table = continued(FIRST, further("|  |  |\n| --- | --- |\n| Name | Role |\n| Cy | envoy |"))
    assert table is not None
    assert table.text == f"{HEAD}\n| Cy | envoy |"
