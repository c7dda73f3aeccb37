"""Boxes to tick that are drawn: of a printed form nothing else tells Yes from No."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.tables.cells import Cell
from ragcli.reading.text_layer.tick_boxes import cells_with_tick_boxes
from ragcli.settings import Reading

SIDE = 9.0


def form() -> Any:
    return pymupdf.open().new_page(width=400, height=400)


def draw(page: Any, x: float, base: float, cross: bool = False, fill: Sequence[float] | None = None) -> None:
    y = base - SIDE + 1
    page.draw_rect((x, y, x + SIDE, base + 1), width=0.7, fill=fill)
    if cross:
        page.draw_line((x, y), (x + SIDE, base + 1), width=0.7)
        page.draw_line((x + SIDE, y), (x, base + 1), width=0.7)


def lines(page: Any, folder: Path) -> list[str]:
    page.parent.save(folder / "form.pdf")
    (read,) = read_pdf(folder / "form.pdf", Reading()).pages
    return [line for block in read.blocks for line in block.text.split("\n")]


def test_a_crossed_box_stands_before_what_it_says_and_an_empty_one_too(tmp_path: Path) -> None:
    page = form()
    page.insert_text((40, 60), "Was a permit asked for before the work began on the weir?", fontsize=10)
    for x, text in ((40, "Gender:"), (92, "Female"), (142, "Male")):
        page.insert_text((x, 90), text, fontsize=10)
    draw(page, 80, 90)
    draw(page, 130, 90, cross=True)
    page.insert_text((56, 120), "Repairs to the lower sluice were made in the year of the flood", fontsize=10)
    draw(page, 40, 120, cross=True)
    assert lines(page, tmp_path)[1:] == [
        "Gender: ☐ Female ☒ Male",
        "☒ Repairs to the lower sluice were made in the year of the flood",
    ]


def test_a_box_behind_its_label_and_one_ticked_by_a_letter(tmp_path: Path) -> None:
    page = form()
    page.insert_text((40, 60), "Driving licence:", fontsize=10)
    draw(page, 40 + pymupdf.get_text_length("Driving licence:", fontsize=10) + 6, 60)
    page.insert_text((55, 100), "English", fontsize=10)
    draw(page, 40, 100)
    page.insert_text((41, 100), "4", fontsize=8, fontname="zadb")
    assert lines(page, tmp_path) == ["Driving licence: ☐", "☒ English"]


def test_fields_with_letters_combs_and_bullets_are_no_boxes_to_tick(tmp_path: Path) -> None:
    page = form()
    page.insert_text((60, 60), "workers are asked for", fontsize=10)
    draw(page, 40, 60)
    page.insert_text((42, 60), "7", fontsize=8)
    page.insert_text((100, 90), "is the number of the parcel", fontsize=10)
    for n in range(6):
        draw(page, 40 + SIDE * n, 90)
    page.insert_text((60, 120), "levels in the winter", fontsize=10)
    draw(page, 45, 120, fill=(0.2, 0.2, 0.8))
    assert not {"☐", "☒"} & set("".join(lines(page, tmp_path)))


def test_cells_have_their_boxes_unless_other_letters_would_change() -> None:
    page = form()
    for n, (text, crossed) in enumerate((("Weir", True), ("Sluice", False))):
        page.insert_text((60, 60 + 20 * n), text, fontsize=10)
        draw(page, 45, 60 + 20 * n, cross=crossed)
    cells = [
        Cell(n, 0, 1, 1, text, (40.0, 48.0 + 20 * n, 200.0, 66.0 + 20 * n)) for n, text in enumerate(("Weir", "x"))
    ]
    assert [cell.text for cell in cells_with_tick_boxes(page, cells)] == ["☒ Weir", "x"]
