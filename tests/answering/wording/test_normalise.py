"""Layout and typing are undone, meaning is not, and each character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.answering.wording.normalise import normalise

TYPED = st.text(alphabet="aZé e\u0301ﬁß“”«»'’–-\n\t\xa0\xad\u200b.,;:!?%…0123½²", max_size=60)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("The ﬁrst inter-\n national  stop", "the first international stop"),
        ("e\u0301te\u0301 co\xadope\xad\nrate", "été cooperate"),
        ("« mot » : 5 %", '"mot": 5%'),
        ("1990-\n1995", "1990- 1995"),  # joined, it would be another number
        ("10² and 1½", "10² and 1½"),  # not 102
        ("“It’s” — so…", '"it\'s" - so...'),
        ("  a\u200b\tb \n", "a b"),
        ("１２３", "123"),
    ],
)
def test_what_is_undone(raw: str, plain: str) -> None:
    assert normalise(raw).text == plain


@given(TYPED)
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    once = normalise(raw).text
    assert normalise(once).text == once


@given(TYPED)
def test_offsets_lead_back(raw: str) -> None:
    for form in (normalise(raw), normalise(raw).without_hyphens()):
        assert len(form.text) == len(form.offsets)
        assert list(form.offsets) == sorted(form.offsets)
        if form.text:
            start, end = form.raw_span(0, len(form.text))
            assert 0 <= start < end <= len(raw)


def test_a_cut_ligature_counts_whole() -> None:
    form = normalise("a ﬁx")
    assert form.raw_span(2, 3) == (2, 3)
    assert form.raw[slice(*form.raw_span(2, 5))] == "ﬁx"
