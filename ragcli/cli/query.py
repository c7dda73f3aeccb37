"""`rag query`: ranked passages, without a language model."""

from typing import Annotated

import typer

from ragcli.cli import options


def query(
    question: Annotated[str, typer.Argument(help="What to look for, in any language of the documents.")],
    collection: options.Collections = None,
    route: Annotated[bool, typer.Option("--route", help="Choose the collections by the question; say why.")] = False,
    k: options.K = None,
    mode: options.Mode = None,
    where: options.Where = None,
    order: options.Order = None,
    min_score: options.MinScore = None,
    hops: options.Hops = None,
    explain: options.Explain = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    offline: options.Offline = False,
    no_color: options.NoColor = False,
) -> None:
    """Show the passages that match QUESTION best, each with its file and page.

    Exits with 1 when nothing matches, 4 when the index is missing or of another embedding model.
    """
    from ragcli.cli.output import (  # here, since `rag --help` loads all command files but no index library
        print_found,
        say,
    )
    from ragcli.cli.session import open_collection, open_several

    flags = {"retrieval.mode": mode, "retrieval.order": order, "retrieval.k": k, "retrieval.min_score": min_score,
             "retrieval.hops": int(hops) if hops in ("1", "2") else hops}  # fmt: skip
    names = collection or []
    if route or len(names) > 1:
        from ragcli.collection import several

        opened = open_several(names, config, offline, flags)
        try:
            if route:
                routes = several.route(opened, question, where or ())
                taken = {one.collection for one in routes if one.is_taken}
                say(*(f"{'+' if one.is_taken else '-'} {one.collection}: {one.why}" for one in routes), quiet=quiet)
                opened = [one for one in opened if one.name in taken] or opened[:1]
            found = several.query(opened, question, k, where or ())
        finally:
            for one in opened:
                one.close()
    else:
        with open_collection(names[0] if names else None, config, offline, flags, embeds=True) as only:
            found = only.query(question, where=where or ())
    print_found(found, as_json, explain, no_color)
    say(*found.warnings, quiet=quiet)
    if verbose:
        say(" ".join(f"{key} {value:.3f} s" for key, value in found.seconds.items()))
    if not found.hits:
        say("Nothing found.", quiet=quiet or as_json)
        raise typer.Exit(1)
