"""Markdown: front matter, structure, tables; and the law of tables."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ragcli.reading.markup.markdown import front_matter, read_markdown
from ragcli.reading.text import paragraph, table
from ragcli.records import Document
from ragcli.settings import Reading


def read(folder: Path, source: str) -> Document:
    file = folder / "a.md"
    file.write_text(source)
    return read_markdown(file, Reading())


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for page in document.pages for block in page.blocks]


def test_front_matter(tmp_path: Path) -> None:
    head = "---\ntitle: The title\nauthors: [A. One, B. Two]\ndate: 2024-05-17\nlang: fr-CA\nextra: 1\n---\n# Heading\n"
    document = read(tmp_path, head)
    assert (document.title, document.author) == ("The title", "A. One, B. Two")
    assert (document.date, document.language, document.type) == ("2024-05-17", "fr", "md")
    assert shown(document) == [("heading", "Heading")]
    assert front_matter(head)[0]["extra"] == 1


def test_nested_front_matter_costs_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, "---\ntitle: T\nauthors: [{name: A. One}]\nversions: {fpt: '*'}\n---\ntext\n")
    assert (document.title, document.author, document.warnings) == ("T", "A. One", ())
    assert document.meta == {"versions.fpt": "*"}
    assert shown(document) == [("text", "text")]


def test_a_compound_that_is_wrapped_is_one_word(tmp_path: Path) -> None:
    document = read(tmp_path, "Il a vingt-\nhuit ans, *and* pre-\nand post-war -\ndocuments.\n")
    assert shown(document) == [("text", "Il a vingt-huit ans, and pre- and post-war - documents.")]


def test_front_matter_that_is_none_stays(tmp_path: Path) -> None:
    document = read(tmp_path, "---\na: [\n---\n\ntext\n")
    assert document.warnings[0].startswith("front matter: not YAML, line ")
    assert ("text", "text") in shown(document)
    assert front_matter("a\n---\nb")[1] == "a\n---\nb"


def test_structure(tmp_path: Path) -> None:
    source = """# Title *of* it

One `paragraph`, [a link](http://x.org)
on two lines.

- first
- second
  1. deep
  2. deeper

> quoted

```python
def f():
    return 1
```

![a river](river.png)

Second
------

10<sup>6</sup> <details><summary>More</summary>hidden</details>
"""
    document = read(tmp_path, source)
    assert shown(document) == [
        ("heading", "Title of it"),
        ("text", "One paragraph, a link on two lines."),
        ("list", "- first\n- second\n  1. deep\n  2. deeper"),
        ("text", "quoted"),
        ("code", "def f():\n    return 1"),
        ("figure", "a river"),
        ("heading", "Second"),
        ("text", "10⁶"),
        ("text", "More"),
        ("text", "hidden"),
    ]
    assert document.title == "Title of it"
    assert [page.images for page in document.pages] == [1]


def test_what_is_struck_out_is_left_out_and_counted(tmp_path: Path) -> None:
    document = read(tmp_path, "The fee is ~~five~~ six euros.\n\n- ~~Buy rope.~~\n- Buy `~~tar~~`.\n")
    assert shown(document) == [("text", "The fee is six euros."), ("list", "- Buy ~~tar~~.")]
    assert document.warnings == ("2 struck out texts left out",)


def test_a_table_is_clean_markdown(tmp_path: Path) -> None:
    document = read(tmp_path, "Text\n\n|a|b \\| c|\n|:-:|---|\n|**1**|  two   words |\n")
    assert shown(document)[1] == ("table", "| a | b \\| c |\n| --- | --- |\n| 1 | two words |")


def test_an_item_with_code_keeps_both(tmp_path: Path) -> None:
    document = read(tmp_path, "1. one\n2. two\n\n       code\n\n3. three\n")
    assert [kind for kind, _ in shown(document)] == ["list", "text", "code", "list"]
    assert shown(document)[-1] == ("list", "3. three")


# ---- tables

cells = st.text(st.characters(blacklist_categories=["C"]) | st.sampled_from("|\\`*_ "), max_size=12)


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_table_comes_out_as_it_went_in(rows: list[list[str]]) -> None:
    written = table(rows)
    tokens = MarkdownIt("zero").enable("table").parse(written)
    read_back = [token.content for token in tokens if token.type == "inline"]
    assert [cell for cell in read_back if cell] == [paragraph(cell) for row in rows for cell in row if paragraph(cell)]


def test_a_table_without_text_is_none() -> None:
    assert table([]) == table([[]]) == table([["", " "], [""]]) == ""


def test_empty_rows_and_columns_go() -> None:
    assert table([["a", "", "b"], ["", "", ""], ["1"]]) == "| a | b |\n| --- | --- |\n| 1 |  |"


def test_a_head_of_two_rows_becomes_one() -> None:
    rows = [["", "2023", "2023"], ["Town", "Sales", "Staff"], ["Ay", "1", "2"]]
    assert table(rows, head=2).split("\n")[0] == "| Town | 2023 Sales | 2023 Staff |"


def test_formulas_keep_every_sign(tmp_path: Path) -> None:
    """Markdown itself would take `_` for emphasis, and drop backslashes."""
    document = read(
        tmp_path,
        "With $a_1 \\{ b_1$ for $5 or $6:\n\n$$\n\\sum_{i} a_i \\\\ \\{b_i\\}\n$$\n\nAs `$x$` and $$E = m$$ say.\n",
    )
    assert shown(document) == [
        ("text", "With $a_1 \\{ b_1$ for $5 or $6:"),
        ("equation", "$$\\sum_{i} a_i \\\\ \\{b_i\\}$$"),
        ("text", "As $x$ and"),
        ("equation", "$$E = m$$"),
        ("text", "say."),
    ]


def test_footnotes_and_names_of_headings(tmp_path: Path) -> None:
    source = "# Bridge {#b .x}\n\nIt sank.[^a] Slowly.\n\n[^a]: By *eleven* inches.\n\n## Later\n\nIt rose {sic}.\n"
    assert shown(read(tmp_path, source)) == [
        ("heading", "Bridge"),
        ("text", "It sank.¹ Slowly."),
        ("heading", "Later"),
        ("text", "It rose {sic}."),
        ("footnote", "By eleven inches."),
    ]


def test_a_box_is_its_title_and_its_text(tmp_path: Path) -> None:
    boxes = ("tip Personal data\nWhat tells who one is.", "note[Beware]\nOf dogs.", "{.aside}\nBy the way.")
    source = "\n\n".join(f":::{box}\n:::" for box in boxes)
    assert shown(read(tmp_path, source + "\n\n```\n::: code\n```\n")) == [
        ("text", "Personal data"),
        ("text", "What tells who one is."),
        ("text", "Beware"),
        ("text", "Of dogs."),
        ("text", "By the way."),
        ("code", "::: code"),
    ]
