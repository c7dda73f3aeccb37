"""The whole way over the sample documents: what fails is named, what is asked is found, what is quoted stands on its page."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ragcli.collection import Collection
from ragcli.reading.ocr.installed import is_installed
from ragcli.records import Report

ROOT = Path(__file__).parent.parent.parent
ANSWERS = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "sample_answers.jsonl").read_text(encoding="utf-8").splitlines()
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, model_home: Path) -> Iterator[tuple[Collection, Report]]:
    home = tmp_path_factory.mktemp("sample-home")
    (home / "models").symlink_to(model_home / "models")
    with Collection.open(home=home) as collection:
        yield collection, collection.ingest([ROOT / "sample_docs"])


def test_every_file_that_could_not_be_read_is_named_with_its_reason(sample: tuple[Collection, Report]) -> None:
    failed = {(Path(one.path).name, one.kind, one.page) for one in sample[1].failed}
    assert failed == {
        ("annexe-jaugeages-tronquee.pdf", "truncated", None),
        ("note-depot-chiffree.pdf", "encrypted", None),
        *([] if is_installed() else [("facture-castagne-scan.pdf", "page", 1)]),
    }
    assert sample[1].new == 9
    assert sample[0].verify() == []


def test_questions_find_their_page(sample: tuple[Collection, Report]) -> None:
    """One document, in its own language; the others need a second hop or OCR."""
    asked = [one for one in ANSWERS if one["needs"] == 1 and not one["unanswerable"] and one["kind"] != "scan"]
    asked = [one for one in asked if not one["id"].startswith("cross-")]
    missed = [one["id"] for one in asked if not _is_found(sample[0], one)]
    assert len(asked) >= 30
    assert len(missed) <= 2, missed


@pytest.mark.skipif(not is_installed(), reason="there is no OCR engine")
def test_what_is_on_the_scan_is_found_and_marked(sample: tuple[Collection, Report]) -> None:
    asked = [one for one in ANSWERS if one["needs"] == 1 and one["kind"] == "scan" and one["lang"] == "fr"]
    assert len(asked) >= 2
    assert [one["id"] for one in asked if not _is_found(sample[0], one)] == []
    answer = sample[0].ask("Quelle pénalité de retard Hydromètres Castagne applique-t-elle ?")
    assert "9 % par an" in answer.text
    assert answer.proved
    first = answer.citations[0]
    assert (Path(first.path).name, first.page, first.method) == ("facture-castagne-scan.pdf", 1, "ocr")
    assert {hit.method for hit in answer.hits if hit.path == first.path} == {"ocr"}


def _is_found(collection: Collection, asked: dict[str, Any]) -> bool:
    hits = collection.query(asked["question"], k=5).hits
    pages = set(asked["pages"])
    return any(Path(hit.path).name in asked["docs"] and (not pages or pages & set(hit.pages)) for hit in hits)


def test_an_answer_is_quoted_from_its_page_with_its_box(sample: tuple[Collection, Report]) -> None:
    answer = sample[0].ask("How much power does the LIMNAR-4 draw?")
    assert answer.found
    assert answer.proved
    assert "0.38 W" in answer.text
    first = answer.citations[0]
    assert (Path(first.path).name, first.page, first.match) == ("limnar-radar-paper.pdf", 1, "exact")
    assert first.bbox is not None
    blocks = sample[0].page_blocks(answer.hits[0].document_id, 1, None)
    assert any("0.38 W" in block.text for block in blocks)


def test_the_verb_of_a_question_that_counts_finds_no_minutes_nor_what_takes_no_account(
    sample: tuple[Collection, Report],
) -> None:
    assert "31 stations" in sample[0].ask("Combien de stations compte le réseau ?").sentences[0].text


def test_a_question_is_answered_from_documents_in_another_language(sample: tuple[Collection, Report]) -> None:
    answer = sample[0].ask("Où a-t-on observé du frasil en janvier 2021 ?")
    assert "frazil ice drifted under the bridge at Marrec" in answer.text
    assert Path(answer.citations[0].path).name == "limnar-radar-paper.pdf"
    answer = sample[0].ask("How many people were evacuated in Pontelle and Vauzy in October 2023?")
    assert "214 habitants" in answer.text


def test_what_is_not_there_is_not_answered(sample: tuple[Collection, Report]) -> None:
    answer = sample[0].ask("Who won the football world cup of 1998?")
    assert not answer.found
    assert answer.sentences == ()
    assert any(warning.startswith("near: ") for warning in answer.warnings)


def test_running_heads_are_no_text(sample: tuple[Collection, Report]) -> None:
    """The report's running head stands on each of its pages, and in none of its passages more than once by chance."""
    collection = sample[0]
    report = next(one for one in collection.documents() if one["path"].endswith("rapport-annuel-2023.pdf"))
    texts = [
        "\n".join(block.text for block in collection.page_blocks(report["id"], page, None)) for page in range(3, 22)
    ]
    numbers = sum(text.rstrip().endswith(str(page)) for page, text in enumerate(texts, start=3))
    assert numbers <= 2
