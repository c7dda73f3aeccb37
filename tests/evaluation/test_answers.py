import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.evaluation.answers import best, contains, exact, f1


def test_squads_own_cases() -> None:
    """Case, punctuation and English articles are nothing; words are counted with repetition."""
    assert exact("The Denver Broncos.", "denver broncos") == 1
    assert f1("the cat sat", "a cat sat down") == pytest.approx(2 * 2 / (2 + 3))
    assert f1("no no no", "no") == pytest.approx(2 * 1 / (3 + 1))
    assert contains("It was opened in 1931, by the king.", "in 1931 by king") == 1
    assert contains("It was opened in 1931.", "193") == 0
    assert contains("anything", "the") == 0
    assert f1("", "the") == 1
    assert f1("", "word") == 0
    assert best(exact, "two", ["one", "two"]) == 1


def test_each_character_of_a_script_without_spaces_is_a_word() -> None:
    assert contains("桥长212米。", "212米") == 1
    assert contains("桥长212米。", "21") == 0
    assert f1("桥长212米", "长212米") == pytest.approx(2 * 3 / (4 + 3))


@pytest.mark.parametrize(
    ("said", "answer"), [("« Paris », dit-il", "paris"), ("पुल 1931 में बना था।", "बना था"), ("是石桥。", "石桥。")]
)
def test_the_marks_of_any_script_are_nothing(said: str, answer: str) -> None:
    assert contains(said, answer) == 1


def test_an_elided_french_word_is_a_word() -> None:
    assert contains("Ils viennent de l’ouest, d'où ils partent.", "ouest") == 1
    assert exact("jusqu'à l'aube", "jusqu’à l’aube") == 1
    assert contains("It doesn't open; it's the king's.", "doesnt open its kings") == 1


texts = st.text("abc .", max_size=12)


@given(texts, texts)
def test_f1_is_symmetric_and_1_for_the_same(a: str, b: str) -> None:
    assert f1(a, b) == f1(b, a)
    assert 0 <= f1(a, b) <= 1
    assert f1(a, a) == exact(a, a) == 1
