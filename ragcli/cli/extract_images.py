"""`rag extract-images`: pictures and figures into a folder with a manifest."""

from pathlib import Path
from typing import Annotated

import typer

from ragcli.cli import options


def extract_images(
    paths: Annotated[list[Path], typer.Argument(help="PDF files, and folders of them.", metavar="PATH...")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to fill.")] = Path("extracted_images"),
    min_size: Annotated[
        int, typer.Option(min=1, help="Leave out pictures narrower or lower than this, in pixels.")
    ] = 32,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    offline: options.Offline = False,
) -> None:
    """Save the pictures that are painted on the pages of PATH, each once, with `manifest.jsonl`.

    Exits with 1 when there is none, 3 when a file or a picture could not be read.
    """
    from ragcli.cli.output import print_json, say, shown_path
    from ragcli.cli.session import open_collection
    from ragcli.reading.images import extract_images as extract

    with open_collection(None, config, offline) as opened:
        walked = opened.walk(paths)
    report = extract(
        [found.path for found in walked.files if found.path.suffix.lower() == ".pdf"], out, min_size=min_size
    )
    failed = [*walked.failures, *report.failed]
    if as_json:
        print_json(report)
    else:
        for failure in failed:
            page = f" p.{failure.page}" if failure.page else ""
            say(f"  {shown_path(failure.path)}{page}: {failure.reason} ({failure.kind})")
        if not quiet:
            print(f"{report.pictures} pictures in {out} ({report.files} files, {len(failed)} failed)")
    if failed:
        raise typer.Exit(3)
    if not report.pictures:
        raise typer.Exit(1)
