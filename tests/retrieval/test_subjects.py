"""A passage that begins a section named as the question, or defines what it asks for, comes early."""

from contextlib import closing
from pathlib import Path

from ragcli.collection import Collection
from ragcli.retrieval.subjects import about
from ragcli.storage.catalog import Catalog

OTHERS = ("Gauges", "Ice", "Weirs", "Floods", "Curves", "Sensors", "Records", "Levels")
SECTIONS = "\n\n".join(
    f"## {n}. {name} and the stage\n\nThe stage is what {name.lower()} are about: the stage tells what the river does."
    for n, name in enumerate(OTHERS, start=2)
)
BOOK = f"# Handbook\n\n{SECTIONS}\n\n## 11. Stage (HWL)\n\nHeight of water above a datum that never moves.\n"


def test_the_section_that_is_called_what_is_asked_comes_early(home: Path, tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text(BOOK, encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path / "book.md"])
        found = opened.query("What is the stage?", 3, merge=False).hits
        named = next(hit for hit in found if hit.section[-1] == "11. Stage (HWL)")
        catalog = Catalog(opened.folder)
        everything = [row[0] for row in catalog.sql.execute("SELECT id FROM chunks")]
        assert about(catalog, "What is the stage?", everything) == {named.chunk_id}
        assert about(catalog, "What does HWL stand for?", everything) == {named.chunk_id}
        assert not about(catalog, "Where is the stage read?", everything)
        assert not about(catalog, "What is this?", everything)
        catalog.close()


def test_a_part_that_is_named_by_its_number_may_share_its_passage(home: Path, tmp_path: Path) -> None:
    parts = [f"§ {n} {name}\n\n{name} are read daily, as § 6 says." for n, name in enumerate(OTHERS, start=1)]
    for name, some in (("first", parts[:4]), ("second", parts[4:])):
        (tmp_path / f"{name}.txt").write_text("\n\n".join(some) + "\n", encoding="utf-8")
    with Collection.open("default") as opened:
        opened.ingest([tmp_path / "first.txt", tmp_path / "second.txt"])
        with closing(Catalog(opened.folder)) as catalog:
            of_text = {text: chunk_id for chunk_id, text in catalog.sql.execute("SELECT id, text FROM chunks")}
            assert len(of_text) == 2
            named = about(catalog, "What does § 6 say?", list(of_text.values()))
        assert named == {of_text[text] for text in of_text if "§ 6 Sensors" in text}
