"""What is to be defined, and what defines it."""

import pytest

from ragcli.retrieval.question.definitions import defined, defines, holds_definition


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


@pytest.mark.parametrize(
    ("question", "sentence", "language"),
    [
        ("Was sind Nebenkosten?", "Unter Nebenkosten versteht man die Ausgaben für Wasser.", "de"),
        ("Was ist der Kernel?", "Der Kernel ist der wichtigste Teil.", "de"),
        ("¿Qué son los gastos comunes?", "Se entiende por gastos comunes los de agua.", "es"),
        ("Que es el núcleo?", "El núcleo es la parte más importante.", "es"),
        ("Cosa sono le spese accessorie?", "Per spese accessorie si intendono quelle per l'acqua.", "it"),
        ("Cos'è il kernel?", "Il kernel è la parte più importante.", "it"),
        ("O que são despesas comuns?", "Entende-se por despesas comuns as de água.", "pt"),
        ("Wat zijn bijkomende kosten?", "Onder bijkomende kosten verstaat men de uitgaven.", "nl"),
        ("Co to są opłaty dodatkowe?", "Opłaty dodatkowe to koszty wody.", "pl"),
        ("Что такое ядро?", "Ядро — это часть системы.", "ru"),
        ("Que sont les charges ?", "On entend par charges les frais d'eau.", "fr"),
    ],
)
def test_defines_in_other_languages(question: str, sentence: str, language: str) -> None:
    thing = defined(question, language)
    assert thing is not None
    assert defines(sentence, thing, language)
