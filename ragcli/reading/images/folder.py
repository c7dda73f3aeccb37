"""`images/` and `manifest.jsonl`: the pictures of many files, taken out by the worker pool, resumed where it stopped."""

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from ragcli.reading.images.office import SUFFIXES as OFFICE
from ragcli.reading.images.office import office_images
from ragcli.reading.images.pdf import MIN_SIZE, Form, Picture, painted_images
from ragcli.reading.pool.pool import read_files
from ragcli.reading.walk import display
from ragcli.reading.work import Work
from ragcli.records import Document, Failure
from ragcli.settings import Reading

SUFFIXES = OFFICE | {".pdf"}
_MANIFEST, _FINISHED = "manifest.jsonl", ".finished.jsonl"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What extract_images did."""

    files: int = 0  # looked into in this run
    unchanged: int = 0  # finished by an earlier run
    pictures: int = 0  # different ones, of this run and of the unchanged files
    figures: int = 0  # of these, drawings that a caption claims
    captions: int = 0  # places with a caption
    places: int = 0  # rows of the manifest
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class Wanted(Reading):
    """The settings of reading, and what a worker needs to take pictures out."""

    out: Path = Path()
    pages: frozenset[int] | None = None  # from 1; None: all
    min_size: int = MIN_SIZE
    form: Form = "auto"

    @property
    def key(self) -> list[object]:
        """A run with another key takes all pictures out anew."""
        return [sorted(self.pages) if self.pages is not None else None, self.min_size, self.form]


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a worker found in one file: rows of the manifest."""

    rows: tuple[Mapping[str, Any], ...]
    failed: tuple[Failure, ...]


def extract_images(
    paths: Iterable[Path],
    wanted: Wanted,
    on_file: Callable[[Path], None] | None = None,
    passwords: Iterable[str] = (),
) -> Extraction:
    """Write the pictures of files as `out/images/<sha256, 12 digits>.<extension>`, and `out/manifest.jsonl`.

    The manifest has a line for each place of a picture: file, page, kind, box, xref, sha256, image, width, height,
    caption; page and box are null where a document has no pages. The same picture is written once, whichever files
    hold it. Files that an earlier run finished with the same options, and that have not changed since, are not opened
    again; pictures that no line names any more go.

    Returns: what was written, and what could not be read.
    Raises: OSError when `out` cannot be written.
    """
    out = wanted.out
    (out / "images").mkdir(parents=True, exist_ok=True)
    finished = _finished(out, wanted.key)
    kept, dropped = _kept_rows(out, finished)
    _write(out / _MANIFEST, kept)
    _write(out / _FINISHED, finished.values())
    stale, unchanged = [], 0
    for path in paths:
        if display(path) in finished:
            unchanged += 1
        else:
            stale.append(path)
    failed: list[Failure] = []
    rows = list(kept)
    work = Work(passwords=tuple(passwords))
    with (out / _MANIFEST).open("a", encoding="utf-8") as manifest, (out / _FINISHED).open("a") as done:
        for path, outcome in read_files(stale, wanted, wanted.jobs, on_file, f"{__name__}:take", work):
            if isinstance(outcome, Failure):
                failed.append(outcome)
                continue
            taken = cast(_Taken, outcome)
            rows += taken.rows
            failed += taken.failed
            manifest.writelines(_line(row) for row in taken.rows)
            manifest.flush()
            if not taken.failed:  # only now: a run that is killed before takes the file again
                done.write(_line(_state(path, wanted.key)))
                done.flush()
    for image in {row["image"] for row in dropped} - {row["image"] for row in rows}:
        (out / image).unlink(missing_ok=True)
    return Extraction(
        files=len(stale),
        unchanged=unchanged,
        pictures=len({row["image"] for row in rows}),
        figures=len({row["image"] for row in rows if row["kind"] == "figure"}),
        captions=sum(row["caption"] is not None for row in rows),
        places=len(rows),
        failed=tuple(failed),
    )


def take(path: Path, settings: Reading, work: Work) -> Document:
    """Take the pictures out of one file: run by a worker, whose results may be of any type."""
    wanted = cast(Wanted, settings)
    rows: list[Mapping[str, Any]] = []
    failed: list[Failure] = []
    for found in _pictures(path, wanted, work):
        if isinstance(found, Failure):
            failed.append(replace(found, path=display(path)))
            continue
        image = f"images/{found.sha256[:12]}.{found.extension}"
        target = wanted.out / image
        if not target.exists():
            unfinished = target.with_suffix(f".{os.getpid()}.part")  # another worker may be writing the same picture
            unfinished.write_bytes(found.data)
            unfinished.replace(target)
        rows += _rows(path, image, found)
    return cast(Document, _Taken(tuple(rows), tuple(failed)))


def _pictures(path: Path, wanted: Wanted, work: Work) -> Iterator[Picture | Failure]:
    if path.suffix.lower() in OFFICE:
        return office_images(path, wanted.pages, wanted.min_size, wanted.form)
    return painted_images(path, wanted.pages, wanted.min_size, wanted.form, work.passwords)


def _rows(path: Path, image: str, picture: Picture) -> list[Mapping[str, Any]]:
    return [
        {
            "file": display(path),
            "page": place.page,
            "kind": picture.kind,
            "box": [round(edge, 2) for edge in place.box] if place.box else None,
            "xref": picture.xref,
            "sha256": picture.sha256,
            "image": image,
            "width": picture.width,
            "height": picture.height,
            "caption": place.caption,
        }
        for place in picture.places
    ]


def _state(path: Path, key: list[object]) -> dict[str, Any]:
    now = path.stat()
    return {"file": display(path), "size": now.st_size, "mtime_ns": now.st_mtime_ns, "options": key}


def _finished(out: Path, key: list[object]) -> dict[str, Mapping[str, Any]]:
    """The files that an earlier run finished with the same options and that are still as they were."""
    found: dict[str, Mapping[str, Any]] = {}
    for state in _lines(out / _FINISHED):
        with contextlib.suppress(OSError):
            if _state(Path(state["file"]), key) == state:
                found[state["file"]] = state
    return found


def _kept_rows(out: Path, finished: Mapping[str, object]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    rows = _lines(out / _MANIFEST)
    kept = [row for row in rows if row["file"] in finished and (out / row["image"]).exists()]
    return kept, [row for row in rows if row["file"] not in finished]


def _lines(path: Path) -> list[Mapping[str, Any]]:
    """The lines of a file; a last one that a killed run left half written is no line."""
    if not path.exists():
        return []
    whole, _, _ = path.read_text(encoding="utf-8").rpartition("\n")
    return [json.loads(line) for line in whole.split("\n") if line]


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_text("".join(map(_line, rows)), encoding="utf-8")
    unfinished.replace(path)


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
