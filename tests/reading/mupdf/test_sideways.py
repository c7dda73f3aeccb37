"""Pages set sideways are looked at upright, whichever way they are shown, and shown again as they were."""

from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.mupdf.sideways import turned_upright
from ragcli.reading.pdf_tables.finder import find_tables, markdown

ROWS = [("Reach", "Low", "High", "Mean")]
ROWS += [(f"{name} {n}", str(112 + 7 * n), str(398 - n), str(200 + n)) for n in range(5) for name in ("Weir", "Lock")]


def page(turn: int, rotation: int = 0) -> Any:
    """A table whose letters run up the page where it is turned by 90, down where by 270."""
    made = pymupdf.open().new_page(width=500, height=500)
    for n, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            across, down = 80 + 90 * column, 100 + 20 * n
            x, y = {0: (across, down), 90: (down, 500 - across), 270: (500 - down, across)}[turn]
            made.insert_text((x, y), text, fontsize=11, rotate=turn)
    made.set_rotation(rotation)
    return made


@pytest.mark.parametrize(("turn", "rotation"), [(0, 0), (90, 0), (270, 0), (0, 90), (90, 270), (0, 180)])
def test_text_runs_to_the_right_while_it_is_looked_at(turn: int, rotation: int) -> None:
    made = page(turn, rotation)
    with turned_upright(made):
        assert made.rotation == turn
    assert made.rotation == rotation


def test_the_rows_of_a_table_set_sideways_are_its_rows() -> None:
    (upright,), (sideways,) = find_tables(page(0)), find_tables(page(90))
    assert markdown(sideways) == markdown(upright)
    left, top, right, bottom = sideways.box
    assert left < 100 < 300 < right
    assert top < 160 < 410 < bottom
