"""Signs of money and brackets that accounts set in columns of their own."""

from ragcli.reading.pdf_tables.money import with_signs
from ragcli.reading.tables.cells import Cell


def cells(*rows: tuple[str, ...]) -> list[Cell]:
    return [Cell(row, column, 1, 1, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]


def grid(cells: list[Cell]) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def test_the_sign_goes_with_its_figure_and_the_head_over_either() -> None:
    table = cells(("", "2022", "", "", "2021"), ("Sales", "$", "32,765", "$", "31,657"), ("Costs", "", "(9)", "", "—"))
    assert grid(with_signs(table, 1)) == [
        ["", "2022", "2021"],
        ["Sales", "$ 32,765", "$ 31,657"],
        ["Costs", "(9)", "—"],
    ]


def test_a_bracket_and_a_share_go_with_the_figure_before() -> None:
    table = cells(("", "2022", ""), ("Growth", "(1.2", ")%"), ("Costs", "0.9", "%"))
    assert grid(with_signs(table, 1)) == [["", "2022"], ["Growth", "(1.2)%"], ["Costs", "0.9%"]]


def test_a_sign_behind_a_figure_is_the_next_ones() -> None:
    table = cells(("", "A", "B"), ("Sales", "$ 12,840 $", "10,254"), ("Share", "39.2 %", "31.3 %"))
    assert grid(with_signs(table, 1))[1] == ["Sales", "$ 12,840", "$ 10,254"]


def test_a_column_of_units_and_one_without_figures_beside_it_stay() -> None:
    prices = cells(("Thing", "Unit", "Price"), ("Bolts", "kg", "4"), ("Nuts", "$", "on request"))
    assert grid(with_signs(prices, 1)) == [
        ["Thing", "Unit", "Price"],
        ["Bolts", "kg", "4"],
        ["Nuts", "$", "on request"],
    ]


def test_a_head_over_both_stays_over_both() -> None:
    table = [Cell(0, 0, 1, 1, ""), Cell(0, 1, 1, 4, "Years"), *cells((), ("", "2022", "", "2021", ""))]
    table += [Cell(2, column, 1, 1, text) for column, text in enumerate(("Sales", "$", "5", "$", "4"))]
    assert [(cell.column, cell.columns, cell.text) for cell in with_signs(table, 2) if cell.row == 0] == [
        (0, 1, ""),
        (1, 2, "Years"),
    ]


def test_a_sign_behind_its_figure_stays_with_it() -> None:
    whole = cells(
        ("Matériel", "2022", "2023", "Chez"), ("Radar", "4 620 €", "4 870 €", "A"), ("Pile", "94 €", "102", "B")
    )
    assert with_signs(whole, 1) == whole
    apart = cells(("", "2022", "", "2023", ""), ("Radar", "4 620", "€", "4 870", "€"), ("Pile", "94", "€", "102", "€"))
    assert grid(with_signs(apart, 1)) == [
        ["", "2022", "2023"],
        ["Radar", "4 620 €", "4 870 €"],
        ["Pile", "94 €", "102 €"],
    ]
