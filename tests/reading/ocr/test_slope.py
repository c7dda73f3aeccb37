"""How crooked a page lies, told by what stands in one row where the boxes of its lines do not tell."""

import pytest

from ragcli.reading.ocr.engine import Line, Word
from ragcli.reading.ocr.order import in_columns
from ragcli.reading.ocr.slope import slope_of


def line(text: str, left: float, base: float, width: float, slope: float, told: float) -> Line:
    """A line of a page that was turned, and the slope that its box tells."""
    base += slope * left
    return Line((Word(text, (left, base - 16, left + width, base + 4), 0.9),), 20.0, base, told, 0)


def table(slope: float) -> list[Line]:
    """Two lines of prose over a wide table, around whose cells a detector draws level boxes."""
    title = [line(f"title {n}", 60, 60 + 24 * n, 1400, slope, slope) for n in range(2)]
    cells = [line(f"{row},{n}", 60 + 200 * n, 120 + 26 * row, 70, slope, 0.0) for row in range(20) for n in range(8)]
    return [*title, *cells]


@pytest.mark.parametrize("slope", [0.0, 0.007, -0.014, 0.03])
def test_a_wide_table_tells_it_by_its_rows(slope: float) -> None:
    assert slope_of(table(slope)) == slope
    ordered = [each.words[0].text for each in in_columns(table(slope)[::-1])]
    assert ordered == ["title 0", "title 1", *(f"{row},{n}" for row in range(20) for n in range(8))]


def test_lines_of_one_column_tell_it_themselves() -> None:
    lines = [line("prose", 60, 30 * n, 1200, 0.01, told) for n, told in enumerate((0.01, 0.012, 0.01, 0.011, 0.01))]
    assert slope_of(lines) == 0.01
    assert slope_of([]) == 0.0
