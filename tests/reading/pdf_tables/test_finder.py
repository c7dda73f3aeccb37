"""Tables found in real PDFs, as Markdown, in the place of the rows that they hold."""

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ragcli.errors import ReadError
from ragcli.reading.mupdf.content import Content, lines_of
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.reading.pdf_tables import finder as tables
from ragcli.reading.pdf_tables.finder import Table, as_ruled, find_tables, is_table, markdown, parted
from ragcli.reading.pdf_tables.printed_cells import Piece
from ragcli.reading.pdf_tables.score import table_score
from ragcli.reading.tables.cells import Cell
from ragcli.reading.tables.markdown import table_cells
from ragcli.reading.tables.pages import continued
from ragcli.records import Block, Document
from ragcli.settings import Reading

HERE = Path(__file__).parent
STATIONS = """| Station | River | Area km2 | Radar |
| --- | --- | --- | --- |
| Marrec | Limn | 412 | LIMNAR-4 |
| Larmont | Orve | 1,208 | LIMNAR-2 |
| Castagne | Limn | 97 | none |
| Vaudry | Sele | 655 | LIMNAR-4 |"""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module that makes PDFs."""
    monkeypatch.syspath_prepend(HERE)
    return importlib.import_module("table_pdfs")


def scores(path: Path) -> list[float]:
    with pymupdf.open(path) as opened:
        return [table_score(lines_of(Content(page).text())) for page in opened]


def read(path: Path) -> Document:
    """Both passes."""
    with pymupdf.open(path) as opened:
        found = {page.number + 1: [tables.block(table) for table in find_tables(page)] for page in opened}
    return read_pdf(path, Reading(), found=found)


def kinds(document: Document) -> list[list[str]]:
    return [[block.kind for block in page.blocks] for page in document.pages]


def test_signs_with_numbers_for_private_use_are_spelt_out_in_cells(tmp_path: Path) -> None:
    rows = [
        ("Current", "Typical", "Unit"),
        ("Supply", "20", "mA"),
        ("Input", "5", "\uf06dA"),
        ("Offset", "\uf0b13", "mV"),
    ]
    with pymupdf.open() as document:
        page = document.new_page()
        for n in range(5):
            page.draw_line((72, 100 + 20 * n), (372, 100 + 20 * n))
        for n in range(4):
            page.draw_line((72 + 100 * n, 100), (72 + 100 * n, 180))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                place = 80 + 100 * x
                if text[0] >= "\uf000":  # as Word writes Symbol
                    page.insert_text((place, 114 + 20 * y), chr(ord(text[0]) - 0xF000), fontname="symb", fontsize=10)
                    text, place = text[1:], place + 6
                page.insert_text((place, 114 + 20 * y), text, fontsize=10)
        (font,) = (found[0] for found in page.get_fonts() if found[3] == "Symbol")
        names, cmap = "begincodespacerange <00> <ff> endcodespacerange", document.get_new_xref()
        document.update_object(cmap, "<<>>")
        document.update_stream(cmap, f"1 {names} 1 beginbfrange <20> <ff> <f020> endbfrange".encode())
        document.xref_set_key(font, "ToUnicode", f"{cmap} 0 R")
        document.save(tmp_path / "a.pdf")
    (page_read,) = read(tmp_path / "a.pdf").pages
    (table,) = [block.text for block in page_read.blocks if block.kind == "table"]
    assert table.split("\n")[3:] == ["| Input | 5 | μA |", "| Offset | ±3 | mV |"]


def test_raised_figures_are_exponents_and_marks_in_cells(tmp_path: Path) -> None:
    rows = [("Test", "Limit"), ("Platelets", "75 × 10<sup>9</sup>/L"), ("Total<sup>1</sup>", "106 m<sup>2</sup>")]
    with pymupdf.open() as document:
        page = document.new_page()
        for n in range(4):
            page.draw_line((72, 100 + 20 * n), (372, 100 + 20 * n))
        for x in (72, 222, 372):
            page.draw_line((x, 100), (x, 160))
        for y, row in enumerate(rows):
            for x, text in zip((76, 226), row, strict=True):
                place = (x, 102 + 20 * y, x + 140, 122 + 20 * y)
                page.insert_htmlbox(place, f'<p style="font: 10px serif">{text}</p>')
        document.save(tmp_path / "a.pdf")
    (page_read,) = read(tmp_path / "a.pdf").pages
    (table,) = [block.text for block in page_read.blocks if block.kind == "table"]
    assert table.split("\n")[2:] == ["| Platelets | 75 × 10⁹/L |", "| Total ¹ | 106 m² |"]


def test_a_bullet_that_is_no_letter_is_one_in_a_cell(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for n in range(4):
            page.draw_line((72, 100 + 20 * n), (372, 100 + 20 * n))
        for x in (72, 172, 372):
            page.draw_line((x, 100), (x, 160))
        for n, (label, text) in enumerate((("Aim", "shade"), ("Means", "a roof of reed"), ("Cost", "two crowns"))):
            page.insert_text((80, 114 + 20 * n), label, fontsize=10)
            page.insert_text((180, 114 + 20 * n), "! ", fontname="tiro", fontsize=10)
            page.insert_text((190, 114 + 20 * n), text, fontsize=10)
        (font,) = (found[0] for found in page.get_fonts() if found[3] == "Times-Roman")
        document.xref_set_key(font, "BaseFont", "/PSOeqmbsmth")
        document.xref_set_key(font, "Encoding", "<< /Type /Encoding /Differences [33 /C0043] >>")
        document.save(tmp_path / "a.pdf")
    (page_read,) = read(tmp_path / "a.pdf").pages
    (table,) = [block.text for block in page_read.blocks if block.kind == "table"]
    assert table.split("\n")[2:] == ["| Means | • a roof of reed |", "| Cost | • two crowns |"]


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_table_takes_the_place_of_its_rows(made: Any, tmp_path: Path, is_ruled: bool, rotation: int) -> None:
    table = made.STATIONS, made.RULED if is_ruled else made.UNRULED
    path = made.write(tmp_path / "a.pdf", made.PROSE, "Table 1: The stations", table, made.PROSE, rotation=rotation)
    document = read(path)
    assert kinds(document) == [["text", "caption", "table", "text"]]
    assert document.pages[0].blocks[2].text == STATIONS
    assert scores(path)[0] > 0
    first_pass = read_pdf(path, Reading()).pages[0]
    assert first_pass.blocks[0] == document.pages[0].blocks[0]
    assert first_pass.table_score > 0


@pytest.mark.parametrize(
    ("above", "below", "read"),
    [
        ("Part,2021,,,2022", ",Q3,Q4,Q3,Q4", "Part,2021 Q3,2021 Q4,2022 Q3,2022 Q4"),
        (",News,,Web,", "Model,mean,sd,mean,sd", "Model,News mean,News sd,Web mean,Web sd"),
        # The lines of one head, of which the longer ones begin higher.
        (",Number,,Share,", "Year,of wells,dry,of wells,(%)", "Year,Number of wells,dry,Share of wells,(%)"),
        (",Men,,,", "Age,n,%,n,%", "Age,Men n,%,n,%"),
    ],
)
def test_a_head_speaks_over_its_group_where_the_columns_below_repeat(above: str, below: str, read: str) -> None:
    rows = [line.split(",") for line in (above, below, "x,1,2,3,4")]
    cells = [Cell(row, column, 1, 1, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    head = markdown(Table(tuple(cells), (0, 0, 9, 9), 2)).split("\n")[0]
    assert head == f"| {' | '.join(read.split(','))} |"


def test_a_page_of_prose_is_not_looked_at(made: Any, tmp_path: Path) -> None:
    assert scores(made.write(tmp_path / "a.pdf", *[made.PROSE] * 6)) == [0.0]


def test_a_table_over_three_pages_goes_on(made: Any, tmp_path: Path) -> None:
    rows = [["No", "Name", "Level"], *([str(n), f"gauge {n}", f"{n}.5"] for n in range(60))]
    document = read(made.write(tmp_path / "a.pdf", made.PROSE, rows, made.PROSE))
    found = [block for page in document.pages for block in page.blocks if block.kind == "table"]
    assert [block.continues for block in found] == [False, True, True]
    assert {block.text.split("\n")[0] for block in found} == {"| No | Name | Level |"}
    lines = [line for block in found for line in block.text.split("\n")[2:]]
    assert [table_cells(line)[1] for line in lines] == [f"gauge {n}" for n in range(60)]


REACHES = [
    ["Reach", "Station", "Level m", "Flow m3/s"],
    ["Upper", "Marrec", "1.20", "300"],
    ["Upper", "Larmont", "1.45", "310"],
    ["Upper", "Castagne", "0.97", "320"],
    ["Lower, below the weir", "Vaudry", "2.20", "400"],
    ["Lower, below the weir", "Sele", "2.41", "410"],
    ["Mouth", "Orve", "3.02", "512"],
]
BOXED = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 1), (0, 3)), ("SPAN", (0, 4), (0, 5))]
BOOKED = [
    *(("LINEBELOW", (0, row), (-1, row), 0.5, "black") for row in (0, 3, 5, 6)),
    *(("LINEBELOW", (1, row), (-1, row), 0.5, "black") for row in (1, 2, 4)),
]


@pytest.mark.parametrize("rotation", [0, 270])
@pytest.mark.parametrize("place", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("lines", [BOXED, BOOKED])
def test_a_cell_over_rows_speaks_in_each(
    made: Any, tmp_path: Path, lines: list[object], place: str, rotation: int
) -> None:
    drawn = [row if number in (0, 1, 4, 6) else ["", *row[1:]] for number, row in enumerate(REACHES)]
    style = [*lines, ("VALIGN", (0, 0), (-1, -1), place)]
    document = read(made.write(tmp_path / "a.pdf", made.PROSE, (drawn, style), made.PROSE, rotation=rotation))
    (table,) = (block for block in document.pages[0].blocks if block.kind == "table")
    head, _, *body = (list(table_cells(line)) for line in table.text.split("\n"))
    assert [head, *body] == REACHES


def grid(*rows: str) -> tuple[Cell, ...]:
    """Cells of 100 by 10 points; texts stand between bars."""
    return tuple(
        Cell(r, c, 1, 1, text.strip(), (100.0 * c, 10.0 * r, 100.0 * c + 100, 10.0 * r + 10))
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    )


def test_the_lines_of_a_cell_over_rows_are_joined_between_upright_lines_alone() -> None:
    cells = grid("Reach|Level", "Upper|1", "river|2", "Mouth|3")
    level = [(0.0, y, 200.0, y) for y in (10.0, 30.0)] + [(100.0, 20.0, 200.0, 20.0)]
    table = Table(cells, (0, 0, 200, 40), 1)
    assert as_ruled(table, level) == table
    upright = [(x, 10.0, x, 30.0) for x in (0.0, 100.0, 200.0)]
    assert as_ruled(table, [*level, *upright]).grid == [
        ["Reach", "Level"],
        ["Upper river", "1"],
        ["Upper river", "2"],
        ["Mouth", "3"],
    ]


def test_a_head_reaches_as_far_down_as_its_cells() -> None:
    cells = grid("Year|Flow|", "|low|high", "2023|1|2")
    lines = [(100.0, 10.0, 300.0, 10.0), (0.0, 20.0, 300.0, 20.0)]
    assert markdown(as_ruled(Table(cells, (0, 0, 300, 30), 1), lines)).split("\n")[0] == "| Year | Flow low | high |"


def test_a_line_above_a_sum_makes_no_cell_of_the_labels_beside_it(made: Any, tmp_path: Path) -> None:
    accounts = [["", "2023", "2022"], ["Water sold", "412", "398"], ["Meters", "97", "88"], ["", "509", "486"]]
    sums = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEABOVE", (1, 3), (-1, 3), 0.5, "black"),
        ("LINEBELOW", (1, 3), (-1, 3), 1, "black"),
    ]
    document = read(made.write(tmp_path / "a.pdf", made.PROSE, (accounts, sums), made.PROSE))
    (table,) = (block for block in document.pages[0].blocks if block.kind == "table")
    assert [list(table_cells(line)) for line in table.text.split("\n")[2:]] == accounts[1:]


def test_two_ruled_tables_side_by_side_are_two(made: Any, tmp_path: Path) -> None:
    towns = [["Town", "People"], ["Marrec", "41,200"], ["Larmont", "12,080"], ["Castagne", "9,700"]]
    rivers = [["River", "Length"], ["Limn", "412 km"], ["Orve", "120 km"], ["Sele", "97 km"]]
    rows = [[*left, "", *right] for left, right in zip(towns, rivers, strict=True)]
    apart = [
        ("LINEBELOW", (0, 0), (1, -1), 0.5, "black"),
        ("LINEBELOW", (3, 0), (4, -1), 0.5, "black"),
        ("RIGHTPADDING", (2, 0), (2, -1), 24),
    ]
    document = read(made.write(tmp_path / "a.pdf", made.PROSE, (rows, apart), made.PROSE))
    found = [block.text.split("\n") for block in document.pages[0].blocks if block.kind == "table"]
    assert [[list(table_cells(line)) for line in (lines[0], *lines[2:])] for lines in found] == [towns, rivers]
    document = read(
        made.write(tmp_path / "b.pdf", made.PROSE, (rows, [*apart[2:], ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black")]))
    )
    assert kinds(document) == [["text", "table"]]


LABELS = [
    ["Art des Moduls", "Pflichtmodul"],
    ["Dauer", "Das Modul erstreckt sich über ein Semester."],
    ["Voraussetzung für\ndie Vergabe", "Die Punkte werden bei Bestehen der Modulprü-\nfung vergeben."],
    ["Sprache", "Deutsch"],
]
LABELLED = """|  |  |
| --- | --- |
| Art des Moduls | Pflichtmodul |
| Dauer | Das Modul erstreckt sich über ein Semester. |
| Voraussetzung für die Vergabe | Die Punkte werden bei Bestehen der Modulprüfung vergeben. |
| Sprache | Deutsch |"""


@pytest.mark.parametrize(
    "set_apart",
    [
        ("FONTNAME", (0, 0), (0, -1), "Helvetica-Bold"),
        ("TEXTCOLOR", (0, 0), (0, -1), "blue"),
        ("BACKGROUND", (0, 0), (0, -1), "lightgrey"),
        ("FONTNAME", (1, 0), (1, -1), "Helvetica-Oblique"),
    ],
)
def test_labels_that_look_otherwise_than_what_they_are_head_no_columns(
    made: Any, tmp_path: Path, set_apart: tuple[object, ...]
) -> None:
    style = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"), set_apart]
    document = read(made.write(tmp_path / "a.pdf", made.PROSE, (LABELS, style), made.PROSE))
    assert [block.text for block in document.pages[0].blocks if block.kind == "table"] == [LABELLED]


def test_labels_above_the_heads_of_a_table_are_a_table_of_their_own(made: Any, tmp_path: Path) -> None:
    rows = [
        ["Kennung", "P 7 Formale Sprachen für alle Studiengänge", "", ""],
        ["Zuordnung", "Bachelor der Computerlinguistik mit Nebenfach", "", ""],
        ["Lehrform", "Veranstaltung", "Turnus", "Punkte im Modul"],
        ["Vorlesung", "P 7.1 Sprachen und Automaten", "Winter", "3 Punkte"],
        ["Übung", "P 7.2 Sprachen und Automaten", "Winter", "3 Punkte"],
    ]
    style = [
        ("FONTNAME", (0, 0), (0, 1), "Helvetica-Bold"),
        ("FONTNAME", (0, 2), (-1, 2), "Helvetica-Bold"),
        ("LINEBELOW", (0, 0), (-1, 1), 0.5, "black"),
        ("SPAN", (1, 0), (-1, 0)),
        ("SPAN", (1, 1), (-1, 1)),
        ("LEFTPADDING", (1, 0), (-1, -1), 24),
    ]
    document = read(made.write(tmp_path / "a.pdf", made.PROSE, (rows, style), made.PROSE))
    labels, table = (block.text.split("\n") for block in document.pages[0].blocks if block.kind == "table")
    assert labels[2:] == [f"| {row[0]} | {row[1]} |" for row in rows[:2]]
    assert table == [
        "| Lehrform | Veranstaltung | Turnus | Punkte im Modul |",
        "| --- | --- | --- | --- |",
        *(f"| {' | '.join(row)} |" for row in rows[3:]),
    ]


def test_a_table_that_lost_words_is_not_believed(made: Any, tmp_path: Path) -> None:
    path = made.write(tmp_path / "a.pdf", made.PROSE, made.STATIONS)
    lossy = Block("| Station |\n| --- |\n| Marrec |", "table", (70.0, 130.0, 350.0, 240.0))
    document = read_pdf(path, Reading(), found={1: [lossy]})
    assert document.pages[0].blocks == read_pdf(path, Reading()).pages[0].blocks


def test_a_head_of_two_rows_becomes_one() -> None:
    cells = (
        Cell(0, 0, 2, 1, "Site"), Cell(0, 1, 1, 2, "Flow"), Cell(1, 1, 1, 1, "low"), Cell(1, 2, 1, 1, "high"),
        Cell(2, 0, 2, 1, "Marrec"), Cell(2, 1, 1, 1, "1|2"), Cell(2, 2, 1, 1, "3"), Cell(3, 1, 1, 2, "none"),
    )  # fmt: skip
    assert markdown(Table(cells, (0, 0, 9, 9), 2)).split("\n") == [
        "| Site | Flow low | Flow high |",
        "| --- | --- | --- |",
        "| Marrec | 1\\|2 | 3 |",
        "| Marrec | none |  |",
    ]


def test_what_goes_on_has_the_same_columns_sides_and_head() -> None:
    first = Block("| a | b |\n| --- | --- |\n| x | 1 |", "table", (50, 50, 300, 700))

    def second(text: str, left: float = 50) -> Block:
        return Block(text, "table", (left, 50, 300, 200))

    same = continued(first, second("| a | b |\n| --- | --- |\n| y | 2 |"))
    assert same == Block("| a | b |\n| --- | --- |\n| y | 2 |", "table", (50, 50, 300, 200), continues=True)
    headless = continued(first, second("|  |  |\n| --- | --- |\n| y | 2 |"))
    assert headless == same
    without_wide_head = continued(first, second("|  |  |\n| --- | --- |\n| y | 2 |", left=120))
    assert without_wide_head is not None
    assert without_wide_head.text == same.text
    elsewhere = Block("|  |  |\n| --- | --- |\n| y | 2 |", "table", (120, 50, 250, 200))
    assert continued(first, elsewhere) is None
    misread = continued(first, second("| 7 | 8 |\n| --- | --- |\n| y | 2 |"))
    assert misread is not None
    assert misread.text.split("\n") == ["| a | b |", "| --- | --- |", "| 7 | 8 |", "| y | 2 |"]
    narrower = continued(
        first, second("| 7 | 8 |\n| --- | --- |\n| y | 2 |", left=120)
    )  # a head stands out on the left
    assert narrower is not None
    assert narrower.text == "| a | b |\n| --- | --- |\n| 7 | 8 |\n| y | 2 |"
    wider = Block("| z | 8 |\n| --- | --- |\n| y | 2 |", "table", (50, 50, 400, 200))  # its texts are longer
    assert continued(first, wider) is not None
    for other in ("| 2021 | 2022 |", "| 7 | 8 |", "| z | 2022 |"):  # heads, and a row of another table
        assert continued(first, replace(wider, text=f"{other}\n| --- | --- |\n| y | 2 |")) is None
    assert continued(first, second("| c | d |\n| --- | --- |\n| y | 2 |")) is None
    assert continued(first, second("| a | b |\n| --- | --- |\n| y | 2 |", left=120)) is None
    assert continued(first, second("| a | b | c |\n| --- | --- | --- |\n| y | 2 | 3 |")) is None


texts = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=8).map(lambda text: " ".join(text.split()))


@given(st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(texts, min_size=width, max_size=width), min_size=2)))
def test_what_goes_in_comes_out(grid: list[list[str]]) -> None:
    cells = tuple(Cell(r, c, 1, 1, text) for r, row in enumerate(grid) for c, text in enumerate(row))
    head, _, *body = markdown(Table(cells, (0, 0, 1, 1), 1)).split("\n")
    kept = [c for c in range(len(grid[0])) if any(row[c] for row in grid)]
    rows = [row for row in grid[1:] if any(row)]
    if not any(text.endswith("\\") for row in grid for text in row):  # a backslash before a bar is the bar's
        assert [list(table_cells(line)) for line in (head, *body)] == [
            [row[c] for c in kept] for row in (grid[0], *rows)
        ] or not kept


def test_what_stands_apart_above_a_full_row_of_heads_is_another_table() -> None:
    rows = ("To: Ada|Invoice:|917", "Orn|Date:|1 May", "Item|Each|Total", "Granite|310|620", "Mortar|6|12", "|Net|632")
    tops = (10.0, 25.0, 80.0, 95.0, 110.0, 125.0)
    cells = tuple(
        Cell(row, column, 1, 1, text, (100.0 * column, tops[row] - 2, 100.0 * column + 90, tops[row] + 12))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts.split("|"))
    )
    words = [
        (cell.box[0], cell.box[1] + 2, cell.box[0] + 40, cell.box[1] + 12) for cell in cells if cell.box and cell.text
    ]
    table = Table(cells, (0.0, 8.0, 290.0, 140.0), heads=2)
    upper, lower = parted(table, words, [])
    assert [row[0] for row in upper.grid] == ["To: Ada", "Orn"]
    assert markdown(lower).split("\n")[0] == "| Item | Each | Total |"
    assert upper.box[3] == lower.box[1]
    assert 37 < lower.box[1] < 80
    assert parted(table, words, [(0.0, 8.0, 0.0, 140.0)]) == [table]  # a line at its side holds it together
    headless = replace(table, cells=(*cells[:6], replace(cells[6], text=""), *cells[7:]))
    assert parted(headless, words, []) == [headless]


def test_lines_between_columns_of_prose_make_no_table() -> None:
    def grid(*texts: str) -> Table:
        return Table(tuple(Cell(at // 2, at % 2, 1, 1, text) for at, text in enumerate(texts)), (0.0, 0.0, 9.0, 9.0))

    prose = "It was said of the harbour that ships come late. " * 10
    assert not is_table(grid(prose, prose, "REDP-5110", ""))
    assert is_table(grid("What it brings", "What it costs", prose[:300], prose[:300]))
    assert is_table(grid("Item", "Note", "Rope", prose, "Tar", "", "Oak", ""))
    assert not is_table(grid("Item", "Note"))


def test_a_page_on_which_the_finder_fails_is_not_one_without_tables(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=(400, 400))
    canvas.grid([50, 150, 250], [300, 320, 340])
    canvas.acroForm.textfield(name="name", x=180, y=100, width=180, height=20)
    canvas.save()
    with pymupdf.open(tmp_path / "form.pdf") as form:
        ((xref, *_),) = form[0].annot_xrefs()
        parent = form.get_new_xref()
        form.update_object(parent, f"<</Parent {parent} 0 R/Kids[{xref} 0 R]>>")
        form.xref_set_key(xref, "Parent", f"{parent} 0 R")
        form.save(tmp_path / "circle.pdf")
    with (
        pymupdf.open(tmp_path / "circle.pdf") as circle,
        pytest.raises(ReadError, match=r"p\.1: PyMuPDF's finder of tables failed"),
    ):
        find_tables(circle[0])


def test_signs_of_money_stay_behind_their_figures() -> None:
    report = HERE.parents[2] / "sample_docs" / "rapport-annuel-2023.pdf"
    with pymupdf.open(report) as document:
        prices = find_tables(document[5])[1]
    assert prices.grid == [
        ["Matériel", "2022", "2023", "Fournisseur"],
        ["Radar LIMNAR-4", "4 620 €", "4 870 €", "Hydromètres Castagne"],
        ["Radar LIMNAR-2", "2 940 €", "non commandé", "Oriel Mesures"],
        ["Enregistreur Ardoise 3", "1 310 €", "1 345 €", "Oriel Mesures"],
        ["Batterie 12 V, 38 Ah", "94 €", "102 €", "Comptoir du Brunec"],
        ["Panneau solaire 10 W", "61 €", "57 €", "Comptoir du Brunec"],
    ]


def test_the_rows_of_one_table_are_none_of_that_below_it() -> None:
    """Two lists of labels and amounts that stand close: the lower had the end of the upper for its head."""

    def listed(top: float, rows: list[tuple[str, str]]) -> Table:
        cells = [
            Cell(
                row,
                column,
                1,
                1,
                text,
                (50.0 + 150 * column, top + 12 * row, 200.0 + 150 * column, top + 12 * row + 12),
            )
            for row, said in enumerate(rows)
            for column, text in enumerate(said)
        ]
        return Table(tuple(cells), (50.0, top, 350.0, top + 12 * len(rows)))

    upper = listed(100.0, [("Line", "$12"), ("Credit", "$10"), ("Access", "$8"), ("Cash", "$2"), ("Past", "$1")])
    lower = listed(162.0, [("Due", "$0"), ("Over", "$3")])
    pieces = [
        Piece(cell.text, (cell.box[0] + 2, cell.box[1] + 1, cell.box[0] + 30, cell.box[3] - 1))
        for cell in (*upper.cells, *lower.cells)
        if cell.box and cell.text != "Access"
    ]
    pieces.append(Piece("Access of all kinds until", (52.0, 125.0, 210.0, 135.0)))  # what ends the search for a head
    assert tables._with_tops([upper, lower], pieces, []) == [upper, lower]
