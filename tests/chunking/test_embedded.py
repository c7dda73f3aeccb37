"""What is embedded says where a passage stands and what it says; rows of figures and lists of works are left to words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.chunking.embedded import context_of, embedded_text, first_of_figures, without_marks
from ragcli.chunking.works_cited import is_works_cited

ENTRIES = (
    "Bengio, Y., Ducharme, R., Vincent, P. (2003). A neural probabilistic language model. JMLR 3, 1137-1155.\n"
    "Harris, Z. (1954). Distributional structure. Word 10(2-3), 146-162."
)


def test_title_and_innermost_heading_stand_before_the_text() -> None:
    assert embedded_text("Report", ("Results", "Flow"), "It rose.") == "Report > Flow\nIt rose"
    assert embedded_text(None, (), "It rose.") == "It rose"


def test_a_heading_is_embedded_once() -> None:
    assert embedded_text("Report", ("Flow",), "Flow\n\nIt rose.") == "Report\nFlow\n\nIt rose"
    assert context_of("Flow", ("Flow",)) == "Flow"


@pytest.mark.parametrize(
    ("row", "embedded"),
    [
        ("Net sales 94,836 90,146 293,787", "Net sales 94,836"),
        ("Subtotal $ 177,778 $ 60 $ (11,295) — 34", "Subtotal $ 177,778"),
        ("| Oslo | 700 | 12.5% | 3 |", "| Oslo | 700 |"),
        ("Chiffre d'affaires 4 620 4 870", "Chiffre d'affaires 4 620"),
        ("LSTM 80.6/80.1 66.1 82.3", "LSTM 80.6/80.1"),
    ],
)
def test_of_a_row_of_figures_the_first_is_embedded(row: str, embedded: str) -> None:
    assert first_of_figures(row) == embedded


@pytest.mark.parametrize(
    "prose",
    [
        "On June 30, 2023 the share was 4.5 percent of 12 million.",
        "Le prix est de 4 620 € HT depuis le 3 mai 2023.",
        "Sections 3 and 4 of 2019.",
        "a\n12\n13\nb",  # not one row
    ],
)
def test_prose_is_embedded_as_it_is(prose: str) -> None:
    assert first_of_figures(prose) == prose


def test_long_rows_take_no_time() -> None:
    assert len(first_of_figures("123 " * 5000 + "123x")) < 50


@given(st.text())
def test_words_and_the_first_figure_stay(text: str) -> None:
    assert [c for c in first_of_figures(text) if c.isalpha()] == [c for c in text if c.isalpha()]
    assert any(map(str.isdecimal, first_of_figures(text))) == any(map(str.isdecimal, text))


@pytest.mark.parametrize(
    ("text", "embedded"),
    [
        ("f(x),g(y)", "f x g y"),
        ("It rose (by 3.1 mm), then fell.", "It rose by 3.1 mm then fell"),
        ("« Le niveau ; la pente », dit-il : 12:30, 1,234.", "Le niveau la pente dit-il 12:30 1,234"),
        ("Contents ........ 7", "Contents 7"),
        ("(…see the text.)\n\n[12] Next", "…see the text \n\n 12 Next"),
        ("...", "..."),
    ],
)
def test_marks_are_left_out(text: str, embedded: str) -> None:
    assert without_marks(text) == embedded


@given(st.text(alphabet=st.sampled_from("ab1 .,:;()[]«»\n")))
def test_words_are_neither_left_out_nor_joined(text: str) -> None:
    assert re.findall(r"\w+", without_marks(text)) == re.findall(r"\w+", text)
    assert bool(without_marks(text)) == bool(text)


PLACED = """12. Moor, Ada (October 24, 2004). "The weir" (https://example.org/weir). The Daily Lock. Retrieved May 3, 2009.

13. Dell, Jan (2016). Locks of the North. Marrec: Quay Press. p. 195. ISBN 0-00-000000-2."""


def test_a_list_of_references_is_embedded_by_its_heading() -> None:
    for heading in ("References", "7. References", "VII Bibliographie", "LITERATURVERZEICHNIS", "Références"):
        assert embedded_text("Paper", ("Text", heading), ENTRIES) == heading


def test_a_list_whose_heading_was_lost_is_embedded_as_one() -> None:
    assert embedded_text("Paper", ("Limitations",), PLACED) == "References"


def test_links_are_listed_below_their_heading_and_notes_are_text() -> None:
    links = "• The weir (https://example.org/weir) at the Water Board\n• Locks of the North (https://example.org/locks)"
    assert is_works_cited(["The weir", "External links"], links)
    assert not is_works_cited(["The weir", "Operation"], links)
    assert not is_works_cited(
        ["Notes"], "Prices are without tax. The weir is closed on the first Monday of each month."
    )


def test_what_follows_a_list_without_a_heading_is_embedded_whole() -> None:
    appendix = "The proof goes by induction over the length of the word. " * 12
    assert not is_works_cited(["References"], appendix)
    assert not is_works_cited(["Cross-references in the code"], ENTRIES)


def test_what_a_text_cites_in_passing_makes_no_list() -> None:
    cited = "Models learn words by their neighbours (Moor et al., 2018; Dell and Bakker, 2019), as Vos et al. (2020) found. "
    assert not is_works_cited(["Related work"], cited * 4)
    assert not is_works_cited(
        [], "The map is at https://example.org/map, the rules at https://example.org/rules (2019)."
    )
