"""What is to be defined, and what defines it."""

import pytest

from ragcli.retrieval.definitions import defined, defines, holds_definition


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is LVM?", "LVM"),
        ("What are the Debian Free Software Guidelines?", "Debian Free Software Guidelines"),
        ("What is a Release Critical bug?", "Release Critical bug"),
        ("What does RAID mean?", "RAID"),
        ("Qu’est-ce qu’une étiquette ?", "étiquette"),
        ("C'est quoi un jaugeage ?", "jaugeage"),
        ("What is the capital of Mongolia?", None),
        ("What is the deadline?", None),
        ("What is microscopy used for?", None),
        ("Who is Ada Lovelace?", None),
    ],
)
def test_what_is_to_be_defined(question: str, thing: str | None) -> None:
    assert defined(question) == thing


@pytest.mark.parametrize(
    ("sentence", "thing", "does"),
    [
        ("LVM, the Logical Volume Manager, is another approach to volumes.", "LVM", True),
        (
            "The Debian Free Software Guidelines (DFSG) form our definition of it.",
            "Debian Free Software Guidelines",
            True,
        ),
        ("The logical volume manager (LVM) is a layer.", "LVM", True),
        ("- Gauge: a staff in the water.", "gauge", True),
        ("Les étiquettes sont des marques.", "étiquette", True),
        ("A good entry point is the lvm(8) manual page.", "LVM", False),
        ("LVM concepts", "LVM", False),
        ("Mission, Strategy, and Metrics (MSM) Overview", "MSM", True),
        ("They belong to the IGC (Institut de Géographie et de la Cartographie).", "IGC", True),
        ("The Large Volume Model (LVM) of 1990.", "LVX", False),
        ("The largest volume (LVM) of 1990.", "LVM", False),
        ("Gauges that are read by hand are rare.", "gauge", False),
    ],
)
def test_a_sentence_that_defines_begins_with_the_thing(sentence: str, thing: str, does: bool) -> None:
    assert defines(sentence, thing) is does


@pytest.mark.parametrize(
    ("text", "thing", "does"),
    [
        ("Of rights. The usufruct is the right to use another's thing.", "usufruct", True),
        ("L’usufruit est le droit de jouir des choses.", "usufruit", True),
        ("Le mandat ou procuration est un acte.", "mandat", True),
        ("Rules of ice.\nFrazil (or slush) means loose ice.", "frazil", True),
        ("L'usufruit est établi par la loi.", "usufruit", False),
        ("The usufruct is established by law.", "usufruct", False),
        ("Of the usufruct is the best part gone.", "usufruct", False),
        ("Customer Engineering (CE)", "CE", True),
    ],
)
def test_a_passage_that_defines(text: str, thing: str, does: bool) -> None:
    assert holds_definition(text, thing) is does
