"""Word files, made by python-docx, and with what it can't make put into their XML."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from ragcli.errors import ReadError
from ragcli.reading.office.docx import read_docx
from ragcli.records import Document
from ragcli.settings import Reading
from tests.reading.picture_files import as_jpeg, photograph


def saved(document: Any, folder: Path) -> Document:
    file = folder / "a.docx"
    document.save(str(file))
    return read_docx(file, Reading())


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for page in document.pages for block in page.blocks]


def body_with(xml: str) -> Any:
    document = docx.Document()
    namespaces = nsdecls("w", "wp", "a", "m") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    for node in parse_xml(f"<w:body {namespaces}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, node)
    return document


def test_structure_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("The report", 0)
    document.add_heading("Scope", 1)
    document.add_paragraph("First  paragraph\u00a0with\tspaces.")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("two", style="List Bullet")
    document.add_paragraph("a", style="List Number")
    document.add_paragraph("b", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Town", "Staff | all", "Ay", "3"], strict=True):
        cell.text = text
    document.add_paragraph("Table 1: Staff", style="Caption")
    document.add_heading("Results", 1)
    document.add_paragraph("Second.")
    document.core_properties.title = "Report 2023"
    document.core_properties.author = "A. One"
    document.core_properties.created = datetime.datetime(2024, 5, 17, 10)
    document.core_properties.language = "en-GB"
    read = saved(document, tmp_path)
    assert shown(read) == [
        ("heading", "The report"),
        ("heading", "Scope"),
        ("text", "First paragraph with spaces."),
        ("list", "- one\n- two\n1. a\n2. b"),
        ("table", "| Town | Staff \\| all |\n| --- | --- |\n| Ay | 3 |"),
        ("caption", "Table 1: Staff"),
        ("heading", "Results"),
        ("text", "Second."),
    ]
    assert [page.place for page in read.pages] == ["Scope", "Results"]
    assert (read.title, read.author, read.date, read.language) == ("Report 2023", "A. One", "2024-05-17", "en")


def test_french_styles_and_outline_levels(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("Titre 1", WD_STYLE_TYPE.PARAGRAPH)
    own = document.styles.add_style("Chapitre maison", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Un", style="Titre 1")
    document.add_paragraph("Deux", style="Chapitre maison")
    node = document.add_paragraph("Trois")._p
    node.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    read = saved(document, tmp_path)
    assert [(block.kind, block.level) for page in read.pages for block in page.blocks] == [
        ("heading", 1), ("heading", 2), ("heading", 3),
    ]  # fmt: skip
    assert read.title == "Un"


def test_merged_cells_speak_in_each_row_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "high"
    for place, text in {(0, 2): "c", (1, 1): "1", (1, 2): "2", (2, 1): "3", (2, 2): "4"}.items():
        table.cell(*place).text = text
    assert shown(saved(document, tmp_path)) == [
        ("table", "| wide |  | c |\n| --- | --- | --- |\n| high | 1 | 2 |\n| high | 3 | 4 |")
    ]


def test_heads_of_two_rows_rows_that_begin_later_and_a_title(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(5, 5)
    rows = (
        ["Sales by quarter"],
        ["Part", "2021", "", "2022", ""],
        ["", "Q3", "Q4", "Q3", "Q4"],
        ["Paper", "1", "2", "3", "4"],
    )
    for at, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    for first, last in (((0, 0), (0, 4)), ((1, 0), (2, 0)), ((1, 1), (1, 2)), ((1, 3), (1, 4))):
        table.cell(*first).merge(table.cell(*last))
    row = table.rows[4]._tr
    for cell in row.findall(qn("w:tc"))[:3]:
        row.remove(cell)
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="3"/>'))
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader {nsdecls("w")} w:val="0"/>'))
    row.findall(qn("w:tc"))[0].find(qn("w:p")).append(parse_xml(f"<w:r {nsdecls('w')}><w:t>5</w:t></w:r>"))
    title, read = saved(document, tmp_path).pages[0].blocks
    assert (title.kind, title.text) == ("caption", "Sales by quarter")
    assert read.text.split("\n")[::2] == [
        "| Part | 2021 Q3 | 2021 Q4 | 2022 Q3 | 2022 Q4 |", "| Paper | 1 | 2 | 3 | 4 |",
    ]  # fmt: skip
    assert read.text.split("\n")[3] == "|  |  |  | 5 |  |"


def test_labels_in_bold_or_on_a_shade_head_no_columns(tmp_path: Path) -> None:
    document = docx.Document()
    for way in ("bold", "shade", "plain"):
        table = document.add_table(2, 2)
        for at, row in enumerate((("Dauer", "ein Semester"), ("Sprache", "Deutsch"))):
            for column, text in enumerate(row):
                table.cell(at, column).paragraphs[0].add_run(text).bold = way == "bold" and not column
            if way == "shade":
                shade = f'<w:shd {nsdecls("w")} w:val="clear" w:fill="D9E2F3"/>'
                table.cell(at, 0)._tc.get_or_add_tcPr().append(parse_xml(shade))
    bold, shaded, plain = (block.text for block in saved(document, tmp_path).pages[0].blocks)
    assert bold == shaded == "|  |  |\n| --- | --- |\n| Dauer | ein Semester |\n| Sprache | Deutsch |"
    assert plain == "| Dauer | ein Semester |\n| --- | --- |\n| Sprache | Deutsch |"


def test_a_style_that_sets_the_first_row_apart_makes_it_the_head(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2, style="Light Grid Accent 1")
    for place, text in {(0, 0): "Dauer", (0, 1): "Sprache", (1, 0): "ein Semester", (1, 1): "Deutsch"}.items():
        table.cell(*place).text = text
    table.cell(0, 0).paragraphs[0].runs[0].bold = True  # as its style says already
    labels = document.add_table(2, 2, style="Light Grid Accent 1")
    for place, text in {(0, 0): "Dauer", (0, 1): "ein Semester", (1, 0): "Sprache", (1, 1): "Deutsch"}.items():
        labels.cell(*place).text = text
    look = labels._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), "0")
    headed, labelled = (block.text for block in saved(document, tmp_path).pages[0].blocks)
    assert headed.startswith("| Dauer | Sprache |")
    assert labelled.startswith("|  |  |\n")


def test_tables_within_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(1, 2)  # two tables beside each other
    for column, name in enumerate(("Herons", "Owls")):
        inner = frame.cell(0, column).add_table(2, 2)
        for place, text in {(0, 0): "Team", (0, 1): "Points", (1, 0): name, (1, 1): "31"}.items():
            inner.cell(*place).text = text
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "Room", "Fittings", "North"
    inner = table.cell(1, 1).add_table(2, 2)
    for place, text in {(0, 0): "desk", (0, 1): "4", (1, 0): "chair", (1, 1): "8"}.items():
        inner.cell(*place).text = text
    texts = [block.text for block in saved(document, tmp_path).pages[0].blocks]
    assert texts[:2] == [f"| Team | Points |\n| --- | --- |\n| {name} | 31 |" for name in ("Herons", "Owls")]
    assert texts[2].endswith("| North | desk 4; chair 8 |")


def test_ticks_and_choices_of_forms(tmp_path: Path) -> None:
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    choice = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/>'
        '<w:listEntry w:val="AB"/></w:ddList></w:ffData></w:fldChar></w:r>'
    )
    states = ("<w:checked/>", '<w:default w:val="1"/><w:checked w:val="0"/>', '<w:default w:val="1"/>', "")
    document = docx.Document()
    for runs in ("".join(map(box.format, states)), choice):
        document.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))
    assert [block.text for block in saved(document, tmp_path).pages[0].blocks] == ["☒☐☒☐", "AB"]


def test_charts_and_diagrams_stand_in_parts_of_their_own(tmp_path: Path) -> None:
    c, a = (
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    )
    point = '<c:pt idx="0"><c:v>{}</c:v></c:pt>'
    series = f"<c:ser><c:tx><c:v>Floods</c:v></c:tx><c:cat>{point.format(2023)}</c:cat><c:val>{point.format(7)}</c:val></c:ser>"
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    parts = {
        "chart": (
            f'<c:chartSpace xmlns:c="{c}"><c:chart>{series}</c:chart></c:chartSpace>',
            f'<c:chart xmlns:c="{c}" r:id="{{}}"/>',
        ),
        "diagramData": (
            f'<dgm:dataModel xmlns:dgm="{diagram}" xmlns:a="{a}"><a:p><a:r><a:t>First, dig</a:t></a:r></a:p></dgm:dataModel>',
            f'<dgm:relIds xmlns:dgm="{diagram}" r:dm="{{}}"/>',
        ),
    }
    document = docx.Document()
    for kind, (data, node) in parts.items():
        part = Part(PackURI(f"/word/{kind}.xml"), "application/xml", data.encode(), document.part.package)
        relation = document.part.relate_to(
            part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        )
        document.element.body.insert(
            -1, parse_xml(f"<w:p {nsdecls('w', 'r')}><w:r><w:drawing>{node.format(relation)}</w:drawing></w:r></w:p>")
        )
    texts = [block.text for block in saved(document, tmp_path).pages[0].blocks]
    assert texts == ["|  | Floods |\n| --- | --- |\n| 2023 | 7 |", "First, dig"]


def test_a_long_text_beside_rows_stands_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "said " * 30
    for row in range(3):
        table.cell(row, 1).text = str(row)
    ((kind, text),) = shown(saved(document, tmp_path))
    assert kind == "table"
    assert text.count("said") == 30


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
ENERGY = (
    f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>E=m</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r>'
    "<m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
)


def test_a_formula_that_stands_alone_is_an_equation_and_keeps_its_number(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The energy is ")._p.append(parse_xml(ENERGY))
    display = document.add_paragraph("\t")
    display._p.append(parse_xml(ENERGY))
    display.add_run("\t(3)")
    text, equation = saved(document, tmp_path).pages[0].blocks
    assert (text.kind, text.text) == ("text", "The energy is E=mc^{2}")
    assert (equation.kind, equation.text, equation.latex, equation.label) == ("equation", "E=m c 2", "E=mc^{2}", "3")


def test_a_frame_of_one_cell_is_its_content(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "framed"
    assert shown(saved(document, tmp_path)) == [("text", "framed")]


def test_tracked_changes_hidden_text_fields_and_formulas(tmp_path: Path) -> None:
    document = body_with("""<w:p><w:r><w:t>kept </w:t></w:r><w:ins><w:r><w:t>new </w:t></w:r></w:ins>
        <w:del><w:r><w:delText>old</w:delText></w:r></w:del>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>
        <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown </w:t></w:r>
        <w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>
        <w:r><w:noBreakHyphen/><w:t>10</w:t></w:r>
        <w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r>
        <m:oMath><m:r><m:t>=x</m:t></m:r></m:oMath></w:p>""")
    assert shown(saved(document, tmp_path)) == [("text", "kept new shown link-10⁶=x")]


def test_what_is_struck_out_is_left_out_and_counted(tmp_path: Path) -> None:
    document = body_with("""<w:p><w:r><w:t>The fee is </w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>five </w:t></w:r>
        <w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>six </w:t></w:r>
        <w:r><w:rPr><w:dstrike/></w:rPr><w:t>dollars</w:t></w:r><w:r><w:t>euros.</w:t></w:r></w:p>""")
    read = saved(document, tmp_path)
    assert shown(read) == [("text", "The fee is six euros.")]
    assert read.warnings == ("2 struck out texts left out",)


def test_formulas_below_each_other_are_several(tmp_path: Path) -> None:
    one = "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"
    document = body_with(f"<w:p><m:oMathPara>{one}{one}</m:oMathPara></w:p>")
    assert shown(saved(document, tmp_path)) == [("text", "a=b a=b")]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ('<w:r><w:t>5 </w:t></w:r><w:r><w:sym w:font="Symbol" w:char="F06D"/><w:t>g</w:t></w:r>', "5 μg"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> paid</w:t></w:r>', "☑ paid"),
        ('<w:r><w:sym w:font="Arial" w:char="20AC"/><w:t> 12</w:t></w:r>', "€ 12"),
        ('<w:r><w:sym w:font="Symbol" w:char="not a number"/><w:t>12</w:t></w:r>', "12"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>x</w:t></w:r><w:r><w:t> paid</w:t></w:r>', "☒ paid"),
        (
            '<w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Symbol"/><w:vertAlign w:val="superscript"/></w:rPr>'
            "<w:t>\uf02d3</w:t></w:r>",
            "10⁻³",
        ),
    ],
)
def test_signs_of_symbol_fonts_are_spelt_out(tmp_path: Path, runs: str, text: str) -> None:
    assert shown(saved(body_with(f"<w:p>{runs}</w:p>"), tmp_path)) == [("text", text)]


def test_content_controls_and_the_table_of_contents(tmp_path: Path) -> None:
    document = body_with("""
        <w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>
          <w:sdtContent><w:p><w:r><w:t>Scope 3</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:sdt><w:sdtContent><w:p><w:r><w:t>in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:altChunk/>""")
    read = saved(document, tmp_path)
    assert shown(read) == [("text", "in a control")]
    assert read.warnings == ("an embedded document in another format was not read",)


def test_text_boxes_and_images(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    document = body_with(f"""<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent>
        <mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback>
        </mc:AlternateContent></w:r><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>""")
    read = saved(document, tmp_path)
    assert shown(read) == [("text", "before"), ("text", "boxed")]
    assert read.pages[0].images == 1


NOTES = """<w:footnotes {0}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t> See the annex.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def test_footnotes_follow_their_paragraph(tmp_path: Path) -> None:
    document = body_with("""<w:p><w:r><w:t>Text.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
        <w:p><w:r><w:t>After.</w:t></w:r></w:p>""")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, NOTES.format(nsdecls("w")).encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert shown(saved(document, tmp_path)) == [("text", "Text."), ("footnote", "See the annex."), ("text", "After.")]


# ---- files that are not what they seem


def failing(file: Path) -> str:
    with pytest.raises(ReadError) as error:
        read_docx(file, Reading())
    assert str(error.value).startswith(f"{file}: ")
    assert "\n" not in str(error.value)
    return error.value.kind


def test_a_letterhead_stands_once_and_page_numbers_nowhere(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The rent is due on 1 May.")
    document.add_section()
    for section, number in zip(document.sections, ("3", "Seite 2 von 7"), strict=True):
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Halvern Trust, file HT-77"
        section.footer.paragraphs[0].text = number
    document.sections[1].footer.add_paragraph("The rent is due on 1 May")
    document.sections[1].footer.add_paragraph("IBAN DE89 3704")
    document.add_comment(document.paragraphs[0].runs[0], "June?", "Ada")
    read = saved(document, tmp_path)
    assert [text for _, text in shown(read)] == [
        "Halvern Trust, file HT-77",
        "IBAN DE89 3704",
        "The rent is due on 1 May.",
    ]
    assert read.warnings == ("1 comment left out",)


def test_damaged_files(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    docx.Document().save(str(file))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert failing(file) == "truncated"
    file.write_bytes(b"just text")
    assert failing(file) == "damaged"
    file.write_bytes(b"")
    assert failing(file) == "empty"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "no Word file")
    assert failing(file) == "damaged"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
    assert failing(file) == "damaged"


def test_encrypted_and_old_files(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    file = tmp_path / "a.docx"
    file.write_bytes(old + "EncryptedPackage".encode("utf-16-le") + bytes(100))
    assert failing(file) == "encrypted"
    file.write_bytes(old)
    assert failing(file) == "unsupported"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(257 << 20))
    assert failing(file) == "memory"


def test_large_pictures_with_hardly_any_text_are_named(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("For reference only")
    for side in (14, 14, 3):
        document.add_picture(io.BytesIO(as_jpeg(photograph())), width=Cm(side))
    assert saved(document, tmp_path).warnings == ("not read: 2 large pictures, with hardly any text beside",)
    document.add_paragraph("The gauges stand at the mill and at the weir. " * 8)
    assert saved(document, tmp_path).warnings == ()


def test_bold_paragraphs_are_the_headings_of_a_document_that_has_no_others(tmp_path: Path) -> None:
    document = docx.Document()
    for text, size in (("Rules of the weir", 16), ("Its gates", None), ("Its keeper", None)):
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = True, Pt(size) if size else None
        document.add_paragraph("Nobody opens a gate at night, nor when the river stands below the mark.")
        document.add_paragraph("Who does so all the same pays for the mill.")
    document.add_paragraph().add_run("Odile Marrec").bold = True
    document.save(str(tmp_path / "a.docx"))
    read = read_docx(tmp_path / "a.docx", Reading())
    heads = [
        (page.place, block.text, block.level) for page in read.pages for block in page.blocks if block.kind == "heading"
    ]
    assert heads == [
        ("Rules of the weir", "Rules of the weir", 1),
        ("Its gates", "Its gates", 2),
        ("Its keeper", "Its keeper", 2),
    ]
    assert read.title == "Rules of the weir"
    document.add_heading("Annex", 1)
    document.save(str(tmp_path / "a.docx"))
    read = read_docx(tmp_path / "a.docx", Reading())
    assert [block.text for page in read.pages for block in page.blocks if block.kind == "heading"] == ["Annex"]


def test_where_most_is_bold_nothing_is_a_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles["Normal"].font.bold = True
    for text in ("Its gates", "Nobody opens them at night", "Its keeper", "Odile Marrec", "The end"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    assert {block.kind for page in read_docx(tmp_path / "a.docx", Reading()).pages for block in page.blocks} == {"text"}


def test_the_size_of_a_picture_may_be_no_whole_number(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("For reference only")
    for width in ("5943600.0", "wide"):
        shape = document.add_picture(io.BytesIO(as_jpeg(photograph())), width=Cm(14))
        shape._inline.extent.attrib["cx"] = width
    assert saved(document, tmp_path).warnings == ("not read: 1 large picture, with hardly any text beside",)


def test_a_title_that_is_only_set_in_larger_letters_than_all_else(tmp_path: Path) -> None:
    def titled(*sizes: int) -> str | None:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].add_run("The river office").font.size = Pt(60)
        document.add_paragraph("The training centre")
        for line, size in zip(("Rules of the weir", "and its gates"), sizes, strict=True):
            document.add_paragraph().add_run(line).font.size = Pt(size)
        document.add_paragraph("Spring 2026")
        document.add_heading("Goals of the course", 1)
        document.add_paragraph("The gate opens at noon.")
        return saved(document, tmp_path).title

    assert titled(24, 24) == "Rules of the weir and its gates"  # 14 points has the heading
    assert titled(24, 12) == "Rules of the weir"
    assert titled(13, 12) == "Goals of the course"
    document = docx.Document()
    document.add_paragraph("The gate opens at noon, and so do the locks below it. " * 5)
    document.add_paragraph().add_run("Mind the gap").font.size = Pt(40)  # far below its beginning
    document.add_paragraph("It closes at four.")
    assert saved(document, tmp_path).title is None
    assert saved(docx.Document(), tmp_path).title is None
