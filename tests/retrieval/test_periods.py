"""A part of a year that is written out names the file that has it in short."""

from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.naming import named_in
from ragcli.retrieval.periods import in_short, months_in
from ragcli.settings import Embedding, Settings


@pytest.mark.parametrize(
    ("question", "shorts"),
    [
        ("What were sales in the third quarter of 2022?", {"q3"}),
        ("What were sales in the 3rd quarter?", {"q3"}),
        ("What were sales in Q3?", {"q3"}),
        ("Quelles étaient les ventes au 3e trimestre ?", {"q3", "t3"}),
        ("Et au deuxième semestre ?", {"h2", "s2"}),
        ("Wie hoch war der Umsatz im ersten Quartal?", {"q1"}),
        ("¿Cuáles fueron las ventas del primer trimestre?", {"q1", "t1"}),
        ("Compare the first quarter with the fourth quarter", {"q1", "q4"}),
        ("What were sales in the first quarter of fiscal 2023?", set()),
        ("What was decided in June 2022?", {"202206"}),
        ("Qu'a-t-on décidé le 12 août 2022 ?", {"202208"}),
        ("Was wurde im März 2022 beschlossen?", {"202203"}),
        ("¿Qué se decidió en junio de 2022?", {"202206"}),
        ("Who may leave before 2022?", set()),
        ("Who lives in the third house of the quarter?", set()),
    ],
)
def test_in_short(question: str, shorts: set[str]) -> None:
    assert in_short(question).keys() == shorts


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("minutes-2022-06-12.pdf", {"202206"}),
        ("20220612 minutes.pdf", {"202206"}),
        ("202206.pdf", {"202206"}),
        ("pv_06_2022.pdf", {"202206"}),
        ("12-06-2022.pdf", set()),
        ("2022 report 06.pdf", set()),
        ("invoice 2022061234.pdf", set()),
        ("1998-99.pdf", set()),
    ],
)
def test_months_in(name: str, months: set[str]) -> None:
    assert months_in(name) == months


def test_the_words_of_a_quarter_are_words_of_the_name() -> None:
    assert named_in("Flour sales in the third quarter?", ["2022 Q3 MILLS"]) == {"third", "quarter"}
    assert named_in("Flour sales in the third quarter?", ["2022 Q1 MILLS"]) == set()


def test_the_report_of_the_quarter_comes_first(home: Path, tmp_path: Path) -> None:
    for year in (2021, 2022, 2023):
        for quarter in (1, 2, 3, 4):
            sold = (year - 2000) * 7 + quarter
            said = f"# Report\n\nFlour sales of the mills came to {sold} sacks, and those of oats to {sold // 3} barrels.\n"
            (tmp_path / f"{year} Q{quarter} MILLS.md").write_text(said)
    with Collection.open("mills", settings=Settings(embedding=Embedding(model="all-MiniLM-L6-v2"))) as mills:
        mills.ingest([tmp_path])
        for question in ("flour sales in the third quarter of 2022", "flour sales in Q3 2022"):
            assert Path(mills.query(question).hits[0].path).name == "2022 Q3 MILLS.md"


def test_the_minutes_of_the_month_come_first(home: Path, tmp_path: Path) -> None:
    for number, subject in enumerate(("roof", "ferry", "bell", "weir", "school", "quay"), start=3):
        said = f"# Minutes\n\nThe council met for the {subject}. It decided to spend {number * 17} pounds on the {subject}.\n"
        (tmp_path / f"minutes-2022-{number:02}-14.md").write_text(said)
    with Collection.open("council", settings=Settings(embedding=Embedding(model="all-MiniLM-L6-v2"))) as council:
        council.ingest([tmp_path])
        hits = council.query("What did the council decide in June 2022?").hits
        assert Path(hits[0].path).name == "minutes-2022-06-14.md"
        both = council.query("What did the council decide in April 2022 and in July 2022?").hits[:2]
        assert {Path(hit.path).name for hit in both} == {"minutes-2022-04-14.md", "minutes-2022-07-14.md"}
