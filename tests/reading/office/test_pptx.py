"""Presentations made by python-pptx: every text of a slide, in the order in which it is read."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pptx
import pptx.chart.data
import pytest
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Inches

from ragcli.errors import ReadError
from ragcli.reading.images.office import office_images
from ragcli.reading.office.pptx import read_pptx
from ragcli.records import Document
from ragcli.settings import Reading
from tests.reading.picture_files import as_jpeg, photograph

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def saved(presentation: Any, folder: Path) -> Document:
    presentation.save(str(folder / "a.pptx"))
    return read_pptx(folder / "a.pptx", Reading())


def box(slide: Any, left: float, top: float, text: str) -> Any:
    made = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
    made.text_frame.text = text
    return made


def test_slides_with_all_that_is_on_them(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text = "The gauges"
    body = first.placeholders[1].text_frame
    body.text = "Radar"
    line = body.add_paragraph()
    line.text, line.level = "LIMNAR-4", 1
    first.notes_slide.notes_text_frame.text = "Mention the heron."
    second = presentation.slides.add_slide(presentation.slide_layouts[6])
    box(second, 5, 3, "right below")
    box(second, 1, 3, "left below")
    box(second, 1, 1, "above")
    group = second.shapes.add_group_shape([box(second, 1, 5, "grouped")])
    assert group.shapes
    grid = second.shapes.add_table(2, 2, Inches(1), Inches(6), Inches(3), Inches(1)).table
    for cell, text in zip(grid.iter_cells(), ["Site", "Price", "Marrec", "4870"], strict=True):
        cell.text = text
    second.shapes.add_picture(io.BytesIO(as_jpeg(photograph())), Inches(8), Inches(6))
    read = saved(presentation, tmp_path)
    assert read.title == "The gauges"
    assert [(page.number, page.place, page.images) for page in read.pages] == [
        (None, "slide 1", 0),
        (None, "slide 2", 1),
    ]
    assert [(block.kind, block.text) for page in read.pages for block in page.blocks] == [
        ("heading", "The gauges"),
        ("list", "- Radar\n  - LIMNAR-4"),
        ("text", "Mention the heron."),
        ("text", "above"),
        ("text", "left below"),
        ("text", "right below"),
        ("text", "grouped"),
        ("table", "| Site | Price |\n| --- | --- |\n| Marrec | 4870 |"),
    ]


def test_columns_with_heads_of_their_own_are_read_one_by_one(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[4])  # Comparison
    for holder, text in zip(slide.placeholders, ["Two gauges", "Radar", "Dry", "Float", "Wet"], strict=False):
        holder.text_frame.text = text
    (page,) = saved(presentation, tmp_path).pages
    assert [block.text for block in page.blocks] == ["Two gauges", "Radar", "Dry", "Float", "Wet"]


def test_a_slide_of_a_large_picture_and_hardly_any_text_is_named(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    for width, text in [(8, "Budget"), (8, "The gauges stand at the mill and at the weir. " * 5), (2, "A heron")]:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        box(slide, 1, 1, text)
        slide.shapes.add_picture(io.BytesIO(as_jpeg(photograph())), Inches(1), Inches(2), Inches(width))
    read = saved(presentation, tmp_path)
    assert read.warnings == ("1 slide with hardly any text beside a large picture, which is not read: 1",)


def test_labels_stay_beside_what_they_name(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    for top, (label, text) in enumerate([("Site", "Marrec"), ("Level", "4.1 m"), ("Price", "4870 €")], start=1):
        box(slide, 1, top, label).width = Inches(0.9)
        box(slide, 3, top, text).width = Inches(5)
    (page,) = saved(presentation, tmp_path).pages
    assert [block.text for block in page.blocks] == ["Site", "Marrec", "Level", "4.1 m", "Price", "4870 €"]


def test_a_cell_that_spans_rows_speaks_in_each(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(3, 2, 0, 0, Inches(4), Inches(2)).table
    for place, text in {(0, 0): "Site", (0, 1): "Level", (1, 0): "Marrec", (1, 1): "4.1", (2, 1): "4.2"}.items():
        table.cell(*place).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    (page,) = saved(presentation, tmp_path).pages
    assert page.blocks[0].text.split("\n")[2:] == ["| Marrec | 4.1 |", "| Marrec | 4.2 |"]


A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
CHOICE = f"""<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {A}
 xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"
 xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">
 <mc:Choice Requires="a14"><p:sp>
  <p:nvSpPr><p:cNvPr id="90" name="box"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr/>
  <p:txBody><a:bodyPr/>
   <a:p><a:r><a:t>The flow is </a:t></a:r><a14:m><m:oMath><m:r><m:t>Q=v</m:t></m:r></m:oMath></a14:m>
    <a:r><a:t> per </a:t></a:r><a14:m><m:oMath><m:r><m:t>m</m:t></m:r></m:oMath></a14:m></a:p>
   <a:p><a14:m><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den>
    </m:f></m:oMath></m:oMathPara></a14:m></a:p>
  </p:txBody></p:sp></mc:Choice>
 <mc:Fallback><p:sp><p:nvSpPr><p:cNvPr id="91" name="box"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>
  <p:txBody><a:bodyPr/><a:p><a:r><a:t>a picture of it</a:t></a:r></a:p></p:txBody></p:sp></mc:Fallback>
</mc:AlternateContent>"""


def test_a_box_with_formulas_is_read_once(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes._spTree.append(parse_xml(CHOICE))
    [page] = saved(presentation, tmp_path).pages
    assert [(block.kind, block.text, block.latex) for block in page.blocks] == [
        ("text", "The flow is Q=v per m", ""),
        ("equation", "a b", r"\frac{a}{b}"),
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ('<a:r><a:t>10</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>6</a:t></a:r><a:r><a:t> m</a:t></a:r>', "10⁶ m"),
        ('<a:r><a:t>H</a:t></a:r><a:r><a:rPr baseline="-25000"/><a:t>2</a:t></a:r><a:r><a:t>O</a:t></a:r>', "H2O"),
        ('<a:r><a:t>dam </a:t></a:r><a:r><a:rPr><a:sym typeface="Wingdings"/></a:rPr><a:t>à</a:t></a:r>', "dam →"),
        ('<a:r><a:rPr><a:sym typeface="Wingdings"/></a:rPr><a:t>\uf0e0 à la mairie</a:t></a:r>', "→ à la mairie"),
        ('<a:r><a:t>5 </a:t></a:r><a:r><a:rPr><a:latin typeface="Symbol"/></a:rPr><a:t>m</a:t></a:r>', "5 μ"),
        ("<a:r><a:t>above</a:t></a:r><a:br/><a:r><a:t>below</a:t></a:r>", "above below"),
        ('<a:r><a:rPr strike="sngStrike"/><a:t>5</a:t></a:r><a:r><a:rPr strike="noStrike"/><a:t>6</a:t></a:r>', "6"),
    ],
)
def test_what_a_run_looks_like_can_be_what_it_says(tmp_path: Path, runs: str, text: str) -> None:
    presentation = pptx.Presentation()
    made = box(presentation.slides.add_slide(presentation.slide_layouts[6]), 1, 1, "")
    line = made.text_frame.paragraphs[0]._p
    for node in parse_xml(f"<a:p {A}>{runs}</a:p>"):
        line.append(node)
    [page] = saved(presentation, tmp_path).pages
    assert [block.text for block in page.blocks] == [text]


def test_a_chart_is_a_table(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    untyped: Any = pptx.chart.data
    numbers = untyped.CategoryChartData()
    numbers.categories = ["2022", "2023"]
    numbers.add_series("Floods", (2, 5.5))
    numbers.add_series("Alerts", (9, None))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(5), Inches(3), numbers).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Floods and alerts"
    (page,) = saved(presentation, tmp_path).pages
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("caption", "Floods and alerts"),
        ("table", "|  | Floods | Alerts |\n| --- | --- | --- |\n| 2022 | 2 | 9 |\n| 2023 | 5.5 |  |"),
    ]


def test_charts_of_days_points_and_groups(tmp_path: Path) -> None:
    untyped: Any = pptx.chart.data
    days = untyped.CategoryChartData()
    days.categories = [datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)]
    days.add_series("Visits", (7, 9))
    groups = untyped.CategoryChartData(number_format="0%")
    town = groups.add_category("Orn")
    for name in ("men", "women"):
        town.add_sub_category(name)
    groups.add_series("Share", (0.25, 0.75))
    points = untyped.BubbleChartData()
    points.add_series("Risk").add_data_point(1.5, 20, 3)
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    kinds = (XL_CHART_TYPE.LINE, XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BUBBLE)
    for at, (kind, numbers) in enumerate(zip(kinds, (days, groups, points), strict=True)):
        shown = slide.shapes.add_chart(kind, 0, Inches(at), Inches(5), Inches(1), numbers).chart
        for node in shown._chartSpace.iter("{*}barChart"):  # solid, as python-pptx does not know them
            node.tag = node.tag.replace("barChart", "bar3DChart")
    (page,) = saved(presentation, tmp_path).pages
    assert [block.text.split("\n")[::2] for block in page.blocks] == [
        ["|  | Visits |", "| 2024-01-01 | 7 |"],
        ["|  | Share |", "| Orn men | 25 % |"],
        ["|  | Risk | Risk (size) |", "| 1.5 | 20 | 3 |"],
    ]


def test_a_picture_that_is_only_linked_costs_nothing_else(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box(slide, 1, 1, "beside it")
    picture = slide.shapes.add_picture(io.BytesIO(as_jpeg(photograph("L", 90, 50))), 0, 0)
    picture._element.blipFill.blip.attrib.clear()
    (page,) = saved(presentation, tmp_path).pages
    assert ([block.text for block in page.blocks], page.images) == (["beside it"], 1)
    assert list(office_images(tmp_path / "a.pptx")) == []


def test_an_empty_slide_keeps_its_place_and_junk_is_named(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    for layout in (6, 6):
        presentation.slides.add_slide(presentation.slide_layouts[layout])
    assert [page.place for page in saved(presentation, tmp_path).pages] == ["slide 1", "slide 2"]
    file = tmp_path / "a.pptx"
    file.write_bytes(file.read_bytes()[:2000])
    with pytest.raises(ReadError) as raised:
        read_pptx(file, Reading())
    assert raised.value.kind == "truncated"


def test_a_shape_of_no_known_kind_costs_nothing(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    made = box(slide, 1, 1, "Text without a shape")
    del made._element.nvSpPr.cNvSpPr.attrib["txBox"]
    made._element.spPr.remove(made._element.spPr.prstGeom)
    box(slide, 1, 3, "and one below")
    (page,) = saved(presentation, tmp_path).pages
    assert [block.text for block in page.blocks] == ["Text without a shape", "and one below"]


def test_strokes_of_a_pen_are_their_picture_or_nothing(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box(slide, 1, 1, "Mind the gap")
    picture = slide.shapes.add_picture(io.BytesIO(as_jpeg(photograph())), 0, 0)._element
    ink = '<p:contentPart xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'
    either = parse_xml(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="p14">{ink}</mc:Choice><mc:Fallback/></mc:AlternateContent>'
    )
    either[1].append(picture)
    slide.shapes._spTree.extend([either, parse_xml(ink)])
    (page,) = saved(presentation, tmp_path).pages
    assert ([block.text for block in page.blocks], page.images) == (["Mind the gap"], 1)


def test_a_damaged_slide_costs_itself_alone(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    for number in range(3):
        box(presentation.slides.add_slide(presentation.slide_layouts[6]), 1, 1, f"Slide {number}")
    presentation.slides[1].shapes[0]._element.spPr.xfrm.off.attrib["y"] = "three"
    pages = saved(presentation, tmp_path).pages
    assert [[block.text for block in page.blocks] for page in pages] == [["Slide 0"], [], ["Slide 2"]]
    assert [page.place for page in pages if page.problem] == ["slide 2"]


def test_comments_are_counted(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    box(presentation.slides.add_slide(presentation.slide_layouts[6]), 1, 1, "The weir holds.")
    assert saved(presentation, tmp_path).warnings == ()
    with zipfile.ZipFile(tmp_path / "a.pptx", "a") as archive:
        archive.writestr("ppt/comments/comment1.xml", '<p:cmLst xmlns:p="x"><p:cm idx="1"/><p:cm idx="2"/></p:cmLst>')
    assert read_pptx(tmp_path / "a.pptx", Reading()).warnings == ("2 comments left out",)


def test_what_is_struck_out_is_counted(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    made = box(presentation.slides.add_slide(presentation.slide_layouts[6]), 1, 1, "The fee is ")
    runs = '<a:r><a:rPr strike="dblStrike"/><a:t>five</a:t></a:r><a:r><a:t>six euros.</a:t></a:r>'
    for node in parse_xml(f"<a:p {A}>{runs}</a:p>"):
        made.text_frame.paragraphs[0]._p.append(node)
    read = saved(presentation, tmp_path)
    assert [block.text for block in read.pages[0].blocks] == ["The fee is six euros."]
    assert read.warnings == ("1 struck out text left out",)


def test_bullets_and_numbers_of_boxes_are_lists(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    frame = box(presentation.slides.add_slide(presentation.slide_layouts[6]), 1, 1, "Each spring:").text_frame
    bullets = [("Clear the trash rack", 0, "auto"), ("with a rake", 1, "char"), ("Grease the sluice", 0, "auto")]
    for text, level, kind in bullets:
        line = frame.add_paragraph()
        line.text, line.level = text, level
        mark = '<a:buAutoNum type="arabicPeriod"/>' if kind == "auto" else '<a:buChar char="•"/>'
        line._p.get_or_add_pPr().append(parse_xml(mark.replace(" ", f' xmlns:a="{MAIN}" ', 1)))
    frame.add_paragraph().text = "Then rest."
    (page,) = saved(presentation, tmp_path).pages
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("text", "Each spring:"),
        ("list", "1. Clear the trash rack\n  - with a rake\n2. Grease the sluice"),
        ("text", "Then rest."),
    ]


def test_labels_are_told_by_their_look_or_that_of_the_table(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    for first_row, first_col, bold in ((False, True, False), (False, False, True), (True, True, False)):
        table = slide.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(2)).table
        table.first_row, table.first_col = first_row, first_col
        for at, row in enumerate((("Gauge", "Radar"), ("Range", "30 m"))):
            for column, text in enumerate(row):
                run = table.cell(at, column).text_frame.paragraphs[0].add_run()
                run.text, run.font.bold = text, bold and not column
    texts = [block.text for block in saved(presentation, tmp_path).pages[0].blocks]
    labelled = "|  |  |\n| --- | --- |\n| Gauge | Radar |\n| Range | 30 m |"
    assert texts == [labelled, labelled, "| Gauge | Radar |\n| --- | --- |\n| Range | 30 m |"]
