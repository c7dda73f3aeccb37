"""Tables among the words that an engine read, set where they stood on the page."""

from typing import Any

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.tables import find_recognised_tables
from ragcli.reading.pdf_tables.finder import markdown
from ragcli.reading.tables.markdown import table_cells

FONT = pymupdf.Font("helv")
SIZE = 11.0


def line(base: float, *pieces: tuple[str, float]) -> list[dict[str, Any]]:
    """Lines as they are recognised: pieces that stand apart, each ending at a place."""
    lines = []
    for text, right in pieces:
        words, left = [], right - FONT.text_length(text, SIZE)
        for number, word in enumerate(text.split()):
            start = left + FONT.text_length(" ".join(text.split()[:number]) + " " * (number > 0), SIZE)
            words.append((word, (start, base - 8, start + FONT.text_length(word, SIZE), base + 2)))
        box = (left, base - 8, right, base + 2)
        span = {"text": text, "words": words, "bbox": box, "origin": (left, base), "size": SIZE}
        lines.append({"spans": [span], "bbox": box, "dir": (1.0, 0.0)})
    return lines


def rows(*lines: list[dict[str, Any]]) -> list[list[str]]:
    (table,) = find_recognised_tables([{"lines": [each for line in lines for each in line]}], 595, 842)
    text = markdown(table).split("\n")
    return [list(table_cells(row)) for row in (text[0], *text[2:])]


def test_heads_that_a_blank_keeps_apart_are_of_two_columns() -> None:
    found = rows(
        line(310, ("Description", 130), ("Quantity Unit price", 458), ("Amount", 533)),
        line(335, ("LIMNAR-4, a radar gauge", 190), ("6", 396), ("4,870.00", 458), ("29,220.00", 533)),
        line(360, ("Rebate of a twentieth", 175), ("-1,461.00", 533)),
        line(385, ("Total", 90), ("27,759.00", 533)),
        line(410, ("Tax of 20 %", 125), ("5,551.80", 533)),
    )
    assert found[0] == ["Description", "Quantity", "Unit price", "Amount"]
    assert found[1] == ["LIMNAR-4, a radar gauge", "6", "4,870.00", "29,220.00"]


def test_a_head_of_two_words_stays_one() -> None:
    found = rows(
        line(310, ("Description", 130), ("Unit price", 458), ("Amount", 533)),
        line(335, ("A radar gauge", 140), ("4,870.00", 458), ("9,740.00", 533)),
        line(360, ("A weir of steel", 145), ("1,200.50", 458), ("1,200.50", 533)),
        line(385, ("Total", 90), ("10,940.50", 533)),
    )
    assert found[0] == ["Description", "Unit price", "Amount"]
