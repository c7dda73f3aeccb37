"""Questions in one language over passages in another."""

from hypothesis import given
from hypothesis import strategies as st

from ragcli.retrieval.across import level, question_language, spoken
from ragcli.retrieval.fusion import Scored

rankings = st.dictionaries(st.integers(0, 20), st.floats(0, 1), max_size=12).map(
    lambda scores: sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
)


def test_level_worked_by_hand() -> None:
    dense = Scored([(1, 0.9), (2, 0.8), (3, 0.7)], 0.5)
    lexical = Scored([(1, 6.0), (3, 4.0)], 2.0)
    levelled = level(dense, lexical, {2, 3})
    assert [chunk_id for chunk_id, _ in levelled.ranking] == [1, 2, 3]
    assert levelled.ranking[0] == (1, 6.0)
    assert round(levelled.ranking[1][1], 6) == 5.0  # three quarters of the way from the floor to the best
    assert levelled.ranking[2] == (3, 4.0)  # half of the way: it has no more than its own words give it
    assert levelled.floor == 2.0


@given(rankings, rankings, st.sets(st.integers(0, 20)))
def test_level_takes_nothing_from_any_passage(
    near: list[tuple[int, float]], worded: list[tuple[int, float]], foreign: set[int]
) -> None:
    dense, lexical = Scored(near, near[-1][1] if near else 0.0), Scored(worded, 0.0)
    before, after = dict(worded), dict(level(dense, lexical, foreign).ranking)
    assert {one for one in after if one not in foreign} == {one for one in before if one not in foreign}
    assert all(after[one] == score if one not in foreign else after[one] >= score for one, score in before.items())
    best = max(before.values(), default=0.0)
    assert all(score <= best + 1e-9 for score in after.values())


def test_the_language_of_a_question_is_looked_for_among_several_alone() -> None:
    assert question_language("Où est le pont ?", spoken({"en": 0.99, "fr": 0.01})) == "en"
    assert question_language("Où est le pont ?", spoken({"en": 0.6, "fr": 0.4})) == "fr"
    assert question_language("Where is the bridge?", spoken({"de": 0.5, "fr": 0.5})) == "en"
    assert question_language("Where?", spoken({})) is None
