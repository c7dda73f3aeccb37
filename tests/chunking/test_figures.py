"""A figure's chunk: its caption, and the sentences that speak of it."""

import pytest

from ragcli.chunking.figures import label_of
from ragcli.chunking.structure import chunk_by_structure
from ragcli.records import Block, Document, Page

CAPTION = Block("Figure 3: The mill.", "figure", (0, 0, 100, 100))


def count(texts: object) -> list[int]:
    return [len(text.split()) + 2 for text in texts]  # type: ignore[attr-defined]


def chunks(*pages: tuple[Block, ...]) -> list[tuple[str, str, tuple[int, ...]]]:
    document = Document("pdf", tuple(Page(n, blocks) for n, blocks in enumerate(pages, start=1)), language="en")
    return [(made.kind, made.text, made.pages) for made in chunk_by_structure(document, count, 60)]


def test_mentions_come_with_the_caption_and_the_page_is_the_figures() -> None:
    found = chunks(
        (Block("It rained. The marks are in Fig. 3 and were cut in 1994. Figure 30 is another.", bbox=(0, 0, 9, 9)),),
        (CAPTION, Block("Figures 3 and 4 show it.", bbox=(0, 5, 9, 9))),
    )
    assert ("figure", "Figure 3: The mill.\n\nFigures 3 and 4 show it.\n\nThe marks are in Fig. 3 and were cut in 1994.",
            (2, 1)) in found  # fmt: skip


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("Figure 3.2: The mill.", "The mill is in Fig. 3.2 above."),
        ("Fig. S12. The mill.", "See FigS12 for the mill."),
        ("Figure A.2: The mill.", "The mill (figure A.2) stood there."),
        ("Figure IV: The mill.", "The matrix is in Figure IV."),
        ("Schéma n° 4 : Le moulin", "Le moulin (schéma n° 4) est au bord."),
    ],
)
def test_a_figure_is_named_in_many_ways(caption: str, said: str) -> None:
    found = chunks((Block(caption, "figure", (0, 0, 9, 9)), Block(f"It rained in 1994. {said}", bbox=(0, 5, 9, 9))))
    assert ("figure", f"{caption}\n\n{said}", (1,)) in found


def test_each_figure_is_a_chunk_and_the_text_flows_past_it() -> None:
    found = chunks((
        Block("Water", "heading", level=1), CAPTION, Block("Figure 4: The weir.", "figure"),
        Block("The river rose in"), Block("Figure 5: Snow.", "figure"), Block("the night of the seventh."),
    ))  # fmt: skip
    assert [(kind, text) for kind, text, _ in found] == [
        ("text", "Water\n\nThe river rose in the night of the seventh."),
        ("figure", "Figure 3: The mill."),
        ("figure", "Figure 4: The weir."),
        ("figure", "Figure 5: Snow."),
    ]


def test_the_label_is_what_people_cite() -> None:
    assert label_of("Figure 3: The mill.") == "Figure 3"
    assert label_of("Fig. A.2 – Weir") == "Fig. A.2"
    assert label_of("Schéma n° 4 : Le pont") == "Schéma n° 4"
    assert label_of("A photograph") is None
