"""Tables of contents: an entry a line, without dots; not for searching where the headings say it all."""

import time

from ragcli.chunking.passages import passages
from ragcli.reading.contents import mark_contents
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
