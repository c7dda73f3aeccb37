"""What each sentence and row of the found passages says."""

from ragcli.answering.quoting.quotes import rank
from ragcli.answering.sources import sources_with_rows
from ragcli.embedding.protocol import Embedder
from ragcli.records import Block, Hit

FORM = "|  |  |\n| --- | --- |\n| Duration | one term |\n| Language | German |"


def hit(n: int, section: tuple[str, ...], text: str = FORM) -> Hit:
    return Hit(rank=n, score=1 / n, chunk_id=n, path="modules.pdf", text=text, language="en", section=section)


def test_a_label_and_what_it_is_have_the_heading_that_they_stand_below() -> None:
    entitled = hit(1, ("Bachelor", "P1 Programming"))
    said = [source.readable for source in sources_with_rows([entitled], None) if source.row]
    assert said == ["P1 Programming: Duration: one term", "P1 Programming: Language: German"]
    page = (Block("Module of the winter"), Block(FORM, "table"))
    said = [source.readable for source in sources_with_rows([entitled], lambda *place: page) if source.row]
    assert said[0] == "Module of the winter: Duration: one term"


def test_of_labels_that_are_alike_those_below_the_heading_asked_for_answer(embedder: Embedder) -> None:
    other = FORM.replace("one term", "two terms").replace("German", "English")
    hits = [hit(1, ("P2 Statistics",), other), hit(2, ("P1 Programming",))]
    (best, *_) = rank("Which language has P1 Programming?", hits, embedder, "en").best(1)
    assert best.source.readable == "P1 Programming: Language: German"
