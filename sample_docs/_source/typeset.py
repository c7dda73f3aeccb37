"""What the sample PDFs share: a light mark-up for prose, captioned floats, display equations, tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

SYMBOLS = re.compile("([α-ωΑ-Ω−≤≥≈∑]+)")


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for each blank-line separated block; kind is h1, h2, item, insert or paragraph.

    `# ` and `## ` make headings, `- ` an item (one block each), `{name}` asks the caller to insert a float.
    """
    for block in re.split(r"\n\s*\n", text.strip()):
        joined = " ".join(block.split())
        if heading := re.match(r"(#+) (.*)", joined):
            yield f"h{len(heading[1])}", heading[2]
        elif joined.startswith("- "):
            yield "item", joined[2:]
        elif insert := re.fullmatch(r"\{(\w+)\}", joined):
            yield "insert", insert[1]
        else:
            yield "paragraph", joined


def with_symbols(text: str) -> str:
    """Set Greek letters and mathematical signs in Symbol: the standard text fonts have none."""
    return SYMBOLS.sub(r'<font face="Symbol">\1</font>', text)


@dataclass(frozen=True)
class Atom:
    """A run of an equation, placed relative to its left end and its baseline, in points."""

    text: str
    font: str = "Times-Italic"
    size: float = 11
    rise: float = 0

    @property
    def width(self) -> float:
        return float(stringWidth(self.text, self.font, self.size))


def roman(text: str) -> Atom:
    return Atom(text, "Times-Roman")


def symbol(text: str, size: float = 11) -> Atom:
    return Atom(text, "Symbol", size)


def below(text: str) -> Atom:
    """A subscript: TeX's 8 pt on a baseline 1.5 pt lower."""
    return Atom(text, size=8, rise=-1.5)


def above(text: str, font: str = "Times-Italic") -> Atom:
    """A superscript: TeX's 8 pt on a baseline 4 pt higher."""
    return Atom(text, font, 8, 4)


@dataclass(frozen=True)
class Fraction:
    """Numerator and denominator, centred about a rule that lies on the mathematical axis."""

    over: Sequence[Atom]
    under: Sequence[Atom]

    @property
    def width(self) -> float:
        return max(sum(atom.width for atom in part) for part in (self.over, self.under)) + 3


@dataclass(frozen=True)
class Sum:
    """A big sign with its limits below and above."""

    lower: Sequence[Atom]
    upper: Sequence[Atom]

    @property
    def width(self) -> float:
        return max(15.0, *(sum(atom.width for atom in part) for part in (self.lower, self.upper))) + 2


class Equation(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A numbered display equation, centred, its number at the right margin as TeX sets it."""

    def __init__(self, parts: Sequence[Atom | Fraction | Sum], number: int) -> None:
        super().__init__()
        self.parts, self.number = parts, number
        self.spaceBefore = self.spaceAfter = 5

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.column_width = width
        tall = any(not isinstance(part, Atom) for part in self.parts)
        self.depth = 15.0 if tall else 4.0
        return width, self.depth + (17.0 if tall else 10.0)

    def _atoms(self, atoms: Sequence[Atom], x: float, y: float) -> float:
        for atom in atoms:
            self.canv.setFont(atom.font, atom.size)
            self.canv.drawString(x, y + atom.rise, atom.text)
            x += atom.width
        return x

    def _centred(self, atoms: Sequence[Atom], x: float, width: float, y: float) -> None:
        self._atoms(atoms, x + (width - sum(atom.width for atom in atoms)) / 2, y)

    def draw(self) -> None:
        x, y = (self.column_width - sum(part.width for part in self.parts)) / 2, self.depth
        for part in self.parts:
            if isinstance(part, Atom):
                self._atoms([part], x, y)
            elif isinstance(part, Fraction):
                self._centred(part.over, x, part.width, y + 7)
                self.canv.setLineWidth(0.4)
                self.canv.line(x, y + 2.6, x + part.width, y + 2.6)
                self._centred(part.under, x, part.width, y - 7)
            else:
                self._centred([symbol("∑", 15)], x, part.width, y - 2)
                self._centred(part.upper, x, part.width, y + 11.5)
                self._centred(part.lower, x, part.width, y - 11)
            x += part.width
        number = f"({self.number})"
        self.canv.setFont("Times-Roman", 11)
        self.canv.drawRightString(self.column_width, y, number)


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    cell: ParagraphStyle,
    head: ParagraphStyle,
    *,
    ruled: bool,
    repeat_header: bool = False,
) -> Table:
    """Return a table whose first row is its header: a full grid when ruled, else three rules as booktabs draws them."""
    styled = [[Paragraph(with_symbols(text), cell if y else head) for text in row] for y, row in enumerate(rows)]
    made = Table(styled, colWidths=list(widths), repeatRows=1 if repeat_header else 0)
    padding = [("TOPPADDING", (0, 0), (-1, -1), 1.6), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2)]
    sides = [("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    if ruled:
        rules = [
            ("GRID", (0, 0), (-1, -1), 0.4, colors.black),
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8eef2")),
        ]
    else:
        rules = [("LINEABOVE", (0, 0), (-1, 0), 0.9, colors.black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)]
        rules.append(("LINEBELOW", (0, -1), (-1, -1), 0.9, colors.black))
    made.setStyle(TableStyle([*padding, *sides, *rules, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return made


class Drawing(Flowable):  # type: ignore[misc]
    """A vector figure: a function that draws on the canvas within width x height points."""

    def __init__(self, width: float, height: float, paint: object) -> None:
        super().__init__()
        self.width, self.height, self.paint = width, height, paint

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.shift = max(0.0, (width - self.width) / 2)
        return width, self.height

    def draw(self) -> None:
        self.canv.translate(self.shift, 0)
        self.paint(self.canv, self.width, self.height)  # type: ignore[operator]
