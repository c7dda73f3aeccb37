"""Running headers go, but for one that says what nothing else says; titles, table heads and figures of a table stay."""

from dataclasses import replace

from ragcli.reading.pdf.furniture import remove_furniture
from ragcli.reading.text_layer.row import Row

HEIGHT = 800.0


def row(text: str, y: float, size: float = 10.0) -> Row:
    box = (72.0, y - size, 300.0, y)
    return Row(
        text,
        box,
        72.0,
        300.0,
        y - size,
        y,
        y - 2,
        size,
        False,
        False,
        False,
        False,
        (1.0, 0.0),
        0,
        text.count("  ") + 1,
    )


def texts(pages: list[list[Row]]) -> list[list[str]]:
    return [[row.text for row in page] for page in remove_furniture(pages, [HEIGHT] * len(pages), 10.0)]


def test_headers_and_page_numbers_go() -> None:
    pages = [[row("Annual report", 40), row(f"Body {n}", 200), row(f"Page {n} of 4", 780)] for n in range(1, 5)]
    assert texts(pages) == [
        ["Annual report", "Body 1"],
        ["Body 2"],
        ["Body 3"],
        ["Body 4"],
    ]  # once: nothing else says it


def test_odd_and_even_headers_go_and_roman_numbers_count() -> None:
    numbers = ["i", "ii", "iii", "iv", "v", "vi"]
    pages = [[row("Odd" if n % 2 else "Even", 40), row(f"Body {n}", 200), row(numbers[n], 780)] for n in range(6)]
    assert texts(pages) == [
        ["Even", "Body 0"],
        *([f"Body {n}"] for n in range(1, 6)),
    ]  # "Odd" is too short to be missed


def test_what_stands_beside_the_number_of_the_page_goes_when_a_heading_says_it() -> None:
    pages = []
    for n, chapter in enumerate(("The Mill", "The Weir", "The Flood")):
        pages.append(
            [row(f"Chapter {n + 1}", 200, 20), row(chapter, 230, 24), row(f"Text {n}", 300), row(str(2 * n), 780)]
        )
        pages.append([row(f"{2 * n + 1}  CHAPTER {n + 1}. {chapter.upper()}", 40), row(f"More {n}", 200)])
    pages.append([row("7  Afterword", 40), row("The end", 200)])
    kept = [
        [f"Chapter {n + 1}", chapter, f"Text {n}"] for n, chapter in enumerate(("The Mill", "The Weir", "The Flood"))
    ]
    assert texts(pages)[::2][:3] == kept
    assert texts(pages)[1::2] == [[f"More {n}"] for n in range(3)]
    assert texts(pages)[-1] == ["7  Afterword", "The end"]  # nothing else says it


SECTIONS = (
    "What is a weir made of?",
    "How is the wheel of a mill mended?",
    "Who may open the sluice?",
    "When does it flood?",
)


def section_pages(head: str) -> list[list[Row]]:
    return [
        [
            row(head.format(n + 1, title[:12].upper()), 40, 8),
            row(f"1.{n + 1} {title}", 90),
            row(f"Of {title.lower()}", 120),
        ]
        for n, title in enumerate(SECTIONS)
    ]


def test_the_title_of_a_section_cut_short_at_the_head_of_its_page_goes() -> None:
    pages = [[row("Chapter 1", 200, 20), row("The mill", 230, 24)], *section_pages("CHAPTER 1. THE MILL 1.{}. {} …")]
    assert texts(pages)[1:] == [[f"1.{n + 1} {title}", f"Of {title.lower()}"] for n, title in enumerate(SECTIONS)]


def test_likewise_where_half_of_these_heads_are_not_slanted() -> None:
    pages = [[row("Chapter 1", 200, 20), row("The mill", 230, 24)], *section_pages("CHAPTER 1. THE MILL 1.{}. {} …")]
    pages = [[replace(page[0], italic=n % 2 == 1), *page[1:]] for n, page in enumerate(pages)]
    assert texts(pages)[1:] == [[f"1.{n + 1} {title}", f"Of {title.lower()}"] for n, title in enumerate(SECTIONS)]


def test_a_head_that_no_line_of_the_text_says_stays() -> None:
    pages = section_pages("1.{} {} is told here")
    assert [page[0] for page in texts(pages)] == [
        f"1.{n + 1} {s[:12].upper()} is told here" for n, s in enumerate(SECTIONS)
    ]


def test_first_lines_of_pages_that_a_table_of_contents_says_too_stay() -> None:
    contents = [row(f"{n}. {title}", 200 + 20 * n) for n, title in enumerate(SECTIONS)]
    pages = [[row(f"{n}. {title}", 60), row("Text", 90)] for n, title in enumerate(SECTIONS)]
    more = [[row(f"A line of the text, the {word}", 60), row("Text", 90)] for word in ("first", "second", "third")]
    assert texts([contents, *pages, *more])[1][0] == "0. What is a weir made of?"


def test_headings_at_the_head_of_all_pages_that_only_the_table_of_contents_says_too_stay() -> None:
    contents = [row(f"1.{n} {title} . . . . . . . {n}", 200 + 20 * n) for n, title in enumerate(SECTIONS)]
    pages = [[row(f"1.{n} {title}", 60), row(f"Of {title.lower()}", 90)] for n, title in enumerate(SECTIONS)]
    assert texts([contents, *pages])[1:] == [[r.text for r in page] for page in pages]


def test_page_numbers_go_far_above_the_foot_and_in_large_letters() -> None:
    pages = [[row(f"Body {n}", 200), row(str(n), 660), row(f"Page {n} of 2", 40, 14)] for n in (1, 2)]
    assert texts(pages) == [["Body 1"], ["Body 2"]]


def test_page_numbers_go_far_below_the_head() -> None:
    pages = [[row(str(n), 150), row(f"Body {n}", 200), row("is there", 400)] for n in range(3, 8)]
    assert texts(pages) == [[f"Body {n}", "is there"] for n in range(3, 8)]


def test_a_title_on_page_1_stays() -> None:
    pages = [
        [row("The title", 40, 18), row("Body", 200)],
        *([row("The title", 40), row("Body", 200)] for _ in range(4)),
    ]
    assert texts(pages) == [["The title", "Body"], ["Body"], ["Body"], ["Body"], ["Body"]]


def test_the_head_of_a_long_table_stays() -> None:
    pages = [[row("Name  Year  Value", 60), row(f"a  {n}  {n}7", 72), row("b  2  3", 84)] for n in range(3)]
    pages += [[row(f"Prose {n}", 60), row("more", 72)] for n in range(10)]
    assert texts(pages) == [[r.text for r in page] for page in pages]


def test_figures_that_do_not_count_pages_stay() -> None:
    pages = [[row(f"Body {n}", 200), row(f"Revenue  {value}", 780)] for n, value in enumerate((812, 40, 7, 966))]
    assert texts(pages) == [[r.text for r in page] for page in pages]


def test_an_answer_at_the_edge_that_stands_within_the_page_too_stays() -> None:
    """A survey may have the same answer under each question, and its pages begin anywhere."""
    pages = [
        [row("Yes, I agree", 60), row(f"Question {n}", 300), row("Yes, I agree", 320), row(f"{n} of 4", 780)]
        for n in range(1, 5)
    ]
    assert texts(pages) == [["Yes, I agree", f"Question {n}", "Yes, I agree"] for n in range(1, 5)]


def test_a_header_that_one_page_says_again_goes() -> None:
    said = ["Of roads", "Castagne SAS", "Of rivers", "Of canals"]
    pages = [[row("Castagne SAS", 40), row(text, 300), row("They are long", 600)] for text in said]
    assert texts(pages) == [[text, "They are long"] for text in said]


def test_a_heading_that_recurs_now_and_then_stays() -> None:
    pages = [[row("Risk rating" if n in (3, 15, 28) else f"Other {n}", 60), row("Body", 200)] for n in range(30)]
    assert texts(pages)[3] == ["Risk rating", "Body"]


def test_a_header_that_names_the_chapter_of_a_heading_says_nothing_new() -> None:
    parts = ("Of roads", "Of rivers", "Of canals")
    pages = [
        [row(f"Chapter {n // 3 + 1}: {parts[n // 3]}", 40), row(parts[n // 3] if n % 3 == 0 else f"Body {n * n}", 200)]
        for n in range(9)
    ]
    assert [len(page) for page in texts(pages)] == [1] * 9


def test_the_only_title_of_a_part_stays_once() -> None:
    parts = ("roads", "rivers", "canals")
    pages = [[row(f"Part of {parts[n // 3]}", 40), row(f"Body {n * n}", 200)] for n in range(9)]
    kept = [n for n, page in enumerate(texts(pages)) if len(page) == 2]
    assert kept == [0, 3, 6]


def test_a_footer_that_floats_after_the_text_goes() -> None:
    pages = [[row("Body", 100 + 9 * n), row(f"ACME | Form 10-Q | {n}", 200.0 + 90 * n)] for n in range(1, 6)]
    assert texts(pages) == [*[["Body"]] * 4, ["Body", "ACME | Form 10-Q | 5"]]


def test_what_is_said_nowhere_else_stays_once() -> None:
    """A letterhead holds the number of the invoice; nobody could find it any more."""

    def page(n: int) -> list[Row]:
        head = [row("Castagne SAS", 40), row("Invoice 2023-118", 54)]
        return [*head, row(f"Body {n}, of Castagne SAS", 200), row(f"Capital of 310 000 € | {n}", 780)]

    pages = [page(n) for n in range(1, 4)]
    first, middle, last = texts(pages)
    assert first == ["Invoice 2023-118", "Body 1, of Castagne SAS"]
    assert middle == ["Body 2, of Castagne SAS"]
    assert last == ["Body 3, of Castagne SAS", "Capital of 310 000 € | 3"]  # there it parts no sentence


def test_a_large_heading_that_counts_with_the_pages_stays() -> None:
    pages = [[row(f"Exercise {n}", 60, 14), row("Body", 120 + 9 * n)] for n in range(1, 6)]
    assert texts(pages) == [[f"Exercise {n}", "Body"] for n in range(1, 6)]


def test_slides_with_one_line_each_are_not_emptied() -> None:
    pages = [[row(f"Slide {n}", 40)] for n in range(1, 6)]
    assert texts(pages) == [[f"Slide {n}"] for n in range(1, 6)]


def test_line_numbers_in_the_margin_go() -> None:
    page = [row(f"Words of line {n}", 100 + 14.0 * n) for n in range(1, 13)]
    for n in range(1, 13):
        number = row(str(n), 100 + 14.0 * n, 5)
        number.left, number.right = 50, 55
        page.insert(2 * n - 1, number)
    assert texts([page]) == [[f"Words of line {n}" for n in range(1, 13)]]


def test_line_numbers_go_on_where_the_text_has_ended() -> None:
    page = [row(f"Words of line {n}", 100 + 14.0 * n) for n in range(1, 6)]
    for n in range(1, 26):
        number = row(str(n), 100 + 14.0 * n, 5)
        number.left, number.right = 40, 45 + 5 * (n > 9)
        page.insert(0, number)
    assert texts([page]) == [[f"Words of line {n}" for n in range(1, 6)]]


def test_numbers_of_each_fifth_line_go() -> None:
    page = [row(f"Words of line {n}", 100 + 14.0 * n) for n in range(1, 21)]
    for n in range(5, 21, 5):
        number = row(str(n), 100 + 14.0 * n, 5)
        number.left, number.right = 40, 45
        page.append(number)
    assert texts([page]) == [[f"Words of line {n}" for n in range(1, 21)]]
    rating = [row(text, 100 + 14.0 * n) for n, text in enumerate(["5", "often", "10", "seldom", "15", "never"])]
    assert len(texts([rating])[0]) == 6


def test_which_page_of_how_many_goes_far_above_the_foot_too() -> None:
    pages = [
        [
            *(row(f"Sentence {n} of page {m} and its words", 100 + 20 * n) for n in range(5)),
            row(f"021497 {m}/6", 600, 6),
        ]
        for m in range(1, 7)
    ]
    assert sum("021497" in text for page in texts(pages) for text in page) == 1  # the date stands nowhere else


def test_powers_of_ten_at_an_axis_are_no_line_numbers() -> None:
    axis = [row(text, 100 + 14.0 * n) for n, text in enumerate(["10³", "10²", "10", "1", "10", "10²", "10³", "10⁴"])]
    assert len(texts([axis])[0]) == 8


def test_a_column_of_years_stays() -> None:
    page = [
        row(text, 100 + 14.0 * n) for n, text in enumerate(["Year", *map(str, range(2001, 2013)), "End of the list"])
    ]
    assert len(texts([page])[0]) == 14


def test_one_page_is_left_alone() -> None:
    assert texts([[row("Header", 40), row("3", 780)]]) == [["Header", "3"]]


def test_what_climbs_the_margin_of_each_page_stays_on_the_first() -> None:
    said = ["The miller slept", "The river rose", "Nobody saw it", "The bridge fell"]

    def page(n: int) -> list[Row]:
        climbing, label = row("Downloaded from mill.example", 300, 7), row(f"Depth in metres {n}", 400, 7)
        climbing.upright = label.upright = False
        return [climbing, row(said[n], 200), label]

    first, *others = texts([page(n) for n in range(4)])
    assert first == ["Downloaded from mill.example", said[0], "Depth in metres 0"]
    assert others == [[said[n], f"Depth in metres {n}"] for n in range(1, 4)]
