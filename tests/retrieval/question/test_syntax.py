import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragcli.errors import UsageError
from ragcli.retrieval.question.syntax import (
    Query,
    has_part,
    identifiers,
    is_named,
    is_part_title,
    numbered_parts,
    parse,
    spellings,
)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("who built the bridge?", Query("who built the bridge?")),
        ('"force majeure"', Query("force majeure", phrases=("force majeure",), only_operators=True)),
        ('notice "force majeure"', Query("notice force majeure", phrases=("force majeure",))),
        ("« clause résolutoire » bail", Query("clause résolutoire bail", phrases=("clause résolutoire",))),
        ('lease -car -"rental car"', Query("lease", excluded=("car", "rental car"))),
        ("What does the -t option of bzip2 check?", Query("What does the -t option of bzip2 check?")),
        ("lease -pre-owned -car, or rent?", Query("lease , or rent?", excluded=("pre-owned", "car"))),
        ("what of climat*?", Query("what of climat?", prefixes=("climat",))),
        ("climat*", Query("climat", prefixes=("climat",), only_operators=True)),
        ("climat* -mer", Query("climat", prefixes=("climat",), excluded=("mer",), only_operators=True)),
        ("हिन्द* -भाषा", Query("हिन्द", prefixes=("हिन्द",), excluded=("भाषा",), only_operators=True)),
        ("What is A* search?", Query("What is A* search?")),  # one letter begins too many words
        ("a temperature of -5 degrees", Query("a temperature of -5 degrees")),
        ("state-of-the-art - really -of- 3 * 4", Query("state-of-the-art - really -of- 3 * 4")),
        ("2*3 x*y", Query("2*3 x*y")),
    ],
)
def test_what_is_understood(typed: str, understood: Query) -> None:
    assert parse(typed) == understood


@pytest.mark.parametrize("typed", ["-bridge", '-"a b"', '""', "?"])
def test_nothing_to_look_for_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="nothing to look for"):
        parse(typed)


def test_a_whole_document_is_no_question() -> None:
    with pytest.raises(UsageError, match="the question has 3,000,000 characters"):
        parse("x" * 3_000_000)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What does clause 4.2.1 say? And INV-2023-0217.", ["4.2.1", "INV-2023-0217", "clause 4.2.1"]),
        (
            "get_user_name or std::vector with --dry-run in node.js",
            ["get_user_name", "std::vector", "--dry-run", "node.js"],
        ),
        (
            "Report 15321 of ward 4711, in May 1999, 7000 people; 4711.5 m, 12:3000, 123",
            ["4711.5", "12:3000", "15321", "4711"],
        ),
        (
            "Que dit l'article 1382 ? And section 12, or clause 4.2.1?",
            ["4.2.1", "article 1382", "section 12", "clause 4.2.1"],
        ),
        ("Was regelt § 433a BGB? Und §13, Art. 5 Abs. 1 GG", ["§ 433a", "§13", "Art. 5"]),
        ("Selon l'article L. 121-1 et l'art. R421-5", ["L. 121-1", "R421-5"]),
        ("The articles of 1382, table for 12, an order in 2023", []),
        ("The well-known Royaume-Uni. In 2023, e.g. on Monday; an eau-de-vie", []),
    ],
)
def test_identifiers_are_words_of_several_parts_and_long_numbers(text: str, found: list[str]) -> None:
    assert identifiers(text) == found


@pytest.mark.parametrize(
    ("identifier", "text", "does"),
    [
        ("INV-2023-0217", "Of inv 2023/0217, 12 May", True),
        ("INV-2023-0217", "INV-2023-0218", False),
        ("article 9", "Article 9", True),
        ("article 9", "Article 9-1", False),
        ("article 9", "Article 9.1", False),
        ("article 9", "9 articles", False),
        ("Artikel 9", "Art 9", True),
        ("art. 9", "l'article 9", True),
        ("paragraph 9", "§ 9", True),
        ("§ 9", "§ 9a", False),
        ("L121-1", "l'article L. 121-1 du code", True),
        ("L. 121-1", "R. 121-1, L. 121-1-1", False),
        ("9-1", "Of 375-9-1 and 9-1-2", False),
        ("9-1", "inv-9-1.md", True),
        ("2023-0417", "2023/0417, 12 May", True),
    ],
)
def test_an_identifier_is_named(identifier: str, text: str, does: bool) -> None:
    assert is_named(identifier, text) is does


def test_an_equation_is_named_with_its_brackets_and_in_short() -> None:
    assert identifiers("What does equation (2.1) say?") == ["2.1", "equation (2.1)"]
    assert numbered_parts("the flux of Eq. 12b") == ["Eq. 12b"]
    for asked in ("Equation 2", "equation (2)", "Eq. (2)", "éq. 2", "Gleichung (2)"):
        assert has_part(asked, "By equations 1 and 2 it is so.")
        assert is_named(asked, "as in eq. (2) above")
        assert not is_named(asked, "as in eq. (21) above")
        assert "equation 2" in spellings(asked)
    assert identifiers("in order (2) to see") == []


@pytest.mark.parametrize(
    ("line", "is_it"),
    [
        ("§ 14 Unternehmer", True),
        ("Article 12 Modifications du contrat", True),
        ("§ 14 gilt nicht für Boote.", False),
        ("Unternehmer", False),
    ],
)
def test_the_title_of_a_part(line: str, is_it: bool) -> None:
    assert is_part_title(line) is is_it


@given(st.lists(st.text("abcdé", min_size=1, max_size=6), min_size=1, max_size=6))
def test_plain_words_are_left_alone(words: list[str]) -> None:
    assert parse(" ".join(words)) == Query(" ".join(words))
