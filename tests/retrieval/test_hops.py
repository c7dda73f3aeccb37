"""Two passages, one question."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.fusion import Fused
from ragcli.retrieval.hops import PLACE, Chain, lift_ends
from ragcli.settings import Settings

ABOUT = "A study of {} in cold water, with notes on {} and what the winter does to both of them at the coast."
TEXTS = {
    "paper.md": "# Ice Drift at Larmont\n\nIce Drift at Larmont appeared in the Quarterly of Boreal Hydrology in 1987.",
    "journal.md": "# Quarterly of Boreal Hydrology\n\nA scientific journal, founded in 1951. Its editor is Ilse Tornquist.",
    **{
        f"other{n}.md": f"# Report {n}\n\n{ABOUT.format(a, b)} The editor of the report is the office."
        for n, (a, b) in enumerate(
            [("eels", "salmon"), ("ice", "ferries"), ("ducks", "reeds"), ("drift", "sand"), ("cod", "nets")]
        )
    },
}
QUESTION = "Who is the editor of the journal in which Ice Drift at Larmont appeared?"


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, text in TEXTS.items():
        (texts / name).write_text(text, encoding="utf-8")
    with Collection.open() as opened:
        opened.ingest([texts])
    return texts


def asked(hops: Literal[1, 2, "auto"]) -> Collection:
    settings = Settings()
    return Collection.open(settings=replace(settings, retrieval=replace(settings.retrieval, hops=hops)))


@pytest.mark.parametrize("hops", [2, "auto"])
def test_the_second_passage_comes_by_a_name_of_the_first(folder: Path, hops: Literal[2, "auto"]) -> None:
    with asked(hops) as collection:
        hits = collection.query(QUESTION, 5).hits
    by_name = {Path(hit.path).name: hit for hit in hits[:PLACE]}
    assert {"paper.md", "journal.md"} <= set(by_name)


def test_a_chain_says_where_it_came_from(folder: Path) -> None:
    with asked(2) as collection:
        hits = collection.query("Who is the editor where Ice Drift at Larmont appeared?", 5).hits
    ends = [hit for hit in hits if hit.hop]
    starts = {hit.chunk_id for hit in hits}
    assert all(hit.hop and hit.hop[0] in starts for hit in ends)


def test_a_second_hop_stays_within_filter_and_exclusion(folder: Path) -> None:
    with asked(2) as collection:
        filtered = collection.query(QUESTION, 9, where=["path!=" + str(folder / "journal.md")]).hits
        excluded = collection.query(f"{QUESTION} -Tornquist", 9).hits
    for hits in (filtered, excluded):
        assert hits
        assert not any(hit.path.endswith("journal.md") for hit in hits)


def test_one_hop_lifts_nothing(folder: Path) -> None:
    with asked(1) as collection:
        assert not any(hit.hop for hit in collection.query(QUESTION, 9).hits)


def test_ends_are_lifted_worked_by_hand() -> None:
    order = [Fused(n, 1 - n / 10) for n in range(6)]
    found = [Chain(0, "A", 5, 0.9), Chain(0, "B", 9, 0.8), Chain(1, "C", 4, 0.7)]
    lifted, taken = lift_ends(order, found, good=0.6, most=2)
    assert [one.chunk_id for one in lifted] == [0, 1, 5, 9, 2, 3, 4]
    assert taken == found[:2]
    assert [one.score for one in lifted] == sorted((one.score for one in lifted), reverse=True)
    assert lift_ends(order, found, good=1.0, most=2) == (order, [])
    assert [one.chunk_id for one in lift_ends(order, found, good=0.6, most=1)[0]] == [0, 1, 5, 2, 3, 4]
    assert lift_ends(order, [Chain(0, "A", 1, 0.9)], good=0.6, most=2)[0] == order  # it is early already
