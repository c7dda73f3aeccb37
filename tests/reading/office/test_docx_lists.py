"""Numbers of lists and headings, as Word shows them."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ragcli.reading.office.docx_lists import _written
from tests.reading.office.test_docx import saved, shown

NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>|<w:num {ns} w:numId="90"><w:abstractNumId w:val="90"/></w:num>|<w:num {ns} w:numId="91">
  <w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>"""


def test_items_are_counted_as_word_counts_them(tmp_path: Path) -> None:
    document = docx.Document()
    for piece in NUMBERING.format(ns=nsdecls("w")).split("|"):
        document.part.numbering_part.element.append(parse_xml(piece))
    for number, depth, text in [
        (90, 0, "Scope"), (90, 1, "Gauges"), (90, 2, "Radar"), (90, 2, "Staff"), (90, 1, "Keepers"), (90, 0, "Wages"),
        (90, 2, "In kind"), (91, 0, "Annex"), (90, 0, "After it"),
    ]:  # fmt: skip
        xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        document.add_paragraph(text).paragraph_format.element.get_or_add_pPr().append(parse_xml(xml))
    ((_, text),) = shown(saved(document, tmp_path))
    assert [line.strip() for line in text.split("\n")] == [
        "Article I Scope", "I.1 Gauges", "c) Radar", "d) Staff", "I.2 Keepers", "Article II Wages", "c) In kind",
        "Article VII Annex", "Article VIII After it",
    ]  # fmt: skip


def test_headings_carry_their_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    pieces = NUMBERING.format(ns=nsdecls("w")).replace("Article %1", "%1.").replace("upperRoman", "decimal")
    for piece in pieces.split("|"):
        document.part.numbering_part.element.append(parse_xml(piece))
    for level in (1, 2):
        style = document.styles[f"Heading {level}"].element.get_or_add_pPr()
        depth = f'<w:ilvl w:val="{level - 1}"/>' if level > 1 else ""
        style.append(parse_xml(f'<w:numPr {nsdecls("w")}>{depth}<w:numId w:val="90"/></w:numPr>'))
    for level, text in [(1, "Scope"), (2, "Gauges"), (2, "Keepers"), (1, "Wages")]:
        document.add_heading(text, level)
    assert shown(saved(document, tmp_path)) == [
        ("heading", "1. Scope"), ("heading", "1.1 Gauges"), ("heading", "1.2 Keepers"), ("heading", "2. Wages"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [(4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (28, "lowerLetter", "bb"), (3, "decimalZero", "03"),
     (5, "chineseCounting", "5")],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert _written(number, form) == written


def test_a_number_or_a_depth_that_no_list_has_costs_nothing(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:lvl {depth}><w:start w:val="{start}"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1)"/></w:lvl>'
        for depth, start in (('w:ilvl="0"', "9" * 20), ('w:ilvl="x"', "1"), ("", "1"))
    )
    override = '<w:lvlOverride><w:startOverride w:val="7"/></w:lvlOverride>'
    document = docx.Document()
    for piece in (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>',
        f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/>{override}</w:num>',
    ):
        document.part.numbering_part.element.append(parse_xml(piece))
    numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'
    document.add_paragraph("Scope").paragraph_format.element.get_or_add_pPr().append(parse_xml(numbered))
    assert shown(saved(document, tmp_path)) == [("list", "i) Scope")]
