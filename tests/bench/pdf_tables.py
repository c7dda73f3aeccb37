"""Tables of PDFs: are the right pages looked at, are the cells right, what does a page cost?

    python tests/bench/pdf_tables.py /path/to/tables [--limit N] [--scanned]

The folder is that of the ICDAR 2013 competition: PDFs beside `truth.jsonl`. Compared are neighbour relations, the
competition's measure: each cell with the nearest cell that holds text to its right and below it; and the texts of
cells, wherever they stand. To these come PDFs written here, whose tables are known: ruled, unruled, with a head that
spans columns, with cells that span rows, and longer than a page.

With `--scanned` the pages of ICDAR 2013 that hold a table are drawn at 200 dpi, turned by 0.7° or not, compressed, and
recognised: letters read wrong count as cells that are wrong.

Its folder `csv` holds PDFs of tabula's tests with their cells as CSV, of some of the pages only: what of them is found.

ICDAR 2013 may be among what the layout model was trained on, and the figures on it too good: the written ones are not.
"""

import argparse
import csv
import io
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table
from tables import markdown, spread

from ragcli.reading.mupdf.content import Content, lines_of
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.installed import find_engine
from ragcli.reading.ocr.pages import recognise_pages
from ragcli.reading.ocr.recognition import Cache
from ragcli.reading.ocr.tables import find_recognised_tables
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.pdf_tables import finder as reading
from ragcli.reading.pdf_tables.score import table_score
from ragcli.reading.tables.cells import Cell
from ragcli.settings import Reading

Relation = tuple[str, str, str]
WORDS = ("river", "station", "gauge", "level", "flow", "basin", "weir", "bridge", "sluice", "meadow", "mill", "valley")


@dataclass
class Score:
    """Pooled over the pages of one set."""

    wanted: Counter[object] = field(default_factory=Counter)
    found: Counter[object] = field(default_factory=Counter)
    right: Counter[object] = field(default_factory=Counter)

    def add(self, wanted: Counter[Any], found: Counter[Any]) -> None:
        self.wanted += wanted
        self.found += found
        self.right += wanted & found

    @property
    def figures(self) -> tuple[str, str]:
        right = self.right.total()
        return f"{right / max(self.found.total(), 1):.3f}", f"{right / max(self.wanted.total(), 1):.3f}"


def plain(text: str) -> str:
    """What ICDAR compares: no white space, no case, no typography."""
    return re.sub(r"[\W_]+", "", text.casefold())


def relations(cells: Iterable[Cell]) -> Counter[Relation]:
    """Return each cell with its nearest neighbours to the right and below that hold text."""
    cells = [cell for cell in cells if plain(cell.text)]
    place = {
        (row, column): cell
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    bottom = max((row for row, _ in place), default=-1) + 1
    right = max((column for _, column in place), default=-1) + 1
    found: set[tuple[int, int, str]] = set()
    for (row, column), cell in place.items():
        aside = next((o for c in range(column + 1, right) if (o := place.get((row, c)))), cell)
        below = next((o for r in range(row + 1, bottom) if (o := place.get((r, column)))), cell)
        found |= {(id(cell), id(other), way) for other, way in ((aside, "right"), (below, "down")) if other is not cell}
    texts = {id(cell): plain(cell.text) for cell in cells}
    return Counter((texts[one], texts[other], way) for one, other, way in found)


def texts(cells: Iterable[Cell]) -> Counter[str]:
    return Counter(text for cell in cells if (text := plain(cell.text)))


def icdar(folder: Path, limit: int | None) -> None:
    """Print the figures on the competition's files."""
    neighbours, cells = Score(), Score()
    seconds, kept = list[float](), Counter[str]()
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()[:limit]:
        truth = json.loads(line)
        wanted: dict[int, list[list[Cell]]] = {}
        for region in (region for table in truth["tables"] for region in table["regions"]):
            wanted.setdefault(region["page"], []).append([_truth(cell) for cell in region["cells"]])
        for page in pymupdf.open(folder / truth["file"]):
            score = table_score(lines_of(Content(page).text()))
            has_table = page.number + 1 in wanted
            kept[f"{'table' if has_table else 'other'} pages"] += 1
            kept[f"{'table' if has_table else 'other'} pages kept"] += score > 0
            start = time.perf_counter()
            found = reading.find_tables(page)
            seconds.append(time.perf_counter() - start)
            tables = wanted.get(page.number + 1, [])
            neighbours.add(_sum(map(relations, tables)), _sum(relations(table.cells) for table in found))
            cells.add(_sum(map(texts, tables)), _sum(texts(table.cells) for table in found))
    print(f"seconds a page: {spread(seconds)} on {len(seconds)} pages; {dict(kept)}\n")
    print(
        markdown(
            ["ICDAR 2013", "precision", "recall"], [["neighbours", *neighbours.figures], ["cells", *cells.figures]]
        )
    )


def tabula(folder: Path) -> None:
    """Print the figures on the PDFs of tabula's tests, which have the cells of a table, or of some pages, as CSV."""
    rows = []
    for path in sorted(folder.glob("*.pdf")):
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            truth = [said for line in csv.reader(file) if (said := [plain(cell) for cell in line if plain(cell)])]
        found = [table for page in pymupdf.open(path) for table in reading.find_tables(page)]
        grids = [[plain(cell) for cell in row if plain(cell)] for table in found for row in table.grid]
        cells, lines = Score(), Score()
        cells.add(Counter(cell for row in truth for cell in row), _sum(texts(table.cells) for table in found))
        lines.add(Counter(map(tuple, truth)), Counter(map(tuple, grids)))
        rows.append([path.stem[:40], cells.wanted.total(), cells.figures[1], lines.figures[1]])
    print(markdown(["tabula's tests, CSV", "cells", "cells found", "rows found"], rows))


def scanned(folder: Path, scratch: Path, limit: int | None, degrees: float) -> None:
    """Print the figures on the competition's pages with tables, as scans of them."""
    engine = find_engine(2)
    if engine is None:
        raise SystemExit("there is no OCR engine")
    neighbours, cells = Score(), Score()
    seconds, missed, pages = list[float](), 0, 0
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()[:limit]:
        truth = json.loads(line)
        wanted: dict[int, list[list[Cell]]] = {}
        for region in (region for table in truth["tables"] for region in table["regions"]):
            wanted.setdefault(region["page"], []).append([_truth(cell) for cell in region["cells"]])
        for number, tables in wanted.items():
            path = _scan(pymupdf.open(folder / truth["file"])[number - 1], scratch / "scan.pdf", degrees)
            with pymupdf.open(path) as document:
                read = recognise_pages(document, path, [1], engine, "en", Cache(None), 2, 120.0, lambda _: None)
                blocks = next(read).blocks
                start = time.perf_counter()
                size = document[0].rect
                likely = table_score(lines_of(blocks)) > 0
                found = find_recognised_tables(blocks, size.width, size.height) if likely else []
            seconds.append(time.perf_counter() - start)
            pages, missed = pages + 1, missed + (not found)
            neighbours.add(_sum(map(relations, tables)), _sum(relations(table.cells) for table in found))
            cells.add(_sum(map(texts, tables)), _sum(texts(table.cells) for table in found))
    print(f"seconds a page, without OCR: {spread(seconds)}; {missed} of {pages} pages with a table gave none\n")
    print(
        markdown(
            [f"ICDAR 2013, {engine.name}, {degrees}°", "precision", "recall"],
            [["neighbours", *neighbours.figures], ["cells", *cells.figures]],
        )
    )


def _scan(page: Any, path: Path, degrees: float) -> Path:
    drawn = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    data = io.BytesIO()
    picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255).save(data, "JPEG", quality=70)
    with pymupdf.open() as document:
        new = document.new_page(width=page.rect.width, height=page.rect.height)
        new.insert_image(new.rect, stream=data.getvalue())
        document.save(path)
    return path


def _truth(cell: dict[str, Any]) -> Cell:
    height, width = cell["row_end"] - cell["row"] + 1, cell["col_end"] - cell["col"] + 1
    return Cell(cell["row"], cell["col"], height, width, cell["text"])


def _sum(counters: Iterable[Counter[Any]]) -> Counter[Any]:
    total: Counter[Any] = Counter()
    for counter in counters:
        total += counter
    return total


# ---- tables that are known because they were written here


def written(folder: Path, of_each: int) -> None:
    """Print the figures on PDFs written here: of the Markdown that a user gets, after the text around it was read."""
    rows = []
    for kind in ("ruled", "unruled", "spanning head", "spanning rows", "over pages"):
        cells, lines, twice, joined, looked = Score(), Score(), 0, 0, 0
        for seed in range(of_each):
            path = folder / f"{kind}-{seed}.pdf"
            table = write(path, kind, random.Random(f"{kind} {seed}"))
            opened = pymupdf.open(path)
            found = {page.number + 1: [reading.block(each) for each in reading.find_tables(page)] for page in opened}
            pages = read_pdf(path, Reading(), found=found).pages
            looked += all(page.table_score > 0 for page in pages)
            blocks = [block for page in pages for block in page.blocks]
            got = [line for block in blocks if block.kind == "table" for line in block.text.split("\n")[2:]]
            lines.add(Counter(_line(row) for row in table), Counter(map(_bare, got)))
            cells.add(
                Counter(plain(cell) for row in table for cell in row),
                Counter(plain(cell) for line in got for cell in line.strip("|").split("|") if plain(cell)),
            )
            prose = " ".join(block.text for block in blocks if block.kind != "table")
            twice += sum(cell in prose for row in table for cell in row if len(cell) > 5)
            tables = [block for block in blocks if block.kind == "table"]
            joined += len(tables) == 1 or (kind == "over pages" and all(block.continues for block in tables[1:]))
        rows.append([kind, of_each, looked, *cells.figures, *lines.figures, twice, joined])
    head = [
        "written here",
        "PDFs",
        "looked at",
        "cells P",
        "cells R",
        "rows P",
        "rows R",
        "cells left in text",
        "one table",
    ]
    print(markdown(head, rows))


def _line(row: Sequence[str]) -> str:
    return "|".join(map(plain, row))


def _bare(line: str) -> str:
    return "|".join(map(plain, line.strip("|").split("|")))


def write(path: Path, kind: str, chance: random.Random) -> list[list[str]]:
    """Write a PDF with one table between two paragraphs; return the rows below its head, a spanning cell in each."""
    columns = chance.randint(3, 6)
    height = chance.randint(70, 120) if kind == "over pages" else chance.randint(4, 14)
    body = [[_label(chance), *(_figure(chance) for _ in range(columns - 1))] for _ in range(height)]
    head = [["Site", *(chance.choice(WORDS).title() for _ in range(columns - 1))]]
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
        ("FONTSIZE", (0, 0), (-1, -1), chance.choice([8, 9, 10])),
    ]
    if kind == "spanning head":
        head.insert(0, ["", "Measured values", *[""] * (columns - 2)])
        style += [("SPAN", (1, 0), (-1, 0)), ("ALIGN", (1, 0), (-1, 0), "CENTER")]
    drawn = [list(row) for row in body]
    if kind == "spanning rows":
        style.append(("VALIGN", (0, 1), (0, -1), chance.choice(["TOP", "MIDDLE"])))
        style += chance.choice([_boxed, _booked])(_span_rows(body, drawn, chance))
    elif kind != "unruled":
        style.append(
            chance.choice(
                [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.grey)]
            )
        )
    text = Paragraph(" ".join(chance.choices(WORDS, k=60)).capitalize() + ".", getSampleStyleSheet()["BodyText"])
    table = Table([*head, *drawn], style=style, repeatRows=len(head))
    SimpleDocTemplate(str(path), pagesize=A4).build([text, Spacer(1, 10), table, Spacer(1, 10), text])
    return body


def _span_rows(body: list[list[str]], drawn: list[list[str]], chance: random.Random) -> list[tuple[int, int]]:
    """Make the first cells of some rows one, long or short: (first row, last row) below the head, from 1."""
    groups: list[tuple[int, int]] = []
    start = 0
    while start < len(body):
        end = min(start + chance.randint(1, 4), len(body))
        label = _label(chance)
        if end - start > 2 and chance.random() < 0.5:
            label += f"\n{_label(chance)}"
        for row in range(start, end):
            body[row][0], drawn[row][0] = label, label if row == start else ""
        groups.append((start + 1, end))
        start = end
    return groups


def _boxed(groups: Sequence[tuple[int, int]]) -> list[Any]:
    """All cells in boxes."""
    return [("GRID", (0, 0), (-1, -1), 0.5, colors.black), *(("SPAN", (0, top), (0, end)) for top, end in groups)]


def _booked(groups: Sequence[tuple[int, int]]) -> list[Any]:
    """Lines as in books: none upright, short ones between the rows of a group."""
    lines: list[Any] = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
    ]
    for top, end in groups:
        lines += [("SPAN", (0, top), (0, end)), ("LINEBELOW", (0, end), (-1, end), 0.5, colors.black)]
        lines += [("LINEBELOW", (1, row), (-1, row), 0.3, colors.black) for row in range(top, end)]
    return lines


def _label(chance: random.Random) -> str:
    return f"{chance.choice(WORDS).title()} {chance.choice(WORDS)} {chance.randint(1, 99)}"


def _figure(chance: random.Random) -> str:
    return chance.choice(
        [f"{chance.uniform(0, 100):.1f}", f"{chance.randint(1000, 99999):,}", f"{chance.randint(1, 99)} %"]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="files of ICDAR")
    parser.add_argument("--of-each", type=int, default=10, help="PDFs of each kind written here")
    parser.add_argument("--scanned", action="store_true", help="scans of the pages of ICDAR alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder_of_runs:
        if arguments.scanned:
            for degrees in (0.0, 0.7):
                scanned(arguments.folder, Path(folder_of_runs), arguments.limit, degrees)
        else:
            written(Path(folder_of_runs), arguments.of_each)
            print()
            icdar(arguments.folder, arguments.limit)
            print()
            tabula(arguments.folder / "csv")
