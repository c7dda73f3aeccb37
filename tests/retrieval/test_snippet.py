from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.snippet import snippet

LONG = "Nothing here. " * 60 + "The ferries sail at noon. " + "Nothing there. " * 60


def test_the_matched_words_are_shown_and_located() -> None:
    text, spans = snippet(LONG, "When does the ferry sail?", "en")
    assert "ferries sail" in text
    assert {"ferries", "sail"} <= {text[a:b] for a, b in spans}
    assert len(text) < 340


def test_without_a_match_the_beginning_is_shown() -> None:
    text, spans = snippet(LONG, "zebra", "en")
    assert text.startswith("Nothing here.")
    assert spans == []


@given(st.text(), st.text(), st.integers(20, 400))
def test_it_is_a_piece_of_the_text(text: str, question: str, width: int) -> None:
    shown, spans = snippet(text, question, "en", width)
    core = shown.removeprefix("… ").removesuffix(" …")
    assert core in " ".join(text.split())
    assert all(0 <= a < b <= len(shown) for a, b in spans)
