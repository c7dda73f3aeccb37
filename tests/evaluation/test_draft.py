import pytest

from ragcli.evaluation.draft import Source, draft_questions

PROSE = "The old lighthouse of {} was lit for the first time by its keeper in the year {}."


def test_figures_are_asked_for_by_label_and_one_passage_in_three_by_its_heading() -> None:
    texts = [PROSE.format(name, 1900 + at) for at, name in enumerate(("Skarn", "Halden", "Vik"))]
    sources = [
        Source("/d/lights.pdf", at, text, "en", section=("Lights", f"{at} Light of year {1899 + at}"))
        for at, text in enumerate(texts, 1)
    ]
    sources.append(
        Source("/d/plan.pdf", 7, "Figure 3: The tower seen from the sea.\nMore of it.", "en", is_figure=True)
    )
    sources.append(Source("/d/plan.pdf", 8, "Figure 4.", "en", is_figure=True))  # a caption that says nothing
    rows = draft_questions(sources, 10)
    assert rows == draft_questions(sources, 10)
    by_question = {row["question"]: row for row in rows}
    figure = by_question["What does “Figure 3” show?"]
    assert (figure["answers"], figure["docs"], figure["pages"]) == (["The tower seen from the sea"], ["plan.pdf"], [7])
    (headed,) = [question for question in by_question if question.startswith("What is said about “Light of year 19")]
    assert by_question[headed]["answers"][0] in texts
    assert len(rows) == 4
    assert not any(row["reviewed"] for row in rows)


def test_the_gap_is_what_fewest_passages_hold() -> None:
    said = "The keepers of the lights at Skarn were paid by the Harbour Board since the winter of the great storm."
    texts = [
        said,
        *(f"The Harbour Board met for a long day in room {at} of the town hall by the sea." for at in range(40)),
    ]
    rows = draft_questions([Source(f"/d/{at}.md", None, text, "en") for at, text in enumerate(texts)], 41)
    by_document = {doc: row for row in rows for doc in row.get("docs", ())}
    assert by_document["0.md"]["answers"] == ["Skarn"]
    assert not any(row["answers"] == ["Harbour Board"] for row in rows)


def test_a_heading_that_asks_is_the_question() -> None:
    text = PROSE.format("Skarn", 1900)
    sources = [Source("/d/a.md", None, text, "en", section=("When was the lighthouse lit?",)) for _ in range(3)]
    assert "When was the lighthouse lit?" in [row["question"] for row in draft_questions(sources, 5)]


TOWNS = ("Skarn", "Halden", "Viborg", "Orle", "Tressel", "Northwind", "Garnier")


@pytest.mark.parametrize("n", [2, 3, 6])
def test_few_questions_have_one_without_an_answer(n: int) -> None:
    told = "The baker of {} sells {} kinds of bread on the square, and the miller of the town sells none of it."
    built = "The bridge of {} was mended after {} winters, and nobody of the place has crossed the river since."
    texts = [(told if at % 2 else built).format(name, at + 20) for at, name in enumerate(TOWNS)]
    rows = draft_questions([Source(f"/d/{at}.md", None, text, "en") for at, text in enumerate(texts)], n)
    assert len(rows) == n
    assert any(row["unanswerable"] for row in rows)


def test_what_several_documents_say_is_asked_of_none() -> None:
    licence = "The work is given under the Public Licence of Skarn to whoever may have a use for it in the town."
    sources = [
        Source(f"/d/{name}.md", None, text, "en", section=("Imprint",))
        for name, year in (("Viborg", 1900), ("Halden", 1931))
        for text in (licence, PROSE.format(name, year), licence)
    ]
    rows = draft_questions(sources, 10)
    assert rows
    assert not any(licence[:30] in row["question"] or "Imprint" in row["question"] for row in rows)


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("The old weir of the mill is a wall of oak that keeps the water back.", "What is the old weir of the mill?"),
        ("In the event that there is a flood in the valley, all of the weirs are open.", None),
        ("Upon request the bridge is the only way over the river for all carts.", None),
        ("Of the three bridges one is the oldest that the people of the town have.", None),
    ],
)
def test_what_is_defined_has_a_name(sentence: str, asks: str | None) -> None:
    rows = draft_questions([Source("/d/a.md", None, sentence, "en")], 1)
    assert [row["question"] for row in rows if row["question"].startswith("What is ")] == ([asks] if asks else [])


def drafted(*sources: Source, n: int = 20) -> list[str]:
    return [row["question"] for row in draft_questions(sources, n)]


def test_a_figure_is_asked_for_by_its_document_where_another_has_one_of_the_same_label() -> None:
    captions = [
        Source(f"/d/{name}.pdf", 1, f"Figure 1: The {name} seen from the sea.", language, is_figure=True)
        for name, language in (("tower", "en"), ("phare", "fr"))
    ]
    assert sorted(drafted(*captions)) == ["Que montre « Figure 1 » de phare ?", "What does “Figure 1” of tower show?"]


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("4.3 - Opening hours", "What is said about “Opening hours”?"),
        ("35.2.3. Presidency", "What is said about “Presidency”?"),
        ("Article 37", None),
        ("3 months of notice", "What is said about “3 months of notice”?"),
    ],
)
def test_a_heading_is_named_as_a_person_names_it(heading: str, asked: str | None) -> None:
    texts = [PROSE.format(name, 1900) for name in ("Skarn", "Halden", "Vik")]
    questions = drafted(*(Source("/d/a.md", None, text, "en", section=(heading,)) for text in texts))
    assert [one for one in questions if one.startswith("What is said")] == ([asked] if asked else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "All of this is asked for by article L. 462-4-1 of the trade code and by no other rule of the land.",
        "Next Sentence Prediction The next sentence is foretold by the model in the way that has been shown here.",
    ],
)
def test_parts_of_numbers_and_headings_that_ran_in_are_not_asked_for(sentence: str) -> None:
    assert drafted(Source("/d/a.md", None, sentence, "en")) == []


def test_lists_of_works_are_not_asked_about() -> None:
    text = PROSE.format("Skarn", 1900)
    assert drafted(Source("/d/a.md", None, text, "en", section=("References",))) == []


def test_another_name_stands_where_it_could_stand() -> None:
    """A name behind the same word somewhere, and no capital that only begins a sentence."""
    told = "The keepers of {} are paid by the town since the winter of the great storm of that year."
    texts = [told.format("Skarn"), told.format("Halden"), "It was said: Conformably to the rule, the man of Vik left."]
    rows = draft_questions([Source(f"/d/{at}.md", None, text, "en") for at, text in enumerate(texts)], 9)
    assert not any("Conformably" in row["question"] for row in rows if row["unanswerable"])


def test_a_month_is_no_name() -> None:
    told = "The baker of the town opened in {} and sold {} kinds of bread on the square to all who came."
    texts = [told.format(name, at + 20) for at, name in enumerate(("Skarn", "Halden"))]
    texts.append("The miller of the place left in June, and nobody ever knew where all of his cattle went.")
    rows = draft_questions([Source(f"/d/{at}.md", None, text, "en") for at, text in enumerate(texts)], 9)
    assert not any("June" in row["question"] for row in rows if row["unanswerable"])
    assert ["June"] not in [row["answers"] for row in rows]


def test_a_quarter_has_no_answer_where_only_some_hold_names() -> None:
    plain = "The store number {} of the harbour is open for {} hours on each day of the week but one."
    told = "The baker of {} sells {} kinds of bread on the square, and the miller of the town sells none of it."
    built = "The bridge of {} was mended after {} winters, and nobody of the place has crossed the river since."
    texts = [(told if at % 2 else built).format(name, at + 90) for at, name in enumerate(TOWNS)]
    texts += [plain.format(at, at + 40) for at in range(1, 40)]
    rows = draft_questions([Source("/d/all.md", None, text, "en") for text in texts], 12)
    assert [row["unanswerable"] for row in rows] == [False, False, False, True] * 3
