"""The second pass, as a user meets it: tables in the index, in order, within the budget, and nothing embedded twice."""

import contextlib
import dataclasses
import importlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ragcli.collection import Collection, deepen
from ragcli.collection.waiting import Waiting
from ragcli.reading.mupdf.lean_pymupdf import pymupdf
from ragcli.reading.ocr.installed import is_installed
from ragcli.records import Block, Report
from ragcli.settings import Reading, Settings

HERE = Path(__file__).parent
PARAGRAPHS = (
    ("The gauge at the mill", "The mill has had a gauge since the flood of 1911. It is read each morning by hand."),
    ("How the figures are kept", "Each figure goes into a bound book. The books of all years stand in the town hall."),
    ("Who may look at them", "Anybody may look at the books on Tuesdays. Copies are made at the desk for a fee."),
    ("What was found in May", "In May the river stood higher than in any May before. Two bridges had to be closed."),
)
READING = Reading(jobs=1, second_pass=600.0, equations="off")


@pytest.fixture
def report_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PDF of prose, a table on page 2 and its last rows on page 3."""
    monkeypatch.syspath_prepend(HERE.parent / "reading" / "pdf_tables")
    made: Any = importlib.import_module("table_pdfs")
    folder = tmp_path / "documents"
    folder.mkdir()
    rows = [["Gauge", "River", "Level in metres"], *([f"Pegel {n}", "Limn", f"{n}.25"] for n in range(1, 25))]
    path: Path = made.write(folder / "report.pdf", *[made.PROSE] * 6, None, "Table 4: Levels in May", rows, made.PROSE)
    return path


def ingest(pdf: Path, **changes: object) -> Report:
    settings = Settings(reading=dataclasses.replace(READING, **changes))  # type: ignore[arg-type]
    with Collection.open(settings=settings) as collection:
        return collection.ingest([pdf.parent])


def test_tables_are_found_with_their_page_caption_and_head(home: Path, report_pdf: Path) -> None:
    report = ingest(report_pdf)
    assert (report.second_pass.tables, report.second_pass.waiting, report.failed) == (2, 0, ())
    with Collection.open() as collection:
        hits = collection.query("level of Pegel 3 in May", k=9, where=["kind=table"]).hits
        (hit,) = (hit for hit in hits if "| Pegel 3 | Limn | 3.25 |" in hit.text)
        assert (hit.page, hit.section[-1]) == (2, "Table 4: Levels in May")
        (last,) = (hit for hit in hits if "| Pegel 24 |" in hit.text)
        assert last.pages[-1] == 3
        assert last.section[-1] == "Table 4: Levels in May"
        assert "| Gauge | River | Level in metres |" in last.text
        assert [row["tables"] for row in collection.ledger(str(report_pdf))] == [0, 1, 1]
        texts = [hit.text for hit in collection.query("Pegel", k=50, mode="lexical").hits]
        assert sum(text.count("Pegel 7 ") for text in texts) == 1
        assert collection.verify() == []


def test_an_answer_from_a_table_names_the_page_of_its_row(home: Path, report_pdf: Path) -> None:
    ingest(report_pdf)
    with Collection.open() as collection:
        answer = collection.ask("What was the level of Pegel 24?")
        assert {citation.page for citation in answer.citations if "24.25" in citation.quote} == {3}


def test_off_leaves_the_first_pass_and_index_goes_on_where_it_stopped(home: Path, report_pdf: Path) -> None:
    assert ingest(report_pdf, tables="off").second_pass.pages == 0
    assert ingest(report_pdf, second_pass=0.0).second_pass.waiting > 0
    with Collection.open(settings=Settings(reading=READING)) as collection:
        report = collection.index()
        assert (report.second_pass.tables, report.second_pass.waiting) == (2, 0)
        assert collection.index().second_pass.pages == 0
        assert collection.query("Pegel 3", k=1, where=["kind=table"]).hits
        assert collection.verify() == []


def test_however_often_it_commits_the_same_is_found(
    home: Path, report_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> list[tuple[str, int | None]]:
        with Collection.open() as collection:
            assert collection.verify() == []
            return [(hit.text, hit.page) for hit in collection.query("Pegel", k=50, mode="lexical").hits]

    ingest(report_pdf)
    at_once = found()
    commits: list[int] = []
    commit = deepen._Deepening._commit

    def counted(run: deepen._Deepening, pages: Mapping[Waiting, tuple[Block, ...]]) -> None:
        commits.append(len(pages))
        commit(run, pages)

    monkeypatch.setattr(deepen._Deepening, "_commit", counted)
    monkeypatch.setattr(deepen, "_UNCOMMITTED", 0.0)
    monkeypatch.setattr(deepen, "_PER_COMMIT", 0.0)
    with Collection.open(settings=Settings(reading=READING)) as collection:
        collection.ingest([report_pdf.parent], force=True)
    assert commits.count(1) > 1
    assert found() == at_once


def test_texts_that_stay_are_not_embedded_again(home: Path, report_pdf: Path) -> None:
    def vectors() -> dict[str, int]:
        with contextlib.closing(sqlite3.connect(home / "collections/default/catalog.sqlite")) as catalog:
            return dict(catalog.execute("SELECT text, vector_id FROM chunks").fetchall())

    ingest(report_pdf, tables="off")
    before = vectors()
    with Collection.open(settings=Settings(reading=READING)) as collection:
        collection.index()
    after = vectors()
    stayed = before.keys() & after.keys()
    assert stayed
    assert {before[text] for text in stayed} == {after[text] for text in stayed}
    assert any("Pegel 3 " in text for text in after.keys() - stayed)


def test_a_file_that_is_gone_waits(home: Path, report_pdf: Path, tmp_path: Path) -> None:
    ingest(report_pdf, tables="off")
    report_pdf.rename(tmp_path / "elsewhere.pdf")
    with Collection.open(settings=Settings(reading=READING)) as collection:
        report = collection.index()
        assert (report.second_pass.pages, report.second_pass.waiting > 0) == (0, True)
        assert collection.query("Pegel 3", k=1).hits


def test_a_page_that_takes_too_long_keeps_its_text(home: Path, report_pdf: Path) -> None:
    ingest(report_pdf, tables="off")
    hasty = Settings(reading=dataclasses.replace(READING, timeout=0.1))
    with Collection.open(settings=hasty) as collection:
        report = collection.index()
        assert {failure.kind for failure in report.second_pass.failed} == {"timeout"}
        assert report.second_pass.waiting == 0
        assert collection.query("Pegel 3", k=1).hits
        rows = collection.ledger(str(report_pdf))
        assert all(row["problem"] is None for row in rows)
        assert "timeout" in rows[1]["second_pass"]["table"]


def scan_of(pdf: Path) -> Path:
    """The pages of a PDF as pictures alone, lying on their side in the file and turned by it, in the place of the PDF."""
    with pymupdf.open(pdf) as source, pymupdf.open() as scan:
        for page in source:
            picture = page.get_pixmap(matrix=pymupdf.Matrix(200 / 72, 200 / 72).prerotate(-90))
            new = scan.new_page(width=page.rect.height, height=page.rect.width)
            new.insert_image(new.rect, stream=picture.tobytes("jpeg"))
            new.set_rotation(90)
        scan.save(pdf.with_name("scan.pdf"))
    pdf.unlink()
    return pdf.with_name("scan.pdf")


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="there is no OCR engine")
def test_tables_of_scanned_pages_are_tables_and_the_page_stays_a_recognised_one(home: Path, report_pdf: Path) -> None:
    scan = scan_of(report_pdf)
    report = ingest(scan, second_pass=0.0)
    assert (report.second_pass.tables, report.second_pass.waiting) == (0, 2)
    assert list((home / "cache" / "ocr").rglob("*.ocr"))
    with Collection.open(settings=Settings(reading=dataclasses.replace(READING, ocr="never"))) as collection:
        assert collection.index().second_pass.pages == 0  # they could not be read again
    with Collection.open(settings=Settings(reading=READING)) as collection:
        assert collection.index().second_pass.tables == 1
        found = collection.query("level of Pegel 3 in May", k=9, where=["kind=table"]).hits
        (hit,) = (hit for hit in found if "| Pegel 3 | Limn | 3.25 |" in hit.text)
        assert hit.page == 2
        assert [(row["method"], row["tables"]) for row in collection.ledger(str(scan))] == [
            ("ocr", 0),
            ("ocr", 1),
            ("ocr", 0),
        ]
        prose = " ".join(block.text for block in collection.page(str(scan), 2).blocks if block.kind != "table")
        assert "Pegel" not in prose
        assert "The network was built" in " ".join(block.text for block in collection.page(str(scan), 1).blocks)


@pytest.fixture
def disordered_pdf(report_pdf: Path) -> Path:
    """The report with a last page that was drawn from its last paragraph to its first."""
    with pymupdf.open(report_pdf) as document:
        page = document.new_page()
        for number, (head, text) in reversed(list(enumerate(PARAGRAPHS))):
            top = 72 + 150 * number
            page.insert_textbox((72, top, 520, top + 24), head, fontsize=14, fontname="hebo")
            page.insert_textbox((72, top + 26, 520, top + 120), text * 3, fontsize=10)
        document.saveIncr()
    return report_pdf


def test_a_page_drawn_out_of_order_is_put_in_order_and_stays_so(home: Path, disordered_pdf: Path) -> None:
    heads = [head for head, _ in PARAGRAPHS]

    def read(collection: Collection) -> list[str]:
        text = "".join(block.text for block in collection.page(str(disordered_pdf), 4).blocks)
        return sorted(heads, key=text.index)

    report = ingest(disordered_pdf, tables="off", second_pass=0.0)
    assert (report.second_pass.ordered, report.second_pass.waiting) == (0, 1)
    with Collection.open(settings=Settings(reading=dataclasses.replace(READING, tables="off"))) as collection:
        assert read(collection)[0] == heads[-1]
        done = collection.index().second_pass
        assert (done.ordered, done.pages, done.waiting) == (1, 1, 0)
        assert read(collection) == heads
        assert collection.verify() == []
    with Collection.open(settings=Settings(reading=READING)) as collection:  # tables: the file is read anew
        done = collection.index().second_pass
        assert (done.tables, done.ordered) == (2, 0)
        assert read(collection) == heads
        assert collection.verify() == []
