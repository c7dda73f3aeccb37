"""What a unit tells, whatever the quantity is called."""

import pytest

from ragcli.answering.wording.quantities import quantities


@pytest.mark.parametrize(
    ("question", "told", "silent"),
    [
        ("Quel est le poids de la sonde ?", "Modèle: X; Masse: 2,2 kg", "La sonde a une portée de 75 m."),
        ("How much power does the probe need?", "It draws 0.38 W.", "It transmits at 80 GHz."),
        (
            "Wie schwer ist die Boje?",
            "Die Boje bringt zwei Tonnen auf die Waage: 2 t.",
            "Die Boje liegt 20 m vor der Mole.",
        ),
        ("¿Cuál es la presión de servicio?", "Funciona a 8 bar.", "Funciona desde 1998."),
        ("What is the voltage?", "The supply gives 12 V.", "The supply gives 12 W."),
        ("At what temperature is it kept?", "It is kept at room temperature.", "It is kept in a shed."),
        ("What area does it cover?", "It covers 5,000 square kilometres.", "It covers three valleys."),
        ("Quelle est la vitesse du courant ?", "L'eau court à 3 m/s.", "L'eau monte de 3 m."),
    ],
)
def test_a_figure_in_its_unit_tells_a_quantity(question: str, told: str, silent: str) -> None:
    (one,) = quantities(question)
    assert one.is_told(told)
    assert not one.is_told(silent)


@pytest.mark.parametrize(
    "question", ["How long is the lake?", "Who is the current president?", "How many draws were there?"]
)
def test_what_no_unit_tells_is_none(question: str) -> None:
    assert quantities(question) == []
