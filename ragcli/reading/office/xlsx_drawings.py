"""What lies on the sheets of a workbook beside its cells: boxes of text, and charts, of which the titles are read.

The numbers of a chart stand in cells. A sheet may be a chart and nothing else.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree

from ragcli.reading.office.charts import chart_titles
from ragcli.reading.text import paragraph
from ragcli.records import Block

_BOOK = "xl/workbook.xml"
_RELATED = "{*}Relationship"


def drawings(archive: zipfile.ZipFile) -> dict[str, list[Block]]:
    """By the name of each sheet that has any, its texts beside the cells; none of what is damaged."""
    found: dict[str, list[Block]] = {}
    parts = {identity: part for identity, _, part in _relations(archive, _BOOK)}
    for name, identity in sheets_of(archive):
        if blocks := list(_on_sheet(archive, parts.get(identity, ""))):
            found[name] = blocks
    return found


def sheets_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets that a workbook lists, each with the id of its part."""
    with suppress(KeyError, ElementTree.ParseError):
        for sheet in ElementTree.fromstring(archive.read(_BOOK)).iterfind(".//{*}sheet"):
            identity = next((value for key, value in sheet.items() if key.startswith("{") and key.endswith("}id")), "")
            yield sheet.get("name", ""), identity


def _on_sheet(archive: zipfile.ZipFile, sheet: str) -> Iterator[Block]:
    for _, kind, drawing in _relations(archive, sheet):
        if kind != "drawing":
            continue
        with suppress(KeyError, ElementTree.ParseError):
            for text in _texts(ElementTree.fromstring(archive.read(drawing))):
                yield Block(text)
            for _, kind, chart in _relations(archive, drawing):
                if kind == "chart":
                    for title in chart_titles(ElementTree.fromstring(archive.read(chart))):
                        yield Block(title, "caption")


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Each part that another leads to: its id there, its kind, its name."""
    folder, name = posixpath.split(part)
    with suppress(KeyError, ElementTree.ParseError):
        for one in ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels")).iterfind(_RELATED):
            target = posixpath.normpath(posixpath.join(f"/{folder}", one.get("Target", ""))).lstrip("/")
            yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target


def _texts(node: ElementTree.Element) -> Iterator[str]:
    """The paragraphs of the boxes below, but for those that older programs are given instead."""
    for child in node:
        kind = child.tag.rpartition("}")[2]
        if kind == "txBody":
            for line in child.iterfind("{*}p"):
                if said := paragraph("".join(each.text or "" for each in line.iterfind(".//{*}t"))):
                    yield said
        elif kind != "Fallback":
            yield from _texts(child)
