"""Chunks respect headings, sentences, tables and the model's limit; nothing is lost."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ragcli.chunking.structure import chunk_by_structure
from ragcli.records import Block, Document, Page


def count(texts: object) -> list[int]:
    """Words and marks, and two special tokens: a stand-in with the laws of a real tokenizer, fast enough for properties."""
    return [len(re.findall(r"\w+|[^\w\s]", text)) + 2 for text in texts]  # type: ignore[attr-defined]


def document(*blocks: Block, title: str | None = None) -> Document:
    return Document("pdf", (Page(1, blocks),), title=title, language="en")


def heading(text: str, level: int = 1) -> Block:
    return Block(text, "heading", level=level)


def test_a_chunk_ends_at_a_heading_and_knows_its_section() -> None:
    body = "A sentence of some words stands here. " * 6
    made = chunk_by_structure(
        document(heading("One"), Block(body), heading("Two", 2), Block(body), title="Book"), count, 80
    )
    assert [chunk.section for chunk in made] == [("One",), ("One", "Two")]
    assert made[1].text.startswith("Two\n\nA sentence")
    assert made[0].embedded.startswith("Book\nOne\n\nA sentence")  # the heading is embedded once


def test_a_heading_as_long_as_a_paragraph_leaves_room_for_the_text() -> None:
    long = "Figure S1. Effect of the stimulus on the concentrations of the rods " * 12
    made = chunk_by_structure(
        document(heading(long), *[Block("A sentence of some words stands here. " * 6)] * 4), count, 120
    )
    assert made[-1].section == (long,)
    assert made[-1].text.count("A sentence") > 3
    assert len(made) < 12


def test_small_sections_share_a_chunk() -> None:
    made = chunk_by_structure(document(heading("A"), Block("Short."), heading("B"), Block("Short too.")), count, 200)
    assert len(made) == 1


def test_no_chunk_ends_inside_a_sentence() -> None:
    sentences = [f"Sentence number {n} says something about the matter." for n in range(60)]
    made = chunk_by_structure(document(Block(" ".join(sentences))), count, 60)
    assert len(made) > 5
    assert all(chunk.text.endswith(".") and chunk.text.startswith("Sentence") for chunk in made)


def test_a_paragraph_cut_by_a_page_break_is_whole_again() -> None:
    pages = (
        Page(1, (Block("The bridge was built by the", bbox=(0, 0, 9, 9)),)),
        Page(2, (Block("county in 1931.", bbox=(0, 0, 8, 8)),)),
    )
    (made,) = chunk_by_structure(Document("pdf", pages), count, 100)
    assert made.text == "The bridge was built by the county in 1931."
    assert made.pages == (1, 2)
    assert made.boxes == ((1, (0, 0, 9, 9)), (2, (0, 0, 8, 8)))


def test_a_footnote_parts_no_sentence() -> None:
    note = Block("¹ Of Marrec.", "footnote")
    pages = (
        Page(1, (Block("The bridge was built by the"), note)),
        Page(2, (Block("county¹ in 1931."), Block("Then."))),
    )
    (made,) = chunk_by_structure(Document("pdf", pages), count, 100)
    assert made.text == "The bridge was built by the county¹ in 1931.\n\n¹ Of Marrec.\n\nThen."


def test_a_table_is_whole_and_keeps_its_caption() -> None:
    table = "| city | people |\n| --- | --- |\n| Oslo | 700 |"
    (made,) = chunk_by_structure(document(Block("Table 1. Cities", "caption"), Block(table, "table")), count, 100)
    assert made.kind == "table"
    assert made.text == f"Table 1. Cities\n\n{table}"


def test_a_long_table_repeats_its_header() -> None:
    table = "| city | people |\n| --- | --- |\n" + "\n".join(f"| City{n} | {n} |" for n in range(160))
    made = chunk_by_structure(document(Block(table, "table")), count, 100)
    assert len(made) > 3
    assert all(chunk.text.startswith("| city | people |\n| --- | --- |\n| City") for chunk in made)


text = st.text(st.sampled_from("abc déf. GHI, 123\n!"), max_size=300)
blocks = st.builds(
    Block, text, st.sampled_from(["text", "heading", "table", "list", "caption", "code"]), level=st.integers(0, 3)
)


@given(st.lists(blocks, max_size=12), st.integers(16, 60))
@settings(deadline=None)
def test_nothing_is_lost_and_no_limit_is_passed(given_blocks: list[Block], limit: int) -> None:
    made = chunk_by_structure(document(*given_blocks), count, limit)
    words = [word for block in given_blocks for word in re.findall(r"\w+", block.text)]
    found = " ".join(re.sub(r"\s+", "", chunk.text) for chunk in made)
    assert all(word in found.replace(" ", "") for word in words)
    # A section path of ours can itself be longer than so small a limit; the body then stands in single characters.
    assert all(chunk.tokens <= limit or len(chunk.text) < 2 for chunk in made)


def test_tables_and_formulas_follow_the_text_of_their_section() -> None:
    table = Block("| Gauge | Stage |\n| --- | --- |\n| Skarn | 7 |", "table")
    formula = Block("Q = A v", "equation", latex="Q = A v")
    made = chunk_by_structure(
        document(
            heading("Flow"), Block("The discharge is"), formula, Block("where A is the area."), table,
            Block("Gauges are read daily."), heading("Ice"), Block("Ice comes in winter. " * 8),
        ), count, 100,
    )  # fmt: skip
    assert [(chunk.kind, chunk.section) for chunk in made] == [
        ("text", ("Flow",)), ("equation", ("Flow",)), ("table", ("Flow",)), ("text", ("Ice",)),
    ]  # fmt: skip
    assert made[0].text == "Flow\n\nThe discharge is\n\nQ = A v\n\nwhere A is the area.\n\nGauges are read daily."
    assert made[1].text == "Q = A v\n$$Q = A v$$\n\nThe discharge is\n\nwhere A is the area."


def test_the_number_of_a_formula_is_a_title_above_it() -> None:
    blocks = [
        Block("Flow", "heading", level=1),
        Block("Q = A v (2.1)", "equation", latex="Q = A v", label="2.1"),
        Block(r"$$E = m c^2 \tag{3}$$", "equation"),
        Block("x = 1", "equation"),
    ]
    for language, word in (("en", "Equation"), ("fr", "Équation")):
        made = chunk_by_structure(replace(document(*blocks), language=language), count, 100)
        sections = [chunk.section for chunk in made if chunk.kind == "equation"]
        assert sections == [("Flow", f"{word} 2.1"), ("Flow", f"{word} 3"), ("Flow",)]
        assert ("Flow",) in [chunk.section for chunk in made if chunk.kind == "text"]  # as it is printed


def test_a_table_is_found_by_what_announces_it_and_cut_by_what_the_model_reads() -> None:
    rows = "\n".join(f"| Item {n} | {n}00 | {n}01 | {n}02 | {n}03 |" for n in range(1, 40))
    table = Block(f"| Item | A | B | C | D |\n| --- | --- | --- | --- | --- |\n{rows}", "table")
    title = "Statements of cash flows (in millions)"
    made = chunk_by_structure(document(heading("Reports"), Block(title), table), count, 120)
    tables = [chunk for chunk in made if chunk.kind == "table"]
    assert [chunk.section for chunk in tables] == [("Reports", title)] * len(tables)
    assert all("|" not in chunk.embedded and "---" not in chunk.embedded for chunk in tables)
    assert len(tables) < 4  # as written they would be eight
    lines = (Block("Water rose in May."), Block("Statements of cash flows"), Block("$ in millions"), table)
    assert chunk_by_structure(document(*lines), count, 120)[-1].section == ("Statements of cash flows $ in millions",)
    pages = (Page(1, (Block("A running foot"),)), Page(2, (Block("Cash flows"), table)))
    assert chunk_by_structure(Document("pdf", pages, language="en"), count, 120)[-1].section == ("Cash flows",)
    spoken = chunk_by_structure(document(Block("Water rose. The following table shows it."), table), count, 120)
    assert spoken[-1].section == ("The following table shows it.",)
    silent = chunk_by_structure(document(Block("Water rose. It fell again in May."), table), count, 120)
    assert silent[-1].section == ()


def test_a_rule_above_a_table_or_a_formula_says_nothing() -> None:
    rule, table = Block("| --- | --- |"), Block("| A | B |\n| --- | --- |\n| 1 | 2 |", "table")
    made = chunk_by_structure(document(rule, table, rule, Block("x = 1", "equation")), count, 100)
    assert [chunk.section for chunk in made] == [()] * len(made)


def test_what_announces_something_stands_with_it() -> None:
    items = "- the first of what is asked for here\n- the second of what is asked for here"
    body = "A sentence of some words stands here. " * 6
    made = chunk_by_structure(document(Block(body), Block("Whoever applies brings:"), Block(items, "list")), count, 56)
    assert [chunk.text for chunk in made] == [body.strip(), f"Whoever applies brings:\n\n{items}"]
