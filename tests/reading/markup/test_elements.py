"""Elements to blocks: lists, notes, formulas, tables with merged cells; and no word is lost."""

from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.markup.elements import parse, parts_of
from ragcli.reading.text import paragraph


def shown(source: str) -> list[tuple[str, str]]:
    body = parse(source).body
    assert body
    return [(part.kind, part.text) for part in parts_of(body) if part]


def test_lists() -> None:
    source = """<ol start=3><li>three<li><p>four</p><p>more</p><ul><li>deep</ul></ol>
    <dl><dt>Term</dt><dd>meaning</dd><dd>another</dd><dt>A</dt><dt>B</dt><dd>both</dd></dl>"""
    assert shown(source) == [
        ("list", "3. three\n4. four more\n  - deep"),
        ("list", "- Term: meaning\n- another\n- A\n- B: both"),
    ]


def test_terms_within_terms_come_once() -> None:
    source = """<dl><div><dt>Rain</dt><dd>water<dl><dt>Snow</dt><dd>frozen</dd></dl></dd></div>
    <dt>Code</dt><dd><pre>ls</pre></dd><dt>Ice</dt><dd>solid</dd></dl>"""
    assert shown(source) == [
        ("list", "- Rain: water\n  - Snow: frozen\n- Code"),
        ("code", "ls"),
        ("list", "- Ice: solid"),
    ]


def test_an_image_that_is_a_link_says_where_it_goes() -> None:
    assert shown('<a href="index.html"><img src="logo.png" alt="Product site"></a>') == []
    assert shown('<a href="river.JPG"><img src="small.jpg" alt="A river"></a>') == [("caption", "A river")]


def test_two_line_breaks_part_paragraphs() -> None:
    assert shown("<div>one<br>two<br> <br>three\n\nfour</div>") == [("text", "one two"), ("text", "three four")]


def test_notes_and_raised_numbers() -> None:
    source = "<p>10<sup>6</sup> m<sup>−3</sup>, 1<sup>er</sup></p><aside role='doc-footnote'><p>A note.</p></aside>"
    assert shown(source) == [("text", "10⁶ m⁻³, 1er"), ("footnote", "A note.")]
    assert shown("<p>A word<sup>2</sup> and 3 km<sup>2</sup>.</p>") == [("text", "A word ² and 3 km².")]
    assert shown("<p>In 1887.<a epub:type='noteref' href='#n'>1</a></p>") == [("text", "In 1887.¹")]


def test_a_formula_gives_its_latex() -> None:
    tex = '<annotation encoding="application/x-tex">x^2</annotation>'
    assert shown(f"<p>So<math><semantics><mi>x</mi>{tex}</semantics></math>is</p>") == [("text", "So x^2 is")]


def test_markup_alone_says_its_latex_and_a_display_is_an_equation() -> None:
    power = "<msup><mi>x</mi><mn>2</mn></msup>"
    assert shown(f"<p>So<math>{power}</math>is</p>") == [("text", "So x^{2} is")]
    body = parse(f"<p>So<math display=block>{power}</math>is</p>").body
    assert body
    parts = [(part.kind, part.text, part.latex) for part in parts_of(body) if part]
    assert parts == [("text", "So", ""), ("equation", "x 2", "x^{2}"), ("text", "is", "")]


def test_a_table_with_caption_and_merged_cells() -> None:
    source = """<table><caption>Sales</caption><thead><tr><th rowspan=2>Town<th colspan=2>2023</tr>
    <tr><th>Q1<th>Q2</tr></thead><tr><td rowspan=2>Ay|<td>1<td>2<tr><td colspan=2>3</table>"""
    assert shown(source) == [
        ("caption", "Sales"),
        ("table", "| Town | 2023 Q1 | 2023 Q2 |\n| --- | --- | --- |\n| Ay\\| | 1 | 2 |\n| Ay\\| | 3 |  |"),
    ]


def test_a_list_of_links_within_the_page_is_its_contents() -> None:
    items = "".join(f'<li><a href="#s{n}">Section {n}</a></li>' for n in range(3))
    assert shown(f"<ul>{items}</ul>") == [("contents", "- Section 0\n- Section 1\n- Section 2")]
    assert shown(f"<ul>{items}<li>and a word</li></ul>")[0][0] == "list"
    assert shown(f"<ul>{items}</ul>".replace("#s", "s.html#"))[0][0] == "list"


def test_a_tip_is_its_text() -> None:
    source = """<table><tr><td rowspan=2><img src=tip.png alt="[Tip]"></td><th>Tip</th></tr>
    <tr><td><p>Read the gauge at noon.</p></td></tr></table>"""
    assert shown(source) == [("text", "Tip"), ("text", "Read the gauge at noon.")]


def test_the_sign_that_leads_to_a_heading_is_no_text() -> None:
    assert shown('<h2 id="s">Gauges<a class="headerlink" href="#s">¶</a></h2>') == [("heading", "Gauges")]
    assert shown('<p>A note<a href="#n">*</a></p>') == [("text", "A note*")]


def test_a_table_with_a_head_may_hold_lines_of_code() -> None:
    head = "<table><tr><th>Task</th><th>Command</th></tr>"
    assert shown(f"{head}<tr><td>List</td><td><pre>ls -l</pre></td></tr></table>") == [
        ("table", "| Task | Command |\n| --- | --- |\n| List | ls -l |")
    ]
    assert ("code", "cd /\nls -l") in shown(f"{head}<tr><td>List</td><td><pre>cd /\nls -l</pre></td></tr></table>")


def test_a_table_within_a_cell_is_what_the_cell_says() -> None:
    inner = "<table><tr><td>Level</td><td>3 m</td></tr><tr><td>Flow</td><td>4 m³/s</td></tr></table>"
    head = "<tr><th>Station</th><th>Readings</th><th>Sky</th></tr>"
    rows = f"<tr><td>Orn</td><td>{inner}</td><td>clear</td></tr><tr><td>Marrec</td><td>none</td><td>ice</td></tr>"
    assert shown(f"<table>{head}{rows}</table>") == [
        (
            "table",
            "| Station | Readings | Sky |\n| --- | --- | --- |\n"
            "| Orn | Level 3 m; Flow 4 m³/s | clear |\n| Marrec | none | ice |",
        )
    ]
    prose = "The brook rose over night and took the bridge with it. " * 10  # a page, laid out
    layout = f"<table><tr><td>{inner}</td><td>{prose}</td></tr><tr><td>Home</td><td>Imprint</td></tr></table>"
    assert [kind for kind, _ in shown(layout)] == ["table", "text", "text", "text"]


def test_rows_of_a_label_and_what_it_is_have_no_head() -> None:
    expected = [("table", "|  |  |\n| --- | --- |\n| River | Limn |\n| Length | 12 km |")]
    for label in ("<th>{}</th>", "<td><b>{}</b></td>", "<td bgcolor=silver>{}</td>", "<td style='font-weight:bold'>{}"):
        rows = "".join(
            f"<tr>{label.format(name)}<td>{text}</td></tr>" for name, text in (("River", "Limn"), ("Length", "12 km"))
        )
        assert shown(f"<table>{rows}</table>") == expected


def test_tables_side_by_side_in_one_are_read_one_after_the_other() -> None:
    source = "<table><tr><th>No.<th>Name<th>No.<th>Name</tr><tr><td>1<td>Ada<td>2<td>Bo</tr></table>"
    assert shown(source) == [("table", "| No. | Name |\n| --- | --- |\n| 1 | Ada |\n| 2 | Bo |")]


def test_a_table_for_layout_is_its_content() -> None:
    source = "<table><tr><td><h2>Head</h2><p>left</p></td><td><table><tr><td>a<td>b</table></td></tr></table>"
    assert shown(source) == [("heading", "Head"), ("text", "left"), ("table", "| a | b |\n| --- | --- |")]
    assert shown("<table><tr><td>one<tr><td>two</table>") == [("text", "one"), ("text", "two")]


words = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8)
inline = st.sampled_from(["b", "i", "a", "span", "code", "em"])
block = st.sampled_from(["p", "div", "li", "h2", "blockquote", "section"])


@given(st.lists(st.tuples(block, inline, words, words), max_size=8))
def test_every_word_comes_out_once_and_in_order(pieces: list[tuple[str, str, str, str]]) -> None:
    source = "".join(f"<{outer}>{a} <{inner}>{b}</{inner}></{outer}>" for outer, inner, a, b in pieces)
    text = " ".join(text.removeprefix("- ") for _, text in shown(source))
    assert paragraph(text) == paragraph(" ".join(f"{a} {b}" for _, _, a, b in pieces))


def test_items_have_the_numbers_that_the_page_shows() -> None:
    assert shown("<ol start=5><li>five<li value=9>nine<li>ten</ol>") == [("list", "5. five\n9. nine\n10. ten")]


def test_what_helps_to_pronounce_is_no_text() -> None:
    assert shown("<p><ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>は</p>") == [("text", "橋は")]


def test_a_cell_that_names_the_rows_below_it_is_no_head_and_the_row_above_it_none_either() -> None:
    source = """<table><tr><th>Country</th><th>Capital</th><th>Tongue</th></tr>{}
    <tr><td>France</td><td>Paris</td><td>French</td></tr><tr><th colspan=3>Asia</th></tr>
    <tr><td>Japan</td><td>Tokyo</td><td>Japanese</td></tr></table>"""
    rows = "| France | Paris | French |\n| Asia |  |  |\n| Japan | Tokyo | Japanese |"
    head = "| Country | Capital | Tongue |\n| --- | --- | --- |\n"
    assert shown(source.format("")) == [("table", head + rows)]
    assert shown(source.format("<tr><th colspan=3>Europe</th></tr>")) == [("table", f"{head}| Europe |  |  |\n{rows}")]
    two = "<table><tr><th>River</th><th colspan=2>Height</th></tr><tr><th></th><th>Low</th><th>High</th></tr><tr><td>A</td></tr>"
    assert shown(two)[0][1].startswith("| River | Height Low | Height High |")
