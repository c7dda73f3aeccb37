"""`rag extract-images`: pictures and figures into a folder with a manifest."""

import re
from pathlib import Path
from typing import Annotated

import typer

from ragcli.cli import options
from ragcli.counted import counted
from ragcli.errors import UsageError


def extract_images(
    paths: Annotated[
        list[Path],
        typer.Argument(
            parser=options.path, help="PDF, DOCX, PPTX and EPUB files, and folders of them.", metavar="PATH..."
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to fill.", metavar="FOLDER")] = Path(
        "extracted_images"
    ),
    pages: Annotated[
        str | None, typer.Option("--pages", help="Only these, as 3 or 2-5 or 1,4-6,9-.", metavar="PAGES")
    ] = None,
    min_size: Annotated[
        int,
        typer.Option(
            min=0, help="Leave out pictures narrower or lower, in pixels; 0 keeps decoration too.", metavar="N"
        ),
    ] = 32,
    form: Annotated[
        str, typer.Option("--format", help="With auto a JPEG stays as it is, all else is PNG.", metavar="auto|png|jpeg")
    ] = "auto",
    password: options.Password = None,
    password_file: options.PasswordFile = None,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    offline: options.Offline = False,
) -> None:
    """Save the pictures and figures of documents into a folder.

    What is painted on the pages of PATH, or shown in its documents: each picture once, and of PDFs the drawings that
    a caption claims. `images/` holds them, `manifest.jsonl` says of each place: file, page, kind (image, figure),
    box, xref, sha256, image, width, height, caption. Left out as decoration, unless a caption claims it: what is
    smaller than --min-size, painted smaller than 10 points, 30 times as long as wide, of one colour, or on half of
    the pages (three at least). A run that was stopped goes on where it was; files that have not changed are not
    opened again.

    Exits with 1 when there is none, 3 when a file or a picture could not be read.
    """
    from dataclasses import asdict

    from ragcli.cli.output import print_json, say_failure
    from ragcli.cli.passwords import passwords
    from ragcli.cli.session import open_collection, resumable
    from ragcli.reading.images.folder import SUFFIXES, Wanted
    from ragcli.reading.images.folder import extract_images as extract

    if form not in ("auto", "png", "jpeg"):
        raise UsageError(f"--format {form} is not known", "use auto, png or jpeg")
    with open_collection(None, config, offline) as opened:
        walked = opened.walk(paths)
        reading = asdict(opened.settings.reading)
    wanted = Wanted(**reading, out=out, pages=_numbers(pages), min_size=min_size, form=form)  # type: ignore[arg-type]
    files = [found.path for found in walked.files if found.path.suffix.lower() in SUFFIXES]
    with resumable():
        report = extract(files, wanted, passwords=passwords(password, password_file))
    failed = [*walked.failures, *report.failed]
    if as_json:
        print_json(asdict(report) | {"failed": failed, "out": str(out)})
    else:
        for failure in failed:
            say_failure(failure)
        if not quiet:
            unchanged = f", {report.unchanged} unchanged" if report.unchanged else ""
            print(
                f"{counted(report.pictures, 'picture')} in {out}, {report.figures} of them drawn figures,"
                f" {counted(report.captions, 'caption')}"
                f" ({counted(report.files, 'file')}{unchanged}, {len(failed)} failed)"
            )
    if failed:
        raise typer.Exit(3)
    if not report.pictures:
        raise typer.Exit(1)


def _numbers(pages: str | None) -> frozenset[int] | None:
    """`1,4-6,9-` as numbers; what is open ends at the longest document that there may be."""
    if pages is None:
        return None
    numbers: set[int] = set()
    for piece in pages.split(","):
        found = re.fullmatch(r"\s*(\d+)\s*(?:(-)\s*(\d*)\s*)?", piece)
        first = int(found[1]) if found else 0
        last = (int(found[3]) if found[3] else 100_000) if found and found[2] else first
        if not 1 <= first <= last <= 100_000:
            raise UsageError(f"--pages {pages} is no list of pages", "write it as 3 or 2-5 or 1,4-6,9-")
        numbers.update(range(first, last + 1))
    return frozenset(numbers)
