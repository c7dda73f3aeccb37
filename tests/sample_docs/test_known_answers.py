"""The sample documents hold what their known answers say, and `make.py` makes exactly the committed files."""

import html.parser
import importlib
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image, ImageChops, ImageStat

if "pymupdf" not in sys.modules:
    # Lean, as the package imports it: a plain import here would load the layout model for all tests after this one.
    sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
    sys.modules.setdefault("pymupdf4llm", None)  # type: ignore[arg-type]
pymupdf: Any = importlib.import_module("pymupdf")  # it has no types

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "sample_docs"
PASSWORD = "moulin-neuf-2024"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "tests/data/sample_answers.jsonl").read_text("utf-8").splitlines()
]
ANSWERED = [question for question in QUESTIONS if not question["unanswerable"]]


class _Text(html.parser.HTMLParser):
    """The text of a page without its scripts, styles and navigation; a heading opens a new part."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, str] = {}
        self.heading, self.skipped, self.in_heading = "", 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipped += tag in ("script", "style", "nav", "footer", "aside")
        if tag in ("h1", "h2"):
            self.heading, self.in_heading = "", True

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("script", "style", "nav", "footer", "aside")
        self.in_heading = self.in_heading and tag not in ("h1", "h2")

    def handle_data(self, data: str) -> None:
        if self.in_heading:
            self.heading += data
        elif not self.skipped:
            self.parts[self.heading] = self.parts.get(self.heading, "") + " " + data


def normal(text: str) -> str:
    """Join line-end hyphens, make every space a plain single one, compose accents."""
    return " ".join(re.sub(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])", "", unicodedata.normalize("NFC", text)).split())


def parts_of(path: Path) -> dict[int | str, str]:
    """Return the text of each page, or of each section where the format has no pages, by number or heading."""
    if path.suffix == ".pdf":
        with pymupdf.open(path) as document:
            if document.needs_pass:
                document.authenticate(PASSWORD)
            return {page.number + 1: page.get_text() for page in document}
    if path.suffix == ".docx":
        sections: dict[int | str, str] = {}
        heading = ""
        for block in docx.Document(str(path)).iter_inner_content():
            if isinstance(block, docx.table.Table):
                text = "\n".join(cell.text for row in block.rows for cell in row.cells)
            elif block.style is not None and str(block.style.name).startswith("Heading"):
                heading, text = block.text, ""
            else:
                text = block.text
            sections[heading] = sections.get(heading, "") + "\n" + text
        return sections
    if path.suffix == ".epub":
        read = _Text()
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith("OEBPS/chapter"):
                    read.feed(archive.read(name).decode())
        return {heading: text for heading, text in read.parts.items()}  # noqa: C416  widens the type of the key
    if path.suffix == ".html":
        read = _Text()
        read.feed(path.read_text("utf-8"))
        return {heading: text for heading, text in read.parts.items()}  # noqa: C416  widens the type of the key
    if path.suffix == ".md":
        found = re.split(r"^#+ (.*)$", path.read_text("utf-8"), flags=re.MULTILINE)
        return dict(zip(found[1::2], found[2::2], strict=True))
    return {"": path.read_text("utf-8")}


@cache
def committed(name: str) -> dict[int | str, str]:
    return {place: normal(text) for place, text in parts_of(DOCS / name).items()}


@cache
def scanned_words() -> str:
    """What was printed before it was scanned; the answers of the scan are checked against it, without OCR."""
    sys.path.insert(0, str(DOCS))
    try:
        hard_cases: Any = importlib.import_module("_source.hard_cases")
    finally:
        sys.path.remove(str(DOCS))
    return normal(" ".join([*(" ".join(line) for line in hard_cases.INVOICE_LINES), *hard_cases.INVOICE_TEXT]))


def text_at(name: str, pages: list[int], section: str | None) -> str:
    if name == "facture-castagne-scan.pdf":
        return scanned_words()
    parts = committed(name)
    places: list[Any] = pages or ([section] if section else list(parts))
    return " ".join(parts[place] for place in places)


def test_the_questions_are_of_every_sort() -> None:
    assert len(QUESTIONS) >= 30
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert sum(question["needs"] == 2 for question in QUESTIONS) >= 5
    assert sum(question["unanswerable"] for question in QUESTIONS) >= 5
    assert {question["kind"] for question in QUESTIONS} == {"text", "table", "caption", "equation", "footnote", "scan"}
    assert {question["lang"] for question in QUESTIONS} == {"en", "fr"}


@pytest.mark.parametrize("question", ANSWERED, ids=lambda question: question["id"])
def test_every_answer_stands_where_it_is_said_to_stand(question: dict[str, Any]) -> None:
    places = question.get("doc_pages") or {question["docs"][0]: question["pages"]}
    assert list(places) == question["docs"]
    assert places[question["docs"][0]] == question["pages"]
    # The section belongs to the first document, which is the one with the answer.
    texts = [text_at(name, pages, None if i else question["section"]) for i, (name, pages) in enumerate(places.items())]
    for answer in question["answers"]:
        assert any(normal(answer) in text for text in texts), answer
    for name, pages in places.items():
        if pages and name in question["docs"][:1] and question["needs"] == 1 and question["kind"] != "scan":
            for page in pages:
                assert any(normal(answer) in committed(name)[page] for answer in question["answers"]), page


@pytest.mark.parametrize("question", [q for q in ANSWERED if q["needs"] == 2], ids=lambda question: question["id"])
def test_both_documents_of_a_joined_question_hold_their_half(question: dict[str, Any]) -> None:
    assert list(question["evidence"]) == question["docs"]
    for name, evidence in question["evidence"].items():
        assert normal(evidence) in text_at(name, question["doc_pages"][name], None)


def test_the_scan_is_an_image_and_nothing_else() -> None:
    with pymupdf.open(DOCS / "facture-castagne-scan.pdf") as document:
        assert [page.get_text().strip() for page in document] == [""]
        assert [len(page.get_image_info()) for page in document] == [1]


def test_the_note_opens_with_its_password_only() -> None:
    with pymupdf.open(DOCS / "note-depot-chiffree.pdf") as document:
        assert document.needs_pass
        assert not document.authenticate("moulin-neuf-2023")
        assert document.authenticate(PASSWORD)
        assert "7315" in document[0].get_text()
    assert PASSWORD in (DOCS / "README.md").read_text("utf-8")


def test_the_truncated_annex_has_no_page() -> None:
    with pymupdf.open(DOCS / "annexe-jaugeages-tronquee.pdf") as document:
        assert document.page_count == 0


def test_the_report_is_long_and_has_an_outline() -> None:
    with pymupdf.open(DOCS / "rapport-annuel-2023.pdf") as document:
        assert document.page_count >= 20
        outline = document.get_toc()
        assert {level for level, _, _ in outline} == {1, 2}
        for _, heading, page in outline:
            assert normal(heading) in committed("rapport-annuel-2023.pdf")[page]


def test_the_columns_of_the_paper_are_read_one_after_the_other() -> None:
    pages = committed("limnar-radar-paper.pdf")
    assert pages[1].index("1 Introduction") < pages[1].index("2.1 The bridges") < pages[1].index("2.2 The gauges")
    assert pages[2].index("3.3 From stage") < pages[2].index("4 Results") < pages[2].index("4.3 Ice")


def _grey(path: Path) -> Image.Image:
    with pymupdf.open(path) as document:
        pixmap = document[0].get_pixmap(dpi=60, colorspace=pymupdf.csGRAY)
    return Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)


def test_the_script_makes_the_committed_files(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", DOCS / "make.py", tmp_path], check=True)
    names = sorted(path.name for path in DOCS.iterdir() if path.is_file() and path.suffix != ".py")
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert parts_of(tmp_path / name) == parts_of(DOCS / name), name
    # Two files have no text to compare. Pixels may differ a little between versions of the libraries.
    scans = [_grey(folder / "facture-castagne-scan.pdf") for folder in (tmp_path, DOCS)]
    assert ImageStat.Stat(ImageChops.difference(*scans)).mean[0] < 4
    cut = [(folder / "annexe-jaugeages-tronquee.pdf").read_bytes() for folder in (tmp_path, DOCS)]
    assert abs(len(cut[0]) - len(cut[1])) < 200
    assert sum(path.stat().st_size for path in DOCS.iterdir() if path.is_file()) < 2_000_000
