"""The whole search over a real collection."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.lexical import search_lexical
from ragcli.retrieval.question.syntax import parse
from ragcli.settings import Chunking, Settings
from ragcli.storage.catalog import Catalog
from tests.conftest import begun, ingested

TEXTS = {
    "lease.txt": "The lease of the north office ends in 2027. Rent is paid each quarter, by transfer.",
    "lease-copy.txt": "The lease of the north office ends in 2027. Rent is paid each quarter, by transfer.\n\n",
    "pump.txt": "The pump QX-7741 was repaired. Its seal had worn out after two winters of salt water.",
    "pumps.txt": "Pumps are repaired by the workshop. A pump whose seal has worn out is sent there for repair at once.",
    "workshop.txt": "The workshop repairs pumps, seals and valves. Send a worn seal to the workshop for repair.",
    "manual.txt": "How to repair a pump: take out the worn seal, clean the pump, put in a new seal, try the pump.",
    "storm.txt": "Force majeure frees both parties. A storm of force eleven is named there, and so is a flood.",
    "major.txt": "The majeure part of the force stayed in the harbour during the parade.",
}


@pytest.fixture(scope="module")
def first(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingested(first_home, tmp_path_factory.mktemp("texts"), TEXTS)


@pytest.fixture
def collection(first: Path, home: Path) -> Iterator[Collection]:
    with begun(first, home) as opened:
        yield opened


def names(collection: Collection, question: str, k: int = 10, **more: object) -> list[str]:
    return [Path(hit.path).name for hit in collection.query(question, k, **more).hits]  # type: ignore[arg-type]


def test_an_identifier_is_not_buried(collection: Collection) -> None:
    assert "pump.txt" in names(collection, "How is a worn seal of a pump repaired by the workshop, as with QX-7741?", 3)


def coverage(opened: Collection, question: str) -> float:
    catalog = Catalog(opened.folder)
    found = search_lexical(catalog.sql, parse(question), ["en"], 1)
    catalog.close()
    return found.coverage


def test_an_identifier_of_common_parts_comes_first(home: Path, tmp_path: Path) -> None:
    clauses = [f"{a}.{b}.{c}" for a in range(1, 4) for b in range(1, 4) for c in range(1, 4)]
    text = "".join(f"# Part {one}\n\nThe supplier delivers what the customer has ordered.\n\n" for one in clauses)
    (tmp_path / "contract.md").write_text(text, encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path / "contract.md"])
        for clause in ("1.2.3", "3.1.2", "2.2.2"):
            for mode in ("hybrid", "lexical"):
                hit = opened.query(f"What does {clause} say of the supplier?", 1, mode=mode, merge=False).hits[0]
                assert hit.section == (f"Part {clause}",)


def test_words_count_in_a_small_collection(collection: Collection) -> None:
    """One of eight passages is more than a tenth: no word would be rare, and all lexical hits would weigh nothing."""
    question = "Whose seal had worn out after two winters of salt water?"
    assert names(collection, question)[0] == "pump.txt"
    assert coverage(collection, question) > 0.5


def test_the_only_word_asked_for_counts_among_two_passages(home: Path, tmp_path: Path) -> None:
    (tmp_path / "levels.csv").write_text(
        "Station;Seuil (m);Débit (m³/s)\nMarrec;2,15;40\nVauzy;1,80;31\nLarmont;0,95;8\n"
    )
    (tmp_path / "team.csv").write_text("name;city;staff\nAnna;Bath;12\nOle;Leeds;40\n")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        assert Path(opened.query("Seuil", 1, "dense").hits[0].path).name == "team.csv"
        assert Path(opened.query("Seuil", 1).hits[0].path).name == "levels.csv"


def test_words_of_the_subject_count_in_what_a_passage_can_cover(home: Path, tmp_path: Path) -> None:
    """In documents about one thing its words are common: of a question of such words alone nothing was coverable."""
    subjects = ("The net income is told by region.", "All sales were counted.", "Nothing has changed here.")
    for n in range(42):
        (tmp_path / f"{n}.txt").write_text(f"Report number {n} of the year. {subjects[n % 3]}\n")
    (tmp_path / "asked.txt").write_text("Over ten years the net sales changed from 12 to 15.\n")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        best = opened.query("Net sales changed", 1, mode="lexical").hits[0]
        assert Path(best.path).name == "asked.txt"
        assert 0.5 < coverage(opened, "Net sales changed") < 1.5


def test_words_that_only_ask_find_nothing(home: Path, tmp_path: Path) -> None:
    """Few passages of an account hold `what`: it would outweigh all that is asked for."""
    for n in range(30):
        (tmp_path / f"{n}.txt").write_text(f"The current liabilities of mill {n} are {n} million.", encoding="utf-8")
    (tmp_path / "target.txt").write_text(
        "Target helps to discover what gets noticed, and what does not.", encoding="utf-8"
    )
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        assert "target.txt" not in names(opened, "What are the current liabilities?", 40, mode="lexical")
        assert names(opened, "What is it?", mode="lexical") == ["target.txt"]  # unless there is nothing else


def test_a_phrase_alone_is_demanded_and_beside_words_preferred(collection: Collection) -> None:
    assert names(collection, '"force majeure"') == ["storm.txt"]
    assert names(collection, '"force majeure" harbour parade')[0] in ("storm.txt", "major.txt")
    assert len(names(collection, '"force majeure" harbour parade')) > 1


def test_excluded_words_are_nowhere_in_any_mode(collection: Collection) -> None:
    for mode in ("hybrid", "dense", "lexical"):
        found = names(collection, "repair of a pump -workshop", mode=mode)
        assert "manual.txt" in found
        assert not {"workshop.txt", "pumps.txt"} & set(found)


def test_words_beside_a_passage_find_it_but_are_not_said_by_it(home: Path, tmp_path: Path) -> None:
    (tmp_path / "river.txt").write_text(
        "The census of the river was led by Ogden, who had worked in the valley for most of his long life. "
        "Forty were counted that spring, and ten of them were young animals that stayed with their mothers. "
        "The mill was shut and its wheel was sold to a museum in the town, where it can be seen on Sundays. "
    )
    with Collection.open("default", settings=Settings(chunking=Chunking(max_tokens=32))) as opened:
        opened.ingest([tmp_path / "river.txt"])

        def found(question: str) -> list[str]:
            return [hit.text[:5] for hit in opened.query(question, 20, "lexical", merge=False).hits]

        assert found("Ogden") == ["The c", "Forty"]
        assert found('"led by Ogden"') == found("Ogd*") == ["The c"]
        assert "Forty" in found("young -Ogden")


def test_a_prefix_finds_what_begins_so(collection: Collection) -> None:
    assert len(found := names(collection, "transf*")) == 1  # its copy is listed with it
    assert set(found) <= {"lease.txt", "lease-copy.txt"}
    assert names(collection, "zzz*") == []


def test_a_character_is_a_word_where_words_have_no_spaces(home: Path, tmp_path: Path) -> None:
    texts = {"tea": "中国的传统饮料是茶。", "rail": "上海地铁于1993年开始运营。", "zoo": "東京の動物園には象がいます。"}
    texts["pier"] = "ชาวบ้านขายปลาที่ท่าเรือทุกวัน"
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path])
        for asked, found in {
            "茶": "tea",
            "铁": "rail",
            "象": "zoo",
            "象 東京": "zoo",
            "茶？": "tea",
            "ปลา": "pier",
            "ท่า": "pier",
            "เรือ": "pier",
            "าว": "pier",
        }.items():
            assert names(opened, asked, mode="lexical") == [f"{found}.txt"], asked
        assert names(opened, "龙", mode="lexical") == []


def test_a_word_with_a_hyphen_finds_what_lost_it_at_the_end_of_a_line(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "levy.txt").write_text("Nonmembers pay the levy twice, as the bylaws have it.")
    collection.ingest([tmp_path / "levy.txt"])
    assert names(collection, "fees for non-members", 1, mode="lexical") == ["levy.txt"]


def test_a_copy_is_listed_with_its_original(collection: Collection) -> None:
    first, *others = collection.query("When does the lease of the north office end?", 5).hits
    assert {Path(first.path).name, *(Path(place.path).name for place in first.also)} == {"lease.txt", "lease-copy.txt"}
    assert not any("lease" in Path(hit.path).name for hit in others)


def test_a_document_is_cited_where_it_still_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "lease.txt").write_text("The lease of the north office ends in May.", encoding="utf-8")
    with Collection.open("moved") as moved:
        moved.ingest([tmp_path / "before"])
        (tmp_path / "before").rename(tmp_path / "since")
        moved.ingest([tmp_path / "since"])
        (hit,) = moved.query("When does the lease end?").hits
        assert Path(hit.path).parent.name == "since"
        assert [Path(place.path).parent.name for place in hit.also] == ["before"]  # a disk may only be unmounted


def test_each_stage_is_explained(collection: Collection) -> None:
    hit = collection.query("When does the lease end?", 1).hits[0]
    assert (hit.ranks["dense"], hit.ranks["fused"], hit.chunk_ids) == (1, 1, (hit.chunk_id,))


def test_lists_of_works_cited_stand_behind_what_the_text_says(home: Path, tmp_path: Path) -> None:
    works = "".join(
        f'{n}. Moor, Ada (200{n}). "Repair of the sluice gate at Marrec, part {n}" (https://example.org/{n}). Quay Press.\n'
        for n in range(1, 8)
    )
    text = "# The weir\n\nThe gate was mended by the diver Jan Dell, who went down to it in winter.\n\n# See also\n\n"
    with Collection.open("default") as opened:
        (tmp_path / "weir.md").write_text(text + works, encoding="utf-8")
        opened.ingest([tmp_path / "weir.md"])
        found = opened.query("Repair of the sluice gate at Marrec", 2).hits
        quoted = opened.query('"sluice gate at Marrec, part 3"', 1).hits
    assert found[0].section == ("The weir",)
    assert quoted[0].section == ("See also",)
