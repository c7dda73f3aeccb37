"""What letters of a typewriter mean: code, or that a typewriter wrote it all."""

from pathlib import Path

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from tests.reading.pdf.test_paragraphs import blocks, write

LINE = "The river rose by two metres and nobody was asleep when it"
LISTING = ["def gauge(level):", "    if level > 2.0:", "        ring_bell(level)", "    return {'metres': level}"]


def test_a_manual_with_more_listings_than_text_has_code(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    write(page, 60, f"{LINE} came:")
    for n in range(5):
        for m, line in enumerate(LISTING):
            write(page, 80 + 12 * (4 * n + m), line, font="cour", size=9)
    write(page, 340, f"{LINE} fell.")
    assert blocks(document, tmp_path) == [
        ("text", f"{LINE} came:"),
        ("code", "\n".join(5 * LISTING)),
        ("text", f"{LINE} fell."),
    ]


def test_a_typewritten_letter_is_text(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=500, height=600)
    write(page, 60, "The Mill Company", size=14)
    for n in range(4):
        write(page, 100 + 12 * n, LINE, font="cour")
    assert blocks(document, tmp_path)[-1] == ("text", " ".join(4 * [LINE]))


def test_a_line_of_code_is_short_behind_its_number(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    for n in range(6):
        write(page, 60 + 12 * n, LINE)
    for n, line in enumerate([*LISTING, "}"]):
        write(page, 150 + 12 * n, str(70 + n), x=40, size=6)
        write(page, 150 + 12 * n, line, font="cour", x=50)
    kind, text = blocks(document, tmp_path)[-1]
    assert (kind, text.splitlines()[-1].split()) == ("code", ["74", "}"])


def test_minutes_of_short_lines_fall_into_their_paragraphs(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=500, height=800)
    y = 60.0
    said = []
    for n in range(4):
        for line in (f"Vote {n} on the budget", "15 in favour", "Closed"):
            write(page, y := y + 20, line)
            said.append(("text", line))
        write(page, y := y + 20, LINE)
        write(page, y := y + 13, "came down the hill.")
        said.append(("text", f"{LINE} came down the hill."))
    assert blocks(document, tmp_path) == said
