"""Headings from the outline, and from the letters where there is none."""

from pathlib import Path
from typing import Any

import pytest

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

PROSE = (
    "The gauge was read every morning by the keeper of the mill, who wrote the height of the water into a book. "
    "Nobody asked him to do so, and for forty years nobody looked into the book. "
)


class Writer:
    """A document that is written from top to bottom."""

    def __init__(self) -> None:
        self.document: Any = pymupdf.open()
        self.turn()

    def turn(self) -> None:
        self.page: Any = self.document.new_page(width=500, height=700)
        self.y = 60.0

    def line(self, text: str, size: float = 10.0, font: str = "helv", x: float = 60.0) -> None:
        self.y += 1.3 * size
        self.page.insert_text((x, self.y), text, fontsize=size, fontname=font)

    def prose(self, lines: int = 5) -> None:
        words = (PROSE * 3).split()
        for n in range(lines):
            self.line(" ".join(words[11 * n : 11 * n + 11]))
        self.y += 8

    def heading(self, text: str, size: float = 14.0, font: str = "hebo") -> None:
        self.y += 8
        self.line(text, size, font)
        self.y += 3


def headings(writer: Writer, tmp_path: Path) -> list[tuple[int | None, int, str]]:
    path = tmp_path / "a.pdf"
    writer.document.save(path)
    pages = read_pdf(path, Reading()).pages
    return [(page.number, b.level, b.text) for page in pages for b in page.blocks if b.kind == "heading"]


@pytest.fixture
def paper() -> Writer:
    writer = Writer()
    writer.line("On the Rivers of the North", 20, "hebo")
    writer.line("Ada Brook and Tom Lake", 12, "hebo")
    writer.heading("Abstract")
    writer.prose()
    writer.heading("1 Introduction")
    writer.prose()
    writer.heading("1.1 The Mill", 11)
    writer.prose()
    writer.turn()
    writer.heading("2 Methods")
    writer.prose()
    writer.heading("References")
    writer.prose()
    return writer


def test_the_letters_tell_headings_and_numbers_tell_levels(paper: Writer, tmp_path: Path) -> None:
    assert headings(paper, tmp_path) == [
        (1, 1, "On the Rivers of the North"),
        (1, 1, "Abstract"),
        (1, 1, "1 Introduction"),
        (1, 2, "1.1 The Mill"),
        (2, 1, "2 Methods"),
        (2, 1, "References"),
    ]


def test_the_outline_wins_and_known_sections_join_it(paper: Writer, tmp_path: Path) -> None:
    paper.document.set_toc([[1, "Introduction", 1], [2, "The  mill", 1], [1, "2 Methods", 1], [1, "Nowhere", 2]])
    assert headings(paper, tmp_path) == [
        (1, 1, "On the Rivers of the North"),
        (1, 1, "Abstract"),
        (1, 1, "1 Introduction"),
        (1, 2, "1.1 The Mill"),
        (2, 1, "2 Methods"),  # the outline is off by one page
        (2, 1, "References"),
    ]


def test_an_outline_title_over_two_lines_is_one_heading(tmp_path: Path) -> None:
    writer = Writer()
    writer.prose()
    writer.heading("3 A Very Long Title that the Typesetter", 14)
    writer.line("Had to Break", 14, "hebo")
    writer.prose()
    writer.document.set_toc([[1, "A very long title that the typesetter had to break", 1]])
    assert headings(writer, tmp_path) == [(1, 1, "3 A Very Long Title that the Typesetter Had to Break")]


def test_bold_words_labels_and_sentences_are_no_headings(tmp_path: Path) -> None:
    writer = Writer()
    writer.prose()
    writer.line("Net income, in millions:", 10, "hebo")
    writer.prose()
    writer.line("This sentence is bold and ends with a full stop.", 10, "hebo")
    writer.prose()
    writer.line("and these words go on", 10, "hebo")
    writer.prose()
    assert headings(writer, tmp_path) == []


def test_bold_heads_of_a_table_are_no_headings(tmp_path: Path) -> None:
    writer = Writer()
    writer.prose()
    for n, head in enumerate(("Fair value", "Cost", "Gains")):
        writer.page.insert_text((60.0 + 120 * n, writer.y + 14), head, fontsize=10, fontname="hebo")
    writer.y += 16
    for name in ("Bonds", "Shares", "Cash"):
        for n, cell in enumerate((name, "1,200", "17")):
            writer.page.insert_text((60.0 + 120 * n, writer.y + 14), cell, fontsize=10)
        writer.y += 14
    assert headings(writer, tmp_path) == []


@pytest.mark.parametrize(
    ("chapters", "articles"),
    [
        (("Chapitre Ier : Dispositions générales", "Chapitre II : Des caisses"), ("Article 1er", "Article 2")),
        (
            ("CAPÍTULO I. De los asociados", "CAPÍTULO II. De la Junta"),
            ("Artículo 11.- Concepto.", "Artículo 12.- Reuniones."),
        ),
        (("Abschnitt 1 Allgemeines", "Abschnitt 2 Organe"), ("Artikel 1 Name", "Artikel 2 Zweck")),
    ],
)
def test_parts_of_a_law(tmp_path: Path, chapters: tuple[str, ...], articles: tuple[str, ...]) -> None:
    writer = Writer()
    for chapter in chapters:
        writer.heading(chapter, 10)
        for article in articles:
            writer.heading(article, 10)
            writer.prose()
    assert [(level, text) for _, level, text in headings(writer, tmp_path)] == [
        (level, text) for chapter in chapters for level, text in ((1, chapter), *((2, article) for article in articles))
    ]


def test_a_bold_line_that_is_slightly_smaller_than_the_text_below_is_a_heading(tmp_path: Path) -> None:
    writer = Writer()
    for n in range(1, 4):
        writer.heading(f"Unit {n}: Simulation", 9.4)
        writer.prose()
    assert [text for _, _, text in headings(writer, tmp_path)] == [f"Unit {n}: Simulation" for n in range(1, 4)]


def test_numbers_that_count_through_the_document_tell_headings_whatever_follows(tmp_path: Path) -> None:
    writer = Writer()
    writer.line("On the Rivers of the North", 20, "hebo")
    for number in ("1.1", "1.2", "2.1"):
        writer.heading(f"{number} Mills and Weirs", 13)
        writer.line("Definition 4.", 10, "hebo")
        writer.y += 20
        writer.prose()
    assert [text[:3] for _, _, text in headings(writer, tmp_path)][1:] == ["1.1", "1.2", "2.1"]


def test_the_clauses_below_tell_the_heading_of_a_contract(tmp_path: Path) -> None:
    writer = Writer()
    for number, title in enumerate(("Definitions", "Term and Termination"), start=1):
        writer.y += 8
        writer.line(f"{number}. {title}")
        for clause in (1, 2):
            writer.y += 8
            writer.line(
                f"{number}.{clause} The supplier reads the gauge every morning, and the customer pays for it.", x=70
            )
    assert [text for _, _, text in headings(writer, tmp_path)] == ["1. Definitions", "2. Term and Termination"]


def test_an_article_whose_name_stands_alone_is_a_heading_in_any_letters(tmp_path: Path) -> None:
    writer = Writer()
    for number in (1, 2):
        writer.y += 8
        writer.line(f"Article {number}", x=230)
        writer.y += 8
        writer.prose(1)
    assert [text for _, _, text in headings(writer, tmp_path)] == ["Article 1", "Article 2"]


def test_a_style_of_page_1_alone_counts_below_the_first_heading(tmp_path: Path) -> None:
    writer = Writer()
    writer.line("On the Rivers of the North", 20, "hebo")
    writer.line("Ada Brook and Tom Lake", 13)
    writer.heading("The Gauge")
    writer.prose()
    writer.heading("Where It Stood", 12)
    writer.prose()
    writer.turn()
    writer.heading("The Flood")
    writer.prose()
    found = [text for _, _, text in headings(writer, tmp_path)]
    assert found[-3:] == ["The Gauge", "Where It Stood", "The Flood"]
    assert "Ada Brook and Tom Lake" not in found


def test_the_outline_names_the_title_over_two_lines_and_not_the_sentence_that_begins_like_it(tmp_path: Path) -> None:
    writer = Writer()
    writer.line("The Rivers and Mills", 20, "hebo")
    writer.line("of the North", 20, "hebo")
    writer.heading("Introduction")
    writer.line("The Rivers and Mills of the North")
    writer.line("were described by many.")
    writer.prose()
    writer.document.set_toc([[1, "The Rivers and Mills of the North", 1], [2, "Introduction", 1]])
    assert headings(writer, tmp_path) == [(1, 1, "The Rivers and Mills of the North"), (1, 2, "Introduction")]


def test_bold_capitals_are_headings_above_a_short_line_too(tmp_path: Path) -> None:
    writer = Writer()
    writer.prose()
    for name in ("NAME", "SYNOPSIS", "EXIT STATUS"):
        writer.heading(name, 10.8)
        writer.line("read the level of a river")
        writer.y += 8
    assert [text for _, _, text in headings(writer, tmp_path)] == ["NAME", "SYNOPSIS", "EXIT STATUS"]


def test_questions_set_larger_than_the_tables_of_a_form_are_no_headings(tmp_path: Path) -> None:
    writer = Writer()
    writer.line("Part I: Summary Information", 12, "hebo")
    for _ in range(2):
        for number in range(1, 4):
            writer.line(f"{number}. Has the agency approved the mill?", 9)
            writer.y += 10
            for words in (PROSE[:70], PROSE[70:140], PROSE[140:190]):
                writer.line(words, 9)
            writer.y += 12
        writer.turn()
    for _ in range(40):
        writer.line("The tables of the form are set in smaller letters and say most of what it says.", 8)
    assert [text for _, _, text in headings(writer, tmp_path)] == ["Part I: Summary Information"]


def test_a_large_bold_line_is_a_heading_above_a_table_too_and_a_cell_beside_text_is_none(tmp_path: Path) -> None:
    writer = Writer()
    writer.document.set_metadata({"title": "What the mill serves"})
    for name in ("Starters", "Desserts"):
        writer.heading(name)
        for dish in ("Trout", "Tart", "Ice cream"):
            writer.line(dish)
            writer.page.insert_text((250, writer.y), "7.50", fontsize=10)
    for action in ("AB", "IM / MR"):
        writer.y += 20
        writer.page.insert_text((430, writer.y + 13), action, fontsize=10, fontname="hebo")
        writer.prose(3)
    assert [text for _, _, text in headings(writer, tmp_path)] == ["Starters", "Desserts"]


def test_a_law_may_have_many_short_sections_on_a_page(tmp_path: Path) -> None:
    writer = Writer()
    for number in range(12):
        writer.y += 6
        writer.line(f"Duty to record the level of gauge {'abcdefghijkl'[number]}", 10, "hebo")
        writer.y += 3
        writer.prose(2)
    assert len(headings(writer, tmp_path)) == 12


def test_three_headings_of_falling_size_and_none_bold_follow_each_other(tmp_path: Path) -> None:
    """As Word sets them by default."""
    writer = Writer()
    writer.prose()
    for part in ("The river", "The mill"):
        writer.turn()
        writer.heading(part, 16, "helv")
        writer.heading(f"Aims of {part.lower()}", 13.5, "helv")
        writer.heading("The trade and its context", 11.5, "helv")
        writer.prose()
        writer.heading("What is to be built", 11.5, "helv")
        writer.prose()
    found = headings(writer, tmp_path)
    assert [(level, text) for page, level, text in found if page == 3] == [
        (1, "The mill"),
        (2, "Aims of the mill"),
        (3, "The trade and its context"),
        (3, "What is to be built"),
    ]


def test_a_part_counted_by_letters_is_a_heading_of_its_own(tmp_path: Path) -> None:
    writer = Writer()
    writer.prose()
    for n in (1, 2):
        writer.turn()
        writer.line(f"{n}. What the whole project is for", 13, "helv")
        writer.line(f"{n}.a. The trade of the whole project", 12.2, "helv")
        writer.prose()
        writer.line(f"{n}.b. The aims of the project", 12.2, "helv")
        writer.prose()
    found = headings(writer, tmp_path)
    assert [(level, text.split()[0]) for page, level, text in found if page == 3] == [
        (1, "2."),
        (2, "2.a."),
        (2, "2.b."),
    ]


def test_headings_that_are_smaller_than_the_text_have_numbers_nested_in_each_other(tmp_path: Path) -> None:
    writer = Writer()
    writer.line("On the Rivers of the North", 20, "hebo")
    for roman in ("I", "II"):
        writer.heading(f"{roman}. HIGH WATER", 9)
        writer.prose()
        writer.heading("A. The Mill", 9)
        writer.prose()
        writer.heading("1. The wheel", 9, "heit")
        writer.prose()
        writer.turn()
    assert [(level, text) for _, level, text in headings(writer, tmp_path)][-3:] == [
        (1, "II. HIGH WATER"),
        (2, "A. The Mill"),
        (3, "1. The wheel"),
    ]


def test_a_paragraph_sign_may_stand_before_a_number_and_an_abbreviation_at_the_end(tmp_path: Path) -> None:
    writer = Writer()
    writer.line("On the Rivers of the North", 20, "hebo")
    for n, end in enumerate(("Mills", "Gauges by Brook e.a."), start=1):
        writer.heading(f"§{n}. {end}", 10)
        writer.prose()
        writer.turn()
    assert [text for *_, text in headings(writer, tmp_path)][-2:] == ["§1. Mills", "§2. Gauges by Brook e.a."]


def test_a_number_stands_upright_before_words_in_italics(tmp_path: Path) -> None:
    writer = Writer()
    writer.heading("1. High Water")
    writer.prose()
    for n in (1, 2):
        writer.heading(f"1.{n}.", 10, "helv")
        writer.page.insert_text((79.5, writer.y - 3), "The course of the river", fontsize=10, fontname="heit")
        writer.prose()
    assert [text for *_, text in headings(writer, tmp_path)][-1] == "1.2. The course of the river"


def test_notes_to_accounts_in_capitals_are_headings(tmp_path: Path) -> None:
    writer = Writer()
    for number, name in enumerate(("LEASES", "INCOME TAXES"), start=12):
        for label in ("ALL AMOUNTS IN THOUSANDS", "AS REPORTED"):
            writer.y += 8
            writer.line(label, x=200)
            writer.y += 8
            writer.line("2015")
            writer.y += 20
        writer.line(f"NOTE {number} - {name}", x=200)
        writer.y += 8
        writer.prose()
        writer.line("Note 3 says how long the gauge was read, and by whom it")
        writer.line("was kept.")
    assert [text for _, _, text in headings(writer, tmp_path)] == ["NOTE 12 - LEASES", "NOTE 13 - INCOME TAXES"]


def test_what_counts_through_the_document_is_a_heading_though_others_of_its_letters_are_none(tmp_path: Path) -> None:
    writer = Writer()
    for number, name in enumerate(("Short-term Investments", "Long-term Debt", "Income Taxes"), start=3):
        writer.heading(f"{number}. {name}", 10)
        writer.prose()
        for label in ("Year Ended December 31", "As Reported"):
            writer.y += 8
            writer.line(label, 10, "hebo")
            writer.y += 8
            writer.line("2015")
            writer.y += 20
        writer.turn()
    found = [text for _, _, text in headings(writer, tmp_path)]
    assert found == ["3. Short-term Investments", "4. Long-term Debt", "5. Income Taxes"]


def test_bold_capitals_may_be_smaller_than_the_text(tmp_path: Path) -> None:
    writer = Writer()
    writer.prose()
    for name in ("ADA BROOK, KEEPER OF THE MILL", "TOM LAKE, OF THE RIVERS BOARD"):
        writer.heading(f"STATEMENT OF {name}", 9)
        writer.prose()
    assert [text for _, _, text in headings(writer, tmp_path)] == [
        "STATEMENT OF ADA BROOK, KEEPER OF THE MILL",
        "STATEMENT OF TOM LAKE, OF THE RIVERS BOARD",
    ]


def test_authors_in_bold_are_no_heading(tmp_path: Path) -> None:
    writer = Writer()
    writer.heading("Summary", 10)
    writer.prose()
    writer.heading("Statement of A. J. Lake, Keeper, U.S. Board of Rivers", 10)
    writer.prose()
    for names in ("Brook, A. B., Lake, T. and Weir, C.", "Ada B. Brook, Tom L. Lake and", "Brook AB, Lake T, Weir C"):
        writer.heading(names, 10)
        writer.prose()
    writer.heading("References", 10)
    writer.prose()
    found = [text for _, _, text in headings(writer, tmp_path)]
    assert found == ["Summary", "Statement of A. J. Lake, Keeper, U.S. Board of Rivers", "References"]


def test_a_heading_that_is_known_ends_where_the_next_begins(tmp_path: Path) -> None:
    writer = Writer()
    writer.heading("Introduction", 12)
    writer.prose()
    writer.y += 8
    writer.line("Materials and methods", 12, "hebo")
    writer.line("Reading of the gauge", 12, "hebo")
    writer.y += 3
    writer.prose()
    assert [text for _, _, text in headings(writer, tmp_path)][1:] == ["Materials and methods", "Reading of the gauge"]


def test_numbered_points_of_minutes_are_headings_though_they_end_in_a_colon(tmp_path: Path) -> None:
    writer = Writer()
    writer.prose(2)
    for title in ("1/ Motion of the foresters:", "2/ State of the bridges", "3) Repair of the mill :", "A/ The temple"):
        writer.heading(title, size=10)
        writer.prose(2)
    writer.line("Present:", font="hebo")
    writer.prose(2)
    assert [text for _, _, text in headings(writer, tmp_path)] == [
        "1/ Motion of the foresters:",
        "2/ State of the bridges",
        "3) Repair of the mill :",
        "A/ The temple",
    ]
