"""No row of figures says why."""

from pathlib import Path

from ragcli.collection import Collection
from ragcli.retrieval.rows.reasons import may_tell

FIGURES = "".join(
    f"## Tolls by {kind}\n\n| Tolls of the lock | 2021 | 2022 | Change |\n|---|---|---|---|\n"
    f"| Rise in tolls, {kind} | 9{n}.4 | 10{n}.2 | {n} % |\n| Tolls of the lock, {kind} | $ 4{n} | $ 5{n} | – |\n\n"
    for n, kind in enumerate(("barges", "ferries", "yachts", "tugs"), start=1)
)
PROSE = "## The year\n\nTolls rose as two ferries more passed the lock each day once the bridge had been closed.\n"


def test_a_cell_may_say_why_in_words_beside_its_figures() -> None:
    assert not may_tell(["17,626.6", "5 %", "March 3, 2020", "", "$ (1,420) million", "–"])
    assert may_tell(["12", "corrosion"])
    assert may_tell(["Two ferries more a day since 3 May"])
    assert not may_tell([])


def test_what_is_asked_of_a_cause_is_not_answered_by_tables_of_figures(home: Path, tmp_path: Path) -> None:
    (tmp_path / "lock.md").write_text(f"# The lock\n\n{FIGURES}{PROSE}", encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path / "lock.md"])
        why = opened.query("What drove the rise in tolls of the lock?", 5).hits
        assert why[0].kind == "text"
        assert opened.query("What was the rise in tolls of the lock?", 5).hits[0].kind == "table"
        answer = opened.ask("What drove the rise in tolls of the lock?")
        assert [sentence.text for sentence in answer.sentences] == [PROSE.strip().split("\n")[-1]]
