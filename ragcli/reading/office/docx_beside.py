"""What a Word file keeps beside its text, in parts that python-docx does not look into: notes, and comments of readers."""

from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from ragcli.reading.office.docx_styles import W


def comments_of(document: Any) -> int:
    """How many comments the file has."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
    except KeyError:
        return 0
    return sum(1 for _ in parse_xml(part.blob).iter(W + "comment"))


def notes_of(document: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    """The footnotes and endnotes, by kind and number."""
    for kind, relation in (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES)):
        try:
            part = document.part.part_related_by(relation)
        except KeyError:
            continue
        for note in parse_xml(part.blob):
            if note.get(W + "type") in (None, "normal"):  # the others are the lines above the notes
                yield (kind, note.get(W + "id")), note
