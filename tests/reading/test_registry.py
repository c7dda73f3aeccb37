"""The registry: each type has its reader, nothing is imported before it is needed, and texts come out harmless."""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.errors import ReadError
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.registry import FORMATS, _reader, clean, read
from ragcli.settings import Reading
from tests.reading.picture_files import as_jpeg, photograph


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_reader_exists(suffix: str) -> None:
    assert callable(_reader(Path("x" + suffix.upper()))[0])


def test_an_unknown_type_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"\.xyz is not a known type; known are \.csv \.docm \.docx ") as error:
        read(tmp_path / "a.xyz", Reading())
    assert error.value.kind == "unsupported"
    with pytest.raises(
        ReadError, match=r"\.ods is not a known type; make it XLSX: soffice --headless --convert-to xlsx"
    ):
        read(tmp_path / "a.ods", Reading())
    with pytest.raises(ReadError, match="a file without suffix"):
        read(tmp_path / "Makefile", Reading())


def test_a_document_comes_out_clean_and_with_its_language(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Le \x1b[31mrapport\x1b[0m de la commission\x07 n'a pas été accepté.\n\n\x1b[2J\n\nFin.")
    document = read(file, Reading())
    assert [block.text for block in document.pages[0].blocks] == [
        "Le rapport de la commission n'a pas été accepté.", "Fin.",
    ]  # fmt: skip
    assert document.language == "fr"
    assert read(file, Reading(language="en")).language == "en"


def test_a_sheet_is_in_the_language_of_its_table_and_not_of_its_title(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "1er trimestre"
    sheet.append(["Lycée des Essarts – Classe de 1re STAV"])
    for row in (
        ["Élève", "Mathématiques", "Biologie", "Demi-pension", "Options", "Appréciation du conseil de classe"],
        ["BERTIN Chloé", 14.5, 16, "oui", "Hippologie", "Bon trimestre, il faut participer davantage"],
        ["CARRÉ Noé", 8, 11, "non", "Rugby", "Des efforts à poursuivre en mathématiques"],
        ["LOPEZ Hugo", 6.5, 8, "oui", "Rugby", "Travail irrégulier, trop de bavardages"],
    ):
        sheet.append(row)
    book.save(tmp_path / "notes.xlsx")
    assert read(tmp_path / "notes.xlsx", Reading()).language == "fr"


def test_a_file_without_text_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n\n ")
    with pytest.raises(ReadError) as error:
        read(tmp_path / "a.txt", Reading())
    assert error.value.kind == "empty"


def test_what_a_file_without_text_holds_beside_is_named(tmp_path: Path) -> None:
    page = pymupdf.open().new_page()
    page.add_text_annot((300, 300), "Check the date!")
    page.parent.save(tmp_path / "a.pdf")
    with pytest.raises(ReadError, match=r"no text in it \(1 comment of readers left out: p\.1\)"):
        read(tmp_path / "a.pdf", Reading())


@pytest.mark.parametrize(
    ("dirty", "harmless"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0\x1b\\six", "six"),
        ("\x9b31mred", "red"),
        ("a\x1bcb", "ab"),
        ("unfinished\x1b[", "unfinished"),
        ("a\r\nb\rc\x0bd\x0ce\u2028f", "a\nb\nc d e f"),
        ("nul\x00 bell\x07 c1\x81", "nul bell c1"),
        ("lone \ud800 surrogate", "lone ??? surrogate"),
        ("été 𝄞 한 👩‍🔬", "été 𝄞 한 👩‍🔬"),
    ],
)
def test_control_characters_go(dirty: str, harmless: str) -> None:
    assert clean(dirty).replace("\ufffd", "?") == harmless


@given(st.text(st.characters(codec=None)))
def test_clean_text_is_safe(text: str) -> None:
    safe = clean(text)
    safe.encode("utf-8")
    assert not [letter for letter in safe if (letter < " " and letter not in "\t\n") or "\x7f" <= letter <= "\x9f"]
    assert clean(safe) == safe


def test_a_light_command_imports_no_reader() -> None:
    code = "import sys, ragcli.reading; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {
        "pymupdf",
        "docx",
        "lxml",
        "selectolax",
        "markdown_it",
        "yaml",
        "fasttext",
        "numpy",
        "pydantic",
    }


def test_a_file_of_pictures_alone_says_so(tmp_path: Path) -> None:
    document = pymupdf.open()
    for text in ("", "A word to it that is long enough to be one, and more than a page's number."):
        page = document.new_page()
        page.insert_image((50, 50, 60, 60), stream=as_jpeg(photograph(width=40, height=40)))
        page.insert_text((50, 100), text)
        document.save(tmp_path / "a.pdf")
        read_file = read(tmp_path / "a.pdf", Reading())
        assert read_file.warnings == (() if text else ("there is no text in it, only pictures",))
