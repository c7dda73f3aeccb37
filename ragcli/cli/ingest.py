"""`rag ingest`: read, cut, embed and index what is new or changed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ragcli.cli import options
from ragcli.counted import counted

if TYPE_CHECKING:
    from ragcli.reading.walk import Walk
    from ragcli.records import Failure, Report


def ingest(
    paths: Annotated[list[Path], typer.Argument(parser=options.path, help="Files and folders.", metavar="PATH...")],
    collection: options.Collection = None,
    meta: Annotated[
        list[str] | None,
        typer.Option("--meta", help="Attach this to each document; can be filtered on.", metavar="KEY=VALUE"),
    ] = None,
    include: Annotated[list[str] | None, typer.Option(help="Only what matches.", metavar="GLOB")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="Nothing that matches.", metavar="GLOB")] = None,
    prune: Annotated[
        bool, typer.Option("--prune/--no-prune", help="Drop documents that were deleted below PATH.")
    ] = True,
    ocr: Annotated[
        str | None, typer.Option(help="Read scanned pages, all pages, or none by OCR.", metavar="auto|always|never")
    ] = None,
    equations: Annotated[
        str | None, typer.Option(help="Find formulas by rule, by marker, or not.", metavar="auto|marker|off")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=0, help="Worker processes; 0 is one per core.", metavar="N")] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds for one file, OCR not counted.", metavar="S")] = None,
    password: options.Password = None,
    password_file: options.PasswordFile = None,
    force: Annotated[bool, typer.Option("--force", help="Read unchanged files again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list the files that would be looked at.")] = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    offline: options.Offline = False,
) -> None:
    """Read what is new or changed, forget what is gone.

    Exits with 3 when a file or a page could not be read (each is named), 75 when another process is writing.
    """
    from ragcli.cli.output import say
    from ragcli.cli.passwords import passwords
    from ragcli.cli.progress import files_progress
    from ragcli.cli.session import open_collection, resumable
    from ragcli.reading.metadata import parse_pairs

    flags = {
        "reading.include": include or None, "reading.exclude": exclude or None, "reading.ocr": ocr,
        "reading.equations": equations, "reading.jobs": jobs, "reading.timeout": timeout,
    }  # fmt: skip
    with open_collection(collection, config, offline, flags, embeds=True) as opened:
        if dry_run:
            walked = opened.walk(paths)
            _print_walk(walked, as_json)
            raise typer.Exit(3 if walked.failures else 0)
        if sent := opened.sent_elsewhere():
            say(sent)
        values, secrets = parse_pairs(meta or []), passwords(password, password_file)
        with resumable(), files_progress(quiet or as_json) as on_progress:
            report = opened.ingest(paths, values, prune, force, on_progress, secrets)
    if not (report.new or report.updated or report.unchanged or report.failed):
        say(f"no file of a known type below {' '.join(map(str, paths))}", quiet=quiet)
    _print_report(report, as_json, quiet)
    if verbose:
        say(" ".join(f"{key} {value:.2f} s" for key, value in report.seconds.items()))
    if report.failed:
        raise typer.Exit(3)


def _print_walk(walked: "Walk", as_json: bool) -> None:
    from ragcli.cli.output import print_json, say_failure
    from ragcli.shown import shown_path

    if as_json:
        print_json({"files": [found.shown for found in walked.files], "failed": walked.failures})
        return
    for found in walked.files:
        print(shown_path(found.shown))
    for failure in walked.failures:
        say_failure(failure)


def _print_report(report: "Report", as_json: bool, quiet: bool) -> None:
    from ragcli.cli.output import print_json, say, say_failure
    from ragcli.cli.progress import pages_a_second

    if as_json:
        print_json(report)
        return
    for failure, last in _in_runs(report.failed):
        say_failure(failure, last)
    say(*report.notes, quiet=quiet)
    if quiet:
        return
    seconds = report.seconds["total"] - report.seconds.get("second_pass", 0.0)  # which says its own time
    rate = f", {pages_a_second(report.pages, seconds)}" if report.pages and seconds else ""
    pages_unread = sum(failure.page is not None for failure in report.failed)  # of files that were read all the same
    failed = f"{len(report.failed) - pages_unread} failed"
    if pages_unread:
        failed += f", {counted(pages_unread, 'page')} unread"
    print(
        f"{report.new} new, {report.updated} updated, {report.unchanged} unchanged, {report.removed} removed, {failed}:"
        f" {counted(report.documents, 'document')}, {counted(report.chunks, 'chunk')}"
        f" ({counted(report.pages, 'page')} read in {seconds:.1f} s{rate})"
    )


def _in_runs(failures: "Sequence[Failure]") -> "list[tuple[Failure, int | None]]":
    """Failures, those of pages that follow each other for one reason as one with its last page: a book is a line."""
    runs: list[tuple[Failure, int | None]] = []
    for failure in failures:
        if runs and failure.page is not None:
            first, last = runs[-1]
            if last is not None and replace(first, page=last + 1) == failure:
                runs[-1] = (first, failure.page)
                continue
        runs.append((failure, failure.page))
    return runs
