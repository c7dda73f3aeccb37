"""What an extractor reads is held against what rag read itself; nothing is lost, nothing is read twice."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ragcli.errors import ModelError, ReadError
from ragcli.reading.extractors.cache import ExtractionCache
from ragcli.reading.extractors.extraction import LOST, Extraction, lost_share, merged
from ragcli.records import Block, Document, Page

PROSE = (
    "The ferry to Skarn sails at seven forty from the old pier and a ticket costs fifty eight crowns for each person"
)
texts = st.lists(st.text(st.characters(categories=["L", "N", "Z", "P"]), max_size=30), max_size=6)


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(text, bbox=(50.0, 50.0 * n, 300.0, 50.0 * n + 20)) for n, text in enumerate(texts, start=1))


def page(*found: Block, **facts: object) -> Page:
    return Page(1, found, width=612.0, height=792.0, **facts)  # type: ignore[arg-type]


@given(texts)
def test_nothing_is_lost_of_itself_and_all_to_nothing(said: list[str]) -> None:
    own = blocks(*said)
    assert lost_share(own, own) == 0.0
    assert lost_share(own, own[::-1]) == 0.0
    assert lost_share(own, ()) in (0.0, 1.0)


def test_the_share_worked_by_hand() -> None:
    assert (
        lost_share(blocks("one two three", "two"), blocks("One, TWO; three.")) == 0.25
    )  # a word as often as it stands
    assert lost_share(blocks("reading the exam", "ple"), blocks("reading the example")) == 0.25  # "exam" is inside
    assert lost_share(blocks("a b c"), ()) == 0.0  # single letters are no words


def test_a_page_that_lost_little_is_taken_and_its_own_headings_keep_their_level() -> None:
    own = page(Block("2. Tariffs", "heading", (50, 20, 300, 30), 2), *blocks(PROSE), images=3, table_score=0.5)
    other = page(Block("2. Tariffs", "heading", (50, 20, 300, 30), 5), *blocks(PROSE))
    taken = merged(own, other, "marker")
    assert (taken.method, taken.fallback, taken.images, taken.table_score) == ("marker", None, 3, 0.0)
    assert [(block.text, block.level) for block in taken.blocks] == [("2. Tariffs", 2), (PROSE, 0)]


def test_a_page_that_lost_much_keeps_its_own_reading_and_says_why() -> None:
    words = PROSE.split()
    own = page(*blocks(PROSE))
    kept = merged(own, page(*blocks(" ".join(words[: len(words) // 2]))), "marker")
    assert (kept.blocks, kept.method) == (own.blocks, "text")
    assert kept.fallback == "48% of the words were lost"
    assert merged(own, page(), "marker").fallback == "nothing was read"
    assert LOST < 0.5


def test_a_page_with_words_that_nobody_wrote_keeps_its_own_reading() -> None:
    own = page(*blocks(PROSE))
    invented = "Passengers are kindly asked to remain seated until the captain has said so twice."
    kept = merged(own, page(*blocks(PROSE, invented)), "marker")
    assert (kept.blocks, kept.method) == (own.blocks, "text")
    assert kept.fallback == "40% of the words read are not in rag's own reading"
    math = (Block(r"where $\mathrm{tariff} > \alpha$ holds", bbox=(50, 200, 300, 220)),)
    assert merged(page(*blocks(PROSE, "where t > a holds")), page(*blocks(PROSE), *math), "marker").method == "marker"
    scan = page(*blocks(PROSE), method="ocr")  # OCR may have missed it
    assert merged(scan, page(*blocks(PROSE, invented)), "marker").method == "marker"


def test_a_heading_that_was_read_as_text_stays_a_heading() -> None:
    heading = Block("2. Tariffs", "heading", (50, 20, 300, 30), 2)
    taken = merged(
        page(heading, *blocks(PROSE)), page(Block("2. TARIFFS", bbox=heading.bbox), *blocks(PROSE)), "marker"
    )
    assert (taken.blocks[0].kind, taken.blocks[0].level) == ("heading", 2)


def test_a_title_whose_words_stand_all_over_the_page_is_put_back_in_its_place() -> None:
    title = Block("Tariffs of the old ferry", "heading", (50, 10, 300, 24), 1)
    rest = blocks(PROSE, "The old tariffs were lower, and the pier of the ferry was made of wood.", f"{PROSE} again")
    taken = merged(page(title, *rest), page(*rest), "marker")
    assert taken.blocks == (title, *rest)
    last = Block("Printed on the isle itself", "text", (50, 700, 300, 720))
    assert merged(page(*rest, last), page(*rest), "marker").blocks == (*rest, last)


def test_a_formula_has_its_letters_from_the_page_and_its_latex_from_the_extractor() -> None:
    own = page(*blocks(PROSE), Block("E = mc2 (4)", bbox=(100, 300, 400, 320)))
    formula = Block("E = mc^2", "equation", (98, 298, 402, 322), latex="E = mc^2")
    taken = merged(own, page(*blocks(PROSE), formula), "marker")
    assert taken.blocks[-1] == Block("E = mc2 (4)", "equation", (98, 298, 402, 322), latex="E = mc^2", label="4")
    assert len(taken.blocks) == 2


def test_boxes_come_into_the_points_of_the_page_and_none_onto_one_of_another_shape() -> None:
    pixels = Page(1, (Block(PROSE, bbox=(100, 100, 200, 200)),), width=1224.0, height=1584.0)
    assert merged(page(*blocks(PROSE)), pixels, "marker").blocks[0].bbox == (50, 50, 100, 100)
    turned = Page(1, (Block(PROSE, bbox=(100, 100, 200, 200)),), width=792.0, height=612.0)
    assert merged(page(*blocks(PROSE)), turned, "marker").blocks[0].bbox is None


def test_words_that_ocr_may_have_read_wrong_weigh_less() -> None:
    words = PROSE.split()
    other = page(*blocks(" ".join(words[: round(len(words) * 0.6)])))
    assert merged(page(*blocks(PROSE), method="ocr"), other, "marker").method == "marker"
    assert merged(page(*blocks(PROSE)), other, "marker").method == "text"
    unread = page(method="none", problem="a scan; no engine")
    assert merged(unread, other, "marker").problem is None


class Recorder:
    """An extractor that reads the same on every page, or fails as it is told."""

    name = identity = "recorder"
    sends: str | None = None

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.asked: list[list[int]] = []

    def read(self, path: Path, numbers: Sequence[int]) -> Mapping[int, Page]:
        self.asked.append(list(numbers))
        if self.errors and (error := self.errors.pop(0)):
            raise error
        return {number: Page(number, blocks(PROSE), width=612.0, height=792.0) for number in numbers}

    def close(self) -> None:
        pass


def document(pages: int = 3) -> Document:
    return Document("pdf", tuple(Page(n, blocks(PROSE), width=612.0, height=792.0) for n in range(1, pages + 1)))


def test_what_was_read_is_kept_by_content_and_identity(tmp_path: Path) -> None:
    first = Recorder()
    read = Extraction(first, ExtractionCache(tmp_path / "kept")).improve(Path("a.pdf"), "sha", document())
    assert [page.method for page in read.pages] == ["recorder"] * 3
    again = Recorder()
    extraction = Extraction(again, ExtractionCache(tmp_path / "kept"))
    assert extraction.improve(Path("b.pdf"), "sha", document()) == read
    assert again.asked == []
    extraction.improve(Path("a.pdf"), "other bytes", document())
    assert again.asked == [[1, 2, 3]]
    newer = Recorder()
    newer.identity = "recorder, a later release"
    Extraction(newer, ExtractionCache(tmp_path / "kept")).improve(Path("a.pdf"), "sha", document())
    assert newer.asked == [[1, 2, 3]]
    assert ((tmp_path / "kept").stat().st_mode & 0o777) == 0o700
    for file in (tmp_path / "kept").rglob("*.z"):  # cut short: it is read again
        file.write_bytes(file.read_bytes()[:20])
    assert extraction.improve(Path("a.pdf"), "sha", document()).pages == read.pages


def test_a_long_file_is_read_in_parts_and_keeps_those_before_a_failure(tmp_path: Path) -> None:
    extractor = Recorder(None, ReadError("it hung", "wait", "timeout"))
    read = Extraction(extractor, ExtractionCache(tmp_path)).improve(Path("a.pdf"), "sha", document(30))
    assert extractor.asked == [list(range(1, 21)), list(range(21, 31))]
    assert [page.method for page in read.pages] == ["recorder"] * 20 + ["text"] * 10
    assert {page.fallback for page in read.pages[20:]} == {"it hung; wait"}
    assert read.warnings == ("10 of 30 pages were read without recorder: it hung; wait",)


def test_an_extractor_that_can_not_start_is_not_tried_again_one_that_fails_at_files_thrice(tmp_path: Path) -> None:
    extractor = Recorder(ModelError("it does not start", "see the log"))
    extraction = Extraction(extractor, ExtractionCache(tmp_path))
    told = [extraction.improve(Path("a.pdf"), f"sha {n}", document()).warnings for n in range(3)]
    assert told == [("the file was read without recorder: it does not start; see the log",)] * 3
    assert len(extractor.asked) == 1
    extractor = Recorder(*[ReadError("it crashed", "see the log")] * 5)
    extraction = Extraction(extractor, ExtractionCache(tmp_path))
    for n in range(6):
        assert extraction.improve(Path("a.pdf"), f"sha {n}", document()).pages[0].method == "text"
    assert len(extractor.asked) == 3


def test_other_formats_are_not_its_own(tmp_path: Path) -> None:
    extractor = Recorder()
    text = Document("txt", (Page(None, blocks(PROSE)),))
    assert Extraction(extractor, ExtractionCache(tmp_path)).improve(Path("a.txt"), "sha", text) is text
    assert extractor.asked == []
