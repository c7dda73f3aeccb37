"""Where paragraphs, items and tables of a PDF end."""

from pathlib import Path
from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

LINE = "The river rose by two metres and nobody was asleep when it came"


def page_of(document: Any) -> Any:
    return document.new_page(width=400, height=600)


def write(page: Any, y: float, text: str, x: float = 50.0, size: float = 10.0, font: str = "helv") -> None:
    page.insert_text((x, y), text, fontsize=size, fontname=font)


def blocks(document: Any, tmp_path: Path) -> list[tuple[str, str]]:
    document.save(tmp_path / "a.pdf")
    return [(block.kind, block.text) for page in read_pdf(tmp_path / "a.pdf", Reading()).pages for block in page.blocks]


def test_the_name_of_an_author_above_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    write(page, 100, "By Ada Brook", font="heit")
    for n in range(3):
        write(page, 112 + 12 * n, LINE)
    assert blocks(document, tmp_path)[0] == ("text", "By Ada Brook")


def test_a_number_that_a_line_of_an_item_begins_with_is_no_item(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    write(page, 100, "4.")
    write(page, 100, f"{LINE} 1 or", x=62)
    write(page, 112, f"0. {LINE} a", x=62)
    write(page, 124, "second time.", x=62)
    write(page, 142, "5.")
    write(page, 142, "Nobody knew.", x=62)
    assert blocks(document, tmp_path) == [("list", f"4. {LINE} 1 or 0. {LINE} a second time.\n5. Nobody knew.")]


def test_each_line_of_a_table_of_contents_is_one(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    lines = [f"Name and form of the club {'. ' * 30}2", f"Purpose of the whole of it {'. ' * 30}3"]
    for n, line in enumerate(lines):
        write(page, 100 + 12 * n, line)
    assert blocks(document, tmp_path) == [("text", "\n".join(lines))]


def test_a_heading_ends_the_table_above_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    document.set_metadata({"title": "What the mill serves"})
    for n, dish in enumerate(("Trout", "Beef", "Desserts", "Tart", "Ice cream")):
        is_heading = dish == "Desserts"
        write(page, 100 + 14 * n, dish, size=14 if is_heading else 10, font="hebo" if is_heading else "helv")
        if not is_heading:
            write(page, 100 + 14 * n, f"{n}.50", x=200)
    assert [text for _, text in blocks(document, tmp_path)] == [
        "Trout  0.50\nBeef  1.50",
        "Desserts",
        "Tart  3.50\nIce cream  4.50",
    ]


def test_an_address_of_the_web_in_letters_of_a_typewriter_is_no_code(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n in range(6):
        write(page, 100 + 12 * n, LINE)
    for y, mark, text, font in (
        (520, "1", "The records of the mill are to be had at", "helv"),
        (529, "", "https://mill.example/records", "cour"),
        (542, "2", "https://mill.example/gauges", "cour"),
    ):
        write(page, y - 3, mark, size=5)
        write(page, y, text, x=53, size=8, font=font)
    assert blocks(document, tmp_path)[1:] == [
        ("footnote", "¹ The records of the mill are to be had at https://mill.example/records"),
        ("footnote", "² https://mill.example/gauges"),
    ]


def test_prose_in_wide_lines_is_whole_in_a_document_of_tables(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    lines = ["The dam at Orle was raised in the spring after", "the flood, since nobody had seen the water so",
             "high before, and was tested in June."]  # fmt: skip
    for n, line in enumerate((*lines, *lines)):
        write(page, 100 + 19 * n + (8 if n > 2 else 0), line, size=11)
    for _ in range(2):
        page = page_of(document)
        for n in range(40):
            write(page, 60 + 10 * n, f"Gauge {n}", size=8)
            write(page, 60 + 10 * n, f"{n}.25", x=200, size=8)
    assert blocks(document, tmp_path)[:2] == [("text", " ".join(lines))] * 2


def test_the_last_line_of_a_centred_paragraph_goes_on_with_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    width = pymupdf.get_text_length(LINE, fontsize=10)
    for y, line in ((100, LINE), (113, "across the bridge in Decem-"), (126, "ber 1931")):  # each a block of its own
        write(page, y, line, x=50 + (width - pymupdf.get_text_length(line, fontsize=10)) / 2)
    for n in range(3):
        write(page, 200 + 12 * n, LINE)
    assert blocks(document, tmp_path)[0] == ("text", f"{LINE} across the bridge in December 1931")


def test_lines_that_flow_round_a_captioned_figure_are_one_paragraph(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    lines = [LINE, "down the valley where the", "old mill had stood since", "the bridge was built."]
    write(page, 100, lines[0])
    write(page, 140, "Figure 1: The mill", x=230)
    for n, line in enumerate(lines[1:], start=1):
        write(page, 100 + 12 * n, line)
    for n in range(3):
        write(page, 200 + 12 * n, LINE)
    assert blocks(document, tmp_path)[0] == ("text", " ".join(lines))


def test_a_word_that_is_broken_within_a_cell_is_whole(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n, (name, said) in enumerate(
        (("quit", "A packet may be uni-"), ("", "cast to the miller"), ("stop", "No packet."))
    ):
        write(page, 100 + 12 * n, name)
        write(page, 100 + 12 * n, said, x=150)
    assert blocks(document, tmp_path) == [("text", "quit  A packet may be unicast\nto the miller\nstop  No packet.")]


def test_entries_of_a_bibliography_below_the_end_of_one_stand_by_themselves(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    write(page, 100, "The mill press.", x=65)
    for n in range(2):
        write(page, 112 + 24 * n, f"{LINE} publica-")
        write(page, 124 + 24 * n, "tions of the mill.", x=65)
    entry = f"{LINE} publications of the mill."
    assert blocks(document, tmp_path) == [("text", "The mill press."), ("text", entry), ("text", entry)]


def test_a_line_of_a_sentence_may_be_typewritten_and_a_listing_below_it_is_none(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    write(page, 100, LINE)
    write(page, 112, f"{LINE[:-5]} with")
    write(page, 124, "ring_bell, open_gate", font="cour")
    write(page, 136, "or both of them.")
    write(page, 160, "Then it fell and the miller wrote:")
    write(page, 172, "level = 2.0", font="cour")
    assert blocks(document, tmp_path) == [
        ("text", f"{LINE} {LINE[:-5]} with ring_bell, open_gate or both of them."),
        ("text", "Then it fell and the miller wrote:"),
        ("code", "level = 2.0"),
    ]


def test_the_words_of_a_caption_below_its_bold_label_are_of_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    write(page, 100, "Table 1", size=9, font="hebo")
    write(page, 111, "Heights of the river at the mill, by month and year.", size=9)
    write(page, 140, LINE)
    assert blocks(document, tmp_path)[0] == (
        "caption",
        "Table 1 Heights of the river at the mill, by month and year.",
    )


def test_each_paragraph_of_a_law_is_one(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    lines = [
        "Art. 1º O desligamento é aplicado ao estudante em uma das situações:",
        "I - Abandono das atividades escolares;",
        "II - Aproveitamento insuficiente.",
        "§ 1º Considera-se que houve abandono quando ele não se matricula nos termos do",
        "§ 2º, artigo 3º da Lei.",
        "Parágrafo único. A portaria é publicada no Diário Oficial.",
        "Art. 2º As regras sobre a oferta especial são objeto de resolução própria.",
    ]
    for n, line in enumerate(lines):
        write(page, 100 + 11 * n, line, size=9)
    assert [text for _, text in blocks(document, tmp_path)] == [*lines[:3], f"{lines[3]} {lines[4]}", *lines[5:]]


def test_a_description_goes_on_below_its_first_line_however_far_it_is_indented(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n, indent in enumerate((25.6, 50.0)):
        y = 100 + 200 * n
        write(page, y, f"Freedom: {LINE[:52]} and")
        write(page, y + 12, LINE[30:], x=50 + indent)
        write(page, y + 30, f"Openness: {LINE[:50]} its")
        write(page, y + 42, f"{LINE[22:]}.", x=50 + indent)
    first, second = f"Freedom: {LINE[:52]} and {LINE[30:]}", f"Openness: {LINE[:50]} its {LINE[22:]}."
    assert blocks(document, tmp_path) == [("text", first), ("text", second)] * 2


def test_names_in_smaller_or_bold_letters_part_no_sentence(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    narrow = LINE.replace("nobody was asleep", "nobody slept")
    write(page, 100, LINE)
    write(page, 112, f"{narrow} near to")
    write(page, 124, "ring_bell or open_gate", size=8.5)
    write(page, 160, "The mill press.")
    write(page, 180, "Nobody may ring the bell or open the gate while all the rivers", font="hebo")
    write(page, 192, f"rise. {narrow} to")
    write(page, 204, "the town.")
    assert blocks(document, tmp_path) == [
        ("text", f"{LINE} {narrow} near to ring_bell or open_gate"),
        ("text", "The mill press."),
        ("text", f"Nobody may ring the bell or open the gate while all the rivers rise. {narrow} to the town."),
    ]


def test_a_chinese_sentence_that_has_ended_does_not_run_on(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    said = "河水在夜里上涨了两米，没有人睡着。"
    for n in range(3):
        write(page, 100 + 19 * n, said + said[9 * (2 - n) :], font="china-s")
    assert blocks(document, tmp_path)[:1] == [("text", said + said[18:])]


def test_items_of_typewritten_names_are_a_list_and_no_code(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n in range(3):
        write(page, 100 + 12 * n, LINE)
    for n, name in enumerate(("open_gate_of_the_mill", "ring_bell_of_the_mill")):
        write(page, 140 + 12 * n, "- ")
        write(page, 140 + 12 * n, name, x=58, font="cour")
    assert blocks(document, tmp_path)[1:] == [("list", "- open_gate_of_the_mill\n- ring_bell_of_the_mill")]


def test_lines_of_code_that_are_empty_or_a_bracket_keep_their_numbers(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n in range(3):
        write(page, 100 + 12 * n, LINE)
    for n, code in enumerate(("def level(x) {", "", "return x", "}"), start=7):
        write(page, 130 + 11 * n, f"{n} ", size=9 if code else 7)
        if code:
            write(page, 130 + 11 * n, code, x=59, size=9, font="cour")
    assert blocks(document, tmp_path)[1:] == [("code", "7 def level(x) {\n8\n9 return x\n10 }")]


def test_a_name_in_the_margin_of_code_does_not_indent_it(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = page_of(document)
    for n in range(3):
        write(page, 100 + 12 * n, LINE)
    for x, y, code in (
        (150, 140, "1 def level(x):"),
        (60, 152, "level"),
        (150, 164, "2     return x"),
        (150, 176, "3 end"),
    ):
        write(page, y, code, x=x, font="cour")
    assert blocks(document, tmp_path)[1:] == [("code", "1 def level(x):\nlevel\n2     return x\n3 end")]
