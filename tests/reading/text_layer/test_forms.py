"""Filled-in forms: each value beside its label, whatever was drawn when; and nothing torn out of columns."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.pdf.read import read_pdf
from ragcli.settings import Reading

FILLED = {
    "Name of the applicant:": "Marguerite Delmas",
    "Date of birth:": "12 March 1961",
    "Monthly rent:": "742.50 EUR",
}


@pytest.fixture
def canvas(tmp_path: Path) -> Canvas:
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=(400, 400))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(40, 370, "Application to the town of Vauzy")
    return canvas


def lines(canvas: Canvas) -> list[str]:
    canvas.save()
    (page,) = read_pdf(Path(canvas._filename), Reading()).pages
    return [line for block in page.blocks for line in block.text.split("\n")]


def draw_labels(canvas: Canvas, step: float = 40) -> dict[str, float]:
    heights = {label: 330 - step * n for n, label in enumerate(FILLED)}
    for label, y in heights.items():
        canvas.drawString(40, y, label)
    canvas.drawString(40, 120, "The applicant declares that the above is true.")
    return heights


def test_fields_stand_beside_their_labels(canvas: Canvas) -> None:
    for label, y in draw_labels(canvas).items():
        canvas.acroForm.textfield(name=label, x=180, y=y - 5, width=180, height=20, value=FILLED[label])
    assert lines(canvas)[1:4] == [f"{label} {value}" for label, value in FILLED.items()]


def test_text_drawn_after_all_labels_too_and_dense_forms_keep_their_cells(canvas: Canvas) -> None:
    for label, y in draw_labels(canvas, step=16).items():
        canvas.drawString(180, y, FILLED[label])
    assert [" ".join(line.split()) for line in lines(canvas)[1:4]] == [f"{label} {it}" for label, it in FILLED.items()]


def test_further_lines_of_a_value_go_with_it(canvas: Canvas) -> None:
    heights = draw_labels(canvas)
    for label, y in heights.items():
        canvas.drawString(180, y, FILLED[label])
        if label.startswith("Name"):
            canvas.drawString(180, y - 13, "born Aubrac")
    text = lines(canvas)
    assert text[1].endswith("Marguerite Delmas")
    assert text[2] == "born Aubrac"
    assert text[3].startswith("Date of birth:")


def test_an_empty_field_leaves_its_label_alone(canvas: Canvas) -> None:
    heights = draw_labels(canvas)
    canvas.drawString(180, heights["Monthly rent:"], "742.50 EUR")
    assert lines(canvas)[1:4] == ["Name of the applicant:", "Date of birth:", "Monthly rent: 742.50 EUR"]


def test_a_colon_in_a_column_takes_nothing_from_the_other_column(canvas: Canvas) -> None:
    for n in range(8):
        canvas.drawString(40, 330 - 13 * n, "it is agreed as follows:" if n == 3 else "the left column goes on")
    for n in range(8):
        canvas.drawString(220, 330 - 13 * n, "the right column goes on")
    text = " ".join(lines(canvas))
    assert text.index("as follows:") < text.rindex("left") < text.index("right")


def test_ticks_stand_before_what_their_boxes_say(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    long = (
        "The permit is valid for all rivers and lakes of the county, save",
        "in March and in April of years that are odd.",
    )
    for x, y, drawn in (
        (60, 70, "Over 65"),
        (60, 90, "Disabled"),
        (40, 120, "From a boat"),
        *((40, 210, "\n".join(long)),),
    ):
        page.insert_text((x, y), drawn, fontsize=11)
    for x, y, code in ((44, 90, "4"), (110, 120, "8"), (370, 210, "8")):
        page.insert_text((x, y), code, fontsize=11, fontname="zadb")
    document.save(tmp_path / "a.pdf")
    found = [
        line for block in read_pdf(tmp_path / "a.pdf", Reading()).pages[0].blocks for line in block.text.split("\n")
    ]
    assert found[:3] == ["Over 65", "✔ Disabled", "From a boat ✘"]
    assert "save in March" in found[3]


def test_a_password_is_not_read_for_viewers_show_stars(canvas: Canvas) -> None:
    canvas.drawString(40, 330, "Name:")
    canvas.acroForm.textfield(name="name", x=180, y=325, width=180, height=20, value="Marguerite Delmas")
    canvas.drawString(40, 290, "Password:")
    canvas.acroForm.textfield(
        name="word", x=180, y=285, width=180, height=20, value="heron-1961", fieldFlags="password"
    )
    said = " ".join(lines(canvas))
    assert "Marguerite Delmas" in said
    assert "heron" not in said


def test_a_form_whose_fields_go_round_in_a_circle_costs_no_text(canvas: Canvas, tmp_path: Path) -> None:
    canvas.acroForm.textfield(name="name", x=180, y=325, width=180, height=20, value="Marguerite Delmas")
    canvas.save()
    with pymupdf.open(tmp_path / "form.pdf") as form:
        (xref,) = [xref for xref, *_ in form[0].annot_xrefs()]
        parent = form.get_new_xref()
        form.update_object(parent, f"<</Parent {parent} 0 R/Kids[{xref} 0 R]>>")
        form.xref_set_key(xref, "Parent", f"{parent} 0 R")
        form.save(tmp_path / "circle.pdf")
    (page,) = read_pdf(tmp_path / "circle.pdf", Reading()).pages
    assert page.problem is None
    assert page.blocks[0].text == "Application to the town of Vauzy"
