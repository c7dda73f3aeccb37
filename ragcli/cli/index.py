"""`rag index`: merge, rebuild, verify."""

from contextlib import nullcontext
from typing import Annotated

import typer

from ragcli.cli import options
from ragcli.counted import counted
from ragcli.errors import UsageError


def index(
    collection: options.Collection = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Cut and embed all stored pages anew.")] = False,
    show_status: Annotated[bool, typer.Option("--status", help="Only say what the index holds.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Only check that the index is whole.")] = False,
    model: Annotated[str | None, typer.Option(help="Embedding model, with --rebuild.", metavar="NAME")] = None,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    offline: options.Offline = False,
) -> None:
    """Finish, check or rebuild the index.

    Without an option: looks for the tables and equations that still wait, merges segments, drops what was deleted.
    --rebuild cuts and embeds all stored pages anew, with another model or chunking.

    Exits with 4 when --verify finds a fault, 75 when another process is writing.
    """
    from ragcli.cli.output import print_json, say
    from ragcli.cli.progress import counted_progress
    from ragcli.cli.session import open_collection, resumable
    from ragcli.collection.deepen import notes

    tasks = {"--rebuild": rebuild, "--status": show_status, "--verify": verify}
    if len(given := [flag for flag, is_given in tasks.items() if is_given]) > 1:
        raise UsageError(f"{' and '.join(given)} can't be done at once", "give one of them")
    if model is not None and not rebuild:
        raise UsageError("--model is nothing without --rebuild", "add it, to embed all stored pages anew")
    with open_collection(collection, config, offline, {"embedding.model": model}) as opened:
        if show_status:
            from ragcli.cli.status import print_status

            print_status(opened, as_json)
        elif verify:
            faults = opened.verify()
            if as_json:
                print_json({"collection": opened.name, "whole": not faults, "faults": faults})
            else:
                say(*faults)
                mend = f"{counted(len(faults), 'fault')}; mend it: rag index --rebuild -c {opened.name}"
                print(f"{opened.name}: {mend if faults else 'whole'}")
            if faults:
                raise typer.Exit(4)
        else:
            if sent := opened.sent_elsewhere(ingesting=False):
                say(sent)
            doing = "embedding anew" if rebuild else "tables and equations"
            # A rebuild is one transaction.
            with nullcontext() if rebuild else resumable(), counted_progress(doing, quiet or as_json) as on_progress:
                report = opened.index(rebuild, on_progress)
            if as_json:
                print_json(report)
            elif not quiet:
                if report.second_pass.pages or report.second_pass.waiting:
                    say(*notes(report.second_pass, opened.name))
                merged = f"{counted(report.merged, 'segment')} merged" if report.merged else "nothing to do"
                did = "rebuilt" if report.rebuilt else merged
                held = f"{counted(report.documents, 'document')}, {counted(report.chunks, 'chunk')}"
                model = f"embedding model {report.model}" if report.model else "no embedding model yet"
                print(f"{did}: {held}, {model}")
