"""Office files saved as strict Open XML, whose namespaces the libraries do not know."""

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
