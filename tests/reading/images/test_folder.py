"""The folder of pictures: a manifest, each picture once, and a second run that only does what is left."""

import json
from pathlib import Path
from typing import Any

from ragcli.reading.images.folder import Wanted, extract_images
from tests.reading.images.test_pdf import PAINT
from tests.reading.picture_files import Made, photograph


def paper(folder: Path, name: str, mode: str = "RGB") -> Path:
    made = Made()
    made.page(PAINT, I=made.raw(photograph(mode)))
    return made.save(folder, name)


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]


def saved(out: Path) -> set[str]:
    return {f"images/{path.name}" for path in (out / "images").iterdir()}


def test_the_folder_and_its_manifest(tmp_path: Path) -> None:
    one, two = paper(tmp_path, "one.pdf"), paper(tmp_path, "two.pdf")
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(one.read_bytes()[:100])
    out = tmp_path / "out"
    report = extract_images([one, cut, two], Wanted(jobs=2, out=out))
    assert (report.files, report.pictures, report.places) == (3, 1, 2)
    assert [(failure.path, failure.kind) for failure in report.failed] == [(str(cut), "truncated")]
    first, second = rows(out)
    assert [first["file"], second["file"]] == [str(one), str(two)]
    assert list(first) == ["file", "page", "kind", "box", "xref", "sha256", "image", "width", "height", "caption"]
    assert first["image"] == second["image"] == f"images/{first['sha256'][:12]}.png"
    assert saved(out) == {first["image"]}


def test_a_second_run_opens_only_what_is_new_or_changed(tmp_path: Path) -> None:
    one, two = paper(tmp_path, "one.pdf"), paper(tmp_path, "two.pdf", "L")
    out = tmp_path / "out"
    extract_images([one, two], Wanted(jobs=1, out=out))
    before = rows(out)
    looked_at: list[Path] = []
    again = extract_images([one, two], Wanted(jobs=1, out=out), looked_at.append)
    assert (again.files, again.unchanged, again.pictures) == (0, 2, 2)
    assert looked_at == []
    assert rows(out) == before
    paper(tmp_path, "two.pdf", "CMYK")
    changed = extract_images([one, two], Wanted(jobs=1, out=out), looked_at.append)
    assert (changed.unchanged, looked_at) == (1, [two])
    assert len(rows(out)) == 2
    assert saved(out) == {row["image"] for row in rows(out)}
    extract_images([one, two], Wanted(jobs=1, out=out, min_size=500), looked_at.append)  # other options: all anew
    assert looked_at[1:] == [one, two]
    assert rows(out) == []
    assert saved(out) == set()


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    """What a kill may leave: rows of a file that was not finished, half a row, half a picture."""
    one, two = paper(tmp_path, "one.pdf"), paper(tmp_path, "two.pdf", "L")
    out = tmp_path / "out"
    extract_images([one, two], Wanted(jobs=1, out=out))
    whole = rows(out)
    (out / ".finished.jsonl").write_text((out / ".finished.jsonl").read_text().splitlines()[0] + '\n{"file": "')
    with (out / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"file": "half')
    again = extract_images([one, two], Wanted(jobs=1, out=out))
    assert (again.files, again.unchanged) == (1, 1)
    assert rows(out) == whole
