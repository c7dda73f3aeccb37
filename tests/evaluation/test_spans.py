from hypothesis import given
from hypothesis import strategies as st

from ragcli.evaluation.spans import DocumentWords, span_iou, span_precision, span_recall

TEXT = "one two three four five six seven eight nine ten one two three end"


def test_recall_precision_and_iou_worked_by_hand() -> None:
    document = DocumentWords(7, TEXT)
    wanted = document.positions("three four, FIVE six")
    retrieved = document.positions("one two three four")
    assert wanted == {(7, n) for n in (2, 3, 4, 5)}
    assert (span_recall(retrieved, wanted), span_precision(retrieved, wanted)) == (0.5, 0.5)
    assert span_iou(retrieved, wanted) == 2 / 6


def test_a_passage_with_foreign_words_is_found_in_its_parts() -> None:
    """A passage begins with its heading, which stands elsewhere in the document, or nowhere."""
    document = DocumentWords(1, TEXT)
    assert document.positions("four five six HEADING seven eight nine") >= {(1, n) for n in (3, 4, 5, 7, 8)}
    assert document.positions("nothing of this is in there at all") == set()


def test_lines_follow_each_other() -> None:
    document = DocumentWords(1, TEXT)
    assert document.positions("nine ten\none two three") == {(1, n) for n in (8, 9, 10, 11, 12)}


def test_a_character_of_a_script_without_spaces_is_a_word_and_a_vowel_sign_parts_none() -> None:
    assert len(DocumentWords(1, "石桥建于一九三一年。").positions("桥建于一九")) == 5
    assert len(DocumentWords(1, "यह पुल पत्थर से बना है").positions("पुल पत्थर से")) == 3


words = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30)


@given(words, st.data())
def test_any_slice_of_a_text_is_found_whole(given_words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(given_words) - 1))
    end = data.draw(st.integers(start + 1, len(given_words)))
    found = DocumentWords(1, " ".join(given_words)).positions(" ".join(given_words[start:end]))
    assert len(found) == end - start
    places = sorted(place for _, place in found)
    assert [given_words[place] for place in places] == given_words[start:end]
