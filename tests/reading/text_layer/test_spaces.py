"""Words whose spaces are too narrow for MuPDF come apart; compounds and spaced-out letters stay as they are."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.content import Content
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.text_layer.spaces import runs_together, without_spaces_before_stops
from ragcli.settings import Reading

FONT = pymupdf.Font("hebo")


def set_words(page: Any, words: str, y: float, gap: float, between: float = 0.0, size: float = 14.0) -> None:
    """Write letter by letter, `between` letters and `gap` between words, in sizes; no space character anywhere."""
    writer = pymupdf.TextWriter(page.rect)
    x = 50.0
    for word in words.split():
        for letter in word:
            writer.append((x, y), letter, font=FONT, fontsize=size)
            x += FONT.glyph_advance(ord(letter)) * size + between * size
        x += gap * size
    writer.write_text(page)


def text_of(page: Any, tmp_path: Path) -> str:
    page.parent.save(tmp_path / "tight.pdf")
    return "\n".join(block.text for page in read_pdf(tmp_path / "tight.pdf", Reading()).pages for block in page.blocks)


@pytest.fixture
def page() -> Any:
    return pymupdf.open().new_page(width=600, height=400)


def test_words_set_tight_come_apart_in_all_lines_of_their_font(page: Any, tmp_path: Path) -> None:
    set_words(page, "The five questions that inspectors ask", 100, gap=0.14)
    set_words(page, "Our ratings", 160, gap=0.14)
    assert "Thefivequestions" in page.get_text()
    assert text_of(page, tmp_path).split("\n") == ["The five questions that inspectors ask", "Our ratings"]


def test_a_compound_is_one_word(page: Any, tmp_path: Path) -> None:
    set_words(page, "Donaudampfschifffahrtsgesellschaft", 100, gap=0.14)
    assert text_of(page, tmp_path) == "Donaudampfschifffahrtsgesellschaft"


def test_spaced_out_letters_are_one_word(page: Any, tmp_path: Path) -> None:
    set_words(page, "Donaudampfschifffahrtsgesellschaft", 100, gap=0.14, between=0.12)
    assert text_of(page, tmp_path) == "Donaudampfschifffahrtsgesellschaft"


def test_capitals_that_stand_apart_are_words(page: Any, tmp_path: Path) -> None:
    font = pymupdf.Font("helv")
    writer = pymupdf.TextWriter(page.rect)
    x = 50.0
    for n, letter in enumerate("GEGENSTANDDERUNTERSUCHUNG"):  # kerned, as browsers do: some gaps are wider than others
        writer.append((x, 100), letter, font=font, fontsize=14)
        x += font.glyph_advance(ord(letter)) * 14 + (0.13 if n % 2 else 0.18) * 14 + (6 if n in (9, 12) else 0)
    writer.write_text(page)
    assert "GEGENSTAND" not in page.get_text()
    assert text_of(page, tmp_path) == "GEGENSTAND DER UNTERSUCHUNG"


def test_a_heading_whose_letters_a_writer_set_apart_is_words(page: Any, tmp_path: Path) -> None:
    page.insert_text((50, 100), "P r o f i l o   p r o f e s s i o n a l e", fontsize=12)
    page.insert_textbox((50, 120, 540, 300), "The river rose by two metres in the night. " * 4, fontsize=10)
    assert text_of(page, tmp_path).startswith("Profilo professionale\n")


def test_letters_in_columns_or_in_their_order_stay_apart(page: Any, tmp_path: Path) -> None:
    set_words(page, "x y z x y z", 100, gap=1.0)
    page.insert_text((50, 130), "a b c d e f g h", fontsize=12)
    page.insert_textbox((50, 160, 540, 300), "The river rose by two metres in the night. " * 4, fontsize=10)
    text = text_of(page, tmp_path)
    assert "xyz" not in text
    assert "a b c d e f g h" in text


def test_short_words_in_capitals_stay_apart(page: Any, tmp_path: Path) -> None:
    set_words(page, "EM FR EM UK DE EM", 100, gap=0.3)
    assert text_of(page, tmp_path) == "EM FR EM UK DE EM"


def test_scripts_without_spaces_are_left() -> None:
    assert not runs_together("การประเมินผลกระทบสิ่งแวดล้อมของโครงการ")
    assert not runs_together("the usual words of a sentence")
    assert runs_together("Compositionofthepretrainingdata")


def test_korean_that_draws_no_spaces_has_them_where_its_words_stand_apart(page: Any, tmp_path: Path) -> None:
    font = pymupdf.Font("korea")
    said = "강은 사 킬로미터를 더 흘러 바다에 닿는다 다리는 셋이다"
    writer = pymupdf.TextWriter(page.rect)
    x = 50.0
    for letter in said:
        if letter != " ":
            writer.append((x, 100), letter, font=font, fontsize=12)
        x += 12 * (0.4 if letter == " " else 1.0)
    writer.write_text(page)
    assert text_of(page, tmp_path) == said


def draw(page: Any, operands: str) -> None:
    """Draw a line by one operator, which moves the pen between its strings."""
    page.insert_text((50, 100), "x", fontname="helv", fontsize=10)
    page.parent.update_stream(page.get_contents()[0], f"BT /helv 10 Tf 50 300 Td [{operands}] TJ ET".encode())


def test_a_tight_line_comes_apart_though_one_of_its_spaces_is_wide(page: Any, tmp_path: Path) -> None:
    draw(page, "(although) -145 (generally) -145 (at) -145 (the) -145 (expense,) -400 (by) -145 (adding)")
    assert "althoughgenerallyattheexpense, by" in page.get_text()
    assert text_of(page, tmp_path) == "although generally at the expense, by adding"


def test_a_space_that_a_ligature_is_drawn_over_is_none(page: Any, tmp_path: Path) -> None:
    draw(page, "(a signifi ) 278 (cant sum of sci-fi tales)")
    assert "signifi cant" in page.get_text()
    assert text_of(page, tmp_path) == "a significant sum of sci-fi tales"


def with_stops_apart(page: Any) -> Any:
    """The page with the sign of a stop mapped to a space and a stop, as some fonts do."""
    document = page.parent
    cmap = document.get_new_xref()
    document.update_object(cmap, "<<>>")
    lines = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <2e> <0020002e> endbfchar"
    document.update_stream(cmap, f"begincmap {lines} endcmap".encode())
    for xref, *_ in page.get_fonts():
        document.xref_set_key(xref, "ToUnicode", f"{cmap} 0 R")
    return pymupdf.open("pdf", document.tobytes())[0]


def test_a_stop_whose_sign_stands_for_a_space_too_has_none_before_it(page: Any, tmp_path: Path) -> None:
    page.insert_text(
        (50, 100), "By 2026 the tolls rise to 4.3 crowns. Section 2.1.001 of the U.S. says so.", fontname="helv"
    )
    page = with_stops_apart(page)
    assert "4 .3 crowns ." in page.get_text()
    assert text_of(page, tmp_path) == "By 2026 the tolls rise to 4.3 crowns. Section 2.1.001 of the U.S. says so."


def test_a_space_that_is_drawn_before_a_stop_stays(page: Any, tmp_path: Path) -> None:
    page.insert_text((50, 100), "The file ends in .txt , and the path in ./ok .", fontname="helv")
    assert text_of(page, tmp_path) == "The file ends in .txt , and the path in ./ok ."


def test_cells_of_tables_have_no_space_before_such_stops(page: Any) -> None:
    page.insert_text((50, 100), "Score 4.3 of 5.", fontname="helv")
    cells = ["4 .3", "of 5 .", "by .2", "a, b"]
    assert without_spaces_before_stops(Content(page), cells) == cells
    assert without_spaces_before_stops(Content(with_stops_apart(page)), cells) == ["4.3", "of 5.", "by .2", "a, b"]


def test_letters_set_apart_in_two_fonts_stand_above_a_ligature_with_a_space(page: Any, tmp_path: Path) -> None:
    draw(page, "(The Romans put a signifi ) 278 (cant sum of money into the bridges of all the rivers.)")
    first = "P r o f i l o   "
    page.insert_text((50, 60), first, fontname="helv", fontsize=12)
    x = 50 + pymupdf.get_text_length(first, "helv", 12)
    page.insert_text((x, 60), "p r o f e s s i o n a l e", fontname="tiro", fontsize=12)
    page.insert_textbox((50, 140, 540, 300), "The river rose by two metres in the night. " * 4, fontsize=10)
    text = text_of(page, tmp_path)
    assert "a significant sum" in text
    assert "Profilo professionale" in text


def test_an_accent_over_a_letter_of_a_tight_word_begins_no_word(page: Any, tmp_path: Path) -> None:
    umlaut = "(Qualit) -120 (\\250) 453 (atssicherung)"  # the a begins where the t ends
    draw(page, f"(wissenschaftliche) -145 {umlaut} -145 (aller) -145 (Forschungsvorhaben)")
    assert text_of(page, tmp_path) == "wissenschaftliche Qualitätssicherung aller Forschungsvorhaben"


def test_names_in_another_font_are_words_of_a_tight_sentence(page: Any, tmp_path: Path) -> None:
    x = 50.0
    for words, name in (("The environment", "helv"), ("description", "tiro"), ("has no spaces", "helv")):
        page.insert_text((x, 100), words, fontname=name, fontsize=10)
        x += pymupdf.get_text_length(words, name, 10) + 1.4
    assert "environmentdescription" in page.get_text()
    assert text_of(page, tmp_path) == "The environment description has no spaces"
