"""Plain text in all encodings; paragraphs, dates and sections."""

import codecs
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ragcli.errors import ReadError
from ragcli.reading.text import decode, first_heading, iso_date, lines, paragraph, sections
from ragcli.records import Block

FRENCH = "L'été, c'est « l'œuvre » de Noël à 20 €."
PATH = Path("a.txt")
printable = st.text(st.characters(blacklist_categories=["C"]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_all_its_encodings(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), PATH) == (FRENCH, ())


def test_windows_1252_is_read_and_told() -> None:
    assert decode(FRENCH.encode("cp1252"), PATH) == (FRENCH, ("not UTF-8: read as Windows-1252",))
    assert decode(bytes([0x41, 0x81, 0xE9]), PATH)[0] == "A\x81é"


def test_a_broken_byte_does_not_spoil_the_rest() -> None:
    assert decode(FRENCH.encode() + b"\xff", PATH) == (
        FRENCH + "\ufffd",
        ("1 characters could not be decoded as utf-8",),
    )
    cut = codecs.BOM_UTF16_LE + "é".encode("utf-16-le") + b"\x00"
    assert decode(cut, PATH)[0] == "é\ufffd"


def test_a_declared_encoding_is_believed_if_it_fits() -> None:
    assert decode("Привет".encode("koi8-r"), PATH, "KOI8-R") == ("Привет", ())
    assert decode("20 €".encode("cp1252"), PATH, "iso-8859-1") == ("20 €", ())
    assert decode(FRENCH.encode(), PATH, "us-ascii")[0] != ""
    assert decode(FRENCH.encode(), PATH, "no-such-code") == (FRENCH, ())


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7\n" + bytes(range(256)) * 9, b"\x00" * 100, b"PK\x03\x04" + bytes(range(32)) * 9]
)
def test_binary_content_is_refused(raw: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.txt: binary content") as error:
        decode(raw, PATH)
    assert error.value.kind == "damaged"


@given(printable.filter(lambda text: text.strip() != ""), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
@example("a\u2029b", "utf-8")
def test_any_text_comes_out(text: str, encoding: str) -> None:
    decoded, warnings = decode(text.encode(encoding), PATH)
    assert warnings == ()
    assert paragraph(decoded) == paragraph(text)


def test_a_paragraph_is_one_clean_line() -> None:
    assert paragraph(" e\u0301te\u0301\u00a0\tso\u00adft\n x² \ufeff") == "été soft x²"
    assert lines("\n  a\u00ad \n\n b\n") == "  a\n\n b"


@given(printable)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert paragraph(paragraph(text)) == paragraph(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"),
        ("2024-5", "2024-05"),
        (" 2024/05/17 10:00", "2024-05-17"),
        ("2024-05-17T10:00:00Z", "2024-05-17"),
        ("2024-02-31", None),
        ("20240517", None),
        ("17.05.2024", None),
        ("0000", None),
        ("May 2024", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(text: str | None, date: str | None) -> None:
    assert iso_date(text) == date


# ---- sections


def heading(level: int, text: str) -> Block:
    return Block(text, "heading", level=level)


def test_sections_are_cut_at_the_level_that_repeats() -> None:
    parts = [heading(1, "Title"), Block("a"), heading(2, "One"), Block("b"), None, heading(3, "1.1"), heading(2, "Two")]
    pages = sections([*parts, Block("c")])
    assert [(page.place, len(page.blocks), page.images) for page in pages] == [
        ("Title", 2, 0),
        ("One", 3, 1),
        ("Two", 2, 0),
    ]
    assert all(page.number is None for page in pages)


def test_a_title_stays_with_its_first_section() -> None:
    parts = [heading(1, "Title"), heading(2, "One"), Block("a"), heading(2, "Two"), Block("b")]
    assert [(page.place, len(page.blocks)) for page in sections(parts)] == [("One", 3), ("Two", 2)]


def test_without_headings_there_is_one_section() -> None:
    assert [page.place for page in sections([Block("a"), Block("b")])] == [None]
    assert [page.place for page in sections([heading(2, "Lone"), Block("b")])] == ["Lone"]
    assert [page.blocks for page in sections([])] == [()]


blocks = st.builds(lambda level: heading(level, f"h{level}") if level else Block("text"), st.integers(0, 4))


@given(st.lists(st.none() | blocks))
def test_sections_keep_all_in_order(parts: list[Block | None]) -> None:
    pages = sections(parts)
    assert [block for page in pages for block in page.blocks] == [part for part in parts if part]
    assert sum(page.images for page in pages) == parts.count(None)


def test_the_title_is_the_first_heading_of_level_1() -> None:
    assert first_heading([heading(2, "a"), Block("b"), heading(1, "c"), heading(1, "d")]) == "c"
    assert first_heading([heading(2, "a")]) is None
    for part in ("1. Scope", "Introduction", "CHAPTER 1"):
        assert first_heading([heading(1, part), heading(1, "d")]) is None
        assert first_heading([heading(1, part), heading(2, "d")]) == part
