"""HTML: the content without the furniture, and pages that mean harm."""

import time
from pathlib import Path

import pytest

from ragcli.errors import ReadError
from ragcli.reading.markup.html import read_html
from ragcli.records import Document
from ragcli.settings import Reading


def read(folder: Path, source: str | bytes, name: str = "a.html") -> Document:
    file = folder / name
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    return read_html(file, Reading())


PAGE = """<!doctype html><html lang="en-GB"><head><title>The page</title>
<meta name="author" content="A. One"><meta property="article:published_time" content="2024-05-17T10:00:00Z">
<script>var text = "<p>script</p>"</script><style>p { color: red }</style></head>
<body><header><a href="/">Logo</a></header><nav><ul><li>Home</li></ul></nav>
<form><input value="x"><label>Search</label></form>
<main><article><header><h1>Heading</h1><p>Byline</p></header>
<p>First <b>bold</b>,<br>next&nbsp;line.</p><p hidden>secret</p><p style="color:red; display : none">secret</p>
<span aria-hidden="true">icon</span><!-- comment --><template><p>template</p></template>
<figure><img src="x.png" alt="left out"><figcaption>Figure 1: A river.</figcaption></figure>
<pre>def f():
    return 1</pre><aside>Read also</aside></article></main>
<footer>Imprint</footer></body></html>"""


def test_a_page_without_its_furniture(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    assert [(block.kind, block.text) for block in document.pages[0].blocks] == [
        ("heading", "Heading"),
        ("text", "Byline"),
        ("text", "First bold, next line."),
        ("figure", "Figure 1: A river."),
        ("code", "def f():\n    return 1"),
    ]
    assert (document.title, document.author, document.date) == ("The page", "A. One", "2024-05-17")
    assert (document.language, document.type, document.pages[0].images) == ("en", "html", 1)


def test_a_page_in_one_form_is_read(tmp_path: Path) -> None:
    document = read(tmp_path, "<form><p>All the text of the page</p><select><option>x</option></select></form>")
    assert [block.text for block in document.pages[0].blocks] == ["All the text of the page"]


def test_what_is_struck_out_is_left_out_and_counted(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<p>The fee is <del>fi<s>ve</s></del> <ins>six</ins>"
        " <span style='text-decoration: line-through'>dollars</span> euros.</p>",
    )
    assert [block.text for block in document.pages[0].blocks] == ["The fee is six euros."]
    assert document.warnings == ("2 struck out texts left out",)


def test_a_line_that_nobody_ended_strikes_nothing_out(tmp_path: Path) -> None:
    document = read(tmp_path, "<p>The fee is <s>five euros.<p>It is due in May.<p>It is paid at the desk.")
    assert document.pages[0].characters > 60
    assert document.warnings == ()


BOOK = """<ul class="docnav top"><li><a href="a.html">Prev</a></li><li>The book</li><li><a href="c.html">Next</a></li></ul>
<div class="chapter"><h1>2. Floods</h1><div class="toc"><dl><dt><a href="#s1">2.1. Rain</a></dt>
<dd><dl><dt><a href="#s11">2.1.1. Snow</a></dt></dl></dd></dl></div>
<p>The <a href="#r">river</a> rises in spring, when the snow melts.</p>
<ul class="nav"><li>A list that is only called so, with <a href="d.html">one link</a>.</li></ul></div>"""


def test_lists_of_links_that_are_called_navigation_are_no_text(tmp_path: Path) -> None:
    assert [block.text for block in read(tmp_path, BOOK).pages[0].blocks] == [
        "2. Floods",
        "The river rises in spring, when the snow melts.",
        "- A list that is only called so, with one link.",
    ]


def test_an_index_is_read(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="{n}.html">{n}. Chapter</a></li>' for n in range(9))
    document = read(tmp_path, f'<h1>Book</h1><ol class="toc">{links}</ol>')
    assert "8. Chapter" in document.pages[0].blocks[-1].text


def test_a_small_main_is_not_the_page(tmp_path: Path) -> None:
    document = read(tmp_path, f"<p>{'text ' * 50}</p><main>x</main>")
    assert len(document.pages[0].blocks) == 2


def test_a_title_in_the_header_is_kept(tmp_path: Path) -> None:
    document = read(tmp_path, "<header><h1>Title</h1></header><p>text</p>")
    assert document.title == "Title"


@pytest.mark.parametrize(
    "raw",
    [
        "<meta charset=iso-8859-1><p>20 € d'été".encode("cp1252"),
        "<?xml version='1.0' encoding='windows-1252'?><html><body><p>20 € d'été</p></body></html>".encode("cp1252"),
        '<meta charset="utf-16"><p>20 € d\'été'.encode(),
        "<p>20 € d'été".encode("utf-16"),
        "<p>20 € d'été".encode("cp1252"),
    ],
)
def test_encodings(tmp_path: Path, raw: bytes) -> None:
    assert read(tmp_path, raw).pages[0].blocks[0].text == "20 € d'été"


def test_an_empty_title_of_xhtml_does_not_swallow_the_page(tmp_path: Path) -> None:
    head = "<html><head><title/><script src='x'/></head>"
    source = f"{head}<body><p>one<br/>two <a id='x'/>three</p><![CDATA[<four>]]></body></html>"
    document = read(tmp_path, source, "a.xhtml")
    assert [block.text for block in document.pages[0].blocks] == ["one two three", "<four>"]


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 5_000 + "deep",  # the parser itself takes time by the square of the depth
        "<ul><li>" * 5_000 + "deep",
        "<table><tr><td>" * 2_000 + "deep",
        "<blockquote>" * 5_000 + "<table><tr><td>a<td>deep",
        "<table><tr>" + "<td colspan=99999 rowspan=99999>deep" * 100,
        "<a " * 100_000 + ">deep",
        "<p>" + "<b>" * 20_000 + "deep",
        "<math>" + "<mrow>" * 3_000 + "<mi>deep",
    ],
)
def test_hostile_pages_end(tmp_path: Path, source: str) -> None:
    start = time.monotonic()
    document = read(tmp_path, source)
    assert "deep" in " ".join(block.text for page in document.pages for block in page.blocks) or "<a" in source
    assert time.monotonic() - start < 20


def test_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as error:
        read(tmp_path, b"")
    assert error.value.kind == "empty"


def test_links_to_the_page_in_other_languages_are_no_text(tmp_path: Path) -> None:
    others = "".join(
        f"<li><a href='/{tag}/' hreflang={tag}>{name}</a>" for tag, name in (("fr", "Loutre"), ("eu", "Igaraba"))
    )
    document = read(tmp_path, f"<header><h1>Otter</h1><ul>{others}</ul></header><p>It swims.")
    assert [block.text for page in document.pages for block in page.blocks] == ["Otter", "It swims."]
    document = read(
        tmp_path, "<ul><li><a href='/fr/' hreflang=fr>The report</a> in French, of 2021, with all its tables</ul>"
    )
    assert document.pages[0].blocks[0].text == "- The report in French, of 2021, with all its tables"


def test_lists_of_links_above_the_heading_of_a_page_are_menus(tmp_path: Path) -> None:
    menu = "<ul><li><a href=/news>News</a><li><a href=/boats>Boats</a></ul>"
    facts = "<ul><li>Open at noon<li><a href=/map>Map</a> of the <a href=/weir>weir</a></ul>"
    text = "<p>The gate of the weir opens at noon, and closes at four in the afternoon.</p>"

    def texts(source: str) -> list[str]:
        return [block.text for page in read(tmp_path, source).pages for block in page.blocks]

    assert texts(menu + facts + "<h1>Weirs</h1>" + text + menu)[:2] == [
        "- Open at noon\n- Map of the weir",
        "Weirs",
    ]
    assert texts(menu + text)[0] == "- News\n- Boats"  # without a heading it may be what the page is about
    assert texts(menu + "<h1>Weirs</h1>")[0] == "- News\n- Boats"  # an index
