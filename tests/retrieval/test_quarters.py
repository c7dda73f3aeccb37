"""A quarter that is written out names the file that has it in short."""

from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.naming import named_in
from ragcli.retrieval.quarters import in_short
from ragcli.settings import Embedding, Settings


@pytest.mark.parametrize(
    ("question", "shorts"),
    [
        ("What were sales in the third quarter of 2022?", {"q3"}),
        ("What were sales in the 3rd quarter?", {"q3"}),
        ("Quelles étaient les ventes au 3e trimestre ?", {"q3", "t3"}),
        ("Et au deuxième semestre ?", {"h2", "s2"}),
        ("Wie hoch war der Umsatz im ersten Quartal?", {"q1"}),
        ("¿Cuáles fueron las ventas del primer trimestre?", {"q1", "t1"}),
        ("Compare the first quarter with the fourth quarter", {"q1", "q4"}),
        ("What were sales in the first quarter of fiscal 2023?", set()),
        ("Who lives in the third house of the quarter?", set()),
    ],
)
def test_in_short(question: str, shorts: set[str]) -> None:
    assert in_short(question).keys() == shorts


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
