"""marker's JSON becomes pages of blocks. The HTML is as marker 2.0.0 wrote it; its formulas are as its model is asked for."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.extractors.marker_blocks import pages_of
from ragcli.records import Block

BOX = (72.0, 90.0, 300.0, 104.0)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(Path(__file__).parent)
    return importlib.import_module("marker_documents")


def read(made: Any, *blocks: dict[str, Any]) -> list[Block]:
    return list(pages_of([made.page(0, *blocks)])[1].blocks)


def test_a_page_is_numbered_by_the_second_part_of_its_id(made: Any) -> None:
    """Its last part, and the `page` of marker's chunks, count blocks."""
    pages = pages_of([made.page(4), made.page(5, size=(300.0, 400.0))])
    assert {number: (page.width, page.height) for number, page in pages.items()} == {5: (612, 792), 6: (300, 400)}


def test_boxes_start_at_the_corner_of_the_page(made: Any) -> None:
    page = made.page(0, made.block("Text", "<p>a</p>", (110, 120, 200, 140)))
    page["bbox"] = [10.0, 20.0, 622.0, 812.0]
    (block,) = pages_of([page])[1].blocks
    assert block.bbox == (100, 100, 190, 120)


def test_the_kinds_of_marker_are_our_kinds(made: Any) -> None:
    found = read(
        made,
        made.block("PageHeader", "", BOX),
        made.block("SectionHeader", "<h2>1. Introduction</h2>", BOX),
        made.block(
            "Text",
            '<p block-type="Text" class="has-continuation"><span id="page-1-0"></span>Models such as GPT-3 <a href="#page-9-0">'
            "(Brown et al., 2020)</a> say <i>yes</i>,<sup>1</sup> &lt;here&gt;</p>",
            BOX,
        ),
        made.block("Footnote", "<p>1 Later.</p>", BOX),
        made.block("Code", "<pre>a = 1\nb = 2</pre>", BOX),
        made.block("ListGroup", "", BOX, children=[
            made.block("ListItem", "<li>first</li>", BOX), made.block("ListItem", "<li>second</li>", BOX),
        ]),
        made.block("TableGroup", "", BOX, children=[
            made.block("Caption", "<p>Table 1. Levels</p>", BOX),
            made.block("Table", "<table><tbody><tr><th>Gauge</th><th>Level</th></tr><tr><td>Pegel 1</td><td>1.25</td></tr>"
                       "</tbody></table>", BOX),
        ]),
        made.block("PictureGroup", "", (50, 50, 400, 300), children=[
            made.block("Picture", "", BOX), made.block("Caption", "<p>Figure 1. The weir.</p>", BOX),
        ]),
    )  # fmt: skip
    assert [(block.kind, block.text) for block in found] == [
        ("heading", "1. Introduction"),
        ("text", "Models such as GPT-3 (Brown et al., 2020) say yes,¹ <here>"),
        ("footnote", "1 Later."),
        ("code", "a = 1\nb = 2"),
        ("list", "- first\n- second"),
        ("caption", "Table 1. Levels"),
        ("table", "| Gauge | Level |\n| --- | --- |\n| Pegel 1 | 1.25 |"),
        ("figure", "Figure 1. The weir."),
    ]
    assert (found[0].level, found[-1].bbox) == (2, (50, 50, 400, 300))


def test_a_formula_is_latex_and_without_a_model_its_letters(made: Any) -> None:
    latex = r'<p block-type="Equation"><math display="block">a &lt; \frac{b}{c}</math></p>'
    assert read(made, made.block("Equation", latex, BOX)) == [
        Block(r"a < \frac{b}{c}", "equation", BOX, latex=r"a < \frac{b}{c}")
    ]
    assert read(made, made.block("Equation", '<p block-type="Equation">a &lt; b/c</p>', BOX)) == [
        Block("a < b/c", "equation", BOX)
    ]
    inline = r"<p>where <math>x_i &lt; 1</math> holds</p>"
    assert read(made, made.block("Text", inline, BOX)) == [Block("where $x_i < 1$ holds", "text", BOX)]
