"""Which of what a page draws are lines."""

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.mupdf.rulings import rulings

PALE, BLACK = (0.8, 0.93, 1.0), (0.0, 0.0, 0.0)


def test_a_gap_that_is_shaded_like_the_cells_beside_it_is_no_line() -> None:
    page = pymupdf.open().new_page(width=300, height=300)
    for y, gap in ((100, PALE), (200, BLACK)):
        for left, right, colour in ((50, 100, PALE), (100, 101, gap), (101, 150, PALE)):
            page.draw_rect((left, y, right, y + 12), color=None, fill=colour)
    assert [tuple(map(round, line)) for line in rulings(page)] == [(100, 200, 101, 212)]
