"""Tables of contents: an entry a line, without dots; not for searching where the headings say it all."""

import time

from ragcli.chunking.passages import passages
from ragcli.reading.pdf.contents import mark_contents
from ragcli.records import Block, Document, Page

DOTS = ". " * 30
TITLES = ("Purpose", "Scope of this text", "Terms", "Floods", "Ice jams", "Gauges")
CONTENTS = Page(
    1,
    (
        Block("Contents", "heading", level=1),
        Block("1 About this text 3"),
        Block(" ".join(f"1.{n} {title} {DOTS}{n + 2}" for n, title in enumerate(TITLES[:4], 1))),
        Block(" ".join(f"{title} ........ iv" for title in TITLES[4:])),
        Block("A line about the contents, which has no number."),
    ),
    table_score=0.7,
)
BODY = Page(2, tuple(Block(f"{n}. {title}", "heading", level=1) for n, title in enumerate(TITLES[:5], 4)))


def test_each_entry_has_a_line() -> None:
    page, _ = mark_contents([CONTENTS, BODY])
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("heading", "Contents"),
        ("contents", "1 About this text 3"),
        ("contents", "1.1 Purpose … 3\n1.2 Scope of this text … 4\n1.3 Terms … 5\n1.4 Floods … 6"),
        ("contents", "Ice jams … iv\nGauges … iv"),
        ("text", "A line about the contents, which has no number."),
    ]
    assert page.table_score == 0


def test_what_the_headings_say_is_not_said_again() -> None:
    document = Document("pdf", tuple(mark_contents([CONTENTS, BODY])))
    assert not any("…" in passage.text for passage in passages(document))


def test_what_no_heading_says_stays_to_be_found() -> None:
    page, _ = mark_contents([CONTENTS, Page(2, (Block("Floods are high waters."),))])
    assert [block.kind for block in page.blocks] == ["heading", "list", "list", "list", "text"]


def test_a_long_list_of_examples_behind_the_contents_does_not_change_what_they_are() -> None:
    examples = Page(3, (Block(" ".join(f"1.{n} ex-{n}.tex {DOTS}{n + 2}" for n in range(1, 30))),))
    page, _, listed = mark_contents([CONTENTS, BODY, examples])
    assert [block.kind for block in page.blocks] == ["heading", "contents", "contents", "contents", "text"]
    assert [block.kind for block in listed.blocks] == ["list"]


def test_a_price_list_and_a_form_are_no_contents() -> None:
    prices = Page(
        1, (Block(f"Coffee {DOTS} 3.50 € Tea {DOTS} 2.80 €"), Block("Name ______________ Age ______ Room …… 7"))
    )
    assert mark_contents([prices]) == [prices]


def test_a_page_of_dots_is_read_at_once() -> None:
    began = time.process_time()
    mark_contents([Page(1, (Block(". " * 100_000), Block("._" * 100_000)))])
    assert time.process_time() - began < 5


ALPHABETICAL = (
    "Anchor",
    "Bolt",
    "Cable",
    "Davit",
    "Engine",
    "Flange",
    "Gear",
    "Hatch",
    "Inlet",
    "Jib",
    "Keel",
    "Ladder",
)


def index(pages: str = "{n}, {m}") -> Page:
    lines = (
        f"{word} {part} ........ {pages.format(n=n, m=n + 2)}"
        for n, word in enumerate(ALPHABETICAL, 1)
        for part in "ab"
    )
    return Page(1, tuple(map(Block, lines)))


def test_an_index_is_not_searched_to_its_last_page() -> None:
    last = Page(2, tuple(Block(f"{word} ........ 4") for word in ("Rudder", "Sail", "Tiller", "Valve", "Winch")))
    body = [Page(n, (Block(f"What page {n} says."),)) for n in range(3, 21)]
    first, end, *_ = mark_contents([index(), last, *body])
    assert {block.kind for page in (first, end) for block in page.blocks} == {"contents"}
    assert first.blocks[0].text == "Anchor a … 1, 3"


def test_figures_in_the_order_of_their_numbers_are_no_index() -> None:
    figures = [Block(f"Figure {n}: {word} ........ {n}") for n, word in enumerate(reversed(ALPHABETICAL * 2), 1)]
    page, *_ = mark_contents([Page(1, tuple(figures)), *(Page(n, (Block("The sea."),)) for n in range(2, 40))])
    assert {block.kind for block in page.blocks} == {"list"}


def test_prices_in_the_order_of_the_alphabet_are_no_index() -> None:
    page, _ = mark_contents([index("{n}50"), Page(2, (Block("Prices hold until May."),))])
    assert {block.kind for block in page.blocks} == {"list"}
