"""What is asked of the latest report is answered by the newest of its series."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.collection import Collection
from ragcli.retrieval.naming.latest import asks_for_latest, dated, superseded, without_latest
from ragcli.settings import Answering, Embedding, Settings

SETTINGS = Settings(answering=Answering(style="quotes", cache=False), embedding=Embedding(model="all-MiniLM-L6-v2"))
REPORT = (
    "# Quarterly report\n\nThe mills had a gross margin of {} percent in the quarter. Flour was sold in nine towns.\n"
)


@pytest.mark.parametrize(
    "question",
    [
        "What was the gross margin in the latest 10-Q?",
        "What does the most recent report say of flour?",
        "Quel est le montant fixé par le dernier accord ?",
        "Que disent les comptes les plus récents ?",
        "Was steht im neuesten Bericht?",
        "Was steht im letzten Quartalsbericht?",
        "¿Qué dice el último informe?",
        "Qual è il fatturato nel bilancio più recente?",
        "Qual é o valor no relatório mais recente?",
        "Wat staat er in het nieuwste verslag?",
        "Что сказано в последнем отчёте?",
        "最新の報告書の売上高は？",
        "What is the current rate of hotel rooms?",
        "How much leave do keepers currently get?",
        "¿Cuál es la tarifa vigente?",
    ],
)
def test_the_latest_is_asked_for_in_many_languages(question: str) -> None:
    assert asks_for_latest(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is due at the latter date?",
        "Later filings?",
        "Quand a lieu la réunion de la semaine dernière ?",
        "Comment le tarif a-t-il évolué au cours des dernières années ?",
        "¿Cómo ha cambiado la tarifa en los últimos años?",
        "Com'è cambiata la tariffa negli ultimi anni?",
        "Как изменился тариф за последние годы?",
        "What does the latest of the reports of 2021 say?",
        "What are the current assets?",
        "What is the current limit of the pump?",
        "What current does the pump draw?",
    ],
)
def test_what_only_sounds_alike_asks_for_no_latest(question: str) -> None:
    assert not asks_for_latest(question)


def test_a_series_is_told_by_what_is_no_date() -> None:
    assert superseded(["2022 Q3 AAPL.pdf", "2023 Q1 AAPL.pdf", "2023 Q3 AAPL.pdf", "2022 Q3 MSFT.pdf"]) == {
        "2022 Q3 AAPL.pdf",
        "2023 Q1 AAPL.pdf",
    }
    assert superseded(["BESTBUY_2022_10K.pdf", "BESTBUY_2023_10K.pdf"]) == {"BESTBUY_2022_10K.pdf"}
    assert superseded(["2022/report.pdf", "2023/report.pdf"]) == {"2022/report.pdf"}
    assert superseded(["minutes-17.05.2023.md", "minutes-03.06.2023.md"]) == {"minutes-17.05.2023.md"}
    assert superseded(["minutes 20231220.md", "minutes 20240108.md"]) == {"minutes 20231220.md"}
    assert superseded(["Bilan mars 2023.pdf", "Bilan août 2023.pdf"]) == {"Bilan mars 2023.pdf"}


def test_versions_make_a_series() -> None:
    assert superseded(["FIN-001-v1.0.md", "FIN-001-v2.0.md", "HR-001-v1.0.md"]) == {"FIN-001-v1.0.md"}
    assert superseded(["leave version 9.md", "leave version 10.md"]) == {"leave version 9.md"}


def test_papers_and_chapters_are_no_series() -> None:
    assert superseded(["2010.11929.pdf", "2012.12877.pdf"]) == frozenset()  # numbers of papers
    assert superseded(["chapter-1.pdf", "chapter-2.pdf"]) == frozenset()
    assert dated("section-4.2.pdf") is None


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@given(days, days)
def test_of_two_days_the_later_is_newer_however_they_are_written(one: date, other: date) -> None:
    for written in ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d %B %Y"):
        older, newer = (f"report {day.strftime(written)}.pdf" for day in sorted((one, other)))
        assert superseded([older, newer]) == ({older} if one != other else frozenset())


def test_what_is_asked_is_left_without_the_latest() -> None:
    assert without_latest("What was the gross margin in the most recent report?") == (
        "What was the gross margin in the report?"
    )


def test_the_newest_report_answers_alone(home: Path, tmp_path: Path) -> None:
    for quarter, margin in (("2022 Q4", 31), ("2023 Q1", 32), ("2023 Q2", 33), ("2023 Q3", 34)):
        (tmp_path / f"{quarter} Orle Mills.md").write_text(REPORT.format(margin), encoding="utf-8")
    with Collection.open("default", settings=SETTINGS) as opened:
        opened.ingest([tmp_path])
        latest = opened.ask("What was the gross margin of the mills in the latest quarter?")
        assert latest.found
        assert {Path(one.path).stem for one in latest.citations} == {"2023 Q3 Orle Mills"}
        assert "34 percent" in latest.sentences[0].text
        hits = opened.query("What was the gross margin of the mills in 2022?", k=4).hits
        assert not any(hit.aside for hit in hits)
