from hypothesis import given
from hypothesis import strategies as st

from ragcli.chunking.recursive import split_recursively


def test_it_cuts_at_paragraphs_first_and_overlaps() -> None:
    text = "\n\n".join(f"Paragraph {n} " + "x" * 180 for n in range(5))
    made = split_recursively(text, 500, 50)
    assert all(len(piece) <= 500 for piece in made)
    assert made[0].startswith("Paragraph 0")
    words = " ".join(f"word{n}" for n in range(300))
    first, second, *_ = split_recursively(words, 500, 50)
    assert first[-20:] in second


@given(st.text(max_size=2000), st.integers(20, 200), st.integers(0, 19))
def test_every_word_is_kept_and_no_piece_is_too_long(text: str, size: int, overlap: int) -> None:
    made = split_recursively(text, size, overlap)
    assert all(0 < len(piece) <= size for piece in made)
    joined = "".join("".join(made).split())
    assert all(char in joined for char in "".join(text.split()))
