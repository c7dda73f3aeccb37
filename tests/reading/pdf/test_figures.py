"""Which drawing a caption claims: nearest, in its column, by the document's habit; and never across a paragraph."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.figures import _labelled
from ragcli.reading.pdf.read import read_pdf
from ragcli.records import Block, Box
from ragcli.settings import Reading

PROSE = "The mill stands on the bank of the Tressaune and has not ground corn since the year 1951, as the marks tell. "


def plot(page: Any, box: Box) -> None:
    """Axes, a curve, and the name of an axis below."""
    x0, y0, x1, y1 = box
    page.draw_line((x0, y0), (x0, y1))
    page.draw_line((x0, y1), (x1, y1))
    page.draw_polyline([(x0 + k * (x1 - x0) / 9, y0 + (y1 - y0) * (k * 7 % 5) / 5) for k in range(10)])


def write(page: Any, at: tuple[float, float], text: str, width: float = 200.0) -> None:
    page.insert_textbox((at[0], at[1], at[0] + width, at[1] + 300), text, fontsize=9)


def figures(document: Any, tmp_path: Path) -> list[list[Block]]:
    path = tmp_path / "a.pdf"
    document.save(path)
    return [[block for block in page.blocks if block.kind == "figure"] for page in read_pdf(path, Reading()).pages]


def test_a_drawing_and_its_caption_are_a_figure(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    write(page, (50, 50), PROSE * 2, 300)
    plot(page, (100, 150, 300, 250))
    page.insert_text((180, 262), "time (h)", fontsize=8)
    write(page, (60, 275), "Figure 1: The stage at Marrec.", 300)
    write(page, (50, 330), PROSE * 2, 300)
    ((figure,),) = figures(document, tmp_path)
    assert figure.text == "Figure 1: The stage at Marrec."
    assert figure.bbox is not None
    assert figure.bbox[0] < 101
    assert figure.bbox[1] == pytest.approx(150, abs=2)
    assert 285 < figure.bbox[3] < 300


@pytest.mark.parametrize("label", ["Figure 1:", "Fig. 1.", "Fig 1."])
def test_a_caption_is_known_by_its_label(label: str, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    plot(page, (100, 150, 300, 250))
    write(page, (60, 275), f"{label} The stage at Marrec.", 300)
    write(page, (50, 330), PROSE * 2, 300)
    ((figure,),) = figures(document, tmp_path)
    assert figure.text == f"{label} The stage at Marrec."


def test_no_drawing_no_figure(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    write(page, (50, 50), PROSE * 2, 300)
    write(page, (60, 275), "Figure 1: Lost in conversion.", 300)
    page.draw_line((50, 40), (350, 40))  # a rule is no figure
    assert figures(document, tmp_path) == [[]]


def test_a_paragraph_parts_a_caption_from_a_drawing(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    plot(page, (100, 50, 300, 150))
    write(page, (50, 170), PROSE * 2, 300)
    write(page, (60, 230), "Figure 1: Of something else.", 300)
    assert figures(document, tmp_path) == [[]]


def test_the_habit_of_the_document_decides_between_above_and_below(tmp_path: Path) -> None:
    """Captions stand above here; that of page 2 is nearer to the drawing above it, which has its own."""
    document = pymupdf.open()
    for n in range(2):
        page = document.new_page(width=400, height=600)
        write(page, (60, 60), f"Figure {2 * n + 1}: One.", 300)
        plot(page, (100, 90, 300, 190))
        if n:
            write(page, (60, 196), "Figure 4: Two.", 300)
            plot(page, (100, 230, 300, 330))
    first, second = figures(document, tmp_path)
    assert [round(block.bbox[3], -1) for block in first if block.bbox] == [190]
    assert [(block.text, round(block.bbox[3], -1)) for block in second if block.bbox] == [
        ("Figure 3: One.", 190),
        ("Figure 4: Two.", 330),
    ]


def test_panels_are_one_figure_and_neighbours_are_two(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=500, height=600)
    for column in range(3):
        plot(page, (50 + 140 * column, 50, 160 + 140 * column, 130))
    write(page, (50, 145), "Figure 1: Three stations, from left to right.", 400)
    plot(page, (50, 250, 240, 330))
    plot(page, (246, 250, 440, 330))  # as near as the strokes of one drawing
    write(page, (50, 345), "Figure 2: Left.", 180)
    write(page, (260, 345), "Figure 3: Right.", 180)
    ((one, left, right),) = figures(document, tmp_path)
    assert one.bbox is not None
    assert left.bbox is not None
    assert right.bbox is not None
    assert (one.bbox[0], one.bbox[2]) == pytest.approx((50, 440), abs=3)
    assert left.bbox[2] < 243 < right.bbox[0]


def test_a_table_keeps_its_rules_and_a_logo_is_nobodys(tmp_path: Path) -> None:
    document = pymupdf.open()
    for _ in range(3):
        page = document.new_page(width=400, height=600)
        plot(page, (20, 10, 120, 50))
        write(page, (20, 58), "Figure 1: A caption below a logo.", 300)
        write(page, (50, 150), "Table 1: Wages.", 300)
        plot(page, (50, 170, 350, 230))
    assert [[block.text[:8] for block in page] for page in figures(document, tmp_path)] == [[], [], []]


def test_a_turned_page(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    plot(page, (100, 150, 300, 250))
    write(page, (100, 260), "Figure 1: The stage at Marrec.", 200)
    page.set_rotation(90)
    ((figure,),) = figures(document, tmp_path)
    assert figure.bbox is not None
    assert figure.bbox[1] == pytest.approx(150, abs=2)


def test_a_caption_goes_on_in_bold_and_a_sentence_too(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    lines = ("Figure 1: The stages that we have read at Marrec,", "and those at Ferrage. All of them are means.")
    for n, (first, second) in enumerate((("hebo", "helv"), ("helv", "hebo"))):
        plot(page, (100, 50 + 150 * n, 300, 120 + 150 * n))
        page.insert_text((60, 140 + 150 * n), lines[0], fontsize=10, fontname=first)
        page.insert_text((60, 152 + 150 * n), lines[1], fontsize=10, fontname=second)
    page.insert_text((60, 350), "We have read the stages of all the rivers, and found that", fontsize=10)
    page.insert_text(
        (60, 362), "they rise when the snow melts, and that later in the year", fontsize=10, fontname="hebo"
    )
    page.insert_text((60, 374), "they do not.", fontsize=10)
    page.insert_text((60, 410), "The stages that nobody has read are many and", fontsize=10, fontname="hebo")
    page.insert_text((60, 422), "They stay unread for ever.", fontsize=10)
    path = tmp_path / "a.pdf"
    document.save(path)
    one, other, *texts = read_pdf(path, Reading()).pages[0].blocks
    assert one.text == other.text == " ".join(lines)
    assert [block.text[-12:] for block in texts] == ["they do not.", "are many and", "ad for ever."]


def test_small_print_that_a_caption_announces_is_of_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    plot(page, (100, 50, 300, 120))
    page.insert_text((60, 140), "Figure 1: The stage at Marrec, as read. We compare:", fontsize=10)
    page.insert_text((64, 152), "Marks Read once a day by the miller.", fontsize=9)
    page.insert_text((64, 163), "Radar Read each minute.", fontsize=9)
    page.insert_text((60, 200), "The miller has not ground corn since the year 1951, as the marks tell.", fontsize=10)
    ((figure,),) = figures(document, tmp_path)
    assert figure.text.endswith("We compare: Marks Read once a day by the miller. Radar Read each minute.")


def test_a_shadow_that_reaches_over_parts_no_less_two_figures(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    for x in (50, 250):
        for k in range(60):
            page.draw_line((x + 3 * k, 100), (x + 3 * k, 160 + k % 7))
    page.draw_rect((200, 120, 275, 130), fill=(0.9, 0.9, 0.9), color=None)
    write(page, (50, 180), "Figure 1: Left.", 150)
    write(page, (250, 180), "Figure 2: Right.", 150)
    ((left, right),) = figures(document, tmp_path)
    assert left.bbox is not None
    assert right.bbox is not None
    assert left.bbox[2] < 240 < right.bbox[0]


def test_a_label_in_a_drawing_is_no_heading_and_a_watermark_no_label(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.set_metadata({"title": "Levels"})
    page = document.new_page(width=400, height=600)
    page.insert_text((60, 40), "Methods", fontsize=14, fontname="hebo")
    write(page, (60, 50), PROSE * 2)
    plot(page, (60, 150, 260, 250))
    page.insert_text((100, 170), "Domain 1", fontsize=14, fontname="hebo")
    page.insert_text((60, 275), "Figure 1: Levels of the year.", fontsize=9)
    page.insert_text((60, 320), "Results", fontsize=14, fontname="hebo")
    write(page, (60, 330), PROSE * 2)
    page.insert_text((90, 500), "DRAFT", fontsize=120, morph=(pymupdf.Point(90, 500), pymupdf.Matrix(45)))
    ((figure,),) = figures(document, tmp_path)
    assert figure.bbox is not None
    assert figure.bbox[3] < 300
    blocks = read_pdf(tmp_path / "a.pdf", Reading()).pages[0].blocks
    assert [block.text for block in blocks if block.kind == "heading"] == ["Methods", "Results"]


def test_short_text_beside_a_narrow_figure_is_no_label_where_it_is_of_the_page(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    plot(page, (220, 70, 350, 170))
    write(page, (60, 55), "The height of the river at Marrec, by the hour, in metres", 300)
    write(page, (50, 85), PROSE * 2, 150)
    write(page, (60, 170), "A footnote of the text that reaches below the figure", 200)
    write(page, (220, 190), "Figure 1: The stage at Marrec.", 150)
    ((figure,),) = figures(document, tmp_path)
    assert figure.bbox is not None
    assert (figure.bbox[0] > 215, figure.bbox[1] > 69) == (True, True)


def test_the_name_of_an_axis_stands_behind_its_figures() -> None:
    plot, figures_of_axis, name = (100.0, 100.0, 300.0, 200.0), (90.0, 150.0, 98.0, 158.0), (80.0, 120.0, 88.0, 180.0)
    assert _labelled(plot, [figures_of_axis, name], []) == (80.0, 100.0, 300.0, 200.0)
    assert _labelled(plot, [name, figures_of_axis], []) == (80.0, 100.0, 300.0, 200.0)
    assert _labelled(plot, [name], []) == plot  # without figures between, it is a text beside
