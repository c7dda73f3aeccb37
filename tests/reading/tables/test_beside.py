"""What stands side by side in a table is read part for part."""

from ragcli.reading.tables.beside import below_each_other
from ragcli.reading.tables.cells import Cell
from ragcli.reading.tables.grid import head_rows, spread_out


def read(*rows: str) -> list[list[str]]:
    """The rows of a table as they are read, written as `*Dauer, 1 Semester`: cells with a star are bold."""
    cells = [
        Cell(at, column, 1, 1, text.strip().removeprefix("*"), look=text.strip().startswith("*"))
        for at, row in enumerate(rows)
        for column, text in enumerate(row.split(","))
    ]
    heads = head_rows(cells)
    return spread_out(below_each_other(cells, heads), heads)


def test_tables_with_the_same_heads_are_one() -> None:
    assert read("No., Keeper, No., Keeper", "1, Ada, 3, Jonas", "2, Bo, 4, Mira") == [
        ["No.", "Keeper"],
        ["1", "Ada"],
        ["2", "Bo"],
        ["3", "Jonas"],
        ["4", "Mira"],
    ]


def test_labels_in_two_columns_stand_below_each_other() -> None:
    assert read("*Projet, Pont de Vaudry, *Durée, 18 mois", "*Maire, Claire Delmas, *Statut, En cours") == [
        ["Projet", "Pont de Vaudry"],
        ["Maire", "Claire Delmas"],
        ["Durée", "18 mois"],
        ["Statut", "En cours"],
    ]


def test_other_tables_stay_as_they_are() -> None:
    for rows in (
        ("Site, 2021, 2022", "Orn, 1, 2"),
        ("Name, Town, Name, River", "Ada, Orn, Bo, Limn"),
        (", Q3, Q4, Q3, Q4", "Orn, 1, 2, 3, 4"),
        ("*Merkmal, Ja, Nein, Bemerkung", "*Leise, x, , kaum", "*Leicht, , x, nie"),
    ):
        assert read(*rows) == [[text.strip().removeprefix("*") for text in row.split(",")] for row in rows]


def test_labels_with_colons_stand_below_each_other_between_the_titles_of_a_form() -> None:
    rows = (
        "Place:, Marrec, Number:, NY08",
        "Day:, 3 May, Owner:, ",
        "Weather, , , ",
        "Light:, Dusk, Wind:, 4 knots",
        "Rain:, None, Cloud:, Few",
    )
    assert [row for row in read(*rows) if any(row)] == [
        ["Place:", "Marrec"],
        ["Day:", "3 May"],
        ["Number:", "NY08"],
        ["Owner:", ""],
        ["Weather", ""],
        ["Light:", "Dusk"],
        ["Rain:", "None"],
        ["Wind:", "4 knots"],
        ["Cloud:", "Few"],
    ]


def test_what_a_label_is_stands_in_one_column() -> None:
    rows = ("Runway:, 23, Approach:, , None", "Length:, 800 m, Landing:, Pattern, ")
    assert read(*rows) == [["Runway:", "23"], ["Length:", "800 m"], ["Approach:", "None"], ["Landing:", "Pattern"]]


def test_people_with_the_same_labels_keep_their_own() -> None:
    rows = ("Name:, Ada, Born:, 1851", "Name:, Bo, Born:, 1902")
    assert read(*rows) == [[text.strip() for text in row.split(",")] for row in rows]
