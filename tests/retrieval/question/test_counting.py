import pytest

from ragcli.retrieval.question.counting import without_having, without_verb


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Combien de stations compte le réseau ?", "Combien de stations le réseau ?"),
        ("Combien de stations de mesure compte l’Orle ?", "Combien de stations de mesure l’Orle ?"),
        ("Combien d'habitants comprend-elle ?", "Combien d'habitants -elle ?"),
        ("Combien de stations le réseau compte-t-il ?", "Combien de stations le réseau -t-il ?"),
        ("How many stations does the network comprise?", "How many stations does the network ?"),
        ("Combien de soldats perdent les Français ?", "Combien de soldats perdent les Français ?"),
        ("Combien de longs comptes la ville publie-t-elle ?", "Combien de longs comptes la ville publie-t-elle ?"),
        ("Quand le compte rendu paraît-il ?", "Quand le compte rendu paraît-il ?"),
        ("Which bottles does the box contain?", "Which bottles does the box contain?"),
    ],
)
def test_that_something_has_what_is_counted_is_not_looked_for(question: str, kept: str) -> None:
    assert " ".join(without_having(question).split()) == " ".join(kept.split())


def test_any_verb_by_which_a_question_counts_is_no_name() -> None:
    assert without_verb("Combien de points mesure la sonde ?") == "Combien de points  la sonde ?"
