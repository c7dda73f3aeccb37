"""The reading order of lines that come from top to bottom."""

from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.ocr.engine import Line, Word
from ragcli.reading.ocr.order import in_columns


def line(text: str, left: float, base: float, width: float, slope: float = 0.0) -> Line:
    """A line of a level page, the page then turned."""
    left, base = left - slope * base, base + slope * left
    return Line((Word(text, (left, base - 16, left + width, base + 4), 0.9),), 20.0, base, slope, 0)


def texts(lines: list[Line]) -> list[str]:
    return [each.words[0].text for each in lines]


def two_columns(slope: float = 0.0, lines: int = 6) -> list[Line]:
    title = [line("title", 200, 100, 1000, slope)]
    both = [
        line(f"{side}{n}", left, 200 + 30 * n, 560, slope)
        for n in range(lines)
        for side, left in (("a", 100), ("b", 720))
    ]
    return [*title, *both, line("foot", 300, 320 + 30 * lines, 800, slope)]


def test_columns_follow_each_other_between_what_spans_them() -> None:
    ordered = in_columns(two_columns())
    assert texts(ordered) == ["title", "a0", "a1", "a2", "a3", "a4", "a5", "b0", "b1", "b2", "b3", "b4", "b5", "foot"]
    assert [each.block for each in ordered] == [1] + [2] * 6 + [3] * 6 + [4]


def test_a_crooked_page_is_read_as_a_level_one() -> None:
    assert texts(in_columns(two_columns(0.03, lines=60))) == texts(in_columns(two_columns(lines=60)))


def test_a_table_is_read_row_by_row() -> None:
    cells = [line(f"{row}{column}", 100 + 300 * column, 100 + 40 * row, 90) for row in range(5) for column in range(3)]
    assert texts(in_columns(cells[::-1])) == [f"{row}{column}" for row in range(5) for column in range(3)]


def test_nothing() -> None:
    assert in_columns([]) == []


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 3000), st.integers(1, 2000)), max_size=40))
def test_no_line_is_lost(places: list[tuple[int, int, int]]) -> None:
    lines = [line(str(n), left, base, width) for n, (left, base, width) in enumerate(places)]
    assert sorted(texts(in_columns(lines))) == sorted(texts(lines))
