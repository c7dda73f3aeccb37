"""Tables of the second pass in the place of their rows: without a title above, and never at the cost of what was read."""

from ragcli.reading.pdf.regions import with_regions
from ragcli.reading.pdf.typography import Typography
from ragcli.reading.text_layer.row import Row
from ragcli.records import Block


def row(text: str, base: float, size: float = 10.0, cells: int = 2) -> Row:
    box = (50.0, base - size, 300.0, base + 2)
    flags = (False, False, False, False)
    return Row(text, box, 50, 300, base - size, base + 2, base, size, *flags, (1.0, 0.0), 0, cells=cells, glyph=5.0)


TEXTS = ("Name  Ada", "Town  Marrec", "Born  1851")
ROWS = [row(text, 120 + 15 * n) for n, text in enumerate(TEXTS)]
BODY = "| Name | Ada |\n| --- | --- |\n| Town | Marrec |\n| Born | 1851 |"


def made(rows: list[Row], table: str) -> list[tuple[str, str]]:
    drafts = with_regions(rows, Typography(), [Block(table, "table", (50, 80, 300, 160))])
    return [
        (draft.kind, draft.region.text if draft.region else "|".join(row.text for row in draft.rows))
        for draft in drafts
    ]


def test_a_table_takes_the_place_of_its_rows() -> None:
    assert made(ROWS, BODY) == [("table", BODY)]


def test_a_title_in_larger_letters_is_no_row() -> None:
    title = row("Application for a permit", 100, 16, 1)
    table = "| Application | for a permit |\n| --- | --- |\n| Name | Ada |\n| Town | Marrec |\n| Born | 1851 |"
    assert made([title, *ROWS], table) == [("text", "Application for a permit"), ("table", BODY)]
    assert made([row("Application  for a permit", 100, 10), *ROWS], table) == [("table", table)]


def test_a_table_that_lost_a_tick_is_left_out() -> None:
    ticked = "| Name | Ada |\n| --- | --- |\n| Town | Marrec |\n| Born | 1851 |\n| 4 Over 65 | |"
    assert [kind for kind, _ in made([*ROWS, row("✔ Over 65", 158, cells=1)], ticked)] != ["table"]
    assert [kind for kind, _ in made([*ROWS, row("✔ Over 65", 158, cells=1)], ticked.replace("4", "✔"))] == ["table"]


def test_a_table_that_lost_the_sign_of_a_unit_is_left_out() -> None:
    measured = "| Name | Ada |\n| --- | --- |\n| Town | Marrec |\n| Born | 1851 |\n| Heat | 5 C |"
    rows = [*ROWS, row("Heat  5 °C", 158)]
    assert [kind for kind, _ in made(rows, measured)] != ["table"]
    assert [kind for kind, _ in made(rows, measured.replace("5 C", "5 °C"))] == ["table"]


def test_leaders_are_no_words_that_a_table_lost() -> None:
    led = [row(f"{text.replace('  ', '  . . . . . . . .  ')}", 120 + 15 * n) for n, text in enumerate(TEXTS)]
    assert made(led, BODY) == [("table", BODY)]


def test_a_title_over_a_form_is_no_row_either() -> None:
    form = BODY.replace("Name |", "Name: |")
    head, rule, *rest = form.split("\n")
    titled = "\n".join(["|  |  |", rule, "| The applicant |  |", head, *rest])
    untitled = "\n".join(["|  |  |", rule, head, *rest])
    rows = [row("The applicant", 100, 16, 1), row("Name:  Ada", 120), *ROWS[1:]]
    assert made(rows, titled) == [("text", "The applicant"), ("table", untitled)]


def test_a_bullet_without_a_letter_is_not_lost_but_a_sign_between_figures_is() -> None:
    listed = f"{BODY}\n| Aims | • shade |"
    assert [kind for kind, _ in made([*ROWS, row("Aims", 158), row("\ufffd shade", 158)], listed)] == ["table"]
    measured = f"{BODY}\n| Heat | 5 • 3 |"
    assert [kind for kind, _ in made([*ROWS, row("Heat  5 \ufffd 3", 158)], measured)] != ["table"]
