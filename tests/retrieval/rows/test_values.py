"""A passage with the row that is asked for comes before those that speak of the same thing."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ragcli.chunking.rows import figure_rows
from ragcli.collection import Collection
from ragcli.retrieval.rows.values import asked_of_rows, fit, is_of_year, is_put_so


def equally_rare(stems: Sequence[str]) -> list[float]:
    return [0.01] * len(stems)


def fit_of(label: str, question: str, language: str = "en", names: frozenset[str] = frozenset()) -> float:
    return fit(label, asked_of_rows(question, [language], names, equally_rare), question, language)


def test_the_fit_worked_by_hand() -> None:
    # Both words are asked for; of the four asked, it has two: 2 * 1 * 0.5 / (1 + 0.5).
    assert fit_of("Operating income", "the income of operating flour mills") == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("question", "label", "language"),
    [
        ("What was the operating income in 2016?", "Operating income", "en"),
        ("What were net sales in fiscal year 2023?", "Total net sales", "en"),
        ("What was the net income in 2016?", "Net income (loss)", "en"),
        ("According to the income statement, what was the net income?", "Net income", "en"),
        ("Quelle était la part des ventes en ligne en 2020 ?", "Part des ventes en ligne", "fr"),
        ("Wie hoch war der Umsatz im Geschäftsjahr 2020?", "Umsatz", "de"),
        ("What was the operating profit in 2016?", "Operating income", "en"),
        ("What was the turnover in 2016?", "Net revenues", "en"),
        ("Quel est le bénéfice d'exploitation en 2020 ?", "Résultat d'exploitation", "fr"),
    ],
)
def test_the_head_that_is_asked_for_fits(question: str, label: str, language: str) -> None:
    assert fit_of(label, question, language) > 0.75


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What was the operating income in 2016?", "Operating expenses for lease, net of income taxes"),
        ("How does Orle Mills record operating income?", "Operating income"),
        ("Why did the operating income fall?", "Operating income"),
        ("Who audits the operating income?", "Operating income"),
        ("What were the gross sales?", "Net sales"),
    ],
)
def test_another_head_and_what_is_no_figure_fit_not(question: str, label: str) -> None:
    assert fit_of(label, question) < 0.6


def test_a_name_of_the_file_is_not_asked_of_its_rows() -> None:
    assert fit_of("Net income", "What was the net income of Orle Mills?", names=frozenset({"orle", "mills"})) == 1.0


def test_a_head_may_be_told_by_stop_words() -> None:
    question = "How much other liabilities did it report?"
    assert is_put_so("Other liabilities", question)
    assert not is_put_so("Total liabilities", question)


def test_a_head_of_one_word_is_what_is_asked_of_something() -> None:
    assert is_put_so("Registration:", "What was the registration of the Piper that crashed?")
    assert is_put_so("Immatriculation", "Quelle est l'immatriculation du Piper ?")
    assert not is_put_so("Piper", "What was the registration of the Piper that crashed?")
    assert not is_put_so("Total", "What was the total of the fees?")


def test_of_which_year_a_row_is() -> None:
    headed, bare = figure_rows("2022  2021\nFlour  7  5\n\nThat is all that there is to say of it.\n\nBread  7  5\n")
    assert is_of_year(headed, {"2021"}) is True
    assert is_of_year(headed, {"2019"}) is False
    assert is_of_year(bare, {"2021"}) is None


def test_the_row_comes_before_the_sentences_about_it(home: Path, tmp_path: Path) -> None:
    said = "The operating income of the mills grew, since operating income depends on flour. "
    table = "Statement\n\n2022  2021\nSales  7,301  5,854\nOperating income  1,512  1,498\nWages  (4,122)  (3,540)\n"
    for n in range(8):
        (tmp_path / f"{n}.txt").write_text(f"Of operating income, part {n}. {said * (n + 1)}\n", encoding="utf-8")
    (tmp_path / "statement.txt").write_text(table, encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        assert Path(opened.query("What was the operating income in 2021?", k=3).hits[0].path).stem == "statement"
        assert Path(opened.query("Why did the operating income grow?", k=3).hits[0].path).stem != "statement"


def test_a_row_of_a_report_that_hardly_speaks_of_whom_is_asked_is_not_lifted(home: Path, tmp_path: Path) -> None:
    row = "2022  2021\nSales  7,301  5,854\nOperating income  1,512  1,498\n"
    beside = "Orle is one of those who buy flour of Tarn. "
    for name, of in (("first", "Tarn"), ("second", "Orle")):
        told = "".join(f"{of} milled so much in month {n}, and sold it.\n\n" * 12 for n in range(12))
        (tmp_path / f"{name}.txt").write_text(f"{told}{beside * (of == 'Tarn')}\n\n{row}", encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        for of, name in (("Orle", "second"), ("Tarn", "first")):
            hits = opened.query(f"What was the operating income of {of} in 2021?", k=3).hits
            assert (Path(hits[0].path).stem, "1,512" in hits[0].text) == (name, True)
