"""What a PDF is called: what it states, else what its first page shows large, and no sender, kind or placeholder."""

from pathlib import Path

import pytest

from ragcli.reading.pdf.metadata import author, title
from ragcli.reading.text_layer.row import Row

HEIGHT = 800.0
BODY = [(f"The body of the page, line {n} of many", 10.0, 400.0 + 14 * n) for n in range(8)]


def row(text: str, size: float, y: float) -> Row:
    box = (72.0, y - size, 300.0, y)
    return Row(text, box, 72.0, 300.0, y - size, y, y, size, False, False, False, False, (1.0, 0.0), 0)


def titled(lines: list[tuple[str, float, float]], stated: str = "") -> str | None:
    return title({"title": stated}, Path("brook_2022.pdf"), [row(*line) for line in (*lines, *BODY)], HEIGHT)


COVER = [
    ("UNITED STATES", 14.0, 60.0),
    ("SECURITIES AND EXCHANGE COMMISSION", 14.0, 80.0),
    ("Washington, D.C. 20549", 8.0, 94.0),
    ("FORM 10-K", 14.0, 140.0),
    ("BROOK MILLS, INC.", 14.0, 200.0),
]


def test_a_cover_page_is_titled_by_its_form_and_who_files_it() -> None:
    assert titled(COVER) == "FORM 10-K BROOK MILLS, INC."
    assert titled(COVER[:4]) is None  # as thousands are called; there is the file's name
    assert titled([*COVER[:4], ("Brook Mills, Inc.", 20.0, 200.0)]) == "Brook Mills, Inc."


@pytest.mark.parametrize("address", ["Washington, D.C. 20549", "75001 Paris", "Palo Alto, California 94301-1234"])
def test_what_stands_above_an_address_is_a_sender(address: str) -> None:
    lines = [("Ministry of Brooks", 16.0, 60.0), (address, 8.0, 74.0), ("On the height of water", 13.0, 140.0)]
    assert titled(lines) == "On the height of water"
    assert titled(lines[:2]) == "Ministry of Brooks"  # better than nothing


def test_the_name_of_a_journal_is_not_what_an_article_is_called() -> None:
    lines = [("Annals of Rivers & Brooks 137 (2015) 1–5", 7.0, 40.0), ("Annals of Rivers & Brooks", 18.0, 60.0)]
    article = ("On the height of water", 14.0, 140.0)
    assert titled([*lines, article]) == "On the height of water"
    assert titled([("Annals of Rivers & Brooks 2015", 7.0, 40.0), lines[1], article]) == "Annals of Rivers & Brooks"


@pytest.mark.parametrize("total", ["Grand Total 319.00", "Montant total TTC : 1 204,50 €", "Balance due 88.10 USD"])
def test_what_a_bill_comes_to_is_no_title(total: str) -> None:
    assert titled([("Rivers and Brooks Ltd", 13.0, 60.0), (total, 18.0, 200.0)]) == "Rivers and Brooks Ltd"
    assert titled([("Total Rivers 2.50", 18.0, 60.0)]) is None
    assert titled([("Brook 2.50", 18.0, 60.0)]) == "Brook 2.50"


def test_a_name_that_is_broken_at_its_hyphen_is_whole_in_a_title() -> None:
    lines = [("Rivers and Brooks of the Haute-", 18.0, 60.0), ("Saône", 18.0, 80.0)]
    assert titled(lines) == "Rivers and Brooks of the Haute-Saône"


def test_a_part_number_goes_on_with_what_the_part_is() -> None:
    assert titled([("BRK549", 20.0, 60.0), ("Brook level sensor", 14.0, 80.0)]) == "BRK549 Brook level sensor"
    assert titled([("Brooks", 20.0, 60.0), ("1. Introduction", 14.0, 80.0)]) == "Brooks"
    assert titled([("BRK549", 20.0, 60.0), ("Features", 14.0, 180.0)]) == "BRK549"


@pytest.mark.parametrize(
    "stated",
    [
        "Untitled Document",
        "Body Page",
        "(anonymous)",
        "Application Note",
        "brook.fm",
        "Levels - approved.xlsm",
        "DATA SHEET",
    ],
)
def test_placeholders_and_kinds_are_no_titles(stated: str) -> None:
    assert titled([("Getting started with brooks", 16.0, 60.0)], stated) == "Getting started with brooks"
    assert titled([], stated) is None


@pytest.mark.parametrize(
    ("stated", "known"), [("(anonymous)", None), ("(unspecified)", None), ("A. Brook", "A. Brook")]
)
def test_an_author_is_no_placeholder(stated: str, known: str | None) -> None:
    assert author({"author": stated}) == known


def test_what_a_file_states_is_believed() -> None:
    assert titled(COVER, "Application Note on brooks") == "Application Note on brooks"


@pytest.mark.parametrize(
    ("stated", "printed", "said"),
    [
        ("Automated Statistics in Warehouses", "On the height of water", "On the height of water"),
        ("Dear Benedict,", "On the height of water", "On the height of water"),
        ("Proceedings of the line of the body", "On the height of water", "On the height of water"),
        ("Automated Statistics in Warehouses", "1. The height of water", "Automated Statistics in Warehouses"),
        ("Automated Statistics in Warehouses", "Contents", "Automated Statistics in Warehouses"),
        ("Heights of the River", "On the height of the river", "Heights of the River"),
        ("The many pages of the body", "On height and water", "The many pages of the body"),  # small, but there
    ],
)
def test_the_title_of_another_document_is_not_believed(stated: str, printed: str, said: str) -> None:
    assert titled([(printed, 16.0, 60.0)], stated) == said
