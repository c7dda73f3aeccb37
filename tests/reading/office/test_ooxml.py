"""Office files that the libraries refuse: strict Open XML, templates, slide shows, with macros, with damaged parts."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest

from ragcli.errors import ReadError
from ragcli.reading.images.office import office_images
from ragcli.reading.office.docx import read_docx
from ragcli.reading.office.pptx import read_pptx
from ragcli.reading.office.xlsx import read_xlsx
from ragcli.reading.registry import read as read_any
from ragcli.records import Document, Failure
from ragcli.settings import Reading
from tests.reading.picture_files import as_jpeg, photograph


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


def altered(file: Path, name: str, at: float) -> Path:
    """A copy in which some bytes of a packed part are others, as on a failing disk."""
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        part = archive.getinfo(name)
    start = part.header_offset + 30 + sum(content[part.header_offset + n] for n in (26, 28))
    middle = start + int(at * part.compress_size)
    content[middle : middle + 4] = bytes(each ^ 0xFF for each in content[middle : middle + 4])
    copy = file.with_name(f"altered-{file.name}")
    copy.write_bytes(content)
    return copy


def texts(read: Document) -> list[str]:
    return [block.text for page in read.pages for block in page.blocks]


def test_a_picture_whose_bytes_were_altered_costs_no_text(tmp_path: Path) -> None:
    document, presentation, picture = word(), slides(), io.BytesIO(as_jpeg(photograph()))
    document.add_picture(picture)
    presentation.slides[0].shapes.add_picture(picture, 0, 0)
    for made, name, part in (
        (document, "a.docx", "word/media/image1.jpg"),
        (presentation, "a.pptx", "ppt/media/image1.jpg"),
    ):
        made.save(str(tmp_path / name))
        damaged = altered(tmp_path / name, part, 0.5)
        read = read_any(damaged, Reading())
        assert texts(read) == texts(read_any(tmp_path / name, Reading()))
        assert read.warnings[0] == f"repaired: the file is damaged, some of it may be missing: {part}"
        said = [one.reason for one in office_images(damaged) if isinstance(one, Failure)]
        assert said[-1] == read.warnings[0]  # also where what is left of the picture can be shown


def test_of_a_text_whose_bytes_were_altered_what_stands_before_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    for n in range(3000):
        document.add_paragraph(f"Gauge {n} stands at {n * n % 9973} metres.")
    document.save(str(tmp_path / "a.docx"))
    read = read_any(altered(tmp_path / "a.docx", "word/document.xml", 0.8), Reading())
    assert texts(read)[:1000] == texts(read_any(tmp_path / "a.docx", Reading()))[:1000]
    assert read.warnings == ("repaired: the file is damaged, some of it may be missing: word/document.xml",)
    with pytest.raises(ReadError) as raised:  # nothing of it is left
        read_any(altered(tmp_path / "a.docx", "word/document.xml", 0), Reading())
    assert raised.value.kind == "damaged"


@pytest.mark.parametrize(
    ("made", "name", "part", "wrong"),
    [
        (word, "a.docx", "docProps/core.xml", b"<a>Weirs & mills</a>"),
        (word, "a.docx", "word/fontTable.xml", b"<w:fonts><w:font w:name='A' w:name='A'/>"),
        (word, "a.docx", "word/theme/theme1.xml", b""),
        (slides, "a.pptx", "docProps/core.xml", b"\0\0"),
        (slides, "a.pptx", "ppt/slideLayouts/slideLayout7.xml", b"<p:sldLayout"),
        (sheets, "a.xlsx", "docProps/core.xml", b"<cp:coreProperties/>"),
        (sheets, "a.xlsx", "xl/styles.xml", b"<styleSheet"),
        (sheets, "a.xlsx", "xl/theme/theme1.xml", b""),
    ],
)
def test_a_part_that_is_no_xml_costs_itself_alone(
    made: Callable[[], Any], name: str, part: str, wrong: bytes, tmp_path: Path
) -> None:
    made().save(str(tmp_path / name))
    with zipfile.ZipFile(tmp_path / name) as usual, zipfile.ZipFile(tmp_path / f"wrong-{name}", "w") as archive:
        for each in usual.namelist():
            archive.writestr(each, wrong if each == part else usual.read(each))
    assert texts(read_any(tmp_path / f"wrong-{name}", Reading())) == texts(read_any(tmp_path / name, Reading()))


def test_a_slide_that_is_no_xml_costs_itself_alone(tmp_path: Path) -> None:
    presentation = slides()
    presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "The mill"
    presentation.save(str(tmp_path / "a.pptx"))
    with zipfile.ZipFile(tmp_path / "a.pptx") as usual, zipfile.ZipFile(tmp_path / "b.pptx", "w") as archive:
        for part in usual.namelist():
            archive.writestr(part, b"" if part == "ppt/slides/slide1.xml" else usual.read(part))
    first, second = read_pptx(tmp_path / "b.pptx", Reading()).pages
    assert first.problem
    assert [block.text for block in second.blocks] == ["The mill"]
    assert [one.page for one in office_images(tmp_path / "b.pptx") if isinstance(one, Failure)] == [1, None]


def test_a_workbook_that_is_called_a_word_file_is_named_once(tmp_path: Path) -> None:
    sheets().save(str(tmp_path / "a.docx"))
    with pytest.raises(
        ReadError, match=r"^\S+a.docx: it is damaged, or no Word file \(it is not a Word file, "
    ) as raised:
        read_docx(tmp_path / "a.docx", Reading())
    assert raised.value.kind == "damaged"
