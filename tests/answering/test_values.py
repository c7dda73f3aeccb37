"""A figure is quoted with its row, the heads of its columns, and the title and unit of its table; or refused."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ragcli.collection import Collection
from ragcli.settings import Answering, Reading, Settings

Table = tuple[tuple[str, ...], ...]

INCOME: Table = (
    ("", "2022", "2021", "2020"),
    ("Flour sales", "6,133", "4,584", "3,223"),
    ("Total sales", "7,301", "5,854", "4,795"),
    ("Cost of sales", "(4,010)", "(3,819)", "(3,244)"),
    ("Wages", "(1,224)", "(975)", "(862)"),
    ("Operating income", "2,067", "1,060", "689"),
    ("Income taxes", "(443)", "(266)", "(244)"),
    ("Net income", "1,624", "794", "445"),
)
BALANCE: Table = (
    ("", "2022", "2021"),
    ("Cash", "1,010", "857"),
    ("Inventories", "2,304", "2,118"),
    ("Total assets", "14,535", "12,697"),
    ("Other liabilities", "310", "296"),
    ("Total liabilities", "6,075", "5,272"),
)
VENTES: Table = (
    ("", "2020", "2019"),
    ("Ventes en magasin", "61,5 %", "69,0 %"),
    ("Ventes en ligne", "38,5 %", "31,0 %"),
    ("Chiffre d'affaires", "12 450", "9 310"),
)
PROSE = (
    "Net income and operating income depend on the price of wheat, and so do the total assets of the mills.",
    "The cost of sales was under pressure in each of the years, as were wages, income taxes and inventories.",
    "Other liabilities are described in the notes; total liabilities rose with the new mill on the Skarn.",
)


def pdf(path: Path, pages: Sequence[tuple[Sequence[str], Sequence[tuple[str, ...] | str]]]) -> None:
    """Pages of centred titles above a table whose figures stand at the right of their columns, or above paragraphs."""
    canvas = Canvas(str(path), A4)
    for titles, body in pages:
        y = 780.0
        for title in titles:
            canvas.drawCentredString(297, y, title)
            y -= 16
        for line in body:
            y -= 16
            label, *cells = (line,) if isinstance(line, str) else line
            canvas.drawString(60, y, label)
            for n, cell in enumerate(cells):
                canvas.drawRightString(340 + 90 * n, y, cell)
        canvas.showPage()
    canvas.save()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages: list[tuple[tuple[str, ...], Sequence[tuple[str, ...] | str]]] = [
        (("Review of the year",), PROSE),
        (("ORLE MILLS", "STATEMENTS OF INCOME", "(in thousands, except per share data)"), INCOME),
        (("ORLE MILLS", "BALANCE SHEETS", "(in thousands)"), BALANCE),
    ]
    reports = tmp_path_factory.mktemp("reports")
    pdf(reports / "ORLEMILLS_2022_10K.pdf", pages)
    older = [(("SKARN DAIRY", "STATEMENTS OF INCOME", "(in millions)"), [(row[0], *row[2:]) for row in INCOME])]
    pdf(reports / "SKARNDAIRY_2021_10K.pdf", [(("Review",), PROSE), *older])
    pdf(
        reports / "rapport-tressaune-2020.pdf",
        [
            (
                ("Rapport de la coopérative Tressaune",),
                ("Les ventes en ligne ont progressé malgré la crise sanitaire.",),
            ),
            (("Répartition des ventes", "(en pourcentage, chiffre d'affaires en milliers d'euros)"), VENTES),
        ],
    )
    return reports


@pytest.fixture(scope="module", params=["off", "auto"], ids=["as printed", "as tables"])
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, model_home: Path, folder: Path
) -> Iterator[Collection]:
    home = tmp_path_factory.mktemp("rag-home")
    (home / "models").symlink_to(model_home / "models")
    reading = Reading(tables=request.param, second_pass=60)
    settings = Settings(reading=reading, answering=Answering(style="quotes", cache=False))
    with Collection.open("default", home=home, settings=settings) as collection:
        collection.ingest([folder])
        yield collection


@pytest.mark.parametrize(
    ("question", "row", "unit"),
    [
        (
            "What was Orle Mills' net income in 2021?",
            "Net income; 2022: 1,624; 2021: 794; 2020: 445",
            "(in thousands, except",
        ),
        ("What is the FY2022 operating income of Orle Mills?", "Operating income; 2022: 2,067", "STATEMENTS OF INCOME"),
        (
            "How much were Orle Mills' total assets in 2022?",
            "Total assets; 2022: 14,535; 2021: 12,697",
            "(in thousands)",
        ),
        (
            "How much other liabilities did Orle Mills report for 2021?",
            "Other liabilities; 2022: 310",
            "(in thousands)",
        ),
        ("What was the net income of Skarn Dairy in 2021?", "Net income; 2021: 794; 2020: 445", "(in millions)"),
        (
            "Quelle était la part des ventes en ligne de Tressaune en 2020 ?",
            "Ventes en ligne; 2020: 38,5 %; 2019: 31,0 %",
            "(en pourcentage",
        ),
        (
            "Quel était le chiffre d'affaires de Tressaune en 2019 ?",
            "Chiffre d'affaires; 2020: 12 450",
            "milliers d'euros",
        ),
    ],
)
def test_the_figure_comes_with_its_row_its_year_and_its_unit(
    opened: Collection, question: str, row: str, unit: str
) -> None:
    answer = opened.ask(question)
    assert answer.found, answer.warnings
    assert row in answer.sentences[0].text
    assert unit in answer.sentences[0].text
    assert answer.citations[0].match == "exact"


@pytest.mark.parametrize(
    "question",
    [
        "What was Orle Mills' net income in 2015?",
        "What is the FY2011 operating income of Orle Mills?",
        "What was the net income of Brandt Steel in 2021?",
        "How much were the total assets of Veldhoven in 2022?",
        "Quel était le chiffre d'affaires de Tressaune en 2012 ?",
    ],
)
def test_another_year_and_another_company_are_refused(opened: Collection, question: str) -> None:
    assert not opened.ask(question).found


def test_a_report_that_is_named_by_its_quarter_answers_whichever_year_that_ended_in(home: Path, tmp_path: Path) -> None:
    for year, sales in ((2023, "1,911 | 1,707"), (2022, "1,707 | 1,655"), (2021, "1,655 | 1,501")):
        heads = f"December 31, {year - 1} | December 25, {year - 2}"
        table = f"| | {heads} |\n|---|---|---|\n| Flour sales | {sales} |\n| Wages | 410 | 377 |\n"
        text = f"# Orle Mills\n\nStatements of income, three months ended (in thousands)\n\n{table}"
        (tmp_path / f"{year} Q1 ORLE MILLS.md").write_text(text)
    with Collection.open("quarters", settings=Settings(answering=Answering(style="quotes", cache=False))) as mills:
        mills.ingest([tmp_path])
        for question in ("What were flour sales in the first quarter of 2023?", "What were flour sales in Q1 2023?"):
            answer = mills.ask(question)
            assert answer.found
            assert "Flour sales; December 31, 2022: 1,911" in answer.sentences[0].text
        assert not mills.ask("What were flour sales in 2023?").found
        assert not mills.ask("What were flour sales in the first quarter of 2015?").found
