"""Reports of several companies: what is asked by the name of one is not answered by another's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.naming.named_documents import Named, named
from ragcli.retrieval.naming.whose import in_passing, names_told, of_others, says, speak_of
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
    def spoken_of(question: str) -> list[frozenset[int]]:
        return speak_of(names_told(reports.catalog(), question, Named()))

    assert spoken_of("What does the mill of Halvard sell?") == [ids(reports, "1")]
    assert spoken_of("What does Northwind sell?")[0] >= ids(reports, "0")
    assert spoken_of("When is the bridge at Orle closed?") == [ids(reports, "note")]
    assert spoken_of("What does the mill sell?") == []


def test_short_documents_and_those_of_somebody_named_are_not_set_aside(reports: Collection) -> None:
    catalog = reports.catalog()
    rows = dict(catalog.sql.execute("SELECT id, document_id FROM chunks"))
    meant = [frozenset(ids(reports, "1")), frozenset(ids(reports, "2"))]
    aside = of_others(catalog, "Do they sell oats?", meant, rows)
    assert {rows[one] for one in aside} == ids(reports, "0", "3")
    assert of_others(catalog, "Do they sell oats?", [], rows) == frozenset()
    assert of_others(catalog, "Do they sell oats?", [frozenset(rows.values())], rows) == frozenset()
    assert of_others(catalog, "Do they sell oats?", [frozenset(ids(reports, "note"))], rows) == frozenset()


def test_the_page_found_first_is_heard_if_it_says_the_name_in_whatever_document(
    reports: Collection, tmp_path: Path
) -> None:
    filler = " ".join("The weather was fair, and the roads were open for most of the days." for _ in range(10))
    closed = "The ferry of Northwind is closed for oxen from the third of May until the harvest."
    parts = ["Of the ferry.", "Of the towns.", closed, "Of the pass.", "Of the market.", *["Of the fair."] * 16]
    text = "\n\n".join(f"# Chapter {at}\n\n{part}\n\n{filler}" for at, part in enumerate(parts, start=1))
    (tmp_path / "towns.md").write_text(text, encoding="utf-8")
    reports.ingest([tmp_path])
    catalog = reports.catalog()
    texts = dict(catalog.sql.execute("SELECT id, text FROM chunks"))
    question = "When is the ferry of Northwind closed for oxen?"
    told = names_told(catalog, question, Named())
    assert ids(reports, "towns").isdisjoint(*speak_of(told))
    said = {one for one in texts if says(catalog, told, one)}
    assert said == {one for one, text in texts.items() if "Northwind" in text}
    first, *others = reports.query(question, k=12).hits
    assert closed in first.text
    assert not first.aside
    assert all(hit.aside for hit in others if Path(hit.path).stem == "towns")
    assert closed in reports.ask(question).sentences[0].text


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


def test_of_whom_documents_mention_in_passing_only_what_mentions_them_is_heard(
    reports: Collection, tmp_path: Path
) -> None:
    many = [f"# Year {year}\n\nTressel sold {year} sacks of bran in the two towns.\n" for year in range(1800, 1860)]
    weather = " ".join(f"On day {day} of that winter snow lay on the road and no cart came over." for day in range(90))
    many[30] = f"# Year 1830\n\nThe taxes of Ormond were not paid, says the priest. {weather}\n\nAnd bran is dear.\n"
    (tmp_path / "2.md").write_text("\n\n".join(many), encoding="utf-8")
    reports.ingest([tmp_path])
    catalog = reports.catalog()
    texts = dict(catalog.sql.execute("SELECT id, text FROM chunks"))

    def aside(question: str) -> set[int]:
        return set(in_passing(catalog, question, names_told(catalog, question, Named()), texts))

    assert {texts[one] for one in texts.keys() - aside("How many sacks of bran did Ormond sell?")} == {
        one for one in texts.values() if "Ormond" in one
    }
    assert aside("How many sacks of bran did Tressel sell?") == set()  # a document is about it
    assert aside("When is the bridge at Orle closed?") == set()  # a short document says it
    assert aside("How much bran did Ravnsborg sell?") == set()  # nobody says it: nothing to tell apart
    assert aside("Is Bran dear?") == set()  # it is written small as well
    assert not reports.ask("How many sacks of bran did Ormond sell?").found
    assert reports.ask("How many sacks of bran did Tressel sell in 1812?").found
