import numpy as np
import pytest

from ragcli.evaluation.claims import claim_measures, entailment, measures_of

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
