"""What is shown of a generated text as proved is what a page says."""

import pytest

from ragcli.answering.proof.checked import checked
from ragcli.answering.proof.citing import Citer
from ragcli.records import Block, Hit

PAGE = "| Item | 2022 | 2023 |\n|---|---|---|\n| Radar | 4,620 € | 4,870 € |\n| Buoy with light | 410 € | 430 € |"


def told(page: str, text: str, language: str | None = "en") -> list[tuple[str, bool]]:
    hits = [Hit(1, 1.0, 1, "prices.pdf", page, page=1, language=language)]
    citer = Citer(hits, lambda *_: [Block(page, "text")])
    return [(one.sentence.text, one.sentence.proved) for one in checked(text, "", language, hits, citer)]


def test_a_row_with_the_heads_of_its_page_is_proved_and_its_heads_are_no_sentence() -> None:
    assert told(PAGE, PAGE) == [
        ("Item: Radar; 2022: 4,620 €; 2023: 4,870 €", True),
        ("Item: Buoy with light; 2022: 410 €; 2023: 430 €", True),
    ]
    assert told(PAGE, "Item: Radar; 2022: 4,620 €; 2023: 4,870 €") == [
        ("Item: Radar; 2022: 4,620 €; 2023: 4,870 €", True)
    ]


@pytest.mark.parametrize(
    "heads",
    ["| Item | 2023 | 2022 |", "| Spare part | 2022 | 2023 |", "| Item | 2022 | 2024 |", "| Item | 2022 in $ | 2023 |"],
)
def test_a_row_under_other_heads_is_not(heads: str) -> None:
    lines = PAGE.splitlines()
    assert not any(proved for _, proved in told(PAGE, "\n".join([heads, *lines[1:]])))


def test_a_sentence_in_a_cell_does_not_prove_the_head_above_it() -> None:
    page = "The old radar draws 0.38 W in all modes."
    assert told(page, f"| New device |\n|---|\n| {page} |") == [(f"New device: {page}", False)]


@pytest.mark.parametrize(
    ("page", "text", "said"),
    [
        ("The radar draws 0.38 W.", "According to source, the radar draws 0.38 W.", ("The radar draws 0.38 W.", True)),
        ("The radar draws 0.38 W.", "Answer: The radar draws 0.38 W.", ("The radar draws 0.38 W.", True)),
        (
            "Le radar consomme 0,38 W.",
            "Selon les sources fournies, le radar consomme 0,38 W.",
            ("Le radar consomme 0,38 W.", True),
        ),
        (
            "According to the documents, the bank was insolvent.",
            "According to the documents, the bank was insolvent.",
            ("According to the documents, the bank was insolvent.", True),
        ),
        (
            "The radar draws 0.38 W.",
            "Based on the sources, the radar draws 0.4 W.",
            ("Based on the sources, the radar draws 0.4 W.", False),
        ),
        (
            "According to Smith, the bank was insolvent.",
            "According to the text, the bank was insolvent.",
            ("According to the text, the bank was insolvent.", False),
        ),
    ],
)
def test_what_only_leads_in_goes_where_the_rest_is_proved(page: str, text: str, said: tuple[str, bool]) -> None:
    assert told(page, text, None) == [said]


@pytest.mark.parametrize(
    ("page", "text", "proved"),
    [
        ("The radar draws 0.38 W. It was built in Lund.", "1. The radar draws 0.38 W.\n2. It was built in Lund.", True),
        ("The radar draws 0.38 W.", "a) The radar draws 0.38 W.", True),
        ("3. The radar draws 0.38 W.", "- The radar draws 0.38 W.", True),
        ("3. The radar draws 0.38 W.", "3. The radar draws 0.38 W.", True),
        ("3. The radar draws 0.38 W.", "4. The radar draws 0.38 W.", False),
        ("1.500 EUR kostet das Boot.", "1. 500 EUR kostet das Boot.", False),
    ],
)
def test_a_list_is_proved_without_its_marks(page: str, text: str, proved: bool) -> None:
    assert all(is_proved for _, is_proved in told(page, text)) is proved


def test_a_day_is_no_mark_of_a_list() -> None:
    assert told("Am See gilt: Mai ist Feiertag.\n2. Mai ist Feiertag.", "1. Mai ist Feiertag.", "de") == [
        ("1. Mai ist Feiertag.", False)
    ]


@pytest.mark.parametrize(
    ("page", "claim", "language", "proved"),
    [
        ("Die Kaution für das Boot beträgt 1.500 EUR.", "Die Kaution für das Boot beträgt 1,5 EUR.", "de", False),
        ("Die Kaution für das Boot beträgt 1.500 EUR.", "Die Kaution für das Boot beträgt 1500 EUR.", "de", True),
        ("Il Comune conta 24.000 abitanti oggi.", "Il Comune conta 24 abitanti oggi.", "it", False),
        ("La distance est de 2,500 km au total.", "La distance est de 2500 km au total.", "fr", False),
        ("The firm sold 3.000 units in Italy.", "The firm sold 3 units in Italy.", "en", False),
        ("The firm sold 3,000 units in Italy.", "The firm sold 3000 units in Italy.", "en", True),
        ("Le projet coûte 2 billions d'euros.", "Le projet coûte 2 milliards d'euros.", "fr", False),
        ("The plan costs 2 billion euros.", "The plan costs 2,000 million euros.", "en", True),
        ("The fee for visitors is $5 per day.", "The fee for visitors is 5 USD per day.", "en", False),
        ("The fee for visitors is 5 USD per day.", "The fee for visitors is $5 per day.", "en", True),
        ("The fee in Beijing was ¥500 per day.", "The fee in Beijing was 500 yen per day.", "en", False),
        ("A parcel of 5 pounds was lost.", "A parcel of £5 was lost.", "en", False),
        ("Alkohol in Maßen ist erlaubt.", "Alkohol in Massen ist erlaubt.", "de", False),
        ("Wir danken Ihnen für die Hilfe.", "Wir danken ihnen für die Hilfe.", "de", False),
        ("The WHO said so in its report.", "The who said so in its report.", "en", False),
        ("Version 3.10 of the tool is old.", "Version 3.1 of the tool is old.", "en", False),
        ("Le maire acheta un four en mai.", "Le maire acheta un 4 en mai.", "fr", False),
        ("Onze leden kwamen naar Gent.", "11 leden kwamen naar Gent.", "nl", False),
        ("The twelve members came to Gent.", "The 12 members came to Gent.", "en", True),
        ("Die Behörden fördern den Bau der Brücken.", "Die Behorden fordern den Bau der Brucken.", "de", False),
    ],
)
def test_numbers_and_words_are_read_in_the_language_of_their_page(
    page: str, claim: str, language: str, proved: bool
) -> None:
    assert told(page, claim, language) == [(claim, proved)]


def test_the_heading_above_a_passage_counts() -> None:
    page = "The tower was built by giants. It is tall."
    for section, proved in (("Handbook", "Myths"), False), (("Handbook", "Facts"), True):
        hits = [Hit(1, 1.0, 1, "towers.md", page, language="en", section=section)]
        said = checked("The tower was built by giants.", "", "en", hits, Citer(hits, lambda *_: [Block(page, "text")]))
        assert [one.sentence.proved for one in said] == [proved]


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        ("## Prices for members\n\nA spare lid is sold at 4 euros.", [True, True]),
        ("## Prices for members\n\nA spare lid is sold at 9 euros.", [True, False]),
        ("**Prices for members**\n\n- A spare lid is sold at 9 euros.", [True, False]),
        ("## Prices for guests\n\nA spare lid is sold at 9 euros.", [True, True]),
        ("## What it costs\n\nA spare lid is sold at 9 euros.", [False, True]),  # a heading of the model's own
        ("A spare lid is sold at 9 euros.", [True]),
    ],
)
def test_what_stands_below_a_heading_of_the_page_stands_below_it_there(text: str, proved: list[bool]) -> None:
    page = (
        "Prices for members\n\nA spare lid is sold at 4 euros.\n\nPrices for guests\n\nA spare lid is sold at 9 euros."
    )
    assert [is_proved for _, is_proved in told(page, text)] == proved


def test_a_sentence_in_bold_is_proved_as_it_is() -> None:
    assert told("The radar draws 0.38 W. It is old.", "**The radar draws 0.38 W.**")[0][1]
