"""Tables as Markdown: what is written comes back cell by cell."""

from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.tables.markdown import is_table_rule, markdown_table, table_cells

CELLS = st.text("a-| 1").map(str.strip)


def test_a_table_as_it_is_written() -> None:
    assert markdown_table(["", "a|b"], [["1", ""]]) == "|  | a\\|b |\n| --- | --- |\n| 1 |  |"


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)))
def test_what_is_written_comes_back(rows: list[list[str]]) -> None:
    head, rule, *body = markdown_table(rows[0], rows[1:]).split("\n")
    assert is_table_rule(rule)
    assert [list(table_cells(line)) for line in (head, *body)] == rows
