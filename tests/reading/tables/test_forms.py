"""Tables of labels and what they are, told from tables with heads by their looks, and by what they say."""

import pytest

from ragcli.reading.tables.cells import Cell
from ragcli.reading.tables.forms import is_form


def cells_of(*rows: str) -> list[Cell]:
    """Cells written as `*Dauer, 1 Semester`: those with a star are bold."""
    return [
        Cell(at, column, 1, 1, text.strip().removeprefix("*"), look=text.strip().startswith("*"))
        for at, row in enumerate(rows)
        for column, text in enumerate(row.split(","))
    ]


BOLD_LABELS = ("*Art des Moduls, Pflichtmodul", "*Dauer, ein Semester", "*Sprache, Deutsch")
SEVERAL_KINDS = ("Produit, Lampe de port", "Poids, 2 kg", "Tension, 24 V", "Boîtier, aluminium")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (BOLD_LABELS, True),
        (("Responsable, *Claire Delmas", "Statut, *En cours"), True),  # what is filled in is bold
        (("Modulbeschreibung", *BOLD_LABELS), True),  # below a title
        (("*Name, Limn, *Length, 12", "*Source, Orn, *Mouth, Ay"), True),
        (("Age:, , Seat:, ", "Licence:, Private, Doctor:, No"), True),  # the first are not filled in
        (("Item:, 2023:, 2024:", "Rent:, 5, 6", "Fees:, 1, 2"), False),
        (("*Merkmal, Ja, Nein", "*Leise, x, ", "*Leicht, , x"), True),
        (("*Land, *Hauptstadt", "*Orland, Marrec", "*Limnia, Castagne"), False),  # heads look alike
        (("*Land, *Hauptstadt", "Orland, Marrec", "Limnia, Castagne"), False),
        (("Land, Hauptstadt", "Orland, Marrec", "Limnia, Castagne", "Ayland, Orn"), False),
        (("*Method, First, Second", "*PR, 54 / 59, 177 / 200", "*MSA, 46 / 59, 164 / 200"), False),
        (("*Code, Plain, Type", "*I, whole", "*F, part"), False),  # nothing stands below the last
        (("*Setting, Value", "*Range, 250 m", "*Queue, DropTail"), False),  # a word for what a column is
        ((", , Page", "*Item, Business, 3", "*Item, Factors, 6"), False),
        (SEVERAL_KINDS, True),
        (("*Poste, *Coût", *SEVERAL_KINDS), False),
        (("Parameter, Value", *SEVERAL_KINDS), False),
        (("Produit, Lampe", "Poids, 2 kg", "Boîtier, aluminium"), False),  # too few to tell
        (("Lieu, Habitants", "Marrec, 412", "Vaudry, 655", "Castagne, 97"), False),  # figures under a word
        (("ACPR, Autorité de contrôle", "AMF, Autorité des marchés", "GIR, Groupe de recherche", "UE, Union"), True),
        (("NAME, TOWN", "LIMN, ORN", "ORVE, AY", "SELE, MARREC"), False),
    ],
)
def test_labels_are_told_from_heads(rows: tuple[str, ...], expected: bool) -> None:
    assert is_form(cells_of(*rows)) is expected


def test_where_nobody_looked_how_cells_are_set_kinds_tell_nothing() -> None:
    rows = [row.split(", ") for row in SEVERAL_KINDS]
    assert not is_form(Cell(at, column, 1, 1, text) for at, row in enumerate(rows) for column, text in enumerate(row))


def test_shades_that_alternate_hide_no_labels() -> None:
    rows = (("Projet", "Pont de Vaudry"), ("Durée", "deux ans"), ("Statut", "En cours"))
    assert is_form(
        Cell(at, column, 1, 1, text, look=(column == 0, at % 2))
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
