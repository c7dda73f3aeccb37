"""Letters without names are read by OCR, the others stay as their layer has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.reading.pdf.unnamed_letters import with_letters_read
from ragcli.reading.text_layer.row import ACROSS, Row


def row(text: str, left: float = 50, right: float = 400, top: float = 100) -> Row:
    return Row(
        text, (left, top, right, top + 12), left, right, top, top + 12, top + 10, 10, False, False, False, False, ACROSS, 0
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "said", "whole"),
    [
        ("�ehicle License (if �no�n)", "Vehicle License (if known)", "Vehicle License (if known)"),
        ("paid in �ull", "pald in full", "paid in full"),  # its own letters are exact, where OCR is wrong
        ("within � months, see �ov Code", "within 6 months, see Gov Code", "within 6 months, see Gov Code"),
        ("more than ����� or less", "more than $9,50 or less", "more than $9,50 or less"),
        ("�es  ☒ No", "Yes [x] No", "Yes  ☒ No"),
        ("a �ar and a �ar", "a car and a bar", "a car and a bar"),
        ("�ar", "car bar", "�ar"),  # it may be both
        ("�ar", "something else", "�ar"),
        ("��� fee", "", "��� fee"),
        ("no letter is missing", "no 1etter is rnissing", "no letter is missing"),
        ("������", "$25.00", "$25.00"),
    ],
)
def test_only_what_has_no_name_is_taken_from_ocr(own: str, said: str, whole: str) -> None:
    (read,) = with_letters_read([row(own)], [row(said, top=101)])
    assert read.text == whole


def test_what_ocr_reads_elsewhere_is_not_taken() -> None:
    elsewhere = [row("Vehicle", top=130), row("Vehicle", left=420, right=480)]
    assert with_letters_read([row("�ehicle")], elsewhere) == [row("�ehicle")]
    wide = [row("Received by the office in 2 days", left=50, right=900)]
    assert with_letters_read([row("������", right=120)], wide) == [row("������", right=120)]


@given(st.text("abc de.,", min_size=12), st.sets(st.integers(0, 80), max_size=6))
def test_what_ocr_reads_right_is_the_text(text: str, gone: set[int]) -> None:
    """Or stays without its letters, where they may be several."""
    text = " ".join(text.split())
    own = "".join("�" if at in gone and letter != " " else letter for at, letter in enumerate(text))
    (read,) = with_letters_read([row(own)], [row(text)] if text else [])
    assert len(read.text) == len(text)
    assert all(one in ("�", other) for one, other in zip(read.text, own, strict=True) if other != "�")
