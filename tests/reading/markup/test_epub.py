"""EPUB: chapters in reading order with their titles, and books that are damaged or locked."""

import zipfile
from pathlib import Path

import pytest

from ragcli.errors import ReadError
from ragcli.reading.markup.epub import read_epub
from ragcli.settings import Reading

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>The  Book</dc:title><dc:creator>A. One</dc:creator><dc:creator>B. Two</dc:creator>
<dc:date>2021-03</dc:date><dc:language>fra</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="a" href="text/a%20b.xhtml"/><item id="c" href="text/c.xhtml"/><item id="d" href="text/d.xhtml"/>
<item id="gone" href="text/gone.xhtml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="c"/><itemref idref="a"/><itemref idref="d"/><itemref idref="gone"/>
<itemref idref="nowhere"/></spine></package>"""
NAV = """<html xmlns:epub="x"><body><nav epub:type="toc"><ol><li><a href="text/a%20b.xhtml#top">Chapter A</a></li>
<li><a href="text/a%20b.xhtml#later">Later</a></li></ol></nav></body></html>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>By NCX</text></navLabel>
<content src="text/d.xhtml"/></navPoint></navMap></ncx>"""


def chapter(text: str) -> str:
    return f"<?xml version='1.0' encoding='utf-8'?><html><head><title/></head><body>{text}</body></html>"


PARTS = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/nav.xhtml": NAV,
    "OEBPS/toc.ncx": NCX,
    "OEBPS/text/a b.xhtml": chapter("<p>Été.</p><aside role='doc-footnote'>Note.</aside>"),
    "OEBPS/text/c.xhtml": chapter("<header><h2>Own heading</h2></header><p>Text.</p><img src='x.png' alt=''/>"),
    "OEBPS/text/d.xhtml": chapter("<p>Last.</p>"),
}


def book(folder: Path, changes: dict[str, str] | None = None) -> Path:
    file = folder / "book.epub"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in {**PARTS, **(changes or {})}.items():
            archive.writestr(name, text)
    return file


def test_a_book(tmp_path: Path) -> None:
    document = read_epub(book(tmp_path), Reading())
    assert (document.title, document.author) == ("The Book", "A. One, B. Two")
    assert (document.date, document.language, document.type) == ("2021-03", "fr", "epub")
    assert [(page.place, [block.text for block in page.blocks], page.images) for page in document.pages] == [
        ("Own heading", ["Own heading", "Text."], 1),
        ("Chapter A", ["Été.", "Note."], 0),
        ("By NCX", ["Last."], 0),
        ("OEBPS/text/gone.xhtml", [], 0),
    ]
    assert document.pages[1].blocks[1].kind == "footnote"
    assert document.pages[-1].problem == "OEBPS/text/gone.xhtml is listed but missing"
    assert all(page.number is None for page in document.pages)


def test_what_is_struck_out_is_left_out_and_counted(tmp_path: Path) -> None:
    document = read_epub(book(tmp_path, {"OEBPS/text/d.xhtml": chapter("<p>Last <del>old</del> word.</p>")}), Reading())
    assert [block.text for page in document.pages for block in page.blocks][-1] == "Last word."
    assert document.warnings == ("1 struck out text left out",)


def failing(file: Path) -> str:
    with pytest.raises(ReadError) as error:
        read_epub(file, Reading())
    assert str(error.value).startswith(f"{file}: ")
    return error.value.kind


@pytest.mark.parametrize(
    "changes",
    [
        {"META-INF/container.xml": "<container/>"},
        {"META-INF/container.xml": "no XML"},
        {"OEBPS/book.opf": "<package><spine/></package>"},
        {"OEBPS/book.opf": "<package"},
    ],
)
def test_a_damaged_list_of_contents(tmp_path: Path, changes: dict[str, str]) -> None:
    assert failing(book(tmp_path, changes)) == "damaged"


def test_a_bad_table_of_contents_costs_titles_only(tmp_path: Path) -> None:
    document = read_epub(book(tmp_path, {"OEBPS/nav.xhtml": "", "OEBPS/toc.ncx": "<"}), Reading())
    assert [page.place for page in document.pages] == ["Own heading", None, None, "OEBPS/text/gone.xhtml"]


ENCRYPTION = """<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData>
</enc:EncryptedData></encryption>"""
AES = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"


def test_copy_protection(tmp_path: Path) -> None:
    place = "META-INF/encryption.xml"
    assert failing(book(tmp_path, {place: ENCRYPTION.format(AES, "OEBPS/text/c.xhtml")})) == "encrypted"
    for method, part in ((AES, "OEBPS/font.otf"), ("http://www.idpf.org/2008/embedding", "OEBPS/text/c.xhtml")):
        assert read_epub(book(tmp_path, {place: ENCRYPTION.format(method, part)}), Reading()).pages


def test_a_chapter_that_can_not_be_unpacked_costs_itself(tmp_path: Path) -> None:
    file = book(tmp_path)
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"<p>Last.</p>", b"<p>Lost.</p>", 1))  # stored: its checksum is now wrong
    document = read_epub(file, Reading())
    assert document.pages[0].blocks
    assert "can't be unpacked" in (document.pages[2].problem or "")


def test_entities_do_not_explode(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE package [<!ENTITY l0 "ha">{levels}]><package>&l11;</package>'
    assert failing(book(tmp_path, {"OEBPS/book.opf": bomb})) == "damaged"


def test_a_chapter_of_links_within_the_book_is_its_contents(tmp_path: Path) -> None:
    links = "".join(f"<p><a href='text/c.xhtml#s{n}'>{n}. Section</a></p>" for n in range(9))
    (tmp_path / "within").mkdir()
    within = read_epub(
        book(tmp_path / "within", {"OEBPS/text/d.xhtml": chapter(f"<h1>Contents</h1>{links}")}), Reading()
    )
    assert [page.place for page in within.pages] == ["Own heading", "Chapter A", "OEBPS/text/gone.xhtml"]
    away = chapter(links.replace("text/c", "https://example.org/c"))
    assert "By NCX" in [page.place for page in read_epub(book(tmp_path, {"OEBPS/text/d.xhtml": away}), Reading()).pages]


def test_chapters_are_cut_where_the_contents_lead_to_and_not_where_the_files_end(tmp_path: Path) -> None:
    long = "<p>The river rose in the night, and nobody slept at the weir.</p>"
    nav = """<html><body><nav epub:type="page-list"><a href="text/d.xhtml#two">7</a></nav><nav epub:type="toc"><ol>
    <li><a href="text/c.xhtml#one">I. The weir</a><ol><li><a href="text/c.xhtml#deep">Its gates</a></li></ol></li>
    <li><a href="text/d.xhtml#two">II. The brook</a></li><li><a href="text/d.xhtml#three">III. The <i>sea</i></a></li></ol>
    </nav></body></html>"""
    files = {
        "OEBPS/nav.xhtml": nav,
        "OEBPS/text/c.xhtml": chapter(
            f"<img src='x.png' alt=''/><p>1</p><h2 id='one'>The weir</h2>{long}<h3 id='deep'>Gates</h3>"
        ),
        "OEBPS/text/a b.xhtml": chapter(long),
        "OEBPS/text/d.xhtml": chapter(
            f"{long}<div id='two'><h2>The brook</h2>{long}</div><h2><a name='three'/>The sea</h2><p>Salt.</p>"
        ),
    }  # fmt: skip
    pages = read_epub(book(tmp_path, files), Reading()).pages[:5]
    said = "The river rose in the night, and nobody slept at the weir."
    assert [(page.place, [block.text for block in page.blocks], page.images) for page in pages] == [
        ("I. The weir", ["1", "The weir", said, "Gates"], 1),
        (None, [said], 0),
        ("I. The weir", [said], 0),
        ("II. The brook", ["The brook", said], 0),
        ("III. The sea", ["The sea", "Salt."], 0),
    ]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("OEBPS/book.opf", "The  Book", "Caf&eacute; & more"),
        ("OEBPS/book.opf", "<package", "<?xml version='1.0' encoding='nosuch'?><package"),
        ("OEBPS/book.opf", "</spine></package>", ""),
        ("META-INF/container.xml", "</container>", ""),
    ],
)
def test_a_list_of_contents_that_is_no_xml_is_read_as_far_as_it_is(
    tmp_path: Path, part: str, old: str, new: str
) -> None:
    assert old in PARTS[part]
    read = read_epub(book(tmp_path, {part: PARTS[part].replace(old, new)}), Reading())
    assert [page.place for page in read.pages][:3] == ["Own heading", "Chapter A", "By NCX"]
    assert read.title == ("Café more" if "eacute" in new else "The Book")
    assert read.warnings == ("repaired: its list of contents is damaged, chapters may be missing",)
