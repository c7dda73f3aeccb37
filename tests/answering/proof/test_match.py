"""A quote is on the page, or it is not: the laws and the damages that must never pass."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ragcli.answering.proof.match import PageText, find_exact, match_quote
from ragcli.answering.wording.normalise import normalise
from ragcli.records import Block

PAGE = PageText(
    [
        Block("The Harbour Board met on 4 May 2019.", "heading", (50, 40, 300, 60)),
        Block(
            "It approved a loan of $4.2 million for the north pier, which the engineers had called un-\nsafe. Ferry "
            "traffic rose by 12.5 % to 1,340 crossings. The council did not close the east gate before winter.",
            bbox=(50, 70, 300, 120),
        ),
        Block(
            "L’économie du port n’a pas souffert ; les pêcheurs ont ﬁnalement reçu 3 000 euros.",
            bbox=(50, 130, 290, 170),
        ),
    ],
    page=7,
)
NEXT = PageText([Block("gate was opened again in March by Mayor Lindqvist.", bbox=(0, 0, 9, 9))], page=8)


@pytest.mark.parametrize(
    "quote",
    [
        "approved a loan of $4.2 million for the north pier",
        "which the engineers had called unsafe",
        "l'économie du port n'a pas souffert; les pêcheurs ont finalement reçu 3 000 euros",
        "traffic rose by 12.5% to 1,340 crossings.",
        "THE HARBOUR BOARD MET ON 4 MAY 2019. It approved",
    ],
)
def test_typography_does_not_matter(quote: str) -> None:
    assert match_quote(quote, [PAGE]).match == "exact"


def test_the_box_is_the_union_of_the_blocks() -> None:
    found = match_quote("met on 4 May 2019. It approved a loan", [PAGE])
    assert (found.page, found.bbox) == (7, (50, 40, 300, 120))
    assert found.text == "met on 4 May 2019.\n\nIt approved a loan"


@pytest.mark.parametrize(
    "quote",
    [
        "approved a loan of $4.3 million for the north pier, which the engineers had called unsafe",
        "Ferry traffic rose by 12.5 % to 1,341 crossings.",
        "Ferry traffic rose by 12.5 to 1,340 crossings.",
        "The council did close the east gate before winter.",
        "The council did not close the east gate after winter.",
        "The council did not open the east gate before winter.",
        "The east gate did not close the council before winter.",
        "It approved a loan of $4.2 million for the south pier",
        "L'économie du port a souffert; les pêcheurs ont finalement reçu 3 000 euros",
        "traffic rose by 12.5 % to 1,34",  # a number that is cut
        "It approved a loan of $4.2",  # its scale is cut off
        "called unsafe. Ferry traf",
    ],
)
def test_a_changed_meaning_is_no_match(quote: str) -> None:
    assert match_quote(quote, [PAGE]).match in ("none", "stitched")


@pytest.mark.parametrize(
    "quote",
    [
        "It approved loan of 4.2 million dollars for the north pier, which the engineers had called unsafe",
        "The council did not close east gate before winter",
        "L'economie du port n'a pas souffert; les pêcheurs ont finalement reçu 3000 euros",
    ],
)
def test_what_only_reads_differently_is_repaired(quote: str) -> None:
    assert match_quote(quote, [PAGE]).match == "repaired"


def test_scanned_letters_are_repaired_and_numbers_never() -> None:
    scanned = PageText(
        [Block("The cornrnittee paid l,340 pounds for the oid pier and the wcoden Iighthouse in Norwich.")]
    )
    assert (
        match_quote("pounds for the old pier and the wooden lighthouse in Norwich", [scanned]).match == "none"
    )  # "oid"
    assert match_quote("The committee paid 1,340 pounds for the pier", [scanned]).match == "none"
    assert match_quote("pier and the wooden lighthouse in Norwich", [scanned]).match == "repaired"


def test_elsewhere_stitched_short_and_across_pages() -> None:
    real = "gate was opened again in March"
    assert match_quote(real, [PAGE], [NEXT]) == match_quote(real, [PAGE], [NEXT])
    found = match_quote(real, [PAGE], [NEXT])
    assert (found.match, found.page) == ("elsewhere", 8)
    stitched = "It approved a loan of $4.2 million for the north pier did not close the east gate"
    assert match_quote(stitched, [PAGE]).match == "stitched"
    assert match_quote("east gate", [PAGE]).match == "none"
    crossing = match_quote("les pêcheurs ont finalement reçu 3 000 euros. gate was opened", [PAGE, NEXT])
    assert (crossing.match, crossing.page, crossing.bbox) == ("exact", 7, (50, 130, 290, 170))
    noted = PageText([Block("The gate was shut, and the council"), Block("¹ Of Norwich.", "footnote")], 1)
    ahead = PageText([Block("Figure 1: The gate", "figure"), Block("opened it again in March.")], 2)
    assert match_quote("shut, and the council opened it again in March", [noted, ahead]).match == "exact"


WIDE = PageText([Block("桥长二百一十二米。渡轮票价为五十八克朗，每天不开。", bbox=(50, 100, 290, 120))], page=3)


@pytest.mark.parametrize(
    ("quote", "match"),
    [
        ("桥长二百一十二米。", "exact"),
        ("渡轮票价为五十八克朗", "exact"),
        ("桥长二百一十三米。", "none"),  # another figure
        ("桥宽二百一十二米。", "none"),  # another thing
        ("桥不长二百一十二米。", "none"),
        ("每天不开", "none"),  # too short to prove anything
        ("，。、：；！？，。、", "none"),  # signs are wide, and say nothing
        ("每天开。渡轮票价为", "none"),
    ],
)
def test_a_chinese_character_says_as_much_as_two_letters(quote: str, match: str) -> None:
    assert match_quote(quote, [WIDE]).match == match


def test_so_do_kana_and_korean_syllables() -> None:
    page = PageText([Block("はしは はちがつに ひらいた。 다리는 팔월에 열렸다. The pier is shut.")])
    assert match_quote("はちがつに", [page]).match == "none"
    assert match_quote("はちがつに ひらいた", [page]).match == "exact"
    assert match_quote("팔월에 열렸다", [page]).match == "exact"
    assert match_quote("팔월에 닫혔다", [page]).match == "none"
    assert match_quote("pier is", [page]).match == "none"


VOCABULARY = """harbour council winter crossing pêcheurs économie bridge Norwich approved opened of the in 17 1,340 3.5
    2019 (annex) river-side gate"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), min_size=14, max_size=40)
LAYOUT = st.sampled_from([" ", "  ", "\n", "\t", "\xa0"])


@given(WORDS, st.data())
@settings(max_examples=150, deadline=None)
def test_any_run_of_words_matches_exactly(drawn: list[str], data: st.DataObject) -> None:
    page = "".join(word + data.draw(LAYOUT) for word in drawn)
    start = data.draw(st.integers(0, len(drawn) - 6))
    quote = " ".join(drawn[start : start + data.draw(st.integers(4, 12))])
    assume(len(quote) >= 12)
    blocks = [
        Block(page[: len(page) // 2 + 1].rpartition(" ")[0]),
        Block(page[len(page[: len(page) // 2 + 1].rpartition(" ")[0]) :]),
    ]
    assert match_quote(quote, [PageText(blocks)]).match == "exact"


PROSE = (
    "The council of Norwich approved 17 bridges over the river in 2019 and the engineers opened 3.5 miles of new road "
    "before winter. Fishermen from Lindholm sold 1,340 boats to the harbour and did not repair the old lighthouse."
)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_quote_cut_out_of_a_long_page_is_judged_as_on_the_whole_page(data: st.DataObject) -> None:
    page = PageText([Block(" ".join(PROSE[:at] for at in (90, 151, 200))), Block(PROSE), Block(PROSE)])
    start = data.draw(st.integers(0, len(page.raw) - 20))
    quote = normalise(page.raw[start : start + data.draw(st.integers(12, 120))])
    found, whole = page.find(quote), find_exact(quote, page.normal)
    assert (found is None) == (whole is None)
    if found and whole:
        assert page.raw[slice(*found)] == page.raw[slice(*whole)]


def test_a_quote_in_its_own_letters_does_not_wait_for_a_book_that_is_one_page() -> None:
    page = PageText([Block(PROSE * 1000)])
    assert match_quote("did not repair the old lighthouse.", [page]).match == "exact"
    assert "normal" not in vars(page)  # the whole page was never normalised


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_changed_digit_never_matches(data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([m.start() for m in re.finditer(r"\d", PROSE)]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != PROSE[at]]))
    damaged = PROSE[:at] + digit + PROSE[at + 1 :]
    start = damaged.rfind(" ", 0, max(0, at - data.draw(st.integers(5, 60)))) + 1
    end = damaged.find(" ", at + data.draw(st.integers(12, 60)))
    assert match_quote(damaged[start : end if end > 0 else None], [PageText([Block(PROSE)])]).match in (
        "none",
        "stitched",
    )


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_an_added_or_swapped_word_never_matches(data: st.DataObject) -> None:
    parts = PROSE.split()
    if data.draw(st.booleans()):
        parts.insert(
            data.draw(st.integers(1, len(parts) - 1)),
            data.draw(st.sampled_from(["not", "never", "without", "n'a pas"])),
        )
    else:
        heavy = [i for i, part in enumerate(parts) if len(part) > 4]
        i, j = sorted(data.draw(st.lists(st.sampled_from(heavy), min_size=2, max_size=2, unique=True)))
        assume(parts[i] != parts[j])
        parts[i], parts[j] = parts[j], parts[i]
    assert match_quote(" ".join(parts), [PageText([Block(PROSE)])]).match in ("none", "stitched")


def test_a_quote_of_a_long_section_names_the_part_that_it_stands_in() -> None:
    blocks = [
        Block("Book 2", "heading", level=2), Block("Of sales and of what follows from them."),
        Block("§ 433\nDuties", "heading", level=4), Block("The seller hands the thing over to the buyer."),
        Block("§ 434 Defects", "heading", level=4), Block("A thing is free from defects where it is as was agreed."),
    ]  # fmt: skip
    section = PageText(blocks, place="Book 2")
    assert match_quote("The seller hands the thing over", [section]).place == "§ 433 Duties"
    assert match_quote("A thing is free from defects", [section]).place == "§ 434 Defects"
    assert match_quote("Of sales and of what follows", [section]).place == "Book 2"
    slide = PageText(blocks, place="slide 3")
    assert match_quote("A thing is free from defects", [slide]).place == "slide 3"


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The ferry leaves the har bour of Brenning at nine.", "The ferry leaves the harbour of Brenning"),
        ("The ferry leaves the harbour of Brenning at nine.", "The ferry leaves the har bour of Brenning"),
    ],
)
def test_a_word_may_be_split_by_the_page_or_by_the_quote(page: str, quote: str) -> None:
    assert match_quote(quote, [PageText([Block(page)])]).match == "repaired"
