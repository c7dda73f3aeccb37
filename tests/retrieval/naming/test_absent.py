"""What a question asks for by number or code is looked for in all documents before passages about others answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.retrieval.naming.absent import is_refused
from tests.conftest import begun, ingested

LAW = """# Harbour law

## Article 12 Dues

Every ship pays dues. As articles 5, 7 and 9 say, boats pay none; see Figure 2a and article L. 312-1-2 of the code.

## Chapter IV

### 4.2 Reading of the gauge

The gauge is read at noon, in the manner of decree n° 2016-1617.

$$Q = A v \\tag{5}$$
"""
DRIVER = "The MCP3204/3208 converters and the PIC16F87X take 5 V. An FM24C256 keeps the figures, a TX-20 sends them."


@pytest.fixture(scope="module")
def first(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {"law.md": LAW, "driver.txt": DRIVER, "LM350.txt": "It gives three amperes."}
    return ingested(first_home, tmp_path_factory.mktemp("texts"), texts)


@pytest.fixture
def opened(first: Path, home: Path) -> Iterator[Collection]:
    with begun(first, home) as collection:
        yield collection


@pytest.mark.parametrize(
    "question",
    [
        "What does article 12 say? And Art. 7?",
        "What does Figure 2 show?",
        "What does equation (5) say, and Eq. 5?",
        "What is in section 4.2, and in chapter 4?",
        "What does L. 312-1-2 provide? And article L312-1?",
        "Que dit le décret n°2016-1617 ?",
        "Do the MCP3208 and the PIC16F877 take 5 V?",
        "How large is a 24C256?",
        "What does the LM350 give?",
        "How far does a TX20 send?",
        "What happened in case 3 of them left, and in order 1976?",
    ],
)
def test_what_is_named_in_any_way_is_there(opened: Collection, question: str) -> None:
    assert opened.named_nowhere(question) == []


@pytest.mark.parametrize(
    ("question", "nowhere"),
    [
        ("What does article 312 say?", ["article 312"]),
        ("What does Figure 88 show?", ["Figure 88"]),
        ("What does Eq. (7) say?", ["Eq. (7)"]),
        ("What does section 4.3 say?", ["section 4.3"]),
        ("Que dit la fiche n°27 ?", ["fiche n°27"]),
        ("What does the MCP3202 take?", ["MCP3202"]),
        ("What does article L. 999-1 provide?", ["L. 999-1"]),
    ],
)
def test_what_no_document_has_is_named_and_refused(opened: Collection, question: str, nowhere: list[str]) -> None:
    assert opened.named_nowhere(question) == nowhere
    assert is_refused(question, nowhere)


def test_of_two_the_one_that_is_there_may_answer(opened: Collection) -> None:
    question = "Does the MCP3208 take more than the LM7805?"
    assert opened.named_nowhere(question) == ["LM7805"]
    assert not is_refused(question, ["LM7805"])
    made = opened.ask("Do the converters MCP3208 and LM7805 take 5 V?")
    assert made.found
    assert "nothing in the documents names LM7805" in made.warnings


def test_the_refusal_says_what_is_missing(opened: Collection) -> None:
    made = opened.ask("What dues does article 312 lay on a ship?")
    assert not made.found
    assert made.warnings[0] == "not found: nothing in the documents names article 312"
    assert opened.ask("What does article 12 say?").sentences[0].text == "Every ship pays dues."


def test_a_section_is_found_by_its_number_alone(opened: Collection) -> None:
    assert "The gauge is read at noon" in opened.query("What does section 4.2 say?", k=1).hits[0].text
    assert opened.ask("What does section 4.2 say?").sentences[0].text.startswith("The gauge is read at noon")


def test_a_file_that_could_not_be_read_is_named(opened: Collection, tmp_path: Path) -> None:
    (tmp_path / "LM7805_sheet.pdf").write_bytes(b"%PDF-1.4 torn")
    opened.ingest([tmp_path / "LM7805_sheet.pdf"])
    assert opened.named_nowhere("How many volts does the LM7805 give?") == []
    warnings = opened.ask("How many volts does the LM7805 give?").warnings
    assert any(line.startswith("could not be read: ") and "LM7805_sheet.pdf" in line for line in warnings)
