"""The order of the layout model: region by region, from the top within one, and not a letter lost."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.layout import down_the_columns, in_layout_order, layout_order
from ragcli.reading.text_layer.row import Row
from ragcli.records import Box

LEFT, RIGHT = (50.0, 50.0, 250.0, 400.0), (260.0, 50.0, 460.0, 400.0)


def row(text: str, left: float, base: float, width: float = 100.0, size: float = 10.0) -> Row:
    box = (left, base - size, left + width, base + 2)
    flags = (False, False, False, False)
    return Row(text, box, left, left + width, base - size, base + 2, base, size, *flags, (1.0, 0.0), 0, glyph=5.0)


def texts(rows: Sequence[Row]) -> list[str]:
    return [each.text for each in rows]


def test_regions_come_in_their_order_and_rows_from_the_top() -> None:
    rows = [row("right, below", 270, 200), row("left, below", 60, 200), row("right", 270, 100), row("left", 60, 100)]
    assert texts(in_layout_order(rows, [LEFT, RIGHT])) == ["left", "left, below", "right", "right, below"]
    assert texts(in_layout_order(rows, [RIGHT, LEFT])) == ["right", "right, below", "left", "left, below"]


def test_what_was_drawn_later_into_a_line_is_part_of_it() -> None:
    rows = [row("Sales of AirPods", 60, 100, 80), row("and others.", 185, 100, 50), row("and phones", 142, 100, 40)]
    assert texts(in_layout_order(rows, [LEFT])) == ["Sales of AirPods and phones and others."]


def test_columns_of_lines_of_their_own_in_one_region_are_read_down() -> None:
    def dates() -> list[Row]:
        return [row(text, 60, 100 + 10.8 * n, 80) for n, text in enumerate(("Invoice date", "3 June", "Number", "46"))]

    address = [row(text, 170, 101 + 14.5 * n, 80) for n, text in enumerate(("Orle Mills", "23 Weir Lane", "Marrec"))]
    down = texts([*dates(), *address])
    assert texts(in_layout_order([*dates(), *address], [LEFT])) == down
    values = [row("2023", 170, 101, 60), row("INV", 170, 101 + 2 * 10.8, 60)]  # of the labels, and drawn after them
    assert texts(in_layout_order([*dates(), *values], [LEFT])) == ["Invoice date  2023", "3 June", "Number  INV", "46"]
    assert texts(in_layout_order([*reversed(dates()), *address], [LEFT]))[0] == "Invoice date  Orle Mills"


def test_what_no_region_holds_follows_what_was_drawn_before() -> None:
    rows = [row("right", 270, 100), row("12", 500, 120, 10), row("left and a long text", 60, 100)]
    assert texts(in_layout_order(rows, [LEFT, RIGHT])) == ["left and a long text", "right", "12"]


def test_regions_that_miss_most_of_a_page_change_nothing() -> None:
    rows = [row("right, which is the most of it", 270, 100), row("left", 60, 100)]
    assert in_layout_order(rows, [LEFT]) == rows
    assert in_layout_order(rows, []) == rows


@given(
    st.lists(st.tuples(st.integers(0, 450), st.integers(40, 420)), max_size=12),
    st.lists(st.sampled_from([LEFT, RIGHT, (0.0, 0.0, 500.0, 200.0)]), max_size=3),
)
def test_no_letter_is_lost(places: Sequence[tuple[int, int]], regions: Sequence[Box]) -> None:
    rows = [row(f"word{n}", left, base) for n, (left, base) in enumerate(places)]
    before = sorted("".join(texts(rows)))
    assert sorted("".join("".join(texts(in_layout_order(rows, regions))).split())) == before


def test_columns_that_the_model_reads_line_by_line_are_read_to_their_end() -> None:
    head = (50.0, 50.0, 450.0, 80.0)
    left = [(50.0, 90.0 + 60 * n, 240.0, 140.0 + 60 * n) for n in range(3)]
    right = [(260.0, 90.0 + 55 * n, 450.0, 135.0 + 55 * n) for n in range(3)]
    foot = (50.0, 400.0, 450.0, 420.0)
    by_line = [head, left[0], right[0], left[1], right[1], left[2], right[2], foot]
    assert down_the_columns(by_line) == [head, *left, *right, foot]


def test_what_stands_far_below_waits_for_what_stands_beside() -> None:
    address, date, ratings = (50.0, 50.0, 150.0, 110.0), (260.0, 90.0, 450.0, 110.0), (50.0, 140.0, 120.0, 160.0)
    assert down_the_columns([address, date, ratings]) == [address, date, ratings]


@given(st.lists(st.tuples(*[st.floats(0, 500)] * 4), max_size=9))
def test_no_region_is_lost(regions: list[Box]) -> None:
    assert sorted(down_the_columns(regions)) == sorted(regions)


def test_a_page_shown_turned_is_left_alone() -> None:
    page = pymupdf.open().new_page()
    page.insert_text((72, 72), "The gauge at the mill")
    page.set_rotation(90)
    assert layout_order(page) == []
