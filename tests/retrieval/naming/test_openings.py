"""A contract says once whose it is: the question's names find it, and what it asks finds the clause."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.naming.named_documents import Named, named
from ragcli.retrieval.naming.openings import introduced, names, names_said
from ragcli.settings import Answering, Embedding, Settings
from tests.conftest import begun, ingested

SETTINGS = Settings(answering=Answering(style="quotes", cache=False), embedding=Embedding(model="all-MiniLM-L6-v2"))
PARTIES = (("Northwind", "Skarn Mills", "Nevada"), ("Halvard", "Orle Bakeries", "Texas"), ("Tressel", "Viborg", "Ohio"))
CLAUSES = (
    (
        "Territory",
        "The Distributor shall sell the Products in the Territory alone, and shall open a shop in each town of it.",
    ),
    (
        "Payment",
        "The Distributor shall pay each invoice within thirty days, and interest of nine percent a year on what is late.",
    ),
    (
        "Term",
        "This Agreement begins on the Effective Date and shall continue for {years} years, unless it is terminated before.",
    ),
    ("Assignment", "Neither party may assign this Agreement without the prior written consent of the other party."),
    (
        "Governing law",
        "This Agreement shall be governed by and construed in accordance with the laws of the State of {state}.",
    ),
    (
        "Signatures",
        "{one} Inc., by its president. {other} Ltd., by its secretary. Both parties have signed this Agreement.",
    ),
)


def contract(one: str, other: str, state: str, years: int) -> str:
    filler = " ".join("Words of it with a capital have the meaning that the schedule gives them." for _ in range(12))
    opening = (
        f'This Distribution Agreement is made between {one} Inc. (the "Company") and {other} Ltd. (the "Distributor").'
    )
    clauses = "\n\n".join(f"# {title}\n\n{text}\n\n{filler}" for title, text in CLAUSES)
    return f"# Distribution Agreement\n\n{opening}\n\n{filler}\n\n{clauses}\n".format(
        one=one, other=other, state=state, years=years
    )


@pytest.fixture(scope="module")
def first(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {f"{n}.md": contract(one, other, state, 3 + n) for n, (one, other, state) in enumerate(PARTIES)}
    return ingested(first_home, tmp_path_factory.mktemp("contracts"), texts, SETTINGS)


@pytest.fixture
def contracts(first: Path, home: Path) -> Iterator[Collection]:
    with begun(first, home, SETTINGS) as opened:
        yield opened


def names_of(contracts: Collection, question: str) -> Named:
    return named(contracts.catalog(), question)


def test_the_clause_of_the_contract_that_is_named_is_quoted(contracts: Collection) -> None:
    for n, (one, other, state) in enumerate(PARTIES):
        found = contracts.ask(f"Which law governs the Distribution Agreement between {one} and {other}?")
        assert state in found.sentences[0].text
        assert {Path(hit.path).name for hit in found.hits} == {f"{n}.md"}
        assert {hit.rest for hit in found.hits} == {"Which law governs the Distribution Agreement"}


def test_what_the_contract_that_is_named_does_not_say_is_not_found(contracts: Collection) -> None:
    assert not contracts.ask(
        "Which insurance does the Distribution Agreement between Northwind and Skarn Mills require?"
    ).found


def test_a_name_that_other_documents_hold_does_not_decide(contracts: Collection, tmp_path: Path) -> None:
    question = "Which law governs the agreement of Northwind?"
    assert names_of(contracts, question).alone
    (tmp_path / "letter.md").write_text(
        "# Letter\n\nWe have had no word from Northwind since the spring.\n", encoding="utf-8"
    )
    contracts.ingest([tmp_path / "letter.md"])
    assert not names_of(contracts, question).alone


def test_a_word_that_other_documents_begin_with_is_what_is_asked(contracts: Collection) -> None:
    question = "Who is the Distributor in the agreement of Northwind?"
    assert names_of(contracts, question).rest_of(question) == "Who is the Distributor in the agreement"


def test_a_question_about_two_contracts_is_asked_of_all(contracts: Collection) -> None:
    assert names_of(contracts, "Which law governs the agreement of Northwind and Skarn Mills?").alone
    assert not names_of(contracts, "Do Northwind, Skarn Mills and Halvard have the same law?").alone


def test_a_short_document_is_found_by_its_own_words(contracts: Collection, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Note\n\nThe Gunvor bridge is closed on Mondays.\n", encoding="utf-8")
    contracts.ingest([tmp_path / "note.md"])
    assert not names_of(contracts, "When is the Gunvor bridge closed?").alone


def test_an_entry_in_the_middle_of_a_form_does_not_name_the_form(contracts: Collection, tmp_path: Path) -> None:
    filler = " ".join("What is written here is kept by the office for as long as the law requires." for _ in range(12))
    entries = ("Insured: Odile Garnier", "Claim: 1008", "Car: a Velbert Strada", "Paint: 60", "Labour: 300", "Tax: 278")
    form = "\n\n".join(f"# Part {n}\n\n{entry}\n\n{filler}" for n, entry in enumerate(entries))
    (tmp_path / "estimate.md").write_text(form, encoding="utf-8")
    contracts.ingest([tmp_path / "estimate.md"])
    assert names_of(contracts, "What does the insurance of Odile Garnier pay?").alone
    assert not names_of(contracts, "Which mileage does the Velbert Strada have?").alone


def test_a_question_of_names_alone_has_no_rest(contracts: Collection) -> None:
    assert names_of(contracts, "Northwind and Skarn Mills").rest_of("Northwind and Skarn Mills") is None


def test_names_typed_in_small_letters_are_those_that_documents_write_large(contracts: Collection) -> None:
    question = "which law governs the agreement of northwind and skarn mills?"
    assert names_of(contracts, question).rest_of(question) == "which law governs the agreement"
    assert "Nevada" in contracts.ask(question).sentences[0].text


def test_the_first_word_is_of_a_name_where_documents_say_so(contracts: Collection) -> None:
    found = names_said(contracts.catalog(), "Skarn Mills has which territory?", "en")
    assert found == ["Skarn Mills"]
    assert names_said(contracts.catalog(), "Notice Halvard and Orle Bakeries of it?", "en") == [
        "Halvard",
        "Orle Bakeries",
    ]
    assert names_said(contracts.catalog(), "Halvard Norge, has it a territory?", "en") == ["Halvard Norge"]
    assert names_said(contracts.catalog(), "I started on Monday at Halvard Norge, has it a territory?", "en") == [
        "Halvard Norge"
    ]


def test_one_of_many_is_no_name(contracts: Collection) -> None:
    catalog = contracts.catalog()
    assert names_said(catalog, "What is the duty of Northwind?", "en") == ["Northwind"]
    assert names_said(catalog, "What is the duty of a Distributor?", "en") == []
    assert names_said(catalog, "what is the duty of a distributor?", "en") == []
    assert names_said(catalog, "Is there a Northwind agreement?", "en") == ["Northwind"]


def test_german_capitals_name_nothing(contracts: Collection) -> None:
    assert introduced(contracts.catalog(), "Welches Recht gilt für Northwind?", "de") == {}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Does the Lease of Bank of Orle end?", ["Lease", "Bank", "Orle"]),
        ("Can Global Mills sell Amazon.com shares?", ["Global Mills", "Amazon.com"]),
        ("Halvard Mills has sold the N123AB", ["Halvard Mills", "N123AB"]),
        ("Kiedy wygasa umowa między Łódzka Huta a Ørsted?", ["Łódzka Huta", "Ørsted"]),
        ("Termination of it?", []),
        ("WHAT IS THE TERM OF IT?", []),
        ("Am I bound by it?", []),
        ("Le bail d'Orle et l’avis de l'OPCO de NORTHWIND'S finissent-ils ?", ["Orle", "OPCO", "NORTHWIND"]),
        ("Does the bootROM of expEYES run at 200 kHz?", ["bootROM", "expEYES"]),
    ],
)
def test_names_are_runs_of_capitals(question: str, found: list[str]) -> None:
    assert names(question, "en") == found


def test_what_is_counted_or_explained_does_not_name_the_paper_that_opens_with_it(home: Path, tmp_path: Path) -> None:
    filler = " ".join("The weather was fair, and the roads were open for most of the days." for _ in range(12))
    parts = [
        "We read sentences from both sides, and are the first on the HARE benchmark. All ran on TSUs.",
        "The Harbour And River Examination (HARE) has nine parts, of which each asks for ships.",
        "We let it run on one machine with 8 Orle T100 TSUs for twelve days, and wrote down what it said.",
        "Others read from one side alone. They lose what is said behind, as the table shows.",
        "What is said behind a word tells as much of it as what is said before.",
    ]
    text = "\n\n".join(f"# Part {at}\n\n{part}\n\n{filler}" for at, part in enumerate(parts, start=1))
    (tmp_path / "reading.md").write_text(text, encoding="utf-8")
    for n, (one, other, state) in enumerate(PARTIES):
        (tmp_path / f"{n}.md").write_text(contract(one, other, state, 3 + n), encoding="utf-8")
    with Collection.open("default", settings=SETTINGS) as opened:
        opened.ingest([tmp_path])
        for question, said in (("What does HARE stand for?", parts[1]), ("How many TSUs did it run on?", "8 Orle")):
            found = opened.ask(question)
            assert names_of(opened, question).alone
            assert said in " ".join(one.text for one in found.sentences)
