"""Workbooks made by XlsxWriter: what lies on their sheets beside the cells."""

from pathlib import Path

import xlsxwriter

from ragcli.reading.office.xlsx import read_xlsx
from ragcli.records import Document
from ragcli.settings import Reading


def shown(document: Document) -> list[tuple[str | None, str, str]]:
    return [(page.place, block.kind, block.text) for page in document.pages for block in page.blocks]


def test_boxes_of_text_and_titles_of_charts_are_read_after_their_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        first, second = book.add_worksheet("Weirs"), book.add_worksheet("Notes")
        first.write_column("A1", [1, 4, 9])
        first.insert_textbox("C2", "The figures of May\nare not audited.")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Weirs!$A$1:$A$3"})
        chart.set_title({"name": "Water over the weir"})
        chart.set_y_axis({"name": "Litres"})
        book.add_chartsheet("Flow").set_chart(chart)
        second.write("A1", "Read by the keeper")
    document = read_xlsx(tmp_path / "a.xlsx", Reading())
    texts = [
        ("Weirs", "text", "The figures of May"),
        ("Weirs", "text", "are not audited."),
    ]
    found = shown(document)
    assert [one for one in found if one[0] == "Weirs"] == texts
    assert found[-2:] == [("Flow", "caption", "Water over the weir"), ("Flow", "caption", "Litres")]
    assert found.index(texts[0]) < next(n for n, one in enumerate(found) if one[2] == "Read by the keeper")


def test_comments_are_counted(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "Weir")
        sheet.write_comment("A1", "Which one?")
        sheet.write_comment("A2", "The lower one.")
    assert read_xlsx(tmp_path / "a.xlsx", Reading()).warnings == ("2 comments left out",)
