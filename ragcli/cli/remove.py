"""`rag remove`: forget documents."""

from pathlib import Path
from typing import Annotated

import typer

from ragcli.cli import options


def remove(
    paths: Annotated[
        list[Path],
        typer.Argument(parser=options.path, help="Files and folders, as `rag list` shows them.", metavar="PATH..."),
    ],
    collection: options.Collection = None,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    offline: options.Offline = False,
) -> None:
    """Forget documents; the files themselves stay.

    Exits with 1 when none of them is in the collection.
    """
    from ragcli.cli.output import print_json, say
    from ragcli.cli.session import open_collection
    from ragcli.reading.walk import display

    with open_collection(collection, config, offline) as opened:
        removed = opened.remove([display(path.absolute()) for path in paths])
    if as_json:
        print_json({"removed": removed})
    elif not quiet:
        print(f"{removed} removed")
    if not removed:
        say("Nothing of that is in the collection.", quiet=quiet or as_json)
        raise typer.Exit(1)
