"""What a paragraph of a slide or a diagram says: its letters, numbers raised, signs of symbol fonts and formulas spelt out."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ragcli.reading.equations.markup import Formula, formula, from_lxml
from ragcli.reading.fonts.symbol_fonts import signs_of, spelt_out
from ragcli.reading.text import paragraph, superscript

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
DIAGRAM_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_BOX = "{http://schemas.microsoft.com/office/drawing/2010/main}m"  # around a formula


class Said(NamedTuple):
    """A paragraph: its text, and the formula that it consists of, if it does."""

    text: str
    formula: Formula | None = None


def said(node: Any) -> Said:
    """Read an `a:p`."""
    texts: list[str] = []
    formulas: list[Formula] = []
    for child in node:
        if child.tag in (f"{A}r", f"{A}fld"):
            texts.append(_piece(child))
        elif child.tag == f"{A}br":
            texts.append("\n")
        elif child.tag == _BOX:
            found = [formula(from_lxml(each)) for each in child.iter(_FORMULA)]
            texts.append(" ".join(each.latex or each.letters for each in found))
            formulas += found
    text = paragraph("".join(texts))
    is_formula = len(formulas) == 1 and text == paragraph(formulas[0].latex or formulas[0].letters)
    return Said(text, formulas[0] if is_formula else None)


class Bullets:
    """What stands before the paragraphs of a box as they follow each other: `-`, or the number that the slide counts."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}  # by level

    def before(self, node: Any, level: int) -> str:
        """The bullet that an `a:p` names itself, "" where it names none."""
        properties = node.find(f"{A}pPr")
        numbered = properties.find(f"{A}buAutoNum") if properties is not None else None
        self.counts = {
            deeper: count for deeper, count in self.counts.items() if deeper < level + (numbered is not None)
        }
        if numbered is None:
            return "-" if properties is not None and properties.find(f"{A}buChar") is not None else ""
        count = self.counts[level] = self.counts.get(level, int(numbered.get("startAt") or 1) - 1) + 1
        kind = numbered.get("type") or ""
        if kind.startswith("alpha") and count <= 26:
            return f"{chr(ord('a' if kind.startswith('alphaLc') else 'A') + count - 1)}."
        return f"{count}." if kind.startswith("arabic") else "-"


def diagram_texts(data: Any) -> Iterator[str]:
    """The texts of a diagram (SmartArt), which a file keeps in a part of their own, `dgm:dataModel`."""
    return (text for line in data.iter(f"{A}p") if (text := said(line).text))


def struck_texts(slide: Any) -> int:
    """How many runs of a slide are struck out, which are left out."""
    return sum(_is_struck(each) for each in slide.iter(f"{A}rPr") if each.getparent().findtext(f"{A}t"))


def _is_struck(properties: Any) -> bool:
    return str(properties.get("strike", "noStrike")) != "noStrike"


def _piece(run: Any) -> str:
    """A run; an arrow that PowerPoint made of `-->` is an `à` of Wingdings, of which the words behind it are not."""
    text: str = run.findtext(f"{A}t") or ""
    properties = run.find(f"{A}rPr")
    if properties is None:
        return text
    if _is_struck(properties):
        return ""
    fonts = (properties.find(f"{A}{kind}") for kind in ("sym", "latin"))
    signs = next(
        (signs for font in fonts if font is not None and (signs := signs_of(font.get("typeface") or ""))), None
    )
    if signs:
        text = (
            spelt_out(text, signs)
            if len(text.strip()) == 1
            else _PRIVATE.sub(lambda one: spelt_out(one[0], signs), text)
        )
    height = properties.get("baseline") or "0"
    return superscript(text) if height.isdecimal() and int(height) > 0 else text
