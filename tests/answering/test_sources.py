"""What each sentence and row of the found passages says."""

import pytest

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


HOLDING = "To hold a package with apt you can run\n\napt-mark hold PACKAGE\n\nand remove the hold with\n\napt-mark unhold PACKAGE"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HOLDING}\n\nThere are other ways.", [HOLDING, "There are other ways."]),
        (
            "See what it does by\n\nls -l\n\nin your folder. Then go on.",
            ["See what it does by\n\nls -l\n\nin your folder.", "Then go on."],
        ),
        (
            "The lock of the harbour is\n\nopened at six. It closes at nine.",
            ["The lock of the harbour is\n\nopened at six.", "It closes at nine."],
        ),
        ("The opening hours of locks\n\nThe lock opens at six.", ["The opening hours of locks", "The lock opens at six."]),
        ("Working with the apt program\n\napt installs packages.", ["Working with the apt program", "apt installs packages."]),
        ("The apt program\n\napt installs packages.", ["The apt program", "apt installs packages."]),
    ],
)  # fmt: skip
def test_a_sentence_goes_on_in_what_is_displayed_below_it(text: str, said: list[str]) -> None:
    entitled = hit(1, ("Packages", "Working with the apt program"), text)
    assert [source.unit.text for source in sources_with_rows([entitled], None)] == said


def test_the_command_is_quoted_with_the_sentence_that_it_is_displayed_in(embedder: Embedder) -> None:
    text = f"There are three ways of holding packages, with dpkg, apt or aptitude.\n\n{HOLDING}\n\nOther programs have none."
    (best, *_) = rank("How do I hold a package with apt?", [hit(1, (), text)], embedder, "en").best(1)
    assert best.source.unit.text == HOLDING
