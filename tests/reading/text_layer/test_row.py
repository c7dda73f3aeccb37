"""Raised letters of formulas are exponents; marks of notes and authors, indices and letters of words are none.

Fonts tell by their names what their flags do not.
"""

import pytest

from ragcli.reading.text_layer.row import Row, row_of

SMALL = 7.0
Piece = tuple[str, str, float]  # its text and font, and how far it is raised; small if it is at all


def row(*pieces: Piece) -> Row:
    x, spans = 0.0, []
    for text, font, up in pieces:
        size = SMALL if up else 10.0
        box = (x, 100 - up - size, x + 5 * len(text), 102 - up)
        spans.append(
            {
                "text": text, "font": font, "size": size, "flags": 0, "bbox": box, "origin": (x, 100 - up),
                "ascender": 0.8, "descender": -0.2,
            }
        )  # fmt: skip
        x = box[2]
    made = row_of({"spans": spans, "dir": (1.0, 0.0), "bbox": (0, 90, x, 102)}, 0)
    assert made is not None
    return made


def text_of(*pieces: Piece) -> str:
    return row(*pieces).text


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (
            [("returns ", "CMR10", 0), ("x", "CMMI10", 0), ("n", "CMMI7", 4), (" modulo", "CMR10", 0)],
            "returns xⁿ modulo",
        ),
        ([("of size 2", "CMR10", 0), ("k", "CMMI7", 4), (" or less", "CMR10", 0)], "of size 2^k or less"),
        ([("as x", "CMMI10", 0), ("n", "CMMI7", 4), ("−", "CMSY7", 4), ("1", "CMR7", 4)], "as xⁿ⁻¹"),
        (
            [("g", "CMMI10", 0), ("p", "CMMI7", 4), ("−", "CMSY7", 4), ("1", "CMR7", 4), (" = 1", "CMR10", 0)],
            "g^{p−1} = 1",
        ),
        ([("(a + b)", "CMR10", 0), ("T", "CMMI7", 4)], "(a + b)^T"),
        ([("y = x", "CMMI10", 0), ("−", "CMSY7", 4), ("k/", "CMMI7", 4), ("2", "CMR7", 4)], "y = x^{−k/2}"),
    ],
)
def test_raised_letters_of_formulas_are_exponents(pieces: list[Piece], said: str) -> None:
    assert text_of(*pieces) == said


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (
            [("J. Smith", "CMR10", 0), ("a", "CMMI7", 4), (", K. Wood", "CMR10", 0)],
            "J. Smitha, K. Wood",
        ),  # of an author
        ([("the 1", "CMR10", 0), ("st", "CMR7", 4), (" of May", "CMR10", 0)], "the 1st of May"),
        ([("rank ", "CMR10", 0), ("x", "CMMI10", 0), ("n", "CMMI7", -2), (" of it", "CMR10", 0)], "rank xn of it"),
        ([("x", "CMMI10", 0), ("j", "CMMI7", 4), ("t", "CMMI7", -2)], "xjt"),
        ([("end.", "CMR10", 0), ("1", "CMR7", 4)], "end.¹"),
        ([("10", "CMR10", 0), ("−", "CMSY7", 4), ("3", "CMR7", 4)], "10⁻³"),
    ],
)
def test_other_small_letters_stay(pieces: list[Piece], said: str) -> None:
    assert text_of(*pieces) == said


@pytest.mark.parametrize(
    ("font", "bold", "italic"),
    [
        ("AdvOTb83ee1dd.B", True, False),
        ("AdvOTb92eb7df.I+20", False, True),
        ("AdvTimes-bi", True, True),
        ("AdvOT863180fb", False, False),
        ("AdvertisingBook", False, False),
        ("HelveticaNeueLTStd-Hv", True, False),
        ("MinionPro-It", False, True),
        ("rtxb", True, False),
        ("rtxr", False, False),
        ("NimbusRomNo9L-Medi", True, False),
        ("Poppins-Medium", False, False),
    ],
)
def test_the_name_of_a_font_tells_its_weight_and_slant(font: str, bold: bool, italic: bool) -> None:
    made = row(("Results", font, 0))
    assert (made.bold, made.italic) == (bold, italic)
