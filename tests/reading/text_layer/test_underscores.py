r"""Rules on the baseline that TeX draws for `\_` are underscores; bars, lines under words, blanks and frames are none."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

FONT = pymupdf.Font("tiro")
RULE = 3.0  # points, of letters of 10
KERN = 0.6


def set_line(page: Any, text: str, raised: float = 0.2, filled: bool = False) -> None:
    """Write a line as TeX does, with a rule for each underscore, whose middle is so far above the baseline."""
    x = 72.0
    for piece in text.split("_"):
        if x > 72 or not piece:
            x += KERN
            y = 100 - raised
            if filled:
                page.draw_rect((x, y - 0.2, x + RULE, y + 0.2), color=None, fill=(0, 0, 0))
            else:
                page.draw_line((x, y), (x + RULE, y), width=0.4)
            x += RULE + KERN
        page.insert_text((x, 100), piece, fontname="tiro", fontsize=10)
        x += FONT.text_length(piece, 10)


def read(page: Any, tmp_path: Path) -> str:
    page.parent.save(tmp_path / "a.pdf")
    (page_read,) = read_pdf(tmp_path / "a.pdf", Reading(ocr="never")).pages
    return "\n".join(block.text for block in page_read.blocks)


@pytest.fixture
def page() -> Any:
    return pymupdf.open().new_page()


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize(
    "said", ["call glp_set_row_bnds or Fp_pow first", "the command stoch_simul", "oo_ and oo_.bvar", "an x__y of it"]
)
def test_a_short_rule_on_the_baseline_is_an_underscore(page: Any, tmp_path: Path, said: str, filled: bool) -> None:
    set_line(page, said, filled=filled)
    assert read(page, tmp_path) == said


@pytest.mark.parametrize(
    ("creator", "is_looked_for"),
    [
        ("LaTeX with hyperref", True),
        ("", True),
        ("Microsoft® Word 2016", False),
        ("EDGAR Filing HTML Converter", False),
    ],
)
def test_programs_that_set_them_as_signs_draw_none(
    page: Any, tmp_path: Path, creator: str, is_looked_for: bool
) -> None:
    set_line(page, "call glp_set first")
    page.parent.set_metadata({"creator": creator})
    assert ("_" in read(page, tmp_path)) is is_looked_for


@pytest.mark.parametrize("raised", [-2.0, 2.5, 7.0])
def test_a_rule_off_the_baseline_is_none(page: Any, tmp_path: Path, raised: float) -> None:
    set_line(page, "call glp_set first", raised)
    assert read(page, tmp_path) == "call glp set first"


@pytest.mark.parametrize(
    ("drawn", "width"),
    [
        ([(100, 99.8), (140, 99.8)], 0.4),  # a blank to fill in
        ([(72, 99.8), (75, 99.8)], 0.4),  # below a letter
        ([(94, 99.8), (97, 99.8)], 1.5),  # a bar
        ([(99, 99.8), (102, 99.8)], 0.4),  # a dash between two spaces
    ],
)
def test_other_rules_are_none(page: Any, tmp_path: Path, drawn: Sequence[Any], width: float) -> None:
    page.insert_text((72, 100), "name      of", fontname="tiro", fontsize=10)
    page.draw_line(*drawn, width=width)
    assert "_" not in read(page, tmp_path)


def test_the_side_of_a_frame_before_its_title_is_none(page: Any, tmp_path: Path) -> None:
    page.insert_text((72, 100), "Schema", fontname="tiro", fontsize=10)
    page.draw_line((68, 99.8), (71.5, 99.8), width=0.4)
    page.draw_line((68, 99.8), (68, 140), width=0.4)
    assert read(page, tmp_path) == "Schema"
