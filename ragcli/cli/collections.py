"""`rag collections`: which there are, and what each is about."""

from typing import Annotated

import typer

from ragcli.cli import options


def collections(
    describe: Annotated[
        tuple[str, str] | None,
        typer.Option("--describe", help="Say what a collection is about; --route reads it.", metavar="NAME TEXT"),
    ] = None,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """List the collections on this machine.

    Exits with 1 when there is none, with 4 when one of them is damaged: it is named, and the others are listed all the same.
    """
    from ragcli.cli.output import print_json, say
    from ragcli.collection import Collection
    from ragcli.collection import collections as names
    from ragcli.config import load
    from ragcli.errors import StoreError

    load(file=config)  # no setting matters here, but a file that is wrong is told as everywhere
    if describe is not None:
        with Collection.open(describe[0]) as opened:
            opened.describe(describe[1])
        if as_json:
            print_json({"collection": describe[0], "description": describe[1]})
        return
    found = names()
    described: dict[str, str | None] = {}
    damaged: list[StoreError] = []
    for name in found:
        with Collection.open(name) as opened:
            try:
                described[name] = opened.description
            except StoreError as error:
                described[name] = None
                damaged.append(error)
    if as_json:
        print_json({"collections": found, "descriptions": described})
    else:
        for name in found:
            print(f"{name}\t{described[name]}" if described[name] else name)
    say(*(f"rag: {error}" for error in damaged))
    if damaged:
        raise typer.Exit(StoreError.exit_code)
    if not found:
        say("There is no collection yet; make one: rag ingest PATH", quiet=quiet or as_json)
        raise typer.Exit(1)
