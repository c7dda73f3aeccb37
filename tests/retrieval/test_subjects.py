"""A passage that begins a section named as the question, or defines what it asks for, comes early."""

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
