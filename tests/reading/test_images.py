"""Pictures that are painted: their own bytes or lossless PNG, each once, with all its places and its caption."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from ragcli.errors import ReadError
from ragcli.reading.images import Picture, extract_images, painted_images
from ragcli.reading.lean_pymupdf import pymupdf
from ragcli.records import Failure


def pixels(colour: tuple[int, ...] = (200, 30, 30), size: int = 64) -> Any:
    space = {1: pymupdf.csGRAY, 3: pymupdf.csRGB, 4: pymupdf.csCMYK}[len(colour)]
    made = pymupdf.Pixmap(space, size, size, bytes(colour) * (size * size), False)
    made.set_rect((8, 8, 24, 24), tuple(255 - value for value in colour))  # something to see
    return made


def jpeg(colour: tuple[int, ...] = (200, 30, 30)) -> bytes:
    data: bytes = pixels(colour).tobytes("jpeg")
    return data


def saved(document: Any, tmp_path: Path, name: str = "a.pdf") -> Path:
    path = tmp_path / name
    document.save(path)
    return path


def pictures(path: Path, **options: Any) -> list[Picture]:
    found = list(painted_images(path, **options))
    assert not [failure for failure in found if isinstance(failure, Failure)]
    return [picture for picture in found if isinstance(picture, Picture)]


def test_a_jpeg_keeps_its_own_bytes(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page().insert_image((100, 100, 200, 200), stream=jpeg())
    (picture,) = pictures(saved(document, tmp_path))
    assert picture.data == jpeg()
    assert picture.sha256 == hashlib.sha256(jpeg()).hexdigest()
    assert (picture.extension, picture.width, picture.height, picture.page) == ("jpeg", 64, 64, 1)
    assert picture.bbox == pytest.approx((100, 100, 200, 200))


def test_the_same_picture_comes_once_with_its_places(tmp_path: Path) -> None:
    document = pymupdf.open()
    for n in range(3):
        document.new_page().insert_image((10 * n, 0, 10 * n + 50, 50), stream=jpeg())
    document[1].insert_image((300, 300, 400, 400), stream=jpeg())
    document[2].insert_image((300, 300, 400, 400), stream=jpeg((1, 2, 250)))
    first, second = pictures(saved(document, tmp_path))
    assert [page for page, _ in first.places] == [1, 2, 2, 3]
    assert [page for page, _ in second.places] == [3]


def test_a_soft_mask_becomes_transparency(tmp_path: Path) -> None:
    document = pymupdf.open()
    alpha = bytearray([255] * 64 * 64)
    alpha[0] = 0
    mask = pymupdf.Pixmap(pymupdf.csGRAY, 64, 64, bytes(alpha), False)
    document.new_page().insert_image((0, 0, 50, 50), stream=jpeg(), mask=mask.tobytes("png"))
    (picture,) = pictures(saved(document, tmp_path))
    shown = pymupdf.Pixmap(picture.data)
    assert picture.extension == "png"
    assert shown.alpha == 1
    assert (shown.pixel(0, 0)[-1], shown.pixel(1, 1)[-1]) == (0, 255)


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page().insert_image((0, 0, 50, 50), stream=jpeg((0, 255, 255, 0)))
    path = saved(document, tmp_path)
    (picture,) = pictures(path)
    shown = pymupdf.Pixmap(picture.data)
    with pymupdf.open(path) as document:
        on_page = document[0].get_pixmap().pixel(40, 40)
    assert (picture.extension, shown.colorspace.n) == ("png", 3)
    assert shown.pixel(51, 51) == pytest.approx(on_page, abs=3)


def test_an_inline_picture_has_no_number_but_is_found(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    contents = document.get_new_xref()
    document.update_object(contents, "<<>>")
    grey = bytes(range(64)) * 64
    document.update_stream(
        contents, b"q 100 0 0 100 50 50 cm BI /W 64 /H 64 /BPC 8 /CS /G ID " + grey + b"\nEI Q", new=True
    )
    document.xref_set_key(page.xref, "Contents", f"{contents} 0 R")
    (picture,) = pictures(saved(document, tmp_path))
    shown = pymupdf.Pixmap(picture.data)
    assert picture.xref == 0
    assert [shown.pixel(x, 0)[0] for x in (0, 10, 63)] == [0, 10, 63]


def test_what_is_listed_but_not_painted_is_no_picture(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image((0, 0, 50, 50), stream=jpeg())
    page.clean_contents()
    document.update_stream(page.get_contents()[0], b"q Q")
    path = saved(document, tmp_path)
    assert document[0].get_images()
    assert pictures(path) == []


def test_small_ones_and_other_pages_are_left_out(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page().insert_image((0, 0, 50, 50), stream=pixels(size=30).tobytes("png"))
    document.new_page().insert_image((0, 0, 50, 50), stream=jpeg())
    path = saved(document, tmp_path)
    assert [picture.page for picture in pictures(path)] == [2]
    assert [picture.page for picture in pictures(path, min_size=8)] == [1, 2]
    assert pictures(path, pages={1}) == []


def test_the_caption_below_is_linked_and_a_tables_is_not(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((100, 90), "Table 1: Not about the picture.")
    page.insert_image((100, 100, 200, 200), stream=jpeg())
    page.insert_text((100, 215), "Figure 1: The mill.")
    page.insert_image((100, 400, 200, 500), stream=jpeg((9, 9, 250)))
    assert [picture.caption for picture in pictures(saved(document, tmp_path))] == ["Figure 1: The mill.", None]


def test_a_picture_that_fails_costs_that_picture_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image((0, 0, 50, 50), stream=jpeg())
    page.insert_image((100, 0, 150, 50), stream=jpeg((9, 9, 250)))
    path = saved(document, tmp_path)
    extract = pymupdf.Document.extract_image
    calls: list[int] = []

    def failing(self: Any, xref: int) -> Any:
        calls.append(xref)
        if len(calls) == 1:
            raise ValueError("bad xref")
        return extract(self, xref)

    monkeypatch.setattr(pymupdf.Document, "extract_image", failing)
    failed, kept = painted_images(path)
    assert failed == Failure(str(path), "unreadable", "a picture: bad xref", 1)
    assert isinstance(kept, Picture)


def test_the_folder_and_its_manifest(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page().insert_image((100, 100, 200, 200), stream=jpeg())
    one, two = saved(document, tmp_path, "one.pdf"), saved(document, tmp_path, "two.pdf")
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(one.read_bytes()[:300])
    report = extract_images([one, cut, two], tmp_path / "out")
    assert (report.files, report.pictures, report.places) == (3, 1, 2)
    assert [(failure.path, failure.kind) for failure in report.failed] == [(str(cut), "truncated")]
    rows = [json.loads(line) for line in (tmp_path / "out/manifest.jsonl").read_text().splitlines()]
    assert [row["file"] for row in rows] == [str(one), str(two)]
    row = rows[0]
    assert list(row) == ["file", "page", "kind", "box", "xref", "sha256", "image", "width", "height", "caption"]
    assert row["image"] == f"images/{row['sha256'][:12]}.jpeg"
    assert (tmp_path / "out" / row["image"]).read_bytes() == jpeg()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["images", "manifest.jsonl"]


def test_a_file_that_cannot_be_opened_raises(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        list(painted_images(empty))
