"""`rag collections`: which there are."""

import typer

from ragcli.cli import options


def collections(as_json: options.Json = False, verbose: options.Verbose = False) -> None:
    """List the collections on this machine.

    Exits with 1 when there is none.
    """
    from ragcli.cli.output import print_json, say
    from ragcli.collection import collections as names

    found = names()
    if as_json:
        print_json({"collections": found})
    else:
        for name in found:
            print(name)
    if not found:
        say("There is no collection yet; make one: rag ingest PATH", quiet=as_json)
        raise typer.Exit(1)
