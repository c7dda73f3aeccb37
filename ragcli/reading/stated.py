"""What a file states of itself, as far as it means something: programs fill in what nobody said."""

import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from xml.etree import ElementTree

from ragcli.reading.archive import DAMAGE
from ragcli.reading.language import iso639
from ragcli.reading.text import iso_date, paragraph

NO_TITLE = re.compile(
    r"untitled(?: \w+)?|\(?(?:anonymous|unspecified)\)?|sans titre|unbenannt|title|titre|none|null|body page"
    r"|(?:document|slide|diapositive|diapositiva|page|new page|folie|présentation|presentation) ?\d*"
    r"|microsoft (?:word|powerpoint|excel) ?-.*|powerpoint[ -].*|adobe (?:photoshop|illustrator) pdf"
    r"|(?:présentation|presentación|presentazione|apresentação)(?: \w+){0,2} powerpoint|word document|pptxgenjs presentation"
    r"|.*\.(?:doc[xm]?|od[tsp]|rtf|tex|dvi|pdf|indd|ppt[xm]?|xls[xmb]?|qx[dp]|fm|book|cdr|txt|html?|ps|eps|psd|ai|pub|pmd)",
    re.IGNORECASE,
)
NO_AUTHOR = re.compile(
    r"(?:unknown(?: creator)?|un-?named|\(?(?:anonymous|unspecified)\)?|author|auteur|user|utilisateur|admin\w*|owner|none|null"
    r"|default|pc|hp|windows user|microsoft(?: office)? user|utilisateur (?:windows|microsoft office)"
    r"|python-(?:docx|pptx)|openpyxl|apache poi|pptxgenjs|phpword|phpspreadsheet)?",
    re.IGNORECASE,
)
# When the empty files were made that programs begin with. They leave it as the day on which a document was.
_TEMPLATES = {
    "1996-10-14T23:33:28", "1996-12-17T01:32:42",  # Excel 97 to 2003
    "2006-09-13T11:21:51", "2006-09-16T00:00:00",  # Excel 2007 to 2013, and what writes as it does
    "2015-06-05T18:17:20", "2015-06-05T18:19:34",  # Excel since 2016
    "2013-12-23T23:15:00",  # python-docx
    "2012-11-17T11:07:40", "2013-01-27T09:14:16",  # python-pptx
}  # fmt: skip
_NO_DAY = "1980-01-01"  # the first that a ZIP archive can name: what is built to be the same each time says so
_CORE = "/metadata/core-properties"


class Stated(NamedTuple):
    """What is said of a document, nothing of it a placeholder."""

    title: str = ""
    author: str | None = None
    date: str | None = None  # ISO 8601
    language: str | None = None


def stated(archive: zipfile.ZipFile) -> Stated:
    """What a Word file, a workbook or a presentation states of itself; nothing where that is damaged."""
    facts: Mapping[str, str] = {}
    with suppress(LookupError, ElementTree.ParseError, *DAMAGE):
        relations = ElementTree.fromstring(archive.read("_rels/.rels"))
        part = next((node.get("Target", "") for node in relations if node.get("Type", "").endswith(_CORE)), "")
        core = ElementTree.fromstring(archive.read(part.lstrip("/")))
        facts = {node.tag.rpartition("}")[2]: paragraph("".join(node.itertext())) for node in core}
    return Stated(
        meant_title(facts.get("title")),
        meant_author(facts.get("creator")),
        _day(facts.get("created", ""), facts.get("modified", "")),
        iso639(facts.get("language")),
    )


def meant_title(title: str | None) -> str:
    """A title; "" for what programs call a document that has none."""
    return "" if title is None or NO_TITLE.fullmatch(title) else title


def meant_author(author: str | None) -> str | None:
    """An author, None for what programs write there themselves."""
    return None if author is None or NO_AUTHOR.fullmatch(author) else author


def _day(created: str, modified: str) -> str | None:
    """The day on which a document was made; that of its last change where the first is its template's, or none."""
    day = iso_date(created)
    if created[:19] not in _TEMPLATES and day != _NO_DAY:
        return day
    changed = iso_date(modified)
    return None if changed in (day, _NO_DAY) else changed
