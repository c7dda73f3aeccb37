"""Headings of plain text that nothing underlines."""

import pytest

from ragcli.reading.plain.headings import headings, set_apart

BODY = "  The council met in the mill and talked\n  about the roof until it was late."


def found(*pieces: str) -> list[tuple[int, str]]:
    lines = [piece.split("\n") for piece in pieces]
    return [(level, pieces[at].strip()) for at, level in sorted(headings(lines).items())]


def test_numbers_in_their_order_are_headings_by_their_depth() -> None:
    titles = ("1. Introduction", "2. Bodies", "  2.1. General rules", "  2.2 Powers", "3. Members")
    assert found(*(part for title in titles for part in (title, BODY))) == [
        (1, "1. Introduction"), (1, "2. Bodies"), (2, "2.1. General rules"), (2, "2.2 Powers"), (1, "3. Members"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "items",
    [
        ("1. Buy milk", "2. Sell the cow", "3. Call the vet", BODY),  # a list whose items stand apart
        ("1. It was agreed that the roof of the mill is mended.", BODY, "2. The bell stays where it is, for now.", BODY),
        ("7. Powers", BODY, "12. Members", BODY, "3. Rules", BODY),  # in no order
        ("12 monkeys", BODY, "24 hours", BODY),
        ("1. Introduction .......... 2", "2. Bodies .......... 4", BODY),  # contents
        ("1. Introduction", BODY),  # one alone may be anything
    ],
)  # fmt: skip
def test_numbered_lines_that_are_none(items: tuple[str, ...]) -> None:
    assert found(*items) == []


def test_what_stands_again_below_is_of_the_contents() -> None:
    titles = ("1. Scope", "1.1. Who it is for", "2. Leave", "3. Pay")
    body = [part for title in titles for part in (title.replace(" ", "\xa0", 1), BODY)]
    assert [title.replace("\xa0", " ") for _, title in found(*titles, *body)] == list(titles)


def test_sections_are_in_order_from_chapter_to_chapter() -> None:
    titles = ("1.1. Who it is for?", "1.2. Why?", "2.1. Since when?", "2.2. How long?", "3.1. How much?")
    assert [title for _, title in found(*(part for title in titles for part in (title, BODY)))] == list(titles)


def test_names_and_capitals_above_numbers() -> None:
    titles = ("PREAMBLE", "TERMS AND CONDITIONS", "0. Definitions.", "1. Source Code.", "APPENDIX A", "2. Patents.")
    assert found(*(part for title in titles for part in (title, BODY))) == [
        (1, "PREAMBLE"), (1, "TERMS AND CONDITIONS"), (2, "0. Definitions."), (2, "1. Source Code."), (1, "APPENDIX A"),
        (2, "2. Patents."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title", ["SECTION SIX", "Chapitre 3", "Article premier", "Artikel 12. Kündigung", "Capítulo IV"]
)
def test_parts_of_laws_and_books(title: str) -> None:
    assert found(title, BODY, f"{title} bis", BODY) == [(1, title), (1, f"{title} bis")]


def test_a_line_at_the_margin_above_what_is_further_in() -> None:
    assert found(
        "Status of This Memo", BODY, "Dear Ada,", BODY, "Owner: the mill", BODY, "Yours, and so on", "Odile"
    ) == [(1, "Status of This Memo")]


def test_codes_among_numbered_headings_are_none() -> None:
    pieces = ("1. Messages", BODY, "1.1 Replies", BODY, "ERR_NICKNAME", BODY, "NOTE WELL", BODY, "1.2 Errors", BODY)
    assert [title for _, title in found(*pieces)] == ["1. Messages", "1.1 Replies", "1.2 Errors"]


NUMBERED = ("1. Scope", "1.1 Who it is for", "1.2 What it is not", "2. Leave", "2.1 Length", "2.2 Requests")


def test_numbered_headings_that_no_blank_line_sets_apart_are_cut_out() -> None:
    body = ["It is for all who work in the mill and for", "those who bring the corn, by boat or by cart."]
    lines = [NUMBERED[0], *(line for title in NUMBERED[1:3] for line in (title, *body)), NUMBERED[3]]
    lines += [line for title in NUMBERED[4:] for line in (title, *body)]
    parted = set_apart([lines])
    assert [piece[0] for piece in parted if len(piece) == 1] == list(NUMBERED)
    assert [line for piece in parted for line in piece] == lines
    assert [level for _, level in sorted(headings(parted).items())] == [1, 2, 2, 1, 2, 2]


@pytest.mark.parametrize(
    "lines",
    [
        ["The rates are", "1.1 Litres of milk", "1.2 Litres of oil", "2.1 Sacks of corn"],  # few
        ["1.1 Scope", "1.2 Terms", "2.1 Length", "2.2 Days", "3.1 Pay", "3.2 Tax"],  # a table of contents
        [line for n in range(9) for line in (f"The price of a sack rose by {n}.", f"{n}.{9 - n} Parts of it were tax")],
    ],
)
def test_numbers_within_a_text_cut_nothing_out(lines: list[str]) -> None:
    assert set_apart([lines]) == [lines]


def test_a_clause_that_goes_on_below_is_none_and_a_term_above_what_it_means_is() -> None:
    pieces = [[title] for title in ("1. Terms", "2. End")]
    pieces[1:1] = [[f'1.{at}. "Weir"', "     means a wall in the river."] for at in range(1, 6)]
    clause = ["2.1. The rights that are granted to the keeper end by themselves", "if the keeper leaves the mill."]
    parted = set_apart([*pieces, clause, ["The end."]])
    assert [parted[at][0][:4] for at in sorted(headings(parted))] == [
        "1. T",
        "1.1.",
        "1.2.",
        "1.3.",
        "1.4.",
        "1.5.",
        "2. E",
    ]
    assert clause in parted


def test_capitals_at_the_margin_of_a_manual_page_are_headings() -> None:
    page = [
        ["ORLE(1)   Commands   ORLE(1)"],
        ["NAME", "     orle - measure"],
        ["OPTIONS", "     -r", "         Again."],
    ]
    page += [["NOTE WELL and", "     so on"], ["SEE ALSO", "     limn(1)"], ["2024"]]
    parted = set_apart(page)
    assert [parted[at][0] for at in sorted(headings(parted))] == ["NAME", "OPTIONS", "SEE ALSO"]
    assert set_apart(page[1:3]) == page[1:3]  # two may be anything
