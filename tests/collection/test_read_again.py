"""Files that are read again although they have not changed, once what was missing is there: OCR, a password."""

import shutil
from pathlib import Path

import pytest

from ragcli.collection import Collection
from ragcli.embedding.models import MULTILINGUAL
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.installed import NO_ENGINE, NO_SCRIPT, is_installed
from ragcli.reading.ocr.need import SCAN
from ragcli.settings import Reading, Settings

SAMPLE = Path(__file__).parent.parent.parent / "sample_docs" / "facture-castagne-scan.pdf"
PASSWORD = "quiet-otter-91"


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="there is no OCR engine")
@pytest.mark.parametrize(
    "lacking",
    [
        NO_ENGINE,
        pytest.param(
            f"{NO_SCRIPT}; install tesseract's data for 'en' (Debian: apt install tesseract-ocr-eng)",
            marks=pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed"),
        ),
    ],
)
def test_a_scan_is_read_as_soon_as_there_is_what_reads_it(home: Path, tmp_path: Path, lacking: str) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    shutil.copy(SAMPLE, folder)
    with Collection.open(settings=Settings(reading=Reading(ocr="never"))) as collection:
        (failure,) = collection.ingest([folder]).failed
        assert (failure.page, failure.kind) == (1, "page")
        assert failure.reason.startswith(SCAN)
    with Collection.open() as collection:
        assert collection.ingest([folder]).unchanged == 1  # nothing tells that it would be read otherwise now
        # As a run without an engine leaves it, or without the data for its script.
        with collection._writing(create=False) as catalog, catalog.transaction():
            catalog.sql.execute("UPDATE pages SET problem = ?", (f"{SCAN}; {lacking}",))
        report = collection.ingest([folder])
        assert (report.updated, report.unchanged, report.failed) == (1, 0, ())
        assert any(MULTILINGUAL in note for note in report.notes)  # chosen now that there is a text
        hits = collection.query("Quel est le total à payer ?").hits
        assert {(hit.method, hit.page) for hit in hits} == {("ocr", 1)}
        assert any("32 960,16" in hit.text for hit in hits)
        assert collection.ingest([folder]).unchanged == 1


def test_a_locked_file_is_tried_again_with_a_password_that_is_kept_nowhere(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    document = pymupdf.open()
    document.new_page().insert_text((50, 100), "The key of the weir lies under the third stone.")
    document.save(folder / "note.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=PASSWORD, owner_pw="owner")
    with Collection.open() as collection:
        (failure,) = collection.ingest([folder]).failed
        assert failure.kind == "encrypted"
        assert "--password-file" in failure.reason
        (failure,) = collection.ingest([folder], passwords=["wrong"]).failed
        assert failure.kind == "encrypted"
        report = collection.ingest([folder], passwords=["wrong", PASSWORD])
        assert (report.updated, report.failed) == (1, ())
        assert "third stone" in collection.query("where is the key of the weir").hits[0].text
        (failure,) = collection.ingest([folder], force=True).failed  # the same bytes, and this time no password
        assert failure.kind == "encrypted"
        assert failure.reason.endswith("what was read of it before is kept")
        assert "third stone" in collection.query("where is the key of the weir").hits[0].text
        assert (collection.ingest([folder]).unchanged, collection.ingest([folder]).failed) == (1, ())
    kept = [path for path in home.rglob("*") if path.is_file() and not path.is_relative_to(home / "models")]
    assert kept
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]
