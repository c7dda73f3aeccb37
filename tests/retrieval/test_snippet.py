from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.snippet import snippet

LONG = "Nothing here. " * 60 + "The ferries sail at noon. " + "Nothing there. " * 60


def test_the_matched_words_are_shown_and_located() -> None:
    text, spans = snippet(LONG, "When does the ferry sail?", "en")
    assert "ferries sail" in text
    assert {"ferries", "sail"} <= {text[a:b] for a, b in spans}
    assert len(text) < 340


def test_a_word_with_vowels_that_are_marks_is_shown_whole() -> None:
    text, spans = snippet("पहला अध्यक्ष कौन था", "अध्यक्ष?", "hi")
    assert [text[a:b] for a, b in spans] == ["अध्यक्ष"]


def test_without_a_match_the_beginning_is_shown() -> None:
    text, spans = snippet(LONG, "zebra", "en")
    assert text.startswith("Nothing here.")
    assert spans == []


def test_an_identifier_is_shown_before_more_words() -> None:
    clauses = "4.1.2 The clause says much of what clauses say. " * 12 + "4.2.1 Rent is due. " + "1.4.2 Nothing. " * 30
    assert "4.2.1 Rent is due." in snippet(clauses, "What does clause 4.2.1 say?", "en", 200)[0]
    assert (
        "the agent shall pay" in snippet(LONG + "So the agent shall pay. " + LONG, 'ferries "the agent shall"', "en")[0]
    )


@given(st.text(), st.text(), st.integers(20, 400))
def test_it_is_a_piece_of_the_text(text: str, question: str, width: int) -> None:
    shown, spans = snippet(text, question, "en", width)
    core = shown.removeprefix("… ").removesuffix(" …")
    assert core in " ".join(text.split())
    assert all(0 <= a < b <= len(shown) for a, b in spans)
