"""Reports of several companies: what is asked by the name of one is not answered by another's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.naming import Named, named
from ragcli.retrieval.whose import of_others, speak_of
from ragcli.settings import Answering, Embedding, Settings

SETTINGS = Settings(answering=Answering(style="quotes", cache=False), embedding=Embedding(model="all-MiniLM-L6-v2"))
COMPANIES = ("Northwind", "Halvard", "Tressel", "Viborg")
PARTS = (
    "{name} sells flour, oats and bran in nine towns. {name} was founded by two brothers, and has its seat on the river.",
    "The directors of {name} met eleven times. They took note of the accounts, and thanked all who work in the mills.",
    "Flour comes from three mills. The oldest was mended in spring, and the others will be mended in the year to come.",
    "{name} lets two of its barns. They stand empty in winter, when the road over the pass is closed for carts.",
    "The carts of {name} are drawn by oxen. Two of them were sold, and one was burnt in the fire of the old barn.",
    "All who work for {name} have a house. It stands beside the mill, and has a garden with a well and a fence.",
    "The bank lends {name} what it needs for the harvest. It is paid back when the flour has been sold.",
)
POLICY = "There were no changes in accounting policies in this year, and none is planned for the year to come."
CHANGED = "There were changes in the accounting policies: stocks of oats are now valued at cost."
RIVALS = "Among those who sell oats in the same towns are Northwind, and some whose names nobody knows."


@pytest.fixture
def reports(home: Path, tmp_path: Path) -> Iterator[Collection]:
    for n, name in enumerate(COMPANIES):
        filler = " ".join("The weather was fair, and the roads were open for most of the days." for _ in range(10))
        parts = [*(part.format(name=name) for part in PARTS), POLICY if n else CHANGED, RIVALS]
        text = "\n\n".join(f"# Part {at}\n\n{part}\n\n{filler}" for at, part in enumerate(parts, start=1))
        (tmp_path / f"{n}.md").write_text(text, encoding="utf-8")
    (tmp_path / "note.md").write_text("# Note\n\nThe bridge at Orle is closed.\n", encoding="utf-8")
    with Collection.open("default", settings=SETTINGS) as opened:
        opened.ingest([tmp_path])
        yield opened


def ids(reports: Collection, *names: str) -> set[int]:
    rows = reports.catalog().sql.execute("SELECT document_id, path FROM files")
    return {number for number, path in rows if Path(path).stem in names}


def test_documents_are_of_whom_they_name_often(reports: Collection) -> None:
    assert speak_of(reports.catalog(), "What does the mill of Halvard sell?", Named()) == [ids(reports, "1")]
    assert speak_of(reports.catalog(), "What does Northwind sell?", Named())[0] >= ids(reports, "0")
    assert speak_of(reports.catalog(), "When is the bridge at Orle closed?", Named()) == [ids(reports, "note")]
    assert speak_of(reports.catalog(), "What does the mill sell?", Named()) == []


def test_short_documents_and_those_of_somebody_named_are_not_set_aside(reports: Collection) -> None:
    catalog = reports.catalog()
    rows = dict(catalog.sql.execute("SELECT id, document_id FROM chunks"))
    meant = [frozenset(ids(reports, "1")), frozenset(ids(reports, "2"))]
    aside = of_others(catalog, "Do they sell oats?", meant, rows)
    assert {rows[one] for one in aside} == ids(reports, "0", "3")
    assert of_others(catalog, "Do they sell oats?", [], rows) == frozenset()
    assert of_others(catalog, "Do they sell oats?", [frozenset(rows.values())], rows) == frozenset()
    assert of_others(catalog, "Do they sell oats?", [frozenset(ids(reports, "note"))], rows) == frozenset()


def test_another_companys_report_does_not_answer(reports: Collection) -> None:
    question = "Were there changes in the accounting policies of Northwind?"
    assert not named(reports.catalog(), question).alone  # all speak of it
    hits = reports.query(question, k=12).hits
    assert Path(hits[0].path).stem == "0"
    assert {Path(hit.path).stem for hit in hits if hit.aside} == {"1", "2", "3"}
    assert not any(hit.aside for hit in hits if Path(hit.path).stem == "0")
    found = reports.ask(question)
    assert found.found
    assert {Path(one.path).stem for one in found.citations} == {"0"}
    assert CHANGED in found.sentences[0].text
