"""A part of a year that is written out names the file that has it in short."""

from datetime import datetime
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.naming.named_documents import named_in
from ragcli.retrieval.question.periods import date_named, dates_in, in_short, parts_of_year
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
        ("Qu'a-t-on décidé le 12 août 2022 ?", {"202208", "20220812"}),
        ("Qu'a-t-on décidé le 1er août 2022 ?", {"202208", "20220801"}),
        ("What was decided on January 3, 2024?", {"202401", "20240103"}),
        ("Minutes of the 3rd of Jan. 2024", {"202401", "20240103"}),
        ("Was wurde am 3. Januar 2024 beschlossen?", {"202401", "20240103"}),
        ("¿Qué se decidió el 3 de enero de 2024?", {"202401", "20240103"}),
        ("Compare 3 January 2024 with 10 January 2024", {"202401", "20240103", "20240110"}),
        ("Was wurde im März 2022 beschlossen?", {"202203"}),
        ("¿Qué se decidió en junio de 2022?", {"202206"}),
        ("Who may leave before 2022?", set()),
        ("Who lives in the third house of the quarter?", set()),
    ],
)
def test_parts_of_a_year_as_names_of_files_have_them(question: str, shorts: set[str]) -> None:
    assert in_short(question).keys() == shorts


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("minutes-2022-06-12.pdf", {"202206", "20220612"}),
        ("20220612 minutes.pdf", {"202206", "20220612"}),
        ("12.06.2022.pdf", {"202206", "20220612"}),
        ("202206.pdf", {"202206"}),
        ("pv_06_2022.pdf", {"202206"}),
        ("12-06-2022.pdf", set()),
        ("2022 report 06.pdf", set()),
        ("invoice 2022061234.pdf", set()),
        ("1998-99.pdf", set()),
    ],
)
def test_months_and_days_in_the_names_of_files(name: str, dates: set[str]) -> None:
    assert dates_in(name) == dates


def test_the_words_of_a_quarter_are_words_of_the_name() -> None:
    assert named_in("Flour sales in the third quarter?", ["2022 Q3 MILLS"]) == {"third", "quarter"}
    assert named_in("Flour sales in the third quarter?", ["2022 Q1 MILLS"]) == set()


@pytest.mark.parametrize("name", ["2024-01-03", "minutes-2024-01-03", "03.01.2024", "20240103"])
def test_the_words_of_a_day_are_words_of_the_name(name: str) -> None:
    assert {"3", "january"} <= named_in("Who attended the meeting of 3 January 2024?", [name])
    assert "3" not in named_in("Who attended the meeting of 3 January 2024?", [name.replace("03", "10")])


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


def test_the_minutes_of_the_day_come_first_and_alone(home: Path, tmp_path: Path) -> None:
    for name, who in (
        ("2024-01-03", "Ada Vik, Odile Garnier"),
        ("2024-01-10", "Ada Vik, Petra Hofmann"),
        ("2024-02-03", "Ada Vik, Jon Orle"),
    ):
        said = f"# Minutes\n\n## Present\n\nPresent at the meeting of the council: {who}.\n\n## Agenda\n\nThe roof of the mill.\n"
        (tmp_path / f"{name}.md").write_text(said, encoding="utf-8")
    with Collection.open("council", settings=Settings(embedding=Embedding(model="all-MiniLM-L6-v2"))) as council:
        council.ingest([tmp_path])
        for day in ("3 January 2024", "January 3, 2024", "the 3rd of January 2024"):
            question = f"Who was present at the meeting of the council of {day}?"
            assert Path(council.query(question).hits[0].path).name == "2024-01-03.md"
            assert {Path(one.path).name for one in council.ask(question).citations} == {"2024-01-03.md"}
        # A day leaves no doubt, in however small a collection: nothing else of the question is of a name.
        for day in ("3 January", "10 January", "3 February"):
            (first, *_) = council.query(f"Who was present on {day} 2024?").hits
            assert Path(first.path).stem == datetime.strptime(f"{day} 2024", "%d %B %Y").date().isoformat()
        both = council.query("Who was present on 3 January 2024 and on 10 January 2024?").hits[:2]
        assert {Path(hit.path).name for hit in both} == {"2024-01-03.md", "2024-01-10.md"}


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("minutes 2022-06-12", "2022-06-12"),
        ("20220612_council", "2022-06-12"),
        ("PV du 12.06.2022", "2022-06-12"),
        ("report-2022-06", "2022-06"),
        ("2022-06-12 to 2022-07-12", None),
        ("2022-06-12, for 2022-07", None),
        ("report 2022", None),
        ("ISO 9001", None),
    ],
)
def test_a_name_of_a_file_says_its_date(name: str, date: str | None) -> None:
    assert date_named(name) == date


def test_documents_without_a_date_are_filtered_by_the_one_in_their_names(home: Path, tmp_path: Path) -> None:
    (tmp_path / "minutes 2023-12-14.md").write_text("The council met for the roof of the mill.")
    (tmp_path / "minutes 2024-01-03.md").write_text("The council met for the bell of the ferry.")
    (tmp_path / "minutes 2024-02-07.md").write_text("---\ndate: 2019-05-01\n---\n\nThe council met for the quay.")
    with Collection.open("council", settings=Settings(embedding=Embedding(model="all-MiniLM-L6-v2"))) as council:
        council.ingest([tmp_path])
        found = council.query("What did the council meet for?", where=["date>=2024"]).hits
        assert [Path(hit.path).name for hit in found] == ["minutes 2024-01-03.md"]


def test_a_quarter_is_one_however_it_is_written() -> None:
    for text in (
        "Q4 2022",
        "4Q22",
        "the fourth quarter",
        "au quatrième trimestre",
        "T4",
        "4th quarter",
        "viertes Quartal",
    ):
        assert set(parts_of_year(text)) == {"q4"}, text
    assert parts_of_year("Umsatz im ersten Halbjahr und H2 2021").keys() == {"h1", "h2"}
    assert parts_of_year("the last quarter, half of it in SQ4") == {}
    assert parts_of_year("in the fourth quarter") == {"q4": ("fourth", "quarter")}


def test_the_form_of_a_report_is_no_month() -> None:
    assert dates_in("bestbuy_2023_10k") == set()
    assert dates_in("minutes_2023_10") == {"202310"}
