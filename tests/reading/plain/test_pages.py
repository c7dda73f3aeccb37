"""Pages of plain text, by form feeds."""

from pathlib import Path

from ragcli.reading.plain.pages import pages_of
from ragcli.reading.plain.text import read_text
from ragcli.settings import Reading

SAID = ("The ferry sails at noon.", "The bell weighs 812 kilograms.", "The mill was sold in 1931.", "The weir is low.")


def printed(*said: str) -> str:
    return "\f\n".join(
        f"Skarn 12        Handbook of the ferry        May 1996\n\n{text}\n\n\nOrle          Informational          [Page {n}]\n"
        for n, text in enumerate(said, start=1)
    )


def test_pages_lose_what_heads_and_foots_each_of_them() -> None:
    assert [page.strip() for page in pages_of(printed(*SAID) + "\f\n")] == list(SAID)


def test_what_stands_once_at_an_edge_stays() -> None:
    first, *others = SAID
    pages = pages_of("\f".join([f"Handbook\n{first}", *others]))
    assert [page.split("\n") for page in pages] == [["Handbook", first], *([one] for one in others)]


def test_two_parts_or_long_ones_are_no_pages() -> None:
    for source in ("One.\fTwo.", "\f".join(["line\n" * 200] * 4), "No feed at all."):
        assert pages_of(source) == [source]


def test_pages_are_numbered_and_their_headings_found(tmp_path: Path) -> None:
    file = tmp_path / "handbook.txt"
    file.write_text(printed(f"1. Ferry\n\n{SAID[0]}", f"2. Bell\n\n{SAID[1]}", f"3. Mill\n\n{SAID[2]}"))
    read = read_text(file, Reading())
    assert [page.number for page in read.pages] == [1, 2, 3]
    assert [(block.kind, block.text) for page in read.pages for block in page.blocks] == [
        ("heading", "1. Ferry"), ("text", SAID[0]), ("heading", "2. Bell"), ("text", SAID[1]), ("heading", "3. Mill"),
        ("text", SAID[2]),
    ]  # fmt: skip
