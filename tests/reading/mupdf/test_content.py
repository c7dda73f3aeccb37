"""What a page shows: spaces that are drawn alone, paths as far as clips let them show, boxes of the unrotated page."""

from typing import Any

import pytest

from ragcli.reading.mupdf.content import Content, lightness
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.figures import graphics_of

RED = 0xFF0000


def page_of(*drawing: str, rotation: int = 0) -> Any:
    """A page of 300 by 200 points with the operators of a content stream, whose origin is at the bottom."""
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_text((20, 20), "keeper")  # brings a font
    page.clean_contents()
    document.update_stream(page.get_contents()[0], "\n".join(drawing).encode(), compress=False)
    page.set_rotation(rotation)
    return document.reload_page(page)


def test_a_space_that_is_drawn_alone_is_text() -> None:
    (name, *_) = (font[4] for font in page_of().get_fonts())
    draw = f"BT /{name} 10 Tf 20 100 Td (the) Tj ET", f"BT /{name} 10 Tf 33 100 Td ( ) Tj ET"
    ((line,),) = [block["lines"] for block in Content(page_of(*draw)).text()]
    assert "".join(span["text"] for span in line["spans"]) == "the "


@pytest.mark.parametrize("rotation", [0, 90])
def test_beside_thousands_of_marks_text_is_what_it_is_elsewhere(rotation: int) -> None:
    (name, *_) = (font[4] for font in page_of().get_fonts())
    text = f"BT /{name} 10 Tf 20 100 Td (the river) Tj 90 0 Td (rose) Tj ET"
    marks = [f"{20 + n % 200} {n // 200} 1 1 re f" for n in range(5000)]
    light, heavy = Content(page_of(text, rotation=rotation)), Content(page_of(*marks, text, rotation=rotation))
    assert light.text() == heavy.text()
    assert light.letters() == heavy.letters()
    assert light.stored_bytes < 100 < 50_000 < heavy.stored_bytes


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_paths_are_clipped_and_stand_on_the_unrotated_page(rotation: int) -> None:
    content = Content(page_of("q 0 100 150 100 re W n 1 0 0 rg 100 50 100 100 re f Q", rotation=rotation))
    ((box, colour, stroked),) = [(path["bbox"], path["color"], path["stroked"]) for path in content.paths]
    assert (box, colour, stroked) == ((100, 50, 150, 100), RED, False)
    assert content.page.rotation == rotation


def test_lightness_is_that_of_the_darkest_of_three() -> None:
    assert [lightness(colour) for colour in (0xFFFFFF, RED, 0xF0E8FF, 0)] == [255, 0, 0xE8, 0]


def test_thousands_of_marks_cover_what_each_alone_would() -> None:
    """Their boxes are taken as MuPDF has them: whole points, and room for the spikes of strokes, but no more than that."""
    marks = [f"{20 + n % 200} {50 + n // 200 * 10} 1 1 re f" for n in range(2400)]
    frame = "2 w 10 20 240 150 re S"
    few, many = (graphics_of(Content(page_of(frame, *marks[:: 2 if few else 1]))) for few in (True, False))
    assert len(few) == 1 + 1200
    for boxes in (few, many):
        around = [min(box[0] for box in boxes), min(box[1] for box in boxes)]
        around += [max(box[2] for box in boxes), max(box[3] for box in boxes)]
        assert around == pytest.approx([10, 30, 250, 180], abs=11)
    assert sum(box[2] - box[0] <= 2 for box in many) == 2400


def test_a_sign_that_is_spelt_out_as_no_character_costs_itself_alone() -> None:
    font, *_, name, _ = page_of().get_fonts()[0]
    page = page_of(f"BT /{name} 10 Tf 20 100 Td (the river) Tj ET")
    document, cmap = page.parent, page.parent.get_new_xref()
    document.update_object(cmap, "<<>>")
    codes = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <65> <FD44> endbfchar"
    document.update_stream(cmap, b"begincmap " + codes + b" endcmap")
    document.xref_set_key(font, "ToUnicode", f"{cmap} 0 R")
    content = Content(pymupdf.open(stream=document.tobytes())[0])
    said, drawn = (
        [letter for block in blocks for line in block["lines"] for span in line["spans"] for letter in letters_of(span)]
        for blocks, letters_of in (
            (content.text(), lambda span: span["text"]),
            (content.letters(), lambda span: [letter["c"] for letter in span["chars"]]),
        )
    )
    assert said == drawn == list("th\ufffd riv\ufffdr")
