"""Arabic and Hebrew pages: lines whole and in the order of reading, whatever order their letters were drawn in."""

from pathlib import Path
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.text_layer.leftwards import has_leftward
from ragcli.settings import Reading

HEBREW = (
    "גשר הלברן נחנך ב־14 במאי 1887 על ידי מהנדסת המחוז, עדה פרואט. בשיטפון של שנת 1903 נחתר העמוד השלישי והמסעה שקעה."
)
MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar %s endbfchar
endcmap CMapName currentdict /CMap defineresource pop end end"""


def text(document: Any, tmp_path: Path) -> list[str]:
    path = tmp_path / "a.pdf"
    document.save(path)
    return [block.text for block in read_pdf(path, Reading()).pages[0].blocks]


def test_lines_are_whole_and_paragraphs_begin_at_the_right(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((60, 60, 500, 400), f'<p dir="rtl">{HEBREW}</p><p dir="rtl">{HEBREW} {HEBREW}</p>')
    assert text(document, tmp_path) == [HEBREW, f"{HEBREW} {HEBREW}"]


def mapped(document: Any, letters: dict[str, str]) -> None:
    """Let each code of the only font stand for what ToUnicode says."""
    (font,) = document[0].get_fonts()
    pairs = " ".join(f"<{ord(code):02x}> <{meant.encode('utf-16-be').hex()}>" for code, meant in letters.items())
    pairs += "".join(f" <{ord(code):02x}> <{ord(code):04x}>" for code in " /0123456789")
    to_unicode = document.get_new_xref()
    document.update_object(to_unicode, "<<>>")
    document.update_stream(to_unicode, (MAP % (len(letters) + 12, pairs)).encode())
    document.xref_set_key(font[0], "ToUnicode", f"{to_unicode} 0 R")


def test_letters_drawn_from_the_left_are_read_from_the_right(tmp_path: Path) -> None:
    """`A` is a ligature of two letters."""
    document = pymupdf.open()
    document.new_page().insert_text((60, 100), "1903/02/14 FEACG DDA CAB", fontsize=11)
    mapped(document, {"A": "لا", "B": "س", "C": "م", "D": "ك", "E": "ن", "F": "(", "G": ")"})
    assert text(document, tmp_path) == ["سلام لاكك (ملان) 1903/02/14"]


def test_a_word_whose_end_is_drawn_before_its_beginning_is_one(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    for x, letter in ((60, "E"), (75, "B"), (72.5, "l"), (70, "i"), (67.5, "j")):
        page.insert_text((x, 100), letter, fontsize=11)
    mapped(document, {"B": "س", "l": "ا", "i": "ل", "j": "م", "E": "ن"})
    assert text(document, tmp_path) == ["سالمن"]


def test_a_hebrew_word_on_an_english_page_moves_nothing(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox(
        (60, 60, 500, 400), "<p>The word גשר is Hebrew for bridge, and there are 2 of them in Marrec.</p>"
    )
    assert text(document, tmp_path) == ["The word גשר is Hebrew for bridge, and there are 2 of them in Marrec."]


def test_old_scripts_that_run_to_the_left_are_known() -> None:
    assert has_leftward("\U00010cd0\U00010cd1")  # Old Hungarian
