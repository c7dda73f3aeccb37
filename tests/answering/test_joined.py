"""Answers to parts of a question become one answer whose sentences keep their proofs."""

from ragcli.answering.joined import joined
from ragcli.records import Answer, Citation, Hit, Sentence


def part(question: str, *quotes: str, warnings: tuple[str, ...] = ()) -> Answer:
    return Answer(
        question,
        "quotes",
        found=bool(quotes),
        sentences=tuple(Sentence(quote, True, (n,)) for n, quote in enumerate(quotes, start=1)),
        citations=tuple(Citation(n, "a.md", quote, match="exact") for n, quote in enumerate(quotes, start=1)),
        hits=(Hit(1, 1.0, 7, "a.md", "The mill."),),
        warnings=warnings,
        seconds={"choose": 0.25},
    )


def test_citations_are_numbered_through_and_the_same_once() -> None:
    made = joined(
        "Who, and when?",
        [
            part("Who?", "Ann ran it.", "It burnt."),
            part("When?", "In 1951.", "It burnt.", warnings=("2 pages unread",)),
        ],
    )
    assert [(one.n, one.quote) for one in made.citations] == [(1, "Ann ran it."), (2, "It burnt."), (3, "In 1951.")]
    assert [(one.text, one.citations) for one in made.sentences] == [
        ("Ann ran it.", (1,)),
        ("It burnt.", (2,)),
        ("In 1951.", (3,)),
    ]
    assert (made.question, made.found, made.proved, len(made.hits)) == ("Who, and when?", True, True, 1)
    assert (made.warnings, made.seconds) == (("2 pages unread",), {"choose": 0.5})


def test_a_part_that_is_not_found_is_named() -> None:
    made = joined("Who, and when?", [part("Who?", warnings=("not found: …", "near: …")), part("When?", "In 1951.")])
    assert made.found
    assert (made.text, made.warnings) == ("In 1951.", ("not found: Who?",))
