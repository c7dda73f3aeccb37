import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.evaluation.claims import claim_measures, claims_of, entailment, measures_of, share_said
from ragcli.evaluation.questions import Question
from ragcli.evaluation.run import answer_measures
from ragcli.records import Answer, Hit, Sentence

E, N = 1.0, 0.0


def test_verdicts_give_ragcheckers_figures() -> None:
    """Worked by hand after the paper's definitions: 5 claims of ours, 4 of the reference, 3 passages."""
    correct = np.array([E, E, E, N, N])
    recalled = np.array([E, E, N, N])
    theirs_in = np.array([[E, N, N], [N, E, N], [N, N, N], [N, N, N]])  # the third passage is noise
    ours_in = np.array([[E, N, N], [N, N, N], [N, E, N], [E, N, E], [N, N, E]])
    measured = measures_of(correct, recalled, ours_in, theirs_in)
    assert measured["claim precision"] == pytest.approx(3 / 5)
    assert measured["claim recall of the answer"] == 2 / 4
    assert measured["claim recall"] == 2 / 4
    assert measured["context precision"] == pytest.approx(2 / 3)
    assert measured["faithfulness"] == pytest.approx(4 / 5)
    assert measured["hallucination"] == 0
    assert measured["noise sensitivity, relevant"] == pytest.approx(1 / 5)  # the fourth claim, by the first passage
    assert measured["noise sensitivity, irrelevant"] == pytest.approx(1 / 5)  # the fifth


def test_the_proxy_tells_what_is_there() -> None:
    text = "The Halden bridge was opened in 1931 and is 212 metres long."
    there = entailment(text, "Halden bridge is 212 metres long.", "en")
    assert there > 0.8
    assert entailment(text, "Halden bridge is 312 metres long.", "en") < there
    assert entailment(text, "Ferries sail to Skarn every morning.", "en") < 0.1


def test_an_answer_in_sentences() -> None:
    reference = "The bridge was opened in 1931. It is 212 metres long."
    passages = ["The Halden bridge was opened in 1931.", "A ticket costs 58 crowns."]
    good = claim_measures("The bridge was opened in 1931.", reference, passages, "en")
    bad = claim_measures("A ticket costs 58 crowns.", reference, passages, "en")
    made_up = claim_measures("Penguins waddle across frozen plains.", reference, passages, "en")
    assert good["claim F1"] > bad["claim F1"]
    assert bad["noise sensitivity, irrelevant"] > good["noise sensitivity, irrelevant"]
    assert made_up["hallucination"] > 0.9 > 0.2 > bad["hallucination"]
    assert claim_measures("", reference, passages, "en") == {}


SENTENCES = (
    "The mill stands by the river.",
    "It grinds 40 sacks a day.",
    "Nobody lives there.",
    "Anna Berg owns the mill.",
)
DENIED = ("The mill never stands by the river.", "It does not grind 40 sacks a day.", "Anna Berg owns no mill.")


@given(st.permutations(SENTENCES), st.sampled_from(SENTENCES), st.sampled_from(DENIED))
def test_a_text_entails_its_own_sentences_and_not_what_it_does_not_deny(text: list[str], own: str, denied: str) -> None:
    listed = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(text, start=1))
    assert entailment(" ".join(text), own, "en") == entailment(listed, own, "en") == 1
    assert entailment(" ".join(text), denied, "en") < 0.5


@pytest.mark.parametrize(
    ("language", "text", "denied"),
    [
        ("fr", "Le moulin appartient à la ville.", "Le moulin n'appartient pas à la ville."),
        ("de", "Die Mühle gehört der Stadt.", "Die Mühle gehört nicht der Stadt."),
        ("es", "El molino pertenece a la ciudad.", "El molino no pertenece a la ciudad."),
        ("it", "Il mulino appartiene alla città.", "Il mulino non appartiene alla città."),
        (None, "Le moulin appartient à la ville.", "Le moulin n'appartient pas à la ville."),
    ],
)
def test_a_denial_is_known_in_its_language(language: str | None, text: str, denied: str) -> None:
    assert entailment(text, text, language) > 0.8 > 0.5 > entailment(text, denied, language)
    assert entailment(denied, denied, language) > 0.8


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_numbers_count_by_value(one: int, other: int) -> None:
    text = f"The town of Halden has {one:,} inhabitants."
    same, changed = (f"The town of Halden has {number} inhabitants." for number in (one, other))
    assert entailment(text, same, "en") > 0.8
    assert one == other or entailment(text, changed, "en") < 0.5


def test_a_word_of_the_same_family_is_said_and_another_number_is_not() -> None:
    assert share_said("The economy of Halden recovered.", {"econom", "halden"}, "en") == 1
    assert share_said("The town has 12345 inhabitants.", {"12346"}, "en") == 0


def test_the_mark_of_a_list_is_no_part_of_a_claim() -> None:
    assert claims_of("1. The bridge is long.\n2. The mill is old.", "en") == ["The bridge is long.", "The mill is old."]


def test_a_claim_counts_for_what_it_says_beyond_the_question() -> None:
    question = "Who built the Halden bridge?"
    reference = "The Halden bridge was built by Anna Berg and Nils Moe from granite quarried near Skarn. It is old."

    def measured(said: str) -> dict[str, float]:
        return claim_measures(said, reference, [], "en", question=question)

    long, short = measured("Anna Berg and Nils Moe, from granite quarried near Skarn."), measured("It is old.")
    assert long["claim recall of the answer"] > 0.85 > 0.15 > short["claim recall of the answer"]
    repeated = measured("Somebody built the Halden bridge.")
    assert (repeated["claim precision"], repeated["claim F1"]) == (0, 0)
    assert measured("They built the Halden bridge.")["claim precision"] == 0
    with_more = measured("They built the Halden bridge. It was Anna Berg.")
    assert with_more["claim precision"] == 1


def test_where_the_reference_repeats_the_question_so_may_the_answer() -> None:
    asked = "Is the Halden bridge longer than the ferry pier?"
    reference = "Yes, the Halden bridge is longer than the ferry pier."
    assert claim_measures(reference, reference, [], "en", question=asked)["claim F1"] == 1


def test_an_evaluation_tells_the_question() -> None:
    asked = Question("1", "Who built the Halden bridge?", ("The Halden bridge was built by Anna Berg and Nils Moe.",))
    answer = Answer(asked.question, "quotes", True, (Sentence("They built the Halden bridge.", True, ()),))
    assert answer_measures(asked, answer)["claim precision"] == 0


def test_each_sentence_of_an_answer_is_a_claim_of_its_own() -> None:
    rows = "Bridge: Halden; Length: 212 m", "Ferry: Skarn; Crew: 14 sailors"
    asked = Question("1", "What is known?", ("The bridge is 212 m long, and the ferry has a crew of 14 sailors.",))
    sentences = tuple(Sentence(row, True, ()) for row in rows)
    hits = tuple(Hit(at, 1.0, at, "a.md", row, language="en") for at, row in enumerate(rows, start=1))
    measured = answer_measures(asked, Answer(asked.question, "quotes", True, sentences, hits=hits))
    assert measured["faithfulness"] == 1
