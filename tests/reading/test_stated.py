"""What office files state of themselves: the libraries and programs that make them fill in what nobody said."""

import datetime
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from ragcli.reading.markup.html import read_html
from ragcli.reading.registry import read
from ragcli.reading.stated import Stated, meant_author, meant_title, stated
from ragcli.settings import Reading


def said(path: Path) -> Stated:
    with zipfile.ZipFile(path) as archive:
        return stated(archive)


def test_what_a_library_fills_in_is_no_fact(tmp_path: Path) -> None:
    document, deck = docx.Document(), pptx.Presentation()
    document.save(str(tmp_path / "a.docx"))
    deck.save(str(tmp_path / "a.pptx"))
    assert said(tmp_path / "a.docx") == said(tmp_path / "a.pptx") == Stated()
    for made in (document, deck):
        made.core_properties.modified = datetime.datetime(2024, 5, 17, 10)
    document.save(str(tmp_path / "a.docx"))
    deck.save(str(tmp_path / "a.pptx"))
    assert said(tmp_path / "a.docx").date == said(tmp_path / "a.pptx").date == "2024-05-17"


def test_the_first_day_of_zip_archives_is_no_day(tmp_path: Path) -> None:
    deck, built = pptx.Presentation(), datetime.datetime(1980, 1, 1)
    for changed, day in ((built, None), (datetime.datetime(2024, 5, 17), "2024-05-17")):
        deck.core_properties.created, deck.core_properties.modified = built, changed
        deck.save(str(tmp_path / "a.pptx"))
        assert said(tmp_path / "a.pptx").date == day


def test_a_workbook_that_excel_began_is_of_the_day_it_was_saved(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Height"
    book.properties.creator = "Odile Marrec"
    book.save(tmp_path / "own.xlsx")
    made = said(tmp_path / "own.xlsx")
    assert (made.author, made.date) == ("Odile Marrec", datetime.datetime.now(datetime.UTC).date().isoformat())
    core = "<x><created>2015-06-05T18:17:20Z</created><modified>{}T05:31:25Z</modified></x>"
    for changed, day in (("2024-03-15", "2024-03-15"), ("2015-06-05", None)):
        with zipfile.ZipFile(tmp_path / "own.xlsx") as own, zipfile.ZipFile(tmp_path / "excel.xlsx", "w") as copy:
            for name in own.namelist():
                copy.writestr(name, core.format(changed) if name == "docProps/core.xml" else own.read(name))
        assert read(tmp_path / "excel.xlsx", Reading()).date == day


@pytest.mark.parametrize("left", ["none of it", "no mention of it", "damaged", "empty"])
def test_a_file_that_says_nothing_is_of_no_day(left: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Height"
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as own, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in own.namelist():
            content = own.read(name)
            if name == "_rels/.rels" and left == "no mention of it":
                content = re.sub(rb"<Relationship [^>]*core-properties[^>]*>", b"", content)
            if name == "docProps/core.xml":
                if left.startswith("no"):
                    continue
                content = b"<a><b>" if left == "damaged" else b"<coreProperties/>"
            copy.writestr(name, content)
    made = read(tmp_path / "b.xlsx", Reading())
    assert (made.date, made.author, made.title) == (None, None, None)


@pytest.mark.parametrize(
    "title",
    ["PowerPoint Presentation", "PowerPoint-Präsentation", "Présentation PowerPoint", "Presentación de PowerPoint",
     "Presentazione standard di PowerPoint", "Slide 1", "Word Document", "Untitled Document", "glxz-10k_20211231.htm"],
)  # fmt: skip
def test_what_a_program_calls_everything_is_no_title(title: str, tmp_path: Path) -> None:
    assert meant_title(title) == ""
    (tmp_path / "a.html").write_text(f"<title>{title}</title><h1>The weir</h1><p>It holds.")
    assert read_html(tmp_path / "a.html", Reading()).title == "The weir"


def test_what_people_write_stays() -> None:
    for title in ("Using PowerPoint", "Slides of the brook", "Untitled works of the 1920s", "Presentation of the weir"):
        assert meant_title(title) == title
    assert meant_author("Odile Marrec") == "Odile Marrec"
    assert meant_author("Un-named") is meant_author("Microsoft Office User") is None
