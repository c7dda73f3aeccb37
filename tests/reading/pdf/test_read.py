"""PDFs as they come: whole, scanned, garbled, locked, cut, damaged; and what their lines become."""

import contextlib
import os
from pathlib import Path
from typing import Any

import pytest

from ragcli.errors import ReadError
from ragcli.reading import registry
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.need import GARBLED, SCAN, TINY
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.work import Work
from ragcli.records import Block, Document
from ragcli.settings import Reading

SENTENCE = "The river rose by two metres and nobody was asleep when it came"


def new_page(document: Any) -> Any:
    return document.new_page(width=400, height=600)


def write(page: Any, y: float, text: str, x: float = 50.0, size: float = 10.0, font: str = "helv") -> None:
    page.insert_text((x, y), text, fontsize=size, fontname=font)


def saved(document: Any, tmp_path: Path, **options: Any) -> Path:
    path = tmp_path / "document.pdf"
    document.save(path, **options)
    return path


def read(document: Any, tmp_path: Path, **options: Any) -> Document:
    return read_pdf(saved(document, tmp_path, **options), Reading())


def blocks(document: Any, tmp_path: Path) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for page in read(document, tmp_path).pages for b in page.blocks]


def test_a_paragraph_is_one_block_with_its_box(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n, line in enumerate(
        ("The river rose by two metres and the hy-", "drologist, who had slept, was asked why no-", "body knew.")
    ):
        write(page, 100 + 13 * n, line)
    write(page, 180, "Another paragraph begins here.")
    first, second = read(document, tmp_path).pages[0].blocks
    assert first.text == "The river rose by two metres and the hydrologist, who had slept, was asked why nobody knew."
    assert second == Block("Another paragraph begins here.", "text", second.bbox)
    assert first.bbox is not None
    assert first.bbox[0] == pytest.approx(50, abs=1)
    assert 85 < first.bbox[1] < 100 < 126 < first.bbox[3] < 135


def test_a_soft_hyphen_at_a_line_end_goes_and_beside_such_any_other_stays(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n, line in enumerate(
        ("The upper reser\u00ad", "voir has a well-", "known book on the mea\u00ad", "sure of ri\u00ad", "vers.")
    ):
        write(page, 100 + 13 * n, line)
    write(page, 200, "Gauges of the Nor\u00ad", font="cour")
    for font in page.get_fonts():
        document.xref_set_key(font[0], "Encoding", "<</Type/Encoding/Differences[173/uni00AD]>>")
    text = "The upper reservoir has a well-known book on the measure of rivers."
    assert blocks(document, tmp_path) == [("text", text), ("code", "Gauges of the Nor-")]


def test_the_order_is_the_producers_and_columns_stay_apart(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for x, side in ((50, "left"), (220, "right")):
        for n in range(6):
            write(page, 100 + 13 * n, f"the {side} column goes on {n}", x)
    text = " ".join(text for _, text in blocks(document, tmp_path))
    assert text.count("left") == text.count("right") == 6
    assert text.rindex("left") < text.index("right")


def test_a_title_drawn_last_names_its_own_page(tmp_path: Path) -> None:
    document = pymupdf.open()
    for title in ("First things", "Second things"):
        page = new_page(document)
        for n in range(12):
            write(page, 100 + 13 * n, f"{SENTENCE}.")
        write(page, 60, title, size=18)
    assert [kind for kind, _ in blocks(document, tmp_path)] == ["heading", "text"] * 2


def test_a_drop_cap_belongs_to_its_word(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 122, "O", size=32)
    write(page, 109, "ver the past three decades the river rose", 76)
    write(page, 122, "by two metres, and nobody was asleep when", 76)
    write(page, 135, "it came.")
    text = "Over the past three decades the river rose by two metres, and nobody was asleep when it came."
    assert blocks(document, tmp_path) == [("text", text)]


def test_a_drop_cap_drawn_before_its_column_belongs_to_its_word(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 122, "L'", size=32)
    write(page, 80, "The mill and its keeper were known to all.")
    write(page, 109, "eau monta de deux mètres, et personne ne", 76)
    write(page, 122, "dormait quand elle arriva au moulin, dit", 76)
    write(page, 135, "le meunier.")
    text = "L'eau monta de deux mètres, et personne ne dormait quand elle arriva au moulin, dit le meunier."
    assert blocks(document, tmp_path)[1:] == [("text", text)]


def test_code_keeps_the_numbers_of_its_lines_and_its_indents(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n in range(4):
        write(page, 60 + 13 * n, SENTENCE)
    for n, (indent, line) in enumerate(((0, "def level(x):"), (4, "# in metres"), (4, "return x / 100")), start=1):
        write(page, 140 + 13 * n, str(n), 40, size=5)
        write(page, 140 + 13 * n, line, 50 + 6 * indent, font="cour")
    assert blocks(document, tmp_path)[1:] == [("code", "1 def level(x):\n2     # in metres\n3     return x / 100")]


def test_a_note_in_the_margin_parts_no_sentence(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 100, SENTENCE)
    write(page, 100, "The flood", 364, size=7)
    write(page, 108, "of 1921", 364, size=7)
    write(page, 113, "since the keeper of the mill had rung the bell for an hour,")
    write(page, 126, "as he had promised.")
    text = f"{SENTENCE} since the keeper of the mill had rung the bell for an hour, as he had promised."
    assert blocks(document, tmp_path) == [("text", text), ("text", "The flood of 1921")]


def test_a_large_letter_before_a_word_of_its_own_stays_apart_from_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 122, "A", size=32)
    write(page, 109, "Marrec to Vauzy, the upper reach of the river", 90)
    assert [text for _, text in blocks(document, tmp_path)] == ["A Marrec to Vauzy, the upper reach of the river"]


def test_letters_whose_size_an_ocr_layer_guesses_make_whole_paragraphs(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n in range(20):
        write(page, 60 + 13 * n, f"{SENTENCE} {n}", size=10 + 1.3 * ((7 * n) % 20) / 20)
    ((kind, text),) = blocks(document, tmp_path)
    assert kind == "text"
    assert text.count("river") == 20


def test_letters_stretched_to_even_out_their_lines_do_not_make_a_footnote_as_large_as_the_text(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n in range(20):
        write(page, 60 + 13 * n, f"{SENTENCE} {n}", size=10 + 0.01 * ((7 * n) % 20 - 10))
    write(page, 560, "1", size=5)
    write(page, 563, "The keeper told it to us, in the year of the flood.", 54, size=8)
    assert [kind for kind, _ in blocks(document, tmp_path)] == ["text", "footnote"]


def test_rows_of_a_table_keep_their_cells_apart(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n, cells in enumerate((("City", "Year", "Level"), ("Marrec", "2021", "3.18"), ("Vauzy", "2022", "2.04"))):
        for m, cell in enumerate(cells):
            write(page, 100 + 14 * n, cell, 50 + 90 * m)
    assert blocks(document, tmp_path) == [("text", "City  Year  Level\nMarrec  2021  3.18\nVauzy  2022  2.04")]


def test_lines_of_a_narrow_column_that_are_stretched_to_its_width_are_no_table(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    font = pymupdf.Font("helv")
    lines = ("The keeper of the mill wrote", "down the highest water", "of each month until", "he was asked to stop.")
    right = 50 + font.text_length(lines[0], 10)
    write(page, 100, lines[0])
    for n, line in enumerate(lines[1:3], start=1):
        words = line.split()
        gap = (right - 50 - sum(font.text_length(word, 10) for word in words)) / (len(words) - 1)
        x = 50.0
        for word in words:
            write(page, 100 + 12 * n, word, x)
            x += font.text_length(word, 10) + gap
    write(page, 136, lines[3])
    assert blocks(document, tmp_path) == [("text", " ".join(lines))]


def test_captions_lists_code_and_footnotes_are_named(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n in range(6):
        write(page, 60 + 13 * n, SENTENCE[:60])
    write(page, 150, "Figure 3: The mill, seen from the bank.", size=9)
    write(page, 190, "- first item")
    write(page, 203, "- second item, which is so long that it has to be bro-")
    write(page, 216, "ken", 56)
    write(page, 250, "def f(x):", font="cour")
    write(page, 263, "    return x", font="cour")
    write(page, 560, "1", size=5)
    write(page, 563, "The keeper told it to us.", 54, size=7)
    assert blocks(document, tmp_path)[1:] == [
        ("caption", "Figure 3: The mill, seen from the bank."),
        ("list", "- first item\n- second item, which is so long that it has to be broken"),
        ("code", "def f(x):\n    return x"),
        ("footnote", "¹ The keeper told it to us."),
    ]


def test_a_caption_goes_on_below_its_words(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n in range(6):
        write(page, 60 + 13 * n, SENTENCE[:60])
    write(page, 150, "Figure 3: The mill and the weir, seen from the bank of the")
    write(page, 162, "river", 96)
    text = "Figure 3: The mill and the weir, seen from the bank of the river"
    assert blocks(document, tmp_path)[1:] == [("caption", text)]


def test_a_sentence_about_a_figure_is_no_caption(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n, line in enumerate(
        ("Figure 3 shows that the mill stands on the bank and", "Table 2 lists the keepers of the mill.")
    ):
        write(page, 100 + 13 * n, line)
    assert [kind for kind, _ in blocks(document, tmp_path)] == ["text"]


def test_exponents_and_marks_do_not_stick_to_words(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    x = 50.0
    for text, size in (("an area of 5 km", 10), ("2", 6), (" and a concept", 10), ("7", 6)):
        write(page, 100 - (10 - size), text, x, size)
        x += pymupdf.get_text_length(text, fontsize=size)
    assert blocks(document, tmp_path) == [("text", "an area of 5 km² and a concept ⁷")]


def test_text_along_the_margin_is_read_in_its_own_direction(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 100, "Upright words.")
    page.insert_text((20, 400), "Words that climb the margin", fontsize=10, rotate=90)
    assert blocks(document, tmp_path) == [("text", "Upright words."), ("text", "Words that climb the margin")]


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_page_set_sideways_has_headers_and_headings_too(rotation: int, tmp_path: Path) -> None:
    document = pymupdf.open()
    for n in range(1, 5):
        page = document.new_page(width=600, height=400)
        write(page, 30, "Annual report")
        write(page, 80, f"{n} A heading {'of words ' * n}", size=14, font="hebo")
        for m in range(5):
            write(page, 120 + 13 * m, SENTENCE)
        write(page, 385, str(n), 500)
    landscape = pymupdf.open()
    for source in document:
        page = landscape.new_page(width=400, height=600)
        page.show_pdf_page(page.rect, document, source.number, rotate=rotation)
        page.set_rotation(rotation)
    first, *others = read(landscape, tmp_path).pages
    assert [(block.kind, block.text) for block in first.blocks][:1] == [("text", "Annual report")]
    assert [block.kind for block in first.blocks][-2:] == ["heading", "text"]
    for page in others:
        assert [block.kind for block in page.blocks] == ["heading", "text"]
        assert (page.width, page.height) == (400, 600)
        assert all(b.bbox and 0 <= b.bbox[0] < b.bbox[2] <= 400 and b.bbox[3] <= 600 for b in page.blocks)


def test_running_headers_are_left_out_and_all_pages_have_a_row(tmp_path: Path) -> None:
    document = pymupdf.open()
    for n in range(1, 6):
        page = new_page(document)
        write(page, 30, "Annual report")
        write(page, 200, f"{SENTENCE[: 40 + n]}.")
        write(page, 585, str(n), 200)
    read_document = read(document, tmp_path)
    assert [page.number for page in read_document.pages] == [1, 2, 3, 4, 5]
    assert [len(page.blocks) for page in read_document.pages] == [2, 1, 1, 1, 1]  # once, since nothing else says it
    assert all(page.method == "text" for page in read_document.pages)
    assert (read_document.pages[0].width, read_document.pages[0].height) == (400, 600)


# ---- title, author, date


def titled(title: str, tmp_path: Path, author: str = "", created: str = "") -> Document:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 60, "The Rivers of the North", size=20)
    for n in range(4):
        write(page, 100 + 13 * n, SENTENCE[:70])
    document.set_metadata({"title": title, "author": author, "creationDate": created})
    return read(document, tmp_path)


@pytest.mark.parametrize(
    "meaningless",
    ["", "untitled", "Microsoft Word - report v3.doc", "document", "main", "0000320193-22-000070", "x.tex"],
)
def test_a_meaningless_title_gives_way_to_the_printed_one(meaningless: str, tmp_path: Path) -> None:
    assert titled(meaningless, tmp_path).title == "The Rivers of the North"


def test_metadata_is_read(tmp_path: Path) -> None:
    document = titled("Rivers, a survey", tmp_path, "Ada Brook", "D:20240517093000+02'00'")
    assert (document.title, document.author, document.date) == ("Rivers, a survey", "Ada Brook", "2024-05-17")
    assert titled("", tmp_path, "Administrator", "D:garbage").author is None
    assert titled("", tmp_path, "", "D:garbage").date is None
    assert titled("", tmp_path, "", "D:202413").date == "2024"


# ---- pages that cannot be read


def picture(*lines: str) -> bytes:
    """A grey page with these lines on it."""
    document = pymupdf.open()
    page = new_page(document)
    page.draw_rect(page.rect, color=(0.9, 0.9, 0.9), fill=(0.9, 0.9, 0.9))
    for n, line in enumerate(lines):
        write(page, 100 + 13 * n, line)
    data: bytes = page.get_pixmap(dpi=100).tobytes("png")
    return data


def test_each_page_without_text_gets_its_row(tmp_path: Path) -> None:
    document = pymupdf.open()
    new_page(document).insert_image((0, 0, 400, 600), stream=picture(*[SENTENCE] * 8))
    new_page(document)
    new_page(document).draw_line((10, 10), (100, 100))
    new_page(document).insert_image((0, 0, 400, 600), stream=picture())
    stamped = new_page(document)
    stamped.insert_image((0, 0, 400, 600), stream=picture(*[SENTENCE] * 8))
    write(stamped, 300, "RECEIVED")
    path = saved(document, tmp_path)
    scan, blank, drawing, empty, stamp = read_pdf(path, Reading(ocr="never")).pages
    never = "not read, since reading.ocr is never"
    assert (scan.method, scan.problem, scan.images) == ("none", f"{SCAN}; {never}", 1)
    assert (blank.method, blank.problem, blank.images) == ("none", None, 0)
    assert (drawing.method, drawing.problem) == ("none", None)
    assert (empty.method, empty.problem, empty.images) == ("none", None, 1)
    assert (stamp.method, stamp.problem, stamp.characters) == ("text", f"{TINY}; {never}", 8)


def test_a_garbled_text_layer_is_not_taken_for_text(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n in range(4):
        page.insert_text((50, 100 + 13 * n), "abcdefghijklmnopqrstuvwxyz", fontname="helv", fontsize=10)
    path = saved(document, tmp_path)
    with pymupdf.open(path) as again:
        font = again[0].get_fonts()[0][0]
        cmap = again.get_new_xref()
        again.update_object(cmap, "<<>>")
        again.update_stream(
            cmap,
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
            b"endcodespacerange 1 beginbfrange <00> <FF> <E000> endbfrange endcmap end end",
        )
        again.xref_set_key(font, "ToUnicode", f"{cmap} 0 R")
        garbled = tmp_path / "garbled.pdf"
        again.save(garbled)
    (read_page,) = read_pdf(garbled, Reading(ocr="never")).pages
    assert (read_page.method, read_page.blocks) == ("none", ())
    assert read_page.problem is not None
    assert read_page.problem.startswith(GARBLED)


def test_a_page_that_fails_costs_that_page_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = pymupdf.open()
    for n in range(3):
        write(new_page(document), 100, f"{SENTENCE}, {n * n}.")
    path = saved(document, tmp_path)
    load = pymupdf.Document.load_page

    def failing(self: Any, number: int) -> Any:
        if number == 1:
            raise RuntimeError("code=7: cycle in \x1b[31mpage tree")
        return load(self, number)

    monkeypatch.setattr(pymupdf.Document, "load_page", failing)
    first, second, third = read_pdf(path, Reading()).pages
    problem = "unreadable: code=7: cycle in page tree; copy the file again, or print it to a new PDF"
    assert (second.method, second.problem, second.number) == ("none", problem, 2)
    assert first.characters > 40 < third.characters


# ---- files that cannot be read


def failure(path: Path, password: str | None = None) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_pdf(path, Reading(), Work(passwords=(password,) if password else ()))
    assert str(path) in caught.value.what
    return caught.value


def whole(tmp_path: Path, pages: int = 5) -> Path:
    document = pymupdf.open()
    for n in range(pages):
        page = new_page(document)
        for m in range(20):
            write(page, 60 + 13 * m, f"{SENTENCE[n : n + 50]} {m * n}")
    return saved(document, tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    assert failure(path).kind == "empty"


def test_a_file_cut_short(tmp_path: Path) -> None:
    path = whole(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:300])
    assert failure(path).kind == "truncated"
    path.write_bytes(content[: content.rindex(b"xref")])
    (warning,) = read_pdf(path, Reading()).warnings
    assert "its end is" in warning


@pytest.mark.parametrize("content", [b"PK\x03\x04 a zip", b"hello", b"<html></html>"])
def test_what_is_no_pdf_inside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(content)
    assert failure(path).kind == "damaged"


def test_passwords(tmp_path: Path) -> None:
    document = pymupdf.open()
    write(new_page(document), 100, SENTENCE)
    lock = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "owner_pw": "owner"}
    path = saved(document, tmp_path, user_pw="river", **lock)
    assert failure(path).kind == failure(path, "wrong").kind == "encrypted"
    assert read_pdf(path, Reading(), Work(passwords=("x", "river"))).pages[0].characters == len(SENTENCE)
    assert read_pdf(path, Reading(), Work(passwords=("owner",))).pages[0].characters == len(SENTENCE)
    open_to_all = saved(document, tmp_path, user_pw="", **lock)
    assert read_pdf(open_to_all, Reading()).pages[0].characters == len(SENTENCE)


def test_ligatures_that_were_mapped_as_letters_are_spelt_out_in_tables_too(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 100, "The Þrst ofÞce of the Þnancial year")
    write(page, 200, "proÞle ßat")
    table = Block("| proÞle |\n| --- |\n| ßat |", "table", (40, 180, 300, 220))
    read = read_pdf(saved(document, tmp_path), Reading(), found={1: [table]})
    assert [block.text for block in read.pages[0].blocks] == [
        "The first office of the financial year",
        "| profile |\n| --- |\n| flat |",
    ]


@pytest.mark.parametrize(
    ("filters", "is_read"),
    [("/StmF /Identity /StrF /Identity", True), ("", True), ("/StmF /StdCF", False), ("/StrF /StdCF", False)],
)
def test_a_pdf_that_locks_only_its_attachments_is_read(tmp_path: Path, filters: str, is_read: bool) -> None:
    document = pymupdf.open()
    write(new_page(document), 100, SENTENCE)
    document.embfile_add("annex.txt", b"the annex")
    path = saved(document, tmp_path)
    keys = f"/Filter /Standard /V 4 /R 4 /Length 128 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> /EFF /StdCF {filters}"
    lock = f"/Encrypt << {keys} /CF << /StdCF << /CFM /AESV2 /AuthEvent /EFOpen /Length 16 >> >> >>"
    path.write_bytes(path.read_bytes().replace(b"trailer\n<<", b"trailer\n<<" + lock.encode()))
    if is_read:
        read = read_pdf(path, Reading())
        assert [block.text for block in read.pages[0].blocks] == [SENTENCE]
        assert read.warnings == ("attached files are not read, save them beside it: annex.txt",)
    else:
        assert failure(path).kind == "encrypted"


def test_of_a_file_cut_short_each_page_has_text_or_a_problem(tmp_path: Path) -> None:
    document = pymupdf.open()
    for number in range(12):
        text = f"Page {number}. " + "The river rose by two metres. " * 60
        document.new_page().insert_textbox((72, 72, 500, 700), text)
    whole = document.tobytes(deflate=False)
    for share in (0.3, 0.5, 0.7):
        path = tmp_path / f"cut-{share}.pdf"
        path.write_bytes(whole[: int(share * len(whole))])
        pages = read_pdf(path, Reading()).pages
        assert len(pages) == 12
        assert all((page.problem is None) == (page.characters > 0) for page in pages)
        assert 0 < sum(page.problem is not None for page in pages) < 12


def test_a_file_cut_short_without_any_text_has_failed(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page()
    path = tmp_path / "blank.pdf"
    path.write_bytes(document.tobytes()[:-30])
    (page,) = read_pdf(path, Reading()).pages
    assert page.problem is None
    with pytest.raises(ReadError) as failed:
        registry.read(path, Reading())
    assert failed.value.kind == "empty"


def test_a_repaired_file_keeps_all_its_text_and_says_so(tmp_path: Path) -> None:
    path = whole(tmp_path)
    sound = [page.characters for page in read_pdf(path, Reading()).pages]
    path.write_bytes(b"junk " * 400 + path.read_bytes())
    repaired = read_pdf(path, Reading())
    assert [page.characters for page in repaired.pages] == sound
    assert len(repaired.warnings) == 1
    assert repaired.warnings[0].startswith("repaired: the file is damaged, text may be missing; ")


def test_a_broken_outline_or_metadata_is_no_reason_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = whole(tmp_path, 1)
    monkeypatch.setattr(pymupdf.Document, "get_toc", lambda self: [[1, "a", -1], [1, "b", 9]])
    assert read_pdf(path, Reading()).pages[0].characters > 500

    def loop(self: Any) -> Any:
        raise RuntimeError("outline loops")

    monkeypatch.setattr(pymupdf.Document, "get_toc", loop)
    assert read_pdf(path, Reading()).pages[0].characters > 500


def test_nothing_of_the_document_reaches_stdout(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = whole(tmp_path, 1)
    path.write_bytes(b"junk" + path.read_bytes().replace(b"endstream", b"endstraem", 1))
    with contextlib.suppress(ReadError):
        read_pdf(path, Reading())
    assert capfd.readouterr() == ("", "")


def test_what_is_drawn_over_itself_to_be_bold_is_there_once(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for shift in (0.0, 0.3, 0.6):
        write(page, 100, "Debts at the end of 1912: none.", x=50 + shift)
    write(page, 112, "The same, the same.")
    write(page, 124, "The same, the same.")
    assert blocks(document, tmp_path) == [
        ("text", "Debts at the end of 1912: none. The same, the same. The same, the same.")
    ]


def test_what_a_pdf_carries_beside_its_pages_is_named(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 100, SENTENCE)
    page.add_text_annot((300, 300), "Check the date!")
    page.add_highlight_annot(pymupdf.Rect(50, 90, 100, 104))  # says nothing
    document.embfile_add("costs", b"1,2", filename="costs.csv")
    page.add_file_annot((300, 350), b"3,4", "plan.csv")
    assert read(document, tmp_path).warnings == (
        "1 comment of readers left out: p.1",
        "attached files are not read, save them beside it: costs.csv, plan.csv",
    )


def test_letters_that_begin_alike_keep_their_first_sentence(tmp_path: Path) -> None:
    document = pymupdf.open()
    for name in ("Zelda", "Ada", "Ines", "Ola"):
        page = new_page(document)
        write(page, 30, "Halvern Trust")
        write(page, 60, "We are glad to tell you that the trust has decided on")
        write(page, 72, f"14 May to grant your request, and that the post goes to {name}.")
    pages = read(document, tmp_path).pages
    start = "We are glad to tell you that the trust has decided on 14 May to grant"
    assert [page.blocks[-1].text[: len(start)] for page in pages] == [start] * 4


def test_signs_of_symbol_fonts_are_spelt_out(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=500, height=300)
    for x, font, letters in ((50, "cour", "x"), (70, "helv", "Annual report of the river board"), (260, "cour", "o")):
        page.insert_text((x, 100), letters, fontname=font)
    page.insert_text((280, 100), "Transition report", fontname="helv")
    for number, _, _, name, *_ in page.get_fonts():
        if name == "Courier":
            document.xref_set_key(number, "BaseFont", "/ABCDEF+Wingdings-Regular")
    document.save(tmp_path / "form.pdf")
    [page] = read_pdf(tmp_path / "form.pdf", Reading()).pages
    text = " ".join(" ".join(block.text for block in page.blocks).split())
    assert text == "☒ Annual report of the river board ☐ Transition report"


def test_a_file_whose_name_is_no_utf8(tmp_path: Path) -> None:
    document = pymupdf.open()
    write(new_page(document), 100, SENTENCE)
    file = saved(document, tmp_path).rename(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf"))
    assert read_pdf(file, Reading()).pages[0].blocks[0].text == SENTENCE


def test_a_word_that_is_spaced_out_is_a_word(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n, said in enumerate(("A R T I C L E   I N F O", "A B C D E F G H", "A B S T R A C T", "I a m n o t")):
        write(page, 100 + 60 * n, said, font="hebo")
    assert [text for _, text in blocks(document, tmp_path)] == [
        "ARTICLE INFO",
        "A B C D E F G H",
        "ABSTRACT",
        "I a m n o t",
    ]


def test_a_grave_that_begins_a_word_belongs_to_it_where_accents_are_set_apart(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    for n, line in enumerate(
        ("La rivi`ere est mont´ee, et l'´etat", "du pont a ´et´e relev´e", "d`es l'aube `a l'´echelle.")
    ):
        write(page, 100 + 13 * n, line)
    write(page, 160, "print(`a`)", font="cour")
    text = "La rivière est montée, et l'état du pont a été relevé dès l'aube à l'échelle."
    assert blocks(document, tmp_path) == [("text", text), ("code", "print(`a`)")]


@pytest.mark.parametrize("counted", [b"/Count 0", b"/Count 2"])
def test_pages_that_a_file_does_not_count_are_read_from_a_rewritten_copy(counted: bytes, tmp_path: Path) -> None:
    path = whole(tmp_path, 3)
    path.write_bytes(path.read_bytes().replace(b"/Count 3", counted))
    found = read_pdf(path, Reading())
    assert all(page.characters > 500 for page in found.pages)
    assert len(found.pages) == 3
    assert found.warnings == ("repaired: the file is damaged, text may be missing; it was read from a rewritten copy",)


def test_a_page_that_stands_for_a_form_is_not_the_form(tmp_path: Path) -> None:
    document = pymupdf.open()
    write(new_page(document), 100, "Please wait... If this message is not eventually replaced, upgrade.")
    document.xref_set_key(document.pdf_catalog(), "NeedsRendering", "true")
    (page,) = read(document, tmp_path).pages
    assert page.problem is not None
    assert "only Adobe Reader" in page.problem


def test_a_sign_of_an_unknown_font_before_a_text_is_a_bullet(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 100, "The wardens agreed:")
    for y, said in ((130, "To grease the sluice each month"), (150, "To watch the weir in November")):
        page.insert_text((50, y), "n", fontname="cour", fontsize=10)
        write(page, y, said, x=62)
    unmapped(document, "Courier")
    assert blocks(document, tmp_path)[-1] == (
        "list",
        "• To grease the sluice each month\n• To watch the weir in November",
    )


@pytest.mark.parametrize("said", ["2 + 4|g|/(h - 3)", "x = 0, y - 1 < n + 1"])
def test_a_sign_of_an_unknown_font_before_a_formula_is_none(tmp_path: Path, said: str) -> None:
    document = pymupdf.open()
    page = new_page(document)
    page.insert_text((50, 130), "n", fontname="cour", fontsize=10)
    write(page, 130, said, x=62)
    unmapped(document, "Courier")
    ((kind, text),) = blocks(document, tmp_path)
    assert kind == "text"
    assert "•" not in text


def test_a_control_before_a_text_is_a_bullet_whose_font_has_no_names(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 100, "The wardens agreed:")
    for y, said in ((130, "to grease the sluice each month"), (150, "to watch the weir in November")):
        page.insert_text((50, y), "n", fontname="cour", fontsize=10)
        write(page, y, said, x=62)
    unmapped(document, "Courier", "/a136")
    assert blocks(document, tmp_path)[-1] == (
        "list",
        "• to grease the sluice each month\n• to watch the weir in November",
    )


def test_a_layer_of_numbers_is_its_text_where_the_page_shows_the_same(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    said = "Käferhofen, the twelfth of May: the weir holds."
    document = pymupdf.open()
    page = new_page(document)
    page.insert_text((20, 100), said, fontname="cour", fontsize=12)
    page.insert_image((0, 0, 400, 600), stream=picture(said))
    unmapped(document, "Courier")
    (found,) = read(document, tmp_path).pages
    assert (found.method, found.problem) == ("text", None)
    assert [block.text for block in found.blocks] == [said]


def unmapped(document: Any, base_font: str, name_of_n: str = "/zz110") -> None:
    """Leave a font of the first page without any way to Unicode: its glyphs have names that nobody knows."""
    names = " ".join(name_of_n if number == ord("n") else f"/zz{number}" for number in range(32, 256))
    for xref, _, _, name, *_ in document[0].get_fonts():
        if name == base_font:
            document.xref_set_key(xref, "Encoding", f"<</Type/Encoding/Differences[32 {names}]>>")


def test_signs_that_nobody_can_name_make_no_paragraph(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 60), "nnn", fontsize=40, fontname="tiro")
    for n in range(8):
        page.insert_text((50, 150 + 12 * n), "The river rose by two metres and nobody slept", fontsize=10)
    unmapped(document, "Times-Roman")
    assert [text for _, text in blocks(document, tmp_path)] == [
        " ".join(["The river rose by two metres and nobody slept"] * 8)
    ]
