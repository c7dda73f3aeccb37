"""A passage whose section has the question for its title comes early, if it is where that section begins."""

from pathlib import Path

from ragcli.collection import Collection
from ragcli.retrieval.titles import titled
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
        assert titled(catalog, "What is the stage?", everything) == {named.chunk_id}
        assert titled(catalog, "What does HWL stand for?", everything) == {named.chunk_id}
        assert not titled(catalog, "Where is the stage read?", everything)
        assert not titled(catalog, "What is this?", everything)
        catalog.close()
