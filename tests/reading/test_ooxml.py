"""Office files that the libraries refuse: strict Open XML, templates, slide shows, with macros, with a part missing."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest

from ragcli.reading.docx import read_docx
from ragcli.reading.pptx import read_pptx
from ragcli.reading.registry import read as read_any
from ragcli.reading.xlsx import read_xlsx
from ragcli.records import Document
from ragcli.settings import Reading


def word() -> Any:
    document = docx.Document()
    document.add_heading("The weir", 1)
    document.add_paragraph("It holds.")
    return document


def slides() -> Any:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "The weir", "It holds."
    return presentation


def sheets() -> Any:
    book = openpyxl.Workbook()
    book.active.append(["The weir"])
    book.active.append(["It holds."])
    return book


@pytest.mark.parametrize(
    ("made", "read", "name"),
    [(word, read_docx, "a.docx"), (slides, read_pptx, "a.pptx"), (sheets, read_xlsx, "a.xlsx")],
)
def test_what_is_saved_strictly_is_read_as_the_usual(
    made: Callable[[], Any], read: Callable[[Path, Reading], Document], name: str, tmp_path: Path
) -> None:
    made().save(str(tmp_path / name))
    strict = tmp_path / f"strict-{name}"
    with zipfile.ZipFile(tmp_path / name) as usual, zipfile.ZipFile(strict, "w") as archive:
        for part in usual.namelist():
            content = re.sub(
                rb"http://schemas\.openxmlformats\.org/(officeDocument|\w+ml)/2006/([\w-]+)",
                lambda found: (
                    b"http://purl.oclc.org/ooxml/%s/%s"
                    % (found[1], found[2].replace(b"extended-properties", b"extendedProperties"))
                ),
                usual.read(part),
            )
            archive.writestr(part, content)
    assert read(strict, Reading()) == read(tmp_path / name, Reading())
    assert any("It holds." in block.text for page in read(strict, Reading()).pages for block in page.blocks)


@pytest.mark.parametrize(
    ("made", "suffix", "mark"),
    [
        (word, ".docm", "vnd.ms-word.document.macroEnabled"),
        (word, ".dotx", "vnd.openxmlformats-officedocument.wordprocessingml.template"),
        (word, ".dotm", "vnd.ms-word.template.macroEnabledTemplate"),
        (slides, ".pptm", "vnd.ms-powerpoint.presentation.macroEnabled"),
        (slides, ".ppsx", "vnd.openxmlformats-officedocument.presentationml.slideshow"),
        (slides, ".ppsm", "vnd.ms-powerpoint.slideshow.macroEnabled"),
        (slides, ".potx", "vnd.openxmlformats-officedocument.presentationml.template"),
        (slides, ".potm", "vnd.ms-powerpoint.template.macroEnabled"),
        (sheets, ".xltx", "vnd.openxmlformats-officedocument.spreadsheetml.template"),
        (sheets, ".xltm", "vnd.ms-excel.template.macroEnabled"),
    ],
)
def test_templates_shows_and_files_with_macros_are_read_as_the_usual(
    made: Callable[[], Any], suffix: str, mark: str, tmp_path: Path
) -> None:
    made().save(str(tmp_path / "usual"))
    with zipfile.ZipFile(tmp_path / "usual") as usual, zipfile.ZipFile(tmp_path / f"a{suffix}", "w") as archive:
        for part in usual.namelist():
            content = usual.read(part)
            if part == "[Content_Types].xml":
                content, times = re.subn(
                    rb"vnd\.openxmlformats-officedocument\.\w+\.(?:document|presentation|sheet)(?=\.main\+xml)",
                    mark.encode(),
                    content,
                )
                assert times == 1
            archive.writestr(part, content)
    found = read_any(tmp_path / f"a{suffix}", Reading())
    assert any("It holds." in block.text for page in found.pages for block in page.blocks)


@pytest.mark.parametrize(("made", "name"), [(word, "a.docx"), (slides, "a.pptx"), (sheets, "a.xlsx")])
def test_a_reference_to_a_part_that_is_not_there_costs_nothing(
    made: Callable[[], Any], name: str, tmp_path: Path
) -> None:
    made().save(str(tmp_path / name))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    lost = f'<Relationship Id="rId99" Type="{kind}" Target="media/image1.png"/></Relationships>'
    with zipfile.ZipFile(tmp_path / name) as usual, zipfile.ZipFile(tmp_path / f"lost-{name}", "w") as archive:
        for part in usual.namelist():
            content = usual.read(part)
            if re.fullmatch(r"(?:word/_rels/document|ppt/slides/_rels/slide1|xl/_rels/workbook)\.xml\.rels", part):
                content = content.replace(b"</Relationships>", lost.encode())
            archive.writestr(part, content)
    assert read_any(tmp_path / f"lost-{name}", Reading()) == read_any(tmp_path / name, Reading())
